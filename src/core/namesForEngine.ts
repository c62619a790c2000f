import { besideParticle, isOthers, withParticles } from './bibliography/names.ts';
import type { Name } from './study.ts';

/**
 * A name as citeproc takes it. Left to itself, citeproc takes small letters up to the last apostrophe or hyphen for a particle
 * and prints `d’Author-Other, A.` as `Other, A. d’Author-`; and it takes a name that two files write differently, whole or in
 * parts, with a typewriter’s apostrophe or a printer’s, for two persons.
 * @param isNeverParted whether the style leaves particles with their names, also where it sorts
 */
export function nameForEngine(name: Name, isNeverParted: boolean): object {
  if (isOthers(name)) {
    return { literal: 'others' };
  }
  const curly = Object.fromEntries(
    Object.entries(name).map(([part, text]: [string, string | boolean]) => [part, part !== 'literal' && typeof text === 'string' ? text.replaceAll("'", '’') : text]),
  ) as Name;
  if (!curly.family || !curly.given) {
    return curly;
  }
  const { 'non-dropping-particle': particle, ...parted } = withParticles(curly);
  if (particle && !(isNeverParted && /[’-]$/.test(particle))) {
    return { ...parted, 'non-dropping-particle': particle };
  }
  // Sorted by `d Author`, with a space, it would come before all other names in D.
  const family = besideParticle(particle, parted.family);
  return { ...parted, family, ...(/^\P{L}*\p{Ll}/u.test(family) && { 'static-particles': true }) };
}
