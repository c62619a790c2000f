import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { studies } from '../../support/dataset.ts';

const read = (file: string): string => readFileSync(path.join(__dirname, '../../..', file), 'utf8');

/** The numbers of a text that count studies, as `278 studies` does. */
function countsIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/(?<![-–\d])(\d[\d,]*) studies\b/g), ([, count = '']) => Number(count.replaceAll(',', '')));
}

/** A typed count is forgotten when records are added. Where another number of studies is meant, write it in words. */
describe('The count of studies', () => {
  it('in README.md is that of the dataset', () => assert.deepEqual(countsIn(read('README.md')).filter(count => count !== studies.length), []));
  it('is in README.md', () => assert.ok(countsIn(read('README.md')).length > 0));
  it('in the newest section of CHANGELOG.md is that of the dataset; older ones say what was true then', () => {
    const [, newest = ''] = /^## .*\n([^]*?)(?=^## |(?![^]))/m.exec(read('CHANGELOG.md')) ?? [];
    assert.notEqual(newest.trim(), '');
    assert.deepEqual(countsIn(newest).filter(count => count !== studies.length), []);
  });
  it('is in no text that has none to keep right', () => {
    for (const file of ['data/README.md', 'data/CITATION.cff', 'package.json']) {
      assert.deepEqual(countsIn(read(file)), [], file);
    }
  });
});
