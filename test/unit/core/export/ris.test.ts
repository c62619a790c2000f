import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { toRis } from '../../../../src/core/export/ris.ts';
import type { CslItem } from '../../../../src/core/study.ts';
import { studies } from '../../../support/dataset.ts';
import { item } from '../../../support/styles.ts';

function run(command: string, options: readonly string[], input: string): string {
  return execFileSync(command, options, { input, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });
}

const readsRis = run('pandoc', ['--list-input-formats'], '').split('\n').includes('ris');

/** What other programs read in a `.ris` file, as CSL-JSON: Pandoc from version 3 on, before that bibutils. One of them is required. */
function readByOthers(ris: string): (CslItem & { id: string })[] {
  const json = readsRis
    ? run('pandoc', ['-f', 'ris', '-t', 'csljson'], ris)
    : run('pandoc', ['-f', 'bibtex', '-t', 'csljson'], run('xml2bib', ['-o', 'utf8', '-nb', '-nl'], run('ris2xml', ['-i', 'utf8'], ris)));
  return JSON.parse(json) as (CslItem & { id: string })[];
}

/** Only letters and digits: on the way through BibTeX capitals, dashes and quotation marks are set anew. */
function comparable(text: string | undefined): string | undefined {
  return text?.normalize('NFKC').replace(/<\/?span[^>]*>/g, '').toLowerCase().replace(/[^\p{L}\p{N}&]+/gu, ' ').trim();
}

/** A name's words in alphabetical order: bibutils puts a suffix behind the family name. */
function namesIn({ family, given, literal, suffix, ...name }: CslItem['author'][number] & { 'non-dropping-particle'?: string; 'dropping-particle'?: string }): string {
  const words = [given, name['dropping-particle'], name['non-dropping-particle'], family, suffix, literal].filter(Boolean).join(' ');
  return words.normalize('NFC').split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort().join(' ');
}

const linesOf = (key: string, tag: string): readonly string[] =>
  toRis([item(key)]).split('\n').filter(line => line.startsWith(`${tag}  - `)).map(line => line.slice(6));

describe('toRis', function () {
  this.timeout(30_000);
  it('writes a record as PubMed and EndNote do', () =>
    assert.equal(
      toRis([item('bahji2021')]).split('\n').filter(line => !line.startsWith('AU')).join('\n'),
      `TY  - JOUR
ID  - bahji2021
TI  - Comparative efficacy of racemic ketamine and esketamine for depression: A systematic review and meta-analysis
T2  - Journal of Affective Disorders
J2  - J Affect Disord
PY  - 2021
DA  - 2021/01/01/
VL  - 278
SP  - 542
EP  - 555
LA  - en
DO  - 10.1016/j.jad.2020.09.071
AN  - 33022440
C2  - PMC7704936
UR  - https://doi.org/10.1016/j.jad.2020.09.071
ER  - `,
    ));
  it('is read by others with every study’s names, title, date, journal, volume, pages and DOI', () => {
    const read = new Map(readByOthers(toRis(studies.map(({ id }) => item(id)))).map(each => [each.id, each]));
    assert.equal(read.size, studies.length);
    for (const { id, csl } of studies) {
      const back = read.get(id);
      assert.ok(back, id);
      assert.equal(comparable(back.title), comparable(csl.title), id);
      // bibutils takes two authors of one name for one.
      assert.deepEqual(new Set(back.author.map(namesIn)), new Set(csl.author.map(namesIn)), id);
      assert.deepEqual(back.issued?.['date-parts']?.[0]?.slice(0, 2), csl.issued?.['date-parts']?.[0]?.slice(0, 2), id);
      assert.equal(comparable(back.page), comparable(csl.page), id);
      for (const name of ['volume', 'issue', 'DOI', 'URL'] as const) {
        assert.equal(back[name], csl[name], `${id} ${name}`);
      }
      if (csl.type === 'article-journal') {
        assert.equal(comparable(back['container-title']), comparable(csl['container-title']), id);
      }
    }
  });
  it('names the identifiers of PubMed, which the readers above leave out', () => {
    for (const { id, csl } of studies) {
      assert.deepEqual([linesOf(id, 'AN'), linesOf(id, 'C2')], [[csl.PMID ?? []].flat(), [csl.PMCID ?? []].flat()], id);
    }
  });
  it('takes no group apart', () => assert.equal(linesOf('phillips2020', 'AU').at(-1), 'CAN-BIND Investigator Team,'));
  it('sets a suffix behind the given names', () => assert.equal(linesOf('bahji2021', 'AU').at(-1), 'Zarate, Carlos A., Jr.'));
  it('says that a preprint is one', () => assert.deepEqual([linesOf('yermus2023', 'TY'), linesOf('yermus2023', 'M3')], [['GEN'], ['Preprint']]));
  it('takes only a range for one', () => {
    assert.deepEqual([linesOf('casarotto2021', 'SP'), linesOf('casarotto2021', 'EP')], [['1299'], ['1313.e19']]);
    assert.deepEqual([linesOf('jonkman2017', 'SP'), linesOf('jonkman2017', 'EP')], [['F1000 Faculty Rev-1711'], []]);
  });
  it('leaves markup out of titles', () => {
    const title = 'Effects <i>in <b>vivo</b></i> of CO<sub>2</sub>, <span class="nocase">Alpha</span>, p < .05 and <i>no end';
    assert.match(toRis([{ ...item('feder2021'), title }]), /^TI {2}- Effects in vivo of CO2, Alpha, p < \.05 and <i>no end$/m);
  });
  it('keeps one line a field, whatever a field holds', () => {
    const unit = fc.constantFrom(...'aZ9 -\t\r\n\u2028<>i/ER');
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (title, volume) => {
        const lines = toRis([{ ...item('feder2021'), title, volume }]).split(/\r\n|[\r\n\u2028]/);
        assert.ok(lines.every(line => /^[A-Z][A-Z0-9] {2}- /.test(line)), lines.join('|'));
        assert.equal(lines.filter(line => line.startsWith('ER  -')).length, 1);
      }),
    );
  });
});
