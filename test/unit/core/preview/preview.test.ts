import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { readStyle, type CitableItem } from '../../../../src/core/cslEngine.ts';
import { pendingHtml, previewHtml } from '../../../../src/core/preview/html.ts';
import { withPlaceholders } from '../../../../src/core/preview/placeholders.ts';
import { showCitations, type Printed } from '../../../../src/core/preview/plugin.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../../../src/core/typeset/typesetter.ts';
import { bundledStyle, item, localeFor } from '../../../support/styles.ts';

const hostile: CitableItem = {
  id: 'hostile1',
  type: 'article-journal',
  title: '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(2)>',
  author: [{ family: 'Author <b>17</b>' }],
  issued: { 'date-parts': [[2001]] },
};
const itemOf = (key: string): CitableItem | undefined =>
  key === 'hostile1' ? hostile : ['feder2021', 'li2010', 'berman2000'].includes(key) ? item(key) : undefined;
const words = { unknown: 'no such citekey', back: 'Back' };

/** Renders as VS Code’s preview does, in APA. */
async function preview(text: string): Promise<string> {
  const typesetter = new Typesetter(await readStyle(bundledStyle('apa'), 'en-US', localeFor));
  const md = new MarkdownIt({ html: true });
  const printed = (source: string): Printed => {
    const cited = citationsToPrint(readManuscript(source), itemOf);
    const html = previewHtml(cited, typesetter.print(cited), words);
    const inOrder = cited.map(({ start }, index) => ({ start, html: html.citations[index]! })).sort((a, b) => a.start - b.start);
    return { ...html, citations: inOrder.map(each => each.html) };
  };
  showCitations(
    md as unknown as Parameters<typeof showCitations>[0],
    source => {
      const reading = readManuscript(source);
      return { reading, citations: [...citationsToPrint(reading, () => undefined)].sort((a, b) => a.start - b.start) };
    },
    ({ reading }) => printed(reading.text),
  );
  return md.render(text);
}

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();

describe('The preview', function () {
  this.timeout(60_000);

  it('shows citations where they stand, and nothing of them in code', async () => {
    const html = await preview('# About @feder2021\n\nShown [@feder2021, p. 3], `[@feder2021]`.\n\n> As @li2010 [p. 960;\n> @berman2000] say.\n\n| a |\n|---|\n| [@li2010] |\n');
    const [text = ''] = plain(html).split('Berman, R. M.');
    assert.equal(text.trim(), 'About Feder et al. (2021) Shown (Feder et al., 2021, p. 3), [@feder2021]. As Li et al. (2010, p. 960; Berman et al., 2000) say. a (Li et al., 2010)');
    assert.match(html, /<blockquote>[^]*ketamine-citation[^]*<\/blockquote>/);
    assert.match(html, /<td><a class="ketamine-citation"/);
  });
  it('leads from a citation to its reference and back, with the reference in its title', async () => {
    const html = await preview('[@feder2021] [@feder2021, p. 3]\n');
    assert.match(html, /<a class="ketamine-citation" id="ketamine-cite-0" href="#ketamine-ref-feder2021" title="Feder, A\., [^"]*193–202\./);
    assert.match(html, /<div class="ketamine-reference" id="ketamine-ref-feder2021">Feder.*<a class="ketamine-back" href="#ketamine-cite-0" title="Back">↩<\/a><\/div>/);
  });
  it('sets the bibliography where Pandoc does: in the division, else at the end', async () => {
    const inDivision = await preview('[@feder2021]\n\n::: {#refs}\n:::\n\n# Appendix\n');
    assert.ok(inDivision.indexOf('ketamine-references') < inDivision.indexOf('Appendix'));
    assert.doesNotMatch(inDivision, /:::|<p>\s*<section/);
    const atEnd = await preview('[@feder2021]\n\n# References\n');
    assert.ok(atEnd.indexOf('<h1>References') < atEnd.indexOf('ketamine-references'));
    assert.doesNotMatch(await preview('Water.\n'), /ketamine/);
    assert.match(await preview('[@feder2021]\n\n```\n::: {#refs}\n:::\n```\n'), /<code>::: \{#refs\}/);
  });
  it('shows a bibliography that stands in the text as it stands there, and no other', async () => {
    const html = await preview('[@feder2021]\n\n<!-- bibliography:start -->\n\nFeder, as kept.\n\n<!-- bibliography:end -->\n');
    assert.match(html, /<p>Feder, as kept\.<\/p>/);
    assert.doesNotMatch(html, /ketamine-references/);
  });
  it('marks unknown keys', async () => {
    assert.match(await preview('[@nobody1]\n'), /class="ketamine-citation ketamine-unknown"[^>]*title="@nobody1: no such citekey">\(<strong>nobody1\?<\/strong>\)/);
  });
  it('executes nothing that stands in an entry or a key', async () => {
    const html = await preview('[@hostile1] @{x"onmouseover="alert(3)} [@feder2021, p. <script>alert(4)</script>]\n');
    const ours = html.match(/<[a-z][^>]*>/gi)!.filter(tag => !/^<(?:p|a|span|em|strong|sup|sub|div|section)\b/i.test(tag));
    assert.deepEqual(ours, []);
    assert.ok(html.match(/<[a-z][^>]*>/gi)!.every(tag => /^<\w+(?: (?:class|id|href|title)="[^"]*")*>$/.test(tag)), html);
  });
  it('shows what is written as long as the style is not at hand', () => {
    assert.equal(pendingHtml('[@a, <b>]'), '<span class="ketamine-citation ketamine-pending">[@a, &lt;b&gt;]</span>');
  });
  it('counts citations in metadata, and leaves the metadata as they are', () => {
    const text = '---\nabstract: As [@feder2021] has\n---\n\n[@li2010]\n';
    const reading = readManuscript(text);
    assert.equal(reading.citations.length, 2);
    assert.match(withPlaceholders(reading, reading.citations), /^---\nabstract: As \[@feder2021\] has\n---\n\n\uf8f01\uf8f1\n$/);
  });
  it('leaves every line where it is', () => {
    const piece = fc.constantFrom('[@feder2021]', '[@feder2021;\n> @li2010]', '@li2010 [p. 3;\n@feder2021]', '\n', '\n\n', '> ', '- ', 'Water ', '`', '[', ']', '::: {#refs}\n:::\n', '\r\n', '# ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const text = pieces.join('');
        const reading = readManuscript(text);
        const citations = [...citationsToPrint(reading, () => undefined)].sort((a, b) => a.start - b.start);
        const now = withPlaceholders(reading, citations);
        const lines = (each: string): number => each.split('\n').length;
        assert.equal(lines(now), lines(text));
      }),
      { numRuns: 2000 },
    );
  });
});
