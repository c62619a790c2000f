import * as vscode from 'vscode';
import { readManuscript, type Reading } from '../../core/reading.ts';
import { renderCopy, type RenderedCopy } from '../../core/render/copy.ts';
import { withEndnotes } from '../../core/render/endnotes.ts';
import { headingIn } from '../../core/render/heading.ts';
import { safeHtml } from '../../core/render/safeHtml.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { nameOf } from '../../editor/files.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { knownOnceRead } from '../../editor/printing.ts';
import type { ManuscriptPrinter } from '../../editor/printer.ts';
import type { Readings } from '../../editor/readings.ts';
import { registerCommand } from '../../manifest.ts';
import { registerBibliographyRegion } from './bibliographyRegion.ts';
import { HtmlPanel } from './htmlPanel.ts';
import { manuscriptToPrint, withProgress } from './desk.ts';

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4_000;

/** Copies of a manuscript for places that know no Pandoc, and a bibliography in its own text that is kept current. */
export function registerRendering(readings: Readings, known: KnownKeys, printer: ManuscriptPrinter, log: vscode.LogOutputChannel): vscode.Disposable {
  const panel = new HtmlPanel();
  const render = async (run: (copy: RenderedCopy, document: vscode.TextDocument) => Promise<void>): Promise<void> => {
    const found = await manuscriptToPrint(readings);
    const copy = found && (await rendered(found.document, found.reading, known, printer));
    if (found && copy) {
      await run(copy, found.document);
      tell(copy);
    }
  };
  return vscode.Disposable.from(
    panel,
    registerCommand('renderMarkdown', atTheEdge(log, () => render(showMarkdown))),
    registerCommand('copyFormattedHtml', atTheEdge(log, () => render(async (copy, document) => panel.show(nameOf(document.uri), await htmlOf(copy))))),
    registerBibliographyRegion(readings, known, printer, log),
  );
}

/** Nothing where the writer stopped it. */
function rendered(document: vscode.TextDocument, reading: Reading, known: KnownKeys, printer: ManuscriptPrinter): Promise<RenderedCopy | undefined> {
  return withProgress(vscode.l10n.t('Rendering the citations…'), async token => {
    const works = await knownOnceRead(known, document, token);
    const manuscript = await printer.print(document, reading, works, token);
    return renderCopy(manuscript.reading, manuscript.cited, manuscript.printed, headingIn(await printer.localeOf(document)));
  });
}

async function showMarkdown({ text }: RenderedCopy): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

/** VS Code's own Markdown extension makes the HTML, with whatever plugins the writer has. */
async function htmlOf({ text }: RenderedCopy): Promise<string> {
  const markdown = withEndnotes(readManuscript(text));
  const html = await vscode.commands.executeCommand<string | undefined>('markdown.api.render', markdown);
  if (typeof html !== 'string') {
    throw new Error(vscode.l10n.t('VS Code’s own Markdown extension, which makes the HTML, is switched off. Switch on “Markdown Language Features”.'));
  }
  return safeHtml(html);
}

function tell({ printed, unknown }: RenderedCopy): void {
  const { t } = vscode.l10n;
  const done = printed === 1 ? t('1 citation rendered') : t('{0} citations rendered', printed);
  if (unknown.length > 0) {
    void vscode.window.showWarningMessage(t('{0}. Citations of keys that nobody knows stay as they are written: {1}.', done, unknown.join(', ')));
  } else {
    vscode.window.setStatusBarMessage(`$(check) ${done}.`, timeToSee);
  }
}
