import * as vscode from 'vscode';
import type manifest from '../package.json';
import type { Target } from './core/build/target.ts';
import type { CheckCode, CheckSetting } from './core/checks/problem.ts';
import type { DatasetFormat } from './core/export/dataset.ts';
import type { ExportFormat } from './core/export/formats.ts';
import type { Mode, Syntax } from './core/forms.ts';
import type { LibraryNode } from './core/libraryOutline.ts';
import type { OutlineNode } from './core/outline.ts';
import type { ReferenceNode } from './core/referencesOutline.ts';

/** Commands, settings and context keys, typed once. `test/unit/manifest.test.ts` compares them with package.json. */

/** What a command may be given: a row of the tree (and the rows selected with it), a citekey, or nothing, and it asks. */
export type Chosen = OutlineNode | ReferenceNode | LibraryNode | string;

type OnStudies = (chosen?: Chosen, selected?: readonly Exclude<Chosen, string>[]) => Promise<void>;

/** An accepted item of the list behind `@`. */
export interface Accepted {
  /** Its place in the list, from 0. */
  readonly rank: number;
  /** What was inserted, and what it was to replace: one text, or one for each of the editor's `insertMode`s. */
  readonly text: string;
  readonly replaced: readonly string[];
  /** How many of the replaced characters were after the caret. */
  readonly afterCaret: number;
  /** Whether something else was changed with it, such as the definition of a footnote. */
  readonly hasFurther: boolean;
  /** What to tell of a quote's wording. */
  readonly remark?: string | undefined;
}

/** What of an export is chosen already; the writer is asked for the rest. */
export interface GivenExport {
  readonly format?: ExportFormat;
  /** The file's address. */
  readonly file?: string;
  /** What becomes of what the file holds. */
  readonly ifExists?: 'merge' | 'replace';
  /** Whether the manuscript's metadata are to name the file. */
  readonly isNamed?: boolean;
}

/** What of an export of all studies is chosen already; the writer is asked for the rest. */
export interface GivenDataset {
  readonly format?: DatasetFormat;
  /** The address of the file to write, which must not exist. */
  readonly file?: string;
}

/** What of a quote to save is known already; the writer is asked for the rest. */
export interface GivenQuote {
  readonly text?: string;
  /** The citekey. */
  readonly key?: string;
  /** May be empty. */
  readonly locator?: string;
}

/** What of an evidence table is chosen already; the writer is asked for the rest. */
export interface GivenTable {
  /** `cited`, a filter such as `condition:ptsd`, or citekeys. */
  readonly studies?: string | readonly string[];
  readonly columns?: readonly string[];
  readonly order?: string;
  readonly to?: 'caret' | 'csv' | 'tsv';
  /** The address of the file to write, which must not exist. */
  readonly file?: string;
}

/** Every command with its arguments. One that begins with `_` is for our own links and stays out of the palette. */
export interface Commands {
  search: () => Promise<void>;
  insertCitation: OnStudies;
  insertInTextCitation: OnStudies;
  insertQuote: OnStudies;
  insertReference: OnStudies;
  insertFinding: OnStudies;
  insertSelected: () => Promise<void>;
  /** Given a DOI, PMID, PMCID or address, or nothing, and it asks. */
  citeByIdentifier: (identifier?: string) => Promise<void>;
  citeFromZotero: () => Promise<void>;
  searchZotero: () => Promise<void>;
  copyCitation: OnStudies;
  copyReference: OnStudies;
  copyBibtex: OnStudies;
  copyDoi: OnStudies;
  openDoi: OnStudies;
  openPubmed: OnStudies;
  openPmc: OnStudies;
  showStudy: OnStudies;
  goToEntry: OnStudies;
  /** Given what is not to be asked, or nothing. */
  insertEvidenceTable: (given?: GivenTable) => Promise<void>;
  /** The table of a group of the sidebar, or of the rows selected there. */
  insertEvidenceTableOf: (chosen?: OutlineNode, selected?: readonly OutlineNode[]) => Promise<void>;
  updateEvidenceTables: () => Promise<void>;
  groupByCondition: () => Promise<void>;
  groupByDesign: () => Promise<void>;
  groupByResult: () => Promise<void>;
  groupByComparator: () => Promise<void>;
  groupByRoute: () => Promise<void>;
  groupByTopic: () => Promise<void>;
  groupByYear: () => Promise<void>;
  sortByYear: () => Promise<void>;
  sortByAuthor: () => Promise<void>;
  filterStudies: (query?: string) => Promise<void>;
  changeFilter: () => Promise<void>;
  clearFilter: () => Promise<void>;
  chooseStyle: () => Promise<void>;
  openSettings: () => Promise<void>;
  showLibrary: () => Promise<void>;
  groupLibraryByFile: () => Promise<void>;
  groupLibraryByKeyword: () => Promise<void>;
  groupLibraryByType: () => Promise<void>;
  groupLibraryByYear: () => Promise<void>;
  sortLibraryByAuthor: () => Promise<void>;
  sortLibraryByYear: () => Promise<void>;
  /** Given a query, or nothing, and it asks. */
  filterLibrary: (query?: string) => Promise<void>;
  changeLibraryFilter: () => Promise<void>;
  clearLibraryFilter: () => Promise<void>;
  insertSelectedEntries: () => Promise<void>;
  nameBibliography: () => Promise<void>;
  readBibliographies: () => Promise<void>;
  setBibliographies: () => Promise<void>;
  /** Given what to build into and with what, or nothing, and it asks. */
  buildManuscript: (target?: Target) => Promise<void>;
  buildAgain: () => Promise<void>;
  stopBuild: () => Promise<void>;
  showReferences: () => Promise<void>;
  copyReferences: () => Promise<void>;
  copyReferencesBibtex: () => Promise<void>;
  copyReferencesCslJson: () => Promise<void>;
  copyReferencesRis: () => Promise<void>;
  exportBibliography: (given?: GivenExport) => Promise<void>;
  exportDataset: (given?: GivenDataset) => Promise<void>;
  orderReferencesByAppearance: () => Promise<void>;
  orderReferencesByStyle: () => Promise<void>;
  showStatus: () => Promise<void>;
  toggleCitation: () => Promise<void>;
  addLocator: () => Promise<void>;
  suppressAuthor: () => Promise<void>;
  mergeCitations: () => Promise<void>;
  convertToPandoc: (scope?: 'document') => Promise<void>;
  convertToFootnotes: (scope?: 'document') => Promise<void>;
  convertToLinks: (scope?: 'document') => Promise<void>;
  convertToPlain: (scope?: 'document') => Promise<void>;
  renderMarkdown: () => Promise<void>;
  copyFormattedHtml: () => Promise<void>;
  updateBibliography: () => Promise<void>;
  /** In the manuscript in front, or in that of a document given by its address. */
  fixAll: (uri?: string) => Promise<void>;
  restoreNotices: () => Promise<void>;
  saveQuote: (given?: GivenQuote) => Promise<void>;
  /** Imports a file given by its address, or one that the writer picks. */
  importQuotes: (file?: string) => Promise<void>;
  openQuotes: () => Promise<void>;
  _accepted: (accepted: Accepted) => Promise<void>;
  _browse: (key: string) => Promise<void>;
  _browseEntry: (key: string) => Promise<void>;
  /** Reveals and selects `[start, end)` of a document, given by its address. */
  _goTo: (uri: string, start: number, end: number) => Promise<void>;
  /** Tells no more of a study's notices in one manuscript, given by its address. */
  _dismissNotice: (uri: string, key: string) => Promise<void>;
  /** Makes the bibliography with this address, without entries. */
  _createBibliography: (uri: string) => Promise<void>;
  /** Inserts a quote of the study behind the citation at an offset of a document, given by its address. */
  _insertQuoteBehind: (uri: string, offset: number, key: string) => Promise<void>;
  /** Stops VS Code from reporting citations as missing links where the document with this address stands. */
  _ignoreMissingLinks: (uri: string) => Promise<void>;
  /** Shows what a check means, in the README. */
  _explain: (code: CheckCode) => Promise<void>;
}

interface PlainSettings {
  bibliographies: readonly string[];
  style: string;
  styleFile: string;
  locale: string;
  'insert.syntax': Syntax;
  'insert.citation': Mode;
  'insert.quoteLocation': boolean;
  'quotes.file': string;
  'completion.maxStudies': number;
  'checks.enabled': boolean;
  'import.doiResolver': string;
  'import.pubmed': string;
  'zotero.enabled': boolean;
  'zotero.port': number;
  'evidenceTable.updateOnSave': boolean;
  'build.pandoc': string;
  'build.quarto': string;
  'build.arguments': readonly string[];
  'inlayHints.enabled': boolean;
  'preview.enabled': boolean;
  'bibliography.updateOnSave': boolean;
  'export.keepInStep': boolean;
}

/** Every setting with its type; what each means stands in package.json. */
export type Settings = PlainSettings & { [Name in CheckSetting]: Severity };

/** How loudly a check speaks. */
export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** Every context key of our `when` clauses. */
export interface ContextKeys {
  groupBy: string;
  sortBy: string;
  isFiltered: boolean;
  hasNoStudies: boolean;
  libraryGroupBy: string;
  librarySortBy: string;
  libraryState: string;
  isLibraryFiltered: boolean;
  referencesOrder: string;
  referencesState: string;
}

export const studiesView: keyof ViewsDeclared = 'ketamineCitations.studies';
export const libraryView: keyof ViewsDeclared = 'ketamineCitations.library';
export const referencesView: keyof ViewsDeclared = 'ketamineCitations.references';

type ViewsDeclared = { [Id in (typeof manifest)['contributes']['views']['ketamineCitations'][number]['id']]: true };
type Declared = keyof (typeof manifest)['contributes']['configuration']['properties'];
type Same<A, B> = [A, B] extends [B, A] ? true : never;
/** Does not compile when package.json and {@link Settings} name different settings. */
export const settingsAreDeclared: Same<Declared, `ketamineCitations.${keyof Settings}`> = true;

export function registerCommand<K extends keyof Commands>(name: K, run: Commands[K]): vscode.Disposable {
  return vscode.commands.registerCommand(commandId(name), run);
}

export function commandId(name: keyof Commands): string {
  return `ketamineCitations.${name}`;
}

export function setContext<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', `ketamineCitations.${key}`, value);
}

interface Declaration {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The settings as package.json declares them: types, defaults and limits stand there only. */
function declarations(): Readonly<Record<string, Declaration>> {
  const extension = vscode.extensions.getExtension('ketamine-citations.ketamine-citations');
  return (extension?.packageJSON as typeof manifest | undefined)?.contributes.configuration.properties ?? {};
}

/** Reads settings for one place; asks VS Code once, for asking takes longer than much that depends on the answer. */
export type SettingReader = <K extends keyof Settings>(name: K) => Settings[K];

/** A setting's value; its default where the value makes no sense (`registerSettings` tells the writer once). */
export function settingsFor(scope?: vscode.ConfigurationScope): SettingReader {
  const configuration = vscode.workspace.getConfiguration('ketamineCitations', scope ?? null);
  const declared = declarations();
  return <K extends keyof Settings>(name: K): Settings[K] => {
    const value = configuration.get<unknown>(name);
    const declaration = declared[`ketamineCitations.${name}`];
    return (declaration && faultOf(value, declaration) ? declaration.default : value) as Settings[K];
  };
}

/** Whether the writer has set it, for the user, the workspace or a folder: its default is nobody's wish. */
export function isSetByWriter(name: keyof Settings, scope?: vscode.ConfigurationScope): boolean {
  const found = vscode.workspace.getConfiguration('ketamineCitations', scope ?? null).inspect(name);
  const everywhere = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  const forLanguage = [found?.globalLanguageValue, found?.workspaceLanguageValue, found?.workspaceFolderLanguageValue];
  return [...everywhere, ...forLanguage].some(value => value !== undefined);
}

/** What is wrong with the settings as they are: one plain sentence each. */
export function settingFaults(scope?: vscode.ConfigurationScope): string[] {
  const configuration = vscode.workspace.getConfiguration(undefined, scope ?? null);
  return Object.entries(declarations()).flatMap(([name, declaration]) => {
    const value = configuration.get<unknown>(name);
    const fault = faultOf(value, declaration);
    const [is, used] = [JSON.stringify(value) ?? 'nothing', JSON.stringify(declaration.default)];
    return fault ? [vscode.l10n.t('{0} is {1}, {2}; {3} is used.', name, is, fault, used)] : [];
  });
}

function faultOf(
  value: unknown,
  { type, enum: words, minimum = -Infinity, maximum = Infinity }: Declaration,
): string | undefined {
  if (type === 'integer') {
    const fits = Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
    return fits ? undefined : vscode.l10n.t('not a whole number from {0} to {1}', minimum, maximum);
  }
  if (type === 'array') {
    const isList = Array.isArray(value) && value.every(each => typeof each === 'string');
    return isList ? undefined : vscode.l10n.t('not a list of texts');
  }
  if (typeof value !== type) {
    return type === 'boolean' ? vscode.l10n.t('neither true nor false') : vscode.l10n.t('not a text');
  }
  return words && !words.includes(value as string) ? vscode.l10n.t('not one of {0}', words.join(', ')) : undefined;
}
