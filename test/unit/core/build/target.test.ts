import assert from 'node:assert/strict';
import { isAsBuilt, withBuilt } from '../../../../src/core/build/built.ts';
import { programPaths } from '../../../../src/core/build/findTool.ts';
import { isForQuarto, isTarget, outputName, targetsFor } from '../../../../src/core/build/target.ts';

describe('What a manuscript is built into', () => {
  it('is named for the manuscript, whose ending alone goes', () => {
    assert.equal(outputName('paper.md', 'docx'), 'paper.docx');
    assert.equal(outputName('paper.v2.Rmd', 'html'), 'paper.v2.html');
    assert.equal(outputName('paper', 'pdf'), 'paper.pdf');
    assert.equal(outputName('notes.txt', 'pdf'), 'notes.txt.pdf');
    assert.equal(outputName('.md', 'pdf'), '.md.pdf');
  });
  it('is offered with the tools that are there, Quarto’s first for its own files', () => {
    const words = (name: string, found: readonly ('pandoc' | 'quarto')[]): string[] => targetsFor(name, found, undefined).map(({ tool, format }) => `${tool} ${format}`);
    assert.deepEqual(words('a.md', ['pandoc']), ['pandoc docx', 'pandoc pdf', 'pandoc html']);
    assert.equal(words('a.md', ['pandoc', 'quarto'])[0], 'pandoc docx');
    assert.equal(words('a.qmd', ['pandoc', 'quarto'])[0], 'quarto docx');
    assert.equal(words('a.qmd', ['pandoc'])[0], 'pandoc docx');
    assert.deepEqual([isForQuarto('a.qmd'), isForQuarto('a.Rmd'), isForQuarto('a.md')], [true, true, false]);
  });
  it('is offered first as it was last, unless its tool is gone', () => {
    const last = { tool: 'quarto', format: 'html' } as const;
    assert.deepEqual(targetsFor('a.md', ['pandoc', 'quarto'], last)[0], last);
    assert.equal(targetsFor('a.md', ['pandoc', 'quarto'], last).length, 6);
    assert.equal(targetsFor('a.md', ['pandoc'], last).length, 3);
  });
  it('is nothing that only looks so', () => {
    assert.ok(isTarget({ tool: 'pandoc', format: 'pdf' }));
    for (const other of [undefined, null, 'pdf', { format: 'pdf' }, { tool: 'pandoc', format: 'exe' }, { tool: 'rm', format: 'pdf' }]) {
      assert.ok(!isTarget(other), JSON.stringify(other));
    }
  });
});

describe('A built file', () => {
  it('is ours to replace for as long as nobody else changed it', () => {
    const built = withBuilt({}, 'file:///a.docx', '1 10');
    assert.ok(isAsBuilt(built, 'file:///a.docx', '1 10'));
    assert.ok(!isAsBuilt(built, 'file:///a.docx', '2 12'));
    assert.ok(!isAsBuilt(built, 'file:///b.docx', '1 10'));
  });
  it('is forgotten after 200 others', () => {
    let built = withBuilt({}, 'first', '1');
    for (let each = 0; each < 200; each += 1) {
      built = withBuilt(built, `other ${each}`, '1');
    }
    assert.equal(Object.keys(built).length, 200);
    assert.ok(!('first' in built));
  });
});

describe('A program', () => {
  it('is looked for in the folders of PATH, in their order', () =>
    assert.deepEqual(programPaths('pandoc', { path: '/usr/local/bin/:/usr/bin::relative' }, false), ['/usr/local/bin/pandoc', '/usr/bin/pandoc']));
  it('is where a whole path says', () =>
    assert.deepEqual(programPaths('/opt/my pandoc', { path: '/usr/bin' }, false), ['/opt/my pandoc']));
  it('is nowhere for a path from some folder', () => assert.deepEqual(programPaths('bin/pandoc', { path: '/usr/bin' }, false), []));
  it('has Windows’s endings there', () => {
    const environment = { path: 'C:\\Pandoc\\;"C:\\Program Files\\Quarto"', endings: '.EXE;.CMD' };
    assert.deepEqual(programPaths('quarto', environment, true), [
      'C:\\Pandoc\\quarto.EXE', 'C:\\Pandoc\\quarto.CMD', 'C:\\Program Files\\Quarto\\quarto.EXE', 'C:\\Program Files\\Quarto\\quarto.CMD',
    ]);
    assert.deepEqual(programPaths('D:\\p\\pandoc.exe', environment, true), ['D:\\p\\pandoc.exe']);
  });
});
