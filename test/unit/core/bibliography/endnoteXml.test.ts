import assert from 'node:assert/strict';
import { convertEndnoteXml, EndnoteXmlScanner } from '../../../../src/core/bibliography/endnoteXml.ts';
import { csljsonByPandoc, disagreements, ours, scanned } from '../../../support/bibliographyOracle.ts';

const types = [
  ...['Aggregated Database', 'Ancient Text', 'Artwork', 'Audiovisual Material', 'Bill', 'Blog', 'Book', 'Book Section', 'Case', 'Catalog'],
  ...['Chart or Table', 'Classical Work', 'Computer program', 'Conference Paper', 'Conference Proceedings', 'Dataset', 'Dictionary'],
  ...['Edited Book', 'Electronic Article', 'Electronic Book', 'Electronic Book Section', 'Encyclopedia', 'Equation', 'Figure'],
  ...['Film or Broadcast', 'Government Document', 'Grant', 'Hearing', 'Interview', 'Journal Article', 'Legal Rule or Regulation'],
  ...['Magazine Article', 'Manuscript', 'Map', 'Music', 'Newspaper Article', 'Online Database', 'Online Multimedia', 'Pamphlet', 'Patent'],
  ...['Personal Communication', 'Podcast', 'Press Release', 'Report', 'Serial', 'Standard', 'Statute', 'Thesis', 'Unpublished Work', 'Web Page'],
];

const styled = (text: string): string => `<style face="normal" font="default" size="100%">${text}</style>`;
const record = (key: string, type: string, inner: string): string =>
  `<record><database name="x.enl">x.enl</database><rec-number>${key}</rec-number><foreign-keys><key app="EN" db-id="d">${key}</key></foreign-keys><ref-type name="${type}">17</ref-type>${inner}</record>`;
const authors = (...names: readonly string[]): string =>
  `<contributors><authors>${names.map(name => `<author>${styled(name)}</author>`).join('')}</authors></contributors>`;
const usual = `${authors('Author 17, A. B.', 'van Author, C.')}<titles><title>${styled('A Title')}</title><secondary-title>${styled('A Container')}</secondary-title></titles><volume>${styled('3')}</volume><dates><year>${styled('2021')}</year></dates>`;
const ofType = types.map((type, index) => record(`t${index}`, type, usual));

const odd: Readonly<Record<string, string>> = {
  title: '<titles><title><style face="normal">A </style><style face="italic">b</style><style face="normal"> c</style></title></titles>',
  entities: '<titles><title>A &amp; b &lt;c&gt; &quot;d&quot; &#233;&#x3b1;</title></titles>',
  cdata: '<titles><title><![CDATA[A & b <record> c]]></title></titles>',
  comment: '<titles><title>A<!-- </record> -->B</title></titles>',
  names: authors('Study Group,', 'Anna van Author', 'Author', 'Author, Jr., Anna'),
  suffix: authors('Author, Anna, Jr.'),
  pages: '<pages>1-9</pages>',
  number: '<number>4</number>',
  isbn: '<isbn>1234-5678</isbn>',
  place: '<publisher>A Press</publisher><pub-location>A Place</pub-location><orig-pub>Another</orig-pub>',
  abstract: '<abstract>Words.</abstract>',
  yearWords: '<dates><year>in press</year></dates>',
  month: '<dates><year>2021</year><pub-dates><date>Mar 4</date></pub-dates></dates>',
  doi: '<electronic-resource-num>10.1234/ab</electronic-resource-num>',
  urls: '<urls><related-urls><url>https://example.org/</url></related-urls></urls>',
  journal: '<periodical><full-title>A Journal</full-title><abbr-1>A J</abbr-1></periodical>',
  keywords: '<keywords><keyword>one</keyword><keyword>two</keyword></keywords>',
  editors: '<contributors><secondary-authors><author>Author 2, B.</author></secondary-authors></contributors>',
  blanks: '<titles>\n<title>\n  A Title\n</title></titles>',
  nothing: '',
};
const xml = (records: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8" ?><xml><records>${records.join('')}</records></xml>`;
const text = xml([...ofType, ...Object.entries(odd).map(([key, inner]) => record(key, 'Journal Article', inner))]);

/** Where we read otherwise than Pandoc, each with its reason. */
const known: Readonly<Record<string, string>> = {
  't48.type': 'CSL has no unpublished.',
  'suffix.author': 'EndNote has the suffix last, which Pandoc takes for the given name.',
  'pages.page': 'Pandoc calls the field pages, which CSL does not know.',
  'pages.pages': 'Pandoc calls the field pages, which CSL does not know.',
  'number.issue': 'Of an article the number is the issue.',
  'number.number': 'Of an article the number is the issue.',
  'isbn.ISSN': 'Of an article it is an ISSN.',
  'isbn.ISBN': 'Of an article it is an ISSN.',
  'month.issued': 'Pandoc reads years alone.',
  'yearWords.issued': 'Pandoc drops the words.',
  'doi.DOI': 'Pandoc reads no DOI.',
  'urls.URL': 'Pandoc reads no addresses.',
  'journal.container-title': 'Pandoc reads secondary-title alone.',
  'journal.container-title-short': 'Pandoc reads secondary-title alone.',
  'keywords.keyword': 'Pandoc reads no keywords.',
  'editors.editor': 'Pandoc reads no editors.',
};

describe('endnoteXml', function () {
  this.timeout(60_000);

  it('is read as by Pandoc, field by field', async () => {
    const found = disagreements(ours(new EndnoteXmlScanner(), convertEndnoteXml, text), await csljsonByPandoc(text, 'endnotexml'));
    assert.deepEqual(found.sort(), Object.keys(known).sort());
  });

  it('loses a record that is damaged, and no other', () => {
    const damaged = [record('a', 'Book', usual), '<record><rec-number>b</rec-number><titles>', record('c', 'Book', usual), record('d', 'Book', '<titles><title>x</titles>'), record('e', 'Book', usual), '<record><rec-number>f'];
    const { entries, problems } = scanned(new EndnoteXmlScanner(), xml(damaged));
    assert.deepEqual(entries.map(({ key }) => key), ['a', 'c', 'd', 'e']);
    assert.deepEqual(problems.map(({ isLoss }) => isLoss), [true, false, true]);
  });

  it('expands no entity that the file declares', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'.split('').map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`).join('')}]>${xml([record('k', 'Book', '<titles><title>&j;</title></titles>')])}`;
    assert.equal(ours(new EndnoteXmlScanner(), convertEndnoteXml, bomb)[0]!['title'], '&j;');
  });

  it('reads as an address only what is one, and what its reader noted not at all', () => {
    const read = (inner: string) => ours(new EndnoteXmlScanner(), convertEndnoteXml, xml([record('k', 'Journal Article', inner)]))[0]!;
    const urls = (kind: string, ...texts: readonly string[]): string => `<urls><${kind}>${texts.map(text => `<url>${styled(text)}</url>`).join('')}</${kind}></urls>`;
    assert.equal(read(urls('related-urls', '&lt;Go to ISI&gt;://000200148800007'))['URL'], undefined);
    assert.equal(read(urls('related-urls', '&lt;Go to WoS&gt;://WOS:1', 'https://example.org/a'))['URL'], 'https://example.org/a');
    assert.equal(read(urls('web-urls', 'internal-pdf://0123/a.pdf'))['URL'], undefined);
    assert.equal(read(urls('web-urls', 'http://example.org'))['URL'], 'http://example.org');
    assert.equal(read('<notes>PDF printed, read chapter 2 again</notes>')['note'], undefined);
  });
});
