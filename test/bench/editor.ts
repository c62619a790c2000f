import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import Fuse from 'fuse.js';
import { searchEntry } from '../../src/core/search/entry.ts';
import { readManuscript } from '../../src/core/reading.ts';
import { fuseOptions } from '../../src/core/search/judge.ts';
import { removeAtEnd } from '../host/children.ts';
import { root } from '../host/paths.ts';
import { runTestModule } from '../host/testRun.ts';
import { makeWorkspace } from '../host/workspace.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { keystrokes, queriesWithTypo } from './queries.ts';
import { syntheticManuscript } from './manuscriptText.ts';
import { p95, timed, type Part } from './report.ts';

interface Figures {
  readonly loaded: number;
  readonly activated: number;
  readonly first: number;
  readonly times: readonly number[];
  readonly hoverTimes: readonly number[];
  readonly activation: Readonly<Record<string, number>>;
}

/** 1 MB with 5,000 citations. */
const manuscript = syntheticManuscript(1_000_000, 5000, studies.map(({ id }) => id), 5);

// Plain Fuse takes half a minute for all keys.
const everyNth = 10;

/** What the writer waits for in a real VS Code: activation, the first `@`, each key behind it, and a citation’s card. */
export const editor: Part = async report => {
  const queries = queriesWithTypo(200, 3);
  const { loaded, activated, first, times, hoverTimes, activation } = await measure(queries.map(({ typed }) => typed));
  const markdown = activation['vscode.markdown-language-features'];
  report({
    name: 'activate',
    value: activated,
    unit: 'ms',
    ...(markdown !== undefined && {
      baseline: { name: 'VS Code’s Markdown extension, in the same window', value: Math.max(markdown, 1) },
    }),
  });
  report({ name: 'activate.load', value: loaded, unit: 'ms' });
  report({ name: 'completion.first', value: first, unit: 'ms' });
  const fuse = new Fuse(
    studies.map(study => searchEntry(study, vocabulary)),
    fuseOptions,
  );
  const sample = keystrokes(queries).filter((_, index) => index % everyNth === 0);
  report({
    name: 'completion.bundled.p95',
    value: p95(times),
    unit: 'ms',
    baseline: {
      name: `plain Fuse, same options, every ${everyNth}th key`,
      value: p95(sample.map(query => timed(() => fuse.search(query)))),
    },
  });
  report({
    name: 'hover.p95',
    value: p95(hoverTimes),
    unit: 'ms',
    baseline: {
      name: 'reading the text anew for each',
      value: p95(Array.from({ length: 10 }, () => timed(() => readManuscript(manuscript)))),
    },
  });
};

async function measure(queries: readonly string[]): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  removeAtEnd(folder);
  const tests = path.join(folder, 'measure.js');
  await build({
    entryPoints: [path.join(__dirname, 'inEditor', 'measure.ts')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    define: { QUERIES: JSON.stringify(queries), MANUSCRIPT: JSON.stringify(manuscript) },
    outfile: tests,
    logLevel: 'warning',
  });
  const { code, output } = await runTestModule({
    extension: probed(folder),
    tests,
    host: 'node',
    folder: makeWorkspace({}),
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
