import * as vscode from 'vscode';
import type { CitableItem } from '../../core/cslEngine.ts';
import { cslFileOf } from '../../core/cslXml.ts';
import { citationOf, sampleCitation } from '../../core/styleSample.ts';
import type { NamedStyle } from '../../core/styleCatalogue.ts';
import type { CitationToPrint } from '../../core/typeset/typesetter.ts';
import { yamlScalar } from '../../core/yamlScalar.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { firstExisting, nameOf as nameOfFile } from '../../editor/files.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import type { StyleChoice } from '../../editor/styleChoice.ts';
import type { StyleFiles } from '../../editor/styleFiles.ts';
import { commandId, registerCommand } from '../../manifest.ts';
import { nameOf, pickStyle } from './stylePicker.ts';

export interface ChoosingNeeds {
  readonly inFront: InFront;
  readonly readings: Readings;
  readonly known: KnownKeys;
  readonly references: References;
  readonly styleFiles: StyleFiles;
  readonly log: vscode.LogOutputChannel;
}

const recentState = 'recentStyles';
const mostRecent = 5;

/** The study that samples show where the manuscript cites nothing. */
const sampleKey = 'feder2021';

/** `Ketamine Citations: Choose Citation Style`: all styles and journals, with a sample of what each prints. */
export function registerStyles(needs: ChoosingNeeds, state: vscode.Memento): vscode.Disposable {
  return registerCommand(
    'chooseStyle',
    atTheEdge(needs.log, async () => {
      const document = needs.inFront.document;
      const choice = await needs.references.wished(document);
      if (choice.by === 'project' && choice.named) {
        await leadToProject(choice);
        return;
      }
      const recent = state.get<readonly string[]>(recentState) ?? [];
      const style = await pickStyle({
        title: document ? vscode.l10n.t('Citation style of {0}', nameOfFile(document.uri)) : vscode.l10n.t('Citation style'),
        inForce: choice.file ? '' : (choice.named ? choice.style : currentName(document, choice)),
        recent,
        catalogue: needs.styleFiles.catalogue(),
        citation: citationToShow(needs, document),
        printer: name => needs.references.sampler(name, document),
        log: needs.log,
      });
      if (style) {
        await state.update(recentState, [nameOf(style), ...recent.filter(each => each !== nameOf(style))].slice(0, mostRecent));
        await (choice.named && document ? nameInManuscript(needs, choice, style) : setStyle(document, style));
      }
    }),
  );
}

/** A journal stands in the settings by its own name. */
function currentName(document: vscode.TextDocument | undefined, { style }: StyleChoice): string {
  return vscode.workspace.getConfiguration('ketamineCitations', document).get<string>('style') ?? style;
}

async function citationToShow({ readings, known, inFront }: ChoosingNeeds, document: vscode.TextDocument | undefined): Promise<CitationToPrint | undefined> {
  const library = await known.libraryFor(inFront.document);
  const itemOf = (id: string): CitableItem | undefined => {
    const entry = library.get(id);
    return entry && { ...entry.csl, id };
  };
  const reading = document && (await readings.of(document));
  const editor = vscode.window.visibleTextEditors.find(each => each.document === document);
  const caret = editor && document ? document.offsetAt(editor.selection.active) : 0;
  const study = itemOf(sampleKey);
  return (reading && sampleCitation(reading, caret, itemOf)) ?? (study && citationOf(study));
}

/** Where it is set already there it is set anew, so that the choice takes effect; else for all the writer's work. */
async function setStyle(document: vscode.TextDocument | undefined, style: NamedStyle): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('ketamineCitations', document);
  const of = (name: string): vscode.ConfigurationTarget => {
    const found = configuration.inspect(name);
    const { ConfigurationTarget: target } = vscode;
    return found?.workspaceFolderValue !== undefined ? target.WorkspaceFolder : found?.workspaceValue !== undefined ? target.Workspace : target.Global;
  };
  await configuration.update('style', nameOf(style), of('style'));
  if (configuration.get<string>('styleFile')) {
    // It would come before the style that was chosen.
    await configuration.update('styleFile', undefined, of('styleFile'));
  }
}

async function leadToProject({ named, label }: StyleChoice): Promise<void> {
  const go = vscode.l10n.t('Go There');
  const file = nameOfFile(named!.in);
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('The project file {0} names the style {1}, which counts for this manuscript. Change it there.', file, label), go);
  if (chosen === go) {
    await vscode.commands.executeCommand(commandId('_goTo'), named!.in.toString(), named!.start, named!.end);
  }
}

/** The manuscript names its style itself: Pandoc needs the style's file there, so it is written beside the manuscript. */
async function nameInManuscript({ styleFiles }: ChoosingNeeds, { named }: StyleChoice, style: NamedStyle): Promise<void> {
  const { t } = vscode.l10n;
  const place = (await styleFiles.catalogue()).placeOf(style.name)!;
  const name = `${place.id}.csl`;
  const document = await vscode.workspace.openTextDocument(named!.in);
  const { uri } = document;
  const file = document.isUntitled ? undefined : vscode.Uri.joinPath(notebookOf(document)?.uri ?? uri, '..', name);
  const isThere = file && (await firstExisting([file])) !== undefined;
  const rows = [
    {
      label: t('Name {0} in the metadata', name),
      detail: !file ? t('Pandoc needs the file beside the manuscript, once that is saved.') : isThere ? t('The file stands beside the manuscript.') : t('The file is written beside the manuscript, where Pandoc finds it too.'),
      isNaming: true,
    },
    { label: t('Take csl: out of the metadata, and set the style in the settings'), detail: t('It then counts for every manuscript that names none.'), isNaming: false },
  ];
  const chosen = await vscode.window.showQuickPick(rows, { title: t('This manuscript names its style itself'), placeHolder: t('Where is the new style to be named?') });
  if (!chosen) {
    return;
  }
  if (!chosen.isNaming) {
    await edit(uri, named!, undefined);
    await setStyle(document, style);
    return;
  }
  if (file && !isThere) {
    const { label, title } = style;
    const text = cslFileOf(await styleFiles.style(style.name), { id: place.id, title: title ?? label });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  await edit(uri, named!, yamlScalar(name));
}

/** Puts another value into `csl:`, or takes the whole line out. */
async function edit(uri: vscode.Uri, { start, end }: { readonly start: number; readonly end: number }, value: string | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const change = new vscode.WorkspaceEdit();
  if (value === undefined) {
    if (!/^\s*["']?(?:csl|citation-style)["']?\s*:/.test(document.lineAt(range.start.line).text)) {
      throw new Error(vscode.l10n.t('csl: does not stand in a line of its own. Take it out by hand, then choose again.'));
    }
    change.delete(uri, document.validateRange(new vscode.Range(range.start.line, 0, range.end.line + 1, 0)));
  } else {
    change.replace(uri, range, value);
  }
  await vscode.workspace.applyEdit(change);
}
