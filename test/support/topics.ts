import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A topic as a writer types it, and the citekeys of which any may come first. Source: `test/fixtures/topics.tsv`. */
export interface Topic {
  readonly query: string;
  readonly expected: readonly string[];
  readonly isMisspelt: boolean;
}

const lines = readFileSync(path.join(__dirname, '../fixtures/topics.tsv'), 'utf8').split('\n').filter(line => line !== '');
const misspelt = lines.indexOf('# Misspelt');

export const topics: readonly Topic[] = lines.flatMap((line, index) => {
  const [query = '', expected = ''] = line.split('\t');
  return line.startsWith('#') ? [] : [{ query, expected: expected.split(' '), isMisspelt: index > misspelt }];
});
