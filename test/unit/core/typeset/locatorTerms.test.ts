import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { locatorIn } from '../../../../src/core/quotes.ts';
import { expand, type StoredXml } from '../../../../src/core/cslStyle.ts';
import { locales } from '../../../../src/core/styles.ts';
import { termsOf } from '../../../../src/core/typeset/locatorTerms.ts';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { cslText, localeFor } from '../../../support/styles.ts';
import { printed, worksOf } from '../../../support/typeset.ts';

const yaml = 'references:\n- {id: s, type: book, title: Titel, author: [{family: Author 1, given: C}], issued: 2020}';
const works = worksOf(yaml);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const languages: Readonly<Record<string, readonly string[]>> = {
  'de-DE': [
    ...['Seite 100', 'S. 100-102', 'Kap. 3', 'Kapitel 3--5', 'Bd. 2', 'Abschn. 4', 'Nr. 4', 'Z. 3', 'Seiten 3, 5', 's. 3', '{Seite iv}', 'S.3'],
    ...['S. 3, Hervorhebung im Original', '§ 4', '100', 'Buch 2', 'siehe S. 3', 'Seite drei', 'S. 3f.', 'Abb. 2', 'Rn. 4', 'Abs. 3'],
  ],
  'fr-FR': ['livre 2', 'sect. 3', 'p. 3', 'pages 3-5', 'chapitre 4', 'chap. 3', 'ligne 3', 'l. 3', 'verset 3', 'tome 2', '{p. iv}'],
  'es-ES': ['página 3', 'pp. 3-5', 'cap. 3', 'libro 2', 'sección 2'],
  'pl-PL': ['s. 3', 'strony 3-5', 'rozdz. 3'],
  'ru-RU': ['с. 3', 'страница 3', 'гл. 3'],
};

/** With the terms that we bundle: Pandoc brings older ones. */
function withTerms(style: StoredXml, language: string): StoredXml {
  const terms = localeFor(language)!.c!.filter(child => typeof child !== 'string' && child.n === 'terms');
  const at = style.c!.findIndex(child => typeof child !== 'string' && child.n === 'info') + 1;
  return { ...style, c: [...style.c!.slice(0, at), { n: 'locale', c: terms }, ...style.c!.slice(at)] };
}

function citedByPandoc(style: StoredXml, language: string, text: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'locators-'));
  try {
    writeFileSync(path.join(folder, 'style.csl'), cslText(withTerms(style, language)));
    const input = `---\nlang: ${language}\nsuppress-bibliography: true\n${yaml}\n---\n\n${text}\n`;
    const options = ['--citeproc', '--csl', path.join(folder, 'style.csl'), '-t', 'plain', '--wrap=none'];
    return execFileSync('pandoc', options, { input, encoding: 'utf8' }).trim().split(/\n\n+/);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('Locators in the manuscript’s language', function () {
  this.timeout(120_000);

  for (const [language, locators] of Object.entries(languages)) {
    it(`are read as by Pandoc: ${language}`, async () => {
      const text = locators.map(locator => `[@s, ${locator}]`).join('\n\n');
      for (const id of ['apa', 'chicago-author-date']) {
        const style = cslStyle(id);
        const { citations } = await printed(style, works, text, language);
        assert.deepEqual(citations.map(plain), citedByPandoc(style, language, text).map(plain), id);
      }
    });
  }
  it('are printed as the style has them', async () => {
    const { citations } = await printed(cslStyle('chicago-author-date'), works, '[@s, Seite 100] [@s, S. 100-102] [@s, Kap. 3] @s [Seite 3]', 'de-DE');
    assert.deepEqual(citations.map(plain), ['(Author 1 2020, 100)', '(Author 1 2020, 100–102)', '(Author 1 2020, Kap. 3)', 'Author 1 (2020, 3)']);
  });
  it('are compared by ibid.', async () => {
    const { citations } = await printed(cslStyle('chicago-fullnote-bibliography-with-ibid'), works, '[@s, S. 3] [@s, Seite 3] [@s, Seiten 4-5]', 'de-DE');
    assert.deepEqual(citations.slice(1).map(each => each.toLowerCase()), ['[ebd.]', '[ebd., 4–5.]']);
  });
  it('are words where they are of English and the language has none like them', async () => {
    const cited = async (style: string, text: string, language: string): Promise<readonly string[]> => (await printed(cslStyle(style), works, text, language)).citations.map(plain);
    assert.deepEqual(await cited('apa', '[@s, p. 3] [@s, chap. 2] [@s, v. 3] [@s, 3]', 'de-DE'), ['(Author 1, 2020, p. 3)', '(Author 1, 2020, chap. 2)', '(Author 1, 2020, Vers 3)', '(Author 1, 2020, S. 3)']);
    assert.deepEqual(await cited('chicago-author-date', '[@s, p. 3] [@s, pp. 3-5] [@s, bk. 1] [@s, section 3]', 'fr-FR'), ['(Author 1 2020, 3)', '(Author 1 2020, pp. 3-5)', '(Author 1 2020, bk. 1)', '(Author 1 2020, sect. 3)']);
  });
  it('are in English those of its country and of the style', async () => {
    const style = cslStyle('harvard-cite-them-right');
    const text = '[@s, chaps 3-5] [@s, chaps. 3-5] [@s, chap. 3] [@s, vols 2-3] [@s, pp. 3-5] [@s, bk. 1] [@s, sec. 2]';
    const { citations } = await printed(style, works, text);
    assert.deepEqual(citations.map(plain), citedByPandoc(style, 'en-GB', text.replaceAll('] [', ']\n\n[')).map(plain));
    assert.deepEqual((await printed(cslStyle('oscola'), works, '[@s, s 3]')).citations.map(plain), ['[C Author 1, Titel (2020) s 3.]']);
  });
  it('are only those of English in English', async () => {
    const { citations } = await printed(cslStyle('apa'), works, '[@s, Seite 3] [@s, p. 3]', 'en-US');
    assert.deepEqual(citations.map(plain), ['(Author 1, 2020, Seite 3)', '(Author 1, 2020, p. 3)']);
  });
  it('are known in every bundled language', () => {
    for (const { id } of locales) {
      const terms = termsOf({ name: 'style', attrs: {}, children: [] }, expand(localeFor(id)!), id);
      assert.ok([...terms.values()].includes('page') && terms.size > 20, id);
      assert.ok([...terms.keys()].every(form => form === form.toLowerCase() && form.trim() === form && form !== ''), id);
    }
  });
});

describe('A style’s own language', function () {
  this.timeout(60_000);
  const two = worksOf('references:\n- {id: s, type: book, title: Rivers, author: [{family: Author 1, given: Ann}, {family: Author 2, given: Bo}], issued: 2001}');
  const cite = async (style: string, language?: string): Promise<string> => plain((await printed(cslStyle(style), two, '[@s]', language)).citations[0]!);

  it('counts where nobody names one', async () => {
    assert.equal(await cite('chicago-author-date-fr'), '(Author 1 et Author 2 2001)');
    assert.deepEqual((await printed(cslStyle('chicago-author-date-fr'), two, '[@s]')).references, ['Author 1, Ann, et Bo Author 2. 2001. Rivers.']);
    for (const [language, page] of [['de', 'S.'], ['de-AT', 'S.'], ['fr-FR', 'p.'], ['pl-PL', 's.'], ['en-GB', 'p.'], ['tlh', 'p.']] as const) {
      const own = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="${language}"><info><title>Own</title><id>own</id><updated>2020-01-01T00:00:00+00:00</updated></info>
        <citation><layout><text term="page" form="short"/><text variable="locator" prefix=" "/></layout></citation></style>`;
      assert.deepEqual((await printed(own, two, `[@s, ${page} 3]`)).citations, [`${page} 3`], language);
    }
    assert.match(await cite('chicago-author-date'), / and /);
  });
  it('gives way to the one that is asked for', async () => {
    assert.equal(await cite('chicago-author-date-fr', 'en-US'), '(Author 1 and Author 2 2001)');
    assert.equal(await cite('chicago-author-date-fr', 'de-DE'), '(Author 1 und Author 2 2001)');
    assert.equal(await cite('chicago-author-date', 'fr-FR'), '(Author 1 et Author 2 2001)');
  });
});

describe('The page of a quote', () => {
  const table = [
    ['en-US', 'p. 195', 'p. 195'], ['en-GB', 'pp. 194–195', 'pp. 194–195'],
    ['de-DE', 'p. 195', '195'], ['de-DE', 'pp. 194–195', '194–195'], ['fr-FR', 'pp. 194, 196', '194, 196'],
    ['de-DE', 'Abstract', 'Abstract'], ['de-DE', 'S. 195', 'S. 195'], ['de-DE', 'p. e12', 'p. e12'], ['de-DE', 'p. 3, Table 1', 'p. 3, Table 1'],
  ] as const;
  for (const [language, locator, cited] of table) {
    it(`${locator} is cited as ${cited} in ${language}`, () => assert.equal(locatorIn(language, locator), cited));
  }
  for (const [language, page] of [['en-US', 'p. 195'], ['de-DE', 'S. 195'], ['es-ES', 'p. 195']] as const) {
    it(`is printed as a page in ${language}`, async () => {
      const { citations } = await printed(cslStyle('apa'), works, `[@s, ${locatorIn(language, 'p. 195')}]`, language);
      assert.equal(plain(citations[0]!), `(Author 1, 2020, ${page})`);
    });
  }
});
