import * as vscode from 'vscode';
import { pandocFailure } from '../../core/build/failure.ts';
import { readPandocLog, readQuartoLog, type ToolMessage } from '../../core/build/log.ts';
import { placed } from '../../core/build/places.ts';
import type { Target } from '../../core/build/target.ts';
import { pandocArguments, quartoArguments } from '../../core/build/toolArguments.ts';
import { nameOf } from '../../editor/files.ts';
import { isTooLong } from '../../editor/readings.ts';
import type { BuildNeeds } from './building.ts';
import { toolNames } from './choose.ts';
import { pathOn } from './host.ts';
import { outputOf, stampOf, type Outputs } from './outputs.ts';
import { knownOnceRead, prepare, type Manuscript } from './prepare.ts';
import { runTool } from './runTool.ts';
import { WorkFolder } from './workFolder.ts';

const { t } = vscode.l10n;

/** How a build ended. */
export interface Built {
  /** The built file's name. */
  readonly name: string;
  /** The file, if it is where we look for it. */
  readonly file?: vscode.Uri;
  /** Why there is none: a part of a sentence. */
  readonly failure?: string;
  readonly warnings: number;
  /** The name of the terminal that shows what the tool wrote. */
  readonly terminal: string;
}

/** Builds manuscripts, one at a time, and shows what the tools said of each until it is built again or closed. */
export class Builder implements vscode.Disposable {
  readonly #needs: BuildNeeds;
  readonly #outputs: Outputs;
  readonly #storage: vscode.Uri;
  readonly #collection = vscode.languages.createDiagnosticCollection('ketamineCitations.build');
  readonly #listener: vscode.Disposable;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(needs: BuildNeeds, outputs: Outputs, storage: vscode.Uri) {
    this.#needs = needs;
    this.#outputs = outputs;
    this.#storage = storage;
    this.#listener = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri));
  }

  /**
   * Nothing where the writer does not want a file replaced. Rejects with `Stopped` where the build is called off.
   * @throws Error in plain words where nothing can be built
   */
  async build(document: vscode.TextDocument, target: Target, command: string, token: vscode.CancellationToken): Promise<Built | undefined> {
    if (this.#running) {
      throw new Error(t('another manuscript is being built. Wait for its end, or stop it.'));
    }
    const stopping = new vscode.CancellationTokenSource();
    this.#running = stopping;
    const listener = token.onCancellationRequested(() => stopping.cancel());
    const folder = new WorkFolder(this.#storage, document.uri);
    try {
      const mayGoOn = await this.#isReady(document, target);
      return mayGoOn ? await this.#run(document, target, command, folder, stopping.token) : undefined;
    } finally {
      this.#running = undefined;
      listener.dispose();
      stopping.dispose();
      await folder.remove().catch(() => undefined);
    }
  }

  /** Calls off the build that runs; false where none does. */
  stop(): boolean {
    this.#running?.cancel();
    return this.#running !== undefined;
  }

  async #isReady(document: vscode.TextDocument, { format }: Target): Promise<boolean> {
    if (isTooLong(document)) {
      throw new Error(t('{0} is longer than is read, so what it cites can’t be handed on. Split it, or build it in a terminal.', nameOf(document.uri)));
    }
    if (document.isDirty && !(await document.save())) {
      throw new Error(t('{0} could not be saved, and what is built is what is saved.', nameOf(document.uri)));
    }
    return this.#outputs.mayWrite(outputOf(document, format));
  }

  async #run(document: vscode.TextDocument, target: Target, command: string, folder: WorkFolder, token: vscode.CancellationToken): Promise<Built> {
    const manuscript = await this.#read(document, token);
    const output = outputOf(document, target.format);
    await folder.make();
    const job = await prepare(manuscript, target, output, folder, this.#needs);
    const given = target.tool === 'pandoc' ? pandocArguments(job) : quartoArguments(job);
    const before = await stampOf(output);
    const terminal = t('Build {0}', job.output);
    const cwd = pathOn(vscode.Uri.joinPath(document.uri, '..'));
    const scope = vscode.workspace.getWorkspaceFolder(document.uri);
    const code = await runTool({ command, arguments: given, cwd, name: terminal, scope }, token);
    const log = await folder.read('log.json');
    const messages = target.tool === 'pandoc' ? readPandocLog(log, job.input) : readQuartoLog(log);
    this.#show(manuscript, messages, target);
    const failure = code === 0 ? undefined : failureOf(code, target, command);
    const isThere = failure === undefined && (await this.#outputs.note(output, before));
    return { name: job.output, terminal, warnings: messages.length, ...(isThere && { file: output }), ...(failure !== undefined && { failure }) };
  }

  async #read(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<Manuscript> {
    const known = await knownOnceRead(this.#needs.known, document, token);
    const reading = await this.#needs.readings.of(document);
    if (!reading) {
      throw new Error(t('{0} was closed before it was built.', nameOf(document.uri)));
    }
    return { document, reading, known };
  }

  #show({ document, reading, known }: Manuscript, messages: readonly ToolMessage[], { tool }: Target): void {
    const ofOwn = known.metadataIn === document ? known.metadata : {};
    const diagnostics = placed(messages, reading, ofOwn).map(({ severity, message, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
      const made = new vscode.Diagnostic(range, message, severity === 'error' ? error : warning);
      made.source = toolNames[tool];
      return made;
    });
    this.#collection.set(document.uri, diagnostics);
  }

  dispose(): void {
    this.#running?.cancel();
    this.#listener.dispose();
    this.#collection.dispose();
  }
}

function failureOf(code: number | undefined, { tool }: Target, command: string): string {
  if (code === undefined) {
    return t('{0} could not be run, or was ended from outside; it was looked for at {1}', toolNames[tool], command);
  }
  const why = tool === 'pandoc' ? pandocFailure(code) : undefined;
  return why === undefined ? t('{0} ended with code {1}; its words stand in the terminal', toolNames[tool], code) : `${why} (${toolNames[tool]} ${code})`;
}
