import assert from 'node:assert/strict';
import { isGlob, namedPath } from '../../../../src/core/bibliography/paths.ts';

describe('namedPath', () => {
  const cases: readonly (readonly [written: string, kind: string, place: string])[] = [
    ['refs.bib', 'relative', 'refs.bib'],
    ['../lib/my refs.bib', 'relative', '../lib/my refs.bib'],
    ['lib\\refs.bib', 'relative', 'lib/refs.bib'],
    ['/data/refs.bib', 'absolute', '/data/refs.bib'],
    ['C:\\data\\refs.bib', 'absolute', '/C:/data/refs.bib'],
    ['c:/data/refs.bib', 'absolute', '/c:/data/refs.bib'],
    ['~/refs.bib', 'absolute', '/home/author17/refs.bib'],
    ['~', 'absolute', '/home/author17'],
    ['~refs.bib', 'relative', '~refs.bib'],
    ['file:///data/refs.bib', 'address', 'file:///data/refs.bib'],
    ['file:refs.bib', 'relative', 'refs.bib'],
    ['vscode-vfs://github/a/refs.bib', 'address', 'vscode-vfs://github/a/refs.bib'],
  ];
  for (const [written, kind, place] of cases) {
    it(`reads ${written}`, () => {
      const named = namedPath(written, '/home/author17/');
      assert.deepEqual([named.kind, named.kind === 'address' ? named.uri : named.path], [kind, place]);
    });
  }
  it('leaves ~ where no home folder is known', () => {
    assert.deepEqual(namedPath('~/refs.bib', undefined), { kind: 'relative', path: '~/refs.bib' });
  });
});

describe('isGlob', () => {
  for (const path of ['*.bib', '**/refs.bib', 'refs.{bib,json}', 'ref?.bib', '[ab].bib']) {
    it(`knows ${path}`, () => assert.ok(isGlob(path)));
  }
  it('takes no plain path for one', () => assert.ok(!isGlob('a/b-c (1).bib')));
});
