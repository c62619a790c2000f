import type { Reading, Span } from '../reading.ts';
import { textOf, type BlockText } from './block.ts';

const noteMark = /^\[\^([^\s\]]+)\]$/;
const definition = /[ \t>]*\[\^([^\s\]]+)\]:/y;

/** Where a block has the mark of a footnote, `[^1]`. */
export function noteMarks({ block, text }: BlockText): Span[] {
  return block.opaque.filter(span => span.kind === 'link target' && noteMark.test(textOf(text, span)));
}

/** The labels of a block's footnotes, in order. */
export function noteLabels(view: BlockText): string[] {
  return noteMarks(view).map(span => noteMark.exec(textOf(view.text, span))![1]!);
}

/** The label of the footnote whose text begins with the block at this offset, `[^1]: …`. */
export function noteDefinedAt(text: string, start: number): string | undefined {
  definition.lastIndex = start;
  return definition.exec(text)?.[1];
}

interface Noted {
  readonly keys: string[];
  /** The keys in one text, made once for all the blocks that have the note. */
  text?: string;
}

/** The keys that a manuscript's footnotes cite, looked for at first use. */
export class NoteKeys {
  readonly #reading: Reading;
  #byLabel: ReadonlyMap<string, Noted> | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** What the footnotes with these labels cite. */
  of(labels: readonly string[]): string[] {
    return labels.flatMap(label => this.#noted(label)?.keys ?? []);
  }

  /** The same in one text, by which it can be told whether it has changed. */
  asText(labels: readonly string[]): string {
    let text = '';
    for (const label of labels) {
      const noted = this.#noted(label);
      text += noted ? (noted.text ??= `${noted.keys.join('\n')}\n`) : '\n';
    }
    return text;
  }

  #noted(label: string): Noted | undefined {
    this.#byLabel ??= notedByLabel(this.#reading);
    return this.#byLabel.get(label);
  }
}

/** A note goes on in the blocks behind its first that are a note's too, up to the next label. */
function notedByLabel({ text, blocks, starts }: Reading): ReadonlyMap<string, Noted> {
  const found = new Map<string, Noted>();
  let noted: Noted = { keys: [] };
  blocks.forEach((block, index) => {
    if (!block.inNote) {
      return;
    }
    const label = noteDefinedAt(text, starts[index]!);
    if (label !== undefined) {
      noted = found.get(label) ?? { keys: [] };
      found.set(label, noted);
    }
    for (const { cites } of block.citations) {
      cites.forEach(({ key }) => noted.keys.push(key));
    }
  });
  return found;
}
