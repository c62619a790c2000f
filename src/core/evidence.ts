import { label, shortLabel } from './describe.ts';
import type { Entry, Vocabulary } from './study.ts';

/** What the evidence codes of a study mean for lists, filters and the order of search results. */

type Coded = Partial<Pick<Entry, 'design' | 'evidence' | 'n'>>;

const randomizedTrial = 'randomized-controlled-trial';
const trials: readonly string[] = [randomizedTrial, 'crossover-trial', 'open-label-trial'];

/** Whether it is a trial whose record says that it was randomized. A protocol only announces one. */
export function isRandomizedTrial({ design = '', evidence }: Coded): boolean {
  return evidence?.randomized === true && trials.includes(design);
}

/** All designs that a study answers to: a randomized crossover trial is a randomized controlled trial, too. */
export function designsOf(study: Coded): readonly string[] {
  const { design } = study;
  if (design === undefined) {
    return [];
  }
  return design !== randomizedTrial && isRandomizedTrial(study) ? [design, randomizedTrial] : [design];
}

/** `Randomized controlled trial`, `Randomized crossover trial`, `Cohort study`. */
export function designLabel(study: Coded, { designs }: Vocabulary): string {
  const name = label(designs, study.design);
  return study.design !== randomizedTrial && isRandomizedTrial(study) ? `Randomized ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

/** `RCT`, `Crossover RCT`, `Cohort`. */
export function shortDesign(study: Coded, { designs }: Vocabulary): string {
  return designsOf(study).map(id => shortLabel(designs, id)).join(' ');
}
