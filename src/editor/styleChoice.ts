import * as vscode from 'vscode';
import { KeyIndex } from '../core/checks/keyIndex.ts';
import type { Problem } from '../core/checks/problem.ts';
import type { NamedValue } from '../core/frontMatter.ts';
import { languageInForce, localeOf } from '../core/languages.ts';
import { styles as common } from '../core/styles.ts';
import { yamlScalar } from '../core/yamlScalar.ts';
import { isSetByWriter, settingsFor } from '../manifest.ts';
import { besides } from './bibliographySources.ts';
import { firstExisting, isOnWeb } from './files.ts';
import type { KnownKeys } from './known.ts';
import { isWithin, onMove } from './moves.ts';
import type { StyleFiles } from './styleFiles.ts';

/** Serves where no other style can. */
export const defaultStyle = 'apa';

/** The style and language in force for a manuscript, and who asks for them. */
export interface StyleChoice {
  /** Of a style that comes with the extension: `apa`, `springer-basic-author-date`. Also set beside a file, for when that can't be used. */
  readonly style: string;
  /** For lists: `APA`, `Journal of Affective Disorders`, `own.csl`. */
  readonly label: string;
  /** A style of the writer's own. */
  readonly file?: vscode.Uri;
  readonly locale: string;
  /** The language that the manuscript, its project or the settings ask for; where none does, the style's own is in force. */
  readonly asked?: string;
  readonly by: StyleGiver;
  readonly localeBy: StyleGiver | 'style';
  /** Where metadata gives the style, and how it is written. */
  readonly named?: NamedValue & { readonly in: vscode.Uri };
  /** The style that metadata name and nobody knows. */
  readonly unknown?: NamedValue & { readonly in: vscode.Uri };
}

export type StyleGiver = 'manuscript' | 'project' | 'settings';

interface Given extends NamedValue {
  readonly in: vscode.Uri;
  readonly by: StyleGiver;
}

/** Finds out which style and language are in force: a manuscript's own, its project's, else those of the settings. */
export class StyleChoices implements vscode.Disposable {
  readonly #known: KnownKeys;
  readonly #files: StyleFiles;
  readonly #found = new Map<string, Promise<vscode.Uri | undefined>>();
  /** The languages of the writer's own styles, by their addresses. */
  readonly #languages = new Map<string, Promise<string | undefined>>();
  /** Where styles of the writer's own are, or may be; by their addresses. */
  readonly #places = new Map<string, vscode.Uri>();
  readonly #didChange = new vscode.EventEmitter<void>();
  #near: Promise<KeyIndex> | undefined;
  #listeners: vscode.Disposable | undefined;

  /** A style's file came, went or changed. */
  readonly onDidChange = this.#didChange.event;

  constructor(known: KnownKeys, files: StyleFiles) {
    this.#known = known;
    this.#files = files;
  }

  /** For a document with what its metadata say; for another place, what the settings say there. Never rejects. */
  async of(scope: vscode.ConfigurationScope | undefined): Promise<StyleChoice> {
    const document = scope && 'getText' in scope ? scope : undefined;
    const given = document ? await this.#given(document) : {};
    const settings = await this.#ofSettings(scope);
    const language = given.lang && localeOf(given.lang.value);
    const chosen = given.csl && document ? await this.#named(given.csl, document.uri) : undefined;
    const { journalLanguage, ...style } = chosen ?? settings;
    const asked = language ?? (isSetByWriter('locale', scope) ? settingsFor(scope)('locale') : undefined);
    // As a style's own language: a variety of the one asked for counts.
    const own = journalLanguage ?? (asked === undefined ? await this.#languageOf(style) : undefined);
    const unknown = given.csl && !chosen ? given.csl : undefined;
    return {
      ...style,
      // What serves where the writer's own file can't be used.
      ...(style.file && { style: settings.style }),
      locale: languageInForce(asked, own),
      ...(asked !== undefined && { asked }),
      localeBy: language !== undefined ? given.lang!.by : asked === undefined && own !== undefined ? 'style' : 'settings',
      ...(unknown && { unknown }),
    };
  }

  /** The language in which another style would print at a place. */
  async languageWith(style: string, { asked }: StyleChoice): Promise<string> {
    return languageInForce(asked, asked === undefined ? await this.#languageOf({ style }) : undefined);
  }

  /** A style's own language. English counts as none: a style keeps its variety by itself, and most writers ask for no other. */
  async #languageOf({ style, file }: Pick<StyleChoice, 'style' | 'file'>): Promise<string | undefined> {
    const language = await (file ? this.#languageOfFile(file) : this.#languageOfBundled(style)).catch(() => undefined);
    return language === undefined || /^en\b/i.test(language) ? undefined : language;
  }

  async #languageOfBundled(style: string): Promise<string | undefined> {
    // The common ones are all English.
    return shortStyle(style) ? undefined : (await this.#files.style(style)).a?.['default-locale'];
  }

  #languageOfFile(file: vscode.Uri): Promise<string | undefined> {
    this.#listen();
    const key = file.toString();
    const known = this.#languages.get(key) ?? readLanguage(file);
    this.#languages.set(key, known);
    return known;
  }

  /** What is wrong with the style that a file's metadata name, at that place; `document`: where relative paths may count from too. */
  async problemOf(given: NamedValue & { readonly in: vscode.Uri }, document: vscode.Uri): Promise<Problem | undefined> {
    const { value, start, end } = given;
    if (await this.#named({ ...given, by: 'manuscript' }, document)) {
      return undefined;
    }
    this.#near ??= this.#files.catalogue().then(catalogue => KeyIndex.of(catalogue.names()));
    const near = (await this.#near.catch(() => undefined))?.nearest(value.replace(/\.csl$/i, '')) ?? [];
    const message = vscode.l10n.t('There is no citation style {0}: no such file beside the manuscript, and no style or journal of that name. The style of the settings is used.', value);
    const fixes = near.map(({ key, isClear }) => ({ title: vscode.l10n.t('Replace by {0}', key), edits: [{ start, end, text: yamlScalar(key) }], isPreferred: isClear }));
    return { code: 'unknown-style', start, end, message, fixes };
  }

  async #given(document: vscode.TextDocument): Promise<{ readonly csl?: Given; readonly lang?: Given }> {
    const metadata = await this.#known.metadataInForce(document);
    const first = (field: 'csl' | 'lang'): Given | undefined => {
      const found = metadata.find(({ read }) => read[field] !== undefined);
      return found && { ...found.read[field]!, in: found.uri, by: found === metadata[0] ? 'manuscript' : 'project' };
    };
    const [csl, lang] = [first('csl'), first('lang')];
    return { ...(csl && { csl }), ...(lang && { lang }) };
  }

  async #named(given: Given, document: vscode.Uri): Promise<Chosen | undefined> {
    const { value, by } = given;
    const file = isAddress(value) ? undefined : await this.#file(value, given.in, document);
    if (file) {
      return { style: defaultStyle, label: value, file, by, named: given };
    }
    const found = /[\\/]/.test(value) && !isAddress(value) ? undefined : await this.#bundled(value);
    return found && { ...found, by, named: given };
  }

  /** Beside the file that names it, or in the folder that Pandoc would run in; the ending may be left out. */
  async #file(value: string, naming: vscode.Uri, document: vscode.Uri): Promise<vscode.Uri | undefined> {
    const names = /\.csl$/i.test(value) ? [value] : [`${value}.csl`];
    const folder = vscode.workspace.getWorkspaceFolder(document)?.uri;
    const candidates = names.flatMap(name => [besides(naming, name), ...(folder ? [besides(vscode.Uri.joinPath(folder, 'x'), name)] : [])]);
    this.#listen();
    candidates.forEach(uri => this.#places.set(uri.toString(), uri));
    const key = candidates.map(String).join('\n');
    // Nothing is asked of the web.
    const known = this.#found.get(key) ?? firstExisting(candidates.filter(uri => !isOnWeb(uri)));
    this.#found.set(key, known);
    return known;
  }

  async #ofSettings(scope: vscode.ConfigurationScope | undefined): Promise<Chosen> {
    const setting = settingsFor(scope);
    const file = styleFileOf(setting('styleFile').trim(), scope);
    if (file) {
      this.#listen();
      this.#places.set(file.toString(), file);
    }
    const found = await this.#bundled(setting('style'));
    const style = found ?? { style: setting('style'), label: setting('style') };
    return { ...style, by: 'settings', ...(file && { file, label: file.path.slice(file.path.lastIndexOf('/') + 1) }) };
  }

  async #bundled(name: string): Promise<Pick<Chosen, 'style' | 'label' | 'journalLanguage'> | undefined> {
    const short = shortStyle(name);
    if (short) {
      return short;
    }
    // Where the catalogue can't be read, the style can't be either, which is told when it is used.
    const found = (await this.#files.catalogue().catch(() => undefined))?.named(name);
    return found && { style: found.name, label: found.label, ...(found.language && { journalLanguage: found.language }) };
  }

  #listen(): void {
    if (this.#listeners) {
      return;
    }
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.csl');
    const forget = (): void => {
      this.#found.clear();
      this.#languages.clear();
      this.#places.clear();
      this.#didChange.fire();
    };
    this.#listeners = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
      onMove(moved => [...this.#places.values()].some(file => moved.path !== file.path && isWithin(moved, file)) && forget()),
      // A style may be outside of every folder that is watched.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith('.csl') && this.#languages.clear()),
    );
  }

  dispose(): void {
    this.#listeners?.dispose();
    this.#didChange.dispose();
  }
}

interface Chosen extends Pick<StyleChoice, 'style' | 'label' | 'file' | 'by' | 'named'> {
  readonly journalLanguage?: string;
}

/** The common styles are known without the catalogue, which takes a moment to read. */
function shortStyle(name: string): Pick<Chosen, 'style' | 'label'> | undefined {
  const found = common.find(({ id }) => id === name);
  return found && { style: found.id, label: found.label };
}

async function readLanguage(file: vscode.Uri): Promise<string | undefined> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return /<style\b[^<>]*\bdefault-locale\s*=\s*["']([\w-]+)["']/.exec(text)?.[1];
}

function isAddress(value: string): boolean {
  return /^https?:\/\//i.test(value);
}

/** A path is looked up where the workspace is, be it on this machine, remote or virtual. */
function styleFileOf(setting: string, scope: vscode.ConfigurationScope | undefined): vscode.Uri | undefined {
  if (setting === '') {
    return undefined;
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(setting)) {
    return vscode.Uri.parse(setting);
  }
  const uri = scope instanceof vscode.Uri ? scope : scope && 'uri' in scope ? scope.uri : undefined;
  const folder = (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
  const path = setting.replaceAll('\\', '/');
  if (/^(?:\/|[a-z]:\/)/i.test(path)) {
    return folder ? folder.uri.with({ path: path.startsWith('/') ? path : `/${path}` }) : vscode.Uri.file(setting);
  }
  return folder && vscode.Uri.joinPath(folder.uri, path);
}
