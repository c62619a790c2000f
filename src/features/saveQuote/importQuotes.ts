import * as vscode from 'vscode';
import { entriesOf, groupsOf, hasDivision, quoteOfAnnotation, type AnnotatedGroup } from '../../core/quoteBank/annotations.ts';
import { longestExport, readAnnotations } from '../../core/quoteBank/zotero.ts';
import { inSlices } from '../../editor/edges.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { QuoteBank } from '../../editor/quoteBank.ts';
import { nameOf } from '../../editor/files.ts';
import { askKey } from './questions.ts';
import { today } from './today.ts';

/** Annotations of one work, and whose they are. */
interface Matched {
  readonly group: AnnotatedGroup;
  readonly key: string;
}

/** Asks for the file, where none is given by its address, and for the works that can't be told; shows what goes where; writes once. */
export async function importQuotes(bank: QuoteBank, library: LibraryAtHand, file?: string): Promise<void> {
  const uri = typeof file === 'string' ? vscode.Uri.parse(file, true) : await askFile();
  if (!uri) {
    return;
  }
  const groups = await groupsIn(uri);
  const matched = groups.length > 0 ? await match(groups, library) : [];
  const chosen = matched && matched.length > 0 ? await preview(matched, groups.length) : undefined;
  if (chosen && chosen.length > 0) {
    await write(bank, chosen);
  }
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Annotations that Zotero exported'),
    openLabel: vscode.l10n.t('Import'),
    filters: { [vscode.l10n.t('Markdown or JSON')]: ['md', 'markdown', 'json', 'txt'] },
  });
  return files?.[0];
}

async function groupsIn(uri: vscode.Uri): Promise<readonly AnnotatedGroup[]> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > longestExport * 3) {
    throw new Error(vscode.l10n.t('{0} is larger than 60 MB; export fewer annotations at once.', nameOf(uri)));
  }
  const text = await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { encoding: 'utf8' });
  const { annotations, others, fault } = readAnnotations(text);
  if (fault !== undefined) {
    throw new Error(`${nameOf(uri)}: ${fault}`);
  }
  if (annotations.length === 0) {
    const left = others > 0 ? vscode.l10n.t('Its {0} annotations have no words.', others) : vscode.l10n.t('Export a note of annotations as Markdown, or annotations as JSON.');
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no quotes in {0}. {1}', nameOf(uri), left));
  }
  return groupsOf(annotations);
}

/** Whose works can't be told, the writer is asked; Escape leaves that work out. */
async function match(groups: readonly AnnotatedGroup[], library: LibraryAtHand): Promise<readonly Matched[]> {
  const at = library.get();
  const known = await inSlices(entriesOf(groups.map(({ work }) => work), await at));
  const matched: Matched[] = [];
  for (const [index, group] of groups.entries()) {
    const title = vscode.l10n.t('Which work is “{0}” ({1} quotes)? Escape leaves it out', group.work.label, group.annotations.length);
    const key = known[index]?.id ?? (await askKey(at, title, group.work.key));
    if (key !== undefined) {
      matched.push({ group, key });
    }
  }
  return matched;
}

/** What is left ticked is imported. */
async function preview(matched: readonly Matched[], all: number): Promise<readonly Matched[] | undefined> {
  const { t } = vscode.l10n;
  const items = matched.map(each => {
    const { annotations, work } = each.group;
    const divided = annotations.filter(hasDivision).length;
    const placeless = annotations.filter(({ locator }) => locator === '').length;
    const details = [
      `“${annotations[0]!.text.replace(/\s+/g, ' ').slice(0, 100)}”`,
      placeless > 0 ? t('{0} without a page', placeless) : '',
      divided > 0 ? t('{0} with a hyphen at a line’s end, to be looked at', divided) : '',
    ];
    return {
      label: each.key,
      description: [t('{0} quotes', annotations.length), work.label].filter(Boolean).join(' · '),
      detail: details.filter(Boolean).join(' · '),
      picked: true,
      matched: each,
    };
  });
  const leftOut = all - matched.length;
  const title = leftOut > 0 ? t('Import quotes ({0} works are left out)', leftOut) : t('Import quotes');
  const placeHolder = t('Whose quotes are to be imported?');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true, ignoreFocusOut: true });
  return chosen?.map(item => item.matched);
}

async function write(bank: QuoteBank, chosen: readonly Matched[]): Promise<void> {
  const { t } = vscode.l10n;
  const day = today();
  const quotes = chosen.flatMap(({ group, key }) => group.annotations.map(annotation => quoteOfAnnotation(annotation, key, day)));
  const file = bank.fileFor(vscode.window.activeTextEditor?.document);
  const options = { location: vscode.ProgressLocation.Notification, title: t('Importing {0} quotes', quotes.length) };
  const fresh = await vscode.window.withProgress(options, () => bank.add(quotes, file));
  const had = quotes.length - fresh.length;
  const imported = t('{0} quotes were imported into {1}.', fresh.length, nameOf(file));
  void vscode.window.showInformationMessage(had > 0 ? `${imported} ${t('{0} you had already.', had)}` : imported);
}
