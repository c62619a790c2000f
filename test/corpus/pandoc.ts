import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** How long Pandoc may take for one file (ms): of brackets in brackets it can make minutes of work. */
export const longestWait = 10_000;

/** What Pandoc printed, or why it printed nothing. */
export type Answer = { readonly output: string } | { readonly refusal: string } | 'too slow';

/** The formats that the installed Pandoc reads. Throws where there is no Pandoc. */
export function inputFormats(): ReadonlySet<string> {
  return new Set(execFileSync('pandoc', ['--list-input-formats'], { encoding: 'utf8' }).split(/\s+/));
}

/** The first line of `pandoc --version`. */
export function pandocVersion(): string {
  return execFileSync('pandoc', ['--version'], { encoding: 'utf8' }).split('\n')[0]!;
}

/** The installed Pandoc's conversion of a file's bytes. */
export function byPandoc(input: Uint8Array, from: string, to: string): Answer {
  const { error, status, stdout, stderr } = spawnSync('pandoc', ['-f', from, '-t', to], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    timeout: longestWait,
    killSignal: 'SIGKILL',
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
    return 'too slow';
  }
  return error || status !== 0 ? { refusal: (error?.message ?? stderr).trim() } : { output: stdout };
}

/** The Pandoc of the package `pandoc-wasm`, for formats that the installed one is too old to read. */
export class NewPandoc {
  #worker: Promise<Worker> | undefined;

  read(text: string, from: string): Promise<Answer> {
    return this.#run({ text, options: { from, to: 'csljson' }, files: {} });
  }

  /** A manuscript whose citations it printed in a style, as JSON. */
  print(text: string, csl: string, bibliography: string): Promise<Answer> {
    const [style, works] = ['style.csl', 'works.json'] as const;
    const options = { from: 'markdown', to: 'json', citeproc: true, csl: style, bibliography: [works] };
    return this.#run({ text, options, files: { [style]: csl, [works]: bibliography } });
  }

  async #run(request: { readonly text: string; readonly options: object; readonly files: Readonly<Record<string, string>> }): Promise<Answer> {
    this.#worker ??= started();
    const worker = await this.#worker;
    const answer = next(worker);
    worker.postMessage(request);
    let timer: NodeJS.Timeout | undefined;
    const wait = new Promise<undefined>(resolve => {
      timer = setTimeout(() => resolve(undefined), longestWait);
    });
    const first = await Promise.race([answer, wait]);
    clearTimeout(timer);
    if (!first) {
      await this.end();
      return 'too slow';
    }
    return first.output === '' || first.error.includes('ERROR') ? { refusal: first.error.trim() } : { output: first.output };
  }

  async end(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

interface Reply {
  readonly output: string;
  readonly error: string;
}

/** A worker that has loaded its megabytes, so that these do not count as a file's time. */
async function started(): Promise<Worker> {
  const worker = new Worker(path.join(import.meta.dirname, 'newPandoc.mjs'), { stdout: true, stderr: true });
  await next(worker);
  return worker;
}

function next(worker: Worker): Promise<Reply> {
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: Reply) => {
      worker.off('error', reject);
      resolve(reply);
    });
    worker.once('error', reject);
  });
}
