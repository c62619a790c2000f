import assert from 'node:assert/strict';
import { nameAlso } from '../../../../src/core/export/nameAlso.ts';
import { readManuscript } from '../../../../src/core/reading.ts';

async function named(text: string, file = 'references.bib'): Promise<string | undefined> {
  const { metadata, frontMatter } = readManuscript(text);
  const edit = await nameAlso(text, metadata, frontMatter, file);
  return edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe('nameAlso', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['no metadata', 'Text.\n', '---\nbibliography: references.bib\n---\n\nText.\n'],
    ['an empty text', '', '---\nbibliography: references.bib\n---\n'],
    ['other metadata', '---\ntitle: x\n---\n\nText.\n', '---\ntitle: x\nbibliography: references.bib\n---\n\nText.\n'],
    ['one file', '---\nbibliography: mine.bib # old\ntitle: x\n---\n', '---\nbibliography: [mine.bib, references.bib] # old\ntitle: x\n---\n'],
    ['one file in quotation marks', '---\nbibliography: "my refs.bib"\n---\n', '---\nbibliography: ["my refs.bib", references.bib]\n---\n'],
    ['a list', '---\nbibliography:\n  - a.bib\n  - b.bib\ntitle: x\n---\n', '---\nbibliography:\n  - a.bib\n  - b.bib\n  - references.bib\ntitle: x\n---\n'],
    ['a list in brackets', '---\nbibliography: [a.bib, b.bib]\n---\n', '---\nbibliography: [a.bib, references.bib, b.bib]\n---\n'],
    ['the line ends of Windows', '---\r\nbibliography:\r\n- a.bib\r\n---\r\n', '---\r\nbibliography:\r\n- a.bib\r\n- references.bib\r\n---\r\n'],
  ];
  for (const [what, before, after] of cases) {
    it(`names a file beside ${what}`, async () => assert.equal(await named(before), after));
  }
  it('puts a name into quotation marks that YAML would take apart', async () =>
    assert.equal(await named('---\nbibliography: a.bib\n---\n', 'my: refs, 2.bib'), '---\nbibliography: [a.bib, "my: refs, 2.bib"]\n---\n'));
  it('leaves metadata alone that it can’t add to', async () => {
    assert.equal(await named('---\nbibliography: *alias\ntitle: [\n---\n'), undefined);
    assert.equal(await named('---\nformat:\n  pdf:\n    bibliography: a.bib\n---\n'), undefined);
  });
});
