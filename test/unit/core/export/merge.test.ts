import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import { exportText, type ExportFormat } from '../../../../src/core/export/formats.ts';
import { merge, type Merged, type MergedWork } from '../../../../src/core/export/merge.ts';
import { ownershipOf } from '../../../../src/core/export/standing.ts';
import { item } from '../../../support/styles.ts';

const ours = (key: string, fields: object = {}): MergedWork => ({ item: { ...item(key), ...fields }, isOurs: true, study: { ...item(key), ...fields } });
const theirs = (key: string): MergedWork => ({ item: { ...item('dore2019'), id: key }, isOurs: false });

async function merged(text: string, format: BibliographyFormat, works: readonly MergedWork[]): Promise<Merged> {
  const result = await merge(text, format, works);
  assert.ok('text' in result, JSON.stringify(result));
  return result;
}

const files: readonly (readonly [ExportFormat, BibliographyFormat])[] = [
  ['bibtex', 'BibTeX'], ['biblatex', 'BibTeX'], ['csljson', 'CSL-JSON'], ['cslyaml', 'CSL-YAML'],
];

const comments: Readonly<Record<string, readonly [string, string]>> = {
  BibTeX: ['% mine, with @feder2021 in it\n@string{x = {y}}\n\n@book{mine2001,\n  title = {Mine},\n}\n\n', '\n% the end\n'],
  'CSL-YAML': ['# mine\n', '\n# the end\n'],
};

describe('merge', function () {
  this.timeout(30_000);
  for (const [name, format] of files) {
    describe(name, () => {
      const [before, after] = comments[format] ?? ['', ''];
      const file = async (works: readonly MergedWork[]): Promise<string> => `${before}${await exportText(works, name)}${after}`;

      it('writes anew what is ours and differs, and nothing else', async () => {
        const now = [ours('feder2021'), ours('zarate2006'), theirs('author17')];
        const was = [ours('feder2021', { volume: '99' }), ours('zarate2006'), theirs('author17')];
        const result = await merged(await file(was), format, now);
        assert.equal(result.text, await file(now));
        const { added, updated, current, left } = result;
        assert.deepEqual([added, updated, current, left], [[], ['feder2021'], ['zarate2006'], ['author17']]);
      });
      it('adds what is missing after the last entry, with our mark, and then has nothing left to do', async () => {
        const works = [ours('feder2021'), ours('zarate2006'), theirs('author17')];
        const result = await merged(await exportText(works.slice(0, 1), name), format, works);
        assert.equal(result.text, await exportText(works, name));
        assert.deepEqual(result.added, ['zarate2006', 'author17']);
        assert.equal((await merged(result.text, format, works)).text, result.text);
      });
      it('leaves an entry of ours that was changed by a word', async () => {
        const text = (await file([ours('feder2021', { volume: '99' })])).replace('repeated ketamine', 'my own ketamine');
        const result = await merged(text, format, [ours('feder2021')]);
        assert.deepEqual([result.text, result.left], [text, ['feder2021']]);
      });
      it('leaves an entry whose mark was taken away', async () => {
        const text = (await file([ours('feder2021', { volume: '99' })])).replace(/x-ketamine-citations/, 'x-mine').replace(/ketamineCitations/, 'mine');
        const result = await merged(text, format, [ours('feder2021')]);
        assert.deepEqual([result.text, result.left], [text, ['feder2021']]);
      });
      it('leaves what stands there twice', async () => {
        const text = await file([ours('feder2021', { volume: '99' }), ours('feder2021', { volume: '98' })]);
        assert.equal((await merged(text, format, [ours('feder2021')])).text, text);
      });
      it('knows ours with the line ends of Windows, and keeps these', async () => {
        const windows = (text: string): string => text.replaceAll('\n', '\r\n');
        const result = await merged(windows(await file([ours('feder2021', { volume: '99' })])), format, [ours('feder2021')]);
        assert.equal(result.text, windows(await file([ours('feder2021')])));
      });
      it('leaves what is no longer cited', async () => {
        const text = await file([ours('feder2021', { volume: '99' })]);
        assert.equal((await merged(text, format, [])).text, text);
      });
    });
  }
  it('keeps the indent that a program gave to entries of ours', async () => {
    const tabs = (await exportText([ours('feder2021', { volume: '99' })], 'bibtex')).replaceAll('  ', '\t');
    assert.equal((await merged(tabs, 'BibTeX', [ours('feder2021')])).text, (await exportText([ours('feder2021')], 'bibtex')).replaceAll('  ', '\t'));
    const json = JSON.stringify(JSON.parse(await exportText([ours('feder2021', { volume: '99' })], 'csljson')), undefined, '\t');
    assert.match((await merged(json, 'CSL-JSON', [ours('feder2021')])).text, /^\[\n\t\{\n\t\t"id": "feder2021",\n[\s\S]*\n\t\}\n\]$/);
    const line = JSON.stringify(JSON.parse(json));
    assert.doesNotMatch((await merged(line, 'CSL-JSON', [ours('feder2021')])).text, /\n/);
  });
  it('writes into BibLaTeX as BibLaTeX, and into BibTeX as BibTeX', async () => {
    assert.match((await merged('@article{mine,\n  journaltitle = {Mine},\n}\n', 'BibTeX', [ours('feder2021')])).text, /feder2021,[\s\S]*journaltitle = \{American/);
    assert.match((await merged('@article{mine,\n  journal = {Mine},\n}\n', 'BibTeX', [ours('feder2021')])).text, /feder2021,[\s\S]* journal = \{American/);
  });
  it('takes an entry with a comment for the writer’s own', async () => {
    const text = (await exportText([ours('feder2021', { volume: '99' })], 'cslyaml')).replace('volume: "99"', 'volume: "99"  # mine');
    assert.equal((await merged(text, 'CSL-YAML', [ours('feder2021')])).text, text);
  });
  it('adds to RIS, and changes nothing there', async () => {
    const text = await exportText([ours('feder2021', { volume: '99' })], 'ris');
    const result = await merged(text, 'RIS', [ours('feder2021'), ours('zarate2006')]);
    assert.deepEqual([result.added, result.left, result.text.startsWith(text.trimEnd())], [['zarate2006'], ['feder2021'], true]);
  });
  it('tells keys that BibTeX does not allow', async () => {
    const result = await merged('', 'BibTeX', [theirs('a{b'), ours('feder2021')]);
    assert.deepEqual([result.impossible, result.added], [['a{b'], ['feder2021']]);
  });
  it('tells keys for which Pandoc would refuse a BibTeX file, and writes them where it does not', async () => {
    const odd = ['a—b2006', 'O’Author2010', '10.1002/x<1450::AID>3', 'a|b', 'aé'.normalize('NFD'), 'a😀', 'a…b', 'a^b'];
    const result = await merged('', 'BibTeX', [...odd.map(theirs), theirs('ключ2010')]);
    assert.deepEqual([result.impossible, result.added], [odd, ['ключ2010']]);
    assert.deepEqual((await merged('[]', 'CSL-JSON', odd.map(theirs))).added, odd);
  });
  it('leaves a damaged file alone', async () => {
    assert.deepEqual(await merge('[{"id": "mine"', 'CSL-JSON', [ours('feder2021')]), { fault: 'damaged' });
    assert.deepEqual(await merge('@book{mine,\n  title = {Open', 'BibTeX', [ours('feder2021')]), { fault: 'damaged' });
  });
  it('takes any text without throwing, and loses nothing of it', async () => {
    const part = fc.constantFrom('@book{mine,\n  title = {M},\n}\n', '}', '{', '"', '[', ']', '- id: a\n', 'references:\n', '  x-ketamine-citations = {k1},\n', '"custom": {', '\n', '% a\n', '@', ',', 'é');
    for (const format of ['BibTeX', 'CSL-JSON', 'CSL-YAML', 'RIS'] as const) {
      for (const parts of fc.sample(fc.array(part, { maxLength: 8 }), { numRuns: 150, seed: 17 })) {
        const text = parts.join('');
        const result = await merge(text, format, [ours('feder2021')]);
        if ('text' in result) {
          const kept = result.text.length - text.length;
          const at = Array.from({ length: text.length + 1 }, (_, index) => index).find(index => result.text.slice(0, index) + result.text.slice(index + kept) === text);
          assert.notEqual(at, undefined, JSON.stringify([format, text, result.text]));
        }
      }
    }
  });
  it('stops between two entries', async () => {
    const stop = new Error('stopped');
    await assert.rejects(merge('', 'BibTeX', [ours('feder2021')], () => Promise.reject(stop)), stop);
  });
});

describe('ownershipOf', () => {
  it('is theirs for what is no entry at all', async () => {
    for (const text of ['', '{', '- custom: [', 'custom', '{"custom": 1}', '{"custom": {"ketamineCitations": 5}}', '@x{y, x-ketamine-citations = {}}']) {
      for (const format of ['BibTeX', 'CSL-JSON', 'CSL-YAML', 'RIS'] as const) {
        assert.notEqual(await ownershipOf(text, format), 'ours', `${format} ${text}`);
      }
    }
  });
});
