import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDataset } from '../../src/core/dataset.ts';
import { Library } from '../../src/core/library.ts';

/** Prints the bytes of heap that the dataset and its search index hold once a query was answered. */
function heapUsed(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

const before = heapUsed();
const library = new Library(readDataset(readFileSync(path.join(__dirname, '../../dist/studies.json'), 'utf8')));
const found = library.find('ketmine ptsd').found.length;
const after = heapUsed();
if (found === 0 || library.studies.length === 0) {
  throw new Error('Nothing was loaded.');
}
process.stdout.write(String(after - before));
