import * as vscode from 'vscode';
import { BibliographyFiles } from './editor/bibliographyFiles.ts';
import { OnceTeller } from './editor/edges.ts';
import { InFront } from './editor/inFront.ts';
import { Inserter } from './editor/inserter.ts';
import { KnownKeys } from './editor/known.ts';
import { LibrarySource } from './editor/library.ts';
import { Manuscripts } from './editor/manuscripts.ts';
import { Problems } from './editor/problems.ts';
import { Readings } from './editor/readings.ts';
import { References } from './editor/references.ts';
import { WorkspaceManuscripts } from './editor/workspaceManuscripts.ts';
import { registerCodeActions } from './features/codeActions/codeActions.ts';
import { registerCompletion } from './features/completion/completion.ts';
import { registerDefinition } from './features/definition.ts';
import { registerDiagnostics } from './features/diagnostics.ts';
import { registerDocumentLinks } from './features/documentLinks.ts';
import { registerHighlight } from './features/highlight.ts';
import { registerHover } from './features/hover/hover.ts';
import { registerInlayHints } from './features/inlayHints.ts';
import { registerReferences } from './features/references.ts';
import { registerReferencesView } from './features/referencesView/referencesView.ts';
import { registerRename } from './features/rename.ts';
import { registerSearch } from './features/search.ts';
import { registerSettings } from './features/settings.ts';
import { registerStatus } from './features/status/status.ts';
import { registerStudyActions } from './features/studyActions.ts';
import { registerStudyCard } from './features/studyCard.ts';
import { registerStudyTree } from './features/studyTree/studyTree.ts';

export function activate(context: vscode.ExtensionContext): void {
  const editor = services(context);
  context.subscriptions.push(...Object.values(editor).filter(each => 'dispose' in each), ...features(context, editor));
}

type Services = ReturnType<typeof services>;

/** What the features work with; nothing here reads or listens to more than it must before it is asked. */
function services({ extensionUri, workspaceState }: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Ketamine Citations', { log: true });
  const teller = new OnceTeller();
  const library = new LibrarySource(extensionUri, log, teller);
  const references = new References(extensionUri, log, teller);
  const manuscripts = new Manuscripts();
  const inFront = new InFront(manuscripts);
  const inserter = new Inserter(references, manuscripts);
  const readings = new Readings();
  const known = new KnownKeys(library, readings);
  const files = new BibliographyFiles();
  const workspace = new WorkspaceManuscripts(readings, known);
  const problems = new Problems(readings, known, workspaceState);
  return { log, teller, library, references, manuscripts, inFront, inserter, readings, known, files, workspace, problems };
}

/** The table of contents: each feature, and what it needs. */
function features(
  { extensionUri, globalState }: vscode.ExtensionContext,
  { log, teller, library, references, manuscripts, inFront, inserter, readings, known, files, workspace, problems }: Services,
): vscode.Disposable[] {
  return [
    registerCompletion(library, references, log),
    registerSearch(library, inserter, manuscripts, log),
    registerStudyActions(library, inserter, log),
    registerStudyCard(library),
    registerStudyTree(library, inserter, globalState, log),
    registerDiagnostics(problems, known, extensionUri, log),
    registerCodeActions(readings, known, problems, references, log),
    registerHover(readings, known, files, log),
    registerDefinition(readings, known, files, log),
    registerReferences(readings, known, workspace, files, log),
    registerRename(readings, known, workspace, files),
    registerHighlight(readings, known, log),
    registerDocumentLinks(readings, log),
    registerInlayHints(readings, known, log),
    registerReferencesView(inFront, readings, known, references, globalState, log),
    registerStatus({ inFront, readings, known, problems, library, references, log }),
    registerSettings(teller),
  ];
}
