import type { CheckCode, Known, Problem } from './checks/problem.ts';
import { isCrossReference } from './citations.ts';
import { editionLabel, plural } from './describe.ts';
import { Pace } from './markdown/pace.ts';
import type { Reading } from './reading.ts';
import type { Edition } from './study.ts';

/** How many works a manuscript cites, and which of its keys are unknown, each once. */
export interface Tally {
  readonly cited: number;
  readonly unknown: readonly string[];
}

/** Counts without the places, for the status bar; yields every few milliseconds. */
export function* tally(parts: readonly Reading[], known: Known): Generator<undefined, Tally> {
  const pace = new Pace();
  const unknown: string[] = [];
  let cited = 0;
  for (const key of yield* keysOf(parts)) {
    const isKnown = known.has(key);
    if (isKnown || !(key === '*' || isCrossReference(key))) {
      if (isKnown || !known.isComplete) {
        cited += 1;
      } else {
        unknown.push(key);
      }
    }
    if (pace.isDue(key.length)) {
      yield;
    }
  }
  return { cited, unknown };
}

/** Every key that is cited, in the order in which it first is; yields every few milliseconds. */
export function* keysOf(parts: readonly Reading[]): Generator<undefined, Set<string>> {
  const pace = new Pace();
  const keys = new Set<string>();
  for (const { blocks } of parts) {
    for (const { citations } of blocks) {
      for (const { cites } of citations) {
        cites.forEach(({ key }) => keys.add(key));
        if (pace.isDue(cites.length)) {
          yield;
        }
      }
      if (pace.isDue(0)) {
        yield;
      }
    }
  }
  return keys;
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
  'unchecked-block': ['paragraph not checked', 'paragraphs not checked'],
  'unknown-style': ['unknown style', 'unknown styles'],
  bibliography: ['bibliography not read', 'bibliographies not read'],
  'bibliography-entry': ['faulty entry', 'faulty entries'],
};

/** `2 unknown keys`, `1 malformed citation`: one for each kind of problem, in the order of the checks. */
export function problemsByKind(problems: readonly Problem[]): readonly string[] {
  const counts = new Map<CheckCode, number>();
  problems.forEach(({ code }) => counts.set(code, (counts.get(code) ?? 0) + 1));
  return (Object.keys(kinds) as CheckCode[]).flatMap(code => {
    const count = counts.get(code) ?? 0;
    return count > 0 ? [`${count} ${kinds[code][count === 1 ? 0 : 1]}`] : [];
  });
}

/** So many keys are told by name. */
const mostNamed = 20;

/** `a, b`; of many keys the first: `a, b … and 17 more` */
export function firstOf(keys: readonly string[]): string {
  const more = keys.length - mostNamed;
  return `${keys.slice(0, mostNamed).join(', ')}${more > 0 ? ` … and ${more.toLocaleString('en-US')} more` : ''}`;
}

/** `278 studies read · Dataset 2.0.0 of 2026-11-30`, `276 studies read, 2 left out` */
export function readWords(read: number, leftOut: number, edition?: Edition): string {
  const count = `${plural(read, 'study')} read${leftOut > 0 ? `, ${leftOut} left out` : ''}`;
  return edition ? `${count} · ${editionLabel(edition)}` : count;
}

/** `1,204 entries`, `1,204 entries, 2 problems` */
export function entryWords(read: number, problems: number): string {
  const count = read.toLocaleString('en-US');
  return `${count} ${read === 1 ? 'entry' : 'entries'}${problems > 0 ? `, ${plural(problems, 'problem')}` : ''}`;
}
