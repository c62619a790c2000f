import { outermost, viewOf, type BlockText } from '../checks/block.ts';
import { noteDefinedAt, noteLabels, noteMarks } from '../checks/notes.ts';
import type { Cite, Locator, Reading, Span } from '../reading.ts';
import type { CitableItem } from '../cslEngine.ts';
import { isInlineNote } from '../inlineNotes.ts';
import { afterKey } from './afterKey.ts';
import { markedUp } from './markedUp.ts';
import type { CitationToPrint, CiteToPrint } from './typesetter.ts';

/** A citation of a manuscript and where it stands, absolute offsets. */
export type PlacedCitation = CitationToPrint & Span;

/** Where the citations of a manuscript stand that are in no other's prefix or suffix, in order; absolute offsets. */
export function citationSpans({ blocks, starts }: Reading): readonly Span[] {
  return blocks.flatMap(({ citations }, index) =>
    outermost(citations).map(({ start, end }) => ({ start: starts[index]! + start, end: starts[index]! + end })),
  );
}

/**
 * The citations of a manuscript as a style prints them, in the order in which Pandoc counts them: those in a footnote's text
 * where the footnote is first referred to. Citations inside another's prefix or suffix are left to it.
 */
export function citationsToPrint(reading: Reading, itemOf: (key: string) => CitableItem | undefined): readonly PlacedCitation[] {
  const notes = new NotesInOrder(reading);
  const placed: { readonly order: number; readonly citation: PlacedCitation }[] = [];
  for (const [index, { citations }] of reading.blocks.entries()) {
    if (citations.length === 0) {
      continue;
    }
    const by = reading.starts[index]!;
    const view = viewOf(reading, index);
    for (const { start, end, cites } of outermost(citations)) {
      const { order, ...place } = notes.placeOf(view, index, start, end);
      const toPrint = cites.map(cite => citeToPrint(view.text, cite, itemOf));
      const notesBefore = notes.before(order);
      placed.push({ order, citation: { start: by + start, end: by + end, cites: toPrint, ...place, ...(notesBefore > 0 && { notesBefore }) } });
    }
  }
  return placed.sort((a, b) => a.order - b.order || a.citation.start - b.citation.start).map(({ citation }) => citation);
}

function citeToPrint(text: string, cite: Cite, itemOf: (key: string) => CitableItem | undefined): CiteToPrint {
  const { key, mode, mark, prefix, suffix, locator } = cite;
  const before = markedUp(text.slice(prefix.start, prefix.end));
  const written = { text: text.slice(suffix.start, suffix.end), isAttached: mark.end === suffix.start };
  return {
    key,
    item: itemOf(key),
    mode,
    prefix: before === '' ? '' : `${before} `,
    ...afterKey(written, mode, locator && within(suffix.start, locator)),
    ...(written.text !== '' && { written }),
  };
}

function within(start: number, { label, value, end }: Locator): Pick<Locator, 'label' | 'value' | 'end'> {
  return { label, value: { start: value.start - start, end: value.end - start }, end: end - start };
}

interface Place {
  readonly order: number;
  readonly note?: number;
  readonly opensNote?: boolean;
}

/** Numbers footnotes by where the text refers to them, as Pandoc does. */
class NotesInOrder {
  readonly #reading: Reading;
  /** The label of the footnote that a block belongs to, by the block's number. */
  readonly #labels = new Map<number, string>();
  /** Where a footnote is first referred to, by its label. */
  readonly #references = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  /** Where the text has a footnote, those without citations included; in order. */
  readonly #places: readonly number[];

  constructor(reading: Reading) {
    this.#reading = reading;
    const { blocks, starts } = reading;
    const marks: { readonly label?: string; readonly at: number }[] = [];
    let label = '';
    blocks.forEach((block, index) => {
      const by = starts[index]!;
      if (block.inNote) {
        label = noteDefinedAt(reading.text, by) ?? label;
        this.#labels.set(index, label);
        return;
      }
      for (const { start } of block.brackets) {
        if (isInlineNote(reading.text, by + start)) {
          marks.push({ at: by + start });
        }
      }
      if (block.opaque.length > 0) {
        const view = viewOf(reading, index);
        const names = noteLabels(view);
        noteMarks(view).forEach(({ start }, at) => marks.push({ label: names[at]!, at: by + start }));
      }
    });
    for (const { label: name, at } of marks) {
      if (name !== undefined && !this.#references.has(name)) {
        this.#references.set(name, at);
      }
    }
    const defined = new Set(this.#labels.values());
    this.#places = marks.flatMap(({ label: name, at }) => (name === undefined || defined.has(name) ? [at] : [])).sort((a, b) => a - b);
  }

  /** How many footnotes the text has before an offset. */
  before(offset: number): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle]! < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where Pandoc comes to a citation, `[start, end)` of its block, and the footnote in which it stands. */
  placeOf({ block, text }: BlockText, index: number, start: number, end: number): Place {
    const by = this.#reading.starts[index]!;
    if (block.inNote) {
      const label = this.#labels.get(index)!;
      const opensNote = /^[ \t>]*\[\^[^\s\]]+\]:\s*$/.test(text.slice(0, start));
      return { note: this.#number(`[^${label}]`), order: this.#references.get(label) ?? by, ...(opensNote && { opensNote }) };
    }
    const note = block.brackets.find(each => each.start < start && end <= each.end && isInlineNote(text, each.start));
    if (!note) {
      return { order: by + start };
    }
    const opensNote = text.slice(note.start + 1, start).trim() === '';
    // The note is where its bracket is: what it cites does not come after it.
    return { order: by + note.start, note: this.#number(String(by + note.start)), ...(opensNote && { opensNote }) };
  }

  #number(name: string): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }
}
