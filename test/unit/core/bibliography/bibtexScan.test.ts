import assert from 'node:assert/strict';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import type { Scan } from '../../../../src/core/bibliography/scan.ts';
import type { CslItem } from '../../../../src/core/study.ts';
import { convertByPandoc } from '../../../support/pandoc.ts';

function scan(text: string): Scan {
  const scanner = new BibtexScanner();
  for (const step of scanner.push(text)) {
    assert.equal(step, undefined);
  }
  const steps = scanner.end();
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

const keys = (text: string): string[] => scan(text).entries.map(each => each.key);
const problems = (text: string): string[] => scan(text).problems.map(each => `${each.isLoss ? 'loss' : 'kept'}: ${each.message}`);

describe('BibtexScanner', () => {
  it('finds entries, and makes their summaries', () => {
    const text = '@comment{jabref-meta: databaseType:bibtex;}\n@preamble{"x"}\n@string{ij = "Journal"}\nwords, of the library\n@Article{one,\n  Author = {van der Author, Jr, One and {Body of Two} and others}, title = "A {DNA} {\\"o}", journal = ij # { of X}, shortjournal = {J},\n  date = {2020-05}, doi = {https://doi.org/10.1/A\\_B}, eprint = 12, eprinttype = {pubmed}, ids = {uno, eins}, keywords = {a, b}, groups = {b; c}}';
    const { entries, problems: none, context } = scan(text);
    assert.deepEqual(none, []);
    assert.deepEqual(context, { strings: { ij: 'Journal' } });
    assert.equal(entries.length, 1);
    const { start, end, ...rest } = entries[0]!;
    assert.equal(text.slice(start, end), text.slice(text.indexOf('@Article')));
    assert.deepEqual(rest, {
      key: 'one',
      aliases: ['uno', 'eins'],
      summary: { type: 'article-journal', author: 'van der Author', coauthors: 'Body of Two', year: '2020', title: 'A DNA ö', journal: 'Journal of X, J', doi: '10.1/a_b', pmid: '12', keywords: ['a', 'b', 'c'] },
    });
  });

  it('loses an entry alone whose braces are not balanced, and names the field', () => {
    const text = '@misc{a, title = {x}}\n@misc{b,\n  title = {open,\n  year = 2000\n}\n\n@misc{c, title = {x}}\n';
    assert.deepEqual(keys(text), ['a', 'c']);
    assert.deepEqual(problems(text), ['loss: The braces of this entry are not balanced, so that Pandoc can’t read the file; close the one opened in `title`. The entry is left out.']);
    const [{ start, end } = { start: 0, end: 0 }] = scan(text).problems;
    assert.equal(text.slice(start, end), text.slice(text.indexOf('@misc{b'), text.indexOf('\n\n@misc{c')));
  });

  it('loses an entry without a key, and says so', () => {
    assert.deepEqual(keys('@misc{title = {x}}\n@misc{, title = {y}}\n@misc{}\n@misc{a}'), ['a']);
    assert.equal(problems('@misc{title = {x}}').length, 1);
    assert.match(problems('@misc{title = {x}}')[0]!, /^loss: This entry has no key/);
  });

  it('keeps what is doubtful, and says what to do', () => {
    assert.match(problems('@misc{a, title = {x} year = 2000}')[0]!, /^kept: A comma is missing after the field `title`, so that Pandoc can’t read the file\. Put one there\./);
    assert.match(problems('@misc{a title = {x}}')[0]!, /^kept: A comma is missing after the key `a`, so that Pandoc can’t read the file/);
    assert.match(problems('@misc{a, journal = nowhere}')[0]!, /^kept: No `@string` above defines `nowhere`/);
    assert.match(problems('@misc{a, title = "x}')[0]!, /^kept: The quotation mark that opens `title` is never closed/);
    assert.match(problems('@misc{a,}\n@misc{a,}')[0]!, /^kept: Another entry above has the key `a` too/);
    assert.match(problems('@misc{a, stray, title = {x}}')[0]!, /^kept: `stray` is no field/);
  });

  it('keeps both of two with the same key, in their order', () => {
    assert.deepEqual(keys('@misc{a, title={1}}\n@misc{a, title={2}}'), ['a', 'a']);
  });

  it('takes an escaped brace as Pandoc does, and a path of Windows as BibTeX does', () => {
    assert.deepEqual(keys('@misc{a, title = {x \\{ y}}\n@misc{b, file = {C:\\papers\\}}\n@misc{c}'), ['a', 'b', 'c']);
  });

  it('leaves text that looks like an entry inside of one whose braces are balanced', () => {
    assert.deepEqual(keys('@misc{a, note = {Write\n@misc{x, title={y}}\nfor it}}\n@misc{b}'), ['a', 'b']);
  });

  it('finds an entry directly after a word, and none in an address', () => {
    assert.deepEqual(keys('text@misc{a, title={T}}\nme@example.org, you@there{x}\n2@misc{b,\n title={T}}'), ['a', 'b']);
  });

  it('knows keys and fields named like what objects have', () => {
    const { entries, context } = scan('@string{__proto__ = "P"}\n@misc{__proto__, title = __proto__, constructor = {c}, __proto__ = {p}}\n@misc{constructor, title = toString}');
    assert.deepEqual(entries.map(({ key, summary }) => [key, summary.title]), [['__proto__', 'P'], ['constructor', 'tostring']]);
    assert.equal(Object.hasOwn(context.strings!, '__proto__'), true);
  });

  it('fills in year and book of an entry that inherits them', () => {
    const [child] = scan('@inbook{a, crossref = {b}, title = {Part}}\n@book{b, title = {Whole}, year = 1999}').entries;
    assert.deepEqual([child?.summary.year, child?.summary.journal, child?.summary.title], ['1999', 'Whole', 'Part']);
  });

  it('reads a file with a byte order mark and Windows line ends', () => {
    assert.deepEqual(keys('\ufeff@misc{a,\r\n  title = {x},\r\n}\r\n\r\n@misc{b,\r\n}\r\n'), ['a', 'b']);
  });
});

describe('convertBibtex', () => {
  const convert = (text: string, others: Readonly<Record<string, string>> = {}): CslItem => convertBibtex(text, { context: {}, textOf: key => others[key] });

  it('comes to an end where entries inherit from each other', () => {
    const others = { a: '@misc{a, crossref = {b}, note = {n}}', b: '@misc{b, crossref = {a}, title = {B}}' };
    assert.deepEqual(convert(others.a, others), { type: 'document', title: 'B', author: [], note: 'n' });
  });

  it('makes an empty item of what is no entry', () => {
    assert.deepEqual(convert('nothing'), { type: 'document', title: '', author: [] });
  });

  it('takes an accented letter in braces as a letter of a name, as BibTeX does and Pandoc does not', () => {
    assert.deepEqual(convert("@misc{a, author = {{\\'E}. {\\'S}author and {\\L}one {\\'A}uthor}}").author, [
      { family: 'Śauthor', given: 'É.' },
      { family: 'Áuthor', given: 'Łone' },
    ]);
  });

  for (const [written, read] of [
    ['M. {D}e~{C}áceres', { family: 'Cáceres', given: 'M.', 'dropping-particle': 'De' }],
    ['{D}e~{C}áceres, M.', { family: 'Cáceres', given: 'M.', 'dropping-particle': 'De' }],
    ['{M}iller, {K}arl', { family: 'Miller', given: 'Karl' }],
    ['{V}on {d}er Author, A.', { family: 'Author', given: 'A.', 'dropping-particle': 'Von der' }],
  ] as const) {
    it(`takes the name ${written} apart as Pandoc does`, () => {
      const entry = `@misc{a, author = {${written}}}`;
      assert.deepEqual(convert(entry).author, [read]);
      assert.deepEqual((JSON.parse(convertByPandoc(entry, 'biblatex', 'csljson')) as { author: object[] }[])[0]!.author, [read]);
    });
  }

  it('takes single letters in braces with a point for initials', () => {
    assert.deepEqual(convert('@misc{a, author = {{K}. Author and {K}-H. Author}}').author, [
      { family: 'Author', given: 'K.' },
      { family: 'Author', given: 'K-H.' },
    ]);
  });

  it('keeps chemistry and simple mathematics', () => {
    assert.equal(convert('@misc{a, title = {The H$_2$O of Things, $\\alpha$-Blockers and $^{13}$C}}').title, 'The H<sub>2</sub>O of things, α-blockers and <sup>13</sup>C');
  });

  for (const [written, read] of [
    ['a \\mkbibparens{x \\emph{y}} b', 'a (x <i>y</i>) b'], ['a \\mkbibbrackets{x} b', 'a [x] b'], ['\\mkbibquote{a \\mkbibparens{b}}', '“a (b)”'],
    ['a\\adddot b', 'a.b'], ['a\\adddot{} b', 'a. b'], ['a\\adddotspace b', 'a. b'], ['a\\addabbrvspace b', 'a b'],
    ['a \\bibstring{in} b', 'a in b'], ['a \\bibstring{newseries} b', 'a new series b'], ['\\bibstring{inpress}', 'in press'],
  ] as const) {
    it(`reads \`${written}\` as Pandoc does`, () => {
      const entry = `@misc{a, note = {${written}}}`;
      assert.equal(convert(entry).note, read);
      assert.equal((JSON.parse(convertByPandoc(entry, 'biblatex', 'csljson')) as { note: string }[])[0]!.note, read);
    });
  }

  for (const [written, field, read] of [
    ['@patent{a, location = {countryfr and countryde}}', 'jurisdiction', 'France; Germany'], ['@patent{a, location = {countryus}}', 'jurisdiction', 'United States of America'],
    ['@patent{a, location = {countryuk and Some Place and countryep}}', 'jurisdiction', 'United Kingdom; Some Place; European Union'],
    ['@patent{a, location = {countrywo}}', 'jurisdiction', 'countrywo'], ['@book{a, location = {countryde}}', 'publisher-place', 'countryde'],
    ['@book{a, series = {newseries}}', 'collection-title', 'New series'], ['@book{a, series = {oldseries}}', 'collection-title', 'Old series'],
    ['@article{a, journaltitle = {J}, series = {jourser}}', 'collection-title', 'Series'],
  ] as const) {
    it(`reads \`${written}\` as Pandoc does`, () => {
      assert.equal((convert(written) as unknown as Record<string, unknown>)[field], read);
      assert.equal((JSON.parse(convertByPandoc(written, 'biblatex', 'csljson')) as Record<string, unknown>[])[0]![field], read);
    });
  }
});
