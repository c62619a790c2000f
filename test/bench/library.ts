import { execFileSync } from 'node:child_process';
import { readBibliography } from '../../src/core/bibliography/read.ts';
import { readerOf } from '../../src/core/bibliography/readers.ts';
import { restored, stored } from '../../src/core/bibliography/cache.ts';
import { Library } from '../../src/core/library.ts';
import { finished } from '../../src/core/steps.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { timed, type Part, type Report } from './report.ts';
import { syntheticBibtex, syntheticEntries } from './synthetic.ts';

const info = { file: 'file:///refs.bib', name: 'refs.bib', format: 'BibTeX' } as const;

/**
 * From the bytes of a `.bib` file to a library that answers searches: reading, and the index with the bundled studies in it.
 * The editor does the same in slices; what that costs in a real VS Code is measured in `editor`.
 */
export const library: Part = async report => {
  const small = bibtexOf(10_000);
  const large = bibtexOf(100_000);
  const ten = measure(small);
  report({
    name: 'load.10k',
    value: ten.total,
    unit: 'ms',
    baseline: { name: 'pandoc -f biblatex -t csljson', value: timed(() => pandoc(small)) },
  });
  const hundred = measure(large);
  report({ name: 'load.100k', value: hundred.total, unit: 'ms' });
  report({ name: 'load.100k.read', value: hundred.read, unit: 'ms' });
  report({ name: 'load.100k.perEntryTo10k', value: hundred.total / ten.total / 10, unit: 'times' });
  report({ name: 'load.100k.longestStep', value: hundred.longest, unit: 'ms' });
  measureCached(report, large, hundred.read);
};

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

function measure(bytes: Uint8Array): Measured {
  const read = run(readBibliography(bytes, info, readerOf('BibTeX')));
  const { bibliography } = read.value;
  if (bibliography.problems.length > 0) {
    throw new Error(bibliography.problems[0]!.message);
  }
  const made = run(Library.build({ studies, vocabulary, own: bibliography.counting }));
  return { total: read.time + made.time, read: read.time, longest: Math.max(read.longest, made.longest) };
}

function run<T>(steps: Generator<undefined, T>): { readonly value: T; readonly time: number; readonly longest: number } {
  let longest = 0;
  let time = 0;
  for (;;) {
    const started = performance.now();
    const step = steps.next();
    const took = performance.now() - started;
    longest = Math.max(longest, took);
    time += took;
    if (step.done) {
      return { value: step.value, time, longest };
    }
  }
}

/** What a second start takes, which finds what the first one found in the extension's storage. */
function measureCached(report: Report, bytes: Uint8Array, first: number): void {
  const { scan } = finished(readBibliography(bytes, info, readerOf('BibTeX')));
  const kept = finished(stored(scan));
  const value = timed(() => {
    const known = finished(restored(kept));
    finished(readBibliography(bytes, info, readerOf('BibTeX'), known));
  });
  report({ name: 'reload.100k.cached', value, unit: 'ms', baseline: { name: 'reading it anew', value: first } });
}
