import assert from 'node:assert/strict';
import { styles as common } from '../../../src/core/styles.ts';
import { faultOf, expand } from '../../../src/core/cslStyle.ts';
import { blockOf, catalogue, stored } from '../../support/catalogue.ts';
import { bundledStyle } from '../../support/styles.ts';

describe('The catalogue of styles', () => {
  it('holds every independent style of the package, each in its block, under the licence of the CSL project', () => {
    assert.ok(stored.styles.length > 2600, String(stored.styles.length));
    for (const [id, title, , , block] of stored.styles) {
      const style = blockOf(block)[id];
      assert.equal(style?.n, 'style', id);
      assert.notEqual(title, '', id);
      assert.match(JSON.stringify(style), /creativecommons\.org\/licenses\/by-sa\//, id);
    }
  });
  it('says of each style what formats and reads: none lacks a macro or a part', () => {
    const faulty = stored.styles.flatMap(([id, , , , block]) => {
      const fault = faultOf(expand(blockOf(block)[id]!));
      return fault === undefined ? [] : [`${id}: ${fault}`];
    });
    assert.deepEqual(faulty, []);
  });
  it('knows every journal’s style', () => {
    assert.ok(stored.journals.length > 7800, String(stored.journals.length));
    for (const [name, style] of stored.journals) {
      assert.ok(stored.styles[style], name);
    }
  });
  it('has the common styles under their short names, the same as those beside', () => {
    for (const { id, cslId } of common) {
      assert.equal(catalogue.named(id)?.name, id);
      assert.equal(catalogue.named(cslId)?.name, id);
      const place = catalogue.placeOf(id)!;
      assert.deepEqual(blockOf(place.block)[place.id], bundledStyle(id));
    }
  });

  const names: readonly (readonly [given: string, name: string | undefined, label?: string])[] = [
    ['the-lancet', 'lancet', 'The Lancet'],
    [' The Lancet ', 'lancet', 'The Lancet'],
    ['the-lancet.csl', 'lancet', 'The Lancet'],
    ['https://www.zotero.org/styles/bmj', 'bmj', 'BMJ'],
    ['http://www.zotero.org/styles/journal-of-affective-disorders/', 'elsevier-harvard', 'Journal of Affective Disorders'],
    ['https://raw.githubusercontent.com/citation-style-language/styles/master/apa.csl?x=1#y', 'apa', 'American Psychological Association 7th edition'],
    ['Journal of Affective Disorders', 'elsevier-harvard', 'Journal of Affective Disorders'],
    ['journal of affective disorders', 'elsevier-harvard', 'Journal of Affective Disorders'],
    ['Economie et Statistique (Francais)', 'economie-et-statistique', 'Économie et Statistique (Français)'],
    ['no such style', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ];
  for (const [given, name, label] of names) {
    it(`takes ${JSON.stringify(given)} for ${name ?? 'none'}`, () => {
      const found = catalogue.named(given);
      assert.deepEqual([found?.name, found?.label], [name, label]);
    });
  }
  it('tells the style of a journal, its format, fields and language', () => {
    const { title, format, fields, language } = catalogue.named('Journal of Affective Disorders')!;
    assert.deepEqual([title, format, language], ['Elsevier - Harvard (with titles)', 'author-date', 'en-US']);
    assert.ok(fields.length > 0);
  });
});
