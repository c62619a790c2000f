import assert from 'node:assert/strict';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { toBibtex, type KeyedItem } from '../../../../src/core/export.ts';
import type { CslItem, Name } from '../../../../src/core/study.ts';
import { csljsonByPandoc, scanned } from '../../../support/bibliographyOracle.ts';
import { convertByPandoc } from '../../../support/pandoc.ts';

type Item = CslItem & { readonly id: string };

function read(text: string): Item[] {
  const { entries, context } = scanned(new BibtexScanner(), text);
  return entries.map(({ key, start, end }) => ({ id: key, ...convertBibtex(text.slice(start, end), { context, textOf: () => undefined }) }));
}

/** What we read in an entry's fields. */
const fieldsOf = (fields: string): Item => read(`@misc{k, ${fields}}`)[0]!;
const noteOf = (note: string): string => fieldsOf(`note = {${note}}`).note ?? '';
const titleOf = (title: string): string => fieldsOf(`title = {${title}}`).title;
const authorsOf = (author: string): readonly Name[] => fieldsOf(`author = {${author}}`).author;
const plain = (text: string): string => text.replace(/<\/?span[^>]*>/g, '').replace(/\s+/g, ' ').trim();

/** What both Pandocs read; they have to agree. */
async function pandocs(text: string): Promise<Item[]> {
  const old = JSON.parse(convertByPandoc(text, 'biblatex', 'csljson')) as Item[];
  assert.deepEqual(await csljsonByPandoc(text, 'biblatex'), old);
  return old;
}

/** Values as both Pandocs read them in a field, in one call. */
async function byPandocs<F extends keyof CslItem>(field: string, variable: F, values: readonly string[]): Promise<readonly CslItem[F][]> {
  const items = await pandocs(values.map((value, i) => `@misc{k${i}, ${field} = {${value}}}`).join('\n'));
  const byKey = new Map(items.map(each => [each.id, each[variable]]));
  return values.map((_, i) => byKey.get(`k${i}`)!);
}

describe('Keys of BibTeX', () => {
  it('may have an equals sign and an ampersand, as for Pandoc', async () => {
    for (const key of ['https://forum.example.org/show?action=topics&number=527', 'a=b', 'a=', 'a&b', '=', 'year=2000', 'x==y&&z']) {
      const text = `@misc{${key}, title = {T}}\n@misc{b, title={Other}}`;
      assert.deepEqual(read(text).map(({ id, title }) => [id, title]), [[key, 'T'], ['b', 'Other']], key);
      assert.deepEqual((await pandocs(text)).map(({ id }) => id), [key, 'b'], key);
    }
  });
  it('may have a percent sign or a hash, as for BibTeX', () => {
    for (const key of ['10.1000/S0140(19)%2834', 'https://example.org/a?b=c#d', 'a#b']) {
      assert.deepEqual(read(`@misc{${key}, title={T}}`).map(({ id, title }) => [id, title]), [[key, 'T']]);
    }
  });
  it('are still missed where a field comes first', () => {
    for (const body of ['title = {x}', 'title={x}', 'title="x"', 'year = 2000, title = {x}', 'month=jan # "x"', 'title ={x}, year=2000', 'year=2000']) {
      assert.deepEqual(read(`@misc{${body}}`), [], body);
    }
    assert.deepEqual(read('@misc{a title = {x}, year = 2000}').map(({ id, title }) => [id, title]), [['a', 'X']]);
  });
});

describe('Comments in BibTeX', () => {
  const texts: Readonly<Record<string, string>> = {
    'behind fields and between them': '@article{a,\n author = {Author, A}, %The author\n % lengthy explanation, of = the title\n title = {Short title here},\n year = 2001\n}',
    'with a brace that is never closed': '@article{a, % first, then {others\n author = {Author, A},\n title = {Other title}, % needs {work\n year = 2002\n}',
    'with a brace that closes nothing': '@misc{a, title = {X}\n% last comment } of it\n}\n@misc{b, title = {Y}}',
    'before the key and in every other place': '@misc % {\n{% (\n a % "\n , % third\n title % x {\n = % } y\n {A} % with, = { and "\n # % z\n "B", year = 2000 % the year\n}',
    'in a macro': '@string{% c {\n jj = "Journal" % note\n}\n@article{a, journal = jj % c\n}',
    'before entries': '% @misc{x, title={C}}\ntext % @misc{y, title={C}}\n@misc{z, title={D}} % @misc{w, title={C}}\n',
    'over whole entries': '%@article{old,\n%  title = {Old},\n%  year = 2000\n%}\n@misc{a, title={D}}\n',
    'as lines of a value': '@article{a, author = {Author, A and\n % Author, B and\n Author, C}, note = {First\n  % a line {of comment}\n  second}}',
    'at the beginning of a value': '@article{a, title = {%\n Foo Bar}, author = {% The authors\n Author, A}}',
    'beside authors': '@article{a, author = {Author, A and % Author, B and\n Author, C}}',
    'beside quotation marks': '@misc{a, title = "A {B}", % "quoted\n note = "Words {of} it" % "x\n , year = 2000}',
    'with Windows’ line ends': '@misc{a, % {\r\n title = {X}, % }\r\n year = 2000\r\n}\r\n',
  };
  for (const [where, text] of Object.entries(texts)) {
    it(`are skipped ${where}`, async () => {
      const expected = new Map((await pandocs(text)).map(item => [item.id, item]));
      const found = read(text);
      assert.deepEqual(found.map(({ id }) => id).sort(), [...expected.keys()].sort());
      for (const { id, title, author, note, issued, 'container-title': container } of found) {
        const item = expected.get(id)!;
        assert.deepEqual([plain(title), author, note, issued, container], [item.title ?? '', item.author ?? [], item.note, item.issued, item['container-title']]);
      }
    });
  }
  it('are no fault of the file', () => assert.deepEqual(scanned(new BibtexScanner(), texts['with a brace that is never closed']!).problems, []));
  it('are none in a value, where a percent sign is one that nobody escaped', () => {
    assert.equal(noteOf('50% of it\n and more'), '50% of it and more');
    assert.equal(noteOf('50\n % of it\n and more'), '50 % of it and more');
    assert.equal(fieldsOf('note = "100% of {it}"').note, '100% of it');
    assert.equal(fieldsOf('url = {https://example.org/a%20b}').URL, 'https://example.org/a%20b');
    assert.deepEqual(fieldsOf('year = 50%, title = {X}').title, 'X');
    assert.deepEqual(authorsOf('Group 100%, The'), [{ family: 'Group 100%', given: 'The' }]);
  });
  it('do not take the brace of an entry away that BibTeX closes with it', () =>
    assert.deepEqual(read('@misc{a, title = {X}, year = 2000 % note}\n\n@misc{b, title={Y}}').map(({ id, title }) => [id, title]), [['a', 'X'], ['b', 'Y']]));
});

describe('An entry of BibTeX', () => {
  it('may have spaces and line ends behind its at sign', () => {
    const text = '@ article {a, title={X}}\n@\narticle{b, title={X}}\n@\t\r\n  misc{c, title={X}} @ book{d, title={X}}\n@ book (e, title={X})\n@ string{s = "S"}\n@ misc{f, title = s}\n@ comment{x}';
    assert.deepEqual(read(text).map(({ id, title }) => [id, title]), [['a', 'X'], ['b', 'X'], ['c', 'X'], ['d', 'X'], ['e', 'X'], ['f', 'S']]);
  });
  it('is none in prose', () => assert.deepEqual(read('We meet @ home (tomorrow, perhaps), or me@ home {x}.\n@misc{a, title={X}}').map(({ id }) => id), ['a']));
});

describe('Accents over accents', () => {
  it('are read as Pandoc reads them, in braces and without', async () => {
    const values = [
      String.raw`X\~\^en Xu\^an Th\'\u ang Th{\'\^e}`, String.raw`\'\^e {\'\^e} \'{\^e} \'{\^{e}} {\'{\^{e}}} {\'\^{e}}`,
      String.raw`\'\u a \'{\u a} \'\u{a} \'{\u{a}} {\'\u a}`, String.raw`\d\^e \d{\^e} \^\d{e} {\d{\^{e}}} \d{\u a} \d\u{a} \h{\^a} \h\u a`,
      String.raw`\'\"u \'{\"u} \={\"a} \=\"{a} \'{\ae} \'\ae{} \c{\'e}`, String.raw`\.{\'s} \d{\.s} \'\aa{} \'{\aa} \'{\o} \'\o x \H{\'o}`,
      String.raw`\"\'a \'\'e \~\~n`, String.raw`x\^{}2 \~{}me`, String.raw`\'e \"{o} {\ss} \v s \v{s} \t{oo} \'{ab}`,
    ];
    assert.deepEqual(values.map(noteOf), (await byPandocs('note', 'note', values)).map(each => each!.normalize('NFC')));
  });
  it('are read in names and titles', async () => {
    const author = String.raw`X\~\^en, Xu\^an Th\'\u ang and Th{\'\^e}, A and Nguy\~\^en, V\u{a}n`;
    assert.deepEqual(authorsOf(author), (await byPandocs('author', 'author', [author]))[0]);
    assert.deepEqual(authorsOf(author)[0], { family: 'Xễn', given: 'Xuân Thắng' });
    assert.equal(titleOf(String.raw`{\'\^E}tude of \'\^Etude Words`), 'Ếtude of ếtude words');
    assert.deepEqual(authorsOf(String.raw`L\^e, \DJ{}\'\uhorn c`), [{ family: 'Lê', given: 'Đức' }]);
  });
  it('are in the order in which they are over the letter', () => assert.equal(noteOf(String.raw`\~\^x \~{\^x}`), 'x\u0302\u0303 x\u0302\u0303'));
  it('come to an end however many there are', () => assert.match(noteOf(`${"\\'".repeat(50_000)}e`).normalize('NFD'), /e/));
});

describe('Citations in a field of BibTeX', () => {
  const notes = [
    String.raw`Reprinted in \cite[p.~3]{k2} and \citep[see][p. 4]{k3}; cf.\ \parencite{k5}, \cite{k1}.`, String.raw`On \citet*{k4}`,
    String.raw`a \textcite{k} b \autocite[1]{k} c \footcite{k} d \smartcite{k} e \supercite{k} f \fullcite{k} g \citetitle{k} h \Parencite*{k} i`,
    String.raw`a \citealp{k} b \citealt{k} c \citeauthor*{k} d \citeyear{k} e \citeyearpar{k} f \Citep{k} g \Citet{k} h`,
    String.raw`a \cites{k}{l} b \parencites(see)(x)[1]{k}[2]{l} c \citefield{k}{title} d \citenum{k} e \citen{k} f \shortcite{k} g \citeA{k} h \posscite{k} i`,
    String.raw`See \citet[{p.~[3]}]{k}. End \cite[see][p.~3 {[x]}]{k}, ok (\cite{k}).`, String.raw`Is \citep{k}{Group} kept`, String.raw`a \cite {k} b \cite [2] {k} c~\cite{k}.`,
    String.raw`a \ref{k} b \label{k} c \autoref{k} d \pageref{k} e \eqref{k} f`,
  ];
  it('are left out with their options, as Pandoc leaves them out', async () => {
    assert.deepEqual(notes.map(noteOf).map(plain), (await byPandocs('note', 'note', notes)).map(each => plain(each!)));
  });
  it('are left out of titles and names', () => {
    assert.equal(titleOf(String.raw`On \citet*{k4}`), 'On');
    assert.deepEqual(authorsOf(String.raw`\citeauthor{k} and Author, B`), [{ family: 'Author', given: 'B' }]);
  });
  it('take nothing along where they are incomplete', () => {
    assert.equal(noteOf(String.raw`Words \cite [and] more`), 'Words [and] more');
    assert.equal(noteOf(String.raw`Words \cite[and more`), 'Words [and more');
    assert.equal(noteOf(String.raw`By \citetext{words of one’s own}.`), 'By words of one’s own.');
  });
});

describe('Names with brackets', () => {
  it('are read as Pandoc reads them: brackets are one word, and no quotation is a particle', async () => {
    const values = [
      'Bureau of Rivers (U.S.)', 'Acme Labs (U.K.) Ltd', 'Foster, (J.R.)', 'Northeast Centre (U.S.)', 'J.R.R. (T.) Author', '(U.S.) Bureau', '{Bureau (U.S.)}',
      'Bureau of X (U.S.), The', 'Smith [J.R.], A.B.', 'Author, (J.) R.S.', 'Anne (Annie) Author', 'Author, Anne (Annie)', 'Author (born Other), Anne', 'Author [Ed.], A.B.',
      'Company (Pty) Ltd', 'J.-P. (J.P.) Author', 'Author, J.R.R.', 'A.B.C. Author', "``Nick'' Author", "Anne ``Nick'' Author",
    ];
    assert.deepEqual(values.map(value => authorsOf(value)), await byPandocs('author', 'author', values));
  });
  it('are not torn apart either where three initials are in them', () => assert.deepEqual(authorsOf('Author, (J.R.R.) A.B.'), [{ family: 'Author', given: '(J.R.R.) A. B.' }]));
  it('are listed as they are read', () => {
    const { entries } = scanned(new BibtexScanner(), "@misc{a, author = {Anne ``Nick'' Author and Foster, (J.R.) and Author, A and % Author, B and\n Author, C}}");
    assert.deepEqual([entries[0]!.summary.author, entries[0]!.summary.coauthors], ['Author', 'Foster, Author, Author']);
  });
});

describe('Commands that print nothing', () => {
  const preamble = String.raw`@preamble{"\newcommand{\noopsort}[1]{} \newcommand{\sortkey}[1]{}" # "\providecommand\aside[2]{\relax}" # "\def\hidden#1{} \let\gone\@gobble \newcommand*{\nothing}{} \newcommand{\opt}[2][x]{}"}`;
  it('print nothing: \\noopsort, and what the preamble defines so', async () => {
    const text = String.raw`${preamble}
@book{s1, author = {{\noopsort{bruin}}de Bruin, Anna}, title = {{\noopsort{1973b}}A Title}, year = {{\noopsort{1973c}}1981}}
@book{s2, author = {Zeeman, P.}, title = {{\sortkey{aaa}}Zebra Stripes}, year = {1999}}
@book{s3, author = {{\noopsort{Gogh}}{van Gogh}, V. and {\noopsort{bruin}de Bruin}, A. and \noopsort{x}de Bruin, C.}, title = {\aside{a}{b}Zebra \hidden{c{d}}Stripes \gone{e}More}}
@book{s4, title = {{\noopsort{\textit{a}}}Zebra {\SortNoop{b}}Stripes}, author = {\SortNoop{x}Author, A}}`;
    const theirs = await pandocs(text);
    const chosen = ({ id, title, author, issued }: Item): unknown => [id, plain(title), author, issued];
    assert.deepEqual(read(text).map(chosen), theirs.map(chosen));
    assert.deepEqual(chosen(read(text)[0]!), ['s1', 'A title', [{ family: 'Bruin', given: 'Anna', 'dropping-particle': 'de' }], { 'date-parts': [[1981]] }]);
  });
  it('are known in lists too, without a definition if they are well known', () => {
    const { entries, context } = scanned(new BibtexScanner(), String.raw`@misc{a, author = {{\noopsort{x}}de Bruin, A}, title = {{\SortNoop{y}}Words}, year = {\noopsort{1973}1981}}`);
    assert.deepEqual([entries[0]!.summary.author, entries[0]!.summary.title, entries[0]!.summary.year], ['de Bruin', 'Words', '1981']);
    assert.deepEqual(context, { strings: {} });
  });
  it('are told to who converts an entry', () => {
    const { context } = scanned(new BibtexScanner(), preamble);
    assert.deepEqual(context.silent, { noopsort: 1, sortkey: 1, aside: 2, nothing: 0, opt: 1, hidden: 1, gone: 1 });
  });
  it('are only those: the words of another command that isn’t known are kept', () => {
    const text = String.raw`@preamble{"\newcommand{\singleletter}[1]{#1} \newcommand{\nothing}{}"}
@misc{a, title = {A \singleletter{word} \nothing{} \nothingelse{here} \unknown[option]{too}}}`;
    assert.equal(plain(read(text)[0]!.title), 'A word here too');
  });
  it('take what TeX takes where they have no braces', () => {
    assert.equal(noteOf(String.raw`a {\noopsort}b \noopsort cd \noopsort\alpha e \noopsort`), 'a b d e');
  });
});

describe('Quotations of csquotes', () => {
  it('have their marks in the starred form, and others inside of others', async () => {
    const values = [String.raw`The \enquote*{inner} and \enquote{outer} words`, String.raw`Sorted under \enquote*{E} rather than \enquote{T}`, String.raw`\enquote*{A} b`];
    assert.deepEqual(values.map(noteOf), await byPandocs('note', 'note', values));
    assert.equal(titleOf(values[0]!), 'The “inner” and “outer” words');
    assert.equal(noteOf(String.raw`\enquote{a \enquote*{b} c}, \enquote{d \enquote{e}}`), '“a ‘b’ c”, “d ‘e’”');
  });
  it('have neither language nor key nor options', () =>
    assert.equal(noteOf(String.raw`\foreignquote{german}{a} \foreignquote*{german}{b} \textquote[x]{c} \textcquote[1]{key}{d} \hyphenquote{german}{e} \textquote*{f}`), '“a” “b” “c” “d” “e” “f”'));
  it('are one of the starred commands: a star prints nothing', () => assert.equal(noteOf(String.raw`\emph*{a}, \hspace*{1cm}b`), '<i>a</i>, b'));
});

describe('Addresses', () => {
  it('have no braces around what LaTeX needs escaped, as Mendeley writes them', () => {
    const address = (url: string): string | undefined => fieldsOf(`url = {${url}}`).URL;
    assert.equal(address(String.raw`https://example.org/Coast{\_}Survey{\_}2015.pdf?a=1{\&}b=2{\#}top`), 'https://example.org/Coast_Survey_2015.pdf?a=1&b=2#top');
    assert.equal(address(String.raw`https://example.org/{\~{}}me/a\_b{\%}20c\#d{\$}`), 'https://example.org/~me/a_b%20c#d$');
    assert.equal(address(String.raw`https://example.org/{\textasciitilde}a/\textasciitilde{}b/\~{}c/$\sim$d/{~}e`), 'https://example.org/~a/~b/~c/~d/~e');
    assert.equal(address(String.raw`\url{https://example.org/a{\_}b{_}c{[}d{]}}`), 'https://example.org/a_b_c[d]');
    assert.equal(address('https://example.org/a%20b?x={y}&z=\\{w\\}'), 'https://example.org/a%20b?x={y}&z={w}');
  });
  it('are the same in DOIs, also of lists, and in text', () => {
    const doi = String.raw`10.1002/(SICI)1097-0258(19980815/30)17:15/16{\textless}1661::AID{\_}SIM968{\textgreater}3.0.CO;2-2`;
    assert.equal(fieldsOf(`doi = {${doi}}`).DOI, '10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID_SIM968>3.0.CO;2-2');
    assert.equal(scanned(new BibtexScanner(), `@misc{a, doi = {${doi}}}`).entries[0]!.summary.doi, '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid_sim968>3.0.co;2-2');
    assert.equal(noteOf(String.raw`At \url{https://example.org/a{\_}b\_c}`), 'At https://example.org/a_b_c');
  });
});

describe('Titles with protected words', () => {
  it('are in sentence case behind them, as for Pandoc', async () => {
    const values = [
      '{lamps(Lite)} - Colour-Blind Friendly Maps', '{(abc)} Some Words', '{iPhone!} Some Words', '{C++} In Words {C\\#} In Words: {C++} In Words', '\\textsc{abc)} Some Words',
      '{-} Some Words', '- Some Words', '... Some Words', '{...} Some Words', '{} Some Words', '{"}Word Xyz{"} Abc', '"{W}ord" Xyz. "{W}ord" Xyz', '({Abc}) Some Words', '({Abc) Some} Words Here',
      'A Word: - Colour {X): Y} Word. {(Z)} Word. (Def) Word. - Def Word? {C++} Word', '{R}: Some Words {Q?} More Words {X.} Last Ones', '{B-}Word Xyz',
      '{R}esults: {R}esults Of {(R)} Of {A.} B-C Dd', '``{Abc}\'\' Some Words', '\\enquote{{Abc} Some} Words',
    ];
    assert.deepEqual(values.map(titleOf).map(plain), (await byPandocs('title', 'title', values)).map(each => plain(each!)));
  });
});

describe('A publisher with “and” in its name', () => {
  const names = ['Chapman and Hall/CRC', 'National Institute for Health and Care Excellence', 'and Sons', 'Sons and', 'Sons and and Daughters', 'A & B and C_D', 'Land and Andover', 'Simon AND Schuster', 'and'];
  const types = ['book', 'report', 'thesis', 'webpage', 'article-journal', 'chapter'];
  const items = names.flatMap((name, i): KeyedItem[] => types.map(type => ({ id: `${type}${i}`, type, title: 'T', author: [{ family: 'Author', given: 'A.' }], publisher: name, 'publisher-place': name })));
  for (const dialect of ['bibtex', 'biblatex'] as const) {
    it(`is one in ${dialect}, for both Pandocs and for us`, async () => {
      const text = toBibtex(items, dialect);
      const readings = [JSON.parse(convertByPandoc(text, dialect, 'csljson')) as Item[], await csljsonByPandoc(text, dialect) as unknown as Item[], read(text)];
      for (const reading of readings) {
        const back = new Map(reading.map(each => [each.id, [each.publisher, each['publisher-place']]]));
        assert.deepEqual(items.map(({ id }) => back.get(id)), items.map(each => [each.publisher, each['publisher-place']]));
      }
    });
  }
  it('is written with braces around the word alone', () =>
    assert.match(toBibtex([items[0]!]), /^ {2}publisher = \{Chapman \{and\} Hall\/CRC\},$/m));
});
