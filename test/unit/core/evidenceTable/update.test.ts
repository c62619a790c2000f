import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rowsOf } from '../../../../src/core/evidenceTable/records.ts';
import { markedTable, updateTables, type TablesUpdated } from '../../../../src/core/evidenceTable/update.ts';
import { parseSpec } from '../../../../src/core/evidenceTable/spec.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { vocabulary } from '../../../support/dataset.ts';
import { shelf, sourcesOf } from './support.ts';

const update = (text: string, evenTouched = false): TablesUpdated => updateTables(readManuscript(text), sourcesOf(text), evenTouched);
const updated = (text: string, evenTouched = false): string => edited(text, update(text, evenTouched).edits);
const faults = (text: string): readonly string[] => update(text).faults.map(({ line, message }) => `${line}: ${message}`);

/** The table as the command inserts it. */
function table(json: string, manuscript = ''): string {
  const parsed = parseSpec(json, vocabulary);
  assert.ok('spec' in parsed);
  const rows = rowsOf(parsed.spec, sourcesOf(manuscript));
  assert.ok('rows' in rows);
  return markedTable(parsed.spec, rows.rows, shelf.vocabulary);
}

const small = '"columns":["citation","n"],"order":"cited"';
const cited = `{"studies":"cited",${small}}`;
const empty = (json: string): string => `<!-- evidence-table: ${json} -->\n\n<!-- evidence-table:end -->`;

describe('Update Evidence Tables', () => {
  it('makes the table anew from what is cited now', () =>
    assert.equal(
      updated(`A [@feder2021].\n\n${empty(cited)}\n\nB [@dore2019].\n`),
      `A [@feder2021].\n\n<!-- evidence-table: ${cited} -->\n\n| Study | n |\n| :----------- | ----: |\n| [@feder2021] | 30 |\n| [@dore2019] | 235 |\n\n<!-- evidence-table:end 1e1ce578 -->\n\nB [@dore2019].\n`,
    ));
  it('drops what is cited no more', () => {
    const before = updated(`A [@feder2021; @dore2019].\n\n${empty(cited)}\n`);
    const after = updated(before.replace('; @dore2019].', '].'));
    assert.ok(before.includes('| [@dore2019] |') && !after.includes('dore2019'), after);
  });
  it('keeps the first mark as the writer has it, over several lines too', () => {
    const mark = '<!-- evidence-table:\n  {"studies": ["feder2021"],\n   "columns": ["citation"]}\n-->';
    assert.ok(updated(`${mark}\n\n<!-- evidence-table:end -->`).startsWith(`${mark}\n\n| Study |\n`));
  });
  it('finds nothing to do in a table just inserted, nor when it was updated', () => {
    for (const json of [cited, `{"studies":"condition:ocd","order":"n"}`, `{"studies":["feder2021","oliver2022"]}`]) {
      const text = `A [@feder2021].\n\n${table(json, 'A [@feder2021].')}\n\nB\n`;
      assert.deepEqual(update(text), { edits: [], faults: [], count: 1, left: [] });
    }
  });
  it('says which cited works have no record', () => assert.deepEqual(update(`[@nobody1900]\n\n${empty(cited)}\n`).left, ['nobody1900']));
  it('writes CRLF where the text does', () => {
    const text = `A [@feder2021].\n\n${empty(cited)}\n\nB\n`;
    assert.equal(updated(text.replaceAll('\n', '\r\n')), updated(text).replaceAll('\n', '\r\n'));
    assert.deepEqual(update(updated(text.replaceAll('\n', '\r\n'))).edits, []);
  });
  it('leaves cells changed by hand, and says so; blanks and rules of a formatter are none', () => {
    const text = `${table('{"studies":["feder2021"],"columns":["citation","n"]}')}\n`;
    const changed = text.replace('| 30 |', '| 30, of whom many |');
    assert.deepEqual(faults(changed), ['1: cells of this table were changed by hand, and an update would drop that. Move your words out of the table, or update it all the same.']);
    assert.equal(updated(changed), changed);
    assert.equal(updated(changed, true), text);
    assert.equal(updated(text.replace('| :----------- | ----: |', '| :-- | --: |').replace('| 30 |', '|  30 |')), text);
  });
  it('takes marks in code for examples', () => {
    const code = `\`\`\`\n${empty('{')}\n\`\`\`\n\n    ${empty('{').replaceAll('\n', '\n    ')}\n\nIn \`<!-- evidence-table: x -->\` too.\n`;
    assert.deepEqual(update(code), { edits: [], faults: [], count: 0, left: [] });
  });
  for (const [name, text, expected] of [
    ['a missing end', `A\n\n<!-- evidence-table: ${cited} -->\n\n| a |\n| - |\n| b |\n`, /^3: this evidence table has no end/],
    ['a missing beginning', 'A\n\n<!-- evidence-table:end -->\n', /^3: this end of an evidence table has no beginning/],
    ['an open comment', `A\n\n<!-- evidence-table: ${cited}\n\nB\n`, /^3: this mark of an evidence table is not closed/],
    ['a mark in a line of text', `A <!-- evidence-table: ${cited} -->\n\n<!-- evidence-table:end -->\n`, /^1: this mark of an evidence table must stand on lines of its own/],
    ['a mark in a block quote', `> ${empty(cited).replaceAll('\n', '\n> ')}\n`, /^1: this mark .* outside lists and block quotes/],
    ['text between the marks', `<!-- evidence-table: ${cited} -->\n\n| a |\n| - |\n| b |\n\nMine\n\n<!-- evidence-table:end -->\n`, /^7: this line stands inside an evidence table/],
    ['no JSON', empty('{"studies"}'), /^1: what stands behind/],
    ['an unknown study', `A\n\n${empty('{"studies":["nobody1900"]}')}`, /^3: there is no study with the citekey nobody1900/],
    ['an unknown condition', empty('{"studies":"condition:nowhere"}'), /^1: There is no condition “nowhere”/],
  ] as const) {
    it(`changes nothing at ${name}, and says where it is`, () => {
      assert.equal(updated(text), text);
      assert.match(faults(text)[0]!, expected);
      assert.equal(updated(text.replaceAll('\n', '\r\n')), text.replaceAll('\n', '\r\n'));
    });
  }
  it('updates the others where one is broken', () => {
    const text = `A [@feder2021]\n\n${empty('{')}\n\n${empty(cited)}\n\n<!-- evidence-table: ${cited} -->\n\n${empty(cited)}\n`;
    const after = updated(text);
    assert.equal(after.split('| [@feder2021] | 30 |').length, 3);
    assert.equal(faults(text).length, 2);
  });

  const piece = fc.constantFrom(
    ...['Text [@feder2021].', '- item [@dore2019]', '> quote', '```\ncode\n```', '<!-- evidence-table:end -->', '<!-- evidence-table: ', '| a |\n| - |\n| mine |', '', '# H', '[^1]: note', '---'],
    ...[empty(cited), empty('{"studies":"condition:ocd","order":"year"}'), empty('{"studies":["feder2021"],"columns":["n"]}'), empty('{'), table(`{"studies":["oliver2022"],${small}}`)],
  );
  const texts = fc.tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom('\n', '\n\n'), fc.boolean()).map(([pieces, joint, isCrlf]) => {
    const text = pieces.join(joint);
    return isCrlf ? text.replaceAll('\n', '\r\n') : text;
  });
  it('done twice is the same as done once', () =>
    fc.assert(
      fc.property(texts, text => {
        const once = updated(text);
        assert.equal(updated(once), once);
      }),
      { numRuns: 300 },
    ));
  it('touches nothing outside the marks, and no words inside them that are no table’s', () =>
    fc.assert(
      fc.property(texts, text => {
        const { edits } = update(text);
        const outside = (whole: string): string => whole.replace(/^\|.*\r?\n?/gm, '').replace(/(?<=<!-- evidence-table:end)[ \w]*(?= -->)/g, '').replace(/[\r\n]+/g, '\n');
        assert.equal(outside(edited(text, edits)), outside(text));
        assert.ok(edits.every(({ start, end }) => /^[\s|]/.test(text.slice(start, end)) && text.slice(start, end).endsWith('-->')));
        const ends = text.includes('\r\n') ? /(?<!\r)\n/ : /\r/;
        assert.ok(edits.every(edit => !ends.test(edit.text)));
      }),
      { numRuns: 300 },
    ));
});
