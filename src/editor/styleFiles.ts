import * as vscode from 'vscode';
import type { StoredXml } from '../core/cslStyle.ts';
import { StyleCatalogue, type StoredCatalogue } from '../core/styleCatalogue.ts';
import { styles as common } from '../core/styles.ts';
import { Lazy } from './edges.ts';

type Block = Readonly<Record<string, StoredXml>>;

/** The styles and locales that come with the extension; each file is read when something of it is first asked for. */
export class StyleFiles {
  readonly #folder: vscode.Uri;
  readonly #catalogue: Lazy<StyleCatalogue>;
  readonly #blocks = new Map<number, Lazy<Block>>();

  constructor(extensionUri: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extensionUri, 'dist');
    this.#catalogue = new Lazy(async () => new StyleCatalogue((await this.json('styles/catalogue.json')) as StoredCatalogue));
  }

  /** Rejects in plain words where the file is missing or damaged. */
  catalogue(): Promise<StyleCatalogue> {
    return this.#catalogue.get();
  }

  /**
   * The XML of a style, by its name: `apa`, `springer-basic-author-date`.
   * Rejects in plain words where there is no such style, or its file is missing or damaged.
   */
  async style(name: string): Promise<StoredXml> {
    if (common.some(({ id }) => id === name)) {
      const file = `styles/${name}.json`;
      return xml(await this.json(file), file);
    }
    const place = (await this.catalogue()).placeOf(name);
    if (!place) {
      throw new Error(vscode.l10n.t('there is no such style.'));
    }
    return xml((await this.#block(place.block))[place.id], blockFile(place.block));
  }

  /** The XML of a locale, by its language tag. Rejects in plain words. */
  async locale(tag: string): Promise<StoredXml> {
    const file = `locales/${tag}.json`;
    return xml(await this.json(file), file);
  }

  /** What a file of `dist` holds. Rejects in plain words. */
  async json(file: string): Promise<unknown> {
    return parsed(await this.#read(file), file);
  }

  async #block(number: number): Promise<Block> {
    const known = this.#blocks.get(number) ?? new Lazy(() => this.#readBlock(number));
    this.#blocks.set(number, known);
    return known.get();
  }

  async #readBlock(number: number): Promise<Block> {
    const file = blockFile(number);
    return parsed(await inflated(await this.#read(file), file), file) as Block;
  }

  async #read(file: string): Promise<Uint8Array> {
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, file));
    } catch {
      throw new Error(vscode.l10n.t('dist/{0} can’t be read.', file));
    }
  }
}

function blockFile(number: number): string {
  return `styles/${number}.deflate`;
}

function xml(value: unknown, file: string): StoredXml {
  if (typeof (value as Partial<StoredXml> | null | undefined)?.n !== 'string') {
    throw damaged(file);
  }
  return value as StoredXml;
}

function parsed(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw damaged(file);
  }
}

async function inflated(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const source = new Response(bytes as Uint8Array<ArrayBuffer>).body!;
  try {
    return new Uint8Array(await new Response(source.pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer());
  } catch {
    throw damaged(file);
  }
}

function damaged(file: string): Error {
  return new Error(vscode.l10n.t('dist/{0} is damaged.', file));
}
