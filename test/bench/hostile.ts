import { execFileSync } from 'node:child_process';
import { consumed, type Runner } from '../support/consumers.ts';
import { hostileTexts, type HostileText } from '../support/hostileTexts.ts';
import type { Part } from './report.ts';

/** Somewhat less than the longest manuscript that is read. */
const length = 1_990_000;
/** A step that takes longer (ms) is measured again, and so often: others use the machine too. */
const suspicious = 15;
const further = 2;

/** Those of each kind that have the longest steps; the tests go through all. */
const measured = [
  '[', '](', '[@a', '[@a; ', '@{', '@a [', '`', '$a ', '<!--\n\n', '^[', '“', '*\n', '[@a;\n', '[a]: b\n', '> ', '- ', '- a\n', '\n', 'a\n\n', 'a\n: b\n', '# }\n', '``` a\n\n', '<script>\n', '| a | b |\n', '+---+\n| a |\n',
  '@a ', '[@a]', '@a [p. 3] ', '10.1000/a ', 'keys of their own', 'groups of their own', 'link definitions of their own', 'quotes in quotes', 'a', 'mixed line ends', 'right to left', 'code units', 'bytes and marks',
];

interface Longest {
  step: number;
  stretch: number;
  where: string;
}

/**
 * The longest step over all hostile texts and all that reads them, against the longest stretch where none of it were
 * sliced. What a step takes is the least of several runs. Each text is measured in a process of its own: in one that holds
 * what was made of all of them, garbage is collected in stretches that no manuscript causes.
 */
export const hostile: Part = report => {
  const longest = hostileTexts
    .filter(isMeasured)
    .map(({ name }) => JSON.parse(execFileSync(process.execPath, [process.argv[1]!, 'hostile', name], { encoding: 'utf8' })) as Longest)
    .reduce((most, each) => ({
      ...(each.step > most.step ? each : most),
      stretch: Math.max(most.stretch, each.stretch),
    }));
  process.stderr.write(`The longest step: ${longest.where}\n`);
  report({ name: 'hostile.longestStep', value: longest.step, unit: 'ms', baseline: { name: 'the longest stretch without slicing', value: longest.stretch } });
  return Promise.resolve();
};

/** Measures the text of this name, and prints what {@link hostile} reads. */
export function measureHostile(name: string): void {
  const longest: Longest = { step: 0, stretch: 0, where: '' };
  const text = hostileTexts.find(each => each.name === name)!.make(length);
  const runs = [stepsOf(text)];
  for (let count = 0; count < further && isSuspicious(runs[0]!); count += 1) {
    runs.push(stepsOf(text));
  }
  for (const [consumer, steps] of runs[0]!) {
    take(longest, `${consumer} of ${name}`, steps.map((_, index) => Math.min(...runs.map(run => run.get(consumer)![index] ?? Infinity))));
  }
  process.stdout.write(`${JSON.stringify(longest)}\n`);
}

function isMeasured({ name }: HostileText): boolean {
  return measured.some(each => each === name || JSON.stringify(each) === name);
}

function take(longest: Longest, where: string, steps: readonly number[]): void {
  const step = steps.reduce((most, time) => Math.max(most, time), 0);
  longest.stretch = Math.max(longest.stretch, steps.reduce((sum, time) => sum + time, 0));
  if (step > longest.step) {
    longest.step = step;
    longest.where = where;
  }
}

function isSuspicious(run: ReadonlyMap<string, readonly number[]>): boolean {
  return [...run.values()].some(steps => steps.some(time => time > suspicious));
}

/** Milliseconds of each step of each consumer. */
function stepsOf(text: string): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  const run: Runner = (consumer, steps) => {
    const ofSteps: number[] = [];
    times.set(consumer, ofSteps);
    for (;;) {
      const start = performance.now();
      const step = steps.next();
      ofSteps.push(performance.now() - start);
      if (step.done) {
        return step.value;
      }
    }
  };
  consumed(text, run);
  return times;
}
