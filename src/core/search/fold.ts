/** A word of a text, folded, with the place of the original: `[start, end)` in UTF-16 units. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Joined to the token before it by a hyphen: `traumatic` in `post-traumatic`. */
  readonly joined: boolean;
}

// Unicode does not take these letters apart, yet writers type them without their stroke.
const letters: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n', ŧ: 't', ƒ: 'f', ς: 'σ',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

const greek = new Map(Object.entries({
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ι: 'iota',
  κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho', σ: 'sigma', τ: 'tau',
  υ: 'upsilon', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega',
}));

const ascii = /^[\0-\x7f]*$/;
const marks = /\p{M}+/gu;
const wordOrNumber = /[\p{L}\p{M}]+|\p{N}+/gu;
const notInWords = /[^\p{L}\p{N}]+/gu;
const hyphen = /^[-\u2010\u2011]$/;
const hyphenated = /[^\s\d][-\u2010\u2011][^\s\d]/;

// Longer runs of letters are no words; the bound keeps the index and the walk through it small.
export const longestWord = 40;

/** Without case and accents: `López-Roca` is `lopez-roca`. Folding twice changes nothing. */
export function fold(text: string): string {
  if (ascii.test(text)) {
    return text.toLowerCase();
  }
  const bare = text.toLowerCase().normalize('NFKD').replace(marks, '').toLowerCase();
  return bare.replace(special, letter => letters[letter] ?? letter);
}

/** The words and numbers of a text: `López-Roca, 2021a` has `lopez`, `roca`, `2021` and `a`; a lone `α` is `alpha`. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = -1;
  for (const match of text.matchAll(wordOrNumber)) {
    const folded = fold(match[0]).replace(notInWords, '').slice(0, longestWord);
    if (folded !== '') {
      const joined = end >= 0 && hyphen.test(text.slice(end, match.index));
      end = match.index + match[0].length;
      found.push({ text: greek.get(folded) ?? folded, start: match.index, end, joined });
    }
  }
  return found;
}

/** The folded words of a text, without their places. */
export function words(text: string): string[] {
  if (!ascii.test(text)) {
    return tokens(text).map(token => token.text);
  }
  const found = text.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? [];
  return found.map(word => word.slice(0, longestWord));
}

/** The words of a text; for `post-traumatic` also `posttraumatic`, for it is written either way. */
export function wordsAndCompounds(text: string): string[] {
  if (!hyphenated.test(text)) {
    return words(text);
  }
  const found = tokens(text);
  const compounds = found.flatMap((token, i) => (token.joined ? [compound(found[i - 1]!.text, token.text)] : []));
  return [...found.map(token => token.text), ...compounds];
}

/** Two words as one. */
export function compound(left: string, right: string): string {
  return (left + right).slice(0, longestWord);
}

/** Folded words with one blank between them, for comparing what a writer typed with a label. */
export function plain(text: string): string {
  return words(text).join(' ');
}
