import { execFileSync } from 'node:child_process';
import { readBibliography } from '../../src/core/bibliography/read.ts';
import { readerOf } from '../../src/core/bibliography/readers.ts';
import { restored, stored } from '../../src/core/bibliography/cache.ts';
import { Library } from '../../src/core/library.ts';
import { finished } from '../../src/core/steps.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import type { Loading } from './inEditor/loading.ts';
import { measureInWindow } from './inWindow.ts';
import { p95, timed, type Part, type Report } from './report.ts';
import { syntheticBibtex, syntheticEntries, syntheticQueries } from './synthetic.ts';

const info = { file: 'file:///refs.bib', name: 'refs.bib', format: 'BibTeX' } as const;

/**
 * From the bytes of a `.bib` file to a library that answers searches: reading, and the index with the bundled studies in it.
 * The editor does the same in slices; what that costs in a real VS Code is measured in `editor`.
 */
export const library: Part = async report => {
  const small = bibtexOf(10_000);
  const large = bibtexOf(100_000);
  const ten = await measure(small);
  report({
    name: 'load.10k',
    value: ten.total,
    unit: 'ms',
    baseline: { name: 'pandoc -f biblatex -t csljson', value: timed(() => pandoc(small)) },
  });
  const hundred = await measure(large);
  report({ name: 'load.100k', value: hundred.total, unit: 'ms' });
  report({ name: 'load.100k.read', value: hundred.read, unit: 'ms' });
  report({ name: 'load.100k.perEntryTo10k', value: hundred.total / ten.total / 10, unit: 'times' });
  report({ name: 'load.100k.longestStep', value: hundred.longest, unit: 'ms' });
  measureCached(report, large, hundred.read);
  await measureAsking(report, small);
  await measureLoading(report, large);
};

interface Asking {
  readonly took: number;
  readonly times: readonly number[];
  readonly baselineTimes: readonly number[];
}

/** Keys typed in a real VS Code. */
async function measureAsking(report: Report, bibtex: Uint8Array): Promise<void> {
  const text = new TextDecoder().decode(bibtex);
  const key = keyIn(text);
  const queries = syntheticQueries(syntheticEntries(10_000, 4), 30, 5);
  const { took, times, baselineTimes } = await measureInWindow<Asking>(
    'ownLibrary.ts',
    { QUERIES: queries, KEY: key },
    { 'small.bib': text, 'small.md': manuscript('small.bib', [key, ...queries]) },
  );
  report({
    name: 'completion.10k.realVSCode.p95',
    value: p95(times),
    unit: 'ms',
    baseline: { name: 'a list of all entries that hold what was typed, made anew at every key', value: p95(baselineTimes) },
  });
  report({ name: 'load.10k.realVSCode', value: took, unit: 'ms' });
}

/**
 * A large file read in a real VS Code that did nothing else before, and what the extension host is kept from meanwhile. The
 * host has work of its own, so that the same is done with a few entries.
 */
async function measureLoading(report: Report, bibtex: Uint8Array): Promise<void> {
  const [few, large] = [bibtexOf(100), bibtex].map(bytes => new TextDecoder().decode(bytes)) as [string, string];
  const keys = { few: keyIn(few), large: keyIn(large) };
  const found = await measureInWindow<{ readonly few: Loading; readonly large: Loading }>('loading.ts', { KEYS: keys }, {
    'few.bib': few,
    'few.md': manuscript('few.bib', [keys.few]),
    'large.bib': large,
    'large.md': manuscript('large.bib', [keys.large]),
  });
  const baseline = (value: number) => ({ name: 'the same with 100 entries', value });
  report({ name: 'load.100k.realVSCode', value: found.large.took, unit: 'ms' });
  report({ name: 'load.100k.longestBlock', value: found.large.wall, unit: 'ms', baseline: baseline(found.few.wall) });
  // A host that others keep from the processor blocks nobody by its own work.
  report({ name: 'load.100k.longestBlock.work', value: found.large.work, unit: 'ms', baseline: baseline(found.few.work) });
  report({ name: 'memory.100k.inEditor.heap', value: found.large.heap / 1e6, unit: 'MB' });
}

function keyIn(bibtex: string): string {
  return /\{(\w{9,}),/.exec(bibtex)![1]!;
}

function manuscript(bibliography: string, keys: readonly string[]): string {
  return `---\nbibliography: ${bibliography}\n---\n\n${keys.map(key => `@${key}`).join('\n')}\n`;
}

function bibtexOf(count: number): Uint8Array {
  return new TextEncoder().encode([...syntheticBibtex(syntheticEntries(count, 4))].join(''));
}

function pandoc(bytes: Uint8Array): void {
  execFileSync('pandoc', ['-f', 'biblatex', '-t', 'csljson'], { input: bytes, maxBuffer: 1 << 30 });
}

interface Measured {
  readonly total: number;
  readonly read: number;
  readonly longest: number;
}

async function measure(bytes: Uint8Array): Promise<Measured> {
  const read = await run(readBibliography(bytes, info, readerOf('BibTeX')));
  const bibliography = read.value;
  if (bibliography.problems.length > 0) {
    throw new Error(bibliography.problems[0]!.message);
  }
  const made = await run(Library.build({ studies, vocabulary, bibliographies: [bibliography] }));
  return { total: read.time + made.time, read: read.time, longest: Math.max(read.longest, made.longest) };
}

/** In slices, as the editor runs it: without its pauses the collecting of garbage is done in other stretches. */
async function run<T>(
  steps: Generator<undefined, T>,
): Promise<{ readonly value: T; readonly time: number; readonly longest: number }> {
  let longest = 0;
  let time = 0;
  for (let since = 0; ; ) {
    const started = performance.now();
    const step = steps.next();
    const took = performance.now() - started;
    longest = Math.max(longest, took);
    time += took;
    if (step.done) {
      return { value: step.value, time, longest };
    }
    if ((since += took) > 8) {
      since = 0;
      await new Promise(resolve => setTimeout(resolve));
    }
  }
}

/** What a second start takes, which finds what the first one found in the extension's storage. */
function measureCached(report: Report, bytes: Uint8Array, first: number): void {
  const { table } = finished(readBibliography(bytes, info, readerOf('BibTeX')));
  const kept = finished(stored(table));
  const value = timed(() => {
    const known = finished(restored(kept));
    finished(readBibliography(bytes, info, readerOf('BibTeX'), { known }));
  });
  report({ name: 'reload.100k.cached', value, unit: 'ms', baseline: { name: 'reading it anew', value: first } });
}
