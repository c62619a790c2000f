import type { CheckCode, Known, Problem } from './checks/problem.ts';
import { isCrossReference } from './citations.ts';
import { plural } from './describe.ts';
import type { Reading } from './reading.ts';

/** How many works a manuscript cites, and which of its keys are unknown, each once. */
export interface Tally {
  readonly cited: number;
  readonly unknown: readonly string[];
}

/** Counts without the places, for the status bar. */
export function tally(parts: readonly Reading[], known: Known): Tally {
  const keys = new Set(parts.flatMap(part => part.citations.flatMap(({ cites }) => cites.map(({ key }) => key))));
  const unheard = [...keys].filter(key => !known.has(key));
  const notWorks = unheard.filter(key => key === '*' || isCrossReference(key));
  const unknown = known.isComplete ? unheard.filter(key => !notWorks.includes(key)) : [];
  return { cited: keys.size - notWorks.length - unknown.length, unknown };
}

const kinds: Readonly<Record<CheckCode, readonly [one: string, several: string]>> = {
  'unknown-key': ['unknown key', 'unknown keys'],
  'key-case': ['key in other letters', 'keys in other letters'],
  'repeated-cite': ['work cited twice in one place', 'works cited twice in one place'],
  'adjacent-citations': ['pair of citations that could be one', 'pairs of citations that could be one'],
  'malformed-citation': ['malformed citation', 'malformed citations'],
  locator: ['page outside its article', 'pages outside their articles'],
  notice: ['study with a notice', 'studies with a notice'],
  'quote-differs': ['quote that differs from its source', 'quotes that differ from their sources'],
  'quote-unconfirmed': ['quote not confirmed in print', 'quotes not confirmed in print'],
  'finding-quoted': ['finding in quotation marks', 'findings in quotation marks'],
  'same-work': ['work under two keys', 'works under two keys'],
  'key-in-two': ['key of two works', 'keys of two works'],
  bibliography: ['bibliography not read', 'bibliographies not read'],
  'bibliography-entry': ['faulty entry', 'faulty entries'],
};

/** `2 unknown keys`, `1 malformed citation`: one for each kind of problem, in the order of the checks. */
export function problemsByKind(problems: readonly Problem[]): readonly string[] {
  return (Object.keys(kinds) as CheckCode[]).flatMap(code => {
    const count = problems.filter(problem => problem.code === code).length;
    return count > 0 ? [`${count} ${kinds[code][count === 1 ? 0 : 1]}`] : [];
  });
}

/** `206 studies read`, `204 studies read, 2 left out` */
export function readWords(read: number, leftOut: number): string {
  return `${plural(read, 'study')} read${leftOut > 0 ? `, ${leftOut} left out` : ''}`;
}

/** `1,204 entries`, `1,204 entries, 2 problems` */
export function entryWords(read: number, problems: number): string {
  const count = read.toLocaleString('en-US');
  return `${count} ${read === 1 ? 'entry' : 'entries'}${problems > 0 ? `, ${plural(problems, 'problem')}` : ''}`;
}
