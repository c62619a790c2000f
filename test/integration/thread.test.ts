import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ReadAnswer, ReadRequest } from '../../src/core/background/messages.ts';
import { EntryTable } from '../../src/core/bibliography/entryTable.ts';
// The one part of the extension that is tried here by itself: what it does can't be seen from without.
import { startThread, type Thread } from '../../src/editor/thread.ts';
import { addressOf, withFiles } from './support/files.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

const { extensionUri } = vscode.extensions.getExtension('ketamine-citations.ketamine-citations')!;
const background = vscode.Uri.joinPath(extensionUri, 'dist', 'background.js');
const log = vscode.window.createOutputChannel('Threads', { log: true });

/** A script's own way to its port. */
const port = 'const port = globalThis.process?.getBuiltinModule("worker_threads").parentPort ?? self; ';

/** Scripts that listen: one answers what it hears, the other fails by it. */
const echoing = `${port} port.onmessage = ({ data }) => port.postMessage(data); port.postMessage("listening");`;
const failing = `${port} port.onmessage = ({ data }) => { throw new Error(\`Nothing is known of ${'${data}'}.\`); }; port.postMessage("listening");`;

/** So many entries as BibTeX. */
function bibtexOf(count: number): Uint8Array {
  const abstract = 'déjà vu '.repeat(25);
  const entries = Array.from({ length: count }, (_, number) => `@article{author${number},\n  title = {Title ${number}},\n  abstract = {${abstract}}\n}\n`);
  return new TextEncoder().encode(entries.join(''));
}

/** To be posted with its bytes transferred. */
function reading(bytes: Uint8Array): ReadRequest & { readonly bytes: ArrayBuffer } {
  return { ask: 'read', bytes: bytes.buffer as ArrayBuffer, format: 'BibTeX', isToBeKept: false };
}

function read(thread: Thread, count: number): void {
  const request = reading(bibtexOf(count));
  thread.post(request, [request.bytes]);
}

const keysIn = (answer: unknown): string[] => {
  const table = new EntryTable((answer as ReadAnswer).parts.table);
  return Array.from({ length: table.length }, (_, index) => table.keyAt(index));
};

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
  [1, 0, 2].forEach(count => read(thread, count));
  await ear.hears(3);
  thread.end();
  assert.deepEqual(ear.messages.map(keysIn), [['author0'], [], ['author0', 'author1']]);
  assert.deepEqual(ear.faults, []);
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
  it('reads megabytes that are handed over and back without copying them', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    const sent = bibtexOf(12_000);
    const copy = sent.slice();
    assert.ok(copy.length > 3_000_000);
    const request = reading(sent);
    thread.post({ ...request, isToBeKept: true }, [request.bytes]);
    assert.equal(sent.byteLength, 0);
    await ear.hears(1);
    const answer = ear.messages[0] as ReadAnswer;
    assert.deepEqual([answer.tell, answer.isFromCache], ['read', false]);
    assert.ok(answer.bytes instanceof ArrayBuffer);
    assert.equal(answer.bytes.byteLength, copy.length);
    const view = new Uint8Array(answer.bytes);
    assert.equal(copy.findIndex((byte, index) => byte !== view[index]), -1);
    const table = new EntryTable(answer.parts.table);
    assert.deepEqual(keysIn(answer), Array.from({ length: 12_000 }, (_, number) => `author${number}`));
    assert.deepEqual([table.find('author11999'), table.find('author12000'), table.summaryAt(7000).title], [11_999, -1, 'Title 7000']);

    const [again, kept] = [reading(view), answer.toKeep!];
    thread.post({ ...again, kept }, [again.bytes, kept]);
    assert.deepEqual([view.byteLength, kept.byteLength], [0, 0]);
    await ear.hears(2);
    const second = ear.messages[1] as ReadAnswer;
    assert.deepEqual([second.isFromCache, second.toKeep, second.bytes.byteLength], [true, undefined, copy.length]);
    assert.deepEqual(keysIn(second), keysIn(answer));
    read(thread, 1);
    await ear.hears(3);
    thread.end();
    assert.deepEqual(keysIn(ear.messages[2]), ['author0']);
    assert.deepEqual(ear.faults, []);
  });
  for (const [name, script] of [['answer', echoing], ['fault', failing]] as const) {
    it(`says nothing more after its end, which may come twice: no ${name}`, () =>
      withFiles({ 'script.js': script }, async () => {
        const ear = new Ear();
        const thread = await start(addressOf('script.js'), ear);
        thread.post('one');
        thread.post('two');
        thread.end();
        thread.end();
        thread.post('three');
        await converse();
        assert.deepEqual([ear.messages, ear.faults], [[], []]);
      }));
  }
  it('says what it was asked, in turn', () =>
    withFiles({ 'script.js': echoing }, async () => {
      const ear = new Ear();
      const thread = await start(addressOf('script.js'), ear);
      ['one', 'two', 'three'].forEach(word => thread.post(word));
      await ear.hears(3);
      thread.end();
      assert.deepEqual([ear.messages, ear.faults], [['one', 'two', 'three'], []]);
    }));
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
  it('tells its fault once', () =>
    withFiles({ 'script.js': failing }, async () => {
      const ear = new Ear();
      const thread = await start(addressOf('script.js'), ear);
      thread.post('one');
      thread.post('two');
      await ear.hears(1);
      thread.post('three');
      await converse();
      assert.deepEqual(ear.messages, []);
      assert.match(ear.faults.join('; '), /^(Uncaught Error: )?Nothing is known of one\.$/);
    }));
  it('that reads tells its fault, too', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    thread.post({ ...reading(bibtexOf(1)), format: 'nothing known' });
    await ear.hears(1);
    read(thread, 1);
    await converse();
    assert.deepEqual([ear.messages, ear.faults.length], [[], 1]);
  });
  it('tells of what can’t be sent to it, after that was posted', async () => {
    const ear = new Ear();
    const thread = await start(background, ear);
    thread.post({ ...reading(bibtexOf(1)), format: () => 'a function' });
    assert.deepEqual(ear.faults, []);
    await ear.hears(1);
    await converse();
    assert.deepEqual([ear.messages, ear.faults.length], [[], 1]);
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
      read(thread, 1);
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
