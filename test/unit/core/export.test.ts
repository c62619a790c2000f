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

/**
 * A title but for what Pandoc changes whatever stands in BibTeX: it begins titles and subtitles with a capital, marks
 * protected words, and sets apostrophes and blanks its own way.
 */
function comparable(title: string): string {
  return title
    .normalize('NFC')
    .replace(/<\/?span[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/['`]/g, mark => (mark === '`' ? '‘' : '’'))
    .replace(/(?:^|(?<=[:?!.] ))\p{L}/gu, letter => letter.toLowerCase());
}

/** The titles as Pandoc reads them, in one call. */
function readTitles(titles: readonly string[]): readonly string[] {
  const read = readByPandoc(toBibtex(titles.map((title, index) => ({ ...item('feder2021'), id: `k${index}`, title }))));
  const byId = new Map(read.map(each => [each.id, each.title]));
  return titles.map((_, index) => byId.get(`k${index}`) ?? '');
}

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
    assert.equal(read.size, studies.length);
    for (const { id, csl } of studies) {
      const back = read.get(id);
      assert.ok(back, id);
      assert.equal(comparable(back.title), comparable(csl.title), id);
      assert.deepEqual(back.author.map(namesIn), csl.author.map(namesIn), id);
      assert.deepEqual(back.issued?.['date-parts']?.[0], csl.issued?.['date-parts']?.[0]?.slice(0, 2), id);
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
  it('keeps any title of printable characters, letter for letter', () => {
    const awkward = fc.constantFrom(...'abZ19 &%$#_{}~^\\-:,.()[]/+*?!`\'"<>|=;@äßøλΔ“”‘’–—…°µ€');
    for (const unit of [awkward, 'grapheme' as const]) {
      // Letters at both ends: a title's outer blanks are not its own.
      const titles = fc.sample(fc.string({ unit, minLength: 1, maxLength: 30 }), { numRuns: 400, seed: 17 }).map(title => `T${title}e`);
      assert.deepEqual(readTitles(titles).map(comparable), titles.map(comparable));
    }
  });
  it('keeps the markup of titles, with the capitals in it', () => {
    const titles = ['Effects <i>in vivo</i> of CO<sub>2</sub> and <i>N</i>-methyl', 'On GABA<sub>A</sub> and <b>R<sup>2</sup></b>', 'On <i>In</i> and <i>In vivo</i>',
      'On <span>no mark</span> and <i>A</i>'];
    assert.deepEqual(readTitles(titles).map(title => title.replace(/<\/?span [^>]*>|(?<!no mark)<\/span>/g, '')), titles);
  });
  it('takes a tag without its end for text', () =>
    assert.deepEqual(readTitles(['A <i>broken tag', 'A </b> and <sub>no <i>end</sub>']), ['A <i>broken tag', 'A </b> and <sub>no <i>end</sub>']));
  it('keeps whole a name that BibTeX would take apart', () => {
    const author = [{ literal: 'Group, Alpha and Beta' }, { family: 'Author Seventeen' }, { family: 'Author, One', given: 'A and B' }, { family: 'Author', given: 'A.', suffix: 'Jr.' }];
    const [back] = readByPandoc(toBibtex([{ ...item('feder2021'), author }]));
    assert.deepEqual(back?.author, [author[0], { literal: 'Author Seventeen' }, author[2], author[3]]);
  });
  it('leaves a DOI and an address as they are', () => {
    const DOI = '10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-X_1%2>3.0.CO;2-2#a&b~c';
    const [back] = readByPandoc(toBibtex([{ ...item('feder2021'), DOI, URL: `https://doi.org/${DOI}` }]));
    assert.deepEqual([back?.DOI, back?.URL], [DOI, `https://doi.org/${DOI}`]);
  });
});

/** Pandoc takes particles and initials apart; put together again, the name must be the same but for its blanks and apostrophes. */
function namesIn(name: CslItem['author'][number] & { 'non-dropping-particle'?: string; 'dropping-particle'?: string }): string {
  const { family, given, literal, suffix } = name;
  return [given, name['dropping-particle'], name['non-dropping-particle'], family, suffix, literal].filter(Boolean).join(' ').replace(/,/g, '').replace(/’/g, "'").replace(/(?<=') /g, '').replace(/\.(?=\p{Lu})/gu, '. ');
}
