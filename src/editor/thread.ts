import * as vscode from 'vscode';

/** Work that goes on beside the extension host, and keeps no other extension waiting. */
export interface Thread {
  /**
   * Buffers that are transferred are gone here at once, with all that lies in them: only those that nobody else has a view of
   * may be. After its end nothing is sent.
   */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Stops it, whatever it is at; nothing is heard of it from then on. */
  end(): void;
}

export interface ThreadListener {
  message(message: unknown): void;
  /** It ended by a fault of its own; the last that is heard of it, and never after `end()`. */
  failed(reason: string): void;
}

/** Milliseconds until a script must listen. A browser does not always say that it starts none. */
const timeToStart = 10_000;

/**
 * Megabytes of heap. Desktop VS Code keeps the heaps of all threads of a process within the same 4 GB: a thread that could
 * take them all would take the extension host with it, where this one only ends.
 */
const mostMemory = 2048;

const threadName = 'Ketamine Citations';

/**
 * Runs a script in a thread of its own, in both extension hosts. Resolves once it listens, by the port of `backgroundPort.ts`;
 * with nothing where there is no such thread to be had, and the log says why: then the work has to be done in slices.
 */
export async function startThread(script: vscode.Uri, listener: ThreadListener, log: vscode.LogOutputChannel): Promise<Thread | undefined> {
  const node = nodeThreads();
  try {
    return node ? await startInNode(node, script, listener) : await startInBrowser(script, listener);
  } catch (error) {
    log.info(`No thread of its own runs ${script.path}: ${reasonOf(error)}`);
    return undefined;
  }
}

/** What the workers of both hosts can do. */
interface HostWorker {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): unknown;
}

/** A worker, from its start to its end. */
class WorkerThread implements Thread {
  #worker: HostWorker | undefined;
  /** Who is told what is heard; nobody after the end. */
  #listener: ThreadListener | undefined;

  /** Resolves at the first message, which says that the script listens, and is nothing else. */
  async start(make: (heard: ThreadListener) => HostWorker, listener: ThreadListener): Promise<this> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const starting = new Promise<void>((resolve, reject) => {
      const started = (): void => {
        this.#listener = listener;
        resolve();
      };
      this.#listener = { message: started, failed: reason => reject(new Error(reason)) };
      this.#worker = make({ message: message => this.#listener?.message(message), failed: reason => this.#fail(reason) });
      timer = setTimeout(() => this.#fail('It did not start in time.'), timeToStart);
    });
    await starting.finally(() => clearTimeout(timer));
    return this;
  }

  post(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    try {
      this.#worker?.postMessage(message, transfer);
    } catch (error) {
      // Whoever posts has not yet begun to wait for an answer.
      queueMicrotask(() => this.#fail(reasonOf(error)));
    }
  }

  end(): void {
    this.#listener = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #fail(reason: string): void {
    const listener = this.#listener;
    this.end();
    listener?.failed(reason);
  }
}

/** The members of Node's `worker_threads` that we use. */
interface NodeThreads {
  readonly Worker: new (file: string, options: object) => NodeWorker;
}

interface NodeWorker extends HostWorker {
  on(event: string, listener: (value: unknown) => void): void;
  unref(): void;
}

/** Node's own module. It is asked for as we run: no part of Node is in the bundle, which has to run in browsers, too. */
function nodeThreads(): NodeThreads | undefined {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.('worker_threads') as NodeThreads | undefined;
}

async function startInNode({ Worker }: NodeThreads, script: vscode.Uri, listener: ThreadListener): Promise<Thread> {
  if (script.scheme !== 'file') {
    throw new Error(`Node runs no script from ${script.scheme}.`);
  }
  return new WorkerThread().start(heard => {
    // What Node was told by the environment and the arguments of the host is not meant for it.
    const worker = new Worker(script.fsPath, {
      name: threadName, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: mostMemory },
    });
    worker.on('message', heard.message);
    worker.on('error', error => heard.failed(reasonOf(error)));
    worker.on('messageerror', error => heard.failed(reasonOf(error)));
    worker.on('exit', code => heard.failed(`It ended with ${String(code)}.`));
    // The host may end while it is still at work. To read its `stdout` or `stderr` here would undo that.
    worker.unref();
    return worker;
  }, listener);
}

/** A browser's worker, or what VS Code puts in its place. */
interface BrowserWorker extends HostWorker {
  addEventListener(event: string, listener: (event: WorkerEvent) => void): void;
}

interface WorkerEvent {
  readonly data?: unknown;
  /** What went wrong in it; missing where the script could not be loaded. */
  readonly message?: string;
  preventDefault(): void;
}

/**
 * VS Code starts no worker from the address of an extension that comes from a remote machine, so the script is read by its
 * file system. Its own worker loads the script by `importScripts`: no module can be run, and until it has begun the address
 * must be good.
 */
async function startInBrowser(script: vscode.Uri, listener: ThreadListener): Promise<Thread> {
  const { Worker } = globalThis as { readonly Worker?: new (url: string, options: object) => BrowserWorker };
  if (!Worker) {
    throw new Error('The browser has no workers here.');
  }
  const source = await vscode.workspace.fs.readFile(script);
  const url = URL.createObjectURL(new Blob([source as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }));
  const make = (heard: ThreadListener): HostWorker => {
    const worker = new Worker(url, { name: threadName });
    worker.addEventListener('message', ({ data }) => heard.message(data));
    worker.addEventListener('messageerror', () => heard.failed('Its message could not be read.'));
    worker.addEventListener('error', event => {
      // Else it counts as an error of the extension host, too.
      event.preventDefault();
      heard.failed(event.message || 'Its script could not be loaded.');
    });
    return worker;
  };
  return new WorkerThread().start(make, listener).finally(() => URL.revokeObjectURL(url));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
