import * as vscode from 'vscode';
import { readDataset } from '../core/dataset.ts';
import { Library } from '../core/library.ts';
import { setContext } from '../manifest.ts';
import { inSlices, Lazy, type OnceTeller } from './edges.ts';

/** What can be cited where the writer is. Never rejects. */
export interface LibraryAtHand {
  get(): Promise<Library>;
}

/** A library that changes. */
export interface ChangingLibrary extends LibraryAtHand {
  readonly onDidChange: vscode.Event<void>;
}

/** The bundled studies, read at first need and kept. */
export class LibrarySource implements LibraryAtHand {
  readonly #library: Lazy<Library>;
  #problems: readonly string[] = [];

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, teller: OnceTeller) {
    const file = vscode.Uri.joinPath(extensionUri, 'dist', 'studies.json');
    this.#library = new Lazy(async () => {
      const { edition, studies, vocabulary, problems } = readDataset(await readText(file));
      this.#problems = problems;
      problems.forEach(problem => log.error(`dist/studies.json: ${problem}`));
      if (problems.length > 0) {
        teller.warn(damageMessage(problems, studies.length));
      }
      setContext('hasNoStudies', studies.length === 0);
      log.info(`Read ${studies.length} studies.`);
      // With its index, which the first query would else make in one stretch.
      return inSlices(Library.build({ edition, studies, vocabulary }));
    });
  }

  /** Never rejects: without its file the library is empty, and the writer has been told. */
  get(): Promise<Library> {
    return this.#library.get();
  }

  /** What of the file could not be read, one plain sentence each; known once the library is. */
  get problems(): readonly string[] {
    return this.#problems;
  }
}

/** A missing file reads as an empty one, whose damage is then told in the same words. */
async function readText(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}

function damageMessage(problems: readonly string[], count: number): string {
  const [first = ''] = problems;
  const more = problems.length > 1 ? vscode.l10n.t(' ({0} faults in all; the log names each)', problems.length) : '';
  return vscode.l10n.t(
    'Ketamine Citations: dist/studies.json: {0}{1} {2} studies were read. Reinstall the extension to mend it.',
    first,
    more,
    count,
  );
}
