import type { TextEdit } from '../insertion.ts';
import { insideFences } from '../frontMatter.ts';
import type { Reading } from '../reading.ts';

const citing = /^(["']?)(?:bibliography|csl|citation-style|nocite|references)\1[ \t]*:/;

/** Takes what tells Pandoc how to cite out of a manuscript's metadata; everything else stays. A block that holds nothing else goes. */
export function withoutCiting({ text, metadata }: Reading): TextEdit[] {
  return metadata.flatMap(block => {
    const inside = insideFences(text, block);
    const lines = text.slice(inside.start, inside.end).split(/(?<=\n)/);
    const kept = keptOf(lines);
    if (kept.length === lines.length) {
      return [];
    }
    if (kept.every(line => line.trim() === '')) {
      const behind = /^(?:[ \t]*\r?\n)*/.exec(text.slice(block.end))![0].length;
      return [{ start: block.start, end: block.end + behind, text: '' }];
    }
    return [{ start: inside.start, end: inside.end, text: kept.join('') }];
  });
}

/** A field goes with the lines that go on with it: indented ones, and a list's. */
function keptOf(lines: readonly string[]): readonly string[] {
  let isDropped = false;
  return lines.filter(line => {
    const goesOn = /^(?:[ \t]|-(?:\s|$)|\r?\n?$)/.test(line);
    isDropped = goesOn || line.startsWith('#') ? isDropped : citing.test(line);
    return line.startsWith('#') || !isDropped;
  });
}
