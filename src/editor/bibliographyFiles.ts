import * as vscode from 'vscode';
import { bibliographyFormat, declarationsIn, type BibliographyFormat } from '../core/declarations.ts';
import { Lines } from '../core/lines.ts';
import { FileCache } from './files.ts';
import type { KnownOfDocument } from './known.ts';

/** Where a bibliography file declares an entry; `written` is the key as it stands there, with its quotation marks. */
export interface FiledEntry {
  readonly key: string;
  readonly uri: vscode.Uri;
  readonly format: BibliographyFormat;
  readonly start: number;
  readonly end: number;
  readonly range: vscode.Range;
  readonly written: string;
}

/** Of larger files (bytes) no keys are looked up. */
const largestFile = 20_000_000;

/** Looks up keys in the bibliography files that manuscripts name; reads nothing of the entries but where they stand. */
export class BibliographyFiles {
  readonly #files = new FileCache(async (text, uri) => entriesIn(text, uri), largestFile);

  /** The first entry of that key in the files that are in force for the manuscript. */
  async find(known: KnownOfDocument, key: string): Promise<FiledEntry | undefined> {
    return (await this.findAll(this.namedBy(known), key))[0];
  }

  /** Every entry of that key in these files. */
  async findAll(files: readonly vscode.Uri[], key: string): Promise<readonly FiledEntry[]> {
    const found: FiledEntry[] = [];
    for (const file of files) {
      found.push(...((await this.#files.of(file))?.get(key) ?? []));
    }
    return found;
  }

  /** The files that are in force for a manuscript. */
  namedBy({ sources }: KnownOfDocument): readonly vscode.Uri[] {
    return sources.map(({ uri }) => uri);
  }
}

function entriesIn(text: string, uri: vscode.Uri): ReadonlyMap<string, readonly FiledEntry[]> {
  const entries = new Map<string, FiledEntry[]>();
  const format = bibliographyFormat(uri.path);
  const lines = new Lines(text);
  const position = (offset: number): vscode.Position => {
    const { line, character } = lines.positionAt(offset);
    return new vscode.Position(line, character);
  };
  for (const { key, start, end } of format ? declarationsIn(text, format) : []) {
    const range = new vscode.Range(position(start), position(end));
    const entry = { key, uri, format: format!, start, end, range, written: text.slice(start, end) };
    entries.set(key, [...(entries.get(key) ?? []), entry]);
  }
  return entries;
}
