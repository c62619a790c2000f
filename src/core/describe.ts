import { linksOf } from './links.ts';
import { escapeMarkdown, wordingRemark } from './quotes.ts';
import type { Matched } from './library.ts';
import type { CslItem, Name, Notice, Quote, Study, Term, Vocabulary } from './study.ts';

/** Words about a study, for lists, hovers and the card. Markdown is escaped; nothing of a record can become markup. */

/** `2021`, or `n.d.` where the record has no date. */
export function yearOf({ issued }: CslItem): string {
  return String(issued?.['date-parts'][0]?.[0] ?? 'n.d.');
}

/** `Feder`, `Rush and Trivedi`, `Feder et al.` */
export function shortAuthors({ author }: CslItem): string {
  const [first, second] = author.map(familyName);
  if (author.length > 2) {
    return `${first} et al.`;
  }
  return second ? `${first} and ${second}` : (first ?? 'Unknown author');
}

function familyName({ family, literal, given }: Name): string {
  return family ?? literal ?? given ?? 'Unknown author';
}

/** `Feder 2021`; `Zanos 2018b` where two works of a year share a name. */
export function studyLabel({ id, csl }: Study): string {
  const letter = /\d{4}([a-z])$/.exec(id)?.[1] ?? '';
  return `${familyName(csl.author[0] ?? {})} ${yearOf(csl)}${letter}`;
}

/** `RCT · n = 30`; with notices `⚠ RCT · n = 30 · erratum`, the mark in front, where a narrow row still shows it. */
export function byline(study: Study, vocabulary: Vocabulary): string {
  const notices = new Set(study.notices.map(notice => noticeLabel(notice).toLowerCase()));
  const line = [shortLabel(vocabulary.designs, study.design), study.n && `n = ${study.n}`, ...notices].filter(Boolean).join(' · ');
  return study.notices.length > 0 ? `⚠ ${line}` : line;
}

/** One sentence that a screen reader says for a row. */
export function spokenLabel(study: Study, vocabulary: Vocabulary): string {
  const parts = [
    `${shortAuthors(study.csl)}, ${yearOf(study.csl)}`,
    study.csl.title,
    label(vocabulary.designs, study.design),
    study.n ? `${study.n} participants` : '',
    study.conditions.map(id => label(vocabulary.conditions, id)).join(', '),
    study.quotes.length > 0 ? plural(study.quotes.length, 'quote') : '',
    ...study.notices.map(notice => `notice: ${noticeLabel(notice)}`),
  ];
  return parts.filter(Boolean).join('; ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

export function label(terms: readonly Term[], id: string): string {
  return terms.find(term => term.id === id)?.label ?? id;
}

export function shortLabel(terms: readonly Term[], id: string): string {
  const term = terms.find(each => each.id === id);
  return term?.short ?? term?.label ?? id;
}

const noticeLabels: Readonly<Record<string, string>> = {
  erratum: 'Erratum',
  corrigendum: 'Corrigendum',
  correction: 'Correction',
  update: 'Updated',
  'published-version': 'Published version',
  'expression-of-concern': 'Expression of concern',
  retraction: 'Retracted',
};

export function noticeLabel({ type }: Notice): string {
  return noticeLabels[type] ?? type;
}

/** Whether the notice takes the work's trust away, rather than correct it or point to a later version. */
export function isGrave({ type }: Notice): boolean {
  return type === 'retraction' || type === 'expression-of-concern';
}

/** `exact wording`, `wording differs from print`, `wording not confirmed`. */
export function wordingLabel({ match }: Quote): string {
  return { exact: 'exact wording', variant: 'wording differs from print', unverified: 'wording not confirmed' }[match];
}

/** `American Journal of Psychiatry 2021; 178(2): 193–202` */
export function publication({ 'container-title': journal, issued, volume, issue, page }: CslItem): string {
  const year = issued ? String(issued['date-parts'][0]?.[0] ?? '') : '';
  const where = [volume && `${volume}${issue ? `(${issue})` : ''}`, page?.replaceAll('-', '–')].filter(Boolean).join(': ');
  return [[journal, year].filter(Boolean).join(' '), where].filter(Boolean).join('; ');
}

/**
 * Where a query's words were found, as far as a row does not show it anyway: `finding: “… six infusions over two …”`.
 */
export function describeMatches(matches: readonly Matched[]): string {
  const told = new Set<string>();
  for (const { match, text } of matches) {
    const name = hiddenFields[match.field];
    const [range] = match.ranges;
    if (name && range) {
      told.add(`${name}: ${excerpt(text, range)}`);
    }
  }
  return [...told].slice(0, 2).join(' · ');
}

const hiddenFields: Readonly<Record<string, string>> = { coauthors: 'author', labels: 'about', finding: 'finding', journal: 'journal', extra: 'also' };

/** The words around a match, cut at blanks. */
function excerpt(text: string, [start, end]: readonly [number, number]): string {
  const from = start <= 24 ? 0 : text.indexOf(' ', start - 24) + 1;
  const to = end + 24 >= text.length ? text.length : Math.max(end, text.lastIndexOf(' ', end + 24));
  return `“${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}”`;
}

/** How much of a study the card tells: for a hover, or as a document of its own, with sources and what is not stated. */
export type Detail = 'brief' | 'full';

/** The study's card, in Markdown. */
export function card(study: Study, vocabulary: Vocabulary, detail: Detail): string {
  const isFull = detail === 'full';
  return [
    `${isFull ? '#' : '###'} ${escapeMarkdown(study.csl.title)}`,
    `${authorList(study.csl.author, isFull ? Infinity : 6)}  \n*${escapeMarkdown(publication(study.csl))}*`,
    ...study.notices.map(noticeParagraph),
    `**Finding.** ${escapeMarkdown(study.finding)}`,
    facts(study, vocabulary, isFull),
    ...quoteParagraphs(study.quotes),
    identifiers(study),
    unconfirmed(study),
    ...(isFull ? [sources(study)] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function authorList(authors: readonly Name[], most: number): string {
  const names = authors.slice(0, most).map(({ family, given, suffix, literal }) => literal ?? [given, family, suffix].filter(Boolean).join(' '));
  const more = authors.length - names.length;
  return escapeMarkdown(names.join(', ')) + (more > 0 ? ` and ${more} more` : '');
}

function noticeParagraph(notice: Notice): string {
  const link = notice.DOI ? ` [${escapeMarkdown(notice.DOI)}](${linksOf({ DOI: notice.DOI } as CslItem).doi})` : '';
  return `⚠ **${noticeLabel(notice)}.** ${escapeMarkdown(notice.note)}${link}`;
}

function facts(study: Study, vocabulary: Vocabulary, isFull: boolean): string {
  const rows: (readonly [string, string | null | undefined])[] = [
    ['Design', label(vocabulary.designs, study.design)],
    ['Conditions', study.conditions.map(id => label(vocabulary.conditions, id)).join(', ')],
    ['Topics', study.topics.map(id => label(vocabulary.topics, id)).join(', ') || undefined],
    ['Population', study.population],
    ['n', study.n ? String(study.n) : null],
    ['Intervention', interventionText(study)],
    ['Comparator', study.comparator],
    ['Outcome', outcomeText(study)],
    ['Limitations', study.limitations],
    ['Registration', study.registration],
  ];
  const told = rows.filter(([, value]) => value || isFull).map(([name, value]) => `| **${name}** | ${value ? cell(value) : '*not stated in what was seen*'} |`);
  return ['| | |', '|:--|:--|', ...told].join('\n');
}

function cell(text: string): string {
  return escapeMarkdown(text).replace(/\s*\n\s*/g, ' ');
}

function interventionText({ intervention }: Study): string {
  const { drug, route, dose, schedule, psychotherapy } = intervention ?? {};
  const parts = [[drug, route].filter(Boolean).join(', '), dose, schedule, psychotherapy && `psychotherapy: ${psychotherapy}`];
  return parts.filter(Boolean).join('; ');
}

function outcomeText({ outcome }: Study): string {
  const { measure, timepoint, result } = outcome ?? {};
  const head = [measure, timepoint].filter(Boolean).join(', ');
  return [head, result].filter(Boolean).join(': ');
}

function quoteParagraphs(quotes: readonly Quote[]): string[] {
  return quotes.map(quote => {
    const check = wordingRemark(quote) ?? 'Exact wording, as in print.';
    return `> ${escapeMarkdown(quote.text)}\n>\n> — ${escapeMarkdown(quote.location)}. *${escapeMarkdown(check)}* [source](${safeAddress(quote.source)})`;
  });
}

function identifiers({ id, csl }: Study): string {
  const { doi, pubmed, pmc } = linksOf(csl);
  const links = [
    doi && `[DOI ${escapeMarkdown(csl.DOI ?? '')}](${doi})`,
    pubmed && `[PubMed ${csl.PMID}](${pubmed})`,
    pmc && `[${csl.PMCID}](${pmc})`,
  ];
  return [`\`@${id}\``, ...links].filter(Boolean).join(' · ');
}

const fieldNames: Readonly<Record<string, string>> = { author: 'authors', issued: 'date', page: 'pages', DOI: 'DOI' };

function unconfirmed({ unverified = [] }: Study): string {
  const fields = unverified.map(field => fieldNames[field] ?? field).join(', ');
  return fields && `⚠ **Not yet confirmed in a source:** ${escapeMarkdown(fields)}. Compare with the paper.`;
}

function sources({ sources: list, checked }: Study): string {
  const lines = list.map(({ url, confirms, note }) => {
    const remark = note ? `. ${escapeMarkdown(note)}` : '';
    return `- <${safeAddress(url)}> confirms ${escapeMarkdown(confirms.join(', '))}${remark}`;
  });
  return [`## Sources`, `Last checked ${escapeMarkdown(checked)}.`, lines.join('\n')].join('\n\n');
}

/** An address that can't end its Markdown link, and is one of the web. */
function safeAddress(url: string): string {
  return /^https?:\/\//.test(url) ? url.replace(/[()<>\s"]/g, char => encodeURIComponent(char).replace(/[()]/g, each => (each === '(' ? '%28' : '%29'))) : '';
}
