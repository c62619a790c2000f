import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { writeAllStyles, writeStyles } from '../../data/styles.ts';
import type { StoredXml } from '../../src/core/cslStyle.ts';
import { StyleCatalogue, type StoredCatalogue } from '../../src/core/styleCatalogue.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'styles-'));
writeStyles(folder);
writeAllStyles(folder);
const read = (name: string): Buffer => readFileSync(path.join(folder, 'styles', name));

export const stored = JSON.parse(read('catalogue.json').toString('utf8')) as StoredCatalogue;
const blocks = Array.from({ length: stored.styles.at(-1)![4] + 1 }, (_, block) => read(`${block}.deflate`));
rmSync(folder, { recursive: true });

/** All styles, as the build writes them. */
export const catalogue = new StyleCatalogue(stored);

type Block = Readonly<Record<string, StoredXml>>;

const inflated = new Map<number, Block>();

/** The styles of a block, by id. */
export function blockOf(number: number): Block {
  const known = inflated.get(number) ?? (JSON.parse(inflateRawSync(blocks[number]!).toString('utf8')) as Block);
  inflated.set(number, known);
  return known;
}

/** The XML of any style, by its name. */
export function anyStyle(name: string): StoredXml {
  const place = catalogue.placeOf(name)!;
  return blockOf(place.block)[place.id]!;
}
