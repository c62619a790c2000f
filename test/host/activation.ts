import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.ts';
import { Failure } from './run.ts';
import { type HostKind, type Settings, inHost } from './settings.ts';
import { makeWorkspace } from './workspace.ts';

/** Where an extension became active. */
export interface Activation {
  readonly host: HostKind;
  /** The folder it was loaded from. */
  readonly path: string;
}

/**
 * Watches over an extension's activation: `extension` and `settings` are to be added to a window's own. Nothing else
 * tells from outside that an extension's providers are there, and what is typed before is not completed.
 */
export class ActivationWatch {
  readonly extension = path.join(root, 'test', 'host', 'activation-report');
  readonly settings: Settings;
  readonly #file = path.join(makeWorkspace({}), 'activation.json');
  readonly #id: string;

  constructor(id: string, host: HostKind) {
    this.#id = id;
    this.settings = {
      ...inHost(host, id, 'test-host.activation-report'),
      'activationReport.extension': id,
      'activationReport.file': this.#file,
    };
  }

  /** @throws Failure when the extension does not become active within `timeout` milliseconds. */
  async active(timeout = 30_000): Promise<Activation> {
    for (const until = Date.now() + timeout; Date.now() < until; await sleep(20)) {
      const report = this.#read();
      if (report) {
        return report;
      }
    }
    throw new Failure(`${this.#id} did not become active within ${timeout / 1000} s.`);
  }

  #read(): Activation | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return undefined; // Not there yet, or just being written.
    }
  }
}
