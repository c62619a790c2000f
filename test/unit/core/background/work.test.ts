import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Answer, IndexAnswer, Progress, ReadAnswer, ReadRequest, Request, SentSource } from '../../../../src/core/background/messages.ts';
import { Work } from '../../../../src/core/background/work.ts';
import type { Bibliography } from '../../../../src/core/bibliography/bibliography.ts';
import { bibliographyOf, readBibliography } from '../../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../../src/core/bibliography/readers.ts';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import { Library } from '../../../../src/core/library.ts';
import type { SourceParts } from '../../../../src/core/search/sources.ts';
import { finished } from '../../../../src/core/steps.ts';
import type { Quote } from '../../../../src/core/study.ts';
import { syntheticBibtex, syntheticEntries, syntheticQueries } from '../../../bench/synthetic.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

/** A `Work` behind a real port: what is said is copied or handed over as between threads. */
class Far {
  readonly #port: MessagePort;
  /** Bytes that were left behind there by an answer, where they would have been copied. */
  left = 0;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const work = new Work((answer, transfer = []) => {
      port2.postMessage(answer, transfer);
      this.left += arraysIn(answer).reduce((sum, { byteLength }) => sum + byteLength, 0);
    });
    port2.on('message', (request: Request) => work.take(request));
    this.#port = port1;
  }

  tell(request: Request, transfer: readonly ArrayBuffer[]): void {
    this.#port.postMessage(request, transfer);
    assert.deepEqual(transfer.map(({ byteLength }) => byteLength), transfer.map(() => 0));
  }

  /** All that is said up to the answer. */
  async everything(request: Request, transfer: readonly ArrayBuffer[]): Promise<readonly (Answer | Progress)[]> {
    const told: (Answer | Progress)[] = [];
    const whole = new Promise<void>(resolve =>
      this.#port.on('message', (message: Answer | Progress) => {
        told.push(message);
        if (message.tell !== 'progress') {
          resolve();
        }
      }),
    );
    this.tell(request, transfer);
    await whole;
    return told;
  }

  async ask<A extends Answer>(request: Request, transfer: readonly ArrayBuffer[]): Promise<A> {
    const answer = new Promise<A>(resolve => this.#port.once('message', resolve));
    this.tell(request, transfer);
    return answer;
  }

  end(): void {
    this.#port.close();
  }
}

let far: Far;
beforeEach(() => (far = new Far()));
afterEach(() => far.end());

/** All buffers and views of such in plain data. */
function arraysIn(value: unknown): readonly (ArrayBuffer | ArrayBufferView)[] {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? [value]
    : typeof value === 'object' && value !== null && !(value instanceof Map)
      ? Object.values(value).flatMap(arraysIn)
      : [];
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
const made = syntheticEntries(400, 4);
const bibtex = encoded([
  '% é\n@string{place = {Place 17}}\n@xdata{shared, location = place}\n@book{author17, ids = {old, older}, title = {Größe 😀}, xdata = {shared}}\n',
  ...syntheticBibtex(made),
  '@article{author18,\n  title = {Open,\n\n@book{author17, title = {Another}}\n',
].join(''));

const infoOf = (format: BibliographyFormat) => ({ file: 'file:///refs', name: 'refs', format });
const here = (bytes: Uint8Array, format: BibliographyFormat): Bibliography =>
  finished(readBibliography(bytes, infoOf(format), readerOf(format)));

async function asked(
  bytes: Uint8Array,
  { format = 'BibTeX', kept, isToBeKept = false }: { readonly format?: BibliographyFormat; readonly kept?: Uint8Array; readonly isToBeKept?: boolean },
): Promise<ReadAnswer> {
  const [sent, before] = [bytes.slice().buffer as ArrayBuffer, kept && (kept.slice().buffer as ArrayBuffer)];
  const request: ReadRequest = { ask: 'read', bytes: sent, format, isToBeKept, ...(before && { kept: before }) };
  return far.ask<ReadAnswer>(request, before ? [sent, before] : [sent]);
}

function bibliographyIn({ bytes, parts }: ReadAnswer, format: BibliographyFormat = 'BibTeX'): Bibliography {
  return bibliographyOf(new Uint8Array(bytes), infoOf(format), readerOf(format).convert, parts);
}

function same(found: Bibliography, expected: Bibliography): void {
  const told = ({ entries, counting, aliases, problems, text: { encoding }, textOf }: Bibliography): unknown => ({
    entries: Array.from(entries, ({ id, csl, origin, summary }) => ({
      id, csl, origin, text: textOf(id),
      summary: { type: summary?.type, author: summary?.author, title: summary?.title, year: summary?.year, keywords: summary?.keywords },
    })),
    counting: Array.from(counting, ({ id }) => id),
    lengths: [entries.length, counting.length],
    aliases: aliases.map(([alias, { id, csl }]) => [alias, id, csl.title]),
    encoding,
    problems,
  });
  assert.deepEqual(told(found), told(expected));
}

describe('A bibliography that is read at work in a thread', () => {
  const others: readonly (readonly [name: string, bytes: Uint8Array, format: BibliographyFormat])[] = [
    ['BibTeX', bibtex, 'BibTeX'],
    ['nothing', new Uint8Array(), 'BibTeX'],
    ['BibTeX in Latin-1', Uint8Array.from('@book{a, title={Größe}}', char => char.charCodeAt(0)), 'BibTeX'],
    ['BibTeX in UTF-16', new Uint8Array(Uint16Array.from('\ufeff@book{a, title={Größe}}', char => char.charCodeAt(0)).buffer), 'BibTeX'],
    ['CSL-JSON', encoded(JSON.stringify(studies.slice(0, 30).map(({ id, csl }) => ({ ...csl, id })))), 'CSL-JSON'],
    ['CSL-YAML', encoded('references:\n- id: author17\n  type: book\n  title: Größe\n- id: 17\n'), 'CSL-YAML'],
    ['RIS', encoded('TY  - BOOK\nID  - author17\nTI  - Größe\nER  - \nTY  - BOOK\n'), 'RIS'],
  ];
  for (const [name, bytes, format] of others) {
    it(`is the same as one read here: ${name}`, async () => {
      const answer = await asked(bytes, { format, isToBeKept: true });
      assert.deepEqual([answer.tell, answer.isFromCache], ['read', false]);
      assert.deepEqual(new Uint8Array(answer.bytes), bytes);
      same(bibliographyIn(answer, format), here(bytes, format));
      const again = await asked(bytes, { format, isToBeKept: true, kept: new Uint8Array(answer.toKeep!) });
      assert.deepEqual([again.isFromCache, again.toKeep], [true, undefined]);
      same(bibliographyIn(again, format), here(bytes, format));
      assert.equal(far.left, 0);
    });
  }
  it('has what the tests ask for', () => {
    const { entries, counting, aliases, problems } = here(bibtex, 'BibTeX');
    assert.deepEqual([entries.length, counting.length, aliases.length, problems.length], [402, 401, 2, 2]);
  });
  it('tells how far it is, if it is large, also of one that was kept', async () => {
    const bytes = encoded(Array.from({ length: 20 }, (_, number) => `@book{author${number}, note = {${'word '.repeat(50_000)}}}\n`).join(''));
    const shares: (readonly number[])[] = [];
    let kept: ArrayBuffer | undefined;
    for (let time = 0; time < 2; time += 1) {
      const sent = bytes.slice().buffer as ArrayBuffer;
      const request: ReadRequest = { ask: 'read', bytes: sent, format: 'BibTeX', isToBeKept: true, ...(kept && { kept }) };
      const told = await far.everything(request, kept ? [sent, kept] : [sent]);
      const answer = told.at(-1) as ReadAnswer;
      assert.deepEqual([answer.tell, answer.isFromCache, answer.parts.table.byKey.slots.length > 0], ['read', time === 1, true]);
      shares.push(told.slice(0, -1).map(each => (each as Progress).share));
      kept = answer.toKeep;
    }
    for (const each of shares) {
      assert.ok(each.length >= 10 && each.length <= 100 && each.at(-1)! > 0.9 && each.at(-1)! <= 1, String(each));
      assert.deepEqual([...each].sort((a, b) => a - b), each);
    }
  });
  it('is kept only where that is asked for', async () => {
    assert.equal((await asked(bibtex, {})).toKeep, undefined);
    assert.ok((await asked(bibtex, { isToBeKept: true })).toKeep instanceof ArrayBuffer);
  });
  it('knows where its text begins without decoding it again', async () => {
    const long = encoded(`% ${'é'.repeat(400_000)}\n@book{author17, title={Größe}}\n`);
    const { toKeep, parts } = await asked(long, { isToBeKept: true });
    const again = await asked(long, { kept: new Uint8Array(toKeep!) });
    assert.ok(parts.starts.length > 3);
    assert.deepEqual(again.parts.starts, parts.starts);
    assert.equal(bibliographyIn(again).textOf('author17'), '@book{author17, title={Größe}}');
  });
  it('is read anew where what was kept is damaged, and kept again', async () => {
    const { toKeep } = await asked(bibtex, { isToBeKept: true });
    const kept = new Uint8Array(toKeep!);
    for (const damaged of [kept.subarray(0, -1), kept.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)), new Uint8Array(), encoded('nothing')]) {
      const answer = await asked(bibtex, { isToBeKept: true, kept: damaged });
      assert.equal(answer.isFromCache, false);
      assert.deepEqual(answer.toKeep?.byteLength, kept.length);
      same(bibliographyIn(answer), here(bibtex, 'BibTeX'));
    }
  });
});

describe('An index that is made at work in a thread', () => {
  const words: Quote = { text: 'Rivulets of quartz were seen', location: 'p. 3', match: 'exact', source: '', own: true };
  const whole = [...syntheticBibtex(made)];
  const key = /\{(\w+),/.exec(whole[0]!)![1]!;
  const files = [encoded(whole.slice(0, 250).join('')), new Uint8Array(), encoded(`${whole.slice(200).join('')}@book{author17, title = {Größe 😀}}`)];
  const bibliographies = files.map(bytes => here(bytes, 'BibTeX'));
  const libraryOf = (): Library => new Library({ studies, vocabulary, bibliographies, quotes: new Map([[key, [words]]]) });

  /** Sends the texts in pieces of so many bytes, those of all sources in turn, and copies of all else. */
  async function index(sources: readonly SourceParts[], size: number): Promise<IndexAnswer> {
    const sent: SentSource[] = [];
    const pieces: (readonly [source: number, at: number, bytes: Uint8Array])[] = [];
    for (const [source, each] of sources.entries()) {
      if ('list' in each) {
        sent.push(each);
        continue;
      }
      const { texts: { bytes, ...texts }, ...table } = each.table.parts;
      sent.push({ table: structuredClone({ ...table, texts }), quotes: each.quotes });
      for (let at = 0; at < bytes.length; at += size) {
        pieces.push([source, at, bytes.slice(at, at + size)]);
      }
    }
    for (const [source, , bytes] of pieces.sort(([, a], [, b]) => a - b)) {
      far.tell({ ask: 'take', source, bytes }, [bytes.buffer as ArrayBuffer]);
    }
    const arrays = sent.flatMap(each => ('list' in each ? [] : arraysIn(each.table)));
    const buffers = arrays.map(each => (each instanceof ArrayBuffer ? each : (each.buffer as ArrayBuffer)));
    return far.ask<IndexAnswer>({ ask: 'index', sources: sent }, buffers);
  }

  function same(found: Library, expected: Library): void {
    const told = (library: Library, query: string): unknown =>
      library.find(query).found.map(({ study: { id, origin, quotes }, matched }) => [id, origin?.start, quotes.length, matched()]);
    for (const query of [...syntheticQueries(made, 20, 5), 'größe', 'groesse', 'rivulets', '😀', key, 'ketmine ptsd', 'has:quote year:2019', '']) {
      assert.deepEqual(told(found, query), told(expected, query), query);
    }
    assert.deepEqual(Array.from(found.entries, ({ id }) => id), Array.from(expected.entries, ({ id }) => id));
    for (const near of ['DORE2019', 'Author17', `${key}x`]) {
      assert.deepEqual(found.keyIndex.nearest(near), expected.keyIndex.nearest(near));
      assert.deepEqual(found.keyIndex.sameButCase(near), expected.keyIndex.sameButCase(near));
    }
  }

  // Pieces that break letters, and one for all.
  for (const size of [997, 1 << 20]) {
    it(`answers as one made here, with texts in pieces of ${size} bytes`, async () => {
      const library = libraryOf();
      const { tell, parts } = await index(library.sources, size);
      assert.equal(tell, 'index');
      assert.equal(far.left, 0);
      library.take(parts);
      assert.deepEqual([...library.prepare()], []);
      same(library, libraryOf());
      assert.equal(library.find('rivulets').found[0]?.study.id, key);
    });
  }
  it('leaves the works here as they were', async () => {
    const library = libraryOf();
    await index(library.sources, 4096);
    assert.equal(library.get(key)?.origin?.file, 'file:///refs');
    assert.equal(Array.from(bibliographies[2]!.entries, ({ summary }) => summary!.title).at(-1), 'Größe 😀');
    same(library, libraryOf());
  });
  it('is made of nothing, too', async () => {
    const library = new Library({ studies: [], vocabulary });
    library.take((await index(library.sources, 4096)).parts);
    assert.deepEqual(library.find('author17').found, []);
    assert.equal(far.left, 0);
  });
});
