import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../host/paths.ts';
import type { Part } from './report.ts';

const megabyte = 1e6;

/** What the extension weighs, on disk and in memory. */
export const size: Part = async report => {
  report({ name: 'bundle.size', value: statSync(path.join(root, 'dist', 'extension.js')).size / megabyte, unit: 'MB' });
  const vsix = path.join(root, 'dist', 'ketamine-citations.vsix');
  if (!existsSync(vsix)) {
    execFileSync('npm', ['run', 'package'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  report({ name: 'vsix.size', value: statSync(vsix).size / megabyte, unit: 'MB' });
  report({ name: 'memory.loaded', value: memory(0), unit: 'MB' });
  report({ name: 'memory.10k', value: memory(10_000), unit: 'MB' });
  report({ name: 'memory.100k', value: memory(100_000), unit: 'MB' });
};

/** In a process of its own, whose garbage can be collected before each reading. The file's own bytes are among it. */
function memory(entries: number): number {
  const file = path.join(__dirname, 'memory.ts');
  const bytes = execFileSync(process.execPath, ['--expose-gc', '--import=tsx', file, String(entries)], {
    cwd: root,
    encoding: 'utf8',
  });
  return Number(bytes) / megabyte;
}
