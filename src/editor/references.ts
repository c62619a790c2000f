import * as vscode from 'vscode';
import type { Printed } from '../core/forms.ts';
import { readStyle, type LocaleFor, type Style } from '../core/cslEngine.ts';
import { formatterOf, type CitableItem, type Formatter, type Listed, type StoredXml } from '../core/reference.ts';
import { isStudy, type CslItem, type Entry } from '../core/study.ts';
import { Typesetter } from '../core/typeset/typesetter.ts';
import { styles as common } from '../core/styles.ts';
import { aTurn, Lazy, type OnceTeller } from './edges.ts';
import { defaultStyle, type StyleChoice, type StyleChoices } from './styleChoice.ts';
import type { StyleFiles } from './styleFiles.ts';

/** Serves where the chosen locale can't be read. */
const defaultLocale = 'en-US';

/** British journals' styles ask for it where the writer's language is English. */
const britishLocale = 'en-GB';

/** The writer has paused for this long (ms) before an engine is made unasked: making one takes some tenths of a second. */
const pauseBeforeWarming = 1000;

/** What is asked for. */
type Wish = Pick<StyleChoice, 'style' | 'file' | 'locale'>;

type Print = (study: Entry) => Promise<Printed>;

/** A style that was tried: what prints works alone and as a list, and what engines for whole manuscripts are made of. */
interface Tried {
  readonly style: Style;
  readonly formatter: Formatter;
}

/** Prints studies in the style and language that are in force where they are printed; each engine is made at first need and kept. */
export class References implements vscode.Disposable {
  readonly #files: StyleFiles;
  readonly #choices: StyleChoices;
  readonly #log: vscode.LogOutputChannel;
  readonly #teller: OnceTeller;
  readonly #printers = new Map<string, Lazy<Print>>();
  readonly #styles = new Map<string, Lazy<Tried>>();
  readonly #engines = new Map<string, Lazy<Print>>();
  /** The wishes whose engine is there. */
  readonly #ready = new Set<string>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #onSave: vscode.Disposable;

  /** A style's file has changed. */
  readonly onDidChange = this.#didChange.event;
  #warming: ReturnType<typeof setTimeout> | undefined;

  constructor(files: StyleFiles, choices: StyleChoices, log: vscode.LogOutputChannel, teller: OnceTeller) {
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

  /** Prints if it can at once; if it needs an engine that is not there yet, that is made as soon as the writer pauses. */
  quickPrinter(scope: vscode.ConfigurationScope | undefined): (study: Entry) => Promise<Printed | undefined> {
    const wished = this.wished(scope);
    return async study => {
      const wish = await wished;
      if ((isPrinted(wish) && isStudy(study)) || this.#ready.has(keyOf(wish))) {
        return (await this.#printerFor(wish).get())(study);
      }
      clearTimeout(this.#warming);
      this.#warming = setTimeout(
        () =>
          void this.#engineFor(wish)
            .get()
            .catch((error: unknown) => this.#log.error(errorText(error))),
        pauseBeforeWarming,
      );
      return undefined;
    };
  }

  /** The reference list of all works that a manuscript cites, which are given in the order in which it cites them. */
  async bibliography(
    items: readonly CitableItem[],
    scope: vscode.ConfigurationScope | undefined,
  ): Promise<readonly Listed[]> {
    return (await this.#styleFor(await this.wished(scope)).get()).formatter.bibliography(items);
  }

  /** The ids in that list's order, which takes far less time. */
  async order(items: readonly CitableItem[], scope: vscode.ConfigurationScope | undefined): Promise<readonly string[]> {
    return (await this.#styleFor(await this.wished(scope)).get()).formatter.order(items);
  }

  /** A new one, for one manuscript: it keeps what it printed last. */
  async typesetter(scope: vscode.ConfigurationScope | undefined): Promise<Typesetter> {
    return new Typesetter((await this.#styleFor(await this.wished(scope)).get()).style);
  }

  /** The style and the language in force, and who asks for them. Never rejects. */
  wished(scope: vscode.ConfigurationScope | undefined): Promise<StyleChoice> {
    return this.#choices.of(scope);
  }

  /**
   * Another style in the language of a place: to show what it would print there.
   * Rejects in plain words where the style can't be used.
   */
  async sampler(style: string, scope: vscode.ConfigurationScope | undefined): Promise<Typesetter> {
    const { locale } = await this.wished(scope);
    return new Typesetter(await readStyle(await this.#files.style(style), locale, await this.#locales(locale)));
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
    const localeFor = await this.#locales(locale);
    const made =
      (file && (await this.#ownStyle(file, locale, localeFor))) ?? (await this.#bundledStyle(style, locale, localeFor));
    this.#log.info(`Made the style ${file?.path ?? style} in ${locale} in ${Date.now() - started} ms.`);
    return made;
  }

  async #engine(wish: Wish): Promise<Print> {
    const { formatter } = await this.#styleFor(wish).get();
    // Numbers and notes mean nothing outside a whole document; there the citation is the default style's.
    const citing = formatter.citesByName
      ? formatter
      : (await this.#bundledStyle(defaultStyle, wish.locale, await this.#locales(wish.locale))).formatter;
    return printerOf(formatter, citing);
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

  async #ownStyle(file: vscode.Uri, locale: string, localeFor: LocaleFor): Promise<Tried | undefined> {
    try {
      const xml = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      return await tried(xml, locale, localeFor);
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

  async #bundledStyle(style: string, locale: string, localeFor: LocaleFor): Promise<Tried> {
    try {
      return await tried(await this.#files.style(style), locale, localeFor);
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
      return this.#bundledStyle(defaultStyle, locale, localeFor);
    }
  }

  async #locales(locale: string): Promise<LocaleFor> {
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
    return tag => loaded.get(tag);
  }

  #forget(): void {
    this.#printers.clear();
    this.#styles.clear();
    this.#ready.clear();
    this.#engines.clear();
    this.#didChange.fire();
  }

  dispose(): void {
    clearTimeout(this.#warming);
    this.#onSave.dispose();
    this.#didChange.dispose();
  }
}

/** @throws Error in plain words when the style can't be used */
async function tried(xml: string | StoredXml, locale: string, localeFor: LocaleFor): Promise<Tried> {
  const style = await readStyle(xml, locale, localeFor);
  return { style, formatter: formatterOf(style) };
}

function printerOf(formatter: Formatter, citing: Formatter): Print {
  // By the item and not its key, which may mean another work once a bibliography has changed.
  const printed = new WeakMap<CslItem, Printed>();
  return async ({ id, csl }) => {
    const known = printed.get(csl);
    if (known) {
      return known;
    }
    // Each takes some ten milliseconds, and a list asks for several in one go.
    await aTurn();
    const item = { ...csl, id };
    const text = {
      reference: formatter.reference(item).markdown,
      parenthetical: citing.parenthetical(item).markdown,
      inText: citing.inText(item).markdown,
    };
    printed.set(csl, text);
    return text;
  };
}

/** Whether the build has printed the studies so: in every common style, in the default language. */
function isPrinted({ style, file, locale }: Wish): boolean {
  return file === undefined && locale === defaultLocale && common.some(({ id }) => id === style);
}

function keyOf({ style, file, locale }: Wish): string {
  return `${file?.toString() ?? style}|${locale}`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
