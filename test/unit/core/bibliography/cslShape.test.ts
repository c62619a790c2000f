import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertCslJson, CslJsonScanner } from '../../../../src/core/bibliography/cslJson.ts';
import { withRepairs } from '../../../../src/core/bibliography/repairs.ts';
import type { FileProblem } from '../../../../src/core/bibliography/scan.ts';
import { isReadByPandoc3, ours, scanned } from '../../../support/bibliographyOracle.ts';

async function isRead(text: string): Promise<boolean> {
  return spawnSync('pandoc', ['-f', 'csljson', '-t', 'csljson'], { input: text }).status === 0 && (await isReadByPandoc3(text, 'csljson'));
}

function stopping(text: string, chunk?: number): FileProblem[] {
  return scanned(new CslJsonScanner(), text, chunk).problems.filter(({ stopsPandoc }) => stopsPandoc);
}

const entry = (fields: string): string => `[{"id":"a",${fields}}]`;

/** Values that Pandoc refuses, and as they are repaired; nothing where it has to be done by hand. */
const values: readonly (readonly [what: string, fields: string, repaired?: string])[] = [
  ['a list of one text', '"title":["An array"]', '"title":"An array"'],
  ['a list of texts and numbers', '"ISSN": ["1234-5678", 2 ]', '"ISSN": "1234-5678, 2"'],
  ['an empty list', '"ISSN":[],"type":"book"', '"type":"book"'],
  ['null for a text', '"type":"book", "volume": null', '"type":"book"'],
  ['true for a text', '"title":true'],
  ['an object for a text', '"title":{"en":"T"}'],
  ['a fraction for a text', '"version":1.50', '"version":"1.5"'],
  ['a fraction in a field that is none of CSL’s', '"score":1.5', '"score":"1.5"'],
  ['a number for a note', '"note":5', '"note":"5"'],
  ['null for names', '"author":null,"type":"book"', '"type":"book"'],
  ['a name that is in no list', '"author":{"family":"Author 1"}', '"author":[{"family":"Author 1"}]'],
  ['a text for names', '"editor":"Study \\"Group\\""', '"editor":[{"literal": "Study \\"Group\\""}]'],
  ['null among names', '"author":[null,{"family":"Author 1"},null]', '"author":[{"family":"Author 1"}]'],
  ['a number in a name', '"author":[{"family":"Author","suffix":3}]', '"author":[{"family":"Author","suffix":"3"}]'],
  ['a list in a name', '"author":[{"family":["Author 1"]}]'],
  ['null for a date', '"issued":null,"type":"book"', '"type":"book"'],
  ['null in a date', '"type":"book","issued":{"date-parts":[[null]]}', '"type":"book"'],
  ['null behind a year', '"issued":{"date-parts":[[2001,null]]}', '"issued":{"date-parts":[[2001]]}'],
  ['a number for a date', '"issued":2001', '"issued":{"date-parts":[[2001]]}'],
  ['a year that is in one list', '"issued":{"date-parts":[2001]}', '"issued":{"date-parts":[[2001]]}'],
  ['lists for a date', '"issued":[[2001,3]]', '"issued":{"date-parts":[[2001,3]]}'],
  ['words in the parts of a date', '"issued":{"date-parts":[["2001","May"]]}', '"issued":{"date-parts":[[2001,5]]}'],
  ['words for a date in its parts', '"issued":{"date-parts":[["in press"]]}', '"issued":{"literal":"in press"}'],
  ['a date in one list', '"issued":{"date-parts":[2001,3]}', '"issued":{"date-parts":[[2001,3]]}'],
  ['a date in the parts that is about right', '"issued":{"date-parts":[["c. 2001"]]}', '"issued":{"date-parts":[[2001]],"circa":true}'],
  ['a number for a date in words', '"issued":{"literal":5}', '"issued":{"literal":"5"}'],
  ['null for the type', '"type":null', ''],
];

/** Files that Pandoc refuses for what is around the entries. */
const files: readonly (readonly [what: string, text: string, repaired?: string])[] = [
  ['an entry in no list', '{"id":"a"}\n', '[{"id":"a"}]\n'],
  ['an entry in each line', '{"id":"a"}\n{"id":"b"}\n', '[{"id":"a"},\n{"id":"b"}]\n'],
  ['an object with a list', '{"references":[{"id":"a"},{"id":"b"}]}'],
  ['the list of an export', '{"items": [{"id":"a"}]}'],
  ['no comma between two entries', '[{"id":"a"}\n {"id":"b"}]', '[{"id":"a"},\n {"id":"b"}]'],
  ['two commas between two entries', '[{"id":"a"}, ,{"id":"b"}]', '[{"id":"a"},\n{"id":"b"}]'],
  ['two lists', '[{"id":"a"}]\n[{"id":"b"}]', '[{"id":"a"},\n{"id":"b"}]'],
  ['a comma behind the last entry', '[{"id":"a"},\n]\n', '[{"id":"a"}\n]\n'],
  ['a list that is not closed', '[{"id":"a"}\n', '[{"id":"a"}\n]\n'],
  ['a list that is closed and not opened', '{"id":"a"},{"id":"b"}]', '[{"id":"a"},{"id":"b"}]'],
  ['a list that is closed twice', '[{"id":"a"}]]'],
  ['spaces that JSON does not know', '[\u00a0{"id":"a"},\v{"id":"b"}]', '[ {"id":"a"}, {"id":"b"}]'],
  ['half of a sign', '[{"id":"a","title":"\\\\ud83d \\ud83d x"}]'],
  ['nothing', '', '[]'],
  ['blank lines alone', '\n \n', '[]\n \n'],
  ['a list in a list', '[[{"id":"a"}]]'],
];

const read: readonly string[] = [
  entry('"title":"\\ud83d\\ude00 \\\\ud83d \u00a0 \ufeff"'), '[]', entry('"author":[{"family":"A","family":5}]'),
  '[]', '[{"id":"a","type":"book"}]', '\n [ {"id":1,"volume":3,"author":["Author 1",{}],"issued":"2001"} , {"id":"b","issued":{}} ] \n',
  entry('"custom":{"a":1.5},"x":null,"y":[1.5],"categories":["a"],"issued":{"date-parts":null,"raw":5,"season":[]},"author":[{"family":null,"x":1.5}]'),
  entry('"issued":{"date-parts":[["2001",""]]},"accessed":{"date-parts":[[]]},"author":[]'),
];

describe('the form of CSL-JSON', function () {
  this.timeout(60_000);

  const cases = [...values.map(([what, fields, repaired]) => [what, entry(fields), repaired === undefined ? undefined : entry(repaired).replace(',}', '}')] as const), ...files];
  for (const [what, text, repaired] of cases) {
    it(`is told of where Pandoc refuses it: ${what}`, async () => {
      assert.equal(await isRead(text), false, 'Pandoc reads it');
      for (const chunk of [1, 1000]) {
        const problems = stopping(text, chunk);
        assert.ok(problems.length > 0);
        problems.forEach(({ message }) => assert.match(message, /Pandoc (?:2 )?can’t read the file/));
        assert.equal(withRepairs(text, problems), repaired ?? text);
      }
      if (repaired !== undefined) {
        assert.equal(await isRead(repaired), true, 'Pandoc does not read what was repaired');
        assert.deepEqual(stopping(repaired), []);
        const [before, after] = [text, repaired].map(each => ours(new CslJsonScanner(), convertCslJson, each));
        assert.deepEqual(after, before);
      }
    });
  }

  it('is nothing to tell of where Pandoc reads it', async () => {
    for (const text of read) {
      assert.equal(await isRead(text), true, text);
      assert.deepEqual(stopping(text), [], text);
    }
  });

  it('is told of at a byte order mark, which Pandoc reads in a file to convert and refuses in one that it is to cite from', () => {
    const text = '\ufeff[{"id":"a"}]';
    const folder = mkdtempSync(path.join(tmpdir(), 'mark-'));
    try {
      const file = path.join(folder, 'works.json');
      writeFileSync(file, text);
      assert.notEqual(spawnSync('pandoc', ['--citeproc', '--bibliography', file], { input: '[@a]' }).status, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const problems = stopping(text);
    assert.deepEqual(problems.map(({ start, end }) => [start, end]), [[0, 1]]);
    assert.equal(withRepairs(text, problems), '[{"id":"a"}]');
  });

  it('is told of at each of the lines', () => {
    const text = '[{"id":"a","type":"book",\n"title":["An array"],\n"ISSN":["1234-5678"]},\n {"id":"b","type":"book",\n"author":null,\n"issued":{"date-parts":[[null]]}}]';
    const lines = stopping(text).map(({ start }) => text.slice(0, start).split('\n').length);
    assert.deepEqual(lines, [2, 3, 5, 6]);
  });
});
