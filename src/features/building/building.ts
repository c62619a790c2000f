import * as vscode from 'vscode';
import { isTarget, type Target } from '../../core/build/target.ts';
import { atTheEdge, Stopped } from '../../editor/edges.ts';
import { nameOf } from '../../editor/files.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Readings } from '../../editor/readings.ts';
import { registerCommand } from '../../manifest.ts';
import { Builder, type Built } from './builder.ts';
import { chooseTarget, tellMissing, toolNames } from './choose.ts';
import { foundTools, refusal, type Found } from './host.ts';
import { outputOf, Outputs } from './outputs.ts';
import type { Styles } from './prepare.ts';
import { showOutput } from './runTool.ts';

const { t } = vscode.l10n;

/** What building works with. */
export interface BuildNeeds extends Styles {
  readonly inFront: InFront;
  readonly readings: Readings;
  readonly known: KnownKeys;
  readonly log: vscode.LogOutputChannel;
}

/** *Build Manuscript…*: Word, PDF or HTML by an installed Pandoc or Quarto, whose warnings stand in the manuscript. */
export function registerBuilding(needs: BuildNeeds, storage: vscode.Uri, state: vscode.Memento): vscode.Disposable {
  const outputs = new Outputs(state);
  const builder = new Builder(needs, outputs, storage);
  const build = async (given: unknown, isAgain: boolean): Promise<void> => {
    const document = manuscriptToBuild(needs.inFront);
    const found = document && (await foundTools(document));
    const target = found && (await targetOf(document, found, isTarget(given) ? given : isAgain ? outputs.last(document) : undefined, outputs));
    const command = found?.find(({ tool }) => tool === target?.tool)?.command;
    if (!document || !target || command === undefined) {
      return;
    }
    await outputs.choose(document, target);
    const built = await inProgress(builder, document, target, command);
    if (built) {
      void tell(built, target);
    }
  };
  return vscode.Disposable.from(
    builder,
    registerCommand('buildManuscript', atTheEdge(needs.log, given => build(given, false))),
    registerCommand('buildAgain', atTheEdge(needs.log, () => build(undefined, true))),
    registerCommand('stopBuild', atTheEdge(needs.log, async () => {
      if (!builder.stop()) {
        void vscode.window.showInformationMessage(t('Nothing is being built.'));
      }
    })),
  );
}

/** The manuscript in front, where it can be built. @throws Error in plain words where it can't */
function manuscriptToBuild({ document }: InFront): vscode.TextDocument | undefined {
  if (!document) {
    void vscode.window.showInformationMessage(t('There is no manuscript to build. Open a Markdown, Quarto or R Markdown file.'));
    return undefined;
  }
  const why = refusal(document);
  if (why !== undefined) {
    throw new Error(why);
  }
  return document;
}

/** What is asked for, or what the writer chooses; nothing on Escape, or where the tool is not there, which is told. */
async function targetOf(document: vscode.TextDocument, found: readonly Found[], asked: Target | undefined, outputs: Outputs): Promise<Target | undefined> {
  if (found.length === 0 || (asked && !found.some(({ tool }) => tool === asked.tool))) {
    void tellMissing(asked?.tool ?? 'pandoc');
    return undefined;
  }
  return asked ?? chooseTarget(document, found, outputs.last(document));
}

async function inProgress(builder: Builder, document: vscode.TextDocument, target: Target, command: string): Promise<Built | undefined> {
  const title = t('Building {0} with {1}…', nameOf(outputOf(document, target.format)), toolNames[target.tool]);
  try {
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title }, (_, token) =>
      builder.build(document, target, command, token),
    );
  } catch (error) {
    if (error instanceof Stopped) {
      vscode.window.setStatusBarMessage(`$(circle-slash) ${t('The build was stopped; no file was changed.')}`, timeToSee);
      return undefined;
    }
    throw error;
  }
}

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4000;

async function tell(built: Built, { tool }: Target): Promise<void> {
  const [open, reveal, problems, output] = [t('Open'), revealWords(built.file), t('Show Problems'), t('Show Output')];
  const { file, name, failure, warnings } = built;
  if (failure !== undefined) {
    showOutput(built.terminal);
    const words = t('{0} was not built: {1}.', name, failure);
    const chosen = await vscode.window.showErrorMessage(words, ...(warnings > 0 ? [problems, output] : [output]));
    await follow(chosen, { [problems]: showProblems, [output]: async () => showOutput(built.terminal) });
    return;
  }
  const said = warnings === 0 ? '' : warnings === 1 ? t('{0} has 1 warning.', toolNames[tool]) : t('{0} has {1} warnings.', toolNames[tool], warnings);
  const done = file ? t('{0} is built.', name) : t('{0} has built the manuscript; the project says where it is put.', toolNames[tool]);
  const buttons = [...(file ? [open, reveal] : []), ...(warnings > 0 ? [problems] : [])];
  const chosen = await vscode.window.showInformationMessage([done, said].filter(Boolean).join(' '), ...buttons);
  await follow(chosen, {
    [open]: async () => void (file && (await vscode.env.openExternal(file))),
    [reveal]: async () => void (file && (await vscode.commands.executeCommand(revealCommand(file), file))),
    [problems]: showProblems,
  });
}

async function follow(chosen: string | undefined, actions: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  await actions[chosen ?? '']?.();
}

async function showProblems(): Promise<void> {
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** The system's own file manager shows files of this machine only. */
function revealCommand(file: vscode.Uri): string {
  return file.scheme === 'file' && vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop ? 'revealFileInOS' : 'revealInExplorer';
}

function revealWords(file: vscode.Uri | undefined): string {
  return file && revealCommand(file) === 'revealFileInOS' ? t('Show in Folder') : t('Show in Explorer');
}
