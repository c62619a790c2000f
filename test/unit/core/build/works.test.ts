import assert from 'node:assert/strict';
import { isForPandoc, keysToFind, listsAll } from '../../../../src/core/build/works.ts';
import { readMetadata } from '../../../../src/core/frontMatter.ts';
import { readManuscript } from '../../../../src/core/reading.ts';

async function keysOf(text: string, inherited: readonly string[] = []): Promise<string[]> {
  const reading = readManuscript(text);
  return [...keysToFind(reading, await readMetadata(text, reading.metadata), inherited)].sort();
}

describe('The works that Pandoc may look up', () => {
  it('are those cited, in the abstract too, and those listed', async () =>
    assert.deepEqual(await keysOf('---\nabstract: |\n  As [@li2010] says.\nnocite: "@dore2019"\n---\n\n[@feder2021; -@basso2020], `@code1`\n', ['wolfson2020']), [
      'basso2020', 'dore2019', 'feder2021', 'li2010', 'wolfson2020',
    ]));
  it('are all where the manuscript or its project says so', async () => {
    const text = '---\nnocite: "@*"\n---\n';
    const metadata = await readMetadata(text, readManuscript(text).metadata);
    assert.deepEqual([listsAll(metadata, []), listsAll({}, ['*']), listsAll({}, ['li2010'])], [true, true, false]);
  });
  it('are read by Pandoc itself of BibTeX and CSL, and handed on of all other files', () => {
    assert.ok(['a.bib', 'A.BIB', 'a.json', 'a.yaml', 'a.yml'].every(isForPandoc));
    assert.ok(!['a.ris', 'a.nbib', 'a.xml', 'bib'].some(isForPandoc));
  });
});
