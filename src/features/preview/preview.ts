import * as vscode from 'vscode';
import { escapeHtml } from '../../core/html.ts';
import { pendingHtml, previewHtml } from '../../core/preview/html.ts';
import { showCitations, type Cited, type MarkdownIt, type Printed } from '../../core/preview/plugin.ts';
import { longestManuscript, readManuscript } from '../../core/reading.ts';
import { citationSpans } from '../../core/typeset/citationsOf.ts';
import type { Typesetter } from '../../core/typeset/typesetter.ts';
import { quietly } from '../../editor/edges.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import { citationsOf, namedUncited } from '../../editor/printing.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { settingsFor } from '../../manifest.ts';

/** Changes that come together redraw the preview once (ms). */
const pause = 100;

/** What is at hand for a manuscript that a preview shows. */
interface Ready {
  readonly known: KnownOfDocument;
  readonly typesetter: Typesetter;
  readonly wish: string;
}

/** Shows citations in VS Code's Markdown preview as the style prints them. */
export class Preview implements vscode.Disposable {
  readonly #readings: Readings;
  readonly #known: KnownKeys;
  readonly #references: References;
  readonly #log: vscode.LogOutputChannel;
  /** The addresses of manuscripts that a preview has shown, whether or not they can be printed yet. */
  readonly #shown = new Set<string>();
  /** By address; only of manuscripts that a preview has shown. */
  readonly #ready = new Map<string, Ready>();
  readonly #making = new Set<vscode.TextDocument>();
  /** The versions for which it was found out what is known, and which style is asked for: metadata may say otherwise in the next. */
  readonly #versions = new Map<string, number>();
  readonly #printed = new WeakMap<Cited, { readonly ready: Ready; readonly printed: Printed }>();
  readonly #listeners: vscode.Disposable;
  #isUsed = false;
  /** How often something changed on which previews depend, and how often a style did. */
  #changes = 0;
  #styles = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readings: Readings, known: KnownKeys, references: References, log: vscode.LogOutputChannel) {
    this.#readings = readings;
    this.#known = known;
    this.#references = references;
    this.#log = log;
    this.#listeners = vscode.Disposable.from(
      known.onDidChange(() => this.#renew()),
      references.onDidChange(() => this.#renew(true)),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('ketamineCitations')) {
          this.#renew();
        }
        if (event.affectsConfiguration('ketamineCitations.preview') && this.#isUsed) {
          this.#redraw();
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
    );
  }

  /** To be called by VS Code's Markdown extension with its own markdown-it. */
  readonly extendMarkdownIt = (md: MarkdownIt): MarkdownIt => {
    this.#isUsed = true;
    showCitations(md, text => this.#calmly(() => this.#read(text)), (cited, env) => this.#calmly(() => this.#print(cited, env)));
    return md;
  };

  #read(text: string): Cited | undefined {
    if (!text.includes('@') || text.length > longestManuscript) {
      return undefined;
    }
    const reading = this.#readings.lastOf(text) ?? readManuscript(text);
    return { reading, citations: citationSpans(reading) };
  }

  /** Answers at once: what is not at hand yet is made, and the preview drawn again. */
  #print(cited: Cited, env: unknown): Printed | undefined {
    const uri = (env as { readonly currentDocument?: unknown } | undefined)?.currentDocument;
    const address = uri instanceof vscode.Uri ? uri.toString() : undefined;
    const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === address);
    if (!document || !settingsFor(document)('preview.enabled')) {
      return undefined;
    }
    this.#shown.add(document.uri.toString());
    const ready = this.#ready.get(document.uri.toString());
    if (!ready) {
      void quietly(this.#log, () => this.#make(document));
      return { citations: cited.citations.map(({ start, end }) => pendingHtml(cited.reading.text.slice(start, end))), notes: '', list: '' };
    }
    if (this.#versions.get(document.uri.toString()) !== document.version) {
      void quietly(this.#log, () => this.#make(document));
    }
    const before = this.#printed.get(cited);
    if (before?.ready === ready) {
      return before.printed;
    }
    const printed = printedWith(cited, ready);
    this.#printed.set(cited, { ready, printed });
    return printed;
  }

  /** A fault of ours must not leave the writer without a preview. */
  #calmly<T>(run: () => T | undefined): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
      return undefined;
    }
  }

  async #make(document: vscode.TextDocument): Promise<void> {
    if (this.#making.has(document)) {
      return;
    }
    this.#making.add(document);
    const key = document.uri.toString();
    try {
      // What changes meanwhile, be it the text or a bibliography that was read, may not be in what was made.
      for (let made = ''; made !== this.#stateOf(document) && !document.isClosed; ) {
        const { version } = document;
        made = this.#stateOf(document);
        await this.#makeReady(document, key);
        if (!document.isClosed) {
          this.#versions.set(key, version);
        }
      }
    } finally {
      this.#making.delete(document);
    }
  }

  #stateOf({ version }: vscode.TextDocument): string {
    return `${version} ${this.#changes}`;
  }

  async #makeReady(document: vscode.TextDocument, key: string): Promise<void> {
    const styles = this.#styles;
    const known = await this.#known.of(document);
    const wish = JSON.stringify([styles, await this.#references.wished(document)]);
    const before = this.#ready.get(key);
    if (before?.known === known && before.wish === wish) {
      return;
    }
    const typesetter = before?.wish === wish ? before.typesetter : await this.#references.typesetter(document);
    if (!document.isClosed) {
      this.#ready.set(key, { known, typesetter, wish });
      this.#redraw();
    }
  }

  /** Of the manuscripts shown, what is known and the style may be others now; so is a style of the same name, once its file has changed. */
  #renew(isStyleGone = false): void {
    this.#changes += 1;
    this.#styles += isStyleGone ? 1 : 0;
    for (const document of vscode.workspace.textDocuments) {
      if (this.#shown.has(document.uri.toString())) {
        void quietly(this.#log, () => this.#make(document));
      }
    }
  }

  #forget(key: string): void {
    this.#shown.delete(key);
    this.#ready.delete(key);
    this.#versions.delete(key);
  }

  #redraw(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void vscode.commands.executeCommand('markdown.preview.refresh'), pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }
}

function printedWith({ reading, citations }: Cited, { known, typesetter }: Ready): Printed {
  const cited = citationsOf(reading, known);
  const { t } = vscode.l10n;
  const words = { unknown: t('no such citekey'), back: t('Back to the text') };
  // The entries of `nocite: '@*'` may be thousands, and the preview waits for the list.
  const html = previewHtml(cited, typesetter.print(cited, namedUncited(cited, known)), words);
  const byStart = new Map(cited.map(({ start }, index) => [start, html.citations[index]!]));
  return { ...html, citations: citations.map(({ start, end }) => byStart.get(start) ?? escapeHtml(reading.text.slice(start, end))) };
}
