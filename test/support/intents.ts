import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A query as a writer types it, and the citekeys of the works it means, of which any is right. Source: `test/fixtures/intents.tsv`. */
export interface Intent {
  readonly query: string;
  readonly meant: readonly string[];
  readonly kind: string;
  readonly isMisspelt: boolean;
}

const lines = readFileSync(path.join(__dirname, '../fixtures/intents.tsv'), 'utf8').split('\n').filter(line => line !== '' && !line.startsWith('#'));

export const intents: readonly Intent[] = lines.map(line => {
  const [query = '', meant = '', kind = '', correct = ''] = line.split('\t');
  return { query, meant: meant.split(' '), kind, isMisspelt: correct !== '' };
});

/** The share of queries that have a work they mean among the first `count` keys. */
export function shareAmong(count: number, find: (query: string) => readonly string[], among: readonly Intent[] = intents): number {
  return among.filter(({ query, meant }) => find(query).slice(0, count).some(key => meant.includes(key))).length / among.length;
}
