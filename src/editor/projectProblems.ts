import * as vscode from 'vscode';
import { checkNocite } from '../core/checks/checks.ts';
import type { Problem } from '../core/checks/problem.ts';
import type { BibliographyProblems } from './bibliographyProblems.ts';
import { FileCache } from './files.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';
import { isManuscript } from './manuscripts.ts';
import { maySayNocite } from './projectFiles.ts';
import type { StyleChoices } from './styleChoice.ts';

/** Larger project files (bytes) are not read. */
const largest = 2_000_000;

/** What is wrong in a project file: bibliographies that can't be read, a style that nobody knows, and keys of `nocite:` that stand for no work. */
export class ProjectProblems {
  readonly #known: KnownKeys;
  readonly #unread: BibliographyProblems;
  readonly #styles: StyleChoices;
  readonly #texts = new FileCache(async text => text, largest);

  constructor(known: KnownKeys, unread: BibliographyProblems, styles: StyleChoices) {
    this.#known = known;
    this.#unread = unread;
    this.#styles = styles;
  }

  /** In the order in which they stand. */
  async of(project: vscode.Uri): Promise<readonly Problem[]> {
    const { csl } = await this.#known.metadataOfProject(project);
    const style = csl && (await this.#styles.problemOf({ ...csl, in: project }, project));
    const problems = [...(await this.#unread.ofProject(project)), ...(style ? [style] : []), ...(await this.#ofNocite(project))];
    return problems.sort((a, b) => a.start - b.start);
  }

  async #ofNocite(project: vscode.Uri): Promise<readonly Problem[]> {
    const { nocite = [] } = maySayNocite(project) ? await this.#known.metadataOfProject(project) : {};
    const text = nocite.length > 0 ? await this.#texts.of(project) : undefined;
    return text === undefined ? [] : checkNocite(text, nocite, await this.#known.ofProject(project, await this.#below(project)));
  }

  /** The open manuscripts to which the file gives its metadata. */
  async #below(project: vscode.Uri): Promise<readonly KnownOfDocument[]> {
    const open = await Promise.all(vscode.workspace.textDocuments.filter(isManuscript).map(each => this.#known.of(each)));
    return open.filter(({ projectFiles }) => projectFiles.some(uri => uri.toString() === project.toString()));
  }
}
