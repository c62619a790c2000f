import type { Entry } from '../study.ts';
import { isWork, type WorkId } from './identify.ts';

/**
 * The work in the library that has the identifier. Of a writer's entry its summary is read, for its CSL is not made yet;
 * the summary has no PMCID.
 */
export function entryOf(entries: readonly Entry[], asked: WorkId): Entry | undefined {
  return entries.find(entry => {
    const { summary } = entry;
    return isWork(summary ? { DOI: summary.doi, PMID: summary.pmid } : entry.csl, asked);
  });
}
