import * as vscode from 'vscode';
import { articlePages, isWithin, parsePages } from '../../core/checks/pages.ts';
import { citeAt, locatorFor, placeText, removeLocator, setLocator } from '../../core/rewrite/locator.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Readings } from '../../editor/readings.ts';
import type { Desk } from './commands.ts';
import { write } from './edits.ts';

/** Asks where in the work, and writes it behind the citekey at the caret. */
export async function askLocator({ editor, reading, scope }: Desk, readings: Readings, known: KnownKeys): Promise<void> {
  const { document } = editor;
  const citation = reading.citationAt(scope.start)?.citation;
  if (!citation) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No citation stands at the caret.'));
    return;
  }
  const { key } = citeAt(citation, scope.start);
  const present = placeText(reading.text, citeAt(citation, scope.start));
  const study = (await known.of(document)).study(key);
  const typed = await vscode.window.showInputBox({
    title: present === '' ? vscode.l10n.t('Add a locator to {0}', key) : vscode.l10n.t('Change the locator of {0}', key),
    prompt: promptFor(study?.csl.page),
    value: present,
    validateInput: value => validate(value, present !== '', study?.csl.page),
  });
  const now = typed === undefined ? undefined : await readings.of(document);
  // The text may have changed while the box was open; the citation is then looked for again where it was.
  const found = now?.citationAt(scope.start)?.citation;
  const cite = found && citeAt(found, scope.start);
  if (typed === undefined || typed.trim() === present) {
    return;
  }
  if (!now || !found || cite?.key !== key) {
    throw new Error(vscode.l10n.t('the citation of {0} is not there any more.', key));
  }
  const wish = typed.trim() === '' ? undefined : locatorFor(typed);
  const result = !wish
    ? removeLocator(now, found, cite)
    : 'locator' in wish
      ? setLocator(now, found, cite, wish.locator)
      : wish;
  if ('unavailable' in result) {
    void vscode.window.showInformationMessage(result.unavailable);
    return;
  }
  await write(editor, result.edits);
}

function promptFor(page: string | undefined): string {
  const form = vscode.l10n.t('A page such as 12 or 12-14, or a place such as chap. 3 or Table 2.');
  return articlePages(page) ? `${vscode.l10n.t('Pages {0}.', page!.replaceAll('-', '–'))} ${form}` : form;
}

/** What is wrong with what was typed so far; a page outside the article is only pointed out. */
function validate(
  typed: string,
  hasLocator: boolean,
  page: string | undefined,
): string | vscode.InputBoxValidationMessage | undefined {
  if (typed.trim() === '') {
    const message = vscode.l10n.t('Enter takes the locator away.');
    return hasLocator ? { message, severity: vscode.InputBoxValidationSeverity.Info } : undefined;
  }
  const wish = locatorFor(typed);
  if ('unavailable' in wish) {
    return wish.unavailable;
  }
  const article = articlePages(page);
  const pages = parsePages(wish.locator.replace(/^pp?\.\s*/, ''));
  const isOutside = article && pages?.some(range => !isWithin(range, article));
  const message = vscode.l10n.t('The article has the pages {0}.', page ?? '');
  return isOutside ? { message, severity: vscode.InputBoxValidationSeverity.Warning } : undefined;
}
