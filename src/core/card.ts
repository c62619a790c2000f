import { wholeName } from './bibliography/names.ts';
import { designLabel, editionLabel, label, noticeLabel, oneLine, plural, publication } from './describe.ts';
import { isTrial } from './evidence.ts';
import type { Library } from './library.ts';
import { hostOf, linksOf, webAddress } from './links.ts';
import { escapeMarkdown, wordingRemark } from './quotes.ts';
import { registrationsIn } from './registrations.ts';
import { orderedSources, sourceKind, sourceKindLabel } from './sourceKinds.ts';
import { isStudy, type CslItem, type Edition, type Entry, type Notice, type Quote, type Study, type Vocabulary } from './study.ts';

/** How much of a study the card tells: for a hover, or as a document of its own, with sources and what is not stated. */
export type Detail = 'brief' | 'full';

/** What the card needs of the library: the words for the codes, and which state of the dataset the study is from. */
export type About = Pick<Library, 'vocabulary'> & Partial<Pick<Library, 'edition'>>;

/** The study's card, in Markdown. All of a record's text is escaped: nothing of it can become markup. */
export function card(study: Entry, { vocabulary, edition }: About, detail: Detail): string {
  const isFull = detail === 'full';
  const names = authorList(study.csl, isFull ? Infinity : 6);
  const published = publication(study.csl);
  return [
    `${isFull ? '#' : '###'} ${escapeMarkdown(study.csl.title)}`,
    // The line of the lists, without the notices, which follow in full.
    isStudy(study) ? escapeMarkdown(oneLine({ ...study, notices: [] }, vocabulary)) : '',
    [names, published && `*${escapeMarkdown(published)}*`].filter(Boolean).join('  \n'),
    ...study.notices.map(noticeParagraph),
    study.finding ? `**Finding.** ${escapeMarkdown(study.finding)}` : '',
    ...(isStudy(study) ? facts(study, vocabulary, isFull) : [ownFacts(study)]),
    ...quoteParagraphs(study.quotes),
    identifiers(study),
    unconfirmed(study),
    ...(isFull && isStudy(study) ? [sources(study, edition)] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The authors; of a work without authors its editors. Who published it is told with the publication. */
function authorList({ author, editor = [] }: CslItem, most: number): string {
  const people = author.length > 0 ? author : editor;
  const names = people.slice(0, most).map(wholeName);
  const more = people.length - names.length;
  const role = author.length > 0 || people.length === 0 ? '' : people.length === 1 ? ' (editor)' : ' (editors)';
  return escapeMarkdown(names.join(', ')) + (more > 0 ? ` and ${more} more` : '') + role;
}

function noticeParagraph(notice: Notice): string {
  const link = notice.DOI ? ` [${escapeMarkdown(notice.DOI)}](${linksOf({ DOI: notice.DOI } as CslItem).doi})` : '';
  return `⚠ **${noticeLabel(notice)}.** ${escapeMarkdown(notice.note)}${link}`;
}

/** A row of the table of facts, in Markdown. */
type Row = readonly [name: string, text: string];

/** The table of what is stated; on the full card with what the codes say, and a line that names what is not stated. */
function facts(study: Study, vocabulary: Vocabulary, isFull: boolean): string[] {
  const conditions = study.conditions.map(id => label(vocabulary.conditions, id)).join(', ');
  const topics = study.topics.map(id => label(vocabulary.topics, id)).join(', ');
  const stated = {
    population: study.population ?? '',
    n: study.n ? String(study.n) : '',
    intervention: interventionText(study),
    comparator: study.comparator ?? '',
    outcome: outcomeText(study),
    limitations: study.limitations ?? '',
    registration: study.registration ?? '',
  };
  const rows: readonly Row[] = [
    ['Design', cell(designText(study, vocabulary))],
    ['Conditions', cell(conditions)],
    ['Topics', cell(topics)],
    ['Population', cell(stated.population)],
    // A hover has it in the line above.
    ['n', isFull ? stated.n : ''],
    ['Intervention', cell(stated.intervention)],
    ['Course', isFull ? courseText(study) : ''],
    ['Comparator', cell(stated.comparator)],
    ['Outcome', cell(stated.outcome)],
    // A hover has the finding right above.
    ['Result', isFull ? cell(resultText(study, vocabulary)) : ''],
    ['Limitations', cell(stated.limitations)],
    ['Registration', registrationLinks(stated.registration)],
  ];
  const missing = [
    ...(isTrial(study) && !study.evidence.blinding ? ['blinding'] : []),
    ...Object.entries(stated).flatMap(([name, text]) => (text ? [] : [name])),
  ];
  return [
    table(rows),
    isFull && missing.length > 0 ? `*Not stated in what was seen: ${missing.join(', ')}.*` : '',
  ];
}

function table(rows: readonly Row[]): string {
  const told = rows.filter(([, text]) => text).map(([name, text]) => `| **${name}** | ${text} |`);
  return told.length > 0 ? ['| | |', '|:--|:--|', ...told].join('\n') : '';
}

/** `Randomized crossover trial, double-blind`; that an open-label trial is open, its name says. */
function designText(study: Study, vocabulary: Vocabulary): string {
  const { blinding } = study.evidence;
  const isSaid = blinding === 'open' && study.design === 'open-label-trial';
  const known = blinding && !isSaid ? label(vocabulary.blinding, blinding).toLowerCase() : '';
  return [designLabel(study, vocabulary), known].filter(Boolean).join(', ');
}

/** `6 sessions; results up to day 14`, as the codes have it. */
function courseText({ evidence: { sessions, followUpDays } }: Study): string {
  return [
    sessions ? plural(sessions, 'session') : '',
    followUpDays ? `results up to day ${followUpDays}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** `Favours the treatment: CAPS-5 11.88 points lower with ketamine` */
function resultText({ evidence: { direction, basis } }: Study, { results }: Vocabulary): string {
  return `${label(results, direction)}: ${basis}`;
}

/** The text as it is, with each registration number linked to its public page. */
function registrationLinks(text: string): string {
  let from = 0;
  let linked = '';
  for (const { start, end, address } of registrationsIn(text)) {
    linked += `${cell(text.slice(from, start))}[${cell(text.slice(start, end))}](${webAddress(address)})`;
    from = end;
  }
  return linked + cell(text.slice(from));
}

/** Of an entry that the writer brings: where it stands, and what its file says of it. */
function ownFacts({ csl, origin }: Entry): string {
  return table([
    ['From', cell(origin?.name ?? '')],
    ['Keywords', cell(origin?.keywords.join(', ') ?? '')],
    ['Abstract', cell(csl.abstract ?? '')],
    ['Note', cell(csl.note ?? '')],
  ]);
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
    const source = webAddress(quote.source);
    return `> ${escapeMarkdown(quote.text)}\n>\n> — ${place}*${escapeMarkdown(check)}*${source === '' ? '' : ` [source](${source})`}`;
  });
}

function identifiers({ id, csl }: Entry): string {
  const { doi, pubmed, pmc, page } = linksOf(csl);
  const links = [
    doi && `[DOI ${escapeMarkdown(csl.DOI ?? '')}](${doi})`,
    pubmed && `[PubMed ${csl.PMID}](${pubmed})`,
    pmc && `[${csl.PMCID}](${pmc})`,
    page && `[${escapeMarkdown(hostOf(page))}](${page})`,
    csl.ISBN && `ISBN ${escapeMarkdown(csl.ISBN)}`,
  ];
  return [`\`@${id}\``, ...links].filter(Boolean).join(' · ');
}

const fieldNames: Readonly<Record<string, string>> = {
  author: 'authors',
  issued: 'date',
  page: 'pages',
  'container-title-short': 'short title of the journal',
};

/** What a field of the record is called on the card. */
function fieldName(field: string, { type }: CslItem): string {
  if (field === 'container-title') {
    return type.startsWith('article') ? 'journal' : 'where it appeared';
  }
  return fieldNames[field] ?? field;
}

function unconfirmed({ unverified = [], csl }: Entry): string {
  const fields = unverified.map(field => fieldName(field, csl)).join(', ');
  return fields && `⚠ **Not yet confirmed in a source:** ${escapeMarkdown(fields)}. Compare with the paper.`;
}

/** Each source with its kind, and what of the record it confirms. */
function sources({ sources: list, checked, csl }: Study, edition: Edition | undefined): string {
  const lines = orderedSources(list).map(({ url, confirms, note }) => {
    const remark = note ? ` (${escapeMarkdown(note)})` : '';
    const fields = confirms.map(field => fieldName(field, csl)).join(', ');
    return `- **${sourceKindLabel(sourceKind(url))}** <${webAddress(url)}> ${fields && `confirms ${escapeMarkdown(fields)}`}${remark}`;
  });
  const state = [edition && `${editionLabel(edition)}.`, `Last checked ${checked}.`].filter(Boolean).join(' ');
  return ['## Sources', escapeMarkdown(state), lines.join('\n')].join('\n\n');
}
