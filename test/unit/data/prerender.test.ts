import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prerender } from '../../../data/prerender.ts';
import { writeStyles } from '../../../data/styles.ts';
import type { Printed } from '../../../src/core/forms.ts';
import { styles } from '../../../src/core/styles.ts';
import { studies, study } from '../../support/dataset.ts';
import { formatter, item, printedIn } from '../../support/styles.ts';

describe('prerender', function () {
  this.timeout(90_000);
  const dist = mkdtempSync(path.join(tmpdir(), 'prerender-'));
  const read = (style: string): Record<string, Printed> => JSON.parse(readFileSync(path.join(dist, 'references', `${style}.json`), 'utf8'));

  before(async () => {
    writeStyles(dist);
    assert.equal(await prerender(studies, dist), true);
  });
  after(() => rmSync(dist, { recursive: true }));

  for (const { id: style } of styles) {
    it(`prints in ${style} what the engine prints, with every study`, async () => {
      const own = await formatter(style);
      const references = await printedIn(style);
      const citing = own.citesByName ? own : await formatter('apa');
      // Where citations are another style's, two studies tell that they are the same.
      const cited = new Set((own.citesByName ? studies : [study('feder2021'), study('campolina2025')]).map(({ id }) => id));
      const files = read(style);
      assert.deepEqual(Object.entries(files).map(([id, { reference }]) => [id, reference]), studies.map(({ id }, index) => [id, references[index]!.markdown]));
      for (const id of cited) {
        const work = item(id);
        assert.deepEqual([files[id]!.parenthetical, files[id]!.inText], [citing.parenthetical(work).markdown, citing.inText(work).markdown]);
      }
    });
  }
  it('does nothing twice', async () => {
    const written = statSync(path.join(dist, 'references', 'apa.json')).mtimeMs;
    assert.equal(await prerender(studies, dist), false);
    assert.equal(statSync(path.join(dist, 'references', 'apa.json')).mtimeMs, written);
  });
  it('prints anew when a record has changed', async () => {
    assert.equal(await prerender(studies.slice(0, 1), dist), true);
    assert.deepEqual(Object.keys(read('apa')), [studies[0]!.id]);
  });
  it('prints anew when a style has changed', async () => {
    const file = path.join(dist, 'styles', 'bmj.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    assert.equal(await prerender(studies.slice(0, 1), dist), true);
  });
});
