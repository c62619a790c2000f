import assert from 'node:assert/strict';
import { citekeyFor, keyFault } from '../../../../src/core/importing/citekey.ts';
import { nameBibliography } from '../../../../src/core/importing/nameFile.ts';
import { entryOf } from '../../../../src/core/importing/known.ts';
import type { CslItem } from '../../../../src/core/study.ts';
import { studies } from '../../../support/dataset.ts';

const item = (family: string, more: Partial<CslItem> = {}): CslItem => ({
  type: 'book', title: 'The Great Title', author: family ? [{ family }] : [], issued: { 'date-parts': [[2021]] }, ...more,
});
const none = (): boolean => false;

describe('citekeyFor', () => {
  for (const [family, key] of [['Feder', 'feder2021'], ['López-Roca', 'lopezroca2021'], ['O’Brien', 'obrien2021'], ['Ødegård', 'odegard2021'], ['van der Berg', 'vanderberg2021'], ['王', '王2021'], ['', 'great2021']] as const) {
    it(`makes ${key}`, () => assert.equal(citekeyFor(item(family), none), key));
  }
  it('takes a body’s name, an editor, or no date', () => {
    assert.equal(citekeyFor(item('', { author: [{ literal: 'World Health Organization' }] }), none), 'world2021');
    assert.equal(citekeyFor(item('', { editor: [{ family: 'Roe' }] }), none), 'roe2021');
    const { issued, ...undated } = item('Roe');
    assert.ok(issued);
    assert.equal(citekeyFor(undated, none), 'roend');
  });
  it('keeps a particle, as the bundled keys do', () => {
    const author = [{ family: 'Author', given: 'A.', 'non-dropping-particle': 'aan het' }];
    assert.equal(citekeyFor(item('', { author }), none), 'aanhetauthor2021');
  });
  it('goes on with letters', () => {
    const taken = new Set(['roe2021', ...Array.from({ length: 26 }, (_, at) => `roe2021${String.fromCharCode(97 + at)}`)]);
    assert.equal(citekeyFor(item('Roe'), key => taken.has(key)), 'roe2021aa');
    assert.equal(citekeyFor(item('Roe'), key => key === 'roe2021'), 'roe2021a');
  });
  it('makes the bundled studies’ keys, but for their letters', () => {
    const differing = studies.filter(({ id, csl }) => citekeyFor(csl, none) !== id.replace(/(?<=\d{4})[a-z]$/, ''));
    assert.ok(differing.length <= studies.length / 20, differing.map(each => each.id).join(', '));
  });
});

describe('keyFault', () => {
  it('says what is wrong', () => {
    assert.equal(keyFault('', 'BibTeX', none), 'empty');
    assert.equal(keyFault('a b', 'BibTeX', none), 'not a key');
    assert.equal(keyFault('a%b', 'BibTeX', none), 'not in this format');
    assert.equal(keyFault('a%b', 'RIS', none), undefined);
    assert.equal(keyFault('ab', 'BibTeX', () => true), 'taken');
  });
});

describe('nameBibliography', () => {
  const named = (text: string, end?: number, file = 'references.bib'): string => {
    const { offset, insert } = nameBibliography(text, end === undefined ? undefined : { start: 0, end }, file);
    return text.slice(0, offset) + insert + text.slice(offset);
  };
  it('makes metadata where there is none', () => {
    assert.equal(named('Text\n'), '---\nbibliography: references.bib\n---\n\nText\n');
    assert.equal(named(''), '---\nbibliography: references.bib\n---\n');
    assert.equal(named('a\r\nb\r\n'), '---\r\nbibliography: references.bib\r\n---\r\n\r\na\r\nb\r\n');
  });
  it('adds a line to what is there', () => {
    const text = '---\ntitle: x\n---\n\nText\n';
    assert.equal(named(text, 16), '---\ntitle: x\nbibliography: references.bib\n---\n\nText\n');
    assert.equal(named('---\n---\n', 8), '---\nbibliography: references.bib\n---\n');
  });
  it('quotes odd names', () => assert.match(named('', undefined, 'a: b.bib'), /bibliography: "a: b\.bib"/));
});

describe('entryOf', () => {
  it('finds by CSL, and by the summary where the CSL is not made yet', () => {
    assert.equal(entryOf(studies, { kind: 'DOI', id: '10.1176/appi.ajp.2020.20050596' })?.id, 'feder2021');
    const summary = { type: 'book', author: '', coauthors: '', year: '', title: '', journal: '', doi: '10.1/x', pmid: '7', keywords: [] };
    const own = { id: 'own', quotes: [], notices: [], summary, get csl(): CslItem { throw new Error('not yet'); } };
    assert.equal(entryOf([own], { kind: 'DOI', id: '10.1/x' })?.id, 'own');
    assert.equal(entryOf([own], { kind: 'PMID', id: '7' })?.id, 'own');
    assert.equal(entryOf([own], { kind: 'PMCID', id: 'PMC7' }), undefined);
  });
});
