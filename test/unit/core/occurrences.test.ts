import assert from 'node:assert/strict';
import { insideFences, readFrontMatter } from '../../../src/core/frontMatter.ts';
import { hintsIn } from '../../../src/core/hints.ts';
import { anyCase, joinedGlobs } from '../../../src/core/globs.ts';
import { Lines } from '../../../src/core/lines.ts';
import { isInCitation, keyAt, placesOf, seemsInCitation } from '../../../src/core/occurrences.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { atCursor } from '../../support/cursor.ts';
import { studies } from '../../support/dataset.ts';

async function read(text: string) {
  const reading = readManuscript(text);
  const metadata = reading.frontMatter ? await readFrontMatter(text, insideFences(text, reading.frontMatter)) : { entries: [] };
  return { reading, metadata };
}

const declaring = '---\nreferences:\n- id: "author17"\n  title: A\n---\n\nAs @author17 says [-@{author17}, p. 3; @author18].\n';

describe('keyAt', () => {
  for (const [marked, expected] of [
    ['As @fed|er2021', '@feder2021 feder2021'],
    ['[-@|{feder2021}]', '-@{feder2021} feder2021'],
    ['[se|e @feder2021]', undefined],
    ['---\nreferences:\n- id: author|17\n---\n', 'author17 author17 declared'],
    ["---\nreferences:\n- id: |'author17'\n---\n", "'author17' author17 declared"],
    ['---\nreferences:\n- id: author17\n  tit|le: A\n---\n', undefined],
    ["---\nnocite: '@a, @{author|17}, p. 3'\n---\n", '@{author17} author17'],
    ['---\nnocite:\n- "@author17|"\n---\n', '@author17 author17'],
    ["---\nnocite: '@|*'\n---\n", undefined],
    ["---\nnocite: '@author17'\ncsl: '@auth|or18'\n---\n", undefined],
    ["---\nnocite: '@author17'\ntitle: 'As [@auth|or18] says'\n---\n", '@author18 author18'],
    ['---\nabstract: >\n  As [see\n  -@{author|18}, p. 3].\n---\n', '-@{author18} author18'],
  ] as const) {
    it(`finds ${expected ?? 'nothing'} at ${JSON.stringify(marked)}`, async () => {
      const { text, caret } = atCursor(marked);
      const { reading, metadata } = await read(text);
      const found = keyAt(reading, metadata, caret);
      const shown = found && [text.slice(found.mark.start, found.mark.end), text.slice(found.keySpan.start, found.keySpan.end), found.isDeclaration ? 'declared' : ''];
      assert.equal(shown?.join(' ').trim(), expected);
    });
  }
});

describe('placesOf', () => {
  it('gives the declaration first, then every cite', async () => {
    const { reading, metadata } = await read(declaring);
    const places = placesOf(reading, metadata, 'author17');
    assert.deepEqual(places.map(({ mark }) => declaring.slice(mark.start, mark.end)), ['"author17"', '@author17', '-@{author17}']);
    assert.deepEqual(places.map(({ isDeclaration }) => isDeclaration), [true, false, false]);
  });
  it('gives what nocite lists too, before the cites', async () => {
    const text = "---\nnocite: '@author17, @author18'\n---\n\nAs @author17.\n";
    const { reading, metadata } = await read(text);
    assert.deepEqual(placesOf(reading, metadata, 'author17').map(({ mark }) => mark.start), [text.indexOf('@author17'), text.lastIndexOf('@')]);
  });
});

describe('hintsIn', () => {
  const hints = (text: string, start = 0, end = text.length): string[] =>
    hintsIn(readManuscript(text), { start, end }, key => studies.find(({ id }) => id === key)?.csl).map(hint => `${text.slice(0, hint.offset)}|${hint.text}`);
  it('tells author and year behind the mark', () => assert.deepEqual(hints('[see @{feder2021}, p. 3]'), ['[see @{feder2021}|Feder et al. 2021']));
  it('tells the year alone where the author is suppressed', () => assert.deepEqual(hints('[-@feder2021]'), ['[-@feder2021|2021']));
  it('tells nothing of unknown keys', () => assert.deepEqual(hints('@author17'), []));
  it('tells what is in sight only', () => assert.deepEqual(hints('@feder2021\n\n@dore2019 and\n\n@oliver2022', 12, 24), ['@feder2021\n\n@dore2019|Dore et al. 2019']));
});

describe('Lines', () => {
  for (const [text, offset, line, character] of [
    ['', 0, 0, 0], ['ab', 2, 0, 2], ['a\nb', 2, 1, 0], ['a\r\nb', 3, 1, 0], ['a\rb', 2, 1, 0], ['a\r\n\rb\n', 4, 2, 0], ['a\n', 2, 1, 0],
  ] as const) {
    it(`finds ${offset} of ${JSON.stringify(text)}`, () => assert.deepEqual(new Lines(text).positionAt(offset), { line, character }));
  }
});

describe('joinedGlobs', () => {
  for (const [patterns, expected] of [
    [['a', 'b/**'], '{a,b/**}'],
    [['**/*.{a,b}', 'c'], '{**/*.a,**/*.b,c}'],
    [['{a,b}/{c,d}'], '{a/c,a/d,b/c,b/d}'],
    [['{a,{b,c}}'], '{a,b,c}'],
    [['a{'], '{}'],
  ] as const) {
    it(`joins ${patterns.join(' and ')}`, () => assert.equal(joinedGlobs(patterns), expected));
  }
});

describe('anyCase', () => {
  for (const [name, expected] of [
    ['refs.bib', '[rR][eE][fF][sS].[bB][iI][bB]'],
    ['Über ß-1.RIS', '[üÜ][bB][eE][rR] ß-1.[rR][iI][sS]'],
    ['a[1]{b},*.x', '[aA]?1??[bB]???.[xX]'],
  ] as const) {
    it(`matches ${name}`, () => assert.equal(anyCase(name), expected));
  }
});

describe('whether a place is in a citation', () => {
  const isIn = (marked: string): readonly [read: boolean, seeming: boolean] => {
    const { text, caret } = atCursor(marked);
    return [isInCitation(readManuscript(text), caret), seemsInCitation(text, caret)];
  };
  for (const marked of ['Text |[@a]', 'Text [@a]|', '[se|e @a, p. 3]', '[see @a, p.| 3]', '[see @a; |see @b]', '-|@{x]}', '@a|', '[-@a|]', '# Head [@a| b]']) {
    it(`is so at ${marked}`, () => assert.deepEqual(isIn(marked), [true, true]));
  }
  for (const marked of ['Te|xt [@a]', 'Text [@a] x|', '[a |link](b) [@a]', 'x [a]| y']) {
    it(`is not so at ${marked}`, () => assert.deepEqual(isIn(marked), [false, false]));
  }
});
