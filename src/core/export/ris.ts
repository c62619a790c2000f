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
    ...item.author.map(name => ['AU', nameOf(name)] as const),
    ...(item.editor ?? []).map(name => ['A2', nameOf(name)] as const),
    ...(item.translator ?? []).map(name => ['A4', nameOf(name)] as const),
    ['TI', plain(item.title)],
    ['T2', item['container-title']],
    ['T3', item['collection-title']],
    ['J2', item['container-title-short']],
    ['PY', year?.toString() ?? item.issued?.literal],
    ['DA', year === undefined || month === undefined ? undefined : dateOf(year, month, day)],
    ['VL', item.volume],
    ['IS', item.issue ?? item.number],
    ['SP', first],
    ['EP', last],
    ['PB', item.publisher],
    ['CY', item['publisher-place']],
    ['ET', item.edition],
    ['SN', item.ISBN ?? item.ISSN],
    ['M3', item.genre],
    ['LA', item.language],
    ['DO', item.DOI],
    ['AN', item.PMID],
    ['C2', item.PMCID],
    ['UR', item.URL],
    ['KW', item.keyword],
    ['AB', item.abstract && plain(item.abstract)],
    ['N1', item.note && plain(item.note)],
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

/** `Zarate, Carlos A., Jr.`; behind a comma with nothing after it, a name of several words is not taken apart. */
function nameOf({ family: own, given, suffix, literal, ...name }: Name): string {
  const particles = [name['dropping-particle'], name['non-dropping-particle']].map(each => each?.replace(/(?<![-'’])$/, ' ').trimStart() ?? '');
  const family = `${particles.join('')}${own ?? ''}`;
  return literal === undefined && given ? [family, given, suffix].filter(Boolean).join(', ') : `${literal ?? family},`;
}

/** The title without CSL's markup; a tag without its end is text. */
function plain(title: string): string {
  const tag = /<(i|b|su[bp]|sc|span)(?: [^<>]*)?>(.*?)<\/\1>/gs;
  for (let text = title; ; ) {
    const next = text.replace(tag, '$2');
    if (next === text) {
      return text;
    }
    text = next;
  }
}
