import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A holder touches its lock this often (ms); one not touched for `stale` ms belongs to a process that died. */
const beat = 2000;
const stale = 15_000;

/**
 * Runs `work` while no other process runs work under the same lock file. The lock of a process that died
 * is taken over.
 *
 * @param waiting called once when another process holds the lock.
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  const token = `${process.pid} ${randomUUID()}`;
  for (let tries = 0; !take(file, token); tries++) {
    if (tries === 0) {
      waiting();
    }
    await sleep(500);
  }

  const heart = setInterval(() => touch(file, token), beat);
  const release = () => giveBack(file, token);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    process.off('exit', release);
    release();
  }
}

function giveBack(file: string, token: string): void {
  if (read(file) === token) {
    rmSync(file, { force: true });
  }
}

function take(file: string, token: string): boolean {
  removeIfStale(file, token);
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) {
      return false;
    }
    throw error;
  }
}

function removeIfStale(file: string, token: string): void {
  const before = read(file);
  if (before === undefined || Date.now() - modified(file) < stale) {
    return;
  }
  const aside = `${file}.${token.slice(-12)}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // Another process took it away first.
  }
  if (read(aside) !== before) {
    // Between the look and the rename a new holder had come: it gets its lock back.
    linkSync(aside, file);
  }
  rmSync(aside, { force: true });
}

function touch(file: string, token: string): void {
  if (read(file) === token) {
    utimesSync(file, new Date(), new Date());
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
