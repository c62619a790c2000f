import { familyOf, isOthers } from './bibliography/names.ts';
import { creatorsOf } from './creators.ts';
import { designsOf } from './evidence.ts';
import type { Matched } from './library.ts';
import { words } from './search/fold.ts';
import type { CslItem, Dose, Edition, Name, Notice, Quote, Entry, Term, Vocabulary } from './study.ts';

/** Words about a study, for lists and lines. Plain text; what goes into Markdown is escaped there. */

/** `2021`, or `n.d.` where the record has no date. */
export function yearOf({ issued }: CslItem): string {
  return String(issued?.['date-parts']?.[0]?.[0] ?? 'n.d.');
}

/** `Feder`, `Rush and Trivedi`, `Feder et al.`; of a work that names nobody its title, as citation styles do. */
export function shortAuthors(csl: CslItem): string {
  const people = creatorsOf(csl);
  const [first, second] = people.map(familyName);
  if (people.length > 2 || (people.length === 2 && isOthers(people[1]!))) {
    return `${first} et al.`;
  }
  return second ? `${first} and ${second}` : (first ?? (csl.title || unknownAuthor));
}

const unknownAuthor = 'Unknown author';

function familyName(name: Name): string {
  return familyOf(name) || unknownAuthor;
}

/** `Feder 2021`; `Zanos 2018b` where two works of a year share a name. */
export function studyLabel({ id, csl }: Pick<Entry, 'id' | 'csl'>): string {
  const letter = /\d{4}([a-z])$/.exec(id)?.[1] ?? '';
  const [first] = creatorsOf(csl);
  return `${first ? familyName(first) : csl.title || unknownAuthor} ${yearOf(csl)}${letter}`;
}

/** `RCT · n 30`, `Book · refs.bib`; with notices `⚠ RCT · n 30 · erratum`, the mark first, where a narrow row still shows it. */
export function byline(study: Entry, vocabulary: Vocabulary): string {
  return line(study, vocabulary, []);
}

/**
 * A study in one line: `RCT · n 30 · six infusions v midazolam in chronic PTSD`; an entry without a gist is told by its title.
 * Corrections and the like are named last, for a narrow row shows the gist instead; it still has their mark.
 */
export function oneLine(entry: Entry, vocabulary: Vocabulary): string {
  return line(entry, vocabulary, [gistOrTitle(entry)]);
}

function line(entry: Entry, vocabulary: Vocabulary, told: readonly string[]): string {
  const { grave, other } = noticeNames(entry);
  const kind = entry.origin ? [typeLabel(typeOf(entry)), entry.origin.name] : [shortDesign(entry, vocabulary)];
  const words = [...kind, entry.n && `n ${entry.n}`, ...grave, ...told, ...other].filter(Boolean).join(' · ');
  return entry.notices.length > 0 ? `⚠ ${words}` : words;
}

/** The names of a work's notices, each once; those that take its trust away apart, for they must not be cut off. */
export function noticeNames({ notices }: Pick<Entry, 'notices'>): { readonly grave: readonly string[]; readonly other: readonly string[] } {
  const names = (some: readonly Notice[]): readonly string[] => [...new Set(some.map(notice => noticeLabel(notice).toLowerCase()))];
  return { grave: names(notices.filter(isGrave)), other: names(notices.filter(notice => !isGrave(notice))) };
}

/** What a row tells of an entry. Reads no more of a writer's entry than its summary. */
export function gistOrTitle({ gist, summary, csl }: Pick<Entry, 'gist' | 'summary' | 'csl'>): string {
  return gist ?? summary?.title ?? csl.title;
}

/** `Randomized controlled trial`, `Randomized crossover trial`, `Cohort study`; nothing for an entry without a design. */
export function designLabel(entry: Entry, { designs }: Vocabulary): string {
  const name = label(designs, entry.design);
  return designsOf(entry).length > 1 ? `Randomized ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

/** `RCT`, `Crossover RCT`, `Cohort`. */
export function shortDesign(entry: Entry, { designs }: Vocabulary): string {
  return designsOf(entry).map(id => shortLabel(designs, id)).join(' ');
}

/** The two lines of a row in a list that is searched. */
export interface FoundRow {
  readonly description: string;
  readonly detail: string;
}

/**
 * What a list that is searched shows beside and below a citekey. About 90 letters fit into a line. A study's line fills the
 * first: its citekey names the author and the year, while a writer's citekey may name anything. Where the words were found
 * comes before the title, which may be long; what is cut off shows on hover.
 */
export function foundRow(entry: Entry, vocabulary: Vocabulary, matches: readonly Matched[]): FoundRow {
  const title = entry.summary?.title ?? entry.csl.title;
  const description = entry.gist
    ? oneLine(entry, vocabulary)
    : `${shortAuthors(entry.csl)} ${yearOf(entry.csl)} · ${byline(entry, vocabulary)}`;
  return { description, detail: [describeMatches(matches, `${description} ${title}`), title].filter(Boolean).join(' · ') };
}

/** One sentence that a screen reader says for a row. Of gist and title only one: they say the same. */
export function spokenLabel(study: Entry, vocabulary: Vocabulary): string {
  const parts = [
    `${shortAuthors(study.csl)}, ${yearOf(study.csl)}`,
    spokenGist(study),
    study.origin ? `${typeLabel(typeOf(study))} from ${study.origin.name}` : designLabel(study, vocabulary),
    study.n ? `${study.n} participants` : '',
    study.quotes.length > 0 ? plural(study.quotes.length, 'quote') : '',
    ...study.notices.map(notice => `notice: ${noticeLabel(notice)}`),
  ];
  return parts.filter(Boolean).join('; ');
}

/** What a screen reader says of an entry: its gist with whole words, or its title. */
export function spokenGist(entry: Pick<Entry, 'gist' | 'summary' | 'csl'>): string {
  return entry.gist?.replaceAll(' v ', ' versus ') ?? gistOrTitle(entry);
}

function typeOf(entry: Entry): string {
  return entry.summary?.type ?? entry.csl.type;
}

const typeNames: Readonly<Record<string, string>> = {
  'article-journal': 'Article',
  'article-magazine': 'Magazine article',
  'article-newspaper': 'Newspaper article',
  'paper-conference': 'Conference paper',
  'post-weblog': 'Blog post',
  webpage: 'Web page',
};

/** A CSL type in a word or two: `Article`, `Book`, `Motion picture`. */
export function typeLabel(type: string): string {
  const words = type.replaceAll(/[-_]/g, ' ');
  return typeNames[type] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

export function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** Nothing for an entry that has no such term. */
export function label(terms: readonly Term[], id: string | undefined): string {
  return terms.find(term => term.id === id)?.label ?? id ?? '';
}

export function shortLabel(terms: readonly Term[], id: string | undefined): string {
  const term = terms.find(each => each.id === id);
  return term?.short ?? term?.label ?? id ?? '';
}

/** `0.5 mg/kg`, `0.1–0.5 mg/kg` */
export function doseText(dose: Dose): string {
  return `${'value' in dose ? dose.value : `${dose.low}–${dose.high}`} ${dose.unit}`;
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

/** `Dataset 2.0.0 of 2026-11-30` */
export function editionLabel({ version, date }: Edition): string {
  return `Dataset ${version} of ${date}`;
}

/** `exact wording`, `wording differs from print`, `wording not confirmed`; of the writer's own, which nobody checked, `your quote`. */
export function wordingLabel({ match, own }: Quote): string {
  if (own) {
    return 'your quote';
  }
  return { exact: 'exact wording', variant: 'wording differs from print', unverified: 'wording not confirmed' }[match];
}

/** `American Journal of Psychiatry 2021; 178(2): 193–202`; of a book `Publisher, Place 2018`, of a date in words those. */
export function publication(csl: CslItem): string {
  const { 'container-title': journal, publisher, 'publisher-place': place, issued, volume, issue, page } = csl;
  const year = issued?.['date-parts']?.[0]?.[0];
  const date = year === undefined ? (issued?.literal ?? issued?.raw) : String(year);
  const source = journal ?? [publisher, place].filter(Boolean).join(', ');
  const where = [volume && `${volume}${issue ? `(${issue})` : ''}`, page?.replaceAll('-', '–')]
    .filter(Boolean)
    .join(': ');
  return [[source, date].filter(Boolean).join(' '), where].filter(Boolean).join('; ');
}

/**
 * Where a query's words were found, as far as the row does not show it anyway: `finding: “… six infusions over two …”`.
 * @param shown the text of the row; a word that is in it needs no other place
 */
export function describeMatches(matches: readonly Matched[], shown = ''): string {
  const seen = new Set(matches.length > 0 ? words(shown) : []);
  const told = new Set<string>();
  for (const { match, text } of matches) {
    const name = hiddenFields[match.field];
    const [range] = match.ranges;
    if (name && range && !seen.has(match.term)) {
      told.add(`${name}: ${excerpt(text, range)}`);
    }
  }
  return [...told].slice(0, 2).join(' · ');
}

const hiddenFields: Readonly<Record<string, string>> = {
  coauthors: 'author',
  labels: 'about',
  finding: 'finding',
  journal: 'journal',
  extra: 'also',
};

/** The words around a match, cut at blanks. */
function excerpt(text: string, [start, end]: readonly [number, number]): string {
  const from = start <= 24 ? 0 : text.indexOf(' ', start - 24) + 1;
  const to = end + 24 >= text.length ? text.length : Math.max(end, text.lastIndexOf(' ', end + 24));
  return `“${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}”`;
}
