import * as vscode from 'vscode';
import type { NearPath } from '../core/bibliography/nearPaths.ts';
import type { Fix, Problem } from '../core/checks/problem.ts';
import { yamlScalar } from '../core/yamlScalar.ts';
import type { Bibliographies, Loaded } from './bibliographies.ts';
import type { BibliographySource, BibliographySources } from './bibliographySources.ts';
import { NearBibliographies } from './nearBibliographies.ts';

type Named = NonNullable<BibliographySource['named']>;

/** Tells of bibliographies that can't be read, at the place where a manuscript or a project file names them. */
export class BibliographyProblems implements vscode.Disposable {
  readonly #sources: BibliographySources;
  readonly #bibliographies: Bibliographies;
  readonly #near: NearBibliographies;

  constructor(sources: BibliographySources, bibliographies: Bibliographies) {
    this.#sources = sources;
    this.#bibliographies = bibliographies;
    this.#near = new NearBibliographies(sources);
  }

  /** Those that one file names; `files` is how far the reading of each source is. */
  async of(
    naming: vscode.Uri,
    sources: readonly BibliographySource[],
    files: readonly Loaded[],
  ): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    for (const [index, { named, uri }] of sources.entries()) {
      const file = files[index];
      if (named && named.in.toString() === naming.toString() && file?.failure !== undefined) {
        problems.push(await this.#problem(named, uri, file.failure, file.isMissing === true));
      }
    }
    return problems.sort((a, b) => a.start - b.start);
  }

  /** Those that a project file names. */
  async ofProject(project: vscode.Uri): Promise<readonly Problem[]> {
    const sources = await this.#sources.ofProject(project);
    return this.of(project, sources, sources.map(({ uri }) => this.#bibliographies.of(uri)));
  }

  async #problem(named: Named, uri: vscode.Uri, failure: string, isMissing: boolean): Promise<Problem> {
    const { start, end, path } = named;
    const near = isMissing ? await this.#near.of(uri, path, named.in) : [];
    const fixes = near.map(each => replacing(named, each));
    const message = unreadMessage(path, failure);
    return { code: 'bibliography', start, end, message, fixes, ...(isMissing && { missing: uri.toString() }) };
  }

  dispose(): void {
    this.#near.dispose();
  }
}

function replacing({ start, end }: Named, { path, isClear }: NearPath): Fix {
  return { title: `Replace by ${path}`, edits: [{ start, end, text: yamlScalar(path) }], isPreferred: isClear };
}

function unreadMessage(path: string, failure: string): string {
  return `${path} can’t be read: ${failure} Until it can, citekeys that are nowhere else are not checked.`;
}
