import type { Entry } from '../study.ts';
import { isWork, type WorkId } from './identify.ts';

/**
 * The work in the library that has the identifier. Of a writer's entry its summary is read, for its CSL is not made yet;
 * the summary has no PMCID.
 */
export function entryOf(entries: Iterable<Entry>, asked: WorkId): Entry | undefined {
  for (const entry of entries) {
    const { summary } = entry;
    if (isWork(summary ? { DOI: summary.doi, PMID: summary.pmid } : entry.csl, asked)) {
      return entry;
    }
  }
  return undefined;
}
