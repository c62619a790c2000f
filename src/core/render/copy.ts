import { commonMarkdown } from '../cslMarkup.ts';
import type { TextEdit } from '../insertion.ts';
import type { Reading, Span } from '../reading.ts';
import { notesOf } from '../rewrite/notes.ts';
import { edited } from '../rewrite/rewriting.ts';
import type { PlacedCitation } from '../typeset/citationsOf.ts';
import type { PrintedCitation, PrintedDocument } from '../typeset/typesetter.ts';
import { listPlace } from './listPlace.ts';
import { inMetadata, withoutCiting } from './metadata.ts';
import { endsAnnounced, levelOf, lineEndOf } from './region.ts';

/** A manuscript for places that know no Pandoc. */
export interface RenderedCopy {
  readonly text: string;
  /** The citekeys that nobody knows, once each: their citations stay as they are written. */
  readonly unknown: readonly string[];
  /** How many citations are printed. */
  readonly printed: number;
}

/** The bibliography's entries as Markdown that every program reads. */
export function referencesOf({ bibliography }: PrintedDocument): readonly string[] {
  return bibliography.map(({ text }) => commonMarkdown(text.html));
}

/**
 * The Markdown of a manuscript with every citation as the style prints it, and the bibliography where the manuscript says, else at the
 * end, below `heading` where no heading announces it. Everything else stays letter for letter, but for what of the metadata tells
 * Pandoc how to cite. `cited` and `printed.citations` are in the same order.
 */
export function renderCopy(reading: Reading, cited: readonly PlacedCitation[], printed: PrintedDocument, heading: string): RenderedCopy {
  const notes = new NotesToAdd(reading);
  const list = listPlace(reading);
  const isWritten = ({ start, end, cites }: PlacedCitation): boolean =>
    cites.every(({ item }) => item !== undefined) && !isBroken(reading, start) && !(list && start < list.end && end > list.start);
  const inOrder = cited
    .map((citation, index) => ({ citation, printed: printed.citations[index]! }))
    .filter(({ citation }) => isWritten(citation))
    .sort((a, b) => a.citation.start - b.citation.start);
  const citations = inOrder.flatMap(each =>
    reading.blockAt(each.citation.start).block.kind === 'front matter'
      ? metadataEdit(reading, each.citation, each.printed)
      : [citationEdit(reading.text, each.citation, each.printed, notes)],
  );
  const unknown = cited.flatMap(({ cites }) => cites.filter(({ item }) => item === undefined).map(({ key }) => key));
  const edits = [...withoutCiting(reading), ...citations, ...listEdits(reading, list, referencesOf(printed), heading, notes.definitions)];
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  return { text: edited(reading.text, edits), unknown: [...new Set(unknown)], printed: citations.length };
}

/** A citation over several lines of a table's cell holds text of other cells. */
function isBroken(reading: Reading, start: number): boolean {
  return reading.citationAt(start)?.citation.isBroken === true;
}

/** Gives footnotes labels that the manuscript has not. */
class NotesToAdd {
  readonly #taken: Set<string>;
  readonly definitions: string[] = [];
  #last = 0;

  constructor(reading: Reading) {
    const { labels, marks } = notesOf(reading);
    this.#taken = new Set([...labels, ...marks.map(({ label }) => label)]);
  }

  /** The mark of a new footnote. */
  add(text: string): string {
    do {
      this.#last += 1;
    } while (this.#taken.has(String(this.#last)));
    this.definitions.push(`[^${this.#last}]: ${text}`);
    return `[^${this.#last}]`;
  }
}

function citationEdit(text: string, { start, end, note: within }: PlacedCitation, { text: words, note }: PrintedCitation, notes: NotesToAdd): TextEdit {
  const plain = commonMarkdown(words.html);
  if (note?.plain && within === undefined) {
    return marked(text, { start, end }, plain, notes.add(commonMarkdown(note.html)));
  }
  if (/^<sup>[^<]*<\/sup>$/.test(plain)) {
    return marked(text, { start, end }, '', plain);
  }
  const inNote = note ? withoutPoint(commonMarkdown(note.html), text[end]) : '';
  const written = [plain, inNote].filter(part => part !== '').join(' ');
  // Behind a bracket, `(` would begin the address of a link.
  return { start, end, text: text[start - 1] === ']' && written.startsWith('(') ? `\\${written}` : written };
}

/** In metadata, which may have no footnotes, a style of notes prints in parentheses. */
function metadataEdit(reading: Reading, { start, end }: Span, { text: words, note }: PrintedCitation): TextEdit[] {
  const said = note ? `(${withoutPoint(commonMarkdown(note.html), '.')})` : '';
  const written = [commonMarkdown(words.html), said].filter(part => part !== '').join(' ');
  const text = inMetadata(reading, start, written);
  return text === undefined ? [] : [{ start, end, text }];
}

/** In the writer's own footnote the sentence has its own point. */
function withoutPoint(note: string, next: string | undefined): string {
  return next !== undefined && '.,;:'.includes(next) ? note.replace(/\.$/, '') : note;
}

/** So far back (code units) it is looked for what begins the line; a line may be a paragraph of a hundred thousand. */
const mostLead = 300;

const marker = /^[\s>]*(?:(?:[-*+]|\(?\w{1,9}[.)]|#[.)]|#{1,6}|\[\^[^\]\s]+\]:)[ \t]+)?(?:\[[ xX]\][ \t]+)?$/;

/** A raised mark stands directly behind its word and the punctuation there, as Pandoc sets it. */
function marked(text: string, { start, end }: Span, words: string, mark: string): TextEdit {
  const near = text.slice(Math.max(0, start - mostLead), start);
  const lead = near.slice(near.lastIndexOf('\n') + 1);
  if (words === '' && marker.test(lead)) {
    return { start, end, text: `${mark}${text[end] === ':' ? '\\' : ''}` };
  }
  const punctuation = /^[.,;:!?]*/.exec(text.slice(end, end + 9))![0];
  const blanks = words === '' && !lead.trimEnd().endsWith('|') ? /[ \t]*$/.exec(lead)![0].length : 0;
  return { start: start - blanks, end: end + punctuation.length, text: `${words}${punctuation}${mark}` };
}

function listEdits(reading: Reading, place: Span | undefined, references: readonly string[], heading: string, notes: readonly string[]): TextEdit[] {
  const eol = lineEndOf(reading.text);
  const parted = eol + eol;
  const end = reading.text.trimEnd().length;
  const title = endsAnnounced(reading) ? [] : [`${'#'.repeat(levelOf(reading))} ${heading}`];
  const atEnd = [...(place || references.length === 0 ? [] : [...title, ...references]), ...(notes.length > 0 ? [notes.join(eol)] : [])].join(parted);
  return [
    ...(place ? [{ ...place, text: references.join(parted) }] : []),
    ...(atEnd === '' ? [] : [{ start: Math.max(end, place?.end ?? 0), end: reading.text.length, text: `${end > 0 ? parted : ''}${atEnd}${eol}` }]),
  ];
}
