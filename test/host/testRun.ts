import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, tail } from './run.ts';
import { type HostKind, type Settings, calm, inHost } from './settings.ts';
import { type VSCodeWindow, type WindowOptions, openWindow } from './window.ts';
import { makeWorkspace } from './workspace.ts';

export interface TestModule {
  /** The extension under test: its folder, or a packed `.vsix`. */
  readonly extension: string;
  /** A compiled CommonJS file, self-contained but for `vscode`, which exports `run(): Promise<void>`. */
  readonly tests: string;
  /** The extension host in which both run. */
  readonly host: HostKind;
  /** The folder to open. */
  readonly folder: string;
  /** The extension's id, `publisher.name`; read from the folder's package.json unless given. Needed with a `.vsix`. */
  readonly id?: string;
  readonly settings?: Settings;
  /** Environment of the Node extension host; the web worker has none. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; 300 000 unless given. */
  readonly timeout?: number;
  /** Called with each line as it is written. */
  readonly onLine?: (line: string) => void;
}

export interface TestRun {
  /** 0 when `run()` resolved. */
  readonly code: number;
  /** What the module wrote to its console, one line each. */
  readonly output: readonly string[];
}

/**
 * Calls a compiled module's `run()` in an extension host of a real VS Code beside an installed extension.
 *
 * @throws Failure when VS Code does not start, dies, or the module does not end in time.
 */
export async function runTestModule(module: TestModule): Promise<TestRun> {
  const carrier = makeCarrier(module.tests);
  const id = module.id ?? extensionId(module.extension);
  return runInWindow({
    folder: module.folder,
    extensions: [module.extension],
    development: [carrier],
    tests: path.join(carrier, 'tests.js'),
    settings: { ...calm, ...inHost(module.host, id, 'test-host.carrier'), ...module.settings },
    ...(module.env && { env: module.env }),
  }, module.timeout, module.onLine);
}

/** Opens a window with a tests module, waits for its end, closes it. */
export async function runInWindow(options: WindowOptions, timeout = 1_200_000, onLine: (line: string) => void = () => undefined): Promise<TestRun> {
  const window = await openWindow(options);
  const output: string[] = [];
  window.onConsole = text => {
    if (!isChatter(text)) {
      output.push(...text.split('\n'));
      text.split('\n').forEach(onLine);
    }
  };
  try {
    return { code: await Promise.race([window.ended, died(window), late(window, timeout, output)]), output };
  } finally {
    await window.close();
  }
}

/** `publisher.name` of an extension's folder. */
export function extensionId(folder: string): string {
  const { publisher, name }: Record<string, string> = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `${publisher}.${name}`;
}

/** VS Code runs a tests module in the host of the extension in whose folder it lies, so it gets one which can be in either. */
function makeCarrier(tests: string): string {
  const manifest = {
    name: 'carrier', publisher: 'test-host', version: '1.0.0', engines: { vscode: '^1.100.0' }, main: './tests.js', browser: './tests.js',
  };
  const folder = makeWorkspace({ files: { 'package.json': JSON.stringify(manifest) } });
  copyFileSync(tests, path.join(folder, 'tests.js'));
  return folder;
}

/** What the workbench itself writes to the console of a test run, beside what the extension hosts do. */
function isChatter(text: string): boolean {
  return /\/workbench\/workbench\.js:|^%c|^\[(?:[A-Z]\w+[\w: ]*|reconnection-grace-time)\]/.test(text)
    || /^(Resolv(?:ing|ed) connection token|Creating a socket|Updating additional builtin extensions|No search provider registered)/.test(text);
}

async function died(window: VSCodeWindow): Promise<never> {
  const reason = await Promise.race([
    window.served.ended.then(() => 'VS Code\'s server ended'),
    new Promise<string>(resolve => window.page.once('crash', () => resolve('The page with VS Code crashed'))),
    new Promise<string>(resolve => window.page.once('close', () => resolve('The browser ended'))),
  ]);
  throw new Failure(`${reason} during the run. The server's log:\n${tail(window.served.log())}`);
}

async function late(window: VSCodeWindow, timeout: number, output: readonly string[]): Promise<never> {
  await sleep(timeout, undefined, { ref: false });
  const what = output.length === 0 ? 'wrote nothing and' : `wrote last:\n${output.slice(-3).join('\n')}\nbut`;
  throw new Failure(`The tests module ${what} did not end within ${timeout / 1000} s. The server's log:\n${tail(window.served.log())}`);
}
