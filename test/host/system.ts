import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { Failure, run, say } from './run.ts';

/** Whether a window could be shown to somebody. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** The file of the first of these commands which is on the PATH. */
export function onPath(...commands: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return commands
    .flatMap(command => folders.flatMap(folder => endings.map(ending => path.join(folder, command + ending))))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Installs packages of Debian or Ubuntu where that needs no question: as root, with apt-get.
 *
 * @param why what they are for; part of the message.
 * @throws Failure where it may not; the message says how to get them.
 */
export async function installPackages(why: string, packages: readonly string[]): Promise<void> {
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Failure(`${why} Please install: ${packages.join(', ')}${apt ? ` (sudo apt-get install ${packages.join(' ')})` : ''}.`);
  }
  say(`${why} Installing with apt-get: ${packages.join(', ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update'], { env });
  await run(apt, ['install', '-y', '--no-install-recommends', ...packages], { env });
}
