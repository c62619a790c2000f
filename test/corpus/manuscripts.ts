import { readManuscript, type Block, type CiteMode, type Reading } from '../../src/core/reading.ts';
import type { PandocNode } from '../support/pandoc.ts';
import { aligned } from './alignment.ts';
import { quoted, type Difference } from './classes.ts';

/** A cite as either reads it. */
export interface PlainCite {
  readonly key: string;
  readonly mode: CiteMode;
  /** In a note, a caption or metadata, which Pandoc has at another place than the text: their order says nothing. */
  readonly isMoved: boolean;
}

interface OurCite extends PlainCite {
  readonly start: number;
}

export interface Compared {
  /** All that at least one of the two reads. */
  readonly total: number;
  readonly same: number;
  readonly differences: readonly Difference[];
}

const modes: Readonly<Record<string, CiteMode>> = { NormalCitation: 'parenthetical', AuthorInText: 'in-text', SuppressAuthor: 'suppress-author' };

/** Metadata in which we read no citations, as they are not printed. */
const notProse: ReadonlySet<string> = new Set(['references', 'bibliography', 'csl', 'citation-style', 'nocite']);

/** All cites of Pandoc's JSON: those of metadata first, then as they are read. */
export function citesOfPandoc(json: string): readonly PlainCite[] {
  const { meta, blocks } = JSON.parse(json) as { readonly meta: Readonly<Record<string, unknown>>; readonly blocks: readonly PandocNode[] };
  const found: PlainCite[] = [];
  const notes = new Set<string>();
  const visit = (node: unknown, isMoved: boolean): void => {
    if (Array.isArray(node)) {
      node.forEach(each => visit(each, isMoved));
      return;
    }
    const { t, c } = (node ?? {}) as Partial<PandocNode>;
    if (t === 'Cite') {
      const [cites] = c as [readonly { citationId: string; citationMode: PandocNode; citationPrefix: unknown; citationSuffix: unknown }[]];
      found.push(...cites.map(({ citationId, citationMode }) => ({ key: citationId, mode: modes[citationMode.t]!, isMoved })));
      visit(cites.map(each => [each.citationPrefix, each.citationSuffix]), isMoved);
    } else if (t === 'Note') {
      // The text of a note that is referred to twice is there twice.
      const text = JSON.stringify(c).replaceAll(/"citationNoteNum":\d+/g, '');
      if (!notes.has(text)) {
        notes.add(text);
        visit(c, true);
      }
    } else if (t === 'Table') {
      const [, caption, ...rows] = c as unknown[];
      visit(caption, true);
      visit(rows, isMoved);
    } else if (typeof node === 'object' && node !== null) {
      visit(t === undefined || typeof t !== 'string' ? Object.values(node) : c, isMoved);
    }
  };
  visit(Object.entries(meta).flatMap(([field, value]) => (notProse.has(field) ? [] : [value])), true);
  visit(blocks, false);
  return found;
}

function citesOfOurs(reading: Reading): readonly OurCite[] {
  return reading.citations.flatMap(({ cites, start }) => {
    const { kind, inNote } = reading.blockAt(start).block;
    return cites.map(({ key, mode, mark }) => ({ key, mode, start: mark.start, isMoved: inNote || kind === 'front matter' }));
  });
}

/**
 * R Markdown and Quarto replace the chunks of code before Pandoc sees the text. Pandoc itself takes ```` ```{r} ```` for the
 * start of code in a line, which may end anywhere. So Pandoc gets plain blocks of code instead.
 */
export function withPlainChunks(text: string): string {
  return text.replaceAll(/^([ \t>]*(?:`{3,}|~{3,}))[ \t]*\{[ \t]*[A-Za-z][^\n]*\}[ \t]*$/gm, '$1');
}

/** Compares our reading of a manuscript with Pandoc's JSON of it. */
export function compareCites(file: string, text: string, json: string): Compared {
  const reading = readManuscript(text);
  const ours = citesOfOurs(reading);
  const theirs = citesOfPandoc(json);
  const token = ({ key, mode }: PlainCite): string => `${mode} @${key}`;
  // What Pandoc has at another place is not in line with the rest: a caption comes before its table, wherever it is written.
  const inLine = [...theirs.keys()].filter(each => !theirs[each]!.isMoved);
  const { pairs, ours: mine, theirs: others } = aligned(ours.map(token), inLine.map(each => token(theirs[each]!)));
  const left = new Set([...[...theirs.keys()].filter(each => theirs[each]!.isMoved), ...others.map(each => inLine[each]!)]);
  let same = pairs.length;
  const differences: Difference[] = [];
  const take = (isIt: (cite: PlainCite) => boolean): PlainCite | undefined => {
    const at = [...left].find(each => isIt(theirs[each]!));
    return at === undefined ? undefined : (left.delete(at), theirs[at]);
  };
  const tell = (kind: string, start: number, words: string): void => {
    differences.push({ kind: `cite: ${kind}`, ...exampleAt(file, reading, start, words) });
  };
  for (const cite of mine.map(i => ours[i]!)) {
    if (take(each => token(each) === token(cite) && (each.isMoved || cite.isMoved))) {
      same += 1;
      continue;
    }
    const where = placeOf(reading, cite.start);
    const moved = take(each => token(each) === token(cite));
    const other = moved ? undefined : take(({ key }) => key === cite.key);
    if (moved) {
      tell(`in another order, in ${where}`, cite.start, `@${cite.key}`);
    } else if (other) {
      tell(`${cite.mode} for us, ${other.mode} for Pandoc, in ${where}`, cite.start, `@${cite.key}`);
    } else {
      tell(`only we read it, in ${where}`, cite.start, `we read ${token(cite)}`);
    }
  }
  const ourPlaces = new Set(ours.map(({ start }) => start));
  for (const cite of [...left].map(j => theirs[j]!)) {
    const start = placeInText(text, cite, ourPlaces);
    tell(start === undefined ? 'only Pandoc reads it, and the text does not have its key' : `only Pandoc reads it, in ${placeOf(reading, start)}`, start ?? 0, `Pandoc reads ${token(cite)}`);
  }
  return { total: same + differences.length, same, differences };
}

/** Where a key is in the text that we read no cite at. */
function placeInText(text: string, { key }: PlainCite, ours: ReadonlySet<number>): number | undefined {
  for (const written of [`@${key}`, `@{${key}}`]) {
    for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
      if (!ours.has(at) && !ours.has(at - 1)) {
        return at;
      }
    }
  }
  return undefined;
}

/** What we take a place for. */
function placeOf(reading: Reading, at: number): string {
  const { block, start } = reading.blockAt(at);
  const opaque = block.opaque.find(span => span.start <= at - start && at - start < span.end);
  return [opaque && `${opaque.kind} in`, block.kind, ...marksOf(block)].filter(Boolean).join(' ');
}

function marksOf({ inQuote, inNote, inRefs }: Block): readonly (string | false)[] {
  return [inQuote && 'of a quote', inNote && 'of a note', inRefs && 'of the references'];
}

/** The lines around a place: its block, or what of it is near. */
function exampleAt(file: string, reading: Reading, at: number, words: string): Pick<Difference, 'example' | 'size'> {
  const { text } = reading;
  const { block, start } = reading.blockAt(at);
  const from = Math.max(start, text.lastIndexOf('\n', at - 150) + 1, at - 400);
  const to = Math.min(start + block.length, Math.max(at, from) + 400);
  const line = text.slice(0, at).split('\n').length;
  const lines = text.slice(from, to).trim();
  return { example: `${file}:${line}: ${words}\n${quoted(lines, 800)}`, size: block.length };
}
