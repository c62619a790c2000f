import { citationQueryAt } from '../../src/core/citations.ts';
import { toldAt } from '../../src/core/citeHover.ts';
import { Checker } from '../../src/core/checks/checks.ts';
import type { Problem } from '../../src/core/checks/problem.ts';
import { checkWorks, type KnownWorks } from '../../src/core/checks/works.ts';
import { identifiersIn, type Identifier } from '../../src/core/identifiers.ts';
import { readInSteps, reread, type Reading } from '../../src/core/reading.ts';
import { referencesOutline, type WorkNode } from '../../src/core/referencesOutline.ts';
import { tally, type Tally } from '../../src/core/statusWords.ts';
import { whySilent } from '../../src/core/whySilent.ts';
import { wordCount, type WordCount } from '../../src/core/wordCount.ts';
import { worksCited, type Citable, type WorksCited } from '../../src/core/worksCited.ts';
import { studies } from './dataset.ts';

const byKey = new Map(studies.map(each => [each.id, each]));

export const known: KnownWorks & Citable = {
  study: key => byKey.get(key),
  has: key => byKey.has(key),
  keys: [...byKey.keys()],
  isComplete: true,
  shadowed: () => [],
  declared: [],
};

/** What everything that reads manuscripts makes of a text, before and after something is typed in its middle. */
export interface Consumed {
  readonly reading: Reading;
  readonly edited: Reading;
  readonly problems: readonly Problem[];
  readonly problemsAgain: readonly Problem[];
  readonly ofWorks: readonly Problem[];
  readonly works: WorksCited;
  readonly rows: readonly WorkNode[];
  readonly words: WordCount;
  readonly tally: Tally;
  readonly identifiers: readonly Identifier[];
}

/** Runs the steps of the consumer of this name. */
export type Runner = <T>(consumer: string, steps: Generator<undefined, T>) => T;

const typed = ' @fed';
const situation = { isManuscript: true, language: 'markdown', opensByItself: true, showsReferences: true, isKey: known.has };

/** Gives a text to every consumer, one after the other. */
export function consumed(text: string, run: Runner): Consumed {
  const reading = run('read', readInSteps(text));
  const checker = new Checker(known);
  const problems = run('check', checker.checkInSteps(reading));
  const ofWorks = run('checkWorks', checkWorks([reading], known))[0]!;
  const words = run('wordCount', wordCount(reading));
  const works = run('worksCited', worksCited([reading], known));
  const rows = run('referencesOutline', referencesOutline(works));
  const counted = run('tally', tally([reading], known));
  const identifiers = run('identifiersIn', identifiersIn(reading));
  const at = text.length >> 1;
  const now = `${text.slice(0, at)}${typed}${text.slice(at)}`;
  // Flattened, as an editor's text is; else the first to look at it would pay for the joining.
  now.indexOf('\0\0\0');
  const caret = at + typed.length;
  const edited = run('reread', reread(reading, now, [{ start: at, oldEnd: at, newEnd: caret }]));
  const problemsAgain = run('check again', checker.checkInSteps(edited));
  run('completion', inOne(() => citationQueryAt(edited, caret, known.has)));
  run('whySilent', inOne(() => whySilent({ ...situation, reading: edited, caret })));
  [0, at, caret, now.length].forEach((offset, index) => run(`hover ${index}`, inOne(() => toldAt(edited, offset))));
  return { reading, edited, problems, problemsAgain, ofWorks, works, rows, words, tally: counted, identifiers };
}

/** Work that is not sliced. */
function* inOne<T>(action: () => T): Generator<undefined, T> {
  return action();
}
