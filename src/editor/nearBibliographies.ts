import * as vscode from 'vscode';
import { nearPaths, relativePath, type NearPath } from '../core/bibliography/nearPaths.ts';
import { besides, type BibliographySources } from './bibliographySources.ts';

/** Of so many files of the workspace, and of a folder, names are compared. */
const mostFiles = 1000;

/** Who asks waits so long (ms) at most: what takes longer is there when the lightbulb is asked again. */
const patience = 300;

// Endings that hardly any other file has.
const own = /\.(?:bib|bibtex|biblatex|ris|nbib)$/i;
const any = /\.(?:bib|bibtex|biblatex|ris|nbib|json|ya?ml|xml)$/i;

interface Looked {
  readonly running: Promise<readonly NearPath[]>;
  found?: readonly NearPath[];
}

/** Finds what a writer may have meant by a bibliography that there is not: a typo, another case, another folder. */
export class NearBibliographies implements vscode.Disposable {
  readonly #looked = new Map<string, Looked>();
  readonly #listener: vscode.Disposable;

  constructor(sources: BibliographySources) {
    this.#listener = sources.onDidChange(() => this.#looked.clear());
  }

  /** At most three, nearest first; none yet where finding them takes long. `written` is how `naming` names the missing file. */
  async of(missing: vscode.Uri, written: string, naming: vscode.Uri): Promise<readonly NearPath[]> {
    const key = [missing, written, naming].join('\n');
    const looked = this.#looked.get(key) ?? this.#look(key, near(missing, written, naming));
    if (looked.found) {
      return looked.found;
    }
    await Promise.race([looked.running, new Promise(resolve => setTimeout(resolve, patience))]);
    return looked.found ?? [];
  }

  #look(key: string, looking: Promise<readonly NearPath[]>): Looked {
    const looked: Looked = { running: looking.catch(() => []) };
    this.#looked.set(key, looked);
    void looked.running.then(found => (looked.found = found));
    return looked;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

async function near(missing: vscode.Uri, written: string, naming: vscode.Uri): Promise<readonly NearPath[]> {
  const files = (await Promise.all([beside(missing), inWorkspace(missing)])).flat();
  const folder = missing.path.slice(0, missing.path.lastIndexOf('/') + 1);
  const writtenFolder = /^(?:.*[\\/])?/s.exec(written)![0];
  const from = besides(naming, 'x').path.slice(0, -1);
  return nearPaths(missing.path, files, file => {
    const isBeside = file.slice(0, file.lastIndexOf('/') + 1) === folder;
    return isBeside ? `${writtenFolder}${file.slice(folder.length)}` : relativePath(from, file);
  });
}

/** The files in the folder where it should be; none where there is no such folder. */
async function beside(missing: vscode.Uri): Promise<readonly string[]> {
  const folder = vscode.Uri.joinPath(missing, '..');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .slice(0, mostFiles)
      .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && any.test(name))
      .map(([name]) => vscode.Uri.joinPath(folder, name).path);
  } catch {
    return [];
  }
}

/** Files of the workspace that a bibliography's name may have meant; of endings that anything has, only those of its own name. */
async function inWorkspace(missing: vscode.Uri): Promise<readonly string[]> {
  const name = missing.path.slice(missing.path.lastIndexOf('/') + 1);
  const pattern = own.test(name) ? '**/*.{bib,bibtex,biblatex,ris,nbib}' : `**/${name.replace(/[[\]{}*?]/g, '?')}`;
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', mostFiles);
  const isReachable = ({ scheme, authority }: vscode.Uri): boolean =>
    authority === missing.authority && (scheme === missing.scheme || missing.scheme === 'vscode-notebook-cell');
  return found.filter(isReachable).map(({ path }) => path);
}
