import * as vscode from 'vscode';

/** Runs what a writer asked for; what goes wrong is logged whole and told in one plain sentence. */
export function atTheEdge<A extends readonly unknown[]>(
  log: vscode.LogOutputChannel,
  run: (...given: A) => Promise<void>,
): (...given: A) => Promise<void> {
  return async (...given) => {
    try {
      await run(...given);
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Ketamine Citations: {0}', error instanceof Error ? error.message : String(error)),
      );
    }
  };
}

/** For providers, which answer while the writer types: what goes wrong is logged, and nothing is shown. */
export async function quietly<T>(log: vscode.LogOutputChannel, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Stopped)) {
      log.error(error instanceof Error ? error : String(error));
    }
    return undefined;
  }
}

/** Says each sentence once in a session, however often it turns out to be true. */
export class OnceTeller {
  readonly #told = new Set<string>();

  warn(message: string): void {
    if (!this.#told.has(message)) {
      this.#told.add(message);
      void vscode.window.showWarningMessage(message);
    }
  }
}

/** A promise made at first need, and made again if it failed. */
export class Lazy<T> {
  #value: Promise<T> | undefined;
  readonly #make: () => Promise<T>;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  get(): Promise<T> {
    this.#value ??= this.#make().catch((error: unknown) => {
      this.#value = undefined;
      throw error;
    });
    return this.#value;
  }
}

/** Lets everything else that waits go on first. */
export function aTurn(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve));
}

/** No other extension gets to run while we do; so long (ms) at a stretch. */
const slice = 4;

/** Work was stopped by whom it was done for. */
export class Stopped extends Error {}

/** Runs long work in slices, between which everything else may go on; rejects with `Stopped` once the token asks for it. */
export async function inSlices<T>(steps: Generator<undefined, T>, token?: vscode.CancellationToken): Promise<T> {
  for (;;) {
    const started = Date.now();
    do {
      const step = steps.next();
      if (step.done) {
        return step.value;
      }
    } while (Date.now() - started < slice);
    await aTurn();
    if (token?.isCancellationRequested) {
      throw new Stopped();
    }
  }
}
