import assert from 'node:assert/strict';
import { pandocArguments, quartoArguments, type Job } from '../../../../src/core/build/toolArguments.ts';

const job: Job = { format: 'docx', input: 'paper.md', output: 'paper.docx', bibliographies: [], log: '/storage/log.json', extra: [] };

describe('The arguments of Pandoc', () => {
  it('are few where the manuscript says all', () =>
    assert.deepEqual(pandocArguments(job), ['paper.md', '--output=paper.docx', '--standalone', '--citeproc', '--log=/storage/log.json']));
  it('name bibliographies in their order, the style, and where else to look for files', () =>
    assert.deepEqual(pandocArguments({ ...job, bibliographies: ['/storage/works.json', '/home/my refs.bib'], csl: '/storage/style.csl', folder: '/home' }).slice(4, -1), [
      '--bibliography=/storage/works.json', '--bibliography=/home/my refs.bib', '--csl=/storage/style.csl', '--resource-path=.:/home',
    ]));
  it('part folders as the system does, and leave out one that can’t be parted', () => {
    assert.ok(pandocArguments({ ...job, folder: 'C:\\thesis' }).includes('--resource-path=.;C:\\thesis'));
    assert.ok(!pandocArguments({ ...job, folder: '/a:b' }).join(' ').includes('--resource-path'));
  });
  it('say what a Quarto file is, unless the writer does', () => {
    const quarto = { ...job, input: 'paper.qmd' };
    assert.ok(pandocArguments(quarto).includes('--from=markdown'));
    for (const extra of ['--from=gfm', '-fgfm', '-f', '--read=gfm', '-r']) {
      assert.ok(!pandocArguments({ ...quarto, extra: [extra] }).includes('--from=markdown'), extra);
    }
  });
  it('end with the writer’s own, untouched', () => {
    const extra = ['--metadata=title:A "new" $(title)', '-N'];
    assert.deepEqual(pandocArguments({ ...job, extra }).slice(-2), extra);
  });
  it('take no name for an option', () =>
    assert.deepEqual(pandocArguments({ ...job, input: '--version.md', output: '--version.docx' }).slice(0, 2), ['./--version.md', '--output=./--version.docx']));
});

describe('The arguments of Quarto', () => {
  it('ask for a log that can be read, and leave the output to the project', () =>
    assert.deepEqual(quartoArguments({ ...job, format: 'html', input: 'paper.qmd', bibliographies: ['/storage/works.json'], csl: '/storage/style.csl', extra: ['--no-execute'] }), [
      'render', 'paper.qmd', '--to', 'html', '--log', '/storage/log.json', '--log-format', 'json-stream',
      '--bibliography=/storage/works.json', '--csl=/storage/style.csl', '--no-execute',
    ]));
});
