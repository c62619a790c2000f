import type { CitableItem } from '../../src/core/reference.ts';

/** A citation or reference that we print in another way than Pandoc. */
export interface PrintingDifference {
  /** `citation`, `reference` or `order`. */
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  /** Those that are cited, or the one that is listed. */
  readonly works: readonly CitableItem[];
  /** The language of the style, `de-DE`. */
  readonly language: string;
}

interface Reason {
  readonly words: string;
  /** Whether it can play a part. */
  is(difference: PrintingDifference): boolean;
  /** A text without what it explains; both texts go through it. */
  without(text: string, difference: PrintingDifference): string;
}

const fieldsOf = (works: readonly CitableItem[]): string => JSON.stringify(works);
const namesOf = (works: readonly CitableItem[]) =>
  works.flatMap(work => Object.values(work).flatMap((value: unknown) => (Array.isArray(value) ? (value as { readonly family?: string; readonly given?: string; readonly literal?: string; readonly 'non-dropping-particle'?: string }[]) : [])));

const raised: Readonly<Record<string, string>> = { 'ᵉ': 'e', 'ʳ': 'r', 'ᵒ': 'o', 'ᵈ': 'd', 'ᵃ': 'a', 'º': 'o', 'ª': 'a', 'è': 'e' };
const withoutCapitals = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Where we knowingly print something else than Pandoc, and why. A difference counts as explained only where both texts are the same
 * without what the reasons explain.
 */
const reasons: readonly Reason[] = [
  {
    words: 'a raised letter is markup; Pandoc prints a character of Unicode that looks like it',
    is: ({ theirs }) => /[ᵉʳᵒᵈᵃºª]|1ère/u.test(theirs),
    without: text => text.replace(/<sup>([a-z]+)<\/sup>/g, '$1').replace(/[ᵉʳᵒᵈᵃºª]/gu, char => raised[char]!).replace('1ère', '1re'),
  },
  {
    words: 'a particle stays on the line of its name, and a no-break space of the source stays one',
    is: ({ works }) => namesOf(works).some(name => name['non-dropping-particle'] !== undefined || /^\p{Ll}/u.test(name.family ?? '')) || /[\u00a0\u202f]/.test(fieldsOf(works)),
    without: text => text.replace(/[\u00a0\u202f]/g, ' ').replace(/(?<=[dDlL]’) (?=\p{Lu})/gu, ''),
  },
  {
    words: 'quotation marks that a title brings stay as the source prints them outside of others, and a point or comma goes within all of them in languages that set it within',
    is: ({ works }) => /[“”«»„"]|‘[^’]*’/.test(works.map(({ title = '' }) => title).join('\n')),
    without: text => text.replace(/«[\u00a0\u202f ]|[\u00a0\u202f ]»|[“”‘’„‚«»‹›]/g, '"').replace(/("+)([.,])/g, '$2$1'),
  },
  {
    words: 'Chinese, Japanese and Korean have no italics',
    is: ({ works }) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(fieldsOf(works)),
    without: text => text.replace(/<\/?em>/g, ''),
  },
  {
    words: 'initials in scripts that have no capitals: Pandoc prints the whole name, with a point after it',
    is: ({ works }) => namesOf(works).some(({ given = '' }) => withoutCapitals.test(given)),
    without: (text, { works }) =>
      namesOf(works).reduce((now, { given = '' }) => (withoutCapitals.test(given) ? now.replaceAll(new RegExp(`,? ?(?:${given}|(?<=[, ])${given[0]!}(?=\\.))`, 'g'), '') : now), text).replace(/(?<=\P{ASCII}|^)[., ]+/gu, ' '),
  },
  {
    words: '`and others` is the style’s et al. in every list; Pandoc prints `others` in those that are short enough for all names',
    is: ({ works }) => namesOf(works).some(({ literal }) => literal === 'others'),
    without: text => text.replace(/[,;]? ?(?:(?:and|&|et|und|y|en) )?(?:<em>)?(?:et al\.?|others|OTHERS|u\. ?a\.|et coll\.)(?:<\/em>)?[,.]?/gi, '').replace(/<\/em> <em>|[;,.] ?/g, ' '),
  },
  {
    words: 'terms of CSL’s locales as they were in another year: tran. for trans., ed. for edn, July for Jul',
    is: ({ ours, theirs }) => /\b(?:[Tt]rans?|edn|ed|July?|June?|Sept?|eds)\b/.test(ours) && /\b(?:[Tt]rans?|edn|ed|July?|June?|Sept?|eds)\b/.test(theirs),
    without: text => text.replace(/\b([Tt])rans?\b/g, '$1ran').replace(/\bedn\b(?: |\.)?/g, 'ed').replace(/\bed\.? ?/g, 'ed').replace(/\bJuly\b/g, 'Jul').replace(/\bJune\b/g, 'Jun').replace(/\bSept\b/g, 'Sep'),
  },
  {
    words: 'a year of French before our era has a space before its words',
    is: ({ works, language }) => language.startsWith('fr') && /"date-parts":\[\[(?:-\d+|\d{1,3})\b/.test(fieldsOf(works)),
    without: text => text.replace(/(?<=\d) ?(?=(?:av|apr)\. J\.-C\.)/g, ''),
  },
  {
    words: 'the last word of a title has a capital, and so has the second half of a compound',
    is: ({ ours, theirs }) => ours.toLowerCase() === theirs.toLowerCase(),
    without: (text, { ours }) => {
      const other = [...ours];
      // Only where what we capitalize ends the title or follows a hyphen, or is one letter before a hyphen.
      return [...text].map((char, at) => (/\p{L}/u.test(char) && isEdge(ours, at) ? other[at]! : char)).join('');
    },
  },
  {
    words: 'Pandoc begins every footnote with a capital, also where the style has ibid. or another word in small letters',
    is: ({ what, ours }) => what === 'citation' && / \| \P{Lu}/u.test(ours),
    without: text => text.replace(/(?<= \| (?:<[^>]*>|[^\p{L}])*)\p{Lu}/gu, letter => letter.toLowerCase()),
  },
  {
    words: 'an author’s other work and a title in place of an author: Pandoc sets a comma between titles as between years of one author, and a semicolon after a locator',
    is: ({ what, works }) => what === 'citation' && works.length > 1,
    without: text => text.replace(/; (?=<em>|“|\d)|, (?=<em>|“|\d)/g, ' / '),
  },
];

/** Whether the letter at this place begins the last word of a title, or a word beside a hyphen. */
function isEdge(text: string, at: number): boolean {
  const rest = text.slice(at);
  return text[at - 1] === '-' || /^\p{L}-/u.test(rest) || (!/\p{L}/u.test(text[at - 1] ?? '') && /^\p{L}+(?:<\/\w+>)*(?:[.,?!:;”’]|$| \()/u.test(rest));
}

/** Why a difference is accepted, of several reasons all; `undefined` if it is not. */
export function printingReasonFor(difference: PrintingDifference): string | undefined {
  const used: string[] = [];
  let [ours, theirs] = [difference.ours, difference.theirs];
  for (const reason of reasons) {
    const now = { ...difference, ours, theirs };
    if (ours === theirs || !reason.is(now)) {
      continue;
    }
    const [mine, other] = [reason.without(ours, now), reason.without(theirs, now)];
    if (mine !== ours || other !== theirs) {
      used.push(reason.words);
      [ours, theirs] = [mine, other];
    }
  }
  return used.length > 0 && ours === theirs ? used.join('; ') : undefined;
}
