import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { compile, serialize } from '../../../data/compile.ts';
import { readDataset } from '../../../src/core/dataset.ts';

const whole = serialize(compile(path.join(__dirname, '../../../data')));
const count = readDataset(whole).studies.length;

describe('readDataset', () => {
  it('keeps all but the damaged line', () => {
    const { studies, problems } = readDataset(whole.replace(/^(\{"id":"feder2021",.*?"csl":)\{/m, '$1'));
    assert.equal(studies.length, count - 1);
    assert.match(problems.join(), /^line \d+ is damaged and was left out\.$/);
  });
  it('keeps what stands before the place where the file was cut off', () => {
    const { edition, studies, vocabulary, problems } = readDataset(whole.slice(0, whole.length / 2));
    assert.ok(Math.abs(studies.length - count / 2) < count / 10, `${studies.length} of ${count} studies`);
    assert.match(edition?.version ?? '', /^\d/);
    assert.equal(vocabulary.conditions[0]?.label, 'Treatment-resistant depression');
    assert.equal(problems.length, 1);
  });
  it('says that an empty file holds nothing', () => {
    assert.deepEqual(readDataset('').problems, ['holds no study that can be read.']);
  });
  it('leaves out a record whose field can’t be read, and names both', () => {
    const { studies, problems } = readDataset(whole.replace('"design":"randomized-controlled-trial"', '"design":7'));
    assert.equal(studies.length, count - 1);
    assert.match(problems.join(), /^\w+ was left out: its field design can't be read\.$/);
  });
  it('shows words that the vocabulary lacks by their ids', () => {
    const { vocabulary } = readDataset(whole.replace('"conditions":["ptsd"]', '"conditions":["gout"]'));
    assert.deepEqual(vocabulary.conditions.at(-1), { id: 'gout', label: 'gout' });
  });
  it('reads the studies without their vocabulary', () => {
    const { studies, vocabulary } = readDataset(whole.replace('"conditions":[{', '"conditions":[[{'));
    assert.equal(studies.length, count);
    assert.ok(vocabulary.conditions.some(term => term.id === 'ptsd'));
  });
  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => Array.isArray(readDataset(text).problems)));
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
      const { studies } = readDataset(whole.slice(0, at) + text + whole.slice(at + 1));
      return studies.length >= count - 1;
    }), { numRuns: 50 });
  });
});
