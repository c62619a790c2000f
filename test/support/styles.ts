import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeStyles } from '../../data/styles.ts';
import type { Formatted } from '../../src/core/cslMarkup.ts';
import { createFormatter, type CitableItem, type Formatter, type StoredXml } from '../../src/core/reference.ts';
import { locales, styles } from '../../src/core/styles.ts';
import { studies, study } from './dataset.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'styles-'));
writeStyles(folder);
const read = (file: string): StoredXml => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as StoredXml;
const bundledStyles = new Map(styles.map(({ id }) => [id as string, read(`styles/${id}.json`)]));
const bundledLocales = new Map(locales.map(({ id }) => [id as string, read(`locales/${id}.json`)]));
rmSync(folder, { recursive: true });

/** A bundled style, as the build writes it. */
export function bundledStyle(id: string): StoredXml {
  return bundledStyles.get(id)!;
}

export const localeFor = (tag: string): StoredXml | undefined => bundledLocales.get(tag);

const made = new Map<string, Promise<Formatter>>();

/** The formatter of a bundled style; made once a run, for the first takes half a second. */
export function formatter(style: string, locale = 'en-US'): Promise<Formatter> {
  const key = `${style}|${locale}`;
  const known = made.get(key) ?? createFormatter(bundledStyle(style), locale, localeFor);
  made.set(key, known);
  return known;
}

/** A study of the dataset as citeproc takes it. */
export function item(key: string): CitableItem {
  return { ...study(key).csl, id: key };
}

const printed = new Map<string, Promise<readonly Formatted[]>>();

/** The references of all studies in a bundled style, in the dataset's order; printed once a run, for it takes a second. */
export function printedIn(style: string): Promise<readonly Formatted[]> {
  const known = printed.get(style) ?? formatter(style).then(made => studies.map(({ id }) => made.reference(item(id))));
  printed.set(style, known);
  return known;
}

/** A bundled style as the CSL file it was made from; the texts of `info`, which the package leaves out, are our own. */
export function cslFile(id: string): string {
  return cslText(bundledStyle(id));
}

/** The same of any style in its bundled form. */
export function cslText(style: StoredXml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${xmlOf(style)}`;
}

function xmlOf({ n, a = {}, c = [] }: StoredXml): string {
  if (n === 'info') {
    const kept = c.filter(child => typeof child !== 'string' && child.n === 'category').map(child => xmlOf(child as StoredXml));
    return `<info><title>A style</title><id>style</id>${kept.join('')}<updated>2020-01-01T00:00:00+00:00</updated></info>`;
  }
  const encode = (text: string): string => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);
  const attributes = Object.entries(n === 'style' ? { xmlns: 'http://purl.org/net/xbiblio/csl', ...a } : a);
  const children = c.map(child => (typeof child === 'string' ? encode(child) : xmlOf(child)));
  return `<${n}${attributes.map(([name, value]) => ` ${name}="${encode(value)}"`).join('')}>${children.join('')}</${n}>`;
}
