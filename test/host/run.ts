import type { SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { start } from './children.ts';

/** Says what is going on; on stderr, so that a command's result can be piped. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A failure which needs no stack trace: the message says what is wrong and what to do about it. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/**
 * Runs a command to its end and returns what it wrote.
 *
 * @throws Failure with the end of its output when it can't be started or does not return 0.
 */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  // npm and code are .cmd files on Windows, which only a shell can start.
  const child = start(command, args, { shell: process.platform === 'win32', ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', chunk => (output += String(chunk)));
  child.stderr?.on('data', chunk => (output += String(chunk)));
  const [code] = await once(child, 'close').catch((error: unknown) => {
    throw new Failure(`${command} could not be started: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (code !== 0) {
    throw new Failure(`\`${[command, ...args].join(' ')}\` ended with ${code}:\n${tail(output)}`);
  }
  return output;
}

/** The last lines of a log. */
export function tail(log: string, lines = 30): string {
  return log.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Runs a script's main function; a failure ends the process with its message and code 1. */
export function main(work: () => Promise<void>): void {
  work().then(() => process.exit(process.exitCode), error => {
    say(error instanceof Failure ? `\n${error.message}` : error instanceof Error ? `\n${error.stack}` : String(error));
    process.exit(1);
  });
}
