import Fuse from 'fuse.js';
import { searchEntry } from '../../src/core/search/entry.ts';
import { readManuscript } from '../../src/core/reading.ts';
import { fuseOptions } from '../../src/core/search/judge.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { measureInWindow } from './inWindow.ts';
import { keystrokes, queriesWithTypo } from './queries.ts';
import { syntheticManuscript } from './manuscriptText.ts';
import { p95, timed, type Part } from './report.ts';

interface Figures {
  readonly loaded: number;
  readonly activated: number;
  readonly first: number;
  readonly times: readonly number[];
  readonly longTimes: readonly number[];
  readonly hoverTimes: readonly number[];
  readonly activation: Readonly<Record<string, number>>;
}

/** 1 MB with 5,000 citations. */
const manuscript = syntheticManuscript(1_000_000, 5000, studies.map(({ id }) => id), 5);

// Plain Fuse takes half a minute for all keys.
const everyNth = 10;

/** What the writer waits for in a real VS Code: activation, the first `@`, each key behind it, and a citation’s card. */
export const editor: Part = async report => {
  const queries = queriesWithTypo(200, 3);
  const { loaded, activated, first, times, longTimes, hoverTimes, activation } = await measureInWindow<Figures>('measure.ts', {
    QUERIES: queries.map(({ typed }) => typed),
    MANUSCRIPT: manuscript,
  });
  const markdown = activation['vscode.markdown-language-features'];
  report({
    name: 'activate',
    value: activated,
    unit: 'ms',
    ...(markdown !== undefined && {
      baseline: { name: 'VS Code’s Markdown extension, in the same window', value: Math.max(markdown, 1) },
    }),
  });
  report({ name: 'activate.load', value: loaded, unit: 'ms' });
  report({ name: 'completion.first', value: first, unit: 'ms' });
  const fuse = new Fuse(
    studies.map(study => searchEntry(study, vocabulary)),
    fuseOptions,
  );
  const sample = keystrokes(queries).filter((_, index) => index % everyNth === 0);
  report({
    name: 'completion.bundled.p95',
    value: p95(times),
    unit: 'ms',
    limit: 5,
    baseline: {
      name: `plain Fuse, same options, every ${everyNth}th key`,
      value: p95(sample.map(query => timed(() => fuse.search(query)))),
    },
  });
  const readAgain = {
    name: 'reading the whole text again for each',
    value: p95(Array.from({ length: 10 }, () => timed(() => readManuscript(manuscript)))),
  };
  report({ name: 'completion.1MB.p95', value: p95(longTimes), unit: 'ms', baseline: readAgain, limit: 16 });
  report({ name: 'hover.p95', value: p95(hoverTimes), unit: 'ms', baseline: readAgain });
};
