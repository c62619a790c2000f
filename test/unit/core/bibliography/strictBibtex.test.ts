import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import type { FileProblem } from '../../../../src/core/bibliography/scan.ts';
import { withRepairs } from '../../../../src/core/bibliography/repairs.ts';
import { writtenKey } from '../../../../src/core/declarations.ts';
import { isReadByPandoc3, scanned } from '../../../support/bibliographyOracle.ts';

function stopping(text: string, chunk?: number): FileProblem[] {
  return scanned(new BibtexScanner(), text, chunk).problems.filter(({ stopsPandoc }) => stopsPandoc);
}

function isReadByPandoc2(text: string): boolean {
  return spawnSync('pandoc', ['-f', 'bibtex', '-t', 'csljson'], { input: text }).status === 0;
}

async function isRead(text: string): Promise<boolean> {
  return isReadByPandoc2(text) && (await isReadByPandoc3(text, 'bibtex'));
}

const lineOf = (text: string, { start }: FileProblem): number => text.slice(0, start).split('\n').length;

/** What Pandoc refuses, and as it is repaired; nothing where it has to be done by hand. */
const refused: readonly (readonly [what: string, text: string, repaired?: string])[] = [
  ['an entry in round brackets', '@book(a, title={T})', '@book{a, title={T}}'],
  ['a macro in round brackets', '@string(j = "J")', '@string{j = "J"}'],
  ['a preamble in round brackets', '@preamble("x")', '@preamble{"x"}'],
  ['a comment in round brackets', '@comment(x)', '@comment{x}'],
  ['a macro in doubled braces', '@String{{BAZ="x"}}'],
  ['the name of a macro in braces', '@string{ {j} = "J"}'],
  ['the name of a macro in quotation marks', '@string{"j" = "J"}'],
  ['a macro without a name', '@string{= "J"}'],
  ['a macro without anything', '@string{}'],
  ['a macro of blanks', '@string{\n }'],
  ['two macros in one', '@string{j = "J", k = "K"}', '@string{j = "J"}\n@string{k = "K"}'],
  ['a comma behind a macro', '@string{j = "J",}', '@string{j = "J"}'],
  ['two commas behind a field', '@book{a, title={T},,\n year=2003}', '@book{a, title={T},\n year=2003}'],
  ['two commas behind the key', '@book{a,, title={T}}', '@book{a, title={T}}'],
  ['two commas at the end', '@book{a, title={T}, ,}', '@book{a, title={T}, }'],
  ['a comma before the first field, in a line of its own', '@book{a,\n  , title={T}}', '@book{a,\n   title={T}}'],
  ['an underscore in a type', '@web_page{a, title={T}}', '@webpage{a, title={T}}'],
  ['a digit in a type that makes it another one', '@book2{a, title={T}}'],
  ['a hyphen in a type', '@talk-slides{a, title={T}}', '@talkslides{a, title={T}}'],
  ['a dot in the name of a field', '@book{a, date.modified={x}, title={T}}', '@book{a, date-modified={x}, title={T}}'],
  ['a slash in the name of a field', '@book{a, title={T}, a/b = "x"}', '@book{a, title={T}, a-b = "x"}'],
  ['a space in the name of a field', '@book{a, my title={T}}'],
  ['no comma behind the key', '@misc{a}', '@misc{a,}'],
  ['no comma between the key and a field', '@book{a title={T}}', '@book{a, title={T}}'],
  ['no comma between two fields', '@book{a, title={T} year=2003}', '@book{a, title={T}, year=2003}'],
  ['a semicolon for a comma', '@book{a, title={T}; year=2003}'],
  ['a decimal that is not in braces', '@book{a, year=2001.5}', '@book{a, year={2001.5}}'],
  ['a word that is not in braces, with a slash', '@book{a, number=12/13, title={T}}', '@book{a, number={12/13}, title={T}}'],
  ['words that are not in braces', '@book{a, title=Two words}'],
  ['a word of no field', '@book{a, title={T}, words}'],
  ['curly quotation marks', '@book{a, title = ’T’}', '@book{a, title = {’T’}}'],
  ['nothing behind #', '@book{a, title={T} # }', '@book{a, title={T} }'],
  ['a word with an at sign between entries', '@foo\n@book{a, title={T}}', 'foo\n@book{a, title={T}}'],
  ['an address between entries', 'ask me@example.org\n@book{a, title={T}}', 'ask me at example.org\n@book{a, title={T}}'],
  ['an at sign alone', '@\n@book{a, title={T}}', '\n@book{a, title={T}}'],
  ['an entry without its brace', '@book a, title={T}}'],
  ['an entry in square brackets', '@book[a, title={T}]'],
  ['a comment without braces', '@comment of mine\n@book{a, title={T}}', 'comment of mine\n@book{a, title={T}}'],
  ['a comment that is never closed', '@comment{x\n'],
  ['a percent sign in quotation marks', '@book{a, title="50% of them"}', '@book{a, title="50\\% of them"}'],
  ['a path that ends in a backslash', '@book{a, file = {C:\\papers\\}}'],
  ...['a—b', 'O’Author', 'a…b', 'a–b', 'a|b', 'x<1450::AID>3', 'a~b', 'a\\b', 'a^b', 'aé'.normalize('NFD'), 'a😀', 'a·b', 'a\u200bb', 'a°'].map(
    key => [`the key ${key}`, `@book{${key}, title={T}}`] as const,
  ),
  ['a space in a key', '@book{a b, title={T}}'],
];

/** What looks odd, and stops no Pandoc. */
const read: readonly string[] = [
  '% me@example.org\n@book{a, title={T}}', '@comment{x @foo {y}}\n@book{a, title={T}}', '@book\n{ a ,\n title = {T} , }', '@book{a, title = , year=2001}',
  '@book{a, pages = 12--15, month = jan # "~1"}', '@book{a, x_y:z+1 = {T}}', '@book{a, title={me@example.org, 50 \\% a.b}}', '@Book{a, title="a {"} b"}',
  '@book{a+b/c:d.e;f?g!h*i[j]&k$l`m\'n, title={T}}', '@book{ключ2010, title={T}}', '@book{a, %c, d\n title={T} % e\n}', '@book{a, title={T}}}', '@book{a, title="x %\ny"}', '@book{a, title="a {b% c} d"}', '@book{a, title="{b} {c}", note="x {50%}"}',
  '@book{a, title={T}, note="}"}', '@book{a, title={T}, note="x}", year=2000}', 'text@book{a, title={T}}',
];

describe('what Pandoc can’t read of BibTeX', function () {
  this.timeout(120_000);

  for (const [what, text, repaired] of refused) {
    it(`is told of: ${what}`, async () => {
      assert.equal(await isRead(text), false, 'Pandoc reads it');
      const problems = stopping(text);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(problems[0]!.message, /Pandoc.*can’t read|Pandoc can’t read/s);
      assert.equal(problems[0]!.isLoss, false);
      assert.equal(withRepairs(text, problems), repaired ?? text);
      if (repaired !== undefined) {
        assert.equal(await isRead(repaired), true, 'Pandoc does not read what was repaired');
        assert.deepEqual(stopping(repaired), []);
        const [before, after] = [text, repaired].map(each => scanned(new BibtexScanner(), each).entries.map(({ key, summary }) => [key, summary]));
        assert.deepEqual(after, before);
      }
    });
  }

  for (const text of ['@String{{BAZ = "x"}\n@book{a, title={T}}', '@book{a, title={x {y}\n@book{b, title={T}}', '@book{a, title={x},\n@book{b, title={T}}', '@book{a, title="{x"}', '@book{}', '@book{, title={T}}', '@book{title={T}}', '@book{{a}, title={T}}']) {
    it(`is told of what is lost: ${JSON.stringify(text)}`, async () => {
      assert.equal(await isRead(text), false, 'Pandoc reads it');
      assert.deepEqual(stopping(text).map(({ isLoss, message }) => [isLoss, /Pandoc can’t read/.test(message)]), [[true, true]]);
    });
  }

  it('is nothing where Pandoc reads the file', async () => {
    for (const text of read) {
      assert.equal(await isRead(text), true, text);
      assert.deepEqual(stopping(text), [], text);
    }
  });

  it('is told of at each of several lines, wherever chunks end', () => {
    const text = '@article(p1,\n  title = {In round brackets},\n  year = 2001\n)\n@web_page{p2,\n  title = {A type with an underscore},\n}\n@book{p3,\n  author = {Author 3},,\n  title = {Two commas}\n}\nx@y\n';
    for (const chunk of [1, 7, 1000]) {
      assert.deepEqual(stopping(text, chunk).map(each => lineOf(text, each)), [1, 5, 9, 12]);
    }
    assert.deepEqual(scanned(new BibtexScanner(), text).entries.map(({ key }) => key), ['p1', 'p2', 'p3']);
  });

  it('is all repaired at once', async () => {
    const text = '@foo\n@string(j = "J", k = {K},)\n@web_page(a,, title={T} year=20.1, a.b={x},,\n)\n';
    const repaired = withRepairs(text, stopping(text));
    assert.equal(await isRead(repaired), true, repaired);
    assert.deepEqual(stopping(repaired), []);
  });

  it('is never written as a key', async () => {
    for (const [what, text] of refused.filter(([each]) => each.startsWith('the key '))) {
      assert.equal(writtenKey(what.slice('the key '.length), 'BibTeX', ''), undefined, text);
    }
    for (const key of ['feder2021', 'a+b/c:d.e;f?g!h*i[j]&k$l', 'ключ2010', 'é']) {
      assert.equal(writtenKey(key, 'BibTeX', ''), key);
      assert.equal(await isRead(`@book{${key}, title={T}}`), true);
    }
  });
});
