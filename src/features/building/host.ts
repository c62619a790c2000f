import * as vscode from 'vscode';
import { programPaths } from '../../core/build/findTool.ts';
import { tools, type Tool } from '../../core/build/target.ts';
import { settingsFor } from '../../manifest.ts';

const { t } = vscode.l10n;

interface NodeProcess {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly versions?: { readonly node?: string };
  readonly platform?: string;
}

/** The process that we run in; a browser has none. */
function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { readonly process?: NodeProcess };
  return process?.versions?.node === undefined ? undefined : process;
}

/** Whether what we run on is the machine on which tasks are run. */
function isWhereTasksRun(uri: vscode.Uri): boolean {
  return uri.scheme === 'file';
}

/** Why no program can be run for a manuscript, with what to do; nothing where one can. */
export function refusal({ uri }: vscode.TextDocument): string | undefined {
  if (uri.scheme === 'untitled') {
    return t('The manuscript has no file yet. Save it first: what is built is put beside it.');
  }
  if (uri.scheme === 'vscode-notebook-cell') {
    return t('A notebook is not built from here. Pandoc and Quarto build its .ipynb file in a terminal.');
  }
  if (!nodeProcess()) {
    return t('In the browser no program can be run, and so nothing be built. Open the folder in VS Code on the desktop, or on a remote machine that has Pandoc.');
  }
  if (uri.scheme !== 'file' && uri.scheme !== 'vscode-remote') {
    return t('The manuscript is in a virtual folder ({0}), where Pandoc can’t read it. Save a copy on a disk and build that.', uri.scheme);
  }
  return vscode.workspace.isTrusted ? undefined : t('In a folder that you do not trust no program is run. Trust it, and build again.');
}

/** A tool that is there, or may be, on another machine that we can't look at. */
export interface Found {
  readonly tool: Tool;
  /** What to run. */
  readonly command: string;
}

/** The tools that there are for a manuscript, by the settings' paths or the system's. */
export async function foundTools({ uri }: vscode.TextDocument): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const tool of tools) {
    const setting = settingsFor(uri);
    const named = (tool === 'pandoc' ? setting('build.pandoc') : setting('build.quarto')).trim() || tool;
    const command = isWhereTasksRun(uri) ? await programAt(named) : named;
    if (command !== undefined) {
      found.push({ tool, command });
    }
  }
  return found;
}

async function programAt(named: string): Promise<string | undefined> {
  const process = nodeProcess();
  const environment = { path: process?.env?.['PATH'] ?? process?.env?.['Path'] ?? '', endings: process?.env?.['PATHEXT'] };
  for (const path of programPaths(named, environment, process?.platform === 'win32')) {
    try {
      const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(path));
      if ((type & vscode.FileType.Directory) === 0) {
        return path;
      }
    } catch {
      // The next one may exist.
    }
  }
  return undefined;
}

/** A file's path on the machine that it is on. */
export function pathOn(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.path.replace(/^\/(?=[a-z]:\/)/i, '');
}
