import * as vscode from 'vscode';
import { articlePages, isWithin, parsePages } from '../../core/checks/pages.ts';
import type { Cite, Reading, Span } from '../../core/reading.ts';
import { rewriteEach, type Rewrite } from '../../core/rewrite/each.ts';
import { citeAt, locatorFor, placeText, removeLocator, setLocator } from '../../core/rewrite/locator.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Readings } from '../../editor/readings.ts';
import type { Desk } from './desk.ts';
import { write } from './edits.ts';
import { inform, tell } from './telling.ts';

/** A cite that a caret stands in. */
interface Meant {
  readonly offset: number;
  readonly key: string;
  /** What its locator says now; empty where it has none. */
  readonly present: string;
}

/** Asks where in the works, and writes it behind the citekeys at the carets. */
export async function askLocator({ editor, reading, scopes }: Desk, readings: Readings, known: KnownKeys): Promise<void> {
  const { document } = editor;
  const [first, ...others] = citesAt(reading, scopes);
  if (!first) {
    inform(vscode.l10n.t('No citation stands at the caret.'));
    return;
  }
  const all = [first, ...others];
  const { study } = await known.of(document);
  // Of several works the pages differ, so that there are none to hold what is typed against.
  const page = new Set(all.map(({ key }) => key)).size === 1 ? study(first.key)?.csl.page : undefined;
  const present = all.every(each => each.present === first.present) ? first.present : '';
  const typed = await vscode.window.showInputBox({
    title: titleFor(all),
    prompt: promptFor(page),
    value: present,
    validateInput: value => validate(value, all.some(each => each.present !== ''), page),
  });
  if (typed === undefined || all.every(each => each.present === typed.trim())) {
    return;
  }
  // The text may have changed while the box was open; the citations are then looked for again where they were.
  const now = await readings.of(document);
  const gone = all.find(({ offset, key }) => !now || citesAt(now, [{ start: offset, end: offset }])[0]?.key !== key);
  if (!now || gone) {
    throw new Error(vscode.l10n.t('the citation of {0} is not there any more.', (gone ?? first).key));
  }
  const carets = all.map(({ offset }) => ({ start: offset, end: offset }));
  const result = rewriteEach(now, carets, placing(typed.trim()), 'cite');
  if (result.done === 0) {
    inform(result.kept[0]?.unavailable ?? vscode.l10n.t('No citation stands at the caret.'));
    return;
  }
  await write(editor, result.edits);
  if (result.kept.length > 0) {
    const { done } = result;
    tell(done === 1 ? vscode.l10n.t('Citation changed') : vscode.l10n.t('{0} citations changed', done), result.kept);
  }
}

/** The cites that the scopes' starts stand in, each once. */
function citesAt(reading: Reading, scopes: readonly Span[]): readonly Meant[] {
  const cites = new Map<Cite['start'], Meant>();
  for (const { start: offset } of scopes) {
    const citation = reading.citationAt(offset)?.citation;
    const cite = citation && citeAt(citation, offset);
    if (cite && !cites.has(cite.mark.start)) {
      cites.set(cite.mark.start, { offset, key: cite.key, present: placeText(reading.text, cite) });
    }
  }
  return [...cites.values()];
}

/** Puts a locator as typed behind a citekey; nothing typed takes it away, and is done where there is none. */
function placing(typed: string): Rewrite {
  const wish = typed === '' ? undefined : locatorFor(typed);
  return (reading, citation, cite) =>
    !wish
      ? placeText(reading.text, cite) === '' ? { edits: [] } : removeLocator(reading, citation, cite)
      : 'locator' in wish
        ? setLocator(reading, citation, cite, wish.locator)
        : wish;
}

function titleFor(all: readonly Meant[]): string {
  const { t } = vscode.l10n;
  const [{ key, present } = { key: '', present: '' }] = all;
  if (all.length > 1) {
    return t('Set the locator of {0} citations', all.length);
  }
  return present === '' ? t('Add a locator to {0}', key) : t('Change the locator of {0}', key);
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
