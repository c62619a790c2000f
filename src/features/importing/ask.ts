import * as vscode from 'vscode';
import { askFor } from '../../core/importing/ask.ts';
import { addressOf, identify, identifyUnasked, shownId, type WorkId } from '../../core/importing/identify.ts';
import { requestFor, type RegistryRequest } from '../../core/importing/registry.ts';
import type { CslItem } from '../../core/study.ts';
import { askWeb } from '../../editor/http.ts';
import { settingsFor } from '../../manifest.ts';
import { askMessage } from './messages.ts';

const { t } = vscode.l10n;

/** The identifier that the writer types, pastes or has on the clipboard. */
export async function askIdentifier(): Promise<WorkId | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t('Cite by DOI, PMID or address'),
    prompt: t('A DOI, a PMID, a PMCID, or an address that holds one. Nothing is asked of the web before you say so.'),
    placeHolder: '10.1176/appi.ajp.2020.20050596',
    value: await atHand(),
    validateInput: value => (value.trim() === '' || identify(value) ? undefined : t('This holds no DOI, PMID or PMCID.')),
  });
  return typed === undefined ? undefined : identify(typed);
}

/** What is selected, else what was copied, if it is an identifier. */
async function atHand(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const texts = [editor?.document.getText(editor.selection) ?? '', await copied()];
  return texts.find(text => identifyUnasked(text))?.trim() ?? '';
}

/** A browser asks for leave to read the clipboard, and where that is refused VS Code answers only once its message is closed. */
async function copied(): Promise<string> {
  return vscode.env.uiKind === vscode.UIKind.Web ? '' : vscode.env.clipboard.readText();
}

/** What would be asked of whom, by the settings. */
export function requestOf(asked: WorkId): RegistryRequest {
  const setting = settingsFor();
  const request = requestFor(asked, { doi: setting('import.doiResolver'), pubmed: setting('import.pubmed') });
  if (!request) {
    const name = asked.kind === 'DOI' ? 'ketamineCitations.import.doiResolver' : 'ketamineCitations.import.pubmed';
    throw new Error(t('the setting {0} is no web address.', name));
  }
  return request;
}

/** Whether the writer wants that asked; it says exactly what goes out. */
export async function mayAsk(asked: WorkId, { url, from }: RegistryRequest): Promise<boolean> {
  const { id } = asked;
  const ask = { label: `$(cloud-download) ${t('Ask {0} for {1}', from, shownId(asked))}`, detail: t('Sends this one request: {0}', url) };
  const look = { label: `$(link-external) ${t('Look at the work in the browser instead')}`, detail: addressOf(asked) };
  const picked = await vscode.window.showQuickPick([ask, look], {
    title: t('{0} is in no library at hand', shownId(asked)),
    placeHolder: t('Ask {0} for {1}?', from, id),
    ignoreFocusOut: true,
  });
  if (picked === look) {
    await vscode.env.openExternal(vscode.Uri.parse(look.detail, true));
  }
  return picked === ask;
}

/** Asks, with progress that can be cancelled; nothing when it was. */
export async function fetchWork(asked: WorkId, request: RegistryRequest): Promise<CslItem | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: t('Asking {0} for {1}', request.from, shownId(asked)) };
  const answer = await vscode.window.withProgress(options, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return askFor(asked, request, each => askWeb(each, { signal: stop.signal }));
  });
  if (!('fault' in answer)) {
    return answer;
  }
  if (answer.fault.kind !== 'cancelled') {
    throw new Error(askMessage(answer.fault, asked, request.from));
  }
  return undefined;
}
