import assert from 'node:assert/strict';
import fc from 'fast-check';
import { restored, stored } from '../../../../src/core/bibliography/cache.ts';
import type { Scan } from '../../../../src/core/bibliography/scan.ts';
import { finished } from '../../../../src/core/steps.ts';

function scanOf(count: number): Scan {
  return {
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
  };
}

describe('A stored scan', () => {
  for (const count of [0, 1, 64, 65, 1000]) {
    it(`of ${count} entries comes back the same`, () => {
      assert.deepEqual(finished(restored(finished(stored(scanOf(count))))), scanOf(count));
    });
  }
  it('that is cut off anywhere is not taken', () => {
    const bytes = finished(stored(scanOf(100)));
    for (let length = 0; length < bytes.length; length += 97) {
      assert.equal(finished(restored(bytes.subarray(0, length))), undefined);
    }
  });
  it('that says another version is not taken', () => {
    const text = new TextDecoder().decode(finished(stored(scanOf(1))));
    assert.match(text, /"version":\d/);
    assert.equal(finished(restored(new TextEncoder().encode(text.replace(/"version":\d/, '"version":0')))), undefined);
  });
  it('is not taken when a byte of it is another, and read without a fault whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array(), bytes => finished(restored(bytes)) === undefined));
    const bytes = finished(stored(scanOf(100)));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const damaged = bytes.slice();
        damaged[at] = byte;
        return finished(restored(damaged)) === undefined || byte === bytes[at];
      }),
    );
  });
});
