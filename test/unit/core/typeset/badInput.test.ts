import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { readStyle, type CitableItem } from '../../../../src/core/cslEngine.ts';
import { commonMarkdown, type Formatted } from '../../../../src/core/cslMarkup.ts';
import { previewHtml } from '../../../../src/core/preview/html.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter, type PrintedDocument } from '../../../../src/core/typeset/typesetter.ts';
import { bundledStyle, cslFile, localeFor } from '../../../support/styles.ts';

const all = ['apa', 'ama', 'vancouver', 'nature', 'mla'];
const made = new Map<string, ReturnType<typeof readStyle>>();

/** A work as a bibliography may bring it, which no type describes. */
function work(fields: object): CitableItem {
  return { id: 'work', ...fields } as unknown as CitableItem;
}

async function print(style: string, item: CitableItem, text = '[@work, p. 3] @work'): Promise<PrintedDocument> {
  const read = made.get(style) ?? readStyle(bundledStyle(style), 'en-US', localeFor);
  made.set(style, read);
  return new Typesetter(await read).print(citationsToPrint(readManuscript(text), key => (key === 'work' ? item : undefined)));
}

function textsOf({ citations, bibliography }: PrintedDocument): Formatted[] {
  return [...citations.flatMap(({ text, note }) => (note ? [text, note] : [text])), ...bibliography.map(({ text }) => text)];
}

/** What of HTML is more than emphasis, raised letters and links to web addresses and places of the page. */
function foreignTags(html: string): string[] {
  const own = /^<\/?(?:em|strong|sup|sub|span|a|div|section|ol|li|p)(?: (?:class|id|title)="[^"<>]*"| href="(?:#|https?:)[^"<>]*")*>$/;
  return (html.match(/<[^>]*>?/g) ?? []).filter(tag => !own.test(tag));
}

describe('Printing what nobody should have written', function () {
  this.timeout(120_000);

  const lacking: Readonly<Record<string, object>> = {
    'nothing but a type': { type: 'article-journal' },
    'empty fields': { type: 'article-journal', title: '', author: [], issued: {} },
    'a type that CSL does not have': { type: 'nonsense', title: 'A title' },
    'a name and a date without parts': { type: 'book', title: 'A title', author: [{}], issued: { 'date-parts': [[]] } },
  };
  for (const [what, fields] of Object.entries(lacking)) {
    it(`leaves no message of the engine’s in the text: ${what}`, async () => {
      for (const style of all) {
        for (const { plain } of textsOf(await print(style, work(fields)))) {
          assert.doesNotMatch(plain, /NO_PRINTED_FORM|CSL STYLE ERROR|undefined|null|NaN/, style);
        }
      }
    });
  }

  it('prints a work of a thousand authors as the style says', async () => {
    const author = Array.from({ length: 1000 }, (_, index) => ({ family: `Author ${index + 1}`, given: 'Anna' }));
    const item = work({ type: 'article-journal', title: 'A title', author, issued: { 'date-parts': [[2020]] } });
    const { citations, bibliography } = await print('apa', item);
    assert.deepEqual(citations.map(({ text }) => text.plain), ['(Author 1 et al., 2020, p. 3)', 'Author 1 et al. (2020)']);
    assert.match(bibliography[0]!.text.plain, /Author 19, A\., … Author 1000, A\. \(2020\)/);
  });

  it('prints dates that are no day', async () => {
    const dates: readonly (readonly [object, string])[] = [
      [{ literal: 'n.d.' }, '(Author 1, n.d.)'],
      [{ raw: '1999/2001' }, '(Author 1, 1999–2001)'],
      [{ 'date-parts': [[1999], [2001]] }, '(Author 1, 1999–2001)'],
      [{ 'date-parts': [[-44]] }, '(Author 1, 44 B.C.E.)'],
      [{ 'date-parts': [['2020', '5']] }, '(Author 1, 2020)'],
    ];
    for (const [issued, expected] of dates) {
      const { citations } = await print('apa', work({ type: 'book', title: 'A title', author: [{ family: 'Author 1' }], issued }), '[@work]');
      assert.equal(citations[0]!.text.plain, expected);
    }
  });
  it('sets brackets around a range of years once', async () => {
    const { bibliography } = await print('nature', work({ type: 'book', title: 'A title', author: [{ family: 'Author 1' }], publisher: 'Publisher 1', issued: { 'date-parts': [[1999], [2001]] } }));
    assert.match(bibliography[0]!.text.plain, /\(Publisher 1, 1999–2001\)/);
  });
  it('prints names that are written from right to left letter for letter', async () => {
    const { citations } = await print('apa', work({ type: 'book', title: 'A title', author: [{ family: 'מחבר', given: 'א' }], issued: { 'date-parts': [[2020]] } }), '@work');
    assert.equal(citations[0]!.text.plain, 'מחבר (2020)');
  });

  const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)> [a link](javascript:alert(1)) <i onclick="alert(1)">words</i> "><svg onload=alert(1)> &lt;script&gt;';
  const attack = work({
    type: 'article-journal',
    title: hostile,
    author: [{ family: hostile, given: 'A' }],
    'container-title': hostile,
    DOI: '10.1000/"><script>alert(1)</script>',
    URL: 'javascript:alert(1)//"><img src=x onerror=alert(1)>',
    page: '1-"><script>',
    issued: { literal: hostile },
  });
  const attacking = '[<img src=x onerror=alert(1)> @work, p. <b onclick="alert(1)">3</b>, <script>alert(1)</script> words] @work. [@nobody1]';

  for (const style of all) {
    it(`lets no HTML through that a work or a manuscript brings: ${style}`, async () => {
      const markdown = new MarkdownIt({ html: true, linkify: true });
      const printed = await print(style, attack, attacking);
      assert.equal(printed.citations.length, 3);
      for (const { html, markdown: written } of textsOf(printed)) {
        assert.deepEqual(foreignTags(html), []);
        assert.deepEqual(foreignTags(markdown.render(written)), []);
        assert.deepEqual(foreignTags(markdown.render(commonMarkdown(html))), []);
      }
    });
    it(`lets none through in the preview: ${style}`, async () => {
      const cited = citationsToPrint(readManuscript(attacking), key => (key === 'work' ? attack : undefined));
      const html = previewHtml(cited, await print(style, attack, attacking), { unknown: 'no such citekey', back: 'Back to the text' });
      assert.deepEqual(foreignTags([...html.citations, html.list].join('\n')), []);
    });
  }
});

describe('Reading a style that is broken or hostile', function () {
  this.timeout(60_000);

  const styleOf = (macros: string, layout = '<text variable="title"/>'): string =>
    `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>A style</title></info>${macros}` +
    `<citation><layout>${layout}</layout></citation><bibliography><layout>${layout}</layout></bibliography></style>`;
  const doubling = Array.from({ length: 40 }, (_, index) => `<macro name="m${index}">${index === 39 ? '<text variable="title"/>' : `<text macro="m${index + 1}"/>`.repeat(2)}</macro>`);
  const chain = Array.from({ length: 30_000 }, (_, index) => `<macro name="m${index}"><text ${index === 29_999 ? 'variable="title"' : `macro="m${index + 1}"`}/></macro>`);
  const broken: Readonly<Record<string, readonly [text: string, fault: RegExp]>> = {
    'nothing': ['', /it is not a CSL style/],
    'a web page': ['<html><body>404</body></html>', /it is not a CSL style/],
    'half of one': [cslFile('apa').slice(0, 5000), /it is cut off/],
    'entities that multiply': [`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${styleOf('')}`, /entities of its own/],
    'an attribute that does not end': [styleOf('').replace('<layout>', '<layout prefix="(>'), /line 1 has a tag that can't be read/],
    'elements within each other, ten thousand deep': [styleOf('', '<group>'.repeat(10_000) + '</group>'.repeat(10_000)), /within 200 others/],
    'elements within each other, a million deep': [styleOf('', '<group>'.repeat(1_000_000) + '</group>'.repeat(1_000_000)), /more than 2 million characters/],
    'five megabytes': [styleOf(`<macro name="a"><text value="${'x'.repeat(5_000_000)}"/></macro>`), /more than 2 million characters/],
    'macros that double forty times': [styleOf(doubling.join(''), '<text macro="m0"/>'), /written out where they are called/],
    'comments without an end': [styleOf('').replace('<citation>', `${'<!--'.repeat(400_000)}<citation>`), /opens <!-- that nothing closes/],
    'sections without an end': [styleOf('').replace('<citation>', `${'<![CDATA['.repeat(200_000)}<citation>`), /opens <!\[CDATA\[ that nothing closes/],
    'instructions without an end': [styleOf('').replace('<citation>', `${'<?'.repeat(800_000)}<citation>`), /can't be read/],
  };
  for (const [what, [text, fault]] of Object.entries(broken)) {
    it(`says what is wrong with ${what}`, async () => {
      await assert.rejects(readStyle(text, 'en-US', localeFor), fault);
    });
  }
  it('says so of macros that call each other without end, at the latest when it prints', async () => {
    const loop = styleOf('<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>', '<text macro="a"/>');
    const style = await readStyle(loop, 'en-US', localeFor);
    const typesetter = new Typesetter(style);
    assert.throws(() => typesetter.print([{ cites: [{ key: 'work', item: work({ type: 'book', title: 'A title' }), mode: 'parenthetical', prefix: '', suffix: '' }] }]), /calls itself without end/);
  });
  it('says so of a chain of macros that is too long to follow', async () => {
    await assert.rejects(readStyle(styleOf(chain.join(''), '<text macro="m0"/>'), 'en-US', localeFor), /call each other without end|written out/);
  });
  it('still reads every style that is whole', async () => {
    for (const id of all) {
      await readStyle(cslFile(id), 'en-US', localeFor);
    }
  });
});
