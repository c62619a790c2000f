import assert from 'node:assert/strict';
import fc from 'fast-check';
import { check, Checker } from '../../../../src/core/checks/checks.ts';
import type { CheckCode, Problem } from '../../../../src/core/checks/problem.ts';
import { readManuscript, reread } from '../../../../src/core/reading.ts';
import { studies } from '../../../support/dataset.ts';
import { apply, bundled, problemsOf } from './support.ts';

const quoted = studies.flatMap(({ id, quotes }) => quotes.map(({ text }) => ({ id, text })));
const keys = ['feder2021', 'Feder2021', 'feder2012', 'oliver2022', 'rhee2022', 'nobody1', 'fig-1', 'thompson2020'];

/** What checks look at, in any order: keys, marks, parts of quotes, blanks and breaks. */
const piece = fc.oneof(
  fc.constantFrom(...keys.map(key => `@${key}`)),
  fc.constantFrom('[', ']', '; ', ', ', ' ', '-', '(', ')', '{', '}', '\\', '*', '`', '$', ' and ', 'p. 3', '[p. 3', '@{feder2021', '&amp;', 'pp. 202-193', ' [...] ', '…'),
  fc.constantFrom('“', '”', '"', "'", '‘', '’', '„', '«', '»', '‚', '[^1]', '^[', '&nbsp;', '<!--', '-->'),
  fc.constantFrom('\n', '\n\n', '\r\n', '\n> ', '\n- ', '\n# ', '\n| ', '\n```\n', '\n[^1]: ', '\n\n[^1]: @oliver2022\n\n', '”[^1]'),
  fc.constantFrom(...quoted).chain(({ text }) => {
    const words = text.split(' ');
    return fc.tuple(fc.nat(words.length), fc.nat(20)).map(([from, count]) => words.slice(from, from + count).join(' '));
  }),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const manuscript = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''));

function assertWithin(text: string, problems: readonly Problem[]): void {
  let last = 0;
  for (const { start, end, message, fixes } of problems) {
    assert.ok(last <= start && start <= end && end <= text.length, `${start} ${end} of ${text.length}`);
    assert.ok(message.length > 0);
    last = start;
    for (const { edits } of fixes) {
      let before = 0;
      for (const edit of edits) {
        assert.ok(before <= edit.start && edit.start <= edit.end && edit.end <= text.length, JSON.stringify(edits));
        before = edit.end;
      }
    }
  }
}

describe('checks of any text', function () {
  this.timeout(60_000);
  it('never throw, and stay within it', () => {
    fc.assert(
      fc.property(fc.oneof(manuscript, fc.string({ unit: 'binary' })), text => assertWithin(text, check(readManuscript(text), bundled))),
      { numRuns: 400 },
    );
  });
  it('find the same after edits as at first sight', () => {
    const edits = fc.array(fc.tuple(fc.nat(2000), fc.nat(30), fc.array(piece, { maxLength: 3 }).map(pieces => pieces.join(''))), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(manuscript, { maxLength: 6 }), edits, (parts, changes) => {
        let text = parts.join('\n\n');
        let reading = readManuscript(text);
        const checker = new Checker(bundled);
        checker.check(reading);
        for (const [at, length, inserted] of changes) {
          const start = Math.min(at, text.length);
          const oldEnd = Math.min(start + length, text.length);
          text = text.slice(0, start) + inserted + text.slice(oldEnd);
          reading = finished(reread(reading, text, [{ start, oldEnd, newEnd: start + inserted.length }]));
          const shown = (problems: readonly Problem[]): object[] => problems.map(each => ({ ...each, fixes: each.fixes }));
          assert.deepEqual(shown(checker.check(reading)), shown(check(reading, bundled)));
        }
      }),
      { numRuns: 150 },
    );
  });
});

function finished<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

describe('fixes', function () {
  this.timeout(60_000);
  const cite = fc.constantFrom('@feder2021', '@Feder2021', '@fedre2021', '@oliver2022, p. 3', 'see @oliver2022', '-@thompson2020', '@feder2021, pp. 9-7');
  const separator = fc.constantFrom('; ', '; ', ';; ', ', ', ' ', ' and ');
  const group = fc
    .array(fc.tuple(cite, separator), { minLength: 1, maxLength: 4 })
    .map(cites => `[${cites.map(([each, parting], index) => (index + 1 < cites.length ? each + parting : each)).join('')}]`);
  const citation = fc.oneof(group, group.map(each => `[${each}]`), group.map(each => `${each.slice(0, -1)}; ]`), cite);
  const text = fc.array(fc.tuple(citation, fc.constantFrom(' ', '', ' and so on. ', '\n\n')), { minLength: 1, maxLength: 4 });

  it('take the problem away and bring no other of its kind', () => {
    fc.assert(
      fc.property(text, parts => {
        const before = parts.flat().join('');
        for (const problem of problemsOf(before)) {
          for (const { edits, isPreferred } of problem.fixes.filter(fix => fix.isPreferred)) {
            const after = apply(before, edits);
            const count = (all: readonly Problem[]): number => all.filter(({ message }) => message === problem.message).length;
            const codes: CheckCode[] = [problem.code];
            assert.ok(isPreferred && count(problemsOf(after, codes)) < count(problemsOf(before, codes)), `${before}\n${after}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
