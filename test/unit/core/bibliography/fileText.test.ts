import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodingOf, FileText, type Encoding } from '../../../../src/core/bibliography/fileText.ts';
import { finished } from '../../../../src/core/steps.ts';

function utf16(text: string, isBig: boolean, mark: boolean): Uint8Array {
  const bytes = new Uint8Array((text.length + (mark ? 1 : 0)) * 2);
  const view = new DataView(bytes.buffer);
  [...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))].forEach((unit, at) => {
    view.setUint16(at * 2, unit, !isBig);
  });
  return bytes;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (bytes: Uint8Array): FileText => new FileText(bytes, finished(decodingOf(bytes)).encoding);

describe('decodingOf', () => {
  const cases: readonly (readonly [string, Uint8Array, Encoding])[] = [
    ['nothing', utf8(''), 'utf-8'],
    ['plain letters', utf8('@article{a}'), 'utf-8'],
    ['UTF-8 with its mark', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('é')]), 'utf-8'],
    ['UTF-16 with its mark', utf16('@article', false, true), 'utf-16le'],
    ['UTF-16 big-endian with its mark', utf16('@article', true, true), 'utf-16be'],
    ['UTF-16 without its mark', utf16('@article{author17,', false, false), 'utf-16le'],
    ['UTF-16 big-endian without its mark', utf16('@article{author17,', true, false), 'utf-16be'],
    ['Latin-1', new Uint8Array([...utf8('Author '), 0xe9, 0x6e]), 'windows-1252'],
    ['a character cut off at the end', utf8('aé').subarray(0, 2), 'windows-1252'],
    ['UTF-8 with one damaged letter', new Uint8Array([...utf8('éé a'), 0xe9, ...utf8('n é')]), 'utf-8'],
  ];
  for (const [name, bytes, expected] of cases) {
    it(`takes ${name} for ${expected}`, () => assert.equal(finished(decodingOf(bytes)).encoding, expected));
  }
});

describe('FileText', () => {
  const long = 'Größe 😀 \r\n'.repeat(60_000);
  for (const [name, bytes] of [
    ['UTF-8', utf8(long)],
    ['UTF-16', utf16(long, false, true)],
    ['UTF-16 big-endian', utf16(long, true, true)],
  ] as const) {
    it(`reads ${name} in chunks that break no character`, () => {
      const text = read(bytes);
      const chunks = [...text.chunks()];
      assert.ok(chunks.length > 2);
      assert.equal(chunks.join(''), long);
    });
    it(`finds any stretch of ${name} again, also before it was read`, () => {
      const text = read(bytes);
      for (const start of [0, 7, 300_000, 262_139, long.length - 3]) {
        assert.equal(text.slice(start, start + 20), long.slice(start, start + 20));
      }
      assert.equal(text.slice(5, 500_000), long.slice(5, 500_000));
    });
  }
  it('knows where chunks begin that were decoded, and another need not decode them again', () => {
    const first = read(utf8(long));
    assert.deepEqual(first.starts, [0]);
    assert.ok([...first.chunks()].length > 2);
    assert.equal(first.starts.at(-1), long.length);
    // What would be found out anew is wrong.
    const changed = utf8(long).fill(97, 0, 1000);
    const at = long.length - 30;
    assert.equal(new FileText(changed, 'utf-8', first.starts).slice(at, at + 20), long.slice(at, at + 20));
    assert.notEqual(new FileText(changed, 'utf-8').slice(at, at + 20), long.slice(at, at + 20));
  });
  it('goes on from where another had begun', () => {
    const first = read(utf8(long));
    first.slice(0, 300_000);
    const { starts } = first;
    const before = [...starts];
    assert.ok(starts.length > 1 && starts.at(-1)! < long.length);
    assert.equal(new FileText(utf8(long), 'utf-8', starts).slice(5, long.length - 7), long.slice(5, -7));
    assert.deepEqual(starts, before);
  });
  it('does not count the byte order mark', () => {
    assert.equal(read(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('abc')])).slice(0, 1), 'a');
  });
  it('tells lines and characters as an editor does', () => {
    const text = read(utf8('ab\ncd\r\n\n😀x'));
    const positions = finished(text.positions([0, 2, 3, 7, 8, 10, 11]));
    assert.deepEqual(
      positions.map(({ line, character }) => `${line}:${character}`),
      ['0:0', '0:2', '1:0', '2:0', '3:0', '3:2', '3:3'],
    );
  });
  it('tells the same for any text and offsets as splitting it would', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'é', '😀') }), fc.array(fc.nat(60)), (text, numbers) => {
        const offsets = numbers.filter(number => number <= text.length).sort((a, b) => a - b);
        const expected = offsets.map(offset => {
          const lines = text.slice(0, offset).split('\n');
          return { line: lines.length - 1, character: lines.at(-1)!.length };
        });
        assert.deepEqual(finished(new FileText(utf8(text), 'utf-8').positions(offsets)), expected);
      }),
    );
  });
});
