import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, removeAtEnd, start } from './children.ts';
import { Failure, run, tail } from './run.ts';
import type { Server } from './server.ts';

export interface ServeOptions {
  /** Settings of the machine, as in a `settings.json`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user, for those that a machine may not have. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Whether folders have to be trusted first; every one is unless given. */
  readonly asksForTrust?: boolean;
  /** Extensions to install before the start: packed files (`.vsix`), or folders, which are linked and not copied. */
  readonly extensions?: readonly string[];
  /** Makes a built workbench obey the development payload of its address. */
  readonly driver?: boolean;
  /** Environment of the server and so of the Node extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds until it must answer; 60 000 unless given. */
  readonly timeout?: number;
}

/** A running server of VS Code, on a free port of the loopback interface. */
export interface Served {
  /** `127.0.0.1:PORT`. */
  readonly authority: string;
  /** The folder of installed extensions. */
  readonly extensions: string;
  /** What the server has written so far. */
  log(): string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

/** @throws Failure with the end of the server's log when it does not answer in time. */
export async function serve(server: Server, options: ServeOptions): Promise<Served> {
  const data = mkdtempSync(path.join(tmpdir(), 'vscode-'));
  removeAtEnd(data);
  const extensions = path.join(data, 'extensions');
  writeSettings(data, 'Machine', options.settings ?? {});
  writeSettings(data, 'User', options.userSettings ?? {});
  const folders = ['--server-data-dir', data, '--extensions-dir', extensions];
  await install(server, options.extensions ?? [], extensions, folders);
  const authority = `127.0.0.1:${await freePort()}`;
  const child = start(server.node, [
    '--require', path.join(import.meta.dirname, 'end-with-parent.cjs'), server.main, ...folders, '--host', '127.0.0.1', '--port', authority.split(':')[1]!, '--without-connection-token',
    '--accept-server-license-terms', '--telemetry-level', 'off',
    ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
    ...(options.driver ? ['--enable-smoke-test-driver'] : []),
  ], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its sockets and other temporary files go with the rest, even when it can't tidy up itself.
    env: { ...process.env, TMPDIR: data, ...options.env },
  });
  let log = '';
  child.stdout?.on('data', chunk => (log += String(chunk)));
  child.stderr?.on('data', chunk => (log += String(chunk)));
  child.on('error', error => (log += `${error.message}\n`));

  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const close = async () => {
    await end(child);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(authority, () => child.exitCode === null && child.pid !== undefined, options.timeout ?? 60_000);
  } catch (error) {
    await close();
    throw new Failure(`VS Code's server ${error instanceof Error ? error.message : String(error)}. Its log:\n${tail(log)}`);
  }
  return { authority, extensions, log: () => log, ended, end: close };
}

function writeSettings(data: string, whose: 'Machine' | 'User', settings: Readonly<Record<string, unknown>>): void {
  const folder = path.join(data, 'data', whose);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

async function install(server: Server, all: readonly string[], extensions: string, folders: readonly string[]): Promise<void> {
  mkdirSync(extensions, { recursive: true });
  const packed = all.filter(extension => extension.endsWith('.vsix'));
  // At its first start the server takes what it finds in the folder as installed, and afterwards only what it installs itself.
  all.filter(extension => !packed.includes(extension)).forEach(extension => link(extension, extensions));
  for (const file of packed) {
    await run(server.node, [server.main, ...folders, '--accept-server-license-terms', '--install-extension', file], { shell: false });
  }
}

function link(extension: string, extensions: string): void {
  const { publisher, name, version }: Record<string, string> = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  symlinkSync(path.resolve(extension), path.join(extensions, `${publisher}.${name}-${version}`), 'junction');
}

async function answering(authority: string, alive: () => boolean, timeout: number): Promise<void> {
  for (const until = Date.now() + timeout; Date.now() < until; await sleep(50)) {
    if (!alive()) {
      throw new Error('ended at its start');
    }
    const ok = await fetch(`http://${authority}/version`, { signal: AbortSignal.timeout(5000) }).then(answer => answer.ok, () => false);
    if (ok) {
      return;
    }
  }
  throw new Error(`did not answer within ${timeout / 1000} s`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
