import type { Entries } from './bibliography/bibliography.ts';
import { plural, typeLabel } from './describe.ts';
import type { Library } from './library.ts';
import { counted, mostRows, pages, sorted, sortName, unknownHead, type Listed } from './pages.ts';
import { asksOfStudies, describeFilter, isEmptyFilter, type Cited, type Filter } from './search/filter.ts';
import type { ParsedQuery } from './search/query.ts';
import type { Entry, Summary, Vocabulary } from './study.ts';

/**
 * The tree of the writer's own entries as plain nodes. There may be 100,000 of them: everything is done in steps, a node's
 * children are made when it is opened, and only the summaries of entries are read, for their CSL items would be converted.
 */

export type LibraryGroupBy = 'file' | 'keyword' | 'type' | 'year';
export type LibrarySortBy = 'author' | 'year';

/** A bibliography in force, and how far the reading of it is. */
export interface ShelfFile {
  /** Its address. */
  readonly uri: string;
  readonly name: string;
  /** The folder's name, which tells files of one name apart. */
  readonly folder: string;
  readonly state: 'reading' | 'read' | 'failed';
  /** Why it could not be read. */
  readonly failure?: string | undefined;
  /** Those that count; absent before the file was read once. */
  readonly entries?: Entries | undefined;
}

interface Row {
  /** Unique in the tree, and the same as long as what it stands for is there. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly study?: Entry | undefined;
}

/** Holds entries, or groups of them. */
export interface LibraryGroup extends Row {
  readonly kind: 'group';
  readonly study?: undefined;
  readonly holds: Held;
  /** For a group that is a whole file. */
  readonly file?: ShelfFile;
}

/** What a group holds, before nodes are made of it. `base` is the id of the group that is no page of another. */
type Held =
  | { readonly of: 'entries'; readonly entries: Entries; readonly isSorted: boolean; readonly depth: number; readonly base: string }
  | { readonly of: 'groups'; readonly groups: readonly LibraryGroup[]; readonly depth: number; readonly base: string };

export interface EntryNode extends Row {
  readonly kind: 'entry';
  readonly study: Entry;
  /** Whether its key stands for another entry, of a file that comes first. */
  readonly isShadowed: boolean;
}

/** A file that nothing is known of yet, because it is being read or can't be. */
export interface FileNode extends Row {
  readonly kind: 'file';
  readonly study?: undefined;
  readonly file: ShelfFile;
}

export type LibraryNode = LibraryGroup | EntryNode | FileNode;

/** How the tree is arranged, and who knows what a key stands for. */
export interface LibraryShape {
  readonly groupBy: LibraryGroupBy;
  readonly sortBy: LibrarySortBy;
  readonly get: (key: string) => Entry | undefined;
}

// Entries grouped between two pauses: about a millisecond.
const atOnce = 500;

/** The nodes at the top. */
export function* libraryOutline(files: readonly ShelfFile[], groupBy: LibraryGroupBy): Generator<undefined, readonly LibraryNode[]> {
  if (groupBy === 'file') {
    return files.map(file => fileNode(file, files));
  }
  const unread = files.filter(({ entries }) => !entries).map(file => fileNode(file, files));
  const groups = yield* grouped(files, groupings[groupBy]);
  const paged = yield* pagesOfGroups(groups, 0, groupBy);
  return [...unread, ...paged];
}

/** What stands under a node. */
export function* libraryChildren(node: LibraryNode, shape: LibraryShape): Generator<undefined, readonly LibraryNode[]> {
  if (node.kind !== 'group') {
    return [];
  }
  const { holds } = node;
  if (holds.of === 'groups') {
    return yield* pagesOfGroups(holds.groups, holds.depth, holds.base);
  }
  const rows = yield* listed(holds, shape.sortBy);
  if (rows.length <= mostRows) {
    return rows.map(({ item }) => entryNode(item, holds.base, shape));
  }
  return (yield* pages(rows, holds.depth)).map(({ key, label, rows: page, depth }) => {
    const entries = page.map(({ item }) => item);
    return groupNode(`${node.id}/${key}`, label, { of: 'entries', entries, isSorted: true, depth, base: holds.base });
  });
}

/**
 * The files with those of their entries alone that a filter lets through and that can be cited, in steps. A file without any is
 * left out, but for one that is not read, of which nobody knows.
 */
export function* filteredFiles(files: readonly ShelfFile[], library: Pick<Library, 'through'>, filter: Filter, cited?: Cited): Generator<undefined, readonly ShelfFile[]> {
  const byFile = new Map<string, Entry[]>();
  for (const entry of yield* library.through(filter, cited)) {
    const file = entry.origin?.file ?? '';
    const entries = byFile.get(file) ?? [];
    entries.push(entry);
    byFile.set(file, entries);
  }
  return files.flatMap(file => {
    const entries = byFile.get(file.uri) ?? [];
    return file.entries === undefined ? [file] : entries.length > 0 ? [{ ...file, entries }] : [];
  });
}

/** How many entries the files hold that were read. */
export function entriesIn(files: readonly ShelfFile[]): number {
  return files.reduce((sum, { entries }) => sum + (entries?.length ?? 0), 0);
}

/** `1,204 entries in 2 files` */
export function libraryCaption(files: readonly ShelfFile[]): string {
  return `${manyEntries(entriesIn(files))} in ${plural(files.filter(({ entries }) => entries).length, 'file')}`;
}

/** `Filter: “water” · from 2019 (3 of 1,204 entries)`; nothing where there is no filter. */
export function filterCaption(filter: Filter, vocabulary: Vocabulary, found: number, all: number): string | undefined {
  return isEmptyFilter(filter)
    ? undefined
    : `Filter: ${describeFilter(filter, vocabulary)} (${counted(found)} of ${manyEntries(all)})`;
}

/** What a writer should know of a query that is to filter entries of their own; nothing where it is understood. */
export function filterRemark({ filter, problems: [problem] }: ParsedQuery): string | undefined {
  return problem?.message ?? (asksOfStudies(filter) ? 'Design, result and the like are known of the bundled studies only.' : undefined);
}

function manyEntries(count: number): string {
  return plural(count, 'entry').replace(String(count), counted(count));
}

function fileNode(file: ShelfFile, files: readonly ShelfFile[]): LibraryNode {
  const { uri, name, entries, state } = file;
  const id = `file/${uri}`;
  const isAlone = !files.some(other => other !== file && other.name === name);
  const words = { reading: 'reading…', read: '', failed: entries ? 'can’t be read anew' : (file.failure ?? 'can’t be read') }[state];
  const tell = (count: string): string => [isAlone ? '' : file.folder, count, words].filter(Boolean).join(' · ');
  if (!entries) {
    return { kind: 'file', id, label: name, description: tell(''), spoken: `${name}; ${tell('')}`, file };
  }
  const holds: Held = { of: 'entries', entries, isSorted: false, depth: 0, base: id };
  const spoken = `${name}; ${tell(manyEntries(entries.length))}`;
  return { kind: 'group', id, label: name, description: tell(counted(entries.length)), spoken, holds, file };
}

function groupNode(id: string, label: string, holds: Held): LibraryGroup {
  const isOfEntries = holds.of === 'entries';
  const count = isOfEntries ? holds.entries.length : holds.groups.length;
  const spoken = `${label}, ${isOfEntries ? manyEntries(count) : `${counted(count)} groups`}`;
  return { kind: 'group', id, label, description: counted(count), spoken, holds };
}

/** A word under which entries are put, and where it stands among the others. */
interface Heading {
  /** Headings of the same key are one. */
  readonly key: string;
  readonly label: string;
  readonly name: string;
}

type Grouping = (summary: Summary) => readonly Heading[];

// The group of those that have no such word, behind every other.
const last = '\uffff';
const restId = 'group/';

const groupings: Readonly<Record<Exclude<LibraryGroupBy, 'file'>, Grouping>> = {
  keyword: ({ keywords }) => (keywords.length > 0 ? keywords.map(keywordHeading) : [{ key: '', label: 'Without a keyword', name: last }]),
  type: ({ type }) => [{ key: type, label: typeLabel(type), name: sortName(typeLabel(type)) }],
  year: ({ year }) => [year === '' ? { key: '', label: 'Without a year', name: last } : { key: year, label: year, name: newestFirst(year) }],
};

/** Keywords that differ in case and accents only are one. */
function keywordHeading(keyword: string): Heading {
  const name = sortName(keyword);
  return { key: name, label: keyword, name };
}

/** A year as a name that comes the sooner, the later the year is. */
function newestFirst(year: string): string {
  return String(100_000 - Number(year) || 0).padStart(7, '0');
}

function* grouped(files: readonly ShelfFile[], headingsOf: Grouping): Generator<undefined, LibraryGroup[]> {
  const groups = new Map<string, { readonly heading: Heading; readonly entries: Entry[] }>();
  let taken = 0;
  for (const { entries = [] } of files) {
    for (const entry of entries) {
      for (const heading of headingsOf(summaryOf(entry))) {
        const group = groups.get(heading.key) ?? { heading, entries: [] };
        // An entry may name a keyword twice, in two ways of writing.
        if (group.entries.at(-1) !== entry) {
          group.entries.push(entry);
        }
        groups.set(heading.key, group);
      }
      taken += 1;
      if (taken % atOnce === 0) {
        yield;
      }
    }
  }
  const inOrder = yield* sorted([...groups.values()], (a, b) => compare(a.heading.name, b.heading.name));
  return inOrder.map(({ heading: { key, label }, entries }) => {
    const id = `group/${key}`;
    return groupNode(id, label, { of: 'entries', entries, isSorted: false, depth: 0, base: id });
  });
}

function* pagesOfGroups(groups: readonly LibraryGroup[], depth: number, base: string): Generator<undefined, readonly LibraryGroup[]> {
  if (groups.length <= mostRows) {
    return groups;
  }
  const rows = groups.filter(({ id }) => id !== restId).map(item => ({ item, name: sortName(item.label) }));
  const found = (yield* pages(rows, depth)).map(page => {
    const held: Held = { of: 'groups', groups: page.rows.map(({ item }) => item), depth: page.depth, base: `${base}/${page.key}` };
    return groupNode(`page/${base}/${page.key}`, page.label, held);
  });
  return [...found, ...groups.filter(({ id }) => id === restId)];
}

function* listed({ entries, isSorted }: Held & { of: 'entries' }, sortBy: LibrarySortBy): Generator<undefined, readonly Listed<Entry>[]> {
  const rows: Listed<Entry>[] = [];
  for (const item of entries) {
    const { year } = summaryOf(item);
    const name = sortName(nameOf(item));
    rows.push(sortBy === 'year' ? { item, name, head: year || unknownHead } : { item, name });
    if (rows.length % atOnce === 0) {
      yield;
    }
  }
  return isSorted ? rows : yield* sorted(rows, sortBy === 'year' ? byYear : byName);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byName(a: Listed<Entry>, b: Listed<Entry>): number {
  return compare(a.name, b.name) || compare(summaryOf(a.item).year, summaryOf(b.item).year) || compare(a.item.id, b.item.id);
}

/** Newest first; those without a year last. */
function byYear(a: Listed<Entry>, b: Listed<Entry>): number {
  return (Number(summaryOf(b.item).year) || 0) - (Number(summaryOf(a.item).year) || 0) || byName(a, b);
}

const nothingKnown: Summary = { type: '', author: '', coauthors: '', year: '', title: '', journal: '', doi: '', pmid: '', keywords: [] };

function summaryOf({ summary }: Entry): Summary {
  return summary ?? nothingKnown;
}

/** The first author's; of a work without one the title, or else the citekey. */
function nameOf(entry: Entry): string {
  const { author, title } = summaryOf(entry);
  return author || shortened(title, longestLabel) || entry.id;
}

// Letters of a title, where it is the label and where it stands beside it.
const longestLabel = 40;
const longestTitle = 100;

function shortened(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const end = text.lastIndexOf(' ', most - 1);
  return `${text.slice(0, end > most / 2 ? end : most - 1)}…`;
}

function entryNode(found: Entry, base: string, { groupBy, get }: LibraryShape): EntryNode {
  const counting = get(found.id);
  const file = found.origin?.file;
  const isShadowed = counting !== undefined && counting.origin?.file !== file;
  // The library's own knows the writer's quotes too.
  const study = counting && !isShadowed ? counting : found;
  const { title, author, year, type, coauthors } = summaryOf(found);
  const label = `${nameOf(found)} ${year || unknownHead}${letterOf(found, year)}`;
  const origin = found.origin?.name ?? '';
  const shadow = isShadowed ? `its key stands for the one in ${counting?.origin?.name ?? 'the bundled studies'}` : '';
  const words = [author === '' ? '' : shortened(title, longestTitle), groupBy === 'file' ? '' : origin];
  return {
    kind: 'entry',
    id: `${base}/=${groupBy === 'file' ? '' : `${file}#`}${found.id}`,
    label,
    description: [isShadowed ? '⚠ key taken' : '', ...words].filter(Boolean).join(' · '),
    spoken: [coauthors === '' ? label : `${label}, with ${coauthors}`, title, `${typeLabel(type)} from ${origin}`, shadow].filter(Boolean).join('; '),
    study,
    isShadowed,
  };
}

/** Whether a row would be the same with what the keys stand for now. */
export function isStillTrue({ study, isShadowed }: EntryNode, get: LibraryShape['get']): boolean {
  const counting = get(study.id);
  const isTaken = counting !== undefined && counting.origin?.file !== study.origin?.file;
  return isTaken === isShadowed && (isTaken || counting === undefined || counting.quotes === study.quotes);
}

/** `b` of `zanos2018b`, where two works of a year share a name. */
function letterOf({ id }: Entry, year: string): string {
  const [, found = '', letter = ''] = /(\d{4})([a-z])$/.exec(id) ?? [];
  return found === year ? letter : '';
}
