import * as vscode from 'vscode';
import { placeAt } from '../../core/caret.ts';
import { faultOfCitedKey } from '../../core/citekeys.ts';
import { BetterBibtex, type ZoteroAnswer, type ZoteroItem } from '../../core/zotero/bbt.ts';
import { citationOf, fitted, readPicked, type Picked } from '../../core/zotero/picked.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { askWeb } from '../../editor/http.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import { commandId, registerCommand, settingsFor } from '../../manifest.ts';

const { t } = vscode.l10n;

/** Zotero through Better BibTeX: its own picker, and a search of its items. Off unless the writer turns it on. */
export function registerZotero(manuscripts: Manuscripts, readings: Readings, known: KnownKeys, log: vscode.LogOutputChannel): vscode.Disposable {
  const run = (pick: (zotero: BetterBibtex) => Promise<Picked | undefined>): (() => Promise<void>) =>
    atTheEdge(log, async () => {
      const setting = settingsFor();
      if (!setting('zotero.enabled')) {
        await offerToEnable();
        return;
      }
      const picked = await pick(zoteroAt(setting('zotero.port')));
      if (picked) {
        await insert(picked, manuscripts, readings, known);
      }
    });
  return vscode.Disposable.from(registerCommand('citeFromZotero', run(pickInZotero)), registerCommand('searchZotero', run(searchHere)));
}

async function offerToEnable(): Promise<void> {
  const open = t('Open Settings');
  if ((await vscode.window.showInformationMessage(t('Citing from Zotero is turned off in the settings.'), open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', commandId('citeFromZotero').replace(/\.\w+$/, '.zotero'));
  }
}

/** Zotero refuses what looks like a browser, which VS Code may, unless it says that it means it. */
function zoteroAt(port: number, signal?: AbortSignal): BetterBibtex {
  const headers = { 'Zotero-Allowed-Request': 'true' };
  return new BetterBibtex(port, (question, timeout) => askWeb({ ...question, headers }, { timeout, ...(signal && { signal }) }));
}

async function pickInZotero(zotero: BetterBibtex): Promise<Picked | undefined> {
  valueOf(await zotero.probe());
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: t('Choose in Zotero’s window…') };
  const answer = await vscode.window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return zoteroAt(settingsFor()('zotero.port'), stop.signal).pick();
  });
  const text = valueOf(answer);
  return text === undefined ? undefined : readPicked(text);
}

/** The value; nothing when the writer cancelled. */
function valueOf<T>(answer: ZoteroAnswer<T>): T | undefined {
  if ('value' in answer) {
    return answer.value;
  }
  const { fault } = answer;
  const port = settingsFor()('zotero.port');
  switch (fault.kind) {
    case 'cancelled':
      return undefined;
    case 'error':
      throw new Error(t('Zotero says: {0}', fault.message));
    case 'not Better BibTeX':
      throw new Error(t('what answers at port {0} is not Better BibTeX (HTTP {1}). Is the plugin installed in Zotero?', port, fault.status));
    default:
      throw new Error(t('Zotero does not answer at port {0}: is it running, with Better BibTeX?', port));
  }
}

interface Row extends vscode.QuickPickItem {
  readonly key?: string;
}

/** Milliseconds without a new letter before Zotero is asked. */
const pause = 250;

async function searchHere(zotero: BetterBibtex): Promise<Picked | undefined> {
  valueOf(await zotero.probe());
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = t('Search Zotero');
  picker.placeholder = t('Words of the title, the author’s name, a year');
  if ('sortByLabel' in picker) {
    picker.sortByLabel = false;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const refresh = async (words: string): Promise<void> => {
    asked += 1;
    const turn = asked;
    picker.busy = true;
    const rows = rowsOf(words === '' ? { value: [] } : await zotero.search(words), words);
    // A later question may have been answered first.
    if (turn === asked) {
      picker.items = rows;
      picker.busy = false;
    }
  };
  picker.onDidChangeValue(words => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(words.trim()), pause);
  });
  try {
    const key = await new Promise<string | undefined>(resolve => {
      picker.onDidAccept(() => picker.activeItems[0]?.key !== undefined && resolve(picker.activeItems[0].key));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
    const fault = key === undefined ? undefined : faultOfCitedKey(key);
    if (fault !== undefined) {
      throw new Error(fault);
    }
    return key === undefined ? undefined : { text: citationOf([key]), keys: [key] };
  } finally {
    clearTimeout(timer);
    picker.dispose();
  }
}

function rowsOf(answer: ZoteroAnswer<readonly ZoteroItem[]>, words: string): Row[] {
  let items: readonly ZoteroItem[];
  try {
    items = valueOf(answer) ?? [];
  } catch (error) {
    return [{ label: `$(warning) ${(error as Error).message}`, alwaysShow: true }];
  }
  const rows = items.map(({ key, title, authors, year, library }) => {
    return { label: key, description: [[authors, year].filter(Boolean).join(' '), library].filter(Boolean).join(' · '), detail: title, alwaysShow: true, key };
  });
  return rows.length > 0 || words === '' ? rows : [{ label: `$(search) ${t('Zotero finds nothing for “{0}”', words)}`, alwaysShow: true }];
}

/** Writes the citation at the caret in one edit, and tells which of its keys no bibliography at hand has. */
async function insert({ text, keys }: Picked, manuscripts: Manuscripts, readings: Readings, known: KnownKeys): Promise<void> {
  const editor = await manuscripts.current();
  if (!editor) {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage(t('No manuscript is open; copied to the clipboard instead.'));
    return;
  }
  const { document } = editor;
  const place = placeAt(await readings.whole(document), document.offsetAt(editor.selection.end));
  if (place.silent) {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage(t('The caret stands in {0}, where Pandoc reads no citation; copied to the clipboard instead.', place.silent));
    return;
  }
  const line = document.lineAt(editor.selection.end.line).text;
  const [before, after] = [line.slice(0, editor.selection.end.character), line.slice(editor.selection.end.character)];
  const at = editor.selection.end;
  if (await editor.edit(builder => builder.insert(at, fitted(text, before, place.group !== undefined, after)))) {
    await tellUnknown(keys, document, known);
  }
}

async function tellUnknown(keys: readonly string[], document: vscode.TextDocument, known: KnownKeys): Promise<void> {
  const own = await known.of(document);
  const missing = keys.filter(key => !own.has(key));
  // While a bibliography is not read, nobody knows.
  if (missing.length > 0 && own.isComplete) {
    void vscode.window.showInformationMessage(
      t('{0} is in no bibliography of this manuscript; export it from Zotero to a file that the manuscript names.', missing.join(', ')),
    );
  }
}
