import assert from 'node:assert/strict';
import { parseDocument } from 'yaml';
import { plainItem } from '../../../../src/core/bibliography/plainYaml.ts';
import { Chance } from '../../../bench/chance.ts';
import { damaged } from './fuzz/damage.ts';
import { goodFormats } from './fuzz/goodFiles.ts';

const { shapes } = goodFormats['CSL-YAML'];

function byLibrary(text: string): unknown {
  const read = parseDocument(text, { schema: 'failsafe', merge: true, uniqueKeys: false, strict: false, logLevel: 'silent' });
  assert.deepEqual(read.errors, []);
  return read.toJS();
}

describe('plainItem', () => {
  it('reads what programs write', () => {
    for (const shape of shapes) {
      const text = shape('alpha');
      assert.deepEqual([plainItem(text)], byLibrary(text));
      const inward = text.replace(/^(?=.)/gm, '    ');
      assert.deepEqual(plainItem(inward), plainItem(text));
    }
  });

  it('leaves to the library what it does not know', () => {
    for (const value of ['&a x', '*a', '!!str x', 'x # remark', 'a: b', '|2\n    x', '>+\n    x', '"a\n    b"', '[a, [b]', '? x', '%x', 'x\n y', '"\\x41"', '\tx', '- x']) {
      assert.equal(plainItem(`- id: a\n  title: ${value}\n`), undefined, value);
    }
  });

  it('reads anything as the library does, or not at all', () => {
    let taken = 0;
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const chance = new Chance(seed);
      const text = damaged(chance.one(shapes)('alpha'), chance);
      const fields = plainItem(text);
      if (fields) {
        taken += 1;
        const whole = byLibrary(text);
        assert.deepEqual([fields], whole, `seed ${seed}: ${JSON.stringify(text)}`);
      }
    }
    assert.ok(taken > 1000, `${taken} were taken`);
  });
});
