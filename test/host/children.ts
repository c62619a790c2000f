import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

const windows = process.platform === 'win32';
const children = new Set<ChildProcess>();
const folders = new Set<string>();
let guarded = false;

/**
 * Starts a program which ends, with everything it started, no later than this process does: at its normal end,
 * at an exception, at Ctrl+C or when it is told to terminate.
 */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  guard();
  // A group of its own lets one signal reach the grandchildren too.
  const child = spawn(command, args, { ...options, env: cleanEnv(options.env), detached: !windows });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends a program and what it started; waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  signal(child, 'SIGTERM');
  const late = setTimeout(() => signal(child, 'SIGKILL'), 3000);
  await gone;
  clearTimeout(late);
  signal(child, 'SIGKILL');
}

/** Removes a folder when this process ends, after the programs that may still write into it. */
export function removeAtEnd(folder: string): void {
  guard();
  folders.add(folder);
}

/** Without what a surrounding VS Code, debugger or TypeScript loader leaves behind for its own children. */
function cleanEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_(?!TEST_)|ELECTRON_|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function guard(): void {
  if (guarded) {
    return;
  }
  guarded = true;
  process.on('exit', () => {
    children.forEach(child => signal(child, 'SIGKILL'));
    folders.forEach(folder => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  });
  for (const [name, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(name, () => process.exit(code));
  }
}

function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) {
    return;
  }
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // ESRCH: the whole group is gone already.
  }
}
