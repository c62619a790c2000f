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
  // A process of its own, whose garbage can be collected before each reading.
  const heap = execFileSync(process.execPath, ['--expose-gc', '--import=tsx', path.join(__dirname, 'memory.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  report({ name: 'memory.loaded', value: Number(heap) / megabyte, unit: 'MB' });
};
