import assert from 'node:assert/strict';
import type { CheckCode } from '../../../../src/core/checks/problem.ts';
import { apply, problemsOf, told } from './support.ts';

function itTells(code: CheckCode, cases: readonly (readonly [text: string, range: string, after?: string, isPreferred?: boolean])[]): void {
  for (const [text, range, after, isPreferred = true] of cases) {
    it(JSON.stringify(text), () => {
      const problems = problemsOf(text, [code]);
      assert.deepEqual(problems.map(({ start, end }) => text.slice(start, end)), [range]);
      const [fix, ...others] = problems[0]!.fixes;
      assert.deepEqual(others, []);
      assert.equal(fix && apply(text, fix.edits), after);
      assert.equal(fix?.isPreferred, after === undefined ? undefined : isPreferred);
      if (fix) {
        assert.deepEqual(problemsOf(apply(text, fix.edits), [code]), [], 'the problem is gone');
      }
    });
  }
}

function itIsSilent(code: CheckCode, texts: readonly string[]): void {
  for (const text of texts) {
    it(JSON.stringify(text), () => assert.deepEqual(told(text, problemsOf(text, [code])), []));
  }
}

describe('checks: a cite twice in a group', () => {
  itTells('repeated-cite', [
    ['[@a; @a]', '@a', '[@a]'],
    ['[see @a, p. 3; @b; @a]', '@a', '[see @a, p. 3; @b]'],
    ['[@a, p. 3; @b, p. 9; @a, p. 3]', '@a, p. 3', '[@a, p. 3; @b, p. 9]'],
    ['[@a ;\n  @a ]', '@a', '[@a ]'],
    ['[@a; -@a]', '-@a', '[@a]'],
    ['@a [p. 3; @b; @b]', '@b', '@a [p. 3; @b]'],
    ['> [@a;\n> @a]', '@a', '> [@a]'],
  ]);
  it('says so', () =>
    assert.equal(problemsOf('[@a; @a]', ['repeated-cite'])[0]!.message, 'a is cited already in these brackets; remove it, or say where in the work.'));
});

describe('checks: a cite twice in a group for a reason', () => {
  itIsSilent('repeated-cite', ['[@a, p. 3; @a, p. 9]', '[@a; @a, p. 9]', '[@a; but see @a]', '[-@a; @a]', '[@a; @b]', '@a and [@a]', '[@a] [@a]', '[@a; @A]']);
});

describe('checks: citations side by side', () => {
  itTells('adjacent-citations', [
    ['See [@a] [@b].', '[@a] [@b]', 'See [@a; @b].'],
    ['See [@a][@b].', '[@a][@b]', 'See [@a; @b].'],
    ['See [see @a, p. 3]   [-@b, chap. 2].', '[see @a, p. 3]   [-@b, chap. 2]', 'See [see @a, p. 3; -@b, chap. 2].'],
    ['See [@a]\n[@b].', '[@a]\n[@b]', 'See [@a; @b].'],
    ['See [@a] [@b] [@c].', '[@a] [@b] [@c]', 'See [@a; @b; @c].'],
    ['See [@a][@b][@c].', '[@a][@b][@c]', 'See [@a; @b; @c].'],
    ['> See [@a]\n> [@b].', '[@a]\n> [@b]', '> See [@a; @b].'],
    ['# On [@a] [@b]', '[@a] [@b]', '# On [@a; @b]'],
  ]);
  it('says how many', () =>
    assert.equal(problemsOf('[@a] [@b] [@c]', ['adjacent-citations'])[0]!.message, 'These 3 citations stand side by side; write them as one, with semicolons between.'));
});

describe('checks: citations that stand apart', () => {
  itIsSilent('adjacent-citations', [
    '[@a], [@b]',
    '[@a] and [@b]',
    '[@a]\n\n[@b]',
    '- [@a]\n- [@b]',
    '[@a]  \n[@b]',
    '[@a]\\\n[@b]',
    '@a [@b]',
    '@a @b',
    '[@a] ([@b])',
    '[text](x.html) [@b]',
    '| A    | B    |\n|------|------|\n| [@a] | [@b] |',
    '`[@a]` [@b]',
    'A note^[@a] [@b].',
  ]);
});

describe('checks: malformed citations', () => {
  itTells('malformed-citation', [
    ['As shown [see @a, p. 3', '[see @a, p. 3', 'As shown [see @a, p. 3]'],
    ['As shown [@a', '[@a', 'As shown [@a]'],
    ['As shown [@a.\n\nMore text.', '[@a', 'As shown [@a].\n\nMore text.'],
    ['As shown [@a; see also @b, p. 3.', '[@a; see also @b, p. 3', 'As shown [@a; see also @b, p. 3].'],
    ['As shown [@a and then the text goes on.', '[@a', 'As shown [@a] and then the text goes on.', false],
    ['As @feder2021 [p. 195', '@feder2021 [p. 195', 'As @feder2021 [p. 195]'],
    ['As @feder2021 [p. 195.\n\nMore text.', '@feder2021 [p. 195', 'As @feder2021 [p. 195].\n\nMore text.'],
    ['@feder2021\n[pp. 195-197', '@feder2021\n[pp. 195-197', '@feder2021\n[pp. 195-197]'],
    ['@{feder2021} [§ 2; see also @oliver2022, p. 3.', '@{feder2021} [§ 2; see also @oliver2022, p. 3', '@{feder2021} [§ 2; see also @oliver2022, p. 3].'],
    ['As @feder2021 [p. 195 showed, [@oliver2022] did.', '@feder2021 [p. 195', 'As @feder2021 [p. 195] showed, [@oliver2022] did.', false],
    ['See @{feder2021 and more.', '@{feder2021', 'See @{feder2021} and more.'],
    ['[-@{feder2021, p. 195; @oliver2022]', '@{feder2021', '[-@{feder2021}, p. 195; @oliver2022]'],
    ['[see @{feder2021]', '@{feder2021', '[see @{feder2021}]'],
    ['See @{feder2021, p. 195}.', '@{feder2021', 'See @{feder2021}, p. 195}.', false],
    ['> See @{author2017\n> and more.', '@{author2017', '> See @{author2017}\n> and more.'],
    ['[@a @b]', '@a @b', '[@a; @b]'],
    ['[@a, @b]', '@a, @b', '[@a; @b]'],
    ['[see @a, p. 3, @b]', '@a, p. 3, @b', '[see @a, p. 3; @b]'],
    ['[@a and @b]', '@a and @b', '[@a; @b]', false],
    ['[@a & @b]', '@a & @b', '[@a; @b]'],
    ['[@a； @b]', '@a； @b', '[@a; @b]'],
    ['[@a, -@b]', '@a, -@b', '[@a; -@b]'],
    ['[@a @b [p. 3]]', '@a @b [p. 3]', '[@a; @b, p. 3]'],
    ['See [[@a]].', '[[@a]]', 'See [@a].'],
    ['See [[see @a, p. 3; @b]].', '[[see @a, p. 3; @b]]', 'See [see @a, p. 3; @b].'],
    ['[@a; ]', '[@a; ]', '[@a]'],
    ['[; @a]', '[; @a]', '[@a]'],
    ['[@a;; @b, p. 3]', '[@a;; @b, p. 3]', '[@a; @b, p. 3]'],
    ['[as @a says; ]', '[as @a says; ]', '[as @a says]'],
    ['@a [p. 3; ]', '[p. 3; ]', '@a [p. 3]'],
    ['[@author, p.100; emphasis added]', '[@author, p.100; emphasis added]', '[@author, p.100, emphasis added]', false],
    ['[@a; @b; Y unpublished]', '[@a; @b; Y unpublished]', '[@a; @b, Y unpublished]', false],
    ['[see [](#x); @a; @b]', '[see [](#x); @a; @b]', '[see [](#x), @a; @b]', false],
    ['@a [p. 3; in press]', '[p. 3; in press]', '@a [p. 3, in press]', false],
    ['[@a, p. 3; *my italics*]', '[@a, p. 3; *my italics*]', '[@a, p. 3, *my italics*]', false],
    ['[@a, p. 3; see also]', '[@a, p. 3; see also]', '[@a, p. 3, see also]', false],
    ['[-@a; ; `x`]', '[-@a; ; `x`]', '[-@a, `x`]', false],
    ['> [@a; https://example.org]', '[@a; https://example.org]', '> [@a, https://example.org]', false],
    ['[note; see @a, p. 3; @b]', '[note; see @a, p. 3; @b]', '[note, see @a, p. 3; @b]', false],
    ['See [@ feder2021].', '@ feder2021', 'See [@feder2021].'],
    ['See @ feder2021.', '@ feder2021', 'See @feder2021.'],
  ]);
  it('tells every missing semicolon', () => {
    const text = '[@a, @b, @c]';
    const problems = problemsOf(text, ['malformed-citation']);
    assert.deepEqual(problems.map(({ start, end }) => text.slice(start, end)), ['@a, @b', '@a, @b, @c']);
    assert.equal(apply(text, problems.flatMap(({ fixes }) => fixes[0]!.edits)), '[@a; @b; @c]');
  });
  it('says what is wrong with each', () =>
    assert.deepEqual(
      ['[see @a', '@a [p. 3', '@{feder2021', '[@a @b]', '[[@a]]', '[@a;]', '[@a; x]', '@ feder2021'].map(text => problemsOf(text, ['malformed-citation'])[0]!.message),
      [
        'This citation is not closed; put a ] behind its last cite.',
        'This citation is not closed; put a ] behind its last cite.',
        'The braces around feder2021 are not closed; without } this is no citation.',
        'A semicolon is missing between these cites; without it Pandoc takes the second for words about the first.',
        'The brackets are doubled and would be printed; one pair is enough.',
        'No cite stands beside one of the semicolons; remove it, or Pandoc reads no citation.',
        'There is no cite on one side of a semicolon, so Pandoc reads no citation in these brackets. Use a comma in its place.',
        'A blank stands between @ and feder2021; without it this is a citation.',
      ],
    ));
});

describe('checks: citations that are right', () => {
  itIsSilent('malformed-citation', [
    '[@a; @b]',
    '[see @a, pp. 3-4; also -@b, chap. 2]',
    '[@a, and also what @b says]',
    '[@a, who follows @b]',
    '@a [p. 3; @b]',
    'Values in [0, 1) as @a has shown.',
    'An open [ bracket, and much later, in another sentence. Then @a says so.',
    'An escaped \\[@a is no citation.',
    '[[@a]](https://example.org)',
    '![see @a](x.png)',
    '[as @a says](x.html)',
    'A note.^[See @a; there is more.]',
    'A note.[^1]\n\n[^1]: See @a; and more.',
    '[a; b] and @a',
    '[as @a says; compare the others]',
    '[@a, p. 3 “x; y”]',
    '[@a; see *x; y* @b]',
    '[@a, \\; x]',
    '@a [see; x]',
    '[@a; x](https://example.org)',
    'A note.^[@a; emphasis added]',
    '- [ ] @a\n- [x] @b',
    '`[@a @b]` and $[@a; ]$',
    'Mail me @ home, or @ 5 o’clock.',
    'word [see the appendix] and @a',
    '@feder2021 [p. 195] and an open [ bracket',
    '@feder2021 [placebo was given',
    '@feder2021 [0, 1) is an interval',
    '@feder2021 \\[p. 195',
    '@feder2021, [p. 195',
    '`@feder2021 [p. 195` and `@{feder2021`',
    '@{feder2021} and [@{feder2021}, p. 195]',
    '@{https://example.org/feder2021}',
    'A template has @{name and @{item.',
    '\\@{feder2021 is text',
    'name@{feder2021 is none',
    '[@feder2021, p.&nbsp;195; @oliver2022 &amp; others]',
  ]);
});
