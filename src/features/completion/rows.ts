import * as vscode from 'vscode';
import { citationQueryAt, type CitationQuery } from '../../core/citations.ts';
import { insertInto, type Insertion, type Request } from '../../core/insertion.ts';
import type { Library } from '../../core/library.ts';
import { citedKeys } from '../../core/occurrences.ts';
import { isNamed, offersFor, type Offer } from '../../core/offers.ts';
import type { Reading } from '../../core/reading.ts';
import type { QualifierCompletion } from '../../core/search/complete.ts';
import { Requests } from '../../editor/inserter.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { settingsFor } from '../../manifest.ts';

/** What a line of the list inserts. */
export interface Row {
  readonly offer: Offer;
  readonly insertion: Insertion;
  /** Where the replaced text ends in the other of the editor's two `insertMode`s; the same end where another text would have to be inserted. */
  readonly otherEnd: number;
}

/** A list, best first: values of a qualifier that is being typed, then studies. */
export interface FoundRows {
  readonly query: CitationQuery;
  readonly values: readonly QualifierCompletion[];
  readonly studies: readonly Row[];
  readonly library: Library;
  readonly shelf: KnownOfDocument['shelf'];
}

/** Finds what is offered after `@`. */
export class Rows {
  readonly #known: KnownKeys;
  readonly #readings: Readings;
  readonly #references: References;

  constructor(known: KnownKeys, readings: Readings, references: References) {
    this.#known = known;
    this.#readings = readings;
    this.#references = references;
  }

  /** What is offered at the caret of a text, which is the document's or was; `undefined` where nothing of a citation was typed. */
  async at(document: vscode.TextDocument, text: string, caret: number, token?: vscode.CancellationToken): Promise<FoundRows | undefined> {
    const reading = await this.#readings.ofText(document, text);
    const { library, shelf } = await this.#known.of(document);
    const typed = reading && citationQueryAt(reading, caret, library.has, library.beginsKey);
    if (!typed || token?.isCancellationRequested) {
      return undefined;
    }
    const replaces = vscode.workspace.getConfiguration('editor', document).get('suggest.insertMode') === 'replace';
    const query = { ...typed, end: replaces ? typed.end : typed.typedEnd };
    const otherEnd = replaces ? typed.typedEnd : typed.end;
    const setting = settingsFor(document);
    const cited = notebookOf(document) ? await this.#readings.keysCitedIn(document) : citedKeys(reading);
    const found = library.findWhileTyped(query.text, { limit: setting('completion.maxStudies'), cited });
    const choices = { mode: setting('insert.citation'), isNamed: found[0] !== undefined && isNamed(found[0]) };
    const print = query.place.underReferences ? this.#references.printer(document) : this.#references.quickPrinter(document);
    const requests = new Requests(print, setting, (await this.#references.wished(document)).locale);
    // All are asked for before any is waited for: what has to be printed is printed elsewhere.
    const offers = offersFor(found.map(({ study }) => study), query, text, choices);
    const studies = await Promise.all(offers.map(offer => rowOf(offer, query, otherEnd, reading, requests)));
    return {
      query,
      values: library.openValues(query.text, cited),
      studies: studies.filter(row => row !== undefined),
      library,
      shelf,
    };
  }
}

async function rowOf(offer: Offer, query: CitationQuery, otherEnd: number, reading: Reading, requests: Requests): Promise<Row | undefined> {
  const { study, form, mode, quote } = offer;
  const request = await requests.make({ form, mode, studies: [study], suppressAuthor: query.suppressAuthor, ...(quote && { quote }) });
  const insertion = request && insertionTo(query.end, query, reading, request);
  if (!insertion || !isOnLine(insertion, query, reading.text)) {
    return undefined;
  }
  const other = otherEnd === query.end ? insertion : insertionTo(otherEnd, query, reading, request);
  return { offer, insertion, otherEnd: other && isSame(insertion, other) && isOnLine(other, query, reading.text) ? other.edit.end : insertion.edit.end };
}

function insertionTo(end: number, { start, braced, place }: CitationQuery, reading: Reading, request: Request): Insertion | undefined {
  const result = insertInto(reading, { start, end, typed: true, braced }, request, place);
  return 'refused' in result ? undefined : result;
}

/** VS Code takes no completion whose range leaves the caret's line. */
function isOnLine({ edit }: Insertion, { start }: CitationQuery, text: string): boolean {
  return !text.slice(Math.max(start, edit.start), edit.end).includes('\n');
}

/** Whether both insert the same text; only where it ends may differ. */
function isSame(one: Insertion, other: Insertion): boolean {
  const isSameEdit = one.edit.start === other.edit.start && one.edit.text === other.edit.text && one.caret === other.caret;
  return isSameEdit && one.further?.start === other.further?.start && one.further?.text === other.further?.text;
}
