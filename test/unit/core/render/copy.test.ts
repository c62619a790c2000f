import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { readStyle, type CitableItem } from '../../../../src/core/cslEngine.ts';
import { commonMarkdown } from '../../../../src/core/cslMarkup.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { renderCopy, type RenderedCopy } from '../../../../src/core/render/copy.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../../../src/core/typeset/typesetter.ts';
import { bundledStyle, item, localeFor } from '../../../support/styles.ts';

const keys = ['feder2021', 'li2010', 'berman2000'];
const itemOf = (key: string): CitableItem | undefined => (keys.includes(key) ? item(key) : undefined);

/** The smallest style of notes that tells a work, where in it, and that it was the one before. */
const notes = `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>Notes</title><id>notes</id><category citation-format="note"/><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="." delimiter="; "><choose><if position="ibid"><text value="Ibid" font-style="italic"/></if><else><names variable="author"><name form="short" and="text" et-al-min="3" et-al-use-first="1"/></names><date variable="issued" prefix=" "><date-part name="year"/></date></else></choose><text variable="locator" prefix=", "/></layout></citation>
<bibliography><layout suffix="."><names variable="author"><name form="short" et-al-min="3" et-al-use-first="1"/></names></layout></bibliography></style>`;

const typesetters = new Map<string, Promise<Typesetter>>();

async function rendered(text: string, style = 'apa', uncited: readonly CitableItem[] = []): Promise<RenderedCopy> {
  const made = typesetters.get(style) ?? readStyle(style === 'notes' ? notes : bundledStyle(style), 'en-US', localeFor).then(read => new Typesetter(read));
  typesetters.set(style, made);
  const reading = readManuscript(text);
  const cited = citationsToPrint(reading, itemOf);
  return renderCopy(reading, cited, (await made).print(cited, uncited), 'References');
}

const copyOf = async (text: string, style?: string): Promise<string> => (await rendered(text, style)).text;
/** Without the bibliography at the end. */
const bodyOf = async (text: string, style?: string): Promise<string> => (await copyOf(text, style)).replace(/\n\n# References\n[^]*?(?=\n\n\[\^|\n$)/, '');

describe('A rendered copy', function () {
  this.timeout(60_000);

  for (const [metadata, expected, style] of [
    ['title: A title\nabstract: |\n  As [@feder2021, p. 195]\n  has shown.\ncsl: apa\n', 'title: A title\nabstract: |\n  As (Feder et al., 2021, p. 195)\n  has shown.\n'],
    ['title: "As \\"it\\" says [@feder2021, \\"x\\"]"\n', 'title: "As \\"it\\" says (Feder et al., 2021, “x”)"\n'],
    ["nocite: '@li2010'\ntitle: 'It''s @feder2021'\nbibliography:\n- a.bib\nx: y\n", "title: 'It''s Feder et al. (2021)'\nx: y\n"],
    ['title: See @feder2021\n', 'title: See Feder et al. (2021)\n'],
    ['title: See [see\\: @feder2021]\n', 'title: See [see\\: @feder2021]\n'],
    ['title: See [@feder2021]\n', 'title: See (Feder et al. 2021)\n', 'notes'],
    ['keywords: [as @feder2021, "in @li2010"]\n', 'keywords: [as Feder et al. (2021), "in Li et al. (2010)"]\n'],
  ] as const) {
    it(`prints citations in metadata: ${JSON.stringify(metadata)}`, async () => {
      const copy = await copyOf(`---\n${metadata}---\n\nText.\n`, style);
      assert.equal(copy.slice(4, copy.indexOf('---\n', 4)), expected);
    });
  }
  for (const [text, expected] of [
    ['As [see @feder2021, p. 195] and @li2010 say.\n', 'As (see Feder et al., 2021, p. 195) and Li et al. (2010) say.\n'],
    ['`[@li2010]` <!-- [@li2010] --> $[@li2010]$ [@feder2021]\n', '`[@li2010]` <!-- [@li2010] --> $[@li2010]$ (Feder et al., 2021)\n'],
    ['> - [@feder2021;\n>   @li2010]\n', '> - (Feder et al., 2021; Li et al., 2010)\n'],
    ['| a |\n|---|\n| [@feder2021] |\n', '| a |\n|---|\n| (Feder et al., 2021) |\n'],
    ['[x][@feder2021]\n', '[x]\\(Feder et al., 2021)\n'],
    ['A[^1] [@li2010]\n\n[^1]: See @feder2021.\n', 'A[^1] (Li et al., 2010)\n\n[^1]: See Feder et al. (2021).\n'],
  ] as const) {
    it(`of ${JSON.stringify(text)}`, async () => assert.equal(await bodyOf(text), expected));
  }

  for (const [text, expected] of [
    ['Shown [@feder2021]. Then\n', 'Shown.<sup>1</sup> Then\n'],
    ['Shown [@feder2021], then\n', 'Shown,<sup>1</sup> then\n'],
    ['- [@feder2021]: then\n', '- <sup>1</sup>\\: then\n'],
    ['| a |\n|---|\n| [@feder2021] |\n', '| a |\n|---|\n| <sup>1</sup> |\n'],
  ] as const) {
    it(`sets raised numbers where Pandoc does: ${JSON.stringify(text)}`, async () => assert.equal(await bodyOf(text, 'nature'), expected));
  }

  for (const [text, expected] of [
    ['Shown [@feder2021]. And [@feder2021, p. 3].\n', 'Shown.[^1] And.[^2]\n\n[^1]: Feder et al. 2021.\n[^2]: *Ibid*, 3.\n'],
    ['As @li2010 says.[^1]\n\n[^1]: Mine, see [@feder2021].\n', 'As Li et al.[^2] says.[^1]\n\n[^1]: Mine, see (Feder et al. 2021).\n\n[^2]: 2010.\n'],
  ] as const) {
    it(`has the footnotes of a style of notes beside the writer’s: ${JSON.stringify(text)}`, async () => assert.equal(await bodyOf(text, 'notes'), expected));
  }

  it('leaves citations of unknown keys as they are written, whole, and tells the keys once', async () => {
    const { text, unknown, printed } = await rendered('A [@nobody1], [@feder2021; @nobody1] and @li2010.\n');
    assert.match(text, /^A \[@nobody1\], \[@feder2021; @nobody1\] and Li et al\. \(2010\)\.\n/);
    assert.deepEqual([unknown, printed], [['nobody1'], 1]);
  });
  it('takes from the metadata what tells Pandoc how to cite, and nothing else', async () => {
    const kept = await copyOf('---\ntitle: "A: b"\nbibliography:\n- a.bib\n# mine\nnocite: |\n  @x\n\n  @y\nlang: de\n---\n\n[@feder2021]\n');
    assert.ok(kept.startsWith('---\ntitle: "A: b"\n# mine\nlang: de\n---\n\n(Feder'), kept);
    assert.ok((await copyOf('---\nbibliography: a.bib\n---\n\n[@feder2021]\n')).startsWith('(Feder'));
    assert.ok((await copyOf('---\r\nbibliography: a.bib\r\nx: 1\r\n---\r\n\r\n[@feder2021]\r\n')).startsWith('---\r\nx: 1\r\n---\r\n\r\n(Feder'));
  });
  it('has the bibliography where the text says, else under its last heading, else under a new one', async () => {
    const at = async (text: string): Promise<string> => (await copyOf(text)).replace(/Feder, A\..*/, 'LIST');
    assert.equal(await at('[@feder2021]\n\n::: {#refs}\n:::\n\n# Appendix\n'), '(Feder et al., 2021)\n\nLIST\n\n# Appendix\n');
    assert.equal(await at('[@feder2021]\n\n<!-- bibliography:start -->\nold\n<!-- bibliography:end -->\n\nx\n'), '(Feder et al., 2021)\n\nLIST\n\nx\n');
    assert.equal(await at('[@feder2021]\n\n## Literatur {-}\n'), '(Feder et al., 2021)\n\n## Literatur {-}\n\nLIST\n');
    assert.equal(await at('# T\n\n## A\n\n[@feder2021]'), '# T\n\n## A\n\n(Feder et al., 2021)\n\n## References\n\nLIST\n');
    assert.equal(await at('# A\r\n\r\n[@feder2021]\r\n'), '# A\r\n\r\n(Feder et al., 2021)\r\n\r\n# References\r\n\r\nLIST\r\n');
    assert.equal(await at('Water.\n'), 'Water.\n');
  });
  it('lists what is not cited in the text', async () => {
    assert.match((await rendered('Water.\n', 'apa', [item('berman2000')])).text, /^Water\.\n\n# References\n\nBerman, R\. M\./);
  });
  it('changes nothing of a text without citations', () => {
    const piece = fc.constantFrom('Water ', '\n', '\n\n', '`', '[^1]', '[^1]: ', '> ', '- ', '\r\n', '<!-- bibliography:end -->', '---\ntitle: x\n---\n', '*', '$', '|');
    return fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async pieces => assert.equal(await copyOf(pieces.join('')), pieces.join(''))),
      { numRuns: 300 },
    );
  });
});

describe('commonMarkdown', () => {
  const md = new MarkdownIt({ html: true });
  for (const html of [
    'a <em>b c</em>, d', 'a<em>“b”</em>c', '<em>b.</em>c', '<strong>1</strong><em>2</em>', '<em>a <strong>b</strong> c</em>', '<em><strong>b</strong></em>', 'x<sup>2 3</sup> H<sub>2</sub>O',
    '<strong>a</strong>b<strong>c</strong>', 'a_b_ *c* [d](e) &lt;b&gt; `f` 5 &amp;amp; 6', '1. a', '# a', '“<em>a</em>”: <em>b</em>',
  ]) {
    it(`reads as ${html}`, () => assert.equal(md.renderInline(commonMarkdown(html)).replace(/&quot;/g, '"'), html));
  }
  it('writes small capitals plain', () => assert.equal(commonMarkdown('<span class="smallcaps">Author</span> 17'), 'Author 17'));
});
