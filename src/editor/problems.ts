import * as vscode from 'vscode';
import { Checker, checkNocite } from '../core/checks/checks.ts';
import { checkCodes, checkSetting, type Problem } from '../core/checks/problem.ts';
import { checkWorks } from '../core/checks/works.ts';
import { readManuscript, type Reading } from '../core/reading.ts';
import { keysOf } from '../core/statusWords.ts';
import { settingsFor } from '../manifest.ts';
import type { BibliographyProblems } from './bibliographyProblems.ts';
import { inSlices } from './edges.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';
import type { StyleChoices } from './styleChoice.ts';
import { textsOf, type Readings } from './readings.ts';

interface Checked {
  readonly reading: Reading;
  readonly known: KnownOfDocument;
  /** The keys whose notices were not to be told. */
  readonly silenced: string;
  /** What the works of the whole manuscript gave for this text. */
  readonly works: readonly Problem[];
  readonly problems: readonly Problem[];
}

interface CheckedWorks {
  /** Of all texts of the manuscript. */
  readonly readings: readonly Reading[];
  readonly known: KnownOfDocument;
  /** For each of the texts. */
  readonly problems: Promise<readonly (readonly Problem[])[]>;
}

/** Stands for a text that is longer than is read. */
const unread = readManuscript('');
const none: readonly Problem[] = [];

const dismissedState = 'dismissedNotices';

/** Checks manuscripts as they are, and remembers which notices the writer wants to hear of no more. */
export class Problems implements vscode.Disposable {
  readonly #readings: Readings;
  readonly #known: KnownKeys;
  readonly #bibliographies: BibliographyProblems;
  readonly #styles: StyleChoices;
  readonly #state: vscode.Memento;
  readonly #checkers = new WeakMap<vscode.TextDocument, { readonly known: KnownOfDocument; readonly checker: Checker }>();
  readonly #checked = new WeakMap<vscode.TextDocument, Checked>();
  /** By the document that holds the manuscript's metadata. */
  readonly #works = new WeakMap<vscode.TextDocument, CheckedWorks>();
  readonly #didCheck = new vscode.EventEmitter<vscode.TextDocument>();

  /** A manuscript was checked that had not been checked in this version before. */
  readonly onDidCheck = this.#didCheck.event;

  constructor(readings: Readings, known: KnownKeys, bibliographies: BibliographyProblems, styles: StyleChoices, state: vscode.Memento) {
    this.#readings = readings;
    this.#known = known;
    this.#bibliographies = bibliographies;
    this.#styles = styles;
    this.#state = state;
  }

  /** The problems of the document as it is now, without those of checks that are switched off. */
  async of(document: vscode.TextDocument): Promise<readonly Problem[]> {
    const setting = settingsFor(document);
    if (!setting('checks.enabled')) {
      return [];
    }
    const problems = [...(await this.#ofBibliographies(document)), ...(await this.#ofStyle(document)), ...(await this.#all(document))];
    const silent = new Set(checkCodes.filter(code => setting(checkSetting(code)) === 'off'));
    return silent.size > 0 ? problems.filter(({ code }) => !silent.has(code)) : problems;
  }

  /** What the manuscript itself names and we can't read. Not kept: what is near a missing file changes with the files. */
  async #ofBibliographies(document: vscode.TextDocument): Promise<readonly Problem[]> {
    const { sources, shelf, metadataIn } = await this.#known.of(document);
    return document === metadataIn ? this.#bibliographies.of(document.uri, sources, shelf.files) : [];
  }

  /** Of the style that the manuscript itself names. */
  async #ofStyle(document: vscode.TextDocument): Promise<readonly Problem[]> {
    const { metadata: { csl }, metadataIn } = await this.#known.of(document);
    const problem = csl && document === metadataIn ? await this.#styles.problemOf({ ...csl, in: document.uri }, document.uri) : undefined;
    return problem ? [problem] : none;
  }

  async #all(document: vscode.TextDocument): Promise<readonly Problem[]> {
    const known = await this.#known.of(document);
    const dismissed = await this.#citedBefore(document);
    this.#dismissedIn(document).forEach(key => dismissed.add(key));
    const silenced = [...dismissed].join(' ');
    const reading = await this.#readings.of(document);
    if (!reading) {
      return [];
    }
    const works = await this.#ofWorks(document, reading, known);
    const before = this.#checked.get(document);
    if (before?.reading === reading && before.known === known && before.silenced === silenced && before.works === works) {
      return before.problems;
    }
    const found = await inSlices(this.#checkerOf(document, known).checkInSteps(reading, { dismissed }));
    const nocite = document === known.metadataIn ? (known.metadata.nocite ?? []) : [];
    const listed = checkNocite(reading.text, nocite, known);
    const problems = inOrder(found, [...listed, ...works]);
    this.#checked.set(document, { reading, known, silenced, works, problems });
    this.#didCheck.fire(document);
    return problems;
  }

  /** What only the whole manuscript shows, as far as it is told in one of its texts. Checked once for all of a notebook's cells. */
  async #ofWorks(
    document: vscode.TextDocument,
    reading: Reading,
    { metadataIn }: KnownOfDocument,
  ): Promise<readonly Problem[]> {
    const texts = textsOf(document);
    const readings: Reading[] = [];
    for (const text of texts) {
      readings.push(text === document ? reading : ((await this.#readings.of(text)) ?? unread));
    }
    const known = await this.#known.of(metadataIn);
    const before = this.#works.get(metadataIn);
    const isKept = before?.known === known && before.readings.length === readings.length;
    const kept = isKept && readings.every((each, index) => each === before.readings[index]) ? before : undefined;
    const works = kept ?? { readings, known, problems: inSlices(checkWorks(readings, known)) };
    this.#works.set(metadataIn, works);
    return (await works.problems)[texts.indexOf(document)] ?? none;
  }

  /** What a document's checker concluded block by block holds as long as the known keys do. */
  #checkerOf(document: vscode.TextDocument, known: KnownOfDocument): Checker {
    const kept = this.#checkers.get(document);
    if (kept?.known === known) {
      return kept.checker;
    }
    const checker = new Checker(known);
    this.#checkers.set(document, { known, checker });
    return checker;
  }

  /** A notice is told once in a manuscript: in a notebook, in the first cell that cites the study. */
  async #citedBefore(document: vscode.TextDocument): Promise<Set<string>> {
    const texts = textsOf(document);
    const readings: Reading[] = [];
    for (const earlier of texts.slice(0, texts.indexOf(document))) {
      const reading = await this.#readings.of(earlier);
      readings.push(...(reading ? [reading] : []));
    }
    return inSlices(keysOf(readings));
  }

  #dismissedIn(document: vscode.TextDocument): readonly string[] {
    return this.#dismissals()[manuscriptOf(document.uri)] ?? [];
  }

  #dismissals(): Readonly<Record<string, readonly string[]>> {
    return this.#state.get<Readonly<Record<string, readonly string[]>>>(dismissedState) ?? {};
  }

  /** Tells no more of a study's notices in the manuscript with this address. */
  async dismissNotice(uri: vscode.Uri, key: string): Promise<void> {
    const manuscript = manuscriptOf(uri);
    const all = this.#dismissals();
    await this.#state.update(dismissedState, { ...all, [manuscript]: [...new Set([...(all[manuscript] ?? []), key])] });
  }

  /** Tells of all notices again; answers how many had been dismissed. */
  async restoreNotices(): Promise<number> {
    const count = Object.values(this.#dismissals()).reduce((sum, keys) => sum + keys.length, 0);
    await this.#state.update(dismissedState, undefined);
    return count;
  }

  dispose(): void {
    this.#didCheck.dispose();
  }
}

/** Two lists, each in order, as one. */
function inOrder(a: readonly Problem[], b: readonly Problem[]): readonly Problem[] {
  return b.length === 0 ? a : [...a, ...b].sort((one, other) => one.start - other.start);
}

/** A notebook's cells are one manuscript, whose address theirs share but for the scheme and the fragment. */
function manuscriptOf(uri: vscode.Uri): string {
  return uri.scheme === 'vscode-notebook-cell' ? uri.path : uri.toString();
}
