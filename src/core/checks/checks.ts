import type { TextEdit } from '../insertion.ts';
import { KeptByBlock } from '../keptByBlock.ts';
import type { Block, Citation, Reading } from '../reading.ts';
import { isProse } from '../wordCount.ts';
import { beside, citedBeside } from './beside.ts';
import { viewOf, type BlockText } from './block.ts';
import { checkAdjacent, checkRepeated } from './groups.ts';
import { KeyChecks } from './keys.ts';
import { checkLocators } from './locators.ts';
import { malformedChecks } from './malformed.ts';
import { NoteKeys } from './notes.ts';
import { checkNotices } from './notices.ts';
import type { Known, Problem } from './problem.ts';
import { QuoteChecks } from './quoteChecks.ts';
import { uncheckedBlock } from './unchecked.ts';

export interface CheckOptions {
  /** Keys of studies whose notices are not to be told. */
  readonly dismissed?: ReadonlySet<string>;
}

/** What was found in a block, offsets from the block's start; `placed` is the same where the block stood last. */
interface Found {
  readonly problems: readonly Problem[];
  readonly notices: readonly Problem[];
  /** Of a block quote, the blocks on which its problems depend. */
  readonly before: Block | undefined;
  readonly after: Block | undefined;
  /** The footnotes on which they depend, and the keys that these cited. */
  readonly labels: readonly string[];
  readonly noted: string;
  start: number;
  placed: readonly Problem[];
}

const nothing: readonly Problem[] = [];

/** Of most blocks, which need none of their own. */
const clean: Found = {
  problems: nothing,
  notices: nothing,
  before: undefined,
  after: undefined,
  labels: [],
  noted: '',
  start: 0,
  placed: nothing,
};

/** So much is checked anew between two pauses, in code units; every block and every citation has some work of its own. */
const stepLength = 20_000;
const ofBlock = 20;
const ofCitation = 80;
/** What is known already is only put in its place. */
const ofKept = 8;

/** All problems of a manuscript, in the order in which they begin, with absolute offsets. */
export function check(reading: Reading, known: Known, options: CheckOptions = {}): readonly Problem[] {
  return new Checker(known).check(reading, options);
}

/**
 * Checks a manuscript again and again while it is written: what was concluded from a block is kept for as long as the
 * block is. Make a new one when what is known changes.
 */
export class Checker {
  readonly #known: Known;
  readonly #keys: KeyChecks;
  readonly #quotes: QuoteChecks;
  readonly #found = new KeptByBlock<Found>();

  constructor(known: Known) {
    this.#known = known;
    this.#keys = new KeyChecks(known);
    this.#quotes = new QuoteChecks(known);
  }

  /** All problems, in the order in which they begin, with absolute offsets. */
  check(reading: Reading, options: CheckOptions = {}): readonly Problem[] {
    const steps = this.checkInSteps(reading, options);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        return value;
      }
    }
  }

  /** The same in steps of a few milliseconds. */
  *checkInSteps(reading: Reading, { dismissed }: CheckOptions = {}): Generator<undefined, readonly Problem[]> {
    const { blocks, starts } = reading;
    const problems: Problem[] = [];
    const told = new Set(dismissed);
    const notes = new NoteKeys(reading);
    let fresh = 0;
    for (let index = 0; index < blocks.length; index += 1) {
      const block = blocks[index]!;
      // Of metadata the texts that cite.
      if (!isProse(block) && block.citations.length === 0) {
        continue;
      }
      const unchecked = uncheckedBlock(block);
      if (unchecked) {
        problems.push(new PlacedProblem(unchecked, starts[index]!));
        continue;
      }
      const kept = this.#kept(reading, index, notes);
      const found = kept ?? (yield* this.#checkBlock(reading, index, notes));
      fresh += kept ? ofKept * (1 + kept.problems.length) : block.length + ofBlock + ofCitation * block.citations.length;
      // Not spread into an argument list: a block may have more problems than a call may have arguments.
      for (const problem of placed(found, starts[index]!, told)) {
        problems.push(problem);
      }
      if (fresh > stepLength) {
        fresh = 0;
        yield;
      }
    }
    return problems;
  }

  #kept({ blocks }: Reading, index: number, notes: NoteKeys): Found | undefined {
    const block = blocks[index]!;
    const found = this.#found.get(block);
    const isSame =
      found &&
      (!block.inQuote || (found.before === beside(blocks, index, -1) && found.after === beside(blocks, index, 1))) &&
      (found.labels.length === 0 || found.noted === notes.asText(found.labels));
    return isSame ? found : undefined;
  }

  *#checkBlock(reading: Reading, index: number, notes: NoteKeys): Generator<undefined, Found> {
    const view = viewOf(reading, index);
    const { keys, labels } = citedBeside(reading, index, view);
    const { inQuote, length } = view.block;
    const problems: Problem[] = [...(yield* this.#keys.inSteps(view))];
    for (const run of this.#checks(view, [...keys, ...notes.of(labels)])) {
      for (const problem of run()) {
        problems.push(problem);
      }
      if (length > stepLength) {
        yield;
      }
    }
    const notices = checkNotices(view, this.#known);
    const found = {
      problems: problems.sort(inOrder),
      notices,
      before: inQuote ? beside(reading.blocks, index, -1) : undefined,
      after: inQuote ? beside(reading.blocks, index, 1) : undefined,
      labels,
      noted: labels.length === 0 ? '' : notes.asText(labels),
      start: -1,
      placed: nothing,
    };
    const isClean = problems.length + notices.length + labels.length === 0 && !inQuote;
    this.#found.set(view.block, isClean ? clean : found);
    return isClean ? clean : found;
  }

  #checks(view: BlockText, citedBesides: readonly string[]): readonly (() => readonly Problem[])[] {
    return [
      () => checkRepeated(view),
      () => checkAdjacent(view),
      ...malformedChecks.map(check => () => check(view, this.#known)),
      () => checkLocators(view, this.#known),
      () => this.#quotes.of(view, citedBesides),
    ];
  }
}

/** The keys that `nocite:` names in the metadata and nobody knows; the citations have absolute offsets. */
export function checkNocite(text: string, citations: readonly Citation[], known: Known): readonly Problem[] {
  return citations.length === 0 ? nothing : new KeyChecks(known).of({ block: { citations }, text });
}

/** Problems with absolute offsets, and those notices among them that were not told before. */
function placed(found: Found, start: number, told: Set<string>): readonly Problem[] {
  if (found.start !== start && found.problems.length > 0) {
    found.start = start;
    found.placed = found.problems.map(problem => new PlacedProblem(problem, start));
  }
  if (found.notices.length === 0) {
    return found.placed;
  }
  const notices = found.notices.filter(({ key }) => !told.has(key!));
  notices.forEach(({ key }) => told.add(key!));
  return [...found.placed, ...notices.map(problem => new PlacedProblem(problem, start))].sort(inOrder);
}

/**
 * A problem moved to its place. Its fixes are when they are asked for: an edit moves thousands of them that nobody sees. So
 * `{ ...problem }` has none.
 */
class PlacedProblem implements Problem {
  readonly code: Problem['code'];
  readonly start: number;
  readonly end: number;
  readonly message: string;
  declare readonly key?: string;
  declare readonly weight?: NonNullable<Problem['weight']>;
  readonly #fixes: Problem['fixes'];
  readonly #by: number;

  constructor({ code, start, end, message, key, weight, fixes }: Problem, by: number) {
    this.code = code;
    this.start = start + by;
    this.end = end + by;
    this.message = message;
    this.#fixes = fixes;
    this.#by = by;
    if (key !== undefined) {
      this.key = key;
    }
    if (weight !== undefined) {
      this.weight = weight;
    }
  }

  get fixes(): Problem['fixes'] {
    return this.#fixes.map(fix => ({ ...fix, edits: fix.edits.map(edit => movedEdit(edit, this.#by)) }));
  }
}

function movedEdit({ start, end, text }: TextEdit, by: number): TextEdit {
  return { start: start + by, end: end + by, text };
}

function inOrder(a: Problem, b: Problem): number {
  return a.start - b.start || a.end - b.end;
}
