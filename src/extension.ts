import * as vscode from 'vscode';
import { OnceTeller } from './editor/edges.ts';
import { Inserter } from './editor/inserter.ts';
import { LibrarySource } from './editor/library.ts';
import { Manuscripts } from './editor/manuscripts.ts';
import { References } from './editor/references.ts';
import { registerCompletion } from './features/completion/completion.ts';
import { registerSearch } from './features/search.ts';
import { registerSettings } from './features/settings.ts';
import { registerStudyActions } from './features/studyActions.ts';
import { registerStudyCard } from './features/studyCard.ts';
import { registerStudyTree } from './features/studyTree/studyTree.ts';

export function activate({ extensionUri, globalState, subscriptions }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Ketamine Citations', { log: true });
  const teller = new OnceTeller();
  const library = new LibrarySource(extensionUri, log, teller);
  const references = new References(extensionUri, log, teller);
  const manuscripts = new Manuscripts();
  const inserter = new Inserter(references, manuscripts);

  subscriptions.push(
    log,
    references,
    manuscripts,
    registerCompletion(library, references, log),
    registerSearch(library, inserter, manuscripts, log),
    registerStudyActions(library, inserter, log),
    registerStudyCard(library),
    registerStudyTree(library, inserter, globalState, log),
    registerSettings(teller),
  );
}
