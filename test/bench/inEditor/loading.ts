import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { ask, loaded } from './asking.ts';

/** A key of each file; set by the bundler. */
declare const KEYS: { readonly few: string; readonly large: string };

/** What is measured while a library is read. */
export interface Loading {
  /** Milliseconds until its last entry is offered. */
  readonly took: number;
  /** The longest time (ms) for which nothing else in the extension host got its turn. */
  readonly wall: number;
  /** The most that the host’s thread worked (ms) between two turns: without what it waited for a processor. */
  readonly work: number;
  /** Bytes of objects that were held after it and not before. Node does not count arrays that another thread made. */
  readonly heap: number;
}

/** Runs in the extension host of a real VS Code; prints its figures as one line behind `FIGURES`. */
export async function run(): Promise<void> {
  // The extension is at work already, as it is for who opens the second manuscript of the day.
  const studies = await vscode.workspace.openTextDocument({ language: 'markdown', content: '@fed' });
  await vscode.window.showTextDocument(studies);
  await ask(studies, new vscode.Position(0, 4));
  // So long VS Code starts what else it has.
  await new Promise(resolve => setTimeout(resolve, 10_000));
  const few = await loading('few.md', KEYS.few);
  const large = await loading('large.md', KEYS.large);
  console.log(`FIGURES ${JSON.stringify({ few, large })}`);
}

async function loading(name: string, key: string): Promise<Loading> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  collect();
  const before = process.memoryUsage().heapUsed;
  let took = 0;
  const longest = await longestGap(async () => {
    took = await loaded(name, key);
    // As long for one as for the other: VS Code’s own work comes every few seconds.
    await new Promise(resolve => setTimeout(resolve, Math.max(0, 12_000 - took)));
  });
  collect();
  return { took, ...longest, heap: process.memoryUsage().heapUsed - before };
}

/** What others left behind is not to be collected, and counted, while something is measured. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function longestGap(work: () => Promise<void>): Promise<Pick<Loading, 'wall' | 'work'>> {
  const longest = { wall: 0, work: 0 };
  let last = performance.now();
  let worked = threadTime();
  const timer = setInterval(() => {
    const [now, ofThread] = [performance.now(), threadTime()];
    longest.wall = Math.max(longest.wall, now - last - 1);
    longest.work = Math.max(longest.work, ofThread - worked);
    [last, worked] = [now, ofThread];
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

/** VS Code's own Node has this; the floor of the scripts, to which the types belong, has not. */
const host = process as NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage };

function threadTime(): number {
  const { user, system } = host.threadCpuUsage();
  return (user + system) / 1000;
}
