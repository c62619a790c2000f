import * as vscode from 'vscode';
import { escapeHtml } from '../../core/html.ts';

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4_000;

/**
 * Shows a rendered manuscript with a button that copies it. VS Code's own clipboard takes plain text only; rich text is taken from a
 * page, and only when the writer presses something there.
 */
export class HtmlPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;

  /** @param html must be free of anything that could run */
  show(name: string, html: string): void {
    const title = vscode.l10n.t('Formatted: {0}', name);
    const panel = this.#panel ?? this.#open(title);
    panel.title = title;
    panel.webview.html = page(html);
    panel.reveal(undefined, false);
  }

  #open(title: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('ketamineCitations.formatted', title, vscode.ViewColumn.Beside, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (message === 'copied') {
        vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied with its formatting.')}`, timeToSee);
      }
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    this.#panel = panel;
    return panel;
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

function page(html: string): string {
  const { t } = vscode.l10n;
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; img-src data:;`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${style}</style>
</head>
<body>
<header>
<button id="copy" autofocus>${escapeHtml(t('Copy'))}</button>
<span id="told" role="status" data-copied="${escapeHtml(t('Copied. Paste it into Word, Google Docs or another editor.'))}"
  data-failed="${escapeHtml(t('It could not be copied here. Select the text below and copy it with the keyboard.'))}">${escapeHtml(
    t('Enter copies the text below with its formatting.'),
  )}</span>
</header>
<article id="text" tabindex="0" aria-label="${escapeHtml(t('The manuscript as it is copied'))}">
${html}
</article>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

const style = `
body { padding: 0; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); }
header { position: sticky; top: 0; padding: 12px 24px; display: flex; gap: 16px; align-items: center; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, transparent); }
button { padding: 6px 18px; border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; color: var(--vscode-button-foreground); background: var(--vscode-button-background); font: inherit; cursor: pointer; }
button:hover { background: var(--vscode-button-hoverBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
article { max-width: 44em; padding: 8px 24px 48px; line-height: 1.6; }
article:focus { outline: none; }
article:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
a { color: var(--vscode-textLink-foreground); }
blockquote { margin-left: 0; padding-left: 16px; border-left: 4px solid var(--vscode-textBlockQuote-border); }
code { font-family: var(--vscode-editor-font-family); }
table { border-collapse: collapse; }
th, td { padding: 4px 10px; border: 1px solid var(--vscode-panel-border, currentColor); }
`;

/** Runs in the page. Where the clipboard is closed to pages, the browser's older way to copy a selection is taken. */
const script = `
const host = acquireVsCodeApi();
const [button, told, text] = ['copy', 'told', 'text'].map(id => document.getElementById(id));
const given = { html: '<meta charset="utf-8">' + text.innerHTML.trim(), plain: text.innerText.trim() };
async function write() {
  const blob = (content, type) => new Blob([content], { type });
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': blob(given.html, 'text/html'), 'text/plain': blob(given.plain, 'text/plain') })]);
    return true;
  } catch {
    return copySelection();
  }
}
function copySelection() {
  let isTaken = false;
  const take = event => {
    event.clipboardData.setData('text/html', given.html);
    event.clipboardData.setData('text/plain', given.plain);
    event.preventDefault();
    isTaken = true;
  };
  getSelection().selectAllChildren(text);
  document.addEventListener('copy', take);
  const isDone = document.execCommand('copy');
  document.removeEventListener('copy', take);
  getSelection().removeAllRanges();
  return isDone && isTaken;
}
button.addEventListener('click', async () => {
  const isCopied = await write();
  told.textContent = isCopied ? told.dataset.copied : told.dataset.failed;
  if (isCopied) {
    host.postMessage('copied');
  }
});
button.focus();
`;
