import * as vscode from 'vscode';
import type { CheckCode, Problem } from '../../core/checks/problem.ts';
import { fixTogether } from '../../core/rewrite/fixAll.ts';
import { manuscriptInFocus } from '../../editor/inFront.ts';
import type { Problems } from '../../editor/problems.ts';
import { isTooLong, textsOf } from '../../editor/readings.ts';
import { tellNone, tellTooLong } from './desk.ts';
import { changedMeanwhile, writeAll, type EditsIn } from './edits.ts';
import { inform, tell } from './telling.ts';

/** The problems of one of a manuscript's texts. */
export interface ProblemsIn {
  readonly document: vscode.TextDocument;
  readonly problems: readonly Problem[];
}

/** The problems of all texts of the manuscript that a document belongs to. */
export async function problemsOfAll(document: vscode.TextDocument, problems: Problems): Promise<readonly ProblemsIn[]> {
  return Promise.all(textsOf(document).map(async text => ({ document: text, problems: await problems.of(text) })));
}

/** The clear repairs in several texts in one go, of one kind of problem or of all, and how many problems they mend. */
export function fixesTogether(
  texts: readonly ProblemsIn[],
  code?: CheckCode,
): { readonly parts: readonly EditsIn[]; readonly count: number } {
  const fixed = texts.map(({ document, problems }) => ({ document, ...fixTogether(problems, code) }));
  return { parts: fixed, count: fixed.reduce((sum, { count }) => sum + count, 0) };
}

/** Mends all that has one clear repair, in a manuscript given by the address of one of its texts, or the one in front. */
export async function fixAll(problems: Problems, address?: string): Promise<void> {
  const document = address === undefined ? manuscriptInFocus() : opened(address);
  if (!document) {
    tellNone();
    return;
  }
  const texts = textsOf(document);
  const versions = texts.map(({ version }) => version);
  if (texts.every(isTooLong)) {
    tellTooLong();
    return;
  }
  const { parts, count } = fixesTogether(await problemsOfAll(document, problems));
  if (count === 0) {
    inform(vscode.l10n.t('No problem of this document has one clear repair.'));
    return;
  }
  if (texts.some(({ version }, index) => version !== versions[index])) {
    throw changedMeanwhile();
  }
  await writeAll(parts);
  tell(count === 1 ? vscode.l10n.t('1 problem fixed') : vscode.l10n.t('{0} problems fixed', count), []);
}

function opened(address: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
}
