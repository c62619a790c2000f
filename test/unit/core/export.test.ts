import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { toBibtex } from '../../../src/core/export.ts';
import type { CslItem } from '../../../src/core/study.ts';
import { studies } from '../../support/dataset.ts';
import { item } from '../../support/styles.ts';

/** What Pandoc reads in a `.bib` file, as CSL-JSON. Pandoc is required: a test without it would prove nothing. */
function readByPandoc(bibtex: string): (CslItem & { id: string })[] {
  return JSON.parse(execFileSync('pandoc', ['-f', 'bibtex', '-t', 'csljson'], { input: bibtex, encoding: 'utf8' }));
}

/** Pandoc begins a subtitle with a capital when it reads BibTeX, whatever stands there; its quotation marks are its own. */
const plainTitle = (title: string): string => title.replace(/(?<=[:?.!] )\p{L}/gu, letter => letter.toLowerCase()).replace(/<\/?span[^>]*>/g, '').replace(/[“”]/g, '"').replace(/[‘’]/g, "'");

describe('toBibtex', function () {
  this.timeout(20_000);
  it('writes an entry as a person would', () =>
    assert.equal(
      toBibtex([item('bahji2021')]).split('\n').filter(line => !line.startsWith('  author')).join('\n'),
      `@article{bahji2021,
  title = {Comparative efficacy of racemic ketamine and esketamine for depression: {A} systematic review and meta-analysis},
  journal = {Journal of Affective Disorders},
  year = {2021},
  month = jan,
  volume = {278},
  pages = {542--555},
  doi = {10.1016/j.jad.2020.09.071},
  pmid = {33022440},
  pmcid = {PMC7704936},
  url = {https://doi.org/10.1016/j.jad.2020.09.071},
}`,
    ));
  it('is read back by Pandoc with every study’s names, title, date, journal, pages and DOI', () => {
    const read = new Map(readByPandoc(toBibtex(studies.map(({ id }) => item(id)))).map(each => [each.id, each]));
    for (const { id, csl } of studies) {
      const back = read.get(id);
      assert.ok(back, id);
      assert.equal(plainTitle(back.title), plainTitle(csl.title), id);
      assert.deepEqual(back.author.map(namesIn), csl.author.map(namesIn), id);
      assert.equal(back.issued?.['date-parts'][0]?.[0], csl.issued?.['date-parts'][0]?.[0], id);
      assert.equal(back.DOI, csl.DOI, id);
      assert.equal(back.volume, csl.volume, id);
      assert.equal(back.issue, csl.issue, id);
      assert.equal(back.PMID, csl.PMID, id);
      assert.equal(back.PMCID, csl.PMCID, id);
      assert.equal(back.page?.replace(/–/g, '-'), csl.page?.replace(/–/g, '-'), id);
      if (csl.type === 'article-journal') {
        assert.equal(back['container-title'], csl['container-title'], id);
      }
    }
  });
  it('tells a language other than English, so that no style sets its title in capitals', () => {
    assert.match(toBibtex([item('gonzalezpardo2023')]), /langid = \{spanish\}/);
    assert.doesNotMatch(toBibtex([item('feder2021')]), /langid/);
  });
  it('keeps any title readable, letter for letter', () => {
    const characters = fc.constantFrom(...'abcdeAZ19 &%$#_{}~^\\-:,.()[]/+*äßøλ');
    const titles = fc.sample(fc.string({ unit: characters, minLength: 1, maxLength: 30 }), { numRuns: 200, seed: 17 })
      .map(title => `T${title}e`.replace(/\s+/g, ' '));
    const read = readByPandoc(toBibtex(titles.map((title, index) => ({ ...item('feder2021'), id: `k${index}`, title }))));
    const byId = new Map(read.map(each => [each.id, plainTitle(each.title).replace(/<\/?s[ub][bp]>/g, '')]));
    const dashes = (title: string): string => title.replace(/---/g, '—').replace(/--/g, '–').replace(/\.\.\./g, '…').replace(/\u00a0/g, ' ');
    titles.forEach((title, index) => assert.equal(dashes(byId.get(`k${index}`) ?? ''), dashes(title)));
  });
});

/** Pandoc takes particles and initials apart; put together again, the name must be the same but for its blanks and apostrophes. */
function namesIn(name: CslItem['author'][number] & { 'non-dropping-particle'?: string; 'dropping-particle'?: string }): string {
  const { family, given, literal, suffix } = name;
  return [given, name['dropping-particle'], name['non-dropping-particle'], family, suffix, literal].filter(Boolean).join(' ').replace(/,/g, '').replace(/’/g, "'").replace(/\.(?=\p{Lu})/gu, '. ');
}
