import { insideFences, readMetadata, type NamedFile } from '../frontMatter.ts';
import type { Span } from '../reading.ts';
import { nameBibliography } from '../importing/nameFile.ts';
import { lineEndOf } from '../importing/layout.ts';
import { yamlScalar } from '../yamlScalar.ts';

/** What comes in place of `[start, end)` of a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/**
 * Names one more bibliography in a manuscript's metadata, in one edit: `bibliography: a.bib` becomes a list, a list grows by one.
 * Nothing where it is written in a way that no edit fits, as an alias.
 *
 * @param blocks the blocks of metadata, the front matter first
 */
export async function nameAlso(text: string, blocks: readonly Span[], frontMatter: Span | undefined, file: string): Promise<TextEdit | undefined> {
  const { bibliographies } = await readMetadata(text, blocks);
  const edit = editFor(text, bibliographies, frontMatter, file);
  return edit && (await fits(text, blocks, edit, [...bibliographies.map(({ path }) => path), file])) ? edit : undefined;
}

function editFor(text: string, named: readonly NamedFile[], frontMatter: Span | undefined, file: string): TextEdit | undefined {
  const [first] = named;
  if (!first) {
    const { offset, insert } = nameBibliography(text, frontMatter, file);
    return { start: offset, end: offset, text: insert };
  }
  const path = yamlScalar(file);
  const before = text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start);
  if (/^["']?bibliography["']?[ \t]*:[ \t]*$/.test(before)) {
    return { start: first.start, end: first.end, text: `[${inList(text.slice(first.start, first.end))}, ${path}]` };
  }
  if (/[[,]\s*$/.test(before)) {
    return { start: first.end, end: first.end, text: `, ${path}` };
  }
  // Behind the whole list, which counts in its order.
  const last = lastOfList(text, named, before);
  const newline = last && text.indexOf('\n', last.end);
  if (!last || newline === undefined || newline < 0) {
    return undefined;
  }
  return { start: newline + 1, end: newline + 1, text: `${before}${path}${lineEndOf(text)}` };
}

/** The last item of the list that the first one begins; `dash` is what stands before each. */
function lastOfList(text: string, named: readonly NamedFile[], dash: string): NamedFile | undefined {
  if (!/^[ \t]*-[ \t]+$/.test(dash)) {
    return undefined;
  }
  const isItem = ({ start }: NamedFile): boolean => text.slice(text.lastIndexOf('\n', start - 1) + 1, start) === dash;
  const end = named.findIndex(each => !isItem(each));
  return named[(end < 0 ? named.length : end) - 1];
}

function inList(written: string): string {
  return /^["']/.test(written) ? written : yamlScalar(written);
}

/** Read again, the metadata name what they named, and the file. */
async function fits(text: string, blocks: readonly Span[], { start, end, text: insert }: TextEdit, paths: readonly string[]): Promise<boolean> {
  const after = text.slice(0, start) + insert + text.slice(end);
  const by = insert.length - (end - start);
  const moved = blocks.map(block => ({ start: block.start > start ? block.start + by : block.start, end: block.end >= end ? block.end + by : block.end }));
  const read = await readMetadata(after, moved.length > 0 ? moved : [wholeOf(insert, start)]);
  const now = read.bibliographies.map(({ path }) => path);
  return read.fault === undefined && now.length === paths.length && paths.every(path => now.includes(path));
}

function wholeOf(insert: string, start: number): Span {
  const inside = insideFences(insert, { start: 0, end: insert.trimEnd().length });
  return { start, end: start + inside.end + '---'.length };
}
