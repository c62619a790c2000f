import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellText, columnIds, columnLabel } from '../../../../src/core/evidenceTable/columns.ts';
import { delimitedTable } from '../../../../src/core/evidenceTable/delimited.ts';
import { field } from '../../../../src/core/export/delimited.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

const rows = studies.map(study => ({ key: study.id, study }));
const expected = [
  columnIds.map(columnLabel),
  ...studies.map(study => columnIds.map(column => (column === 'citation' ? `[@${study.id}]` : cellText(column, study, vocabulary)))),
];

/** RFC 4180, with another delimiter if given. */
function readBack(text: string, delimiter: string): string[][] {
  const lines: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y;
    const bare = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
    quoted.lastIndex = bare.lastIndex = at;
    const match = quoted.exec(text);
    const value = match ? match[1]!.replaceAll('""', '"') : bare.exec(text)![0];
    at = match ? quoted.lastIndex : bare.lastIndex;
    lines.at(-1)!.push(value);
    const [end = ''] = /^(?:\r?\n)/.exec(text.slice(at)) ?? [];
    if (end) {
      at += end.length;
      lines.push([]);
    } else {
      at += 1;
    }
  }
  return lines.slice(0, -1);
}

describe('An evidence table as a file', () => {
  it('is CSV with a byte order mark and CRLF, cell by cell as the records have it', () => {
    const text = delimitedTable(rows, columnIds, vocabulary, 'csv');
    assert.equal(text[0], '\ufeff');
    assert.equal(text.replaceAll('\r\n', '').match(/[\r\n]/), null);
    assert.deepEqual(readBack(text.slice(1), ','), expected.map(line => line.map(guarded)));
  });
  it('is TSV in LF', () => {
    const text = delimitedTable(rows, columnIds, vocabulary, 'tsv');
    assert.ok(!text.includes('\r') && text[0] === 'S');
    assert.deepEqual(readBack(text, '\t'), expected.map(line => line.map(guarded)));
  });
  for (const text of ['=1+1', '+1', '-1.5 points', '@SUM(A1)', ' =1', '\t=1', '＝1', '"=1']) {
    it(`holds no formula: ${JSON.stringify(text)}`, () => {
      const written = field(text, ',').replace(/^"/, '').replaceAll('""', '"');
      assert.ok(!/^\s*[=+\-@＝]/.test(written), written);
      assert.ok(written.includes(text.trim()), written);
    });
  }
  it('holds negative numbers as they are', () => assert.deepEqual(['-1.5', '-3', '-1+2'].map(text => field(text, ',')), ['-1.5', '-3', "'-1+2"]));
  it('gives any text back on one line', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'",;\t\r\n=a '), maxLength: 12 }), fc.constantFrom(',', '\t'), (text, delimiter) => {
        const [line, ...others] = readBack(`x${delimiter}${field(text, delimiter)}\r\n`, delimiter);
        assert.deepEqual(others, []);
        assert.equal(line!.length, 2);
        assert.equal(line![1], guarded(text.replace(/\s*[\t\r\n]+\s*/g, ' ')));
      }),
    ));
});

function guarded(text: string): string {
  return /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
}
