import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pandocFailure } from '../../../../src/core/build/failure.ts';
import { readPandocLog, readQuartoLog } from '../../../../src/core/build/log.ts';
import { placed } from '../../../../src/core/build/places.ts';
import { pandocArguments } from '../../../../src/core/build/toolArguments.ts';
import { readMetadata } from '../../../../src/core/frontMatter.ts';
import { readManuscript } from '../../../../src/core/reading.ts';

/** Builds a manuscript with the pandoc that is installed; answers its exit code, what it logged, and whether there is a file. */
function build(text: string, output = 'paper.docx', extra: readonly string[] = []): { code: number | null; log: string; isBuilt: boolean } {
  const folder = mkdtempSync(path.join(tmpdir(), 'build-'));
  const read = (name: string): string => {
    try {
      return readFileSync(path.join(folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  try {
    writeFileSync(path.join(folder, 'paper.md'), text);
    const job = { format: 'docx', input: 'paper.md', output, bibliographies: [], log: path.join(folder, 'log.json'), extra } as const;
    const { status } = spawnSync('pandoc', [...pandocArguments(job)], { cwd: folder });
    return { code: status, log: read('log.json'), isBuilt: read(output) !== '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What pandoc says of a manuscript, and the text at each place where we tell it. */
async function told(text: string): Promise<string[]> {
  const reading = readManuscript(text);
  const metadata = await readMetadata(text, reading.metadata);
  const problems = placed(readPandocLog(build(text).log, 'paper.md'), reading, metadata);
  return problems.map(({ start, end, message }) => `${text.slice(0, start).split('\n').length}: ${text.slice(start, end)}: ${message}`);
}

describe('What pandoc logs', () => {
  it('of a missing work is told wherever it is cited, also by nocite', async () =>
    assert.deepEqual(await told('---\nnocite: "@nobody1"\n---\n\nOne [see @nobody1, p. 3; -@nobody2] and `@nobody1`.\n\n> @nobody1\n'), [
      '2: @nobody1: Citeproc: citation nobody1 not found',
      '5: @nobody1: Citeproc: citation nobody1 not found',
      '7: @nobody1: Citeproc: citation nobody1 not found',
      '5: -@nobody2: Citeproc: citation nobody2 not found',
    ]));
  it('of a missing image is told wherever it is named, blanks encoded or not', async () =>
    assert.deepEqual(await told('![A](my%20image.png)\n\n![B](<my other.png>)\n\n![C][c]\n\n[c]: sub/c.png\n'), [
      '1: my%20image.png: Could not fetch resource my%20image.png: replacing image with description',
      '3: my other.png: Could not fetch resource my%20other.png: replacing image with description',
      '7: sub/c.png: Could not fetch resource sub/c.png: replacing image with description',
    ]));
  it('of other things is told at the text that it is about, near the line that it tells', async () =>
    assert.deepEqual((await told('Text[^n].\n\n[a]: http://a.org\n[a]: http://b.org\n\n- item\n\n  [c]: http://c.org\n  [c]: http://d.org\n\n[^n]: one\n\n$\\foo{$\n')).map(each => each.split(':').slice(0, 3).join(':')), [
      '4: [a]: Duplicate link reference [a]',
      '8: [c]: Duplicate link reference [c]',
      '13: \\foo{: Could not convert TeX math \\foo{',
    ]));
  it('of nothing in the text is told at the top', () => {
    const reading = readManuscript('First line\nsecond\n');
    assert.deepEqual(placed([{ severity: 'warning', message: 'm', about: { kind: 'work', key: 'x' } }, { severity: 'error', message: 'n' }], reading, {}), [
      { severity: 'warning', message: 'm', start: 0, end: 10 },
      { severity: 'error', message: 'n', start: 0, end: 10 },
    ]);
  });
  it('is no word of what pandoc does not warn of', () => {
    const { log, isBuilt } = build('---\ntitle: No language\n---\n', 'paper.html');
    assert.match(log, /INFO/);
    assert.ok(isBuilt);
    assert.deepEqual(readPandocLog(log, 'paper.md'), []);
  });
  it('of a missing title says what to do', () =>
    assert.deepEqual(readPandocLog(build('Text\n', 'paper.html').log, 'paper.md').map(({ message }) => message), [
      'The metadata has no title, which this format needs; the file’s name is taken for it',
    ]));
  it('may be missing or damaged', () => {
    for (const text of ['', '{', 'null', '{"type":1}', '[null, 1, {"verbosity":"WARNING"}]']) {
      assert.ok(readPandocLog(text, 'paper.md').every(({ severity }) => severity === 'warning'), text);
    }
  });
  it('in one message of thousands of places is told at a hundred', () => {
    const reading = readManuscript('[@nobody1] '.repeat(5000));
    const about = { kind: 'work', key: 'nobody1' } as const;
    assert.equal(placed([{ severity: 'warning', message: 'm', about }], reading, {}).length, 100);
  });
});

describe('Where pandoc gives up', () => {
  it('its exit code tells why', () => {
    assert.match(pandocFailure(build('---\nbibliography: nowhere.bib\n---\n').code!)!, /a file is missing/);
    assert.match(pandocFailure(build('x\n', 'paper.pdf', ['--pdf-engine=pdflatex-that-is-nowhere']).code!)!, /PDF|argument/);
    assert.match(pandocFailure(build('x\n', 'paper.docx', ['--no-such-thing']).code!)!, /unknown/);
    assert.match(pandocFailure(build('---\ntitle: [a\n---\n').code!)!, /parsed/);
  });
  it('nothing is told of a code that nobody knows', () => assert.equal(pandocFailure(77), undefined));
});

describe('What Quarto logs', () => {
  it('is read line by line; what is no JSON, or no warning, is left out', () =>
    assert.deepEqual(readQuartoLog([
      JSON.stringify({ msg: 'pandoc --to html', level: 20, levelName: 'INFO' }),
      JSON.stringify({ msg: '[33mWARN: Unable to resolve crossref @fig-one[39m', level: 30, levelName: 'WARN' }),
      JSON.stringify({ msg: '[WARNING] Citeproc: citation nobody1 not found\n', level: 20, levelName: 'INFO' }),
      JSON.stringify({ msg: '[WARNING] Could not fetch resource missing.png: replacing image with description', level: 20, levelName: 'INFO' }),
      JSON.stringify({ msg: 'ERROR: no such format', level: 40, levelName: 'ERROR' }),
      'cut off {',
    ].join('\n').replaceAll('[33m', '\\u001b[33m').replaceAll('[39m', '\\u001b[39m')), [
      { severity: 'warning', message: 'Unable to resolve crossref @fig-one' },
      { severity: 'warning', message: 'Citeproc: citation nobody1 not found', about: { kind: 'work', key: 'nobody1' } },
      { severity: 'warning', message: 'Could not fetch resource missing.png: replacing image with description', about: { kind: 'file', path: 'missing.png' } },
      { severity: 'error', message: 'no such format' },
    ]));
});
