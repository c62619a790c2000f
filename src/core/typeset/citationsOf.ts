import type { Block, Citation, Cite, Reading, Span } from '../reading.ts';
import type { CitableItem } from '../cslEngine.ts';
import { markedUp } from './markedUp.ts';
import type { CitationToPrint, CiteToPrint } from './typesetter.ts';

/** A citation of a manuscript and where it stands, absolute offsets. */
export interface PlacedCitation extends CitationToPrint, Span {
  /** `@a` or `@a [p. 3]`, not within brackets of its own. */
  readonly isInText: boolean;
}

/**
 * The citations of a manuscript as a style prints them, in the order in which Pandoc counts them: those in a footnote's text
 * where the footnote is first referred to. Citations inside another's prefix or suffix are left to it.
 */
export function citationsToPrint(reading: Reading, itemOf: (key: string) => CitableItem | undefined): readonly PlacedCitation[] {
  const notes = new NotesInOrder(reading);
  const placed: { readonly order: readonly [number, number]; readonly citation: PlacedCitation }[] = [];
  reading.blocks.forEach((block, index) => {
    const start = reading.starts[index]!;
    let end = -1;
    for (const citation of block.citations) {
      if (citation.start < end) {
        continue;
      }
      end = citation.end;
      const text = reading.text.slice(start, start + block.length);
      const { note, order } = notes.placeOf(block, index, citation);
      placed.push({
        order: [order, start + citation.start],
        citation: {
          start: start + citation.start,
          end: start + citation.end,
          isInText: citation.kind === 'in-text',
          cites: citation.cites.map(cite => citeToPrint(text, cite, itemOf)),
          ...(note !== undefined && { note }),
        },
      });
    }
  });
  return placed.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]).map(({ citation }) => citation);
}

function citeToPrint(text: string, cite: Cite, itemOf: (key: string) => CitableItem | undefined): CiteToPrint {
  const { key, mode, prefix, locator } = cite;
  const before = markedUp(text.slice(prefix.start, prefix.end));
  return {
    key,
    item: itemOf(key),
    mode,
    prefix: before === '' ? '' : `${before} `,
    suffix: suffixOf(text, cite),
    ...(locator && { locator: { label: locator.label, value: valueOf(text.slice(locator.value.start, locator.value.end)) } }),
  };
}

/** What stands behind the mark and is no locator; a blank parts it from what comes before, unless it begins with a point or comma. */
function suffixOf(text: string, { suffix, locator, mark }: Cite): string {
  const written = locator ? text.slice(locator.end, suffix.end) : text.slice(suffix.start, suffix.end);
  const after = markedUp(written).trim();
  return after === '' ? '' : /^[,.;:]/.test(after) || mark.end === suffix.start ? after : ` ${after}`;
}

function valueOf(text: string): string {
  return markedUp(text).replace(/\s+/g, ' ');
}

/** Numbers footnotes by where the text refers to them, as Pandoc does. */
class NotesInOrder {
  readonly #reading: Reading;
  /** The label of the footnote that a block belongs to, by the block's number. */
  readonly #labels = new Map<number, string>();
  /** Where a footnote is first referred to, by its label. */
  readonly #references = new Map<string, number>();
  readonly #numbers = new Map<string, number>();

  constructor(reading: Reading) {
    this.#reading = reading;
    const { blocks, starts, text } = reading;
    let label = '';
    blocks.forEach((block, index) => {
      const start = starts[index]!;
      if (block.inNote) {
        label = /^[\s>]*\[\^([^\]\s]+)\]:/.exec(text.slice(start, start + Math.min(block.length, 200)))?.[1] ?? label;
        this.#labels.set(index, label);
      } else if (block.brackets.length > 0) {
        for (const { start: at, end } of block.brackets) {
          const name = text[start + at + 1] === '^' ? text.slice(start + at + 2, start + end - 1) : '';
          if (name !== '' && !this.#references.has(name)) {
            this.#references.set(name, start + at);
          }
        }
      }
    });
  }

  placeOf(block: Block, index: number, citation: Citation): { readonly note?: number; readonly order: number } {
    const start = this.#reading.starts[index]!;
    if (block.inNote) {
      const label = this.#labels.get(index)!;
      const order = this.#references.get(label) ?? start;
      return { note: this.#number(`[^${label}]`), order };
    }
    const note = block.brackets.find(each => each.start < citation.start && citation.end <= each.end && this.#reading.text[start + each.start - 1] === '^');
    return { order: start + citation.start, ...(note && { note: this.#number(String(start + note.start)) }) };
  }

  #number(name: string): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }
}
