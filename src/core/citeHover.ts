import { isCrossReference } from './citations.ts';
import { creatorsOf } from './creators.ts';
import { oneLine, publication, shortAuthors, studyLabel, yearOf } from './describe.ts';
import type { DeclaredEntry } from './frontMatter.ts';
import { hostOf, linksOf } from './links.ts';
import { escapeMarkdown } from './quotes.ts';
import type { Citation, Cite, Reading, Span } from './reading.ts';
import type { CslItem, Entry, Vocabulary } from './study.ts';

/** What is told of a citation at an offset, and the stretch of text that it is told of. */
export interface Told extends Span {
  /** One cite for its card; several for a list of them. */
  readonly cites: readonly [Cite, ...Cite[]];
}

/** On a cite's mark that cite; on brackets, prefixes and semicolons all the cites they hold. `nocite` is what the metadata lists. */
export function toldAt(reading: Reading, offset: number, nocite: readonly Citation[] = []): Told | undefined {
  const found = reading.citationAt(offset);
  if (!found) {
    const listed = nocite.flatMap(({ cites }) => cites).find(({ mark, key }) => key !== '*' && mark.start <= offset && offset <= mark.end);
    return listed && { ...spanOf(listed.mark), cites: [listed] };
  }
  const { cite, citation } = found;
  if (cite) {
    return isCrossReference(cite.key) ? undefined : { ...spanOf(cite.mark), cites: [cite] };
  }
  const [first, ...others] = citation.cites.filter(({ key }) => !isCrossReference(key));
  return first && { ...spanOf(citation.brackets ?? citation), cites: [first, ...others] };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** What is known of a cited key. */
export type Work =
  | { readonly kind: 'study'; readonly study: Entry }
  | { readonly kind: 'declared'; readonly entry: DeclaredEntry }
  /** A bibliography file has the key, but could not be read as a whole. */
  | { readonly kind: 'in a file'; readonly file: string }
  /** `isComplete`: whether every bibliography was read, so that the key is certain to be nowhere. */
  | { readonly kind: 'unknown'; readonly isComplete: boolean };

/** Longer lists are cut; the card of each is a glance away. */
const mostInList = 12;

/**
 * The list of a group's works, one line each: label, byline, and gist or title. `link` makes the label a link to the card,
 * which has the finding. All of the records' text is escaped.
 */
export function groupList(
  cites: readonly Cite[],
  workOf: (key: string) => Work,
  vocabulary: Vocabulary,
  link: (label: string, key: string) => string,
): string {
  const lines = cites.slice(0, mostInList).map(({ key }) => `- ${line(key, workOf(key), vocabulary, link)}`);
  const more = cites.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function line(
  key: string,
  work: Work,
  vocabulary: Vocabulary,
  link: (label: string, key: string) => string,
): string {
  switch (work.kind) {
    case 'study': {
      const { study } = work;
      const label = link(`**${escapeMarkdown(studyLabel(study))}**`, key);
      return `${label} · ${plain(oneLine(study, vocabulary))}`;
    }
    case 'declared': {
      const { csl } = work.entry;
      return [`**${plain(entryLabel(key, csl))}**`, plain(csl.title)].filter(Boolean).join(' · ');
    }
    default:
      return unreadWork(key, work);
  }
}

/** One sentence on a key whose work can't be shown. */
export function unreadWork(key: string, work: Exclude<Work, { kind: 'study' | 'declared' }>): string {
  const name = code(key);
  if (work.kind === 'in a file') {
    return `${name} stands in ${escapeMarkdown(work.file)}, which is not read as a whole.`;
  }
  return work.isComplete
    ? `${name} is unknown: neither a bundled study nor in a bibliography of this manuscript.`
    : `${name} is not known; a bibliography of this manuscript is not read yet, or can’t be.`;
}

/** The card of an entry that the manuscript's metadata declares. Nothing is told that is not written there. */
export function entryCard({ key, csl }: DeclaredEntry): string {
  const { doi, page } = linksOf(csl);
  const published = publication(csl);
  // Who published it is told with the publication.
  const isByPeople = csl.author.length > 0 || (csl.editor ?? []).length > 0;
  return [
    `### ${plain(csl.title) || code(key)}`,
    [isByPeople ? plain(shortAuthors(csl)) : '', published && `*${plain(published)}*`]
      .filter(Boolean)
      .join('  \n'),
    [code(`@${key}`), doi && `[DOI ${plain(csl.DOI ?? '')}](${doi})`, page && `[${plain(hostOf(page))}](${page})`]
      .filter(Boolean)
      .join(' · '),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function entryLabel(key: string, csl: CslItem): string {
  return creatorsOf(csl).length > 0 ? `${shortAuthors(csl)} ${yearOf(csl)}` : key;
}

function plain(text: string): string {
  return escapeMarkdown(text).replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A key may hold backticks, which end a code span of as many. */
function code(key: string): string {
  const longest = Math.max(0, ...Array.from(key.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest > 0 ? `${ticks} ${key} ${ticks}` : `\`${key}\``;
}

/**
 * Where a quote goes that is inserted from a citation's hover: behind the citation and the marks that end its clause, so
 * that no full stop is torn off.
 */
export function behindCitation(text: string, { end }: Span): number {
  const marks = /[.,;:!?…"”’»)]*/y;
  marks.lastIndex = end;
  return end + (marks.exec(text)?.[0].length ?? 0);
}
