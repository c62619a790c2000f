import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertCslYaml, CslYamlScanner } from '../../../../src/core/bibliography/cslYaml.ts';
import { withRepairs } from '../../../../src/core/bibliography/repairs.ts';
import type { FileProblem } from '../../../../src/core/bibliography/scan.ts';
import { ours, scanned } from '../../../support/bibliographyOracle.ts';

const list = (more: string, last = ''): string => `references:\n- id: a\n  type: book\n  title: Quartz\n${more}- id: b\n  type: book\n${last}`;

/** What Pandoc refuses, the lines at which that is said, and as it is repaired where that is certain. */
const refused: readonly (readonly [what: string, text: string, lines: readonly number[], repaired?: string])[] = [
  ['a control character', list('  publisher: A\u0001B\n'), [5], list('  publisher: AB\n')],
  ['NUL and DEL', list('  publisher: "A\0B"\n  note: C\u007fD\n'), [5, 6], list('  publisher: "AB"\n  note: CD\n')],
  ['a form feed', list('\f  publisher: A\n'), [5], list('  publisher: A\n')],
  ['a control character in a comment before the list', `# \u001b\n${list('')}`, [1], `# \n${list('')}`],
  ['a line of a tab', list('\t\n'), [5], list('\n')],
  ['a line of a tab after the last entry', list('', '\t\n'), [7], list('', '\n')],
  ['text after the end of the list', list('', '...\n\n# A comment\nText\nMore\n'), [10]],
];

/** What Pandoc reads. */
const read: readonly string[] = [
  list('  publisher: A\ufeff\ue000\u{1f600}\u00a0B\n'), list('  publisher: A\tB\n  note: C\t\n'), list('  publisher: "A\n\n    \t\n    B"\n'), list('', '...\n# A comment\n\n'),
  list('', '...\n---\nx: y\n'), list('', '---\nText\n'), `\ufeff${list('')}`, list('').replace(/\n/g, '\r\n'), list('  abstract: |\n    A\n    \t\n    B\n'),
];

const stopping = (text: string, chunk?: number): readonly FileProblem[] => scanned(new CslYamlScanner(), text, chunk).problems.filter(({ stopsPandoc }) => stopsPandoc);

describe('CSL-YAML that Pandoc refuses', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'yaml-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function isRead(text: string): boolean {
    const file = path.join(folder, 'works.yaml');
    writeFileSync(file, text);
    return spawnSync('pandoc', ['--citeproc', '-t', 'plain', '--bibliography', file], { input: '[@a]' }).status === 0;
  }

  for (const [what, text, lines, repaired] of refused) {
    it(`has a problem: ${what}`, () => {
      assert.equal(isRead(text), false, 'Pandoc reads it');
      for (const chunk of [1, 1000]) {
        const problems = stopping(text, chunk);
        assert.deepEqual(problems.map(({ start }) => text.slice(0, start).split('\n').length), lines);
        assert.equal(withRepairs(text, problems), repaired ?? text);
      }
      if (repaired !== undefined) {
        assert.equal(isRead(repaired), true, 'Pandoc does not read what was repaired');
        assert.deepEqual(stopping(repaired), []);
        const keys = [text, repaired].map(each => ours(new CslYamlScanner(), convertCslYaml, each).map(({ id, title }) => [id, title]));
        assert.deepEqual(keys[0], keys[1]);
      }
    });
  }

  it('is not told of where Pandoc reads it', () => {
    for (const text of read) {
      assert.equal(isRead(text), true, JSON.stringify(text));
      assert.deepEqual(stopping(text), [], JSON.stringify(text));
    }
  });
});
