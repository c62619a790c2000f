import assert from 'node:assert/strict';
import type { CitableItem } from '../../src/core/reference.ts';
import { fieldSource, reasonFor } from '../corpus/accepted.ts';
import { aligned } from '../corpus/alignment.ts';
import { isCslJson, readByUs, shapeOf, compareFields } from '../corpus/bibliographies.ts';
import { Classes } from '../corpus/classes.ts';
import { citingAll, compareTypeset } from '../corpus/printing.ts';
import { printingReasonFor } from '../corpus/printingReasons.ts';
import { citesOfPandoc, compareCites, withPlainChunks } from '../corpus/manuscripts.ts';

const cite = (citationId: string, mode: string): object => ({ citationId, citationMode: { t: mode }, citationPrefix: [], citationSuffix: [] });
const cited = (...cites: readonly object[]): object => ({ t: 'Cite', c: [cites, []] });
const document = (blocks: readonly object[], meta: object = {}): string => JSON.stringify({ meta, blocks });
const paragraph = (...inlines: readonly object[]): object => ({ t: 'Para', c: inlines });

describe('The comparison of a corpus with Pandoc', () => {
  describe('of lists', () => {
    it('pairs what is the same in order and leaves the rest', () => {
      assert.deepEqual(aligned([...'abcde'], [...'axcdfe']), { pairs: [[0, 0], [2, 2], [3, 3], [4, 5]], ours: [1], theirs: [1, 4] });
      assert.deepEqual(aligned([], ['a']), { pairs: [], ours: [], theirs: [0] });
      assert.deepEqual(aligned(['a', 'a'], ['a']).ours.length, 1);
    });
    it('does so in long lists too', () => {
      const long = Array.from({ length: 5000 }, (_, i) => String(i));
      const { pairs, ours, theirs } = aligned(['x', ...long, 'y'], ['z', ...long, 'w']);
      assert.deepEqual([pairs.length, ours, theirs], [5000, [0, 5001], [0, 5001]]);
    });
  });

  describe('of cites', () => {
    it('takes those of notes and prose in metadata, once each, and not those of `nocite`', () => {
      const note = { t: 'Note', c: [paragraph(cited(cite('n', 'AuthorInText')))] };
      const json = document([paragraph(cited(cite('a', 'NormalCitation'), cite('b', 'SuppressAuthor')), note, note)], {
        nocite: { t: 'MetaInlines', c: [cited(cite('c', 'AuthorInText'))] },
        t: { t: 'MetaInlines', c: [cited(cite('d', 'AuthorInText'))] },
      });
      assert.deepEqual(citesOfPandoc(json).map(({ key, mode, isMoved }) => [key, mode, isMoved]), [
        ['d', 'in-text', true],
        ['a', 'parenthetical', false],
        ['b', 'suppress-author', false],
        ['n', 'in-text', true],
      ]);
    });
    it('finds none where both are the same, though a note is elsewhere', () => {
      const text = 'A[^1] [@b; -@c].\n\nAs @d.\n\n[^1]: See @a.\n';
      const note = { t: 'Note', c: [paragraph(cited(cite('a', 'AuthorInText')))] };
      const group = cited(cite('b', 'NormalCitation'), cite('c', 'SuppressAuthor'));
      const { total, same, differences } = compareCites('x.md', text, document([paragraph(note, group), paragraph(cited(cite('d', 'AuthorInText')))]));
      assert.deepEqual([total, same, differences], [4, 4, []]);
    });
    it('gives Pandoc chunks of R Markdown as plain code', () => {
      const text = 'x\n\n```{r, eval=f("a")}\n@a\n```\n\n> ~~~ {python}\n> ~~~\n\n```{.r}\n```\n\n``` r\n```\n';
      assert.equal(withPlainChunks(text), 'x\n\n```\n@a\n```\n\n> ~~~\n> ~~~\n\n```{.r}\n```\n\n``` r\n```\n');
    });
    it('tells another mode, what only we read and what only Pandoc reads', () => {
      const text = '[@a] and @b.\n\n```\n@c\n```\n';
      const json = document([paragraph(cited(cite('a', 'SuppressAuthor')), cited(cite('c', 'AuthorInText')))]);
      const { total, same, differences } = compareCites('x.md', text, json);
      assert.deepEqual([total, same], [3, 0]);
      assert.deepEqual(differences.map(({ kind }) => kind), [
        'cite: parenthetical for us, suppress-author for Pandoc, in paragraph',
        'cite: only we read it, in paragraph',
        'cite: only Pandoc reads it, in code',
      ]);
      assert.match(differences[2]!.example, /^x\.md:4: Pandoc reads in-text @c\n/);
    });
  });

  describe('of bibliographies', () => {
    const source = '@conference{k,\n  title = {A title},\n  url = {https://example.org/a{\\_}b},\n  volume = {3}\n}\n';
    const read = readByUs('x.bib', new TextEncoder().encode(source), 'biblatex');
    it('counts fields as identical, different for a reason, or different', () => {
      const theirs = [{ id: 'k', type: '', title: 'A title', URL: 'https://example.org/a{\\_}b', volume: '4' }, { id: 'l', type: 'book' }];
      const { total, same, accepted, differences } = compareFields('x.bib', 'biblatex', read, JSON.stringify(theirs));
      assert.deepEqual([total, same], [5, 1]);
      assert.deepEqual([...accepted.values()], [1, 1]);
      assert.deepEqual(differences.map(({ kind, weight = 1 }) => [kind, weight]), [
        ['biblatex: volume: another value', 1],
        ['biblatex: only Pandoc has the entry (we report no loss in this file)', 1],
      ]);
    });
    it('knows a bibliography in JSON from other data', () => {
      assert.ok(isCslJson('[{"id": "a", "type": "book", "title": "T"}]'));
      assert.ok(isCslJson('[{"id": "a", "type": "article-journal", "title": "T",,}]'));
      for (const other of ['{"name": "x"}', '[]', '[1]', '[{"id": 1}]', '{', '[{"type": "module", "id": "x"}]']) {
        assert.ok(!isCslJson(other), other);
      }
    });
    it('names the way in which values differ', () => {
      assert.equal(shapeOf('A Title', 'A title'), 'other capitals');
      assert.equal(shapeOf('a b', 'ab'), 'other spaces');
      assert.equal(shapeOf('H<sub>2</sub>O', 'H2O'), 'other markup');
      assert.equal(shapeOf('a–b', 'a-b'), 'other signs');
      assert.equal(shapeOf(undefined, 'a'), 'only Pandoc has it');
      assert.equal(shapeOf([{ family: 'A' }], [{ family: 'A' }, { family: 'B' }]), 'another number of names');
      assert.equal(shapeOf('1', '2'), 'another value');
    });
    it('accepts only what has a reason', () => {
      const help = { context: {}, textOf: () => undefined };
      const reason = (title: string, ours: string, theirs: string): string => reasonFor({ format: 'biblatex', field: 'title', source: `@misc{k, title = {${title}}}`, ours, theirs, help }) ?? '';
      assert.match(reason('One: Two', 'One: Two', 'One: two'), /colon/);
      assert.equal(reason('One: Two', 'One: Two', 'one: Two'), '');
      assert.match(reason('{\\BibTeX ing}', 'BibTeXing', 'ing'), /command/);
      assert.match(reason('A \\nobodys{one}{two} three', 'A one two three', 'A three'), /command/);
      assert.equal(reason('{\\BibTeX ing}', 'BibTeXing', 'ingX'), '');
      assert.equal(reason('{\\BibTeX ing more}', 'BibTeXing more', 'ing'), '', 'Pandoc loses no more than the command');
      assert.equal(reason('BibTeXing', 'BibTeXing', 'ing'), '');
      assert.match(reason('A $ \\pi $', 'A π', 'A \\pi'), /mathematics/);
      assert.equal(reason('A $ \\pi $', 'A π', 'A p'), '');
      assert.match(reason("A `b': \\BibTeX One", 'A ‘b’: BibTeXOne', 'A “b”: one'), /command.*; .*quotation/);
      assert.match(reason('50% of them', '50% of them', '50'), /percent/);
      assert.equal(reason('50% of them', '50% of them', '5'), '');
      assert.equal(fieldSource('@a{k, langid = {en}, title = {x}}', /langid/), '{en}');
    });
  });

  describe('of printing', () => {
    const works: readonly CitableItem[] = [{ id: 'a', type: 'book', title: 'On “words”', author: [{ family: 'Author 17', given: 'A.' }] }, { id: 'b', type: 'book', title: 'Title', author: [{ family: 'Author 18' }] }];
    it('counts citations, references and their order as identical, different for a reason, or different', () => {
      const typeset = (a: string, b: string, keys: readonly string[]) => ({
        citations: [{ written: '[@a]', text: '(A)' }],
        references: new Map(keys.map(key => [key, key === 'a' ? a : b])),
      });
      const { total, same, accepted, differences } = compareTypeset('x.md', { id: 'style', language: 'en-US' }, works, typeset('On “words”.', 'Title .', ['a', 'b']), typeset('On ‘words’.', 'Title.', ['b', 'a']));
      assert.deepEqual([total, same, [...accepted.values()]], [4, 1, [1]]);
      assert.deepEqual(differences.map(({ kind }) => kind), ['printing: reference: “ ” for “”', 'printing: order: “a a” for “a a”']);
    });
    it('accepts only what has a reason', () => {
      const difference = { what: 'reference', ours: 'On “words”.', theirs: 'On ‘words’.', works, language: 'en-US' };
      assert.match(printingReasonFor(difference) ?? '', /quotation marks/);
      assert.equal(printingReasonFor({ ...difference, works: works.slice(1) }), undefined);
      assert.equal(printingReasonFor({ ...difference, theirs: 'On ‘word’.' }), undefined);
      assert.match(printingReasonFor({ ...difference, ours: '1<sup>re</sup> “words”', theirs: '1ʳᵉ ‘words’' }) ?? '', /raised.*; quotation/);
      assert.equal(printingReasonFor({ ...difference, ours: 'A 2.', theirs: 'A 3.' }), undefined);
      const book = (id: string, title: string, family?: string): CitableItem => ({ id, type: 'book', title, author: family === undefined ? [] : [{ family }] });
      const cited = { what: 'citation', language: 'en-US', works: [book('a', 'Alpha'), book('b', 'Beta')] };
      assert.match(printingReasonFor({ ...cited, ours: '(Alpha, 2001; Beta, 2001)', theirs: '(Alpha, 2001, Beta, 2001)' }) ?? '', /without an author/);
      assert.equal(printingReasonFor({ ...cited, works: [book('a', 'Alpha', 'Author 17'), book('b', 'Beta')], ours: '(Author 17, 2001; Beta, 2001)', theirs: '(Author 17, 2001, Beta, 2001)' }), undefined);
      const title = { what: 'reference', language: 'en-US', works: [book('a', 'A walk-in: what comes after', 'Author 17')] };
      assert.match(printingReasonFor({ ...title, ours: 'Author 17. A Walk-In: What Comes After.', theirs: 'Author 17. A Walk-in: What Comes after.' }) ?? '', /last word/);
      assert.equal(printingReasonFor({ ...title, ours: 'Author 17. A Walk-In: What Comes After.', theirs: 'Author 17. A Walk-in: What comes after.' }), undefined);
      assert.equal(printingReasonFor({ ...title, ours: 'Author 17. A walk. In Press', theirs: 'Author 17. A walk. In press' }), undefined);
    });
    it('cites every work in several ways, by the locators of the style’s language', () => {
      const text = citingAll(['a', 'b', 'c'], 'de-DE');
      assert.match(text, /\[@a, S\. 3\]/);
      assert.match(text, /see @b, S\. 12-15, and more; also @a/);
      assert.doesNotMatch(text, /chap\./);
    });
  });

  it('keeps the smallest example of each class, the most frequent class first', () => {
    const classes = new Classes();
    classes.add('a', { kind: 'x', example: 'long', size: 9 });
    classes.add('b', { kind: 'x', example: 'short', size: 3 });
    classes.add('b', { kind: 'y', example: 'other', size: 1, weight: 5 });
    assert.deepEqual(classes.all, [
      { kind: 'y', count: 5, files: 1, example: 'other' },
      { kind: 'x', count: 2, files: 2, example: 'short' },
    ]);
  });
});
