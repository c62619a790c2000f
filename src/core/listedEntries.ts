import type { CslItem } from './study.ts';

/** Of a larger library a reference list of everything is none that anybody prints; so many entries of it are copied. */
export const mostListed = 2000;

/** An entry whose CSL item may be made when it is asked for. */
export interface Listable {
  readonly id?: string;
  readonly key?: string;
  readonly csl: CslItem;
}

/** What `nocite: '@*'` lists besides the works that a manuscript cites. */
export interface Listed {
  /** By citekey, at most {@link mostListed}. */
  readonly entries: ReadonlyMap<string, Listable>;
  /** How many there are in all. */
  readonly count: number;
}

/** Of two entries with one key the first counts. */
export function listedEntries(bibliographies: readonly Iterable<Listable>[], cited: ReadonlySet<string>): Listed {
  const entries = new Map<string, Listable>();
  const seen = new Set(cited);
  for (const bibliography of bibliographies) {
    for (const entry of bibliography) {
      const key = entry.id ?? entry.key ?? '';
      if (!seen.has(key) && entries.size < mostListed) {
        entries.set(key, entry);
      }
      seen.add(key);
    }
  }
  return { entries, count: seen.size - cited.size };
}
