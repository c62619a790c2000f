import { label, noticeLabel, publication } from './describe.ts';
import { linksOf } from './links.ts';
import { escapeMarkdown, wordingRemark } from './quotes.ts';
import { isStudy, type CslItem, type Entry, type Name, type Notice, type Quote, type Study, type Vocabulary } from './study.ts';

/** How much of a study the card tells: for a hover, or as a document of its own, with sources and what is not stated. */
export type Detail = 'brief' | 'full';

/** The study's card, in Markdown. All of a record's text is escaped: nothing of it can become markup. */
export function card(study: Entry, vocabulary: Vocabulary, detail: Detail): string {
  const isFull = detail === 'full';
  return [
    `${isFull ? '#' : '###'} ${escapeMarkdown(study.csl.title)}`,
    `${authorList(study.csl.author, isFull ? Infinity : 6)}  \n*${escapeMarkdown(publication(study.csl))}*`,
    ...study.notices.map(noticeParagraph),
    study.finding ? `**Finding.** ${escapeMarkdown(study.finding)}` : '',
    isStudy(study) ? facts(study, vocabulary, isFull) : ownFacts(study),
    ...quoteParagraphs(study.quotes),
    identifiers(study),
    unconfirmed(study),
    ...(isFull && isStudy(study) ? [sources(study)] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function authorList(authors: readonly Name[], most: number): string {
  const names = authors
    .slice(0, most)
    .map(({ family, given, suffix, literal }) => literal ?? [given, family, suffix].filter(Boolean).join(' '));
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
  const told = rows
    .filter(([, value]) => value || isFull)
    .map(([name, value]) => `| **${name}** | ${value ? cell(value) : '*not stated in what was seen*'} |`);
  return ['| | |', '|:--|:--|', ...told].join('\n');
}

/** Of an entry that the writer brings: where it stands, and what its file says of it. */
function ownFacts({ csl, origin }: Entry): string {
  const rows: (readonly [string, string | undefined])[] = [
    ['From', origin?.name],
    ['Keywords', origin?.keywords.join(', ')],
    ['Abstract', csl.abstract],
    ['Note', csl.note],
  ];
  const told = rows.filter(([, value]) => value).map(([name, value]) => `| **${name}** | ${cell(value ?? '')} |`);
  return told.length > 0 ? ['| | |', '|:--|:--|', ...told].join('\n') : '';
}

function cell(text: string): string {
  return escapeMarkdown(text).replace(/\s*\n\s*/g, ' ');
}

export function interventionText({ intervention }: Entry): string {
  const { drug, route, dose, schedule, psychotherapy } = intervention ?? {};
  const parts = [
    [drug, route].filter(Boolean).join(', '),
    dose,
    schedule,
    psychotherapy && `psychotherapy: ${psychotherapy}`,
  ];
  return parts.filter(Boolean).join('; ');
}

export function outcomeText({ outcome }: Entry): string {
  const { measure, timepoint, result } = outcome ?? {};
  const head = [measure, timepoint].filter(Boolean).join(', ');
  return [head, result].filter(Boolean).join(': ');
}

function quoteParagraphs(quotes: readonly Quote[]): string[] {
  return quotes.map(quote => {
    const check = quote.own ? 'Your own quote.' : (wordingRemark(quote) ?? 'Exact wording, as in print.');
    const place = quote.location === '' ? '' : `${escapeMarkdown(quote.location)}. `;
    const source = safeAddress(quote.source);
    return `> ${escapeMarkdown(quote.text)}\n>\n> — ${place}*${escapeMarkdown(check)}*${source === '' ? '' : ` [source](${source})`}`;
  });
}

function identifiers({ id, csl }: Entry): string {
  const { doi, pubmed, pmc } = linksOf(csl);
  const links = [
    doi && `[DOI ${escapeMarkdown(csl.DOI ?? '')}](${doi})`,
    pubmed && `[PubMed ${csl.PMID}](${pubmed})`,
    pmc && `[${csl.PMCID}](${pmc})`,
  ];
  return [`\`@${id}\``, ...links].filter(Boolean).join(' · ');
}

const fieldNames: Readonly<Record<string, string>> = { author: 'authors', issued: 'date', page: 'pages', DOI: 'DOI' };

function unconfirmed({ unverified = [] }: Entry): string {
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
  return /^https?:\/\//.test(url)
    ? url.replace(/[()<>\s"]/g, char =>
        encodeURIComponent(char).replace(/[()]/g, each => (each === '(' ? '%28' : '%29')),
      )
    : '';
}
