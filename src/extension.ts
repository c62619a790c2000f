import * as vscode from 'vscode';
import { Background } from './editor/background.ts';
import { BibliographyFiles } from './editor/bibliographyFiles.ts';
import { BibliographyProblems } from './editor/bibliographyProblems.ts';
import { Bibliographies } from './editor/bibliographies.ts';
import { BibliographySources } from './editor/bibliographySources.ts';
import { OnceTeller } from './editor/edges.ts';
import { InFront } from './editor/inFront.ts';
import { Inserter } from './editor/inserter.ts';
import { KnownKeys } from './editor/known.ts';
import { Libraries } from './editor/libraries.ts';
import { LibrarySource } from './editor/library.ts';
import { Manuscripts } from './editor/manuscripts.ts';
import { ManuscriptPrinter } from './editor/printer.ts';
import { PrintingThread } from './editor/printingThread.ts';
import { Problems } from './editor/problems.ts';
import { ProjectProblems } from './editor/projectProblems.ts';
import { QuoteBank } from './editor/quoteBank.ts';
import { Readings } from './editor/readings.ts';
import { References } from './editor/references.ts';
import { StyleChoices } from './editor/styleChoice.ts';
import { StyleFiles } from './editor/styleFiles.ts';
import { WorkspaceManuscripts } from './editor/workspaceManuscripts.ts';
import { registerBibliographyDiagnostics } from './features/bibliographyDiagnostics.ts';
import { registerBibliographyPaths } from './features/bibliographyPaths.ts';
import { registerBuilding } from './features/building/building.ts';
import { registerCodeActions } from './features/codeActions/codeActions.ts';
import { registerCompletion } from './features/completion/completion.ts';
import { registerDefinition } from './features/definition.ts';
import { registerDiagnostics } from './features/diagnostics.ts';
import { registerDocumentLinks } from './features/documentLinks.ts';
import { registerEvidenceTable } from './features/evidenceTable/evidenceTable.ts';
import { registerHighlight } from './features/highlight.ts';
import { registerHover } from './features/hover/hover.ts';
import { registerDatasetExport } from './features/exporting/exportDataset.ts';
import { registerExporting } from './features/exporting/exporting.ts';
import { registerImporting } from './features/importing/importing.ts';
import { registerInlayHints } from './features/inlayHints.ts';
import { registerLibraryView } from './features/libraryView/libraryView.ts';
import { Preview } from './features/preview/preview.ts';
import { registerProjectDiagnostics } from './features/projectDiagnostics.ts';
import { registerReferences } from './features/references.ts';
import { registerRendering } from './features/rendering/rendering.ts';
import { registerReferencesView } from './features/referencesView/referencesView.ts';
import { registerRename } from './features/rename.ts';
import { registerSaveQuote } from './features/saveQuote/saveQuote.ts';
import { registerSearch } from './features/search.ts';
import { registerSettings } from './features/settings.ts';
import { registerStatus } from './features/status/status.ts';
import { registerStudyActions } from './features/studyActions.ts';
import { registerStudyCard } from './features/studyCard.ts';
import { registerStyles } from './features/styles/chooseStyle.ts';
import { registerStudyTree } from './features/studyTree/studyTree.ts';
import { registerZotero } from './features/zotero/zotero.ts';

/** What VS Code's Markdown extension asks us for, once it needs it. */
export interface Exports {
  readonly extendMarkdownIt: Preview['extendMarkdownIt'];
}

export function activate(context: vscode.ExtensionContext): Exports {
  const editor = services(context);
  const { readings, known, references, log } = editor;
  const preview = new Preview(readings, known, references, log);
  context.subscriptions.push(...Object.values(editor).filter(each => 'dispose' in each), ...features(context, editor), preview);
  return { extendMarkdownIt: preview.extendMarkdownIt };
}

type Services = ReturnType<typeof services>;

/** What the features work with; nothing here reads or listens to more than it must before it is asked. */
function services({ extensionUri, globalStorageUri, workspaceState }: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Ketamine Citations', { log: true });
  const teller = new OnceTeller();
  const library = new LibrarySource(extensionUri, log, teller);
  const background = new Background(extensionUri, log);
  const manuscripts = new Manuscripts();
  const readings = new Readings();
  const inFront = new InFront(manuscripts, readings);
  const sources = new BibliographySources();
  const bibliographies = new Bibliographies(globalStorageUri, background, log);
  const quotes = new QuoteBank(globalStorageUri, log);
  const libraries = new Libraries(library, bibliographies, quotes, background);
  const known = new KnownKeys(libraries, sources, readings);
  const styleFiles = new StyleFiles(extensionUri);
  const styles = new StyleChoices(known, styleFiles);
  const printing = new PrintingThread(extensionUri, log);
  const references = new References(styleFiles, styles, printing, log, teller);
  const printer = new ManuscriptPrinter(references);
  const inserter = new Inserter(references, manuscripts, readings);
  /** What can be cited in the manuscript in front. */
  const atHand = { get: () => known.libraryFor(manuscripts.inFront()) };
  /** The bundled studies with the writer's quotes. */
  const shelf = { get: async () => (await libraries.of([])).library, onDidChange: libraries.onDidChange };
  const files = new BibliographyFiles();
  const workspace = new WorkspaceManuscripts(readings, known);
  const unread = new BibliographyProblems(sources, bibliographies);
  const problems = new Problems(readings, known, unread, styles, workspaceState);
  const projectProblems = new ProjectProblems(known, unread, styles);
  return {
    log, teller, library, shelf, atHand, references, styles, styleFiles, manuscripts, inFront, inserter, readings, sources, bibliographies, libraries, known, files,
    workspace, unread, problems, projectProblems, quotes, printer, printing,
  };
}

/** The table of contents: each feature, and what it needs. */
function features(
  { extensionUri, globalState, globalStorageUri, workspaceState }: vscode.ExtensionContext,
  services: Services,
): vscode.Disposable[] {
  const { log, teller, library, shelf, atHand, references, manuscripts, inFront, inserter, readings } = services;
  const { bibliographies, known, files, workspace, problems, projectProblems, quotes, printer } = services;
  return [
    registerCompletion({ source: atHand, known, readings, references, log }),
    registerSearch(atHand, inserter, manuscripts, inFront, log),
    registerStudyActions(atHand, inserter, bibliographies, files, log),
    registerStudyCard(atHand),
    registerStudyTree(shelf, atHand, inserter, inFront, globalState, log),
    registerDiagnostics(problems, known, extensionUri, log),
    registerBibliographyDiagnostics(bibliographies, log),
    registerProjectDiagnostics(known, projectProblems, log),
    registerBibliographyPaths(readings, log),
    registerCodeActions(readings, known, problems, projectProblems, references, printer, log),
    registerHover(readings, known, files, log),
    registerDefinition(readings, known, files, log),
    registerReferences(readings, known, workspace, files, teller, log),
    registerRename(readings, known, workspace, files),
    registerHighlight(readings, known, log),
    registerDocumentLinks(readings, log),
    registerInlayHints(readings, known, log),
    registerLibraryView(services, globalState),
    registerReferencesView(inFront, readings, known, references, globalState, log),
    registerExporting({ inFront, readings, known, log }, globalState),
    registerDatasetExport({ library, inFront, log }),
    registerRendering(readings, known, printer, log),
    registerStatus({ inFront, readings, known, problems, library, references, bibliographies, log }),
    registerSaveQuote(quotes, atHand, readings, log),
    registerImporting({ inserter, manuscripts, known, files, readings, references, log }),
    registerZotero(manuscripts, readings, known, log),
    registerStyles(services, globalState),
    registerBuilding(services, globalStorageUri, workspaceState),
    registerEvidenceTable(services, globalState),
    registerSettings(teller),
  ];
}
