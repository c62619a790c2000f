import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.ts';
import { withLock } from './lock.ts';
import { cache } from './paths.ts';
import { Failure, run, say } from './run.ts';
import { serve } from './serve.ts';
import { installPackages, onPath } from './system.ts';
import { codeServer, nodePackages, vscode } from './versions.ts';

/** An installed server of VS Code. */
export interface Server {
  /** The Node binary it runs on. */
  readonly node: string;
  /** Its main script. */
  readonly main: string;
}

const folder = path.join(cache, `server-${vscode}`);
const marker = 'installed.json';
let found: Promise<Server> | undefined;

/**
 * Finds VS Code's server in the cache, or installs it from npm. A damaged install is removed and made anew.
 *
 * @throws Failure where it can't be installed; the message says what is missing.
 */
export function findServer(): Promise<Server> {
  found ??= checkOrInstall();
  return found;
}

/** Whether there is a server for this platform. */
export function serverRuns(): boolean {
  return `${process.platform}-${process.arch}` in nodePackages;
}

async function checkOrInstall(): Promise<Server> {
  if (await isWhole()) {
    return serverIn(folder);
  }
  const waiting = () => say('Another process is installing VS Code; waiting for it.');
  await withLock(`${folder}.lock`, waiting, async () => {
    if (!(await isWhole())) {
      removeLeftovers();
      await install();
    }
  });
  return serverIn(folder);
}

async function isWhole(): Promise<boolean> {
  try {
    const { fingerprint: expected }: { fingerprint: string } = JSON.parse(readFileSync(path.join(folder, marker), 'utf8'));
    return expected === (await fingerprint(folder, keyFiles(), marker));
  } catch {
    return false;
  }
}

function removeLeftovers(): void {
  if (existsSync(folder)) {
    say(`VS Code's server in ${path.relative('', folder)} is damaged; it is removed and installed again.`);
    renameSync(folder, `${folder}.part-damaged-${Date.now()}`);
  }
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    if (name.startsWith(`${path.basename(folder)}.part-`)) {
      rmSync(path.join(cache, name), { recursive: true, force: true });
    }
  }
}

/** Everything happens in a folder beside the final one, so that an interrupted install never looks whole. */
async function install(): Promise<void> {
  await needCompilers();
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(`${folder}.part-`);
  try {
    await installInto(part);
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true, maxRetries: 5 });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`VS Code's server could not be installed. It needs npm's registry (\`npm ping\` asks it).\n${reason}`);
  }
  say(`VS Code ${vscode} is installed.`);
}

async function installInto(part: string): Promise<void> {
  const node = nodePackage();
  const product = path.join(part, 'node_modules', 'code-server', 'lib', 'vscode');
  const started = Date.now();
  const step = (text: string) => say(`  ${text} (${Math.round((Date.now() - started) / 1000)} s)`);
  say(`Installing VS Code ${vscode} from npm into ${path.relative('', folder)}; once, about a minute.`);

  step('1 of 4: VS Code and its Node');
  writeFileSync(path.join(part, 'package.json'), '{ "private": true }\n');
  // Without scripts: code-server's own would compile modules that nothing here needs.
  await npm(part, 'install', '--save-exact', '--ignore-scripts', codeServer, `${node.name}@${node.version}`);
  step('2 of 4: what they depend on');
  await npm(product, 'install', '--omit=dev', '--ignore-scripts');
  await npm(path.join(product, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  step('3 of 4: compiling two native modules');
  await compile(product, path.join(part, 'node_modules', node.name));
  step('4 of 4: starting it');
  await probe(serverIn(part));

  const whole = { vscode, codeServer, node: `${node.name}@${node.version}`, fingerprint: await fingerprint(part, keyFiles(), marker) };
  writeFileSync(path.join(part, marker), `${JSON.stringify(whole, undefined, 2)}\n`);
}

async function needCompilers(): Promise<void> {
  const needed = { python3: onPath('python3'), make: onPath('make'), 'g++': onPath('g++', 'c++', 'clang++') };
  const missing = Object.entries(needed).filter(([, file]) => !file).map(([name]) => name);
  if (missing.length > 0) {
    await installPackages('VS Code\'s server has two native modules to compile, for which tools are missing.', missing);
  }
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });
}

async function compile(product: string, node: string): Promise<void> {
  const env = {
    ...process.env,
    PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: node,
    npm_config_jobs: 'max',
  };
  await run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'], { cwd: product, env });
}

/** @throws Failure when the server does not answer with its version. */
async function probe(server: Server): Promise<void> {
  const running = await serve(server, {});
  await running.end();
}

function serverIn(where: string): Server {
  const [node, main] = keyFiles().map(file => path.join(where, file));
  return { node: node!, main: main! };
}

/** The files without which nothing starts; the first two are Node and the main script. */
function keyFiles(): readonly string[] {
  const product = 'node_modules/code-server/lib/vscode';
  return [
    `node_modules/${nodePackage().name}/bin/node`,
    `${product}/out/server-main.js`,
    `${product}/node_modules/@vscode/spdlog/build/Release/spdlog.node`,
    `${product}/node_modules/@vscode/native-watchdog/build/Release/watchdog.node`,
    `${product}/out/vs/code/browser/workbench/workbench.js`,
  ];
}

function nodePackage(): { readonly name: string; readonly version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const known = nodePackages[platform];
  if (!known) {
    throw new Failure(
      `VS Code's server can't be installed from npm on ${platform}. Install the desktop from https://code.visualstudio.com,`
      + ' with its command `code` on the PATH, and run this again.',
    );
  }
  return known;
}
