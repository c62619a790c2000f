import type { Numbered, PrintAnswer, PrintRequest } from './messages.ts';
import { stylePrinter, type DocumentPrinter, type StylePrinter } from './stylePrinter.ts';

/** The style is not here any more. */
class Ended extends Error {}

// Each keeps an engine with all works of a manuscript; one that was let go is made anew when it is asked for.
const mostDocuments = 8;

/** The work of the thread that prints. */
export class PrintingWork {
  readonly #post: (answer: PrintAnswer) => void;
  readonly #styles = new Map<number, StylePrinter>();
  /** That which printed last stands last. */
  readonly #documents = new Map<string, DocumentPrinter>();

  constructor(post: (answer: PrintAnswer) => void) {
    this.#post = post;
  }

  async take({ number, request }: Numbered): Promise<void> {
    try {
      this.#post({ number, value: await this.#answer(request) });
    } catch (error) {
      this.#post(error instanceof Ended ? { number, isEnded: true } : { number, fault: error instanceof Error ? error.message : String(error) });
    }
  }

  async #answer(request: PrintRequest): Promise<unknown> {
    if (request.ask === 'style') {
      const { source, language, locales } = request;
      const printer = await stylePrinter(source, language, tag => locales.get(tag));
      this.#styles.set(request.style, printer);
      return printer.citesByName;
    }
    const printer = this.#styles.get(request.style);
    if (!printer) {
      throw new Ended();
    }
    switch (request.ask) {
      case 'work':
        return printer.work(request.item);
      case 'bibliography':
        return printer.bibliography(request.items);
      case 'order':
        return printer.order(request.items);
      case 'document':
        return this.#documentOf(printer, request).print(request.citations, request.uncited);
      case 'end':
        return this.#end(request.style);
    }
  }

  #documentOf(printer: StylePrinter, { style, document }: PrintRequest & { readonly ask: 'document' }): DocumentPrinter {
    const key = `${style}/${document}`;
    const found = this.#documents.get(key) ?? printer.document();
    this.#documents.delete(key);
    this.#documents.set(key, found);
    if (this.#documents.size > mostDocuments) {
      this.#documents.delete(this.#documents.keys().next().value!);
    }
    return found;
  }

  #end(style: number): void {
    this.#styles.delete(style);
    for (const key of this.#documents.keys()) {
      if (key.startsWith(`${style}/`)) {
        this.#documents.delete(key);
      }
    }
  }
}
