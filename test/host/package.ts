import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench } from '../e2e/support/workbench.ts';
import type { StoredCatalogue } from '../../src/core/styleCatalogue.ts';
import { noticesText } from './noticesText.ts';
import { root } from './paths.ts';
import { Failure, main, run, say } from './run.ts';
import { serve } from './serve.ts';
import { findServer } from './server.ts';
import type { HostKind } from './settings.ts';

const vsix = path.join(root, 'dist', 'ketamine-citations.vsix');
const largest = 8_000_000; // bytes

const needed = [
  // Helps the writer to edit quotes of their own.
  'data/quotes.schema.json',
  'package.json', 'readme.md', 'changelog.md', 'license.txt', 'third_party_notices', 'dist/extension.js', 'dist/background.js', 'dist/printing.js', 'dist/studies.json', 'media/icon.png',
  'dist/styles/catalogue.json',
];
/** Everything else which may be in the package, in lower case. */
const allowed = /^(\.vsixmanifest|dist\/(?!test\/|(?:\w+\.)?meta\.json$).*\.(js|json|csl|xml|txt|md)|dist\/styles\/\d+\.deflate|media\/[^/]+\.(svg|png|css)|media\/walkthrough\/.*)$/;

const checks: readonly (readonly [name: string, check: () => Promise<void>])[] = [
  ['is packed without a warning', packsWithoutWarning],
  [`has at most ${largest / 1e6} MB`, hasRightSize],
  ['contains what is needed and nothing else', hasRightFiles],
  ['carries the notices of what it bundles', hasRightNotices],
  ['cites from a fresh install in the Node host', () => citesWhenInstalled('node')],
  ['cites from a fresh install in the web worker host', () => citesWhenInstalled('web')],
];

/** Makes the package and uses it as a writer gets it: installed, with the source folder out of the way. */
main(async () => {
  say('The package');
  let failed = 0;
  for (const [name, check] of checks) {
    const started = Date.now();
    await check().then(() => say(`  ✔ ${name} (${Date.now() - started}ms)`), (error: unknown) => {
      failed++;
      say(`  ✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    });
  }
  console.log(`package: ${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) {
    throw new Failure('The package is not fit to be published.');
  }
});

async function packsWithoutWarning(): Promise<void> {
  const output = await run('npm', ['run', 'package', '--loglevel=error'], { cwd: root });
  assert.deepEqual(output.split('\n').filter(line => /warning/i.test(line) && !line.startsWith('>')), []);
}

async function hasRightSize(): Promise<void> {
  const { size } = statSync(vsix);
  assert.ok(size <= largest, `${size} bytes`);
}

async function citesWhenInstalled(host: HostKind): Promise<void> {
  const before = 'Infusions were repeated ';
  const workbench = await openWorkbench({ extensionPath: vsix, host, files: { 'manuscript.md': `${before}.\n` } });
  try {
    await workbench.openFile('manuscript.md');
    const activation = await workbench.activation();
    assert.equal(activation.host, host);
    assert.equal(path.dirname(activation.path), workbench.extensions);
    await workbench.goTo(1, before.length + 1);
    await workbench.type('@feder2021');
    await workbench.firstSuggestion('feder2021');
    await workbench.press('Enter');
    const expected = `${before}[@feder2021].\n`;
    assert.equal(await workbench.textOnce('manuscript.md', expected), expected);
  } finally {
    await workbench.close();
  }
}

async function hasRightFiles(): Promise<void> {
  const served = await serve(await findServer(), { extensions: [vsix] });
  const [folder = ''] = readdirSync(served.extensions).filter(name => name.startsWith('ketamine-citations.'));
  const files = filesIn(path.join(served.extensions, folder));
  await served.end();
  assert.deepEqual([...needed, ...blocks()].filter(file => !files.includes(file)), [], 'missing from the package');
  assert.deepEqual(files.filter(file => !needed.includes(file) && !allowed.test(file)), [], 'not needed in the package');
}

/** The files in which the catalogue says that styles are. */
function blocks(): readonly string[] {
  const catalogue = JSON.parse(readFileSync(path.join(root, 'dist', 'styles', 'catalogue.json'), 'utf8')) as StoredCatalogue;
  return [...new Set(catalogue.styles.map(row => `dist/styles/${row[4]}.deflate`))];
}

async function hasRightNotices(): Promise<void> {
  const file = path.join(root, 'THIRD_PARTY_NOTICES');
  assert.ok(existsSync(file) && readFileSync(file, 'utf8') === noticesText(), 'THIRD_PARTY_NOTICES is out of date; `npm run notices` writes it');
}

/** In lower case, with `/`. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => statSync(path.join(folder, file)).isFile())
    .map(file => file.replaceAll('\\', '/').toLowerCase());
}
