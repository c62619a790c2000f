import type { FuseIndex, FuseOptionKey, IFuseOptions } from 'fuse.js';
import Fuse from 'fuse.js';
import type { Field, SearchEntry } from './entry.ts';
import { fields, fieldWeights } from './entry.ts';
import { fold, words } from './fold.ts';

const long: readonly Field[] = ['finding', 'pico', 'asides', 'extra'];

// Findings and the like take Fuse the most time and tell it the least.
const judged: readonly Field[] = fields.filter(field => !long.includes(field));

/** How Fuse searches entries as they are; `Judge` spares it the folding, and words that labels repeat. */
export const fuseOptions = {
  keys: judged.map(name => ({ name, weight: fieldWeights[name] })),
  useTokenSearch: true,
  tokenMatch: 'all',
  ignoreDiacritics: true,
  includeScore: true,
  threshold: 0.34,
} satisfies IFuseOptions<SearchEntry>;

const foldedOptions: IFuseOptions<SearchEntry> = { ...fuseOptions, isCaseSensitive: true, ignoreDiacritics: false };
const keys: FuseOptionKey<SearchEntry>[] = fuseOptions.keys;
const { keys: indexKeys } = Fuse.createIndex<SearchEntry>(keys, []);

type FuseRecord = FuseIndex['records'][number];

const mostRecords = 2000;

/** Lets Fuse judge short lists of entries. */
export class Judge {
  readonly #records = new Map<SearchEntry, FuseRecord['$']>();

  /** For each entry how well it answers the query, from 0 (not at all, by Fuse's lights) to 1. */
  judge(query: string, entries: readonly SearchEntry[]): Float64Array {
    if (entries.length === 0) {
      return new Float64Array();
    }
    const records = entries.map((entry, i) => ({ i, $: this.#record(entry) }) as FuseRecord);
    const fuse = new Fuse(entries, foldedOptions, Fuse.parseIndex({ keys: indexKeys, records }));
    const verdicts = new Float64Array(entries.length);
    for (const { refIndex, score = 1 } of fuse.search(query)) {
      verdicts[refIndex] = 1 - score;
    }
    return verdicts;
  }

  #record(entry: SearchEntry): FuseRecord['$'] {
    let record = this.#records.get(entry);
    if (!record) {
      if (this.#records.size >= mostRecords) {
        this.#records.clear();
      }
      const folded = Object.fromEntries(judged.map(field => [field, fold(entry[field])]));
      const labels = [...new Set(words(entry.labels))].join(' ');
      record = Fuse.createIndex(keys, [{ ...entry, ...folded, labels }]).records[0]?.$;
      this.#records.set(entry, record);
    }
    return record;
  }
}
