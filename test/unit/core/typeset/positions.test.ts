import assert from 'node:assert/strict';
import { citationFormat, expand } from '../../../../src/core/cslStyle.ts';
import { readStyle } from '../../../../src/core/cslEngine.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../../../src/core/typeset/typesetter.ts';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { localeFor } from '../../../support/styles.ts';
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

describe('ibid.', function () {
  this.timeout(60_000);
  const notes = cslStyle('chicago-fullnote-bibliography-with-ibid');
  const names = cslStyle('sodertorns-hogskola-harvard-ibid');

  it('points at no footnote of the writer’s', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['One [@a].\n\nTwo.^[Water.]\n\nThree [@a].', '[Author 1, Work A.]'],
      ['One [@a]. Two.[^n] Three [@a].\n\n[^n]: Water.\n', '[Author 1, Work A.]'],
      // What is not defined is no footnote, nor is what nothing refers to.
      ['One [@a]. Two.[^n] Three [@a].', '[Ibid.]'],
      ['One [@a]. Three [@a].\n\n[^n]: Water.\n', '[Ibid.]'],
      ['Zero.^[Water.] One [@a]. Three [@a].', '[Ibid.]'],
      // A footnote that cites the work itself does not part the two.
      ['One [@a]. Two.^[See [@a].] Three [@a].', '[Ibid.]'],
      ['One [@a]. Two.[^n] Three [@a].\n\n[^n]: See [@a].\n', '[Ibid.]'],
      ['One.^[@a] Two.^[Water.] Three.^[@a]', 'Author 1, Work A'],
      ['One [@a].^[Water.]\n\n> Three [@a, p. 3].', '[Author 1, Work A, 3.]'],
    ];
    for (const [text, last] of cases) {
      assert.equal((await citations(notes, text)).at(-1)!.slice(0, last.length), last, text);
    }
  });
  it('follows only a citation of a single work, in styles of names too', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['[@b; @a] says. [@a, p. 3] says.', ['(Author 2 1990; Author 1 2000)', '(Author 1 2000, p. 3)']],
      ['[@a; @b] says. [@b] says. [@b, p. 3] says.', ['(Author 2 1990; Author 1 2000)', '(Author 2 1990)', '(ibid. p. 3)']],
      ['[@a] says. [@a, p. 3] says. [@a, p. 3] says. [@a] says.', ['(Author 1 2000)', '(ibid. p. 3)', '(ibid.)', '(Author 1 2000)']],
      ['@a says. @a [p. 3] says.', ['Author 1 (2000)', 'Author 1 (ibid. p. 3)']],
      ['[@a] says.^[Water.] [@a] says.', ['(Author 1 2000)', '(Author 1 2000)']],
      ['[@a] says.^[See [@a, p. 4].] [@a, p. 5] says.', ['(Author 1 2000)', '(ibid. p. 4)', '(ibid. p. 5)']],
      // In one footnote.
      ['Says.^[See [@b; @a]. And [@a], and [@a, p. 3].]', ['(Author 2 1990; Author 1 2000)', '(Author 1 2000)', '(ibid. p. 3)']],
    ];
    for (const [text, expected] of cases) {
      assert.deepEqual(await citations(names, text), expected, text);
    }
    assert.deepEqual(
      (await citations(notes, 'See.^[See [@b; @a]. And [@a], and [@a, p. 3].]')).map(each => each.toLowerCase()),
      ['(jane author 2, work b, 1990; john author 1, work a, 2000)', '(author 1, work a)', '(ibid., 3)'],
    );
    assert.deepEqual((await citations(notes, 'One [@a]. Two [@a; @b]. Three [@b].')).at(-1), '[Author 2, Work B.]');
  });
  it('leaves room for the writer’s footnotes where a style prints the number of a note', async () => {
    assert.match((await citations(cslStyle('oscola'), 'One.^[Water.] Two [@a]. Three [@b]. Four [@a].')).at(-1)!, /^\[Author 1 \(n 2\)/);
    assert.match((await citations(cslStyle('oscola'), 'One. Two [@a]. Three [@b]. Four [@a].')).at(-1)!, /^\[Author 1 \(n 1\)/);
  });
  it('says after edits what it says of the whole at once', async () => {
    const texts = ['[@a]\n\n[@a]', '[@a]\n\nTwo.^[Water.]\n\n[@a]', '[@b; @a]\n\n[@a]\n\n[@a, p. 3]', '[@a]\n\n[@a]\n\n[@a, p. 3]', '[@a]\n\n[@a]^[Water.]\n\n[@a, p. 3]', '[@a]\n\n[@a]\n\n[@a, p. 3]', 'Water.^[Water.]\n\n[@a]\n\n[@a]\n\n[@a, p. 3]', '[@a]\n\n[@a]'];
    for (const xml of [notes, names, cslStyle('oscola')]) {
      const style = await readStyle(xml, 'en-US', localeFor);
      const kept = new Typesetter(style);
      for (const text of texts) {
        const cited = citationsToPrint(readManuscript(text), key => works.find(({ id }) => id === key));
        assert.deepEqual(kept.print(cited), new Typesetter(style).print(cited), text);
      }
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
