import { check, type CheckOptions } from '../../../../src/core/checks/checks.ts';
import type { CheckCode, Fix, Known, Problem } from '../../../../src/core/checks/problem.ts';
import type { TextEdit } from '../../../../src/core/insertion.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import type { Notice, Quote, Study } from '../../../../src/core/study.ts';
import { studies, study } from '../../../support/dataset.ts';

/** Made-up studies beside the dataset's, for what no real one has. */
export function synthetic(id: string, changes: Partial<Study> & { page?: string }): Study {
  const { page, ...rest } = changes;
  const model = study('oliver2022');
  return { ...model, id, finding: '', quotes: [], notices: [], ...rest, csl: { ...model.csl, title: 'A title', ...(page && { page }) } };
}

export function quote(text: string): Quote {
  return { text, location: 'p. 3', match: 'exact', source: 'https://example.org/17' };
}

export function notice(type: string): Notice {
  return { type, note: 'A note' };
}

export function knownOf(all: readonly Study[], isComplete = true): Known {
  const byKey = new Map(all.map(each => [each.id, each]));
  return { study: key => byKey.get(key), has: key => byKey.has(key), keys: [...byKey.keys()], isComplete };
}

/** The dataset's studies. */
export const bundled = knownOf(studies);

/** The problems with one of these codes; all, where none is named. */
export function problemsOf(
  text: string,
  codes: readonly CheckCode[] = [],
  known: Known = bundled,
  options: CheckOptions = {},
): readonly Problem[] {
  return check(readManuscript(text), known, options).filter(({ code }) => codes.length === 0 || codes.includes(code));
}

export function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits].reverse().reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}

/** `code: “range”`, the message, and what each fix makes of the text, `!` before a preferred one. */
export function told(text: string, problems: readonly Problem[]): string[] {
  const fixed = ({ title, edits, isPreferred }: Fix): string => `${isPreferred ? '! ' : ''}${title}: ${apply(text, edits)}`;
  return problems.flatMap(({ start, end, message, fixes }) => [`“${text.slice(start, end)}” ${message}`, ...fixes.map(fixed)]);
}
