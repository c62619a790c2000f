/** How a script in a thread of its own speaks with the extension, whose side is `editor/thread.ts`. */
export interface BackgroundPort {
  /** Buffers that are transferred are gone here at once. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Once, when the script is ready for messages: it tells the extension so. */
  listen(listener: (message: unknown) => void): void;
}

/** What Node's port and a browser's worker have in common. */
interface HostPort {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onmessageerror: (() => void) | null;
}

/** The members that we use of the globals of Node, or of a browser's worker. */
interface Globals {
  readonly process?: { readonly platform: string; getBuiltinModule?(name: string): unknown };
  addEventListener?(event: string, listener: (event: { readonly reason?: unknown }) => void): void;
}

/** The port of the thread that we run in. What is thrown and caught by nobody ends the thread, in Node and in browsers. */
export function backgroundPort(): BackgroundPort {
  const globals = globalThis as Globals;
  const node = globals.process?.getBuiltinModule?.('worker_threads') as { readonly parentPort: HostPort } | undefined;
  const port = node?.parentPort ?? (globalThis as unknown as HostPort);
  // Browsers tell the extension of what is thrown, but not of promises that are rejected.
  globals.addEventListener?.('unhandledrejection', ({ reason }) => {
    throw reason;
  });
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    listen: listener => {
      port.onmessage = ({ data }) => listener(data);
      port.onmessageerror = () => {
        throw new Error('A message could not be read.');
      };
      port.postMessage('listening', []);
    },
  };
}

// Of nice(2): a tenth of the time that another thread gets, where there are fewer processors than work.
const lowPriority = 10;

/**
 * Leaves the processor to the extension host and the windows where it is scarce: for work that nobody waits for key by key.
 * Linux knows priorities of threads; elsewhere that of the whole host would be another.
 */
export function stepBack(): void {
  const { process } = globalThis as Globals;
  if (process?.platform === 'linux') {
    const os = process.getBuiltinModule?.('os') as { setPriority(pid: number, priority: number): void };
    os.setPriority(0, lowPriority);
  }
}
