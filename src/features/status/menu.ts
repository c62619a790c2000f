import * as vscode from 'vscode';
import type { Library } from '../../core/library.ts';
import { nextAfter } from '../../core/nextProblem.ts';
import { entryWords, firstOf, problemsByKind, readWords } from '../../core/statusWords.ts';
import { locales } from '../../core/styles.ts';
import { whySilent, type Answer } from '../../core/whySilent.ts';
import type { Loaded } from '../../editor/bibliographies.ts';
import type { BibliographySource } from '../../editor/bibliographySources.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import { notebookOf, textsOf, type Readings } from '../../editor/readings.ts';
import type { StyleGiver } from '../../editor/styleChoice.ts';
import { commandId } from '../../manifest.ts';
import type { ProblemIn, Sources, Standing } from './status.ts';

/** A line of the menu, and what choosing it does. */
interface Entry extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

const { Separator } = vscode.QuickPickItemKind;

/** The doctor's menu: how the manuscript stands, what was read, why there are no suggestions here. */
export async function showMenu(standing: Standing | undefined, sources: Sources): Promise<void> {
  const library = await sources.library.get();
  const entries: Entry[] = [
    ...section(vscode.l10n.t('Manuscript'), manuscript(standing)),
    ...section(vscode.l10n.t('Suggestions'), await suggestions(library, sources.readings)),
    ...section(vscode.l10n.t('Libraries'), await libraries(standing, sources, library)),
    ...section(vscode.l10n.t('Style'), await style(standing, sources)),
    ...section(vscode.l10n.t('Help'), help(sources)),
  ];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: vscode.l10n.t('Ketamine Citations: Status and Help'),
    placeHolder: vscode.l10n.t('Choose a line to go to what it tells of'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

function section(label: string, entries: readonly Entry[]): Entry[] {
  return [{ label, kind: Separator }, ...entries];
}

function ours(name: Parameters<typeof commandId>[0], ...given: readonly unknown[]): () => unknown {
  return () => vscode.commands.executeCommand(commandId(name), ...given);
}

function manuscript(standing: Standing | undefined): Entry[] {
  const { t } = vscode.l10n;
  if (!standing) {
    return [{ label: `$(info) ${t('No manuscript is open')}`, description: t('Markdown, R Markdown or Quarto'), run: () => vscode.commands.executeCommand('workbench.action.quickOpen') }];
  }
  if (standing.isTooLong) {
    return [{ label: `$(warning) ${t('The manuscript is longer than is read')}`, description: t('split it into several documents'), run: () => vscode.window.showTextDocument(standing.document) }];
  }
  const { cited, unknown } = standing.tally;
  const works = cited === 1 ? t('1 work cited') : t('{0} works cited', cited);
  return [
    { label: `$(references) ${works}`, description: t('show the references'), run: ours('showReferences') },
    ...(unknown.length > 0 ? [unknownKeys(standing)] : []),
    ...problems(standing),
  ];
}

function unknownKeys({ tally: { unknown }, problems: found, document }: Standing): Entry {
  const { t } = vscode.l10n;
  const first = found.find(({ problem: { code } }) => code === 'unknown-key' || code === 'key-case');
  return {
    label: `$(warning) ${unknown.length === 1 ? t('1 unknown key') : t('{0} unknown keys', unknown.length)}`,
    description: firstOf(unknown),
    run: first
      ? ours('_goTo', first.document.uri.toString(), first.problem.start, first.problem.end)
      : () => vscode.window.showTextDocument(document),
  };
}

function problems({ problems: found, document }: Standing): Entry[] {
  const { t } = vscode.l10n;
  if (found.length === 0) {
    return [{ label: `$(check) ${t('No problems found')}`, description: t('open the list of problems'), run: openProblems }];
  }
  return [
    {
      label: `$(arrow-down) ${t('Go to the next problem')}`,
      description: problemsByKind(found.map(({ problem }) => problem)).join(' · '),
      run: () => goToNext(found, document),
    },
    { label: `$(list-unordered) ${t('Open the list of problems')}`, run: openProblems },
    ...(found.some(({ problem }) => problem.fixes.some(({ isPreferred }) => isPreferred))
      ? [{ label: `$(wand) ${t('Fix all clear problems')}`, run: () => fixAll(document) }]
      : []),
  ];
}

function openProblems(): unknown {
  return vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** With the manuscript in front, so that the writer sees what becomes of it. */
async function fixAll(document: vscode.TextDocument): Promise<void> {
  await (notebookOf(document)
    ? vscode.commands.executeCommand('vscode.open', document.uri)
    : vscode.window.showTextDocument(document));
  await ours('fixAll', document.uri.toString())();
}

/** VS Code's own command knows one text only: in a notebook it goes round within a cell. */
async function goToNext(found: readonly ProblemIn[], document: vscode.TextDocument): Promise<void> {
  if (!notebookOf(document)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('editor.action.marker.next');
    return;
  }
  const texts = textsOf(document);
  const places = found.map(each => ({ text: texts.indexOf(each.document), start: each.problem.start, found: each }));
  const editor = vscode.window.activeTextEditor;
  const next = nextAfter(places, {
    // None of the texts, and so before the first, where no cell is being written in.
    text: editor ? texts.indexOf(editor.document) : -1,
    start: editor ? editor.document.offsetAt(editor.selection.start) : 0,
  });
  if (next) {
    const { document: text, problem } = next.found;
    await ours('_goTo', text.uri.toString(), problem.start, problem.end)();
  }
}

/** Where the caret is, whatever the document is. */
async function suggestions(library: Library, readings: Readings): Promise<Entry[]> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return [{ label: `$(info) ${t('No caret stands in a text')}`, description: t('click into the manuscript first'), run: () => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup') }];
  }
  const { document, selection } = editor;
  const settings = vscode.workspace.getConfiguration('editor', document);
  const answer = whySilent({
    reading: isManuscript(document) ? await readings.of(document) : undefined,
    caret: document.offsetAt(selection.active),
    isManuscript: isManuscript(document),
    language: document.languageId,
    opensByItself: settings.get('suggestOnTriggerCharacters') !== false,
    showsReferences: settings.get('suggest.showReferences') !== false,
    isKey: library.has,
    beginsKey: library.beginsKey,
  });
  const label = answer.isOffered ? `$(lightbulb) ${t('Suggestions at the caret')}` : `$(circle-slash) ${t('No suggestions at the caret')}`;
  return [{ label, detail: answer.message, run: () => act(answer) }];
}

/** Opens what keeps the list away; shows the list where it can be; else the reason stays readable in a message. */
async function act({ isOffered, message, setting }: Answer): Promise<void> {
  if (setting) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
  } else if (isOffered) {
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
  } else {
    void vscode.window.showInformationMessage(message);
  }
}

async function libraries(standing: Standing | undefined, { library: source, log }: Sources, library: Library): Promise<Entry[]> {
  const { t } = vscode.l10n;
  const faults = source.problems.length;
  const bundled: Entry = {
    label: `$(${faults > 0 ? 'warning' : 'library'}) ${t('Bundled studies')}`,
    description: readWords(library.studies.length, faults, library.edition),
    run: faults > 0 ? () => log.show() : () => vscode.commands.executeCommand('ketamineCitations.studies.focus'),
  };
  return [bundled, ...(standing ? await ofManuscript(standing) : [])];
}

async function ofManuscript({ known, document }: Standing): Promise<Entry[]> {
  const { t } = vscode.l10n;
  const { declared, declaredIn, fault, sources, shelf } = known;
  const [first] = declared;
  return [
    ...(first && declaredIn
      ? [{ label: `$(list-tree) ${t('Entries in the metadata')}`, description: String(declared.length), run: ours('_goTo', declaredIn.uri.toString(), first.start, first.end) }]
      : []),
    ...(fault
      ? [{ label: `$(warning) ${t('The metadata can’t be read as a whole')}`, description: fault, run: ours('_goTo', document.uri.toString(), 0, 0) }]
      : []),
    ...sources.map((source, index) => bibliography(source, shelf.files[index]!)),
  ];
}

/** How the reading of a file stands, and who names it. */
function bibliography({ uri, path, by, named }: BibliographySource, loaded: Loaded): Entry {
  const { t } = vscode.l10n;
  const naming = { manuscript: t('named in the metadata'), project: t('named by the project'), settings: t('named in the settings') }[by];
  const state = stateWords(loaded);
  const faults = loaded.bibliography?.problems.length ?? 0;
  const isBad = loaded.state === 'failed' || faults > 0;
  return {
    label: `$(${isBad ? 'warning' : loaded.state === 'reading' ? 'sync~spin' : 'file'}) ${path}`,
    description: [state, naming].join(' · '),
    run: loaded.isMissing && named ? ours('_goTo', named.in.toString(), named.start, named.end) : () => open(uri, faults),
  };
}

async function open(uri: vscode.Uri, faults: number): Promise<void> {
  await vscode.window.showTextDocument(uri);
  if (faults > 0) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

function stateWords({ state, bibliography: read, failure, took, isFromCache, bytes = 0 }: Loaded): string {
  const { t } = vscode.l10n;
  const words = read
    ? [
        entryWords(read.entries.length, read.problems.length),
        ...(bytes >= 1e6 ? [t('{0} MB', Math.round(bytes / 1e6))] : []),
        ...(took === undefined ? [] : [isFromCache ? t('read in {0} s, partly kept from before', seconds(took)) : t('read in {0} s', seconds(took))]),
      ]
    : [];
  return [...(state === 'reading' ? [t('being read')] : []), ...words, ...(failure ? [failure] : [])].join(', ');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

/** What is in force, and who says so. */
async function style(standing: Standing | undefined, { references }: Sources): Promise<Entry[]> {
  const { t } = vscode.l10n;
  const { label, by, named, unknown, locale, localeBy } = await references.wished(standing?.document);
  const giver: Readonly<Record<StyleGiver | 'style', string>> = { style: t('of the style'), manuscript: t('named in the metadata'), project: t('named by the project'), settings: t('named in the settings') };
  const language = locales.find(({ id }) => id === locale)?.label ?? locale;
  return [
    { label: `$(text-size) ${label}`, description: [giver[by], language, ...(localeBy === by ? [] : [giver[localeBy]])].join(' · '), run: ours('chooseStyle') },
    ...(unknown
      ? [{ label: `$(warning) ${t('The style {0} is not known', unknown.value)}`, description: giver[by === 'project' ? 'project' : 'manuscript'], run: ours('_goTo', unknown.in.toString(), unknown.start, unknown.end) }]
      : []),
    ...(named ? [{ label: `$(go-to-file) ${t('Go to where the style is named')}`, run: ours('_goTo', named.in.toString(), named.start, named.end) }] : []),
  ];
}

function help({ log }: Sources): Entry[] {
  const { t } = vscode.l10n;
  return [
    { label: `$(output) ${t('Open the log')}`, run: () => log.show() },
    { label: `$(gear) ${t('Open the settings')}`, run: ours('openSettings') },
  ];
}
