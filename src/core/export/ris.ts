import type { CslItem, Name } from '../study.ts';

/**
 * CSL items as RIS in UTF-8; the tests read it back. RIS has neither markup nor escapes: CSL's tags in titles are left
 * out, line ends become blanks. Source of the tags: the RIS format as PubMed and EndNote write it.
 */
export function toRis(items: readonly (CslItem & { readonly id: string })[]): string {
  return items.map(record).join('\n\n');
}

function record(item: CslItem & { readonly id: string }): string {
  const [year, month, day] = item.issued?.['date-parts']?.[0] ?? [];
  const [first, last] = pagesOf(item.page);
  const fields: readonly (readonly [string, string | undefined])[] = [
    // RIS knows no preprint; the genre tells it.
    ['TY', types[item.type] ?? 'GEN'],
    ['ID', item.id],
    ...people('AU', item.author),
    ...people('A2', item.editor),
    ...people('A4', item.translator),
    ['TI', plain(item.title)],
    ['T2', plain(item['container-title'])],
    ['T3', plain(item['collection-title'])],
    ['J2', plain(item['container-title-short'])],
    ['PY', year?.toString() ?? item.issued?.literal],
    ['DA', year === undefined || month === undefined ? undefined : dateOf(year, month, day)],
    ['VL', plain(item.volume)],
    ['IS', plain(item.issue ?? item.number)],
    ['SP', first],
    ['EP', last],
    ['PB', plain(item.publisher)],
    ['CY', plain(item['publisher-place'])],
    ['ET', plain(item.edition)],
    ['SN', item.ISBN ?? item.ISSN],
    ['M3', plain(item.genre)],
    ['LA', item.language],
    ['DO', item.DOI],
    ['AN', item.PMID],
    ['C2', item.PMCID],
    ['UR', item.URL],
    ['KW', plain(item.keyword)],
    ['AB', plain(item.abstract)],
    ['N1', plain(item.note)],
  ];
  const lines = fields.flatMap(([tag, value]) => (value ? [`${tag}  - ${value.replace(/\s+/g, ' ').trim()}`] : []));
  return [...lines, 'ER  - '].join('\n');
}

// As the RIS specification and Zotero name them.
const types: Readonly<Record<string, string>> = {
  'article-journal': 'JOUR', 'article-magazine': 'MGZN', 'article-newspaper': 'NEWS', book: 'BOOK', chapter: 'CHAP',
  'entry-encyclopedia': 'ENCYC', 'entry-dictionary': 'DICT', 'paper-conference': 'CPAPER', thesis: 'THES', report: 'RPRT',
  webpage: 'ELEC', dataset: 'DATA',
};

/** `2021/02/01/`, the parts that are missing left empty. */
function dateOf(year: number, month: number, day: number | undefined): string {
  const two = (part: number | undefined): string => (part === undefined ? '' : String(part).padStart(2, '0'));
  return `${year}/${two(month)}/${two(day)}/`;
}

/** `1299-1313.e19` gives both its ends; `F1000 Faculty Rev-1711` is no range. */
function pagesOf(page: string | undefined): readonly [first?: string, last?: string] {
  const [, first, last] = /^(\S+?)\s*[-–]\s*(\S+)$/.exec(page ?? '') ?? [];
  return first && last ? [first, last] : page ? [page] : [];
}

function people(tag: string, names: readonly Name[] = []): (readonly [string, string])[] {
  return names.map(nameOf).flatMap(name => (/[^\s,]/.test(name) ? [[tag, name] as const] : []));
}

/** `Zarate, Carlos A., Jr.`; behind a comma with nothing after it, a name of several words is not taken apart. */
function nameOf({ family: own, given, suffix, literal, ...name }: Name): string {
  const particles = [name['dropping-particle'], name['non-dropping-particle']].map(each => each?.replace(/(?<![-'’])$/, ' ').trimStart() ?? '');
  const family = `${particles.join('')}${own ?? ''}`;
  // A comma in the suffix would begin a fourth part, which RIS does not have.
  const ending = suffix?.replace(/\s*,\s*/g, ' ');
  return literal === undefined && given ? [family, given, ending].filter(Boolean).join(', ') : `${literal ?? [family, ending].filter(Boolean).join(' ')},`;
}

/** A text without CSL's markup; a tag without its end is text. */
function plain(marked: string | undefined): string | undefined {
  const tag = /<(i|b|su[bp]|sc|span)(?: [^<>]*)?>(.*?)<\/\1>/gs;
  for (let text = marked; ; ) {
    const next = text?.replace(tag, '$2');
    if (next === text) {
      return text;
    }
    text = next;
  }
}
