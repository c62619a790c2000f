import { KeptByBlock } from './keptByBlock.ts';
import { Pace } from './markdown/pace.ts';
import { pieceEnd } from './pieces.ts';
import { countWords } from './quotes.ts';
import type { Block, Reading } from './reading.ts';
import { SpansAhead } from './spansAhead.ts';

/** The words of a manuscript. */
export interface WordCount {
  /** Of the writer's prose. */
  readonly prose: number;
  /** Of what stands under a heading References, Bibliography or the like, or in a `#refs` division. */
  readonly references: number;
}

const referencesHeading =
  /^(?:references?(?: list)?|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|quellen|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía)$/iu;

/** Blocks keep their identity as long as their text does not change, and with it what was counted. */
const counted = new KeptByBlock<number>();

/**
 * Counts words as a reader would: of paragraphs, headings, tables, captions and notes; not of metadata, code, math,
 * comments, raw HTML or TeX, addresses and attributes. A citation's key and locator are no words, for what they print
 * depends on the style; what the writer says in its prefix and suffix is. A word is what stands between blanks and holds
 * a letter or a digit. Yields every few milliseconds.
 */
export function* wordCount({ text, blocks, starts }: Reading): Generator<undefined, WordCount> {
  const pace = new Pace();
  let prose = 0;
  let references = 0;
  let listLevel: number | undefined;
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index]!;
    if (isProse(block)) {
      const start = starts[index]!;
      if (block.kind === 'heading') {
        const { level, title } = headingOf(text.slice(start, start + block.length));
        const ends = listLevel !== undefined && level <= listLevel;
        listLevel = referencesHeading.test(title) ? level : ends ? undefined : listLevel;
      }
      const words = counted.get(block) ?? (yield* wordsIn(block, text, start));
      counted.set(block, words);
      if (block.inRefs || listLevel !== undefined) {
        references += words;
      } else {
        prose += words;
      }
    }
    if (pace.isDue(block.length)) {
      yield;
    }
  }
  return { prose, references };
}

/** Whether a reader reads the block, rather than a program. */
export function isProse({ kind }: Block): boolean {
  return kind === 'paragraph' || kind === 'heading' || kind === 'table';
}

function* wordsIn(block: Block, text: string, start: number): Generator<undefined, number> {
  const skipped = new SpansAhead(block);
  let words = 0;
  for (let from = 0; from < block.length; ) {
    const to = pieceEnd(text, start + from, start + block.length) - start;
    words += countWords(proseOf(block, skipped.without(text, start, from, to), from === 0));
    from = to;
    if (from < block.length) {
      yield;
    }
  }
  return words;
}

/** What a reader reads of a piece of a block, of which nothing is left that is to be skipped. */
function proseOf({ kind }: Block, piece: string, isFirst: boolean): string {
  const prose = piece
    .replace(/\[\^[^\]\s[]*\]:?/g, '')
    .replace(isFirst ? listMark : '', '')
    .replace(/^[ \t>]*:{3,}.*$/gm, '')
    .replace(/\b(?:https?:\/\/|www\.|doi:)\S+/gi, '')
    .replace(/&(?:nbsp|ensp|emsp|thinsp);/g, ' ')
    .replace(/&#?\w+;/g, '');
  switch (kind) {
    case 'table':
      return prose.replaceAll('|', ' ');
    case 'heading':
      return prose.trimEnd().replace(/\{[^{}\n]*\}$/, '');
    default:
      return prose;
  }
}

const listMark = /^(?:[ \t]*>)*[ \t]*\(?(?:\d{1,9}|[a-z]|[ivxlc]+|#|@[\w-]*)[.)](?=\s)/;

/** `## Title {#id}`, or a title underlined with `=` or `-`. */
function headingOf(raw: string): { level: number; title: string } {
  const [, quote = '', marks, rest = ''] = /^((?:[ \t]*>)*)[ \t]*(#{1,6})?([^\n]*)/.exec(raw) ?? [];
  const title = rest.trimEnd().replace(/\{[^{}]*\}$/, '').trimEnd().replace(/(?<!#)#+$/, '').replace(/[*_]/g, '').trim();
  const underline = raw.slice(quote.length).trimEnd().split('\n').at(-1) ?? '';
  return { level: marks?.length ?? (/^[ \t>]*-/.test(underline) ? 2 : 1), title };
}
