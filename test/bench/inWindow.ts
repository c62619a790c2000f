import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { removeAtEnd } from '../host/children.ts';
import { root } from '../host/paths.ts';
import { runTestModule } from '../host/testRun.ts';
import { makeWorkspace } from '../host/workspace.ts';

/**
 * Runs a module of `inEditor` in the extension host of a real VS Code, beside the extension as it is built; answers the
 * figures that it prints as one line behind `FIGURES`.
 *
 * @param given constants of the module, by name.
 * @param files texts of the folder that is opened, by name.
 * @throws Error where the module fails or prints none.
 */
export async function measureInWindow<Figures>(
  module: string,
  given: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  removeAtEnd(folder);
  const tests = path.join(folder, 'measure.js');
  await build({
    entryPoints: [path.join(__dirname, 'inEditor', module)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    define: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, JSON.stringify(value)])),
    outfile: tests,
    logLevel: 'warning',
  });
  const { code, output } = await runTestModule({
    extension: probed(folder),
    tests,
    host: 'node',
    folder: makeWorkspace({ files }),
  });
  const line = output.find(each => each.includes('FIGURES '));
  if (code !== 0 || !line) {
    throw new Error(`The measuring in VS Code failed:\n${output.slice(-20).join('\n')}`);
  }
  return JSON.parse(line.slice(line.indexOf('FIGURES ') + 'FIGURES '.length)) as Figures;
}

/** A copy of the built extension whose entry is the probe, which loads the real one. */
function probed(folder: string): string {
  const copy = path.join(folder, 'extension');
  mkdirSync(copy);
  cpSync(path.join(root, 'dist'), path.join(copy, 'dist'), { recursive: true });
  cpSync(path.join(root, 'media'), path.join(copy, 'media'), { recursive: true });
  cpSync(path.join(__dirname, 'inEditor', 'probe.cjs'), path.join(copy, 'dist', 'probe.cjs'));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { browser: _browser, ...rest } = manifest;
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify({ ...rest, main: './dist/probe.cjs' }));
  return copy;
}
