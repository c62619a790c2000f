import { execFileSync } from 'node:child_process';
import { readBibliography } from '../../src/core/bibliography/read.ts';
import { readerOf } from '../../src/core/bibliography/readers.ts';
import { restored, stored } from '../../src/core/bibliography/cache.ts';
import { Library } from '../../src/core/library.ts';
import { finished } from '../../src/core/steps.ts';
import { studies, vocabulary } from '../support/dataset.ts';
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
  await measureInEditor(report, small, large);
};

interface Gap {
  readonly wall: number;
  readonly work: number;
}

interface Figures {
  readonly loadedSmall: number;
  readonly loadedLarge: number;
  readonly times: readonly number[];
  readonly baselineTimes: readonly number[];
  readonly quiet: Gap;
  readonly longest: Gap;
  readonly heap: number;
}

/** The same in a real VS Code, where slices are paid for, and other work goes on between them. */
async function measureInEditor(report: Report, small: Uint8Array, large: Uint8Array): Promise<void> {
  const texts = [small, large].map(bytes => new TextDecoder().decode(bytes));
  const [smallKey = '', largeKey = ''] = texts.map(text => /\{(\w{9,}),/.exec(text)?.[1]);
  const queries = syntheticQueries(syntheticEntries(10_000, 4), 30, 5);
  const manuscript = (bibliography: string, lines: readonly string[]): string =>
    `---\nbibliography: ${bibliography}\n---\n\n${lines.map(line => `@${line}`).join('\n')}\n`;
  const figures = await measureInWindow<Figures>(
    'ownLibrary.ts',
    { QUERIES: queries, KEYS: { small: smallKey, large: largeKey } },
    {
      'small.bib': texts[0]!,
      'large.bib': texts[1]!,
      'small.md': manuscript('small.bib', [smallKey, ...queries]),
      'large.md': manuscript('large.bib', [largeKey]),
    },
  );
  report({
    name: 'completion.10k.realVSCode.p95',
    value: p95(figures.times),
    unit: 'ms',
    baseline: { name: 'a list of all entries that hold what was typed, made anew at every key', value: p95(figures.baselineTimes) },
  });
  report({ name: 'load.10k.realVSCode', value: figures.loadedSmall, unit: 'ms' });
  report({ name: 'load.100k.realVSCode', value: figures.loadedLarge, unit: 'ms' });
  report({
    name: 'load.100k.longestBlock',
    value: figures.longest.wall,
    unit: 'ms',
    baseline: { name: 'the same host in three idle seconds', value: figures.quiet.wall },
  });
  // A host that others keep from the processor blocks nobody by its own work.
  report({
    name: 'load.100k.longestBlock.work',
    value: figures.longest.work,
    unit: 'ms',
    baseline: { name: 'the same host in three idle seconds', value: figures.quiet.work },
  });
  report({ name: 'memory.100k.heapInEditor', value: figures.heap / 1e6, unit: 'MB' });
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
    finished(readBibliography(bytes, info, readerOf('BibTeX'), known));
  });
  report({ name: 'reload.100k.cached', value, unit: 'ms', baseline: { name: 'reading it anew', value: first } });
}
