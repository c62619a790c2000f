import * as vscode from 'vscode';
import { checkSetting, type CheckCode, type Problem } from '../../core/checks/problem.ts';
import { escapeMarkdown } from '../../core/quotes.ts';
import { firstOf, problemsByKind, tally, type Tally } from '../../core/statusWords.ts';
import { atTheEdge, inSlices, quietly } from '../../editor/edges.ts';
import type { Bibliographies } from '../../editor/bibliographies.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import type { LibrarySource } from '../../editor/library.ts';
import type { Problems } from '../../editor/problems.ts';
import { isTooLong, textsOf, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { commandId, registerCommand, settingsFor } from '../../manifest.ts';
import { showMenu } from './menu.ts';
import { Reloads } from './reloads.ts';

/** What the status item and its menu work with. */
export interface Sources {
  readonly inFront: InFront;
  readonly readings: Readings;
  readonly known: KnownKeys;
  readonly problems: Problems;
  readonly library: LibrarySource;
  readonly references: References;
  readonly bibliographies: Bibliographies;
  readonly log: vscode.LogOutputChannel;
}

/** A problem, and the text in which it was found. */
export interface ProblemIn {
  readonly document: vscode.TextDocument;
  readonly problem: Problem;
}

/** How a manuscript stands: what it cites, and what is wrong with it, in each of its texts. */
export interface Standing {
  readonly document: vscode.TextDocument;
  readonly isTooLong: boolean;
  readonly known: KnownOfDocument;
  readonly tally: Tally;
  readonly problems: readonly ProblemIn[];
}

/** The writer has paused for this long (ms) before the item follows. */
const pause = 400;

/** Tells in the status bar what the manuscript in front cites, and what is wrong; its menu is the doctor. */
export function registerStatus(sources: Sources): vscode.Disposable {
  const { inFront, problems, known, bibliographies, log } = sources;
  const item = vscode.window.createStatusBarItem('ketamineCitations.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Ketamine Citations';
  item.command = commandId('showStatus');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (after = pause): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void quietly(log, () => follow(item, sources, reloads)), after);
  };
  const reloads = new Reloads(bibliographies, () => soon(0));

  soon(0);
  return vscode.Disposable.from(
    item,
    reloads,
    { dispose: () => clearTimeout(timer) },
    inFront.onDidChange(() => soon(0)),
    vscode.window.onDidChangeVisibleTextEditors(() => soon(0)),
    vscode.window.onDidChangeVisibleNotebookEditors(() => soon(0)),
    problems.onDidCheck(document => isOf(inFront.document, document) && soon(0)),
    known.onDidChange(() => soon()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isOf(inFront.document, document) && soon()),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations') && soon()),
    registerCommand(
      'showStatus',
      atTheEdge(log, async () => showMenu(await standing(sources), sources)),
    ),
  );
}

function isOf(manuscript: vscode.TextDocument | undefined, document: vscode.TextDocument): boolean {
  return manuscript !== undefined && (manuscript === document || textsOf(manuscript).includes(document));
}

async function standing({ inFront, readings, known, problems }: Sources): Promise<Standing | undefined> {
  const { document } = inFront;
  if (!document) {
    return undefined;
  }
  const keys = await known.of(document);
  const parts = await readings.partsOf(document);
  const found = await Promise.all(
    parts.map(async part => (await problems.of(part.document)).map(problem => ({ document: part.document, problem }))),
  );
  return {
    document,
    isTooLong: isTooLong(document),
    known: keys,
    tally: await inSlices(tally(parts.map(({ reading }) => reading), keys)),
    problems: found.flat(),
  };
}

async function follow(item: vscode.StatusBarItem, sources: Sources, reloads: Reloads): Promise<void> {
  const { inFront } = sources;
  const now = inFront.isVisible ? await standing(sources) : undefined;
  if (!now || now.document !== inFront.document || !inFront.isVisible) {
    item.hide();
    return;
  }
  const { cited, unknown } = now.tally;
  const grave = countGrave(now.problems);
  const { t } = vscode.l10n;
  item.text = now.isTooLong
    ? `$(references) ${t('too long')}`
    : `$(references) ${t('{0} cited', cited)}${grave > 0 ? ` $(warning) ${grave}` : ''}`;
  item.accessibilityInformation = { label: t('Ketamine Citations: {0} works cited, {1} problems', cited, now.problems.length) };
  const reloaded = reloads.of(now.known.sources);
  if (reloaded?.isNews) {
    item.text += ` $(sync) ${reloaded.name}`;
  }
  item.tooltip = tooltip(now, cited, unknown, reloaded?.words);
  item.show();
}

/** How many are shown as errors or warnings; a correction or a later version is no more than an information. */
function countGrave(problems: readonly ProblemIn[]): number {
  const isLoud = (document: vscode.TextDocument, code: CheckCode): boolean =>
    ['error', 'warning'].includes(settingsFor(document)(checkSetting(code)));
  // Of each text and check asked once: there may be a hundred thousand problems.
  const loud = new Map<vscode.TextDocument, Map<CheckCode, boolean>>();
  return problems.filter(({ problem: { code, weight }, document }) => {
    const ofText = loud.get(document) ?? new Map<CheckCode, boolean>();
    loud.set(document, ofText);
    ofText.set(code, ofText.get(code) ?? isLoud(document, code));
    return weight !== 'plain' && ofText.get(code);
  }).length;
}

function tooltip({ isTooLong: long, problems }: Standing, cited: number, unknown: readonly string[], reloaded = ''): vscode.MarkdownString {
  const { t } = vscode.l10n;
  if (long) {
    return new vscode.MarkdownString(t('This manuscript is longer than is read.'));
  }
  const works = cited === 1 ? t('1 work is cited in this manuscript.') : t('{0} works are cited in this manuscript.', cited);
  const kinds = problemsByKind(problems.map(({ problem }) => problem)).map(kind => `- ${kind}`);
  return new vscode.MarkdownString(
    [
      works,
      kinds.length > 0 ? kinds.join('\n') : t('No problems were found.'),
      // Escaped here: `appendText` makes every blank one at which no line breaks.
      unknown.length > 0 ? t('Unknown: {0}', escapeMarkdown(firstOf(unknown))) : '',
      reloaded && escapeMarkdown(`${reloaded}.`),
      t('Click for more.'),
    ].join('\n\n'),
  );
}
