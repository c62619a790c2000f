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
    // Only small letters of theirs become capitals, and only within a title of the work.
    without: (text, { ours, works }) => {
      const edges = titlesIn(ours, works).flatMap(({ start, end }) => edgesOf(ours, start, end));
      const capitals = new Set(edges.filter(at => /\p{Lu}/u.test(ours[at]!)));
      return Array.from({ length: text.length }, (_, at) => (capitals.has(at) ? ours[at]! : text[at]!)).join('');
    },
  },
  {
    words: 'Pandoc begins every footnote with a capital, also where the style has ibid. or another word in small letters',
    is: ({ what, ours }) => what === 'citation' && / \| \P{Lu}/u.test(ours),
    without: text => text.replace(/(?<= \| (?:<[^>]*>|[^\p{L}])*)\p{Lu}/gu, letter => letter.toLowerCase()),
  },
  {
    words: 'two works without an author are two to CSL, so that the style’s delimiter is between them; Pandoc groups them as works of one author',
    is: ({ what, works, ours, theirs }) => what === 'citation' && works.filter(isNobodys).length > 1 && ours.includes('; ') && theirs.includes(', '),
    without: (text, { works }) => works.filter(isNobodys).reduce((now, work) => now.replace(new RegExp(`[;,] (?=${opening}${escaped((work.title ?? '').slice(0, 6))})`, 'giu'), ' / '), text),
  },
  {
    words: 'of works of one author, years have a comma between them also after a locator; Pandoc sets a semicolon',
    is: ({ what, works, ours, theirs }) => what === 'citation' && hasOneAuthorTwice(works) && [ours, theirs].every(text => /\b(?:\d{4}|n\. ?d\.)[-a-z]*(?:, |:)(?!\d{4}\b|n\. ?d)/.test(text)),
    without: text => text.replace(/[;,] (?=\d{4}[a-z]?\b|n\. ?d\.)/g, ' / '),
  },
  {
    words: 'CSL leaves it to the processor how the labels of works are made, and so their order: Pandoc’s have no title for a missing author, no 00 for a missing year and two letters for each of three authors',
    is: ({ ours }) => /(?:^\[|; |\balso |\bsee )\p{Lu}\p{L}*\d\d[a-z]?[\];,]/u.test(ours),
    without: text => text.replace(/(?<=^\[|; |\balso |\bsee )(?:\p{Lu}\p{L}{0,8})?(?:\d\d)?[a-z]?(?=[\];,])/gu, '').replace(/(?<=^\[|\bsee |\balso ), /g, '').replace(/^\[\]\s/, ''),
  },
  {
    words: 'a title tells works apart where a citation is the same without it; Pandoc takes those for the same that have the same names and dates, though their titles are printed',
    is: ({ what, ours, theirs }) => what === 'citation' && / \| |^\(/.test(ours) && theirs.length > ours.length,
    without: (text, { works }) => works.reduce((now, { issued }) => (issued?.['date-parts']?.[0]?.[0] === undefined ? now.replace(/, n\.d\.$/, '.').replace(/, n\.d\.(?=[,;])/g, '') : now.replace(new RegExp(`(?<=[>”’]), ${issued['date-parts'][0][0]}(?=[,;.)]|$)`, 'g'), '')), text),
  },
  {
    words: 'the point of the abbreviation ibid. stays within a sentence of a note',
    is: ({ what, ours }) => what === 'citation' && /\b(?:ibid|ebd)\.\)?$/.test(ours),
    without: text => text.replace(/\b(ibid|ebd)\.(?=\)?$)/, '$1'),
  },
  {
    words: 'Pandoc leaves the point of a note after the author whom a sentence names',
    is: ({ what, theirs }) => what === 'citation' && /\p{L}\. \| /u.test(theirs),
    without: text => text.replace(/(?<=\p{L})\. \| /u, ' | '),
  },
];

const opening = '(?:<[^>]*>|[“‘«„])*';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isNobodys = ({ author, editor, translator }: CitableItem): boolean => [author, editor, translator].every(names => names === undefined || names.length === 0);

function hasOneAuthorTwice(works: readonly CitableItem[]): boolean {
  const authors = works.filter(work => !isNobodys(work)).map(({ author, editor }) => JSON.stringify(author ?? editor));
  return new Set(authors).size < authors.length;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a text has titles of works, in whatever letters and markup. */
function titlesIn(text: string, works: readonly CitableItem[]): Range[] {
  const titles = works.flatMap(work => Object.entries(work).flatMap(([field, value]: [string, unknown]) => (/title/.test(field) && typeof value === 'string' ? value : [])));
  return titles.flatMap(title => {
    const words = title.replace(/<[^>]*>/g, '').split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
    const pattern = new RegExp(words.map(escaped).join('(?:<[^>]*>|[^\\p{L}\\p{N}<])+'), 'giu');
    return words.length === 0 ? [] : Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
  });
}

/** Where the last word of a title begins, that before a colon or a question mark, and the parts of compounds. */
function edgesOf(text: string, start: number, end: number): number[] {
  return Array.from(text.slice(start, end).matchAll(/\p{L}+/gu)).flatMap(({ 0: word, index }) => {
    const [at, after] = [start + index, text.slice(start + index + word.length, end)];
    const isEdge = text[at - 1] === '-' || /^(?:-\p{L}|(?:<[^>]*>)*[?!:]|[^\p{L}]*$)/u.test(after);
    return isEdge ? [at] : [];
  });
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
