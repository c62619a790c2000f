import { countWords } from './quotes.ts';
import type { Block, Reading, Span } from './reading.ts';

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
const counted = new WeakMap<Block, number>();

/**
 * Counts words as a reader would: of paragraphs, headings, tables, captions and notes; not of metadata, code, math,
 * comments, raw HTML or TeX, addresses and attributes. A citation's key and locator are no words, for what they print
 * depends on the style; what the writer says in its prefix and suffix is. A word is what stands between blanks and holds
 * a letter or a digit.
 */
export function wordCount({ text, blocks, starts }: Reading): WordCount {
  let prose = 0;
  let references = 0;
  let listLevel: number | undefined;
  blocks.forEach((block, index) => {
    if (!isProse(block)) {
      return;
    }
    const start = starts[index]!;
    if (block.kind === 'heading') {
      const { level, title } = headingOf(text.slice(start, start + block.length));
      const ends = listLevel !== undefined && level <= listLevel;
      listLevel = referencesHeading.test(title) ? level : ends ? undefined : listLevel;
    }
    const words = wordsIn(block, text, start);
    if (block.inRefs || listLevel !== undefined) {
      references += words;
    } else {
      prose += words;
    }
  });
  return { prose, references };
}

/** Whether a reader reads the block, rather than a program. */
export function isProse({ kind }: Block): boolean {
  return kind === 'paragraph' || kind === 'heading' || kind === 'table';
}

function wordsIn(block: Block, text: string, start: number): number {
  const known = counted.get(block) ?? countWords(proseOf(block, text.slice(start, start + block.length)));
  counted.set(block, known);
  return known;
}

function proseOf(block: Block, raw: string): string {
  const cites = block.citations.flatMap(each => each.cites);
  const skipped: readonly Span[] = [
    ...block.opaque,
    ...cites.flatMap(({ mark, locator }) => (locator ? [mark, locator] : [mark])),
  ];
  const prose = without(raw, [...skipped].sort((a, b) => a.start - b.start))
    .replace(/\[\^[^\]\s[]*\]:?/g, '')
    .replace(/^(?:[ \t]*>)*[ \t]*\(?(?:\d{1,9}|[a-z]|[ivxlc]+|#|@[\w-]*)[.)](?=\s)/, '')
    .replace(/^[ \t>]*:{3,}.*$/gm, '')
    .replace(/\b(?:https?:\/\/|www\.|doi:)\S+/gi, '')
    .replace(/&(?:nbsp|ensp|emsp|thinsp);/g, ' ')
    .replace(/&#?\w+;/g, '');
  switch (block.kind) {
    case 'table':
      return prose.replaceAll('|', ' ');
    case 'heading':
      return prose.trimEnd().replace(/\{[^{}\n]*\}$/, '');
    default:
      return prose;
  }
}

function without(text: string, spans: readonly Span[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of spans) {
    kept += text.slice(from, Math.max(start, from));
    from = Math.max(from, end);
  }
  return kept + text.slice(from);
}

/** `## Title {#id}`, or a title underlined with `=` or `-`. */
function headingOf(raw: string): { level: number; title: string } {
  const [, quote = '', marks, rest = ''] = /^((?:[ \t]*>)*)[ \t]*(#{1,6})?([^\n]*)/.exec(raw) ?? [];
  const title = rest.trimEnd().replace(/\{[^{}]*\}$/, '').trimEnd().replace(/(?<!#)#+$/, '').replace(/[*_]/g, '').trim();
  const underline = raw.slice(quote.length).trimEnd().split('\n').at(-1) ?? '';
  return { level: marks?.length ?? (/^[ \t>]*-/.test(underline) ? 2 : 1), title };
}
