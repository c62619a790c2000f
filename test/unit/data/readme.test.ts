import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import schema from '../../../data/study.schema.json' with { type: 'json' };
import { vocabulary } from '../../support/dataset.ts';

const text = readFileSync(path.join(__dirname, '../../../data/README.md'), 'utf8');

/** The first cells of the rows below a header, without the marks of code. */
function rowsBelow(header: string): readonly string[] {
  const [, body = ''] = new RegExp(`^\\| ${header.replace('.', '\\.')} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? [];
  return Array.from(body.matchAll(/^\| `([^`]+)`/gm), match => match[1]!);
}

/** What is only told in words must not fall behind what the records may hold. */
describe('data/README.md', () => {
  for (const [header, terms] of [
    ['`direction`', vocabulary.results],
    ['`comparators`', vocabulary.comparators],
    ['`routes`', vocabulary.routes],
    ['`blinding`', vocabulary.blinding],
  ] as const) {
    it(`explains every code of ${header}, in the vocabulary’s order`, () => assert.deepEqual(rowsBelow(header), terms.map(({ id }) => id)));
  }
  it('explains every other code', () => {
    const inTables = ['direction', 'basis', 'comparators', 'routes', 'blinding'];
    const others = schema.definitions.evidence.required.filter(field => !inTables.includes(field));
    assert.deepEqual([...rowsBelow('field')].sort(), [...others].sort());
  });
  it('names every unit of a dose', () => {
    const [row = ''] = /^\| `doses` \|.*$/m.exec(text) ?? [];
    assert.deepEqual(schema.definitions.evidence.properties.doses.items.properties.unit.enum.filter(unit => !row.includes(`\`${unit}\``)), []);
  });
  it('says what every type of work needs', () =>
    assert.deepEqual([...rowsBelow('`csl.type`')].sort(), [...schema.definitions.cslItem.properties.type.enum].sort()));
  it('names every kind of notice', () => {
    const kinds = schema.properties.notices.items.properties.type.enum;
    assert.deepEqual(kinds.filter(kind => !text.includes(`\`${kind}\``)), []);
  });
  it('says how long a gist may be', () => assert.ok(text.includes(`at most ${schema.properties.gist.maxLength} characters`)));
});
