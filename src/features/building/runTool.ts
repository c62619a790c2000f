import * as vscode from 'vscode';
import { Stopped } from '../../editor/edges.ts';

/** A program to run, in a terminal of its own that stays hidden. */
export interface ToolRun {
  readonly command: string;
  readonly arguments: readonly string[];
  /** The path of the folder to run in. */
  readonly cwd: string;
  /** The terminal's name. */
  readonly name: string;
  readonly scope: vscode.WorkspaceFolder | undefined;
}

/** VS Code tells the exit code before it tells that a task has ended; where it tells only the latter, there is none. So long (ms) we wait for it. */
const patience = 1000;

let count = 0;

/**
 * Runs a program to its end; answers its exit code, nothing where it did not start or was ended from outside.
 * Rejects with `Stopped` once the token asked for it and the program has ended.
 */
export async function runTool(run: ToolRun, token: vscode.CancellationToken): Promise<number | undefined> {
  count += 1;
  const id = `${Date.now()}-${count}`;
  const ended = endOf(id);
  try {
    const execution = await vscode.tasks.executeTask(taskOf(run, id));
    const stop = (): void => execution.terminate();
    const listener = token.onCancellationRequested(stop);
    if (token.isCancellationRequested) {
      stop();
    }
    const code = await ended.code;
    listener.dispose();
    if (token.isCancellationRequested) {
      throw new Stopped();
    }
    return code;
  } finally {
    ended.dispose();
  }
}

function taskOf({ command, arguments: given, cwd, name, scope }: ToolRun, id: string): vscode.Task {
  const execution = new vscode.ProcessExecution(command, [...given], { cwd });
  const task = new vscode.Task({ type: 'ketamineCitations', id }, scope ?? vscode.TaskScope.Workspace, name, 'Ketamine Citations', execution, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Never, panel: vscode.TaskPanelKind.Dedicated, clear: true, focus: false, showReuseMessage: false };
  return task;
}

function endOf(id: string): { readonly code: Promise<number | undefined>; dispose(): void } {
  const listeners: vscode.Disposable[] = [];
  const isOurs = ({ execution }: vscode.TaskEndEvent): boolean => execution.task.definition['id'] === id;
  const code = new Promise<number | undefined>(resolve => {
    listeners.push(
      vscode.tasks.onDidEndTaskProcess(event => isOurs(event) && resolve(event.exitCode)),
      vscode.tasks.onDidEndTask(event => isOurs(event) && setTimeout(() => resolve(undefined), patience)),
    );
  });
  return { code, dispose: () => listeners.forEach(each => each.dispose()) };
}

/** Shows what a program wrote, if its terminal is still there. */
export function showOutput(name: string): void {
  vscode.window.terminals.findLast(terminal => terminal.name === name || terminal.name.endsWith(` ${name}`))?.show(true);
}
