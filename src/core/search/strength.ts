import { isRandomizedTrial } from '../evidence.ts';
import type { Entry } from '../study.ts';
import { words } from './fold.ts';

/**
 * The order of studies that answer a query equally well: randomized trials, other controlled studies, observational ones, case
 * reports, then reviews that searched systematically, work in animals and cells, and other reviews; among those of a kind the one
 * with more participants first. Where a topic has no study in people, the experiment comes before who retells it.
 */

type Coded = Partial<Pick<Entry, 'design' | 'evidence' | 'n'>>;

const tierSize = 1 << 20;

const tiers: Readonly<Record<string, number>> = {
  'open-label-trial': 2,
  cohort: 2,
  'retrospective-study': 2,
  survey: 2,
  'qualitative-study': 2,
  'case-series': 3,
  'case-report': 3,
  'meta-analysis': 4,
  'systematic-review': 4,
  preclinical: 5,
  guideline: 6,
  'narrative-review': 6,
  protocol: 6,
};

/** A writer's entry, whose design is not known, comes after the observational studies, and before case reports. */
export const unknownStrength = strength(2, 0);

/** A number for sorting; the strongest evidence has the least. */
export function strengthOf(study: Coded): number {
  const { design, evidence, n } = study;
  if (design === undefined) {
    return unknownStrength;
  }
  // Animals are no participants.
  return strength(tierOf(design, study, evidence?.comparators ?? []), design === 'preclinical' ? 0 : (n ?? 0));
}

function tierOf(design: string, study: Coded, comparators: readonly string[]): number {
  if (isRandomizedTrial(study)) {
    return 0;
  }
  const tier = tiers[design] ?? 2;
  return design === 'crossover-trial' || (tier === 2 && comparators.some(id => id !== 'healthy')) ? 1 : tier;
}

function strength(tier: number, n: number): number {
  return tier * tierSize + (tierSize - 1 - Math.min(n, tierSize - 1));
}

/** The kind of study in a strength: the less, the stronger. */
export function kindOf(strengthOfStudy: number): number {
  return Math.floor(strengthOfStudy / tierSize);
}

/** The number of participants in a strength; 0 where it is not stated. */
export function sizeOf(strengthOfStudy: number): number {
  return tierSize - 1 - (strengthOfStudy % tierSize);
}

// Whoever types one of these wants what it names. Words for randomized trials are not among them, for these come first anyway.
const designWords = new Set([
  'cohort', 'retrospective', 'observational', 'uncontrolled',
  'case', 'cases', 'qualitative', 'survey', 'interview', 'interviews', 'review', 'reviews', 'overview', 'meta', 'metaanalysis', 'systematic',
  'guideline', 'guidelines', 'consensus', 'protocol', 'preclinical', 'animal', 'animals', 'rodent', 'rodents', 'mouse', 'mice', 'rat', 'rats',
  'monkey', 'monkeys', 'primate', 'primates', 'vitro',
]);

/** Whether a query names a design that is no randomized trial, or an animal. */
export function namesDesign(query: string): boolean {
  const typed = words(query);
  return typed.some(word => designWords.has(word)) || /\bopen[- ]label\b|\bcase[- ]series\b/.test(typed.join(' '));
}
