import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { cslFileOf } from '../../../src/core/cslXml.ts';
import { readStyle } from '../../../src/core/cslEngine.ts';
import { formatterOf } from '../../../src/core/reference.ts';
import { anyStyle, catalogue } from '../../support/catalogue.ts';
import { item, localeFor } from '../../support/styles.ts';

const names = ['apa', 'lancet', 'elsevier-harvard', 'chicago-note-bibliography', 'springer-basic-author-date', 'the-american-journal-of-psychiatry'];

describe('A bundled style as a .csl file', () => {
  for (const name of names) {
    it(`${name} prints as it did`, async () => {
      const { id } = catalogue.placeOf(name)!;
      const file = cslFileOf(anyStyle(name), { id, title: catalogue.named(name)!.label });
      const [before, after] = await Promise.all([anyStyle(name), file].map(async style => formatterOf(await readStyle(style, 'en-US', localeFor))));
      for (const key of ['feder2021', 'dore2019', 'basso2020']) {
        assert.deepEqual(after!.reference(item(key)), before!.reference(item(key)));
      }
    });
    it(`${name} is read by pandoc`, () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'csl-'));
      try {
        const { id } = catalogue.placeOf(name)!;
        writeFileSync(path.join(folder, 'style.csl'), cslFileOf(anyStyle(name), { id, title: catalogue.named(name)!.label }));
        writeFileSync(path.join(folder, 'refs.json'), JSON.stringify([item('feder2021')]));
        const options = ['--citeproc', '--csl=style.csl', '--bibliography=refs.json', '-t', 'plain'];
        const out = execFileSync('pandoc', options, { cwd: folder, input: '[@feder2021]', encoding: 'utf8' });
        assert.match(out, /Feder/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
  it('writes what XML would take for markup as text', () => {
    const text = cslFileOf({ n: 'style', c: [{ n: 'info' }, { n: 'text', a: { value: '"<&>"' } }] }, { id: 'x', title: 'A & B <C>' });
    assert.match(text, /<title>A &amp; B &lt;C&gt;<\/title>/);
    assert.match(text, /value="&quot;&lt;&amp;&gt;&quot;"/);
  });
});
