import type { BibliographyFormat } from '../../../../../src/core/declarations.ts';

/** Seeds of cases that once failed: they are always run. */
export const onceFailed: Readonly<Record<BibliographyFormat, readonly number[]>> = {
  BibTeX: [95, 146],
  'CSL-JSON': [11, 25, 344, 356, 2521, 5289],
  'CSL-YAML': [11, 28, 107, 127, 128, 144],
  RIS: [],
  PubMed: [],
  'EndNote XML': [93, 116, 424],
};
