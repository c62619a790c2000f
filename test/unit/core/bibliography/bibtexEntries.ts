import { studies } from '../../../support/dataset.ts';

/** Entries for the comparison with Pandoc, each with a key of its own: every type and every oddity. */
export interface Sample {
  readonly key: string;
  readonly text: string;
}

const types = [
  'article', 'book', 'booklet', 'bookinbook', 'collection', 'dataset', 'electronic', 'inbook', 'incollection', 'inreference', 'inproceedings',
  'manual', 'mastersthesis', 'misc', 'mvbook', 'mvcollection', 'mvproceedings', 'mvreference', 'online', 'patent', 'periodical', 'phdthesis',
  'proceedings', 'reference', 'report', 'software', 'suppbook', 'suppcollection', 'suppperiodical', 'techreport', 'thesis', 'unpublished', 'www',
  'artwork', 'audio', 'commentary', 'image', 'jurisdiction', 'legislation', 'legal', 'letter', 'movie', 'music', 'performance', 'review',
  'standard', 'video', 'data', 'letters', 'newsarticle', 'conference', 'unknowntype',
];

const common =
  'author = {Author, One and Two Author}, editor = {van Editor, Three}, title = {The Title of a {DNA} Work}, date = {2020-05-06}, volume = 3, number = 4, pages = {12--34}, ' +
  'publisher = {Press and Other}, location = {Here and There}, url = {https://example.org/a_b}, urldate = {2021-01-02}, doi = {10.1/x}, note = {A note}';
const titles =
  'title = {Own Title}, subtitle = {Own Subtitle}, titleaddon = {Own Addon}, maintitle = {Main Title}, mainsubtitle = {Main Subtitle}, booktitle = {Book Title}, booksubtitle = {Book Subtitle}, ' +
  'journaltitle = {Journal of Titles}, journalsubtitle = {Sub}, shortjournal = {J. T.}, shorttitle = {Short Title}, issuetitle = {Issue Title}, series = {Series Title}';
const partTitles = 'title = {A Part: Of It}, booktitle = {The Book of Parts}, booktitleaddon = {Addon}, journal = {The Journal}, series = {2}, chapter = 5, edition = {2nd}, institution = {I}, school = {S}';

const names = [
  'Author, One', 'One Author', 'One van der Author', 'van der Author, One', 'Author, Jr., One', 'de la Author, III, One', 'One de La Author', 'Author', 'author', 'von Author',
  'One Author and Two Author and others', '{The Body of Things}', '{Body and Co} and Author, One', '{Body}, Inc.', 'A.B.C. Author', 'A. B. Author', 'A.-B. Author', "O'Author, One", "d'Author, One",
  'al-Author, One', 'One~Author', 'One Author~Two', 'Mc{A}uthor, One', 'given=One, family=Author, prefix=van', 'family=Author, given=One, suffix=Jr', 'family=Author, prefix=de, useprefix=true',
  'García Márquez, One', 'One {Author Two}', 'Author, One and {Body Two} and von Author, Jr, Three', "L'Author, One", 'Author, One van', '3M Company', 'Author-Author, One-Two', 'AUTHOR, ONE', 'Author\n and\n  Two, Three', '', "{\\'E}. Author and {\\'A}uthor, Two",
  "d'author, One", "d'Author Two, One", "{d'Author Two}, One", '{van der Author}, One', "de l'Author, One",
];
const dates = [
  '2020', '2020-05', '2020-05-06', '2020/2021', '2020-05/2021-06', '2020-05-06/2020-05-09', '2020/', '1999~', '1999?', '1999%', '2021-21', '2021-24', '2021-22/2021-23', '-0044', '199u', '2020-05-06T10:00:00',
  '199X', 'unknown', '20200506', '2020-5-6', '2020-13', '2020-05/', '1800~/1900~', 'forthcoming', '2020-05-06/..', '2020-00-00',
];
const titlesInCase = [
  'The Effect of Things', 'A DNA Study of McDonald and iPhone', 'Part One: The Second Part', 'Is It? Yes It Is', 'The {Effect} of {mRNA} and {two Words}', 'Hy-Phen and Slash/Slash', 'A Study of 5-HT2A and 3D',
  'lower case all', 'x: y Z and More', '{All of It in Braces}', 'The \\emph{Whole Thing} in \\textit{Vitro}', '\\textbf{Bold Words} Here', '\\textsc{Small Caps} Here', 'Word\\textsuperscript{Up} and \\textsubscript{Down} Here',
  "L'Hôpital and Étude", 'The \\"Uber and {\\"U}ber Thing', 'Caf{\\\'e} \\\'Etude Two', "``Quoted Words'' in a Title", 'Some \\enquote{Quoted Words} Here', 'One --- Two -- Three', "It's the Thing's", '{A}frican {B}lue Words', 'Vitamin C and Plan B',
  'A Sentence. Another One! And: More', '{{Double Braces Here}}', 'Title with \\& and \\% and \\_ Signs', 'Non~Breaking Words', 'Stra{\\ss}e und {\\O}re', '(Parenthesised Words) Here', '"Plain Quotes" Here', 'COVID-19 in the UK', 'Foo; Bar, Baz', 'The H$_2$O of Things',
  "``Quoted Words:'' More Words", "``Quoted: Words'' and More", "A ``Quoted: Part'' and More: The End", 'A ``Quoted Part and More: The End', 'The \\enquote{Quoted: Part} of It', 'Is It (a Title?) Yes It Is', '“Is It?” Yes: It Is',
];
const latex = [
  "\\'e \\`e \\^e \\\"e \\~n \\=a \\.z", '\\v{s} \\c{c} \\u{g} \\H{o} \\k{a} \\r{a} \\d{a} \\b{b}', "{\\'e} {\\\"o} {\\ss} {\\o} {\\L} {\\aa} {\\AE}", "\\'{\\i} \\v s \\c c", '\\ss{} \\o{} \\l{}x', '\\& \\% \\$ \\# \\_ \\{ \\}', 'a -- b --- c', "``x'' and `y' and z'",
  '\\textit{a} \\emph{b} \\textbf{c} \\textsc{d}', '{\\em a} {\\bf b} {\\it c}', '\\textsuperscript{a} \\textsubscript{b}', 'a~b', '\\ldots{} \\dots{} end', '\\S{} \\P{} \\pounds{} \\copyright{}', '\\textendash{} \\textemdash{} x', '\\url{https://example.org/a_b}',
  '\\href{https://example.org}{words}', '\\LaTeX{} and \\TeX{}', '\\mkbibquote{a} \\enquote{b}', '\\textasciitilde{} x', '\\texttt{a} \\textrm{b} \\mbox{c}', 'plain words', 'two  blanks\n and lines', '5 < 6 > 4', 'a | b "c" d', '{Braces} {{twice}}', 'x^2 and y_2',
  '\\textdegree{} x', '$\\alpha$ and $x^2$', '\\unknown{argument} end', '50% of it', 'one\n\ntwo', '\\underline{a}', '\\textregistered{} \\texttrademark{}', '\\guillemotleft{} \\guillemotright{}', '$n = 5$', '$p < 0.05$',
];
const languages = ['english', 'american', 'british', 'german', 'ngerman', 'french', 'spanish', 'dutch', 'brazilian', 'latin', 'japanese', 'de-DE', 'unheardof', 'en'];
const kinds = ['phdthesis', 'mathesis', 'bathesis', 'candthesis', 'techreport', 'resreport', 'software', 'datacd', 'audiocd', 'patentus', 'patentde', 'patreqeu', 'Some Other Kind'];

const others = [
  '@book{%, title = {A}, volume = 2, part = 3, pagetotal = 300, volumes = 2, edition = 3, isbn = {1-2}}',
  '@article{%, title = {A}, number = 4, issue = {Spring}, issn = {1-2}, pmid = 12, pmcid = {PMC3}}',
  '@article{%, title = {A}, eprint = {1234.5}, eprinttype = {arxiv}}',
  '@article{%, title = {A}, eprint = {1234.5}, archivePrefix = {arXiv}, primaryClass = {x}}',
  '@article{%, title = {A}, eprint = {77}, eprinttype = {pubmed}}',
  '@article{%, title = {A}, eprint = {77}, eprinttype = {jstor}}',
  '@article{%, title = {A}, url = {https://example.org/a\\_b}, doi = {10.1/a\\_b}}',
  '@article{%, title = {A}, options = {url=false, doi=false}, url = {https://example.org}, doi = {10.1/x}}',
  '@article{%, title = {A}, author = {van Author, Jr., One}, options = {useprefix=true,juniorcomma=true}}',
  '@article{%, title = {A}, entrysubtype = {magazine}}',
  '@article{%, title = {A}, entrysubtype = {newspaper}}',
  '@unpublished{%, title = {A}, venue = {Hall}, eventtitle = {The Big Event}, eventdate = {2020-01-01/2020-01-02}}',
  '@movie{%, title = {A}, editor = {Editor, One}, editortype = {director}, translator = {Author, Two}}',
  '@book{%, title = {A}, origdate = {1900}, origtitle = {Old Title}, origlocation = {There}, origpublisher = {Press}}',
  '@misc{%, title = {A}, howpublished = {Web}, organization = {O}, publisher = {P}, institution = {I}}',
  '@misc{%, title = {A}, note = {N.}, addendum = {Ad}, annotation = {An}, annote = {Other}, library = {L}, version = {1.2}, pubstate = {inpress}, keywords = {a, b}, abstract = {Words.}}',
  '@misc{%, title = {A}, year = 2000, month = may, day = 3}',
  '@misc{%, title = {A}, year = 2000, month = {5}}',
  '@misc{%, title = {A}, year = 2000, month = {May}, endyear = 2001, endmonth = jun}',
  '@misc{%, title = {A}, year = {2000-2001}}',
  '@misc{%, title = {A}, year = {c. 1900}}',
  '@misc{%, title = {A}, year = {forthcoming}}',
  '@misc{%, title = {A}, urlyear = 2000, urlmonth = 2}',
  '@article{%, title = {A}, journal = kj # " (B)", volume = "3" # {x}}',
  '@article{%, title = {A}, journal = undefinedmacro}',
  '@Article{%, TITLE = {Upper}, Journal = {J}, YEAR = 2000,}',
  '@article{%, title = "Quoted {"}inside{"} here", author = "One Author"}',
  '@article{%, title = {First}, title = {Second}}',
  '@article{%, title = {}, journal = {}}',
  '@article{%}'.replace('%', '%,'),
  '@inbook{%, crossref = {parentbook}, title = {A Chapter}, pages = {1--2}}',
  '@incollection{%, crossref = {parentcollection}, title = {A Chapter}}',
  '@inproceedings{%, crossref = {parentproceedings}, title = {A Talk}}',
  '@article{%, crossref = {parentperiodical}, title = {An Article}}',
  '@book{%, crossref = {parentmulti}, title = {A Volume}, volume = 2}',
  '@misc{%, xdata = {shared}, title = {With Shared Data}}',
  '@misc{%, crossref = {nobody}, title = {An Orphan}}',
  '@article{%, title = {A}, pages = {1-2, 5--7, e12---e15}}',
  '@patent{%, title = {A}, number = {US1}, location = {US and DE}, type = {patentus}}',
  '@english{%, title = {The Big Title}, langid = {english}, langidopts = {variant=british}}',
];
const parents =
  '@string{kj = "Journal of Macros"}\n@book{parentbook, author = {Author, One}, title = {The Parent Book}, subtitle = {Sub Title}, year = 1999, publisher = {Press}}\n' +
  '@collection{parentcollection, editor = {Editor, One}, title = {The Parent Collection}, shorttitle = {Short}, date = {2001}}\n@proceedings{parentproceedings, title = {The Proceedings}, venue = {Hall}, date = {2002}}\n' +
  '@periodical{parentperiodical, title = {The Periodical}, subtitle = {Sub}, date = {2003}}\n@mvbook{parentmulti, author = {Author, One}, title = {The Whole}, date = {2004}}\n@xdata{shared, publisher = {Press}, location = {Here}}\n';

function sample(group: string, bodies: readonly string[]): Sample[] {
  return bodies.map((body, i) => ({ key: `${group}${i}`, text: body.replace('%', `${group}${i}`) }));
}

function ofStudies(): Sample[] {
  return studies.slice(0, 60).map(({ csl }, i) => {
    const people = csl.author.map(({ family, given, literal }) => (literal ? `{${literal}}` : `${family}, ${given ?? ''}`)).join(' and ');
    const escaped = (text: string): string => text.replace(/[&%$#_]/g, '\\$&').replace(/<[^>]+>/g, '');
    const year = csl.issued?.['date-parts']?.[0]?.join('-').replace(/-(\d)(?=-|$)/g, '-0$1') ?? '';
    return { key: `study${i}`, text: `@article{study${i},\n  author = {${escaped(people)}},\n  title = {${escaped(csl.title)}},\n  journaltitle = {${escaped(csl['container-title'] ?? '')}},\n  date = {${year}},\n  volume = {${csl.volume ?? ''}},\n  pages = {${(csl.page ?? '').replace('-', '--')}},\n  doi = {${csl.DOI ?? ''}}\n}` };
  });
}

export const samples: readonly Sample[] = [
  ...sample('type', types.map(type => `@${type}{%, ${common}}`)),
  ...sample('titles', types.map(type => `@${type}{%, ${titles}}`)),
  ...sample('part', ['inbook', 'incollection', 'inproceedings', 'article', 'book', 'report', 'thesis', 'techreport'].map(type => `@${type}{%, ${partTitles}}`)),
  ...sample('name', names.map(name => `@book{%, author = {${name}}}`)),
  ...sample('date', dates.map(date => `@misc{%, date = {${date.replaceAll('%', '\\%')}}, urldate = {${date.replaceAll('%', '\\%')}}}`)),
  ...sample('case', titlesInCase.map(title => `@article{%, title = {${title}}}`)),
  ...sample('latex', latex.map(text => `@misc{%, note = {${text}}}`)),
  ...sample('langid', languages.map(language => `@book{%, title = {The Big Title}, langid = {${language}}}`)),
  ...sample('kind', kinds.map(kind => `@report{%, title = {A}, type = {${kind}}}`)),
  ...sample('other', others),
  ...ofStudies(),
];

/** The samples with what they refer to, as one file. */
export const file = `${samples.map(each => each.text).join('\n\n')}`.replace(/^/, parents);
