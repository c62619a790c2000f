import assert from 'node:assert/strict';
import { citationFormat, expand } from '../../../../src/core/cslStyle.ts';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { printed, worksOf } from '../../../support/typeset.ts';

const works = worksOf(`references:
- {id: a, type: book, title: Work A, author: [{family: Author 1, given: John}], issued: 2000}
- {id: b, type: book, title: Work B, author: [{family: Author 2, given: Jane}], issued: 1990}`);

/** A style of one's own: `ibid` and the author, title and locator. */
function own(attributes: string, info = ''): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<style ${attributes} version="1.0" xmlns="http://purl.org/net/xbiblio/csl"><info><title>Own</title><id>own</id>${info}<updated>2025-07-19T00:00:00+00:00</updated></info>
<macro name="work"><group delimiter=", "><names variable="author"/><text variable="title"/><text variable="locator"/></group></macro>
<citation><layout delimiter="; "><choose><if match="any" position="ibid ibid-with-locator"><group delimiter=", "><text term="ibid"/><text variable="locator"/></group></if><else><text macro="work"/></else></choose></layout></citation></style>`;
}

const citations = async (style: Parameters<typeof printed>[0], text: string): Promise<readonly string[]> => (await printed(style, works, text)).citations;

describe('A style of notes', function () {
  this.timeout(60_000);

  it('is known by its class, whatever category it has', async () => {
    const notes = ['[John Author 1, Work A, 123]', '[ibid., 456]'].map(note => note.replace('[ibid', '[Ibid'));
    for (const info of ['', '<category citation-format="author-date"/>', '<category field="history"/>', '<category citation-format="note"/>']) {
      assert.deepEqual(await citations(own('class="note"', info), 'One [@a, p. 123]. Two [@a, p. 456].'), notes, info);
    }
  });
  it('is none where its class says so', async () => {
    for (const info of ['', '<category citation-format="note"/>']) {
      assert.deepEqual(await citations(own('class="in-text"', info), 'One [@a, p. 123].'), ['John Author 1, Work A, 123'], info);
    }
  });
});

describe('A style without a category', () => {
  it('is of numbers, of names and dates, or of names, by what it prints', () => {
    for (const [id, format] of [['ieee', 'numeric'], ['nature', 'numeric'], ['apa', 'author-date'], ['chicago-author-date', 'author-date'], ['modern-language-association', 'author'], ['din-1505-2-alphanumeric', 'label']] as const) {
      const style = cslStyle(id);
      const bare = { ...style, c: style.c!.filter(child => typeof child === 'string' || child.n !== 'info') };
      assert.equal(citationFormat(expand(bare)), format, id);
    }
  });
});
