import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Ends this process when the `npm run` above it is gone. npm passes a signal on to its shell only, and so would leave a script
 * that runs until it is told to end running for ever. A Ctrl+C in a terminal reaches all of them anyway.
 */
export function endWithNpm(): void {
  const shell = parentOf(process.ppid);
  if (process.env['npm_command'] === undefined || shell === undefined) {
    return;
  }
  setInterval(() => {
    if (parentOf(process.ppid) !== shell) {
      process.exit(143);
    }
  }, 1000).unref();
}

/** The process id of a process's parent; undefined where that can't be told. */
function parentOf(pid: number): number | undefined {
  try {
    const text = process.platform === 'linux'
      // After the program's name in brackets, which may hold anything: state, then parent.
      ? readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S+ /s, '')
      : spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return Number.parseInt(text, 10) || undefined;
  } catch {
    return undefined;
  }
}
