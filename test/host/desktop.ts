import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cache } from './paths.ts';
import { say } from './run.ts';
import { hasDisplay, isExecutable, onPath } from './system.ts';
import { vscode } from './versions.ts';

/** Where test-electron downloads from; asked with a short limit, as a closed network may swallow the question. */
const updates = 'https://update.code.visualstudio.com/api/releases/stable';

/** The program of an installed desktop VS Code, found by its command `code`; only where a window could be seen. */
export function installedDesktop(): string | undefined {
  const command = hasDisplay() ? onPath('code') : undefined;
  return command && programBehind(realpathSync(command));
}

/** The program of a downloaded desktop VS Code, or undefined where it can't be downloaded or shown. */
export async function reachableDesktop(): Promise<string | undefined> {
  if (!hasDisplay()) {
    return undefined;
  }
  const answers = await fetch(updates, { signal: AbortSignal.timeout(4000) }).then(answer => answer.ok, () => false);
  if (!answers) {
    say('VS Code\'s update server does not answer; the server from npm serves instead of the desktop.');
    return undefined;
  }
  return downloadAndUnzipVSCode({ version: vscode, cachePath: cache });
}

/**
 * The command is a script beside the program. The program itself stays our child until its window is closed,
 * whereas the script returns at once.
 */
function programBehind(command: string): string | undefined {
  const bin = path.dirname(command);
  const candidates = [
    path.join(bin, '..', 'code'), // Linux
    path.join(bin, '..', 'Code.exe'), // Windows
    path.join(bin, '..', '..', '..', 'MacOS', 'Electron'),
    path.join(bin, '..', '..', '..', 'MacOS', 'Code'),
  ];
  return candidates.find(file => existsSync(file) && isExecutable(file));
}
