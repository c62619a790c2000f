import assert from 'node:assert/strict';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import type { Bibliography } from '../../../../src/core/bibliography/bibliography.ts';
import { readBibliography } from '../../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../../src/core/bibliography/readers.ts';
import { finished } from '../../../../src/core/steps.ts';

function read(text: string | Uint8Array, format: BibliographyFormat = 'BibTeX'): Bibliography {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return finished(readBibliography(bytes, { file: 'file:///refs', name: 'refs', format }, readerOf(format)));
}

const keys = (entries: Bibliography['entries']): string[] => Array.from(entries, ({ id, summary }) => `${id} ${summary!.title}`);

describe('A bibliography', () => {
  it('has both entries of a key, of which the last counts, as for Pandoc', () => {
    const { entries, counting } = read('@book{a, title={One}}\n@book{b, title={Two}}\n@book{a, title={Three}}\n');
    assert.deepEqual(keys(entries), ['a One', 'b Two', 'a Three']);
    assert.deepEqual(keys(counting).sort(), ['a Three', 'b Two']);
  });
  it('makes an entry’s item from its own text, its strings and its parents', () => {
    const { entries } = read(
      '@string{pub = {Publisher 17}}\n@inbook{a, title={Part}, crossref={b}, xdata={c}}\n@book{b, title={Whole}, year={2001}, publisher = pub}\n@xdata{c, location={Place 17}}\n',
    );
    assert.deepEqual(keys(entries), ['a Part', 'b Whole']);
    const { csl } = [...entries][0]!;
    assert.deepEqual(
      [csl['container-title'], csl.publisher, csl['publisher-place'], csl.issued?.['date-parts']],
      ['Whole', 'Publisher 17', 'Place 17', [[2001]]],
    );
  });
  it('knows other keys of an entry', () => {
    const { aliases } = read('@book{a, ids={old, older}, title={One}}\n');
    assert.deepEqual(aliases.map(([alias, { id }]) => [alias, id]), [['old', 'a'], ['older', 'a']]);
  });
  it('tells where each entry stands in the text, whatever the encoding', () => {
    const text = '% é\r\n@book{a, title={Größe}}\r\n';
    const bytes = new Uint8Array(Uint16Array.from(`\ufeff${text}`, char => char.charCodeAt(0)).buffer);
    const { entries } = read(bytes);
    const { start, end } = [...entries][0]!.origin!;
    assert.equal(text.slice(start, end), '@book{a, title={Größe}}');
  });
  it('says that a file is not UTF-8, and reads it all the same', () => {
    const { problems, entries } = read(Uint8Array.from('@book{a, title={Größe}}', char => char.charCodeAt(0)));
    assert.match(problems[0]!.message, /not valid UTF-8/);
    assert.equal([...entries][0]!.csl.title, 'Größe');
  });
  it('says that Pandoc can’t read a file in UTF-16, with its mark and without', () => {
    for (const mark of ['\ufeff', '']) {
      const bytes = new Uint8Array(Uint16Array.from(`${mark}@book{a, title={T}}\n`, char => char.charCodeAt(0)).buffer);
      const { problems, entries } = read(bytes);
      assert.deepEqual(problems.map(({ message, stopsPandoc }) => [/UTF-16.*Pandoc can’t read it/.test(message), stopsPandoc]), [[true, true]]);
      assert.equal(entries.length, 1);
    }
    assert.deepEqual(read('\ufeff@book{a, title={T}}\n').problems, []);
  });
  it('keeps an entry that is asked for by its number, and none that is only glanced at', () => {
    const file = read(Array.from({ length: 1200 }, (_, number) => `@book{author${number}, title={Title ${number}}}\n`).join(''));
    assert.notEqual(file.glanceAt(1100), file.glanceAt(1100));
    const kept = file.at(1100);
    assert.equal(file.at(1100), kept);
    assert.equal(file.glanceAt(1100), kept);
    assert.equal([...file.entries][1100], kept);
    assert.equal([...file.counting][1100], kept);
    assert.deepEqual([kept.id, kept.summary!.title, kept.csl.title], ['author1100', 'Title 1100', 'Title 1100']);
    assert.equal(kept.summary, kept.summary);
    assert.equal(kept.csl, kept.csl);
    assert.deepEqual([511, 512, 1199].map(index => file.at(index).id), ['author511', 'author512', 'author1199']);
  });
  it('says how many entries there are without making one', () => {
    const { entries, counting } = read('@book{a, title={One}}\n@book{b, title={Two}}\n@xdata{c, title={Three}}\n@book{a, title={Four}}\n');
    assert.deepEqual([entries.length, counting.length], [3, 2]);
    assert.deepEqual(keys(entries), keys(entries));
  });
  it('knows what is no work by its text alone', () => {
    const { textOf, table } = read('@xdata{a, title={One}}\n@book{b, title={Two}}\n');
    assert.equal(textOf('a'), '@xdata{a, title={One}}');
    assert.equal(textOf('b'), '@book{b, title={Two}}');
    assert.deepEqual([textOf('c'), table.find('a')], [undefined, -1]);
  });
  for (const [what, text, expected] of [
    ['a work behind what is none', '@xdata{a, title={One}}\n@book{b}\n@book{a, title={Two}}\n', '@book{a, title={Two}}'],
    ['what is none behind a work', '@book{a, title={One}}\n@book{b}\n@xdata{a, title={Two}}\n', '@xdata{a, title={Two}}'],
    ['a work between two that are none', '@xdata{a, title={One}}\n@book{a, title={Two}}\n@xdata{a, title={Three}}\n', '@xdata{a, title={Three}}'],
    ['the last of two works', '@book{a, title={One}}\n@book{b}\n@book{a, title={Two}}\n', '@book{a, title={Two}}'],
    ['the last of two that are none', '@xdata{a, title={One}}\n@book{b}\n@xdata{a, title={Two}}\n', '@xdata{a, title={Two}}'],
  ] as const) {
    it(`takes fields from ${what} with the same key`, () => assert.equal(read(text).textOf('a'), expected));
  }
});
