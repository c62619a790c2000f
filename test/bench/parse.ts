import { execFileSync } from 'node:child_process';
import { readManuscript } from '../../src/core/reading.ts';
import { studies } from '../support/dataset.ts';
import { syntheticManuscript } from './manuscriptText.ts';
import { median, timed, type Part } from './report.ts';

/** Reads so often to warm up, and so often to measure; pandoc takes seconds, so it runs a few times only. */
const warmUps = 8;
const runs = 15;
const pandocRuns = 3;

/**
 * Reading a manuscript of 1 MB with 5,000 citations, against pandoc itself: every citation in its block, as the checks, the
 * hover and the code actions take them; and with the list of all at their places in the text, as the references view does.
 */
export const parse: Part = async report => {
  const text = syntheticManuscript(1_000_000, 5000, studies.map(({ id }) => id), 5);
  const read = (): number => timed(() => readManuscript(text));
  const list = (): number => timed(() => readManuscript(text).citations);
  Array.from({ length: warmUps }, read);
  const pandoc = (): number =>
    timed(() => execFileSync('pandoc', ['-f', 'markdown', '-t', 'json'], { input: text, maxBuffer: 1 << 28 }));
  report({
    name: 'parse.1MB',
    value: median(Array.from({ length: runs }, read)),
    unit: 'ms',
    baseline: { name: 'pandoc -f markdown -t json', value: median(Array.from({ length: pandocRuns }, pandoc)) },
  });
  report({ name: 'parse.1MB.listed', value: median(Array.from({ length: runs }, list)), unit: 'ms' });
};
