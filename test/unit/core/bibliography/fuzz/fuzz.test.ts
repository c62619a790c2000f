import assert from 'node:assert/strict';
import { readBibliography } from '../../../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../../../src/core/bibliography/readers.ts';
import type { Bibliography } from '../../../../../src/core/bibliography/bibliography.ts';
import type { BibliographyFormat } from '../../../../../src/core/declarations.ts';
import { finished } from '../../../../../src/core/steps.ts';
import type { Entry } from '../../../../../src/core/study.ts';
import { scanned } from '../../../../support/bibliographyOracle.ts';
import { Chance } from '../../../../bench/chance.ts';
import { anything, damaged } from './damage.ts';
import { encoded, encodings } from './encodings.ts';
import { goodFormats, keys } from './goodFiles.ts';
import { onceFailed } from './seeds.ts';

/**
 * Damages good files in all ways and reads them. Every case is made of a number, its seed, so that one which fails can be
 * made again: it is told, and belongs into `seeds.ts` then. `FUZZ_CASES` asks for more cases a format, `FUZZ_SEED` for
 * others.
 */
const cases = Number(process.env['FUZZ_CASES'] ?? 2500);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);

const formats = Object.keys(goodFormats) as BibliographyFormat[];
const prototype = Object.getOwnPropertyNames(Object.prototype).join();

interface Case {
  readonly before: string;
  readonly good: string;
  readonly bad: string;
  readonly after: string;
  /** The keys of the entries that are not damaged. */
  readonly kept: readonly string[];
}

/** One of some entries is damaged, between the line before it and the line behind it. */
function caseOf(format: BibliographyFormat, chance: Chance): Case {
  const { frames, between, shapes, read } = goodFormats[format];
  const [head, tail] = chance.one(frames);
  const entries = keys.slice(0, 3 + chance.below(4)).map(key => chance.one(shapes)(key));
  const which = chance.below(entries.length);
  const good = entries[which]!;
  const bad = damaged(good, chance);
  return {
    before: head + entries.slice(0, which).map(entry => entry + between).join(''),
    good,
    bad,
    after: entries.slice(which + 1).map(entry => between + entry).join('') + tail,
    kept: entries.flatMap((_, index) => (index === which || (index === which - 1 && goesOn(format, bad)) ? [] : [read(keys[index]!)])),
  };
}

interface Read extends Pick<Bibliography, 'text' | 'problems'> {
  readonly entries: readonly Entry[];
}

function read(bytes: Uint8Array, format: BibliographyFormat): Read {
  const { text, problems, entries } = finished(readBibliography(bytes, { file: 'file:///a', name: 'a', format }, readerOf(format)));
  return { text, problems, entries: [...entries] };
}

/** What must be true of the reading of any file. */
function assertSound({ text, entries, problems }: Read, format: BibliographyFormat, chance: Chance): void {
  const whole = [...text.chunks()].join('');
  for (const { start, end } of problems) {
    assert.ok(0 <= start && start <= end && end <= whole.length, `a problem at ${start}–${end} of ${whole.length}`);
  }
  for (const { id, origin, csl } of entries) {
    assert.ok(id !== '' && origin && 0 <= origin.start && origin.start < origin.end && origin.end <= whole.length, `an entry at ${origin?.start}–${origin?.end} of ${whole.length}`);
    assert.equal(typeof csl.title, 'string');
  }
  const make = readerOf(format).scanner;
  const [inPieces, atOnce] = [scanned(make(), whole, 1 + chance.below(60)), scanned(make(), whole)];
  if (!same(inPieces, atOnce)) {
    assert.deepEqual(inPieces, atOnce);
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), prototype);
}

const lineEnds = ['\n', '\n', '\r\n', '\r'];

function runDamaged(format: BibliographyFormat, seed: number): void {
  const chance = new Chance(seed);
  const { before, good, bad, after, kept } = caseOf(format, chance);
  const lineEnd = chance.one(lineEnds);
  const encoding = chance.one(encodings);
  const file = (entry: string): Read => read(encoded((before + entry + after).replaceAll('\n', lineEnd), encoding), format);
  const broken = file(bad);
  assertSound(broken, format, chance);
  if (endsTheList(format, bad)) {
    return;
  }
  const whole = file(good);
  for (const key of kept) {
    const expected = whole.entries.filter(({ id }) => id === key);
    const found = broken.entries.filter(({ id }) => id === key);
    assert.ok(expected.length > 0, `${key} is in the good file`);
    assert.ok(found.length >= expected.length, `${key} is lost`);
    assert.ok(found.some(({ csl, summary }) => same({ csl, summary }, { csl: expected[0]!.csl, summary: expected[0]!.summary })), `${key} is another`);
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Behind it, what looks like an entry belongs to something else, by the rules of the format and not by a fault. */
function endsTheList(format: BibliographyFormat, bad: string): boolean {
  return format === 'CSL-YAML' && /^(?:---|\.\.\.|\S[^\n]*:\s*$)/m.test(bad.replace(/^- /gm, '  ').replace(/\r/g, '\n'));
}

/** Without its dash an entry is a part of the one before it. */
function goesOn(format: BibliographyFormat, bad: string): boolean {
  return format === 'CSL-YAML' && !bad.startsWith('- ');
}

function runAnything(format: BibliographyFormat, seed: number): void {
  const chance = new Chance(seed);
  const text = anything(chance);
  assertSound(read(encoded(text, chance.one(encodings)), format), format, chance);
}

function told(name: string, format: BibliographyFormat, seed: number, run: typeof runDamaged): void {
  try {
    run(format, seed);
  } catch (error) {
    throw new Error(`${name} ${format} with seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

describe('readers of bibliographies, fuzzed', function () {
  this.timeout(120_000);

  for (const format of formats) {
    it(`lose no good entry of ${format}, whatever stands beside it`, () => {
      const seeds = [...onceFailed[format], ...Array.from({ length: cases }, (_, index) => firstSeed + index)];
      seeds.forEach(seed => told('Damaged', format, seed, runDamaged));
    });

    it(`take any text for ${format}`, () => {
      for (let seed = firstSeed; seed < firstSeed + cases / 2; seed += 1) {
        told('Any text as', format, seed, runAnything);
      }
    });
  }
});
