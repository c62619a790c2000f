import type { TextEdit } from '../insertion.ts';
import { insideFences } from '../frontMatter.ts';
import { yamlInside } from '../markdown/metadata.ts';
import { metadataTexts } from '../markdown/yamlTexts.ts';
import type { Reading } from '../reading.ts';
import { escapedIn } from '../yamlScalar.ts';

const citing = /^(["']?)(?:bibliography|csl|citation-style|nocite|references)\1[ \t]*:/;

/** Takes what tells Pandoc how to cite out of a manuscript's metadata; everything else stays. A block that holds nothing else goes. */
export function withoutCiting({ text, metadata }: Reading): TextEdit[] {
  return metadata.flatMap(block => {
    const inside = insideFences(text, block);
    const lines = text.slice(inside.start, inside.end).split(/(?<=\n)/);
    const kept = new Set(keptOf(lines));
    if (kept.size === lines.length) {
      return [];
    }
    if (lines.every((line, index) => !kept.has(index) || line.trim() === '')) {
      const behind = /^(?:[ \t]*\r?\n)*/.exec(text.slice(block.end))![0].length;
      return [{ start: block.start, end: block.end + behind, text: '' }];
    }
    return removals(lines, kept, inside.start);
  });
}

/** One edit for each run of lines that are not kept: citations may stand in those between. */
function removals(lines: readonly string[], kept: ReadonlySet<number>, from: number): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = from;
  lines.forEach((line, index) => {
    const last = edits.at(-1);
    if (!kept.has(index) && last?.end === at) {
      edits[edits.length - 1] = { ...last, end: at + line.length };
    } else if (!kept.has(index)) {
      edits.push({ start: at, end: at + line.length, text: '' });
    }
    at += line.length;
  });
  return edits;
}

/** Words as they are written at a place of the metadata, with YAML's escapes; `undefined` where the text would need quotation marks. */
export function inMetadata({ text, metadata }: Reading, offset: number, words: string): string | undefined {
  const block = metadata.find(({ start, end }) => start <= offset && offset < end);
  if (!block) {
    // In a title block, at the text's start, words are as they are. In metadata in a quote or a list the citation stays.
    return text.startsWith('%') && !/\n[ \t\r]*\n/.test(text.slice(0, offset)) ? words : undefined;
  }
  const { yaml, start } = yamlInside(text.slice(block.start, block.end));
  const at = offset - block.start - start;
  const style = metadataTexts(yaml).find(each => each.start <= at && at < each.end)?.style;
  switch (style) {
    case "'":
    case '"':
      return escapedIn(style, words);
    case 'flow':
      return /[,[\]{}]/.test(words) || markup.test(words) ? undefined : words;
    case 'plain':
      return markup.test(words) ? undefined : words;
    default:
      return words;
  }
}

/** What ends a text without quotation marks. */
const markup = /:(?:\s|$)|\s#/;

/** The lines that stay. A field goes with the lines that go on with it: indented ones, and a list's. */
function keptOf(lines: readonly string[]): readonly number[] {
  let isDropped = false;
  return [...lines.keys()].filter(index => {
    const line = lines[index]!;
    const goesOn = /^(?:[ \t]|-(?:\s|$)|\r?\n?$)/.test(line);
    isDropped = goesOn || line.startsWith('#') ? isDropped : citing.test(line);
    return line.startsWith('#') || !isDropped;
  });
}
