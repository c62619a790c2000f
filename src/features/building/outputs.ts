import * as vscode from 'vscode';
import { isAsBuilt, withBuilt, type Built } from '../../core/build/built.ts';
import { isTarget, outputName, type Format, type Target } from '../../core/build/target.ts';
import { nameOf } from '../../editor/files.ts';

const { t } = vscode.l10n;

/** The file that is built of a manuscript, beside it. */
export function outputOf({ uri }: vscode.TextDocument, format: Format): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..', outputName(nameOf(uri), format));
}

/** Remembers which files are ours to replace, and what was chosen last for each manuscript. */
export class Outputs {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Whether the file may be written: there is none, it is as we built it, or the writer says so. */
  async mayWrite(file: vscode.Uri): Promise<boolean> {
    const stamp = await stampOf(file);
    if (stamp === undefined || isAsBuilt(this.#built(), file.toString(), stamp)) {
      return true;
    }
    const name = nameOf(file);
    const replace = { label: `$(replace) ${t('Replace {0}', name)}` };
    const leave = { label: `$(circle-slash) ${t('Leave {0} as it is', name)}` };
    const title = t('{0} is there already', name);
    const placeHolder = t('It was not built from here, or was changed since');
    return (await vscode.window.showQuickPick([leave, replace], { title, placeHolder })) === replace;
  }

  /** Whether a build has written the file: it is another than before. If so, it is ours from now on. */
  async note(file: vscode.Uri, before: string | undefined): Promise<boolean> {
    const stamp = await stampOf(file);
    if (stamp === undefined || stamp === before) {
      return false;
    }
    await this.#state.update('built', withBuilt(this.#built(), file.toString(), stamp));
    return true;
  }

  last({ uri }: vscode.TextDocument): Target | undefined {
    const last = this.#state.get<Readonly<Record<string, unknown>>>('buildTargets', {})[uri.toString()] ?? this.#state.get<unknown>('buildTarget');
    return isTarget(last) ? last : undefined;
  }

  async choose({ uri }: vscode.TextDocument, target: Target): Promise<void> {
    const others = Object.entries(this.#state.get<Readonly<Record<string, unknown>>>('buildTargets', {})).filter(([each]) => each !== uri.toString());
    await this.#state.update('buildTargets', Object.fromEntries([...others.slice(-99), [uri.toString(), target]]));
    await this.#state.update('buildTarget', target);
  }

  #built(): Built {
    return this.#state.get<Built>('built', {});
  }
}

/** By which a file can be told to be the same still; nothing where there is none. */
export async function stampOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(file);
    return `${mtime} ${size}`;
  } catch {
    return undefined;
  }
}
