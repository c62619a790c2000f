import * as vscode from 'vscode';
import { touchesAny, type CitedSyntax, type ConvertTarget, type PrintedWork } from '../../core/rewrite/cited.ts';
import { composedEdits, scopesAfter } from '../../core/rewrite/composed.ts';
import { convert, keysToPrint, type Conversion } from '../../core/rewrite/convert.ts';
import { fromPlain, toPlain } from '../../core/rewrite/plain.ts';
import { printedPlaces } from '../../core/rewrite/printedPlaces.ts';
import { notesOf } from '../../core/rewrite/notes.ts';
import { rereadAfter } from '../../core/rewrite/rewriting.ts';
import type { Reading, Span } from '../../core/reading.ts';
import { isStudy, type Entry } from '../../core/study.ts';
import { citationSpans } from '../../core/typeset/citationsOf.ts';
import { inSlices } from '../../editor/edges.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import type { ManuscriptPrinter } from '../../editor/printer.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';

/** The syntaxes to convert into, and what they are called. */
export const syntaxes: readonly CitedSyntax[] = ['pandoc', 'footnote', 'link'];

/** What converting would do to one of a manuscript's texts. */
export interface ConvertedText {
  readonly document: vscode.TextDocument;
  /** The text that it is about. */
  readonly reading: Reading;
  readonly conversion: Conversion;
}

/** Converts citations of a manuscript; prints the studies that this needs by the manuscript's settings. */
export class Converter {
  readonly #known: KnownKeys;
  readonly #references: References;
  readonly #readings: Readings;
  readonly #printer: ManuscriptPrinter;

  constructor(known: KnownKeys, references: References, readings: Readings, printer: ManuscriptPrinter) {
    this.#known = known;
    this.#references = references;
    this.#readings = readings;
    this.#printer = printer;
  }

  /** For each target what converting all that touches a scope would do. */
  async convert<Target extends ConvertTarget>(
    document: vscode.TextDocument,
    reading: Reading,
    scopes: readonly Span[],
    targets: readonly Target[],
  ): Promise<ReadonlyMap<Target, Conversion>> {
    const taken = new Set<string>();
    for (const part of await this.#readings.partsOf(document)) {
      addLabels(taken, part.document === document ? undefined : part.reading);
    }
    const conversions = new Map<Target, Conversion>();
    for (const target of targets) {
      conversions.set(target, await this.#converted(document, reading, scopes, target, taken));
    }
    return conversions;
  }

  /** What converting all of the manuscript would do to its texts, each with notes of its own; none that is too long. */
  async convertAll(document: vscode.TextDocument, target: ConvertTarget): Promise<readonly ConvertedText[]> {
    const parts = await this.#readings.partsOf(document);
    const taken = new Set<string>();
    // Labels differ from cell to cell, for some programs make one text of the cells.
    const others = parts.length > 1 && target === 'footnote' ? parts : [];
    others.forEach(({ reading }) => addLabels(taken, reading));
    const converted: ConvertedText[] = [];
    for (const { document: text, reading } of parts) {
      const whole = [{ start: 0, end: reading.text.length }];
      const conversion = await this.#converted(text, reading, whole, target, taken);
      converted.push({ document: text, reading, conversion });
      addLabels(taken, others.length > 0 ? rereadAfter(reading, conversion.edits) : undefined);
    }
    return converted;
  }

  /** Into plain words by way of Pandoc's syntax, as out of them. */
  async #converted(
    document: vscode.TextDocument,
    reading: Reading,
    scopes: readonly Span[],
    target: ConvertTarget,
    taken: ReadonlySet<string>,
  ): Promise<Conversion> {
    const into = async (bare: Reading, within: readonly Span[], syntax: CitedSyntax): Promise<Conversion> =>
      convert(bare, syntax, await this.#worksFor(document, bare, within), within, taken);
    const first = target === 'plain' ? await into(reading, scopes, 'pandoc') : fromPlain(reading, scopes);
    const bare = rereadAfter(reading, first.edits);
    const within = scopesAfter(scopes, first.edits);
    const second = target === 'plain' ? await this.#plain(document, bare, within) : await into(bare, within, target);
    const converted = second.converted + (target === 'pandoc' ? first.converted : 0);
    return { converted, edits: converted > 0 ? composedEdits(reading.text, first.edits, second.edits) : [], kept: [...first.kept, ...second.kept] };
  }

  async #plain(document: vscode.TextDocument, reading: Reading, scopes: readonly Span[]): Promise<Conversion> {
    if (notebookOf(document)) {
      const kept = citationSpans(reading).filter(each => touchesAny(each, scopes));
      return { edits: [], converted: 0, kept: kept.map(each => ({ ...each, unavailable: 'a notebook’s cells are printed together, by its own program' })) };
    }
    const manuscript = await this.#printer.print(document, reading, await this.#known.of(document));
    const { places, kept } = printedPlaces(reading, manuscript, scopes);
    const conversion = toPlain(reading, places);
    return { ...conversion, kept: [...kept, ...conversion.kept] };
  }

  /** The works that must be known for that, printed. */
  async #worksFor(
    document: vscode.TextDocument,
    reading: Reading,
    scopes: readonly Span[],
  ): Promise<ReadonlyMap<string, PrintedWork>> {
    const known = await this.#known.of(document);
    const studies = await candidates(known, reading.text);
    const print = this.#references.printer(document);
    const works = new Map<string, PrintedWork>();
    for (const key of keysToPrint(reading, studies, scopes)) {
      const study = known.study(key);
      if (study) {
        works.set(key, { printed: await print(study), ...(study.csl.DOI && { doi: study.csl.DOI }) });
      }
    }
    return works;
  }
}

function addLabels(taken: Set<string>, reading: Reading | undefined): void {
  for (const label of reading ? notesOf(reading).labels : []) {
    taken.add(label);
  }
}

/** An address of a DOI behind a text in brackets, up to where it surely ends. */
const linkedDoi = /\]\(https:\/\/doi\.org\/([^\s<>]+)/g;

/** The DOIs that links of a text may name, in lower case: a DOI may hold parentheses, so that each that closes may end it. */
function doisIn(text: string): ReadonlySet<string> {
  const dois = new Set<string>();
  for (const [, tail = ''] of text.matchAll(linkedDoi)) {
    for (let end = tail.indexOf(')'); end >= 0; end = tail.indexOf(')', end + 1)) {
      dois.add(tail.slice(0, end).toLowerCase());
    }
  }
  return dois;
}

// Entries looked at between two pauses: about a millisecond.
const atOnce = 500;

function* withDoi(entries: Iterable<Entry>, dois: ReadonlySet<string>): Generator<undefined, readonly Entry[]> {
  const found: Entry[] = [];
  let seen = 0;
  for (const entry of dois.size > 0 ? entries : []) {
    if (entry.summary && dois.has(entry.summary.doi)) {
      found.push(entry);
    }
    seen += 1;
    if (seen % atOnce === 0) {
      yield;
    }
  }
  return found;
}

const word = /[\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*/gu;

/** The works that a text may name: all bundled studies, and of the writer's own those whose key or DOI stands in it. */
async function candidates({ library, study }: KnownOfDocument, text: string): Promise<readonly Entry[]> {
  const named = new Set(Array.from(text.matchAll(word), ([key]) => study(key)).filter(entry => entry?.origin));
  const linked = await inSlices(withDoi(library.entries, doisIn(text)));
  const studies = library.studies.filter(({ id }) => study(id) && isStudy(study(id)!));
  return [...new Set([...studies, ...named, ...linked])].filter(entry => entry !== undefined);
}
