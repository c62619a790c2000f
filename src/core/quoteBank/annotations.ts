import type { Entry } from '../study.ts';
import { fold } from '../search/fold.ts';
import type { OwnQuote } from './own.ts';
import { asOneLine } from './pasted.ts';

/** What an export tells of the work that an annotation stands in. */
export interface AnnotatedWork {
  /** Equal for the annotations of one work. */
  readonly id: string;
  /** A citekey, where the export has one. */
  readonly key?: string;
  /** What to call it when the writer is asked: a title, or `Feder et al., 2021`. */
  readonly label: string;
  readonly title?: string;
}

/** Words marked in a reader. */
export interface Annotation {
  readonly work: AnnotatedWork;
  readonly text: string;
  readonly locator: string;
  readonly comment?: string;
}

/** What an export holds. */
export interface Annotations {
  readonly annotations: readonly Annotation[];
  /** Annotations without words, such as pictures and notes: they are no quotes. */
  readonly others: number;
  /** Why it can't be read at all. */
  readonly fault?: string;
}

/** The annotations of one work. */
export interface AnnotatedGroup {
  readonly work: AnnotatedWork;
  readonly annotations: readonly Annotation[];
}

export function groupsOf(annotations: readonly Annotation[]): readonly AnnotatedGroup[] {
  const groups = new Map<string, Annotation[]>();
  for (const annotation of annotations) {
    const group = groups.get(annotation.work.id) ?? [];
    group.push(annotation);
    groups.set(annotation.work.id, group);
  }
  return Array.from(groups.values(), group => ({ work: group[0]!.work, annotations: group }));
}

interface Known {
  readonly entries: Iterable<Entry>;
  readonly get: (key: string) => Entry | undefined;
}

// Entries looked at between two pauses: about a millisecond.
const atOnce = 500;

/**
 * Of each work the one entry that it surely is: by its key, or by its whole title. An author and a year are not enough.
 * In steps, for a library may hold a hundred thousand entries.
 */
export function* entriesOf(works: readonly AnnotatedWork[], library: Known): Generator<undefined, (Entry | undefined)[]> {
  const byKey = works.map(({ key }) => (key === undefined ? undefined : library.get(key)));
  const wanted = works.map(({ title = '' }, index) => (byKey[index] ? '' : plainTitle(title)));
  const byTitle = new Map<string, Entry[]>(wanted.filter(Boolean).map(title => [title, []]));
  if (byTitle.size > 0) {
    let seen = 0;
    for (const entry of library.entries) {
      byTitle.get(plainTitle(entry.summary?.title ?? entry.csl.title))?.push(entry);
      seen += 1;
      if (seen % atOnce === 0) {
        yield;
      }
    }
  }
  return works.map((_, index) => {
    const found = byTitle.get(wanted[index]!) ?? [];
    return byKey[index] ?? (found.length === 1 ? found[0] : undefined);
  });
}

function plainTitle(title: string): string {
  return fold(title.replace(/<[^>]*>/g, '')).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** The annotation as a quote of a work. Line breaks become blanks; hyphens at line ends stay. */
export function quoteOfAnnotation({ text, locator, comment }: Annotation, key: string, day: string): OwnQuote {
  return { key, text: asOneLine(text).text, locator, ...(comment && { note: comment }), added: day };
}

/** Whether a hyphen at a line's end is left in it, to be looked at. */
export function hasDivision({ text }: Annotation): boolean {
  return asOneLine(text).divisions.length > 0;
}
