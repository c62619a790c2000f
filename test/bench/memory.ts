import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bibliography } from '../../src/core/bibliography/bibliography.ts';
import { readBibliography } from '../../src/core/bibliography/read.ts';
import { readerOf } from '../../src/core/bibliography/readers.ts';
import { readDataset } from '../../src/core/dataset.ts';
import { Library } from '../../src/core/library.ts';
import { finished } from '../../src/core/steps.ts';
import { syntheticBibtex, syntheticEntries } from './synthetic.ts';

/** Prints the bytes that the dataset and its index hold, with so many entries of the writer's own, once a query was answered. */
const count = Number(process.argv[2] ?? 0);

function used(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

function own(): readonly Bibliography[] {
  if (count === 0) {
    return [];
  }
  const bytes = new TextEncoder().encode([...syntheticBibtex(syntheticEntries(count, 4))].join(''));
  const info = { file: 'file:///refs.bib', name: 'refs.bib', format: 'BibTeX' } as const;
  return [finished(readBibliography(bytes, info, readerOf('BibTeX')))];
}

const before = used();
const dataset = readDataset(readFileSync(path.join(__dirname, '../../dist/studies.json'), 'utf8'));
const library = new Library({ ...dataset, bibliographies: own() });
const found = library.find('ketmine ptsd').found.length;
const after = used();
if (found === 0 || library.studies.length === 0) {
  throw new Error('Nothing was loaded.');
}
process.stdout.write(String(after - before));
