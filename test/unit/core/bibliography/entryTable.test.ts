import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EntryTable, isTable, type EntryTableParts } from '../../../../src/core/bibliography/entryTable.ts';
import { notListed, type Scan, type ScannedEntry, type Summary } from '../../../../src/core/bibliography/scan.ts';
import { finished } from '../../../../src/core/steps.ts';
import { anyText } from '../../../support/anyTexts.ts';

// Keywords are kept with this between them, so that none has it, and one empty keyword alone is none.
const keywords = fc
  .array(anyText.map(text => text.replaceAll('\u001f', '')), { maxLength: 4 })
  .filter(words => words.length !== 1 || words[0] !== '');

// As they are read, and as a copy has them.
const plain = { noNullPrototype: true };

const summary: fc.Arbitrary<Summary> = fc.record({
  type: fc.oneof(fc.constantFrom(notListed, 'article-journal', 'book'), anyText),
  author: anyText, coauthors: anyText, year: anyText, title: anyText, journal: anyText, doi: anyText, pmid: anyText, keywords,
}, plain);

const entry: fc.Arbitrary<ScannedEntry> = fc.record({
  key: fc.oneof(anyText, fc.constantFrom('author17', 'author18')),
  aliases: fc.array(anyText, { maxLength: 2 }),
  start: fc.nat(2 ** 31),
  end: fc.nat(2 ** 31),
  summary,
}, plain);

const problem = fc.record({ start: fc.nat(), end: fc.nat(), message: anyText, isLoss: fc.boolean() }, plain);
const scanOf = (entries: fc.Arbitrary<readonly ScannedEntry[]>): fc.Arbitrary<Scan> =>
  fc.record({ entries, problems: fc.array(problem, { maxLength: 3 }), context: fc.constant({ strings: { jan: 'January' } }) }, plain);

const few = scanOf(fc.array(entry));
/** So many that keys and texts fill several blocks. */
const many = scanOf(
  fc
    .tuple(fc.array(entry, { minLength: 1 }), fc.nat(2500))
    .map(([some, count]) => Array.from({ length: count }, (_, number) => {
      const model = some[number % some.length]!;
      return number % 3 === 0 ? model : { ...model, key: `${model.key}${number}`, start: number };
    })),
);

const tableOf = (scan: Scan): EntryTable => finished(EntryTable.of(scan));
const works = ({ entries }: Scan): readonly ScannedEntry[] => entries.filter(each => each.summary.type !== notListed);

/** The work, with all that the table says of it. */
function workAt(table: EntryTable, index: number): Omit<ScannedEntry, 'aliases'> {
  const { type, author, coauthors, year, title, journal, doi, pmid, keywords: words } = table.summaryAt(index);
  return {
    key: table.keyAt(index), start: table.startAt(index), end: table.endAt(index),
    summary: { type, author, coauthors, year, title, journal, doi, pmid, keywords: words },
  };
}

/** That a table holds all that was scanned, in its order. */
function holds(table: EntryTable, scan: Scan): void {
  const expected = works(scan);
  assert.equal(table.length, expected.length);
  assert.deepEqual(
    expected.map((_, index) => workAt(table, index)),
    expected.map(({ aliases: _, ...work }) => work),
  );
  const numbers = new Map(expected.map(({ key }, index) => [key, index]));
  const asked = [...scan.entries.map(({ key }) => key), 'of nobody'];
  assert.deepEqual(asked.map(key => table.find(key)), asked.map(key => numbers.get(key) ?? -1));
  assert.equal(table.distinct, numbers.size);
  const { unlisted, aliases, problems, context } = table.parts;
  assert.deepEqual(aliases, expected.flatMap((each, index) => each.aliases.map(alias => [alias, index])));
  assert.deepEqual({ unlisted, problems, context }, { unlisted: unlistedIn(scan), problems: scan.problems, context: scan.context });
}

function unlistedIn({ entries }: Scan): EntryTableParts['unlisted'] {
  return entries.flatMap(({ key, start, end, summary: { type } }, index) => {
    const behind = entries.slice(0, index).filter(each => each.summary.type !== notListed).length;
    return type === notListed ? [{ key, start, end, behind }] : [];
  });
}

describe('A table of entries', () => {
  it('holds what was scanned, entry by entry, and finds of each key the last', () =>
    fc.assert(fc.property(few, scan => holds(tableOf(scan), scan))));
  it('holds thousands, as does one of its copy', () =>
    fc.assert(
      fc.property(many, scan => {
        const table = tableOf(scan);
        holds(table, scan);
        holds(new EntryTable(structuredClone(table.parts)), scan);
      }),
      { numRuns: 8 },
    )).timeout(60_000);
  it('holds the same where the index of its keys is made anew', () =>
    fc.assert(
      fc.property(few, scan => {
        const { byKey: _, ...parts } = structuredClone(tableOf(scan).parts);
        holds(finished(EntryTable.whole(parts)), scan);
      }),
    ));
  it('is made in steps, also of what is not listed', () => {
    const unlisted = { key: 'shared', aliases: [], start: 0, end: 1, summary: { ...blank, type: notListed } };
    const entries = Array.from({ length: 2000 }, () => unlisted);
    assert.ok([...EntryTable.of({ entries, problems: [], context: {} })].length >= 4);
  });
});

const blank: Summary = { type: 'book', author: '', coauthors: '', year: '', title: '', journal: '', doi: '', pmid: '', keywords: [] };

describe('isTable', () => {
  const entries = Array.from({ length: 130 }, (_, number) => ({
    key: `author${number}`, aliases: [`old${number}`], start: number, end: number + 1, summary: { ...blank, title: `Title ${number}` },
  }));
  const { parts } = tableOf({ entries, problems: [], context: {} });
  it('takes what was made of any scan', () => fc.assert(fc.property(few, scan => isTable(tableOf(scan).parts))));
  const wrong: Readonly<Record<string, Partial<EntryTableParts>>> = {
    'places of other works': { places: parts.places.subarray(2) },
    'half a place': { places: parts.places.subarray(1) },
    'keys of fewer works': { keys: { ...parts.keys, ends: parts.keys.ends.subarray(1) } },
    'texts of fewer works': { texts: { ...parts.texts, ends: parts.texts.ends.subarray(9) } },
    'texts in place of keys': { keys: parts.texts },
    'another key of a work that is not there': { aliases: [['old', 130]] },
  };
  for (const [what, change] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => assert.equal(isTable({ ...parts, ...change }), false));
  }
  it('takes another key of the last work', () => assert.equal(isTable({ ...parts, aliases: [['old', 129]] }), true));
});
