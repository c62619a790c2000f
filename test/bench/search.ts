import Fuse from 'fuse.js';
import { searchEntry } from '../../src/core/search/entry.ts';
import { fuseOptions } from '../../src/core/search/judge.ts';
import { Search } from '../../src/core/search/search.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import type { TypedQuery } from './queries.ts';
import { keystrokes, queriesWithTypo } from './queries.ts';
import type { Part, Report } from './report.ts';
import { median, p95, timed } from './report.ts';
import { syntheticEntries, syntheticQueries } from './synthetic.ts';

const plainFuse = 'plain Fuse, same options, all studies';

// Plain Fuse takes half a minute for a thousand keys.
const everyNth = 10;

/** How well and how fast the search is, over the bundled studies and over made-up bibliographies. */
export const search: Part = async report => {
  const entries = studies.map(study => searchEntry(study, vocabulary));
  const ours = new Search(entries);
  const fuse = new Fuse(entries, fuseOptions);
  const first = (query: string): string | undefined => ours.search(query)[0]?.key;
  const firstOfFuse = (query: string): string | undefined => fuse.search(query, { limit: 1 })[0]?.item.key;

  const queries = queriesWithTypo(100, 1);
  report({
    name: 'search.bundled.top1',
    value: shareFound(queries, first),
    unit: 'share',
    baseline: { name: plainFuse, value: shareFound(queries, firstOfFuse) },
  });
  report({ name: 'search.bundled.top1.of3000', value: shareFound(queriesWithTypo(3000, 2), first), unit: 'share' });

  const typed = keystrokes(queriesWithTypo(200, 3));
  const times = typed.map(query => timed(() => ours.search(query)));
  const sample = typed.filter((_, i) => i % everyNth === 0);
  const timesOfFuse = sample.map(query => timed(() => fuse.search(query, { limit: 50 })));
  report({
    name: 'search.query.p95',
    value: p95(times),
    unit: 'ms',
    baseline: { name: `${plainFuse}, every ${everyNth}th key`, value: p95(timesOfFuse) },
  });
  report({
    name: 'search.query.median',
    value: median(times),
    unit: 'ms',
    baseline: { name: `${plainFuse}, every ${everyNth}th key`, value: median(timesOfFuse) },
  });
  report({ name: 'search.build.bundled', value: timed(() => new Search(entries)), unit: 'ms' });
  measureSize(report, '1k', 1_000);
  measureSize(report, '10k', 10_000);
  measureSize(report, '100k', 100_000);
};

function shareFound(queries: readonly TypedQuery[], first: (query: string) => string | undefined): number {
  return queries.filter(({ typed, key }) => first(typed) === key).length / queries.length;
}

/** Milliseconds for a key, for making the index, and for the longest stretch of that without a pause. */
function measureSize(report: Report, label: string, count: number): void {
  const entries = syntheticEntries(count, 4);
  const steps = Search.build(entries);
  const stretches: number[] = [];
  let made: Search | undefined;
  while (!made) {
    stretches.push(timed(() => (made = steps.next().value)));
  }
  const ours = made;
  const typed = syntheticQueries(entries, 100, 5).flatMap(query => Array.from(query, (_, i) => query.slice(0, i + 1)));
  report({ name: `search.${label}.p95`, value: p95(typed.map(query => timed(() => ours.search(query)))), unit: 'ms' });
  report({ name: `search.build.${label}`, value: stretches.reduce((sum, time) => sum + time, 0), unit: 'ms' });
  report({ name: `search.build.${label}.longestStretch`, value: Math.max(...stretches), unit: 'ms' });
}
