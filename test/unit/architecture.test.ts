import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const src = path.join(__dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** What a file imports: its own modules as paths below `src`, others as named. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  return Array.from(text.matchAll(/(?:\bfrom|\bimport\()\s*'([^']+)'/g), ([, name = '']) =>
    name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
  );
}

/** Who may import whom: `extension → features → editor → core`. */
const layers: readonly (readonly [folder: string, allowed: RegExp])[] = [
  ['core/', /^(?:core\/|fuse\.js$|citeproc$|saxes$|yaml$|entities\/decode$|jsonc-parser$)/],
  ['editor/', /^(?:core\/|editor\/|manifest\.ts$|vscode$)/],
  ['features/', /^(?:core\/|editor\/|manifest\.ts$|vscode$)/],
  ['manifest.ts', /^(?:core\/|\.\.\/package\.json$|vscode$)/],
  ['extension.ts', /^(?:features\/|editor\/|vscode$)/],
  ['background.ts', /^(?:core\/|backgroundPort\.ts$)/],
  ['printing.ts', /^(?:core\/|backgroundPort\.ts$)/],
  ['backgroundPort.ts', /^(?!)/],
];

describe('src', () => {
  for (const file of files) {
    const layer = layers.find(([folder]) => file.startsWith(folder));
    it(`${file} imports what its layer may`, () => {
      assert.ok(layer, 'stands in no layer');
      const own = `${path.posix.dirname(file)}/`;
      const isOwn = (name: string): boolean => own !== 'features/' && name.startsWith(own);
      assert.deepEqual(importsOf(file).filter(name => !layer[1].test(name) && !isOwn(name)), []);
    });
  }
  it('names no Node or browser global in core', () => {
    const globals = /\b(?:process|Buffer|require|document\.|window\.|globalThis|fetch|localStorage|setTimeout)\b(?!:)/;
    const core = files.filter(file => file.startsWith('core/'));
    const code = (file: string): string => readFileSync(path.join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    assert.deepEqual(core.filter(file => globals.test(code(file).replaceAll(/'[^']*'/g, ''))), []);
  });
  it('activates in fewer than 25 lines', () => {
    const [, body = ''] = /export (?:async )?function activate[^{]*\{([\s\S]*?)\n\}/.exec(readFileSync(path.join(src, 'extension.ts'), 'utf8')) ?? [];
    assert.ok(body.split('\n').length >= 3 && body.split('\n').length < 25, `${body.split('\n').length} lines`);
  });
});
