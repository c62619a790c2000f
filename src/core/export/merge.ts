import { declarationsIn, writtenKey, type BibliographyFormat } from '../declarations.ts';
import type { KeyedItem } from '../export.ts';
import { append, indented, type AppendFault } from '../importing/append.ts';
import { jsonInPlace } from '../importing/appendJson.ts';
import { yamlInPlace } from '../importing/appendYaml.ts';
import { lineEndOf } from '../importing/layout.ts';
import { bibtexOf, dialectOf, inFormat, type ExportedWork } from './formats.ts';
import { markIn } from './mark.ts';
import { standingIn, type Standing } from './standing.ts';

/** A work to be in a file: `study` is ours of that key, which takes the place of an entry of ours. */
export interface MergedWork extends ExportedWork {
  readonly study?: KeyedItem;
}

/** What a file becomes. By citekey, in the order of the works. */
export interface Merged {
  readonly text: string;
  readonly added: readonly string[];
  readonly updated: readonly string[];
  /** Ours, and as they should be. */
  readonly current: readonly string[];
  /** Entries of the writer's own, or of ours that were changed by hand. */
  readonly left: readonly string[];
  /** Keys that the format does not allow. */
  readonly impossible: readonly string[];
}

/**
 * Brings works into a bibliography's text: what is not there comes behind its last entry, entries of ours that nobody has
 * changed are written anew where they differ, and everything else stays letter for letter. Yields to the caller by `pause`.
 */
export async function merge(
  text: string,
  format: BibliographyFormat,
  works: readonly MergedWork[],
  pause: () => Promise<void> = async () => undefined,
): Promise<Merged | { readonly fault: AppendFault }> {
  const standing = await standingIn(text, format, new Set(works.map(({ item }) => item.id)), pause);
  const sorted = await sortedOut(text, format, works, standing);
  let merged = replaced(text, sorted.edits);
  if (sorted.edits.length > 0 && !sameKeys(text, merged, format)) {
    return { fault: 'damaged' };
  }
  const dialect = dialectOf(text);
  for (const work of sorted.toAdd) {
    const addition = await append(merged, format, inFormat(work, format), () => bibtexOf(work, dialect));
    if ('fault' in addition) {
      return addition;
    }
    merged = merged.slice(0, addition.offset) + addition.insert + merged.slice(addition.offset);
    await pause();
  }
  const { updated, current, left, impossible } = sorted;
  return { text: merged, added: sorted.toAdd.map(({ item }) => item.id), updated, current, left, impossible };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

async function sortedOut(text: string, format: BibliographyFormat, works: readonly MergedWork[], standing: ReadonlyMap<string, readonly Standing[]>) {
  const [edits, toAdd, updated, current, left, impossible]: [Edit[], MergedWork[], string[], string[], string[], string[]] = [[], [], [], [], [], []];
  for (const work of works) {
    const { id } = work.item;
    const [there, ...more] = standing.get(id) ?? [];
    if (!there) {
      writtenKey(id, format, '') === undefined ? impossible.push(id) : toAdd.push(work);
    } else if (there.ownership !== 'ours' || more.length > 0 || !work.study) {
      left.push(id);
    } else {
      const edit = await editFor(text, format, { item: work.study, isOurs: true }, there);
      // However it is laid out.
      const isSame = markIn(edit.text) === markIn(text.slice(edit.start, edit.end));
      (isSame ? current : updated).push(id);
      edits.push(...(isSame ? [] : [edit]));
    }
  }
  return { edits, toAdd, updated, current, left, impossible };
}

/** Writes the entry anew in its place, laid out as it is. */
async function editFor(text: string, format: BibliographyFormat, work: ExportedWork, { start, end }: Standing): Promise<Edit> {
  const old = text.slice(start, end);
  const lead = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))![0];
  const written = await inPlace(format, work, old, lead);
  return { start, end, text: written.replaceAll('\n', lineEndOf(text)) };
}

async function inPlace(format: BibliographyFormat, work: ExportedWork, old: string, lead: string): Promise<string> {
  switch (format) {
    case 'CSL-JSON':
      return jsonInPlace(inFormat(work, format), old, lead);
    case 'CSL-YAML':
      return yamlInPlace(inFormat(work, format), old);
    default:
      return indented(bibtexOf(work, dialectOf(old)), old);
  }
}

function replaced(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, text: written }) => all.slice(0, start) + written + all.slice(end), text);
}

function sameKeys(before: string, after: string, format: BibliographyFormat): boolean {
  const keys = (text: string): string => JSON.stringify(declarationsIn(text, format).map(({ key }) => key));
  return keys(before) === keys(after);
}
