import assert from 'node:assert/strict';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { nameFromText } from '../../../../src/core/bibliography/names.ts';
import { csljsonByPandoc, scanned } from '../../../support/bibliographyOracle.ts';
import { convertByPandoc } from '../../../support/pandoc.ts';

type Item = Readonly<Record<string, unknown>>;

function read(text: string): Item[] {
  const { entries, context } = scanned(new BibtexScanner(), text);
  return entries.map(({ key, start, end }) => ({ id: key, ...convertBibtex(text.slice(start, end), { context, textOf: () => undefined }) }));
}

/** What both Pandocs read; they have to agree. */
async function pandocs(text: string): Promise<Item[]> {
  const old = JSON.parse(convertByPandoc(text, 'biblatex', 'csljson')) as Item[];
  assert.deepEqual(await csljsonByPandoc(text, 'biblatex'), old);
  return old;
}

function plain(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/<span class="nocase">(.*?)<\/span>/g, '$1').replace(/[^\S\u00a0]+/g, ' ').trim() || undefined : value;
}

/** Each entry is read as both Pandocs read it, in the given variables. */
async function assertSame(entries: readonly string[], variables: readonly string[]): Promise<void> {
  const text = entries.map((entry, i) => entry.replace('{', `{k${i}, `)).join('\n');
  const theirs = new Map((await pandocs(text)).map(item => [item['id'], item]));
  for (const [i, item] of read(text).entries()) {
    for (const variable of variables) {
      const mine = item[variable];
      assert.deepEqual(plain(Array.isArray(mine) && mine.length === 0 ? undefined : mine), plain(theirs.get(`k${i}`)?.[variable]), `${variable} of ${entries[i]!}`);
    }
  }
}

const inField = (field: string, values: readonly string[]): readonly string[] => values.map(value => `@book{${field} = {${value}}}`);

describe('BibTeX as writers have the habit to write it, read as Pandoc reads it:', function () {
  this.timeout(120_000);

  it('a macro that no @string defines is its name in lower case, or the term that it is a key of', () =>
    assertSame(
      ['@article{journal = CACM, publisher = Foo:Bar-x, note = FooBar # " baz", url = urlR, doi = DoiX}', '@book{title = CIL, author = Foo, location = Berlin, series = newseries}',
        '@book{title = newseries, publisher = countryfr, note = phdthesis, month = January, year = 2020}', '@book{author = andothers, month = Feb, year = 2001}'],
      ['title', 'author', 'container-title', 'publisher', 'publisher-place', 'collection-title', 'note', 'URL', 'DOI', 'issued'],
    ));

  it('localization keys are terms where BibLaTeX has them, and words anywhere else', () =>
    assertSame(
      [
        ...['newseries', 'newseries of columns', '{newseries} x', '\\emph{newseries} x', 'Newseries', 'oldseries', 'bytes of software'].map(value => `@article{series = {${value}}}`),
        ...['inpress', 'inpress and columns', '{inpress}', 'InPress', 'submitted', 'prepublished, x', 'inpreparation'].map(value => `@article{pubstate = {${value}}}`),
        ...['newseries', 'NewSeries', 'newseries columns', 'patentus', 'phdthesis', 'Ph.D. thesis', 'software'].map(value => `@thesis{type = {${value}}}`),
        '@patent{location = {countryfr and countryuk and {countryde}}, type = {patreqfr}}', '@patent{location = {countryfr text and x}}', '@book{location = {countryfr}, publisher = {newseries}, note = {inpress}}',
      ],
      ['collection-title', 'status', 'genre', 'jurisdiction', 'publisher-place', 'publisher', 'note'],
    ));

  it('the line’s end after a command is a space', () =>
    assertSame(inField('note', ['Design\\slash\n  Production', '\\LaTeX\nx', 'a\\ss\nb', 'a {\\em\n b} c', 'a \\slash b', '\\dots\n\n']), ['note']));

  it('BibLaTeX’s marks between words are those', () =>
    assertSame(inField('note', ['Westf\\adddot', 'Westf\\adddot, Bonn', 'U\\adddot S\\adddot A', 'a\\adddotspace b', 'a\\addabbrvspace b', 'a\\hyp b', 'a\\hyp{}b', 'a\\addspace b', 'a\\addcomma\\addspace b', 'a\\slash b']), ['note']));

  it('commands around words are round and square brackets, quotation marks and terms', () =>
    assertSame(inField('note', ['\\mkbibparens{x} y', '\\mkbibbrackets{x \\mkbibparens{z}} y', '\\mkbibquote{Inner \\mkbibquote{deep} x} y', '\\bibstring{in}, x', '\\bibstring{phdthesis} x', '\\bibstring{nosuch}x']), ['note']));

  it('commands that change the case of their words do so', () =>
    assertSame(inField('note', ['\\uppercase{abc} d', '\\MakeUppercase{a \\emph{b} c}', '\\lowercase{\\\'E}X', '{\\uppercase{a}bc} d', '\\MakeTextLowercase{ABC} D', '\\uppercase{a}{b} d']), ['note']));

  it('spaces at the border of marked words are outside of them, and marks side by side are one', () =>
    assertSame(inField('note', ['\\emph{ a }b', 'x\\textbf{ a }b', 'x{\\em a }b', 'x\\textsc{ a}b', '\\emph{a}\\emph{b}', '({{\\em\n English\\/}}: x)', 'x\\textsuperscript{ a }b']), ['note']));

  it('lengths and other arguments that nobody reads are left out', () =>
    assertSame(inField('note', ['a\\\\[2pt]b', 'a\\thanks{b} c', '\\hyperlink{a}{text} c', 'x \\phantom{a} c', '\\penalty0 b', '{\\sc abc} D']), ['note']));

  it('babel’s short quotation marks are such marks', () =>
    assertSame(inField('note', ["\"`a\"' c", "x \"`a b\"'.", 'a "b" c', "\"'", '5" x']), ['note']));

  it('braces directly inside of a command’s protect nothing', () =>
    assertSame(inField('title', ['A \\emph{{Book}}', 'A \\emph{ {Book}}', 'A \\emph{{{Book}}}', 'A \\emph{{Book}{X}}', 'A \\textit{{Escherichia Coli}} Is', 'A \\enquote{{Book}}', 'A {\\em {Book}}', 'A \\textsc{{Book}}', 'A \\emph{{The} Case}']), ['title']));

  it('a word that goes on after braces has no beginning', () =>
    assertSame(inField('title', ['i{\\TeX}Mac: An {X} of', '{LaTeX}Mac Is', 'A {Mac}Os Is', 'A {Mac}OS Is', "A {\\'E}Mac Is", 'A \\emph{E}Mac Is', 'A {x}Mac Is', 'A {Mac}-Os Is', 'Two {X} by {Inc.}, and Two', '{Why?}, And Then']), ['title']));

  it('code in a title keeps its capitals, an address does not', () =>
    assertSame(inField('title', ['The \\texttt{Code Of} Is', 'The \\verb|Code| Is', 'The {\\tt Code} Is', 'The \\url{http://X.y} Is']), ['title']));

  it('a letter in braces has no case, and a word in braces is a name as it is', () =>
    assertSame(inField('author', ['M. {D}e~{C}áceres', 'A. {D}e {C}áceres', '{A} and {B}', '{Ab}', '{D}e Author, A.', 'Jane {A}uthor', '{A}']), ['author']));

  it('an “and” divides a list only between two of it', async () => {
    const lists = ['and Author, A.', 'Author, A. and', 'Author, A. and and Bauthor, B.', 'Author, A. and and and Bauthor, B.', 'Author, A. and Bauthor, B.', 'Author, A. and\n  Bauthor, B.'];
    await assertSame(inField('author', lists), ['author']);
    await assertSame(inField('publisher', ['and P', 'A and', 'A and and B', 'A and B', 'A AND B']), ['publisher']);
  });

  it('a particle may be attached by any mark', async () => {
    const names = ["d'Author, A.", 'd’Author, A.', "'Author, A.", 'al-Author, A.', 'd.Author, A.', 'de.Author, A.', "d'Author-Other, A.", "D'Author, A.", "O'Author, A.", '-Author, A.', "l'Author, A."];
    await assertSame(inField('author', names), ['author']);
    const ris = names.map((name, i) => `TY  - BOOK\nID  - k${i}\nAU  - ${name}\nER  - \n`).join('\n');
    assert.deepEqual(names.map(name => [nameFromText(name)]), (await csljsonByPandoc(ris, 'ris')).map(({ author }) => author));
  });

  it('pages and years are read in any form', async () => {
    await assertSame(inField('pages', ['1--2', '1–2', '1-2', '12+', 'e1--e5', '1 -- 2', '1, 5--7']), ['page']);
    await assertSame(inField('year', ['2020', '(2020)', ' 2020 ', '{2020}', '-43']), ['issued']);
    await assertSame(['@movie{director = {Author, A.}, editor = {Bauthor, B.}, editortype = {director}}', '@movie{director = {Author, A.}, editor = {Bauthor, B.}}'], ['director', 'editor']);
  });

  it('words of a command that isn’t known are kept, those of each argument on their own', () => {
    const author = (text: string): unknown => read(`@misc{k, author = {${text}}}`)[0]!['author'];
    assert.deepEqual(author('\\nobodys{A. B.}{Author}'), [{ family: 'Author', given: 'A. B.' }]);
    assert.deepEqual(author('\\nobodys[x]{A.}{B.}{Author} and Other, A.'), [{ family: 'Author', given: 'A. B.' }, { family: 'Other', given: 'A.' }]);
    assert.deepEqual(author('\\nobodys{Author}, A.'), [{ family: 'Author', given: 'A.' }]);
    assert.equal(read('@misc{k, note = {a \\nobodys{b}{c} d \\nobodys{e}f}}')[0]!['note'], 'a b c d ef');
  });

  it('a degree is its sign, and a command in an index needs no braces', () => {
    const note = (text: string): unknown => read(`@misc{k, note = {${text}}}`)[0]!['note'];
    assert.deepEqual(['10$^\\circ$C', '10$^{\\circ}$C', '10 $^{\\circ} $C', '$x^\\ast$', '$x_\\alpha y$'].map(note), ['10°C', '10°C', '10 °C', 'x<sup>∗</sup>', 'x<sub>α</sub>y']);
  });
});
