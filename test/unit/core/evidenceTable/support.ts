import type { EvidenceSources } from '../../../../src/core/evidenceTable/records.ts';
import { citedOutside } from '../../../../src/core/evidenceTable/records.ts';
import { Library } from '../../../../src/core/library.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { finished } from '../../../../src/core/steps.ts';
import type { Entry } from '../../../../src/core/study.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

export const shelf = new Library({ studies, vocabulary });

/** What a manuscript's tables are made from; `own` are entries of its bibliography. */
export function sourcesOf(text: string, own: readonly Entry[] = []): EvidenceSources {
  const library = own.length > 0 ? new Library({ studies, vocabulary, own }) : shelf;
  return { shelf, library, cited: finished(citedOutside([readManuscript(text)])) };
}
