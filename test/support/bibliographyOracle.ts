import assert from 'node:assert/strict';
import type { Convert, Scan, Scanner } from '../../src/core/bibliography/scan.ts';

type Item = Readonly<Record<string, unknown>>;

/** Our reading of a whole text, in chunks of the given length. */
export function scanned(scanner: Scanner, text: string, chunk = 1 << 16): Scan {
  for (let at = 0; at < text.length; at += chunk) {
    Array.from(scanner.push(text.slice(at, at + chunk)));
  }
  const end = scanner.end();
  for (;;) {
    const { done, value } = end.next();
    if (done) {
      return value;
    }
  }
}

/** Our items with their keys, as Pandoc prints its own. */
export function ours(scanner: Scanner, convert: Convert, text: string): Item[] {
  const { entries, context } = scanned(scanner, text);
  return entries.map(({ key, start, end }) => ({ id: key, ...convert(text.slice(start, end), { context, textOf: () => undefined }) }));
}

/**
 * Pandoc's CSL-JSON of a bibliography. The Pandoc of many systems is too old to read RIS and EndNote XML: this is the
 * project's own build for WebAssembly.
 */
export async function csljsonByPandoc(text: string, from: string): Promise<Item[]> {
  const name = 'pandoc-wasm';
  const { convert } = (await import(name)) as { convert(options: object, input: string, files: object): Promise<{ stdout: string; stderr: string }> };
  const { stdout, stderr } = await convert({ from, to: 'csljson' }, text, {});
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Item[];
}

/** Whether Pandoc 3 reads a bibliography, and does not refuse it as a whole. */
export async function isReadByPandoc3(text: string, from: string): Promise<boolean> {
  const name = 'pandoc-wasm';
  const { convert } = (await import(name)) as { convert(options: object, input: string, files: object): Promise<{ stdout: string; stderr: string }> };
  return !(await convert({ from, to: 'csljson' }, text, {})).stderr.includes('ERROR');
}

/** The fields in which two readings differ, as `key.field`. Quotation marks and empty fields are none of a reader's. */
export function disagreements(our: readonly Item[], pandoc: readonly Item[]): string[] {
  assert.deepEqual(our.map(({ id }) => id), pandoc.map(({ id }) => id));
  return our.flatMap((item, index) => {
    const other = pandoc[index]!;
    const fields = [...new Set([...Object.keys(item), ...Object.keys(other)])].sort();
    return fields.filter(field => plain(item[field]) !== plain(other[field])).map(field => `${String(item['id'])}.${field}`);
  });
}

function plain(value: unknown): string {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return '';
  }
  return JSON.stringify(sorted(value)).replace(/\u201c|\u201d/g, '\\"').replace(/[\u2018\u2019]/g, "'");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
    : value;
}
