import assert from 'node:assert/strict';
import * as vscode from 'vscode';
// The one part of the extension that is tried here by itself: what it does can't be seen from without.
import { startThread, type Thread } from '../../src/editor/thread.ts';
import { addressOf, withFiles } from './support/files.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

interface Echo {
  readonly ask: 'echo';
  readonly words?: string;
  readonly bytes?: ArrayBuffer;
}

const { extensionUri } = vscode.extensions.getExtension('ketamine-citations.ketamine-citations')!;
const background = vscode.Uri.joinPath(extensionUri, 'dist', 'background.js');
const log = vscode.window.createOutputChannel('Threads', { log: true });

/** A script's own way to its port. */
const port = 'const port = globalThis.process?.getBuiltinModule("worker_threads").parentPort ?? self; ';

/** Keeps what is heard of a thread. */
class Ear {
  readonly messages: unknown[] = [];
  readonly faults: string[] = [];
  #heard = (): void => {};

  message(message: unknown): void {
    this.messages.push(message);
    this.#heard();
  }

  failed(reason: string): void {
    this.faults.push(reason);
    this.#heard();
  }

  /** Waits for so many messages, or for the first fault. */
  async hears(messages: number): Promise<void> {
    while (this.messages.length < messages && this.faults.length === 0) {
      await new Promise<void>(resolve => (this.#heard = resolve));
    }
  }
}

async function start(script: vscode.Uri, ear: Ear): Promise<Thread> {
  const thread = await startThread(script, ear, log);
  assert.ok(thread, `no thread of ${script.toString()}`);
  return thread;
}

/** A whole conversation: whatever another thread sent before has come when it is over. */
async function converse(): Promise<void> {
  const ear = new Ear();
  const thread = await start(background, ear);
  for (const words of ['one', 'two', 'three']) {
    thread.post({ ask: 'echo', words } satisfies Echo);
  }
  await ear.hears(3);
  thread.end();
  assert.deepEqual(ear, Object.assign(new Ear(), { messages: ear.messages, faults: [] }));
}

/** Runs a script of the test that fails once it hears something, and answers what was told of it, after some time for more. */
async function faultsOf(script: string): Promise<readonly string[]> {
  const ear = new Ear();
  await withFiles({ 'script.js': script }, async () => {
    const thread = await start(addressOf('script.js'), ear);
    thread.post('go on');
    await ear.hears(1);
    thread.post('go on');
    await converse();
  });
  assert.deepEqual(ear.messages, []);
  return ear.faults;
}

describe('A thread of its own', () => {
  it('hands megabytes over and back without copying them', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    const sent = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31) ^ (index >> 8));
    const copy = sent.slice();
    thread.post({ ask: 'echo', words: 'déjà vu', bytes: sent.buffer } satisfies Echo, [sent.buffer]);
    assert.equal(sent.byteLength, 0);
    await ear.hears(1);
    const [{ words, bytes }] = ear.messages as [Echo];
    assert.equal(words, 'déjà vu');
    assert.ok(bytes instanceof ArrayBuffer);
    assert.equal(bytes.byteLength, copy.length);
    const view = new Uint8Array(bytes);
    assert.equal(copy.findIndex((byte, index) => byte !== view[index]), -1);
    thread.post({ ask: 'echo' } satisfies Echo);
    await ear.hears(2);
    thread.end();
    assert.deepEqual(ear.messages.slice(1), [{ ask: 'echo' }]);
    assert.deepEqual(ear.faults, []);
  });
  it('says nothing more after its end, which may come twice', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    thread.post({ ask: 'echo' } satisfies Echo);
    thread.post({ ask: 'nothing known' });
    thread.end();
    thread.end();
    thread.post({ ask: 'echo' } satisfies Echo);
    await converse();
    assert.deepEqual([ear.messages, ear.faults], [[], []]);
  });
  it('is ended while it is at work', () =>
    withFiles({ 'script.js': `${port} port.onmessage = () => { for (;;); }; port.postMessage("listening");` }, async () => {
      const ear = new Ear();
      const thread = await start(addressOf('script.js'), ear);
      thread.post('go on');
      thread.end();
      await converse();
      assert.deepEqual([ear.messages, ear.faults], [[], []]);
    }));
  it('is not there without its script, or with one that breaks', async () => {
    const ear = new Ear();
    await withFiles({ 'throws.js': 'throw new Error("at once");', 'broken.js': 'const = ;' }, async () => {
      for (const name of ['missing.js', 'throws.js', 'broken.js']) {
        assert.equal(await startThread(addressOf(name), ear, log), undefined, name);
      }
    });
    assert.deepEqual([ear.messages, ear.faults], [[], []]);
  });
  it('tells its fault once', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    thread.post({ ask: 'nothing known' });
    thread.post({ ask: 'nothing known' });
    await ear.hears(1);
    thread.post({ ask: 'echo' } satisfies Echo);
    await converse();
    assert.deepEqual(ear.messages, []);
    assert.match(ear.faults.join('; '), /^(Uncaught Error: )?Nothing is known of nothing known\.$/);
  });
  it('tells of what can’t be sent to it, after that was posted', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    thread.post({ ask: 'echo', words: () => 'a function' });
    assert.deepEqual(ear.faults, []);
    await ear.hears(1);
    await converse();
    assert.equal(ear.faults.length, 1);
  });
});

if (TEST_HOST === 'node') {
  describe('A thread of its own in Node', () => {
    it('tells how it ended, if it was not asked to', async () => {
      const faults = await faultsOf(`${port} port.on("message", () => process.exit(3)); port.postMessage("listening");`);
      assert.deepEqual(faults, ['It ended with 3.']);
    });
    it('does not keep the host from ending', async () => {
      const holding = (): number => process.getActiveResourcesInfo().filter(name => /MessagePort|Worker/.test(name)).length;
      const before = holding();
      const ear = new Ear();
      const thread = await start(background, ear);
      assert.equal(holding(), before);
      thread.post({ ask: 'echo' } satisfies Echo);
      await ear.hears(1);
      assert.equal(holding(), before);
      thread.end();
    });
    it('knows nothing of the environment of the host', () =>
      withFiles({ 'script.js': `${port} port.postMessage("listening"); port.postMessage([Object.keys(process.env), process.execArgv]); port.ref();` }, async () => {
        const ear = new Ear();
        const thread = await start(addressOf('script.js'), ear);
        await ear.hears(1);
        thread.end();
        assert.deepEqual(ear.messages, [[[], []]]);
      }));
  });
}
