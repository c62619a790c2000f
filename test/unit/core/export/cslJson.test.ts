import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { toCslJson } from '../../../../src/core/export/cslJson.ts';
import type { CslItem } from '../../../../src/core/study.ts';
import { studies } from '../../../support/dataset.ts';
import { item } from '../../../support/styles.ts';

/** The items as Pandoc reads them. Pandoc is required: a test without it would prove nothing. */
function readByPandoc(json: string): (CslItem & { id: string })[] {
  return JSON.parse(execFileSync('pandoc', ['-f', 'csljson', '-t', 'csljson'], { input: json, encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** Pandoc sets apostrophes its own way, and protects capitals by a mark of its own. */
function comparable(text: string | undefined): string | undefined {
  return text?.normalize('NFC').replace(/<\/?span[^>]*>/g, '').replace(/[’']/g, "'").replace(/\s+/g, ' ');
}

describe('toCslJson', function () {
  this.timeout(20_000);
  it('is read back by Pandoc with every field of every study that Pandoc knows', () => {
    const read = new Map(readByPandoc(toCslJson(studies.map(({ id }) => item(id)))).map(each => [each.id, each]));
    assert.equal(read.size, studies.length);
    for (const { id, csl } of studies) {
      const back = read.get(id);
      assert.ok(back, id);
      for (const name of ['title', 'container-title', 'container-title-short', 'volume', 'issue', 'page', 'DOI', 'URL', 'PMID', 'PMCID', 'genre', 'type', 'language'] as const) {
        assert.equal(comparable(back[name]), comparable(csl[name]), `${id} ${name}`);
      }
      assert.deepEqual(back.issued?.['date-parts'], csl.issued?.['date-parts'], id);
      assert.deepEqual(back.author.map(name => name.literal ?? family(name)), csl.author.map(name => name.literal ?? family(name)), id);
    }
  });
  it('is the record itself', () => {
    const items = studies.map(({ id }) => item(id));
    assert.deepEqual(JSON.parse(toCslJson(items)), items);
    assert.match(toCslJson(items.slice(0, 1)), /^\[\n {2}\{\n {4}"id": "/);
  });
  it('is an empty list where there is nothing', () => assert.equal(toCslJson([]), '[]'));
});

/** Pandoc takes `van` in `van Velzen`, and `d'` in `d'Andrea`, for a particle of its own. */
function family(name: CslItem['author'][number] & { 'non-dropping-particle'?: string; 'dropping-particle'?: string }): string {
  return [name['dropping-particle'], name['non-dropping-particle'], name.family].filter(Boolean).join(' ').replace(/’/g, "'").replace(/(?<=') /g, '');
}
