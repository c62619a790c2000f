import * as vscode from 'vscode';
import type { CitableItem } from '../core/cslEngine.ts';
import type { StoredXml } from '../core/cslStyle.ts';
import type { Printed } from '../core/forms.ts';
import type { Numbered, PrintAnswer, PrintRequest } from '../core/printing/messages.ts';
import { stylePrinter, type DocumentPrinter, type StylePrinter } from '../core/printing/stylePrinter.ts';
import type { Listed } from '../core/reference.ts';
import type { PrintedDocument } from '../core/typeset/typesetter.ts';
import { Lazy } from './edges.ts';
import { startThread, type Thread } from './thread.ts';

/** A style and the language that it is to print in. */
export interface StyleSource {
  readonly source: string | StoredXml;
  readonly language: string;
  /** By language tag. */
  readonly locales: ReadonlyMap<string, StoredXml>;
}

/** There is no thread to print in, or it is gone. */
class NoThread extends Error {}

/** The thread does not have the style any more. */
class Ended extends Error {}

/**
 * Prints in a thread of its own, for an engine takes tenths of a second to be made, and a long manuscript seconds to be
 * printed. Where there is none, all is printed in the extension host.
 */
export class PrintingThread implements vscode.Disposable {
  readonly #script: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #thread: Lazy<Thread | undefined>;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  #isGone = false;
  #numbers = 0;
  #current: Thread | undefined;

  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#script = vscode.Uri.joinPath(extension, 'dist', 'printing.js');
    this.#log = log;
    this.#thread = new Lazy(() => this.#start());
  }

  /** Rejects in plain words where the style can't be used. */
  async style(source: StyleSource): Promise<StylePrinter> {
    const style = this.#next();
    try {
      const citesByName = await this.#ask<boolean>({ ask: 'style', style, ...source });
      return this.#remote({ ask: 'style', style, ...source }, citesByName, new Lazy(() => printerHere(source)));
    } catch (error) {
      return fallingBack(error, () => printerHere(source));
    }
  }

  /** Once the thread is gone, the style is made here, and prints here from then on. */
  #remote(made: PrintRequest & { readonly ask: 'style' }, citesByName: boolean, here: Lazy<StylePrinter>): StylePrinter {
    const { style } = made;
    const orHere = async <T>(request: PrintRequest, print: (printer: StylePrinter) => Promise<T>): Promise<T> => {
      try {
        return await this.#ask<T>(request).catch(async (error: unknown) => {
          if (!(error instanceof Ended)) {
            throw error;
          }
          // Somebody still holds a style whose file has changed since.
          await this.#ask(made);
          return this.#ask<T>(request);
        });
      } catch (error) {
        return fallingBack(error, async () => print(await here.get()));
      }
    };
    return {
      citesByName,
      work: item => orHere<Printed>({ ask: 'work', style, item }, printer => printer.work(item)),
      bibliography: items => orHere<readonly Listed[]>({ ask: 'bibliography', style, items }, printer => printer.bibliography(items)),
      order: items => orHere<readonly string[]>({ ask: 'order', style, items }, printer => printer.order(items)),
      document: () => {
        const document = this.#next();
        let local: DocumentPrinter | undefined;
        return {
          print: (citations, uncited: readonly CitableItem[] = []) =>
            orHere<PrintedDocument>({ ask: 'document', style, document, citations, uncited }, printer =>
              (local ??= printer.document()).print(citations, uncited),
            ),
        };
      },
      end: () => void this.#ask({ ask: 'end', style }).catch(() => undefined),
    };
  }

  async #ask<T>(request: PrintRequest): Promise<T> {
    const thread = this.#isGone ? undefined : await this.#thread.get();
    if (!thread || this.#isGone) {
      throw new NoThread();
    }
    const number = this.#next();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    thread.post({ number, request } satisfies Numbered);
    return (await answer) as T;
  }

  async #start(): Promise<Thread | undefined> {
    const listener = {
      message: (message: unknown) => this.#answered(message as PrintAnswer),
      failed: (reason: string) => {
        this.#log.warn(`The thread that prints failed: ${reason}`);
        this.dispose();
      },
    };
    this.#current = await startThread(this.#script, listener, this.#log);
    return this.#current;
  }

  #answered(answer: PrintAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('isEnded' in answer) {
      waiting?.reject(new Ended());
    } else if ('fault' in answer) {
      waiting?.reject(new Error(answer.fault));
    } else {
      waiting?.resolve(answer.value);
    }
  }

  #next(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  dispose(): void {
    this.#isGone = true;
    this.#current?.end();
    this.#waiting.forEach(({ reject }) => reject(new NoThread()));
    this.#waiting.clear();
  }
}

function printerHere({ source, language, locales }: StyleSource): Promise<StylePrinter> {
  return stylePrinter(source, language, tag => locales.get(tag));
}

/** What the style itself did is told; only the thread's end is made up for. */
function fallingBack<T>(error: unknown, here: () => Promise<T>): Promise<T> {
  if (error instanceof NoThread) {
    return here();
  }
  throw error;
}
