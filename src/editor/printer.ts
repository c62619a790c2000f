import * as vscode from 'vscode';
import type { Reading } from '../core/reading.ts';
import { withoutPlain } from '../core/rewrite/plain.ts';
import type { PlacedCitation } from '../core/typeset/citationsOf.ts';
import type { DocumentPrinter } from '../core/printing/stylePrinter.ts';
import type { PrintedDocument } from '../core/typeset/typesetter.ts';
import type { KnownOfDocument } from './known.ts';
import { citationsOf, uncited } from './printing.ts';
import type { References } from './references.ts';

/** A manuscript as its style prints it. */
export interface PrintedManuscript {
  /** The text whose citations were printed: those that plain forms keep stand in it as citations. */
  readonly reading: Reading;
  /** In the order of `printed.citations`. */
  readonly cited: readonly PlacedCitation[];
  readonly printed: PrintedDocument;
}

/** Prints whole manuscripts; what it printed last of each makes the next time short. */
export class ManuscriptPrinter implements vscode.Disposable {
  readonly #references: References;
  readonly #listener: vscode.Disposable;
  #printers = new WeakMap<vscode.TextDocument, { readonly wish: string; readonly printer: DocumentPrinter }>();

  constructor(references: References) {
    this.#references = references;
    // A style of the same name may print otherwise once its file has changed.
    this.#listener = references.onDidChange(() => {
      this.#printers = new WeakMap();
    });
  }

  /** Rejects in plain words where the style fails, and with `Stopped` once the token asks for it. */
  async print(document: vscode.TextDocument, read: Reading, known: KnownOfDocument, token?: vscode.CancellationToken): Promise<PrintedManuscript> {
    const reading = withoutPlain(read);
    const cited = citationsOf(reading, known);
    const listed = await uncited(cited, known, token);
    const printer = await this.#printerOf(document);
    return { reading, cited, printed: await printer.print(cited, listed) };
  }

  /** The CSL locale in which a manuscript is printed: `en-US`. */
  async localeOf(document: vscode.TextDocument): Promise<string> {
    return (await this.#references.wished(document)).locale;
  }

  async #printerOf(document: vscode.TextDocument): Promise<DocumentPrinter> {
    const wish = JSON.stringify(await this.#references.wished(document));
    const before = this.#printers.get(document);
    if (before?.wish === wish) {
      return before.printer;
    }
    const printer = await this.#references.documentPrinter(document);
    this.#printers.set(document, { wish, printer });
    return printer;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
