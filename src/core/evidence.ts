import type { Entry } from './study.ts';

/** What the evidence codes of a study mean for lists, filters and the order of search results. */

type Coded = Partial<Pick<Entry, 'design' | 'evidence'>>;

const randomizedTrial = 'randomized-controlled-trial';
const trials: readonly string[] = [randomizedTrial, 'crossover-trial', 'open-label-trial'];

/** Whether it is a trial: people were given a treatment in order to study it. A protocol only announces one. */
export function isTrial({ design = '' }: Coded): boolean {
  return trials.includes(design);
}

/** Whether it is a trial whose record says that it was randomized. */
export function isRandomizedTrial(study: Coded): boolean {
  return study.evidence?.randomized === true && isTrial(study);
}

/** All designs that a study answers to, its own first: a randomized crossover trial is a randomized controlled trial, too. */
export function designsOf(study: Coded): readonly string[] {
  const { design } = study;
  if (design === undefined) {
    return [];
  }
  return design !== randomizedTrial && isRandomizedTrial(study) ? [design, randomizedTrial] : [design];
}
