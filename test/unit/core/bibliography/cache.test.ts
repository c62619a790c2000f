import assert from 'node:assert/strict';
import fc from 'fast-check';
import { restored, stored } from '../../../../src/core/bibliography/cache.ts';
import { EntryTable, type EntryTableParts } from '../../../../src/core/bibliography/entryTable.ts';
import { finished } from '../../../../src/core/steps.ts';

function tableOf(count: number): EntryTable {
  return finished(EntryTable.of({
    entries: Array.from({ length: count }, (_, number) => ({
      key: number === 3 ? '__proto__' : `author${number}`,
      aliases: number % 7 === 0 ? [`alias${number}`] : [],
      start: number * 100,
      end: number * 100 + 90,
      summary: {
        type: 'article-journal', author: `Author ${number}`, coauthors: '', year: '2021', title: `Title ${number}\n“é”`,
        journal: '', doi: `10.1000/${number}`, pmid: '', keywords: ['a, b'],
      },
    })),
    problems: [{ start: 1, end: 2, message: 'A fault.', isLoss: true }],
    context: { strings: { jan: 'January' } },
  }));
}

/** Without the index of the keys, whose hash is another each time. */
function kept(table: EntryTable | undefined): Omit<EntryTableParts, 'byKey'> | undefined {
  const { byKey: _, ...parts } = table?.parts ?? {};
  return table && (parts as Omit<EntryTableParts, 'byKey'>);
}

describe('A stored scan', () => {
  for (const count of [0, 1, 64, 65, 1000]) {
    it(`of ${count} entries comes back the same`, () => {
      const [before, after] = [tableOf(count), finished(restored(finished(stored(tableOf(count)))))];
      assert.deepEqual(kept(after), kept(before));
      assert.equal(after?.find('author0'), before.find('author0'));
    });
  }
  it('comes back from Node’s own bytes as well', () => {
    assert.ok(finished(restored(Buffer.from(finished(stored(tableOf(50)))))));
  });
  it('that is cut off anywhere is not taken', () => {
    const bytes = finished(stored(tableOf(100)));
    for (let length = 0; length < bytes.length; length += 97) {
      assert.equal(finished(restored(bytes.subarray(0, length))), undefined);
    }
  });
  it('that says another version is not taken', () => {
    const bytes = finished(stored(tableOf(0)));
    const text = String.fromCharCode(...bytes);
    assert.match(text, /"version":\d/);
    assert.equal(text.length, bytes.length);
    const body = text.slice(9).replace(/"version":\d/, '"version":0');
    // With the checksum that belongs to it: it is the version that is not taken.
    const sum = Array.from(body).reduce((sofar, char) => Math.imul(sofar ^ char.charCodeAt(0), 0x01000193), 0x811c9dc5);
    const other = `${(sum >>> 0).toString(16).padStart(8, '0')}\n${body}`;
    assert.equal(finished(restored(Uint8Array.from(other, char => char.charCodeAt(0)))), undefined);
    assert.ok(finished(restored(Uint8Array.from(text, char => char.charCodeAt(0)))));
  });
  it('is not taken when a byte of it is another, and read without a fault whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array(), bytes => finished(restored(bytes)) === undefined));
    const bytes = finished(stored(tableOf(100)));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const damaged = bytes.slice();
        damaged[at] = byte;
        return finished(restored(damaged)) === undefined || byte === bytes[at];
      }),
    );
  });
});
