import * as vscode from 'vscode';
import type { Printed } from '../core/forms.ts';
import { readStyle } from '../core/cslEngine.ts';
import { defaultLocale } from '../core/languages.ts';
import type { DocumentPrinter, StylePrinter } from '../core/printing/stylePrinter.ts';
import type { CitableItem, Listed, StoredXml } from '../core/reference.ts';
import { isStudy, type CslItem, type Entry } from '../core/study.ts';
import { Typesetter } from '../core/typeset/typesetter.ts';
import { styles as common } from '../core/styles.ts';
import { Lazy, type OnceTeller } from './edges.ts';
import type { PrintingThread, StyleSource } from './printingThread.ts';
import { defaultStyle, type StyleChoice, type StyleChoices } from './styleChoice.ts';
import type { StyleFiles } from './styleFiles.ts';

/** British journals' styles ask for it where the writer's language is English. */
const britishLocale = 'en-GB';

/** What is asked for. */
type Wish = Pick<StyleChoice, 'style' | 'file' | 'locale'>;

type Print = (study: Entry) => Promise<Printed>;

/** A style that was tried, and what it was made of. */
interface Tried {
  readonly source: StyleSource;
  readonly printer: StylePrinter;
}

/** Prints studies in the style and language that are in force where they are printed; each engine is made at first need and kept. */
export class References implements vscode.Disposable {
  readonly #files: StyleFiles;
  readonly #choices: StyleChoices;
  readonly #log: vscode.LogOutputChannel;
  readonly #teller: OnceTeller;
  readonly #thread: PrintingThread;
  readonly #printers = new Map<string, Lazy<Print>>();
  readonly #styles = new Map<string, Lazy<Tried>>();
  readonly #engines = new Map<string, Lazy<Print>>();
  /** The wishes whose engine is there. */
  readonly #ready = new Set<string>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #onSave: vscode.Disposable;

  /** A style's file has changed. */
  readonly onDidChange = this.#didChange.event;

  constructor(files: StyleFiles, choices: StyleChoices, thread: PrintingThread, log: vscode.LogOutputChannel, teller: OnceTeller) {
    this.#thread = thread;
    this.#files = files;
    this.#choices = choices;
    this.#log = log;
    this.#teller = teller;
    this.#onSave = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(document => document.uri.path.endsWith('.csl') && this.#forget()),
      choices.onDidChange(() => this.#forget()),
    );
  }

  /** Prints by metadata and settings as they are; waits for what it needs. */
  printer(scope: vscode.ConfigurationScope | undefined): (study: Entry) => Promise<Printed> {
    const wish = this.wished(scope);
    return async study => (await this.#printerFor(await wish).get())(study);
  }

  /** Prints if it can at once; if it needs an engine that is not there yet, that is made now, and serves the next time. */
  quickPrinter(scope: vscode.ConfigurationScope | undefined): (study: Entry) => Promise<Printed | undefined> {
    const wished = this.wished(scope);
    return async study => {
      const wish = await wished;
      if ((isPrinted(wish) && isStudy(study)) || this.#ready.has(keyOf(wish))) {
        return (await this.#printerFor(wish).get())(study);
      }
      void this.#engineFor(wish)
        .get()
        .catch((error: unknown) => this.#log.error(errorText(error)));
      return undefined;
    };
  }

  /** The reference list of all works that a manuscript cites, which are given in the order in which it cites them. */
  async bibliography(
    items: readonly CitableItem[],
    scope: vscode.ConfigurationScope | undefined,
  ): Promise<readonly Listed[]> {
    return (await this.#styleFor(await this.wished(scope)).get()).printer.bibliography(items);
  }

  /** The ids in that list's order, which takes far less time. */
  async order(items: readonly CitableItem[], scope: vscode.ConfigurationScope | undefined): Promise<readonly string[]> {
    return (await this.#styleFor(await this.wished(scope)).get()).printer.order(items);
  }

  /** A new one, for one manuscript: it keeps what it printed last. */
  async documentPrinter(scope: vscode.ConfigurationScope | undefined): Promise<DocumentPrinter> {
    return (await this.#styleFor(await this.wished(scope)).get()).printer.document();
  }

  /** The same for who must have the answer at once: it prints in this thread, where making an engine takes some tenths of a second. */
  async typesetter(scope: vscode.ConfigurationScope | undefined): Promise<Typesetter> {
    const { source, language, locales } = (await this.#styleFor(await this.wished(scope)).get()).source;
    return new Typesetter(await readStyle(source, language, tag => locales.get(tag)));
  }

  /** The style and the language in force, and who asks for them. Never rejects. */
  wished(scope: vscode.ConfigurationScope | undefined): Promise<StyleChoice> {
    return this.#choices.of(scope);
  }

  /**
   * Another style in the language of a place: to show what it would print there. It is to be ended.
   * Rejects in plain words where the style can't be used.
   */
  async sampler(style: string, scope: vscode.ConfigurationScope | undefined): Promise<StylePrinter> {
    const locale = await this.#choices.languageWith(style, await this.wished(scope));
    return this.#thread.style({ source: await this.#files.style(style), language: locale, locales: await this.#locales(locale) });
  }

  #printerFor(wish: Wish): Lazy<Print> {
    const key = keyOf(wish);
    const known = this.#printers.get(key);
    if (known) {
      return known;
    }
    const made = new Lazy(
      async () => (isPrinted(wish) && (await this.#readPrinted(wish))) || (await this.#engineFor(wish).get()),
    );
    this.#printers.set(key, made);
    return made;
  }

  #engineFor(wish: Wish): Lazy<Print> {
    const key = keyOf(wish);
    const known = this.#engines.get(key);
    if (known) {
      return known;
    }
    const made = new Lazy(async () => {
      const print = await this.#engine(wish);
      this.#ready.add(key);
      return print;
    });
    this.#engines.set(key, made);
    return made;
  }

  #styleFor(wish: Wish): Lazy<Tried> {
    const key = keyOf(wish);
    const known = this.#styles.get(key) ?? new Lazy(() => this.#style(wish));
    this.#styles.set(key, known);
    return known;
  }

  async #style({ style, file, locale }: Wish): Promise<Tried> {
    const started = Date.now();
    const made = (file && (await this.#ownStyle(file, locale))) ?? (await this.#bundledStyle(style, locale));
    this.#log.info(`Made the style ${file?.path ?? style} in ${locale} in ${Date.now() - started} ms.`);
    return made;
  }

  async #engine(wish: Wish): Promise<Print> {
    const { printer } = await this.#styleFor(wish).get();
    // Numbers and notes mean nothing outside a whole document; there the citation is the default style's.
    const citing = printer.citesByName ? undefined : (await this.#styleFor({ style: defaultStyle, locale: wish.locale }).get()).printer;
    return printing(printer, citing);
  }

  /** What the build printed with the same engine. Where a text is missing or the file damaged, the engine prints. */
  async #readPrinted(wish: Wish): Promise<Print | undefined> {
    try {
      const texts = (await this.#files.json(`references/${wish.style}.json`)) as Readonly<Record<string, Printed>>;
      const engine = this.#engineFor(wish);
      // A writer's entry may have a study's key.
      return async study => (isStudy(study) ? texts[study.id] : undefined) ?? (await engine.get())(study);
    } catch (error) {
      this.#log.error(errorText(error));
      return undefined;
    }
  }

  async #ownStyle(file: vscode.Uri, locale: string): Promise<Tried | undefined> {
    try {
      const xml = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      return await this.#tried(xml, locale);
    } catch (error) {
      const reason =
        error instanceof vscode.FileSystemError
          ? vscode.l10n.t('it could not be read ({0}).', error.code)
          : errorText(error);
      this.#teller.warn(
        vscode.l10n.t(
          'Ketamine Citations can’t use the style {0}: {1} References follow the setting ketamineCitations.style.',
          file.fsPath,
          reason,
        ),
      );
      return undefined;
    }
  }

  async #bundledStyle(style: string, locale: string): Promise<Tried> {
    try {
      return await this.#tried(await this.#files.style(style), locale);
    } catch (error) {
      if (style === defaultStyle) {
        throw new Error(
          vscode.l10n.t(
            'the style {0} can’t be used: {1} Reinstall the extension to mend it.',
            style,
            errorText(error),
          ),
        );
      }
      this.#teller.warn(
        vscode.l10n.t('Ketamine Citations can’t use the style {0}: {1} APA is used.', style, errorText(error)),
      );
      return this.#bundledStyle(defaultStyle, locale);
    }
  }

  /** Rejects in plain words when the style can't be used. */
  async #tried(xml: string | StoredXml, language: string): Promise<Tried> {
    const source: StyleSource = { source: xml, language, locales: await this.#locales(language) };
    return { source, printer: await this.#thread.style(source) };
  }

  async #locales(locale: string): Promise<ReadonlyMap<string, StoredXml>> {
    const loaded = new Map<string, StoredXml>();
    for (const tag of new Set([locale, defaultLocale, britishLocale])) {
      try {
        loaded.set(tag, await this.#files.locale(tag));
      } catch (error) {
        this.#teller.warn(
          vscode.l10n.t(
            'Ketamine Citations can’t read the language {0}: {1} {2} is used.',
            tag,
            errorText(error),
            defaultLocale,
          ),
        );
      }
    }
    return loaded;
  }

  #forget(): void {
    this.#printers.clear();
    for (const style of this.#styles.values()) {
      // Where it failed there is nothing to end.
      void style.get().then(({ printer }) => printer.end(), () => undefined);
    }
    this.#styles.clear();
    this.#ready.clear();
    this.#engines.clear();
    this.#didChange.fire();
  }

  dispose(): void {
    this.#onSave.dispose();
    this.#didChange.dispose();
  }
}

/** @param citing prints the citations, where the style's own mean nothing alone. */
function printing(printer: StylePrinter, citing: StylePrinter | undefined): Print {
  // By the item and not its key, which may mean another work once a bibliography has changed.
  const printed = new WeakMap<CslItem, Promise<Printed>>();
  const print = async (item: CitableItem): Promise<Printed> => {
    const own = await printer.work(item);
    return citing ? { ...(await citing.work(item)), reference: own.reference } : own;
  };
  return ({ id, csl }) => {
    const known = printed.get(csl) ?? print({ ...csl, id });
    printed.set(csl, known);
    // What failed is tried again.
    known.catch(() => printed.delete(csl));
    return known;
  };
}

/** Whether the build has printed the studies so: in every common style, in the default language. */
function isPrinted({ style, file, locale }: Wish): boolean {
  return file === undefined && locale === defaultLocale && common.some(({ id }) => id === style);
}

/** With the style next to the file: that one serves where the file can't be read. */
function keyOf({ style, file, locale }: Wish): string {
  return `${file?.toString() ?? ''}|${style}|${locale}`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
