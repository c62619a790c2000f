import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cslNotice } from './noticesOfCsl.ts';
import { root } from './paths.ts';
import { Failure } from './run.ts';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository?: string | { readonly url: string };
}

/**
 * The licence whose text lies in `licences`: of a work that may be had under several, the one it is used under here; of one
 * that comes without the text, the one it names.
 */
const chosen: Readonly<Record<string, string>> = { citeproc: 'CPAL-1.0', saxes: 'ISC' };

/** Terms that ask for more than their own text. */
const remarks: Readonly<Record<string, string>> = {
  citeproc: 'The bundle holds it unmodified, but minified (an Executable in the terms of the CPAL). Its source code is available under\n'
    + 'the CPAL at the address above, and as the npm package of this name and version. The work states no Attribution Information\n'
    + '(Exhibit B); it is named here and in its own notice, which follows. No contributor to it owes any warranty or support.',
  saxes: 'Copyright (c) Louis-Dominique Dubeau. A fork of sax, Copyright (c) Isaac Z. Schlueter and Contributors. The package has\n'
    + 'no file with its terms; it names the ISC licence, whose text follows.',
};
const modules = path.join(root, 'node_modules');
const rule = `\n${'-'.repeat(80)}\n\n`;

/**
 * THIRD_PARTY_NOTICES as it has to be for the bundles in `dist`: every package of which the bundler took something, and the
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

/** What the bundler tells of each bundle: what the extension host loads, and what runs in threads of their own. */
const metafiles = ['extension.meta.json', 'background.meta.json', 'printing.meta.json'];

function bundledPackages(): readonly PackageJson[] {
  const names = metafiles.flatMap(packagesIn);
  return [...new Set(names)].sort().map(name => JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')));
}

/** The names of the packages of which a bundle has something. */
function packagesIn(metafile: string): readonly string[] {
  const file = path.join(root, 'dist', metafile);
  if (!existsSync(file)) {
    throw new Failure('There is no bundle to look into yet; `npm run build` makes it.');
  }
  const { outputs }: { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([input]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
}

function packageNotice({ name, version, license, repository }: PackageJson): string {
  const source = (typeof repository === 'string' ? repository : repository?.url ?? '').replace(/^git\+|\.git$/g, '');
  const files = readdirSync(path.join(modules, name)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0 && !chosen[name]) {
    throw new Failure(`The package ${name} has no licence file; its terms have to be found and added.`);
  }
  const terms = files.map(file => readFileSync(path.join(modules, name, file), 'utf8').trim());
  const used = chosen[name];
  return [
    [`${name} ${version}`, `Licence: ${license}${used ? `; used here under ${used}` : ''}`, `Source: ${source}`].join('\n'),
    ...(remarks[name] ? [remarks[name]] : []),
    ...terms,
    ...(used ? [readFileSync(path.join(__dirname, 'licences', `${used}.txt`), 'utf8').trim()] : []),
  ].join('\n\n').replaceAll('\r\n', '\n') + '\n';
}
