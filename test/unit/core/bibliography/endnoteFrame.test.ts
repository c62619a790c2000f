import assert from 'node:assert/strict';
import { convertEndnoteXml, EndnoteXmlScanner } from '../../../../src/core/bibliography/endnoteXml.ts';
import { withRepairs } from '../../../../src/core/bibliography/repairs.ts';
import type { FileProblem } from '../../../../src/core/bibliography/scan.ts';
import { isReadByPandoc3, ours, scanned } from '../../../support/bibliographyOracle.ts';

const record = (key: string, more = ''): string =>
  `<record><rec-number>${key}</rec-number><ref-type name="Book">6</ref-type><titles><title>Title ${key}${more}</title></titles><dates><year>2001</year></dates></record>`;
const [a, b] = [record('a'), record('b')];
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const list = (records: string): string => `${head}<xml><records>${records}</records></xml>`;

/** What Pandoc refuses, with the offset of the problem as the text before it, and the repaired file where that is certain. */
const refused: readonly (readonly [what: string, text: string, before: string, repaired?: string])[] = [
  ['records in no list', `${head}\n${a}\n${b}\n`, `${head}\n${a}\n`, `${head}\n<xml><records>${a}\n${b}</records></xml>\n`],
  ['a list that is not closed', `${head}<xml><records>${a}${b}`, head, `${list(a + b)}`],
  ['a root that is not closed', `<xml><records>${a}</records>`, '', `<xml><records>${a}</records></xml>`],
  ['two files that were joined', `${list(a)}\n${list(b)}`, `${head}<xml><records>${a}`, list(`${a}\n${b}`)],
  ['a list of other names after the first', `<a>${a}</a><b>${b}</b>`, `<a>${a}</a>`],
  ['a record after the list', `${list(a)}${b}`, list(a)],
  ['text before the list', `Export\n${list(a)}`, ''],
  ['text after the list', `${list(a)}\nend`, `${list(a)}\n`],
  ['an element among the records that is not closed', list(`<p>${a}`), `${head}<xml><records><p>${a}`, list(`<p>${a}</p>`)],
  ['a tag that closes nothing', list(`${a}</b>`), `${head}<xml><records>${a}`, list(a)],
  ['another record’s end', list(`${a}</record>`), `${head}<xml><records>${a}`, list(a)],
  ['tags that are closed in the wrong order', `<xml><records>${a}</xml></records>`, `<xml><records>${a}`, `<xml><records>${a}</records></xml>`],
  ['an ampersand among the records', list(`a & b${a}`), `${head}<xml><records>a `, list(`a &amp; b${a}`)],
  ['a comment that is never closed', list(`${a}<!-- more`), `${head}<xml><records>${a}`],
];

/** What Pandoc reads, odd as it is. */
const read: readonly string[] = [
  a, `\n${head}${a}`, `\ufeff${list(a)}`, `<records>${a}${b}</records>`, `<xml>${a}</xml>`, `<library><x><records>${a}</records></x><y/></library>`, `<XML>${a}</XML>`,
  list(`<!-- a -- b -->${a}<!-- <record> -->words${b}`), `<!-- c -->${list(a)}<!-- c -->\n`, list(`<!-- a <!-- b -->${a}`), list(`<![CDATA[ & ]]>${a}`), list(`<?a b?>${a}`),
  list(a).replace('?>', '?><!DOCTYPE xml>'), list(record('a', '&e;')).replace('?>', '?><!DOCTYPE xml [<!ENTITY e "x">]>'), list(a).replace('UTF-8', 'ISO-8859-1'), list(a).replace(' version="1.0"', ''),
  list(record('a', ' ]]> b')), list(record('a', '\u0001b\0')), list(a.replace('name="Book"', 'name="Book" name="Book"')), list(a.replace('"Book"', "'Book'")), list(''), list('<record/>'),
  `<xml a="b" c = 'd>'>${a}</xml >`, `<x:xml xmlns:x="urn:x">${a}</x:xml>`, list(`&amp;&#233;&#xe9;${a}`),
];

const stopping = (text: string, chunk?: number): readonly FileProblem[] => scanned(new EndnoteXmlScanner(), text, chunk).problems.filter(({ stopsPandoc }) => stopsPandoc);

describe('what is around the records of EndNote XML', function () {
  this.timeout(60_000);

  for (const [what, text, before, repaired] of refused) {
    it(`is told of where Pandoc refuses it: ${what}`, async () => {
      assert.equal(await isReadByPandoc3(text, 'endnotexml'), false, 'Pandoc reads it');
      for (const chunk of [1, 7, 1 << 16]) {
        const problems = stopping(text, chunk);
        assert.equal(problems[0]?.start, before.length);
        problems.forEach(({ message }) => assert.match(message, /Pandoc can’t read the file/));
        assert.equal(withRepairs(text, problems), repaired ?? text);
      }
      if (repaired !== undefined) {
        assert.equal(await isReadByPandoc3(repaired, 'endnotexml'), true, 'Pandoc does not read what was repaired');
        assert.deepEqual(stopping(repaired), []);
        const [was, is] = [text, repaired].map(each => ours(new EndnoteXmlScanner(), convertEndnoteXml, each));
        assert.deepEqual(is, was);
      }
    });
  }

  it('is nothing to tell of where Pandoc reads it', async () => {
    for (const text of read) {
      assert.equal(await isReadByPandoc3(text, 'endnotexml'), true, text);
      for (const chunk of [1, 7, 1 << 16]) {
        assert.deepEqual(stopping(text, chunk), [], text);
      }
    }
  });

  it('is not guessed at where a record is damaged', () => {
    const damaged = list(`${a}<record><rec-number>x</rec-number><titles>${b}`);
    assert.deepEqual(stopping(damaged), []);
  });
});
