import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFormatter, type CitableItem } from '../../../src/core/reference.ts';
import { locales, styles } from '../../../src/core/styles.ts';
import { readStyle } from '../../../src/core/cslEngine.ts';
import { Typesetter } from '../../../src/core/typeset/typesetter.ts';
import { quotationMarks } from '../../../src/core/quotes.ts';
import { studies } from '../../support/dataset.ts';
import { cslStyle } from '../../support/pandocCiteproc.ts';
import { readByPandoc, textOf, type PandocNode } from '../../support/pandoc.ts';
import { bundledStyle, cslFile, formatter, item, localeFor, printedIn } from '../../support/styles.ts';

const reference = async (style: string, key: string, locale?: string): Promise<string> => (await formatter(style, locale)).reference(item(key)).markdown;

describe('createFormatter', function () {
  this.timeout(60_000);
  const title = 'A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder';
  const goldens: readonly (readonly [string, string])[] = [
    ['apa', `Feder, A., Costi, S., Rutter, S. B., Collins, A. B., Govindarajulu, U., Jha, M. K., Horn, S. R., Kautz, M., Corniquel, M., Collins, K. A., Bevilacqua, L., Glasgow, A. M., Brallier, J., Pietrzak, R. H., Murrough, J. W., & Charney, D. S. (2021). ${title}. *American Journal of Psychiatry*, *178*(2), 193–202. https://doi.org/10.1176/appi.ajp.2020.20050596`],
    ['ama', `Feder A, Costi S, Rutter SB, et al. ${title}. *Am J Psychiatry*. 2021;178(2):193-202. doi:10.1176/appi.ajp.2020.20050596`],
    ['vancouver', `Feder A, Costi S, Rutter SB, Collins AB, Govindarajulu U, Jha MK, et al. ${title}. Am J Psychiatry \\[Internet\\]. 2021;178(2):193–202. Available from: https://doi.org/10.1176/appi.ajp.2020.20050596`],
    ['nature', `Feder, A. *et al.* ${title}. *Am J Psychiatry* **178**, 193–202 (2021).`],
    ['lancet', `Feder A, Costi S, Rutter SB, *et al.* ${title}. *Am J Psychiatry* 2021; **178**: 193–202.`],
    ['bmj', `Feder A, Costi S, Rutter SB, *et al.* ${title}. *Am J Psychiatry*. 2021;178:193–202. doi: 10.1176/appi.ajp.2020.20050596`],
    ['ieee', `A. Feder *et al.*, “${title},” *Am J Psychiatry*, vol. 178, no. 2, pp. 193–202, 2021, doi: 10.1176/appi.ajp.2020.20050596.`],
  ];
  for (const [style, text] of goldens) {
    it(`prints feder2021 in ${style}`, async () => assert.equal(await reference(style, 'feder2021'), text));
  }
  it('prints title case where the style wants it', async () => {
    assert.match(await reference('chicago', 'feder2021'), /^Feder, Adriana, .*, et al\. 2021\. “A Randomized Controlled Trial of Repeated Ketamine Administration/);
    assert.match(await reference('mla', 'feder2021'), /^Feder, Adriana, et al\. “A Randomized Controlled Trial.*” \*American Journal of Psychiatry\*, vol\. 178, no\. 2, 2021, pp\. 193–202/);
  });
  it('lets a British style keep its quotation marks in American English', async () =>
    assert.match(await reference('harvard', 'feder2021'), /^Feder, A\. \*et al\.\* \(2021\) ‘A randomized .* disorder’, \*American Journal of Psychiatry\*, 178\(2\), pp\. 193–202/));
  it('prints a British style in the language asked for', async () =>
    assert.match(await reference('harvard', 'feder2021', 'de-DE'), /^Feder, A\. .* \(2021\) „A randomized/));
  it('prints up to twenty authors in APA, then the first nineteen and the last', async () => {
    const text = await reference('apa', 'abdallah2022');
    const authors = item('abdallah2022').author;
    assert.ok(authors.length > 20);
    assert.ok(text.includes(`${authors[18]!.family}, `) && text.includes(`, … ${authors.at(-1)!.family}, `), text);
    assert.ok(!text.includes(`${authors[19]!.family}, `), text);
  });
  it('sets a suffix where the style wants it', async () => {
    assert.match(await reference('apa', 'zarate2006'), /^Zarate, C\. A\., Jr\., Singh, J\. B\., /);
    assert.match(await reference('ama', 'zarate2006'), /^Zarate CA Jr, Singh JB, Carlson PJ, et al\. /);
    assert.match(await reference('ieee', 'zarate2006'), /^C\. A\. Zarate Jr\. \*et al\.\*, /);
  });
  it('prints an article without pages, and one with a number in their place', async () => {
    assert.match(await reference('apa', 'liu2024a'), /\*Journal of Psychiatric Research\*, \*175\*\. https:\/\/doi\.org\/10\.1016\/j\.jpsychires\.2024\.05\.022$/);
    assert.match(await reference('apa', 'abbar2022'), /\*BMJ\*, \*376\*, e067194\. https:/);
    assert.match(await reference('ama', 'abbar2022'), /\*BMJ\*\. 2022;376:e067194\. doi:/);
  });
  it('sees a range of pages whose last one has a suffix', async () => {
    assert.match(await reference('apa', 'casarotto2021'), /\*184\*\(5\), 1299–1313\.e19\./);
    assert.match(await reference('ama', 'casarotto2021'), /;184\(5\):1299-1313\.e19\./);
  });
  it('sets no comma behind a question mark', async () => assert.match(await reference('ieee', 'andrade2017'), /at what frequency\?” \*J Clin Psychiatry\*, /));
  it('sets no comma behind the point that ends a title, in styles that have it within quotation marks', async () => {
    const titles = ['A title that ends in a point.', 'Vitamins etc.', 'Of a “thing.”', 'It ends <i>so.</i>', 'Does it?', 'A colon:', 'A comma,', 'An ellipsis...', 'No mark', 'Of R&D'];
    const works = titles.map((title, index): CitableItem => ({ ...item('feder2021'), id: `w${index}`, title }));
    const styles = [cslStyle('ieee'), cslStyle('chicago-fullnote-bibliography-with-ibid'), cslStyle('law-and-society-review')];
    for (const style of styles) {
      const made = new Typesetter(await readStyle(style, 'en-US', localeFor));
      const cites = works.map(work => ({ cites: [{ key: work.id, item: work, mode: 'parenthetical', prefix: '', suffix: '' } as const] }));
      const { citations, bibliography } = made.print(cites);
      const alone = await createFormatter(style, 'en-US', localeFor);
      const all = [...citations.flatMap(({ text, note }) => [text.plain, note?.plain ?? '']), ...bibliography.map(({ text }) => text.plain), ...works.map(work => alone.reference(work).plain)].join('\n');
      assert.doesNotMatch(all, /(?<!\.\.)[.?!:],[”’]|,\.[”’]/);
      for (const end of ['point.”', 'tc.”', 'hing.’”', 's?o.”', 't?.”|it\\?”', 'olon:”', 'omma,”', '\\.\\.\\.,?”', 'ark[.,]”', 'D[.,]”']) {
        assert.match(all, new RegExp(end, 'i'));
      }
    }
    assert.match((await createFormatter(cslStyle('ieee'), 'en-US', localeFor)).reference(works[0]!).plain, /“A title that ends in a point\.” Am J Psychiatry/);
    // In a sentence too, where a style cites by the title.
    const untitled = { ...works[0]!, author: [] };
    assert.doesNotMatch((await formatter('mla')).parenthetical(untitled).plain + (await formatter('apa')).inText(untitled).plain, /\.,/);
  });
  it('keeps a group among the authors', async () => assert.match(await reference('apa', 'phillips2020'), /Blier, P\., & CAN-BIND Investigator Team\. \(2020\)/));
  it('cites a preprint as one', async () => assert.match(await reference('apa', 'yermus2023'), /\\\[Preprint\\\]\. .*\*medRxiv\*/));

  const cites = async (style: string, key: string, locale?: string): Promise<readonly string[]> => {
    const made = await formatter(style, locale);
    return [made.parenthetical(item(key)).markdown, made.inText(item(key)).markdown];
  };
  it('cites three authors and more', async () => assert.deepEqual(await cites('apa', 'feder2021'), ['(Feder et al., 2021)', 'Feder et al. (2021)']));
  it('writes “and” out in a sentence', async () =>
    assert.deepEqual(await cites('apa', 'campolina2025'), ['(Campolina & de Oliveira, 2025)', 'Campolina and de Oliveira (2025)']));
  it('does so in the language of the text', async () =>
    assert.deepEqual(await cites('apa', 'campolina2025', 'de-DE'), ['(Campolina & de Oliveira, 2025)', 'Campolina und de Oliveira (2025)']));
  it('cites as Chicago and Harvard do', async () => {
    assert.deepEqual(await cites('chicago', 'campolina2025'), ['(Campolina and de Oliveira 2025)', 'Campolina and de Oliveira (2025)']);
    assert.deepEqual(await cites('harvard', 'feder2021'), ['(Feder *et al.*, 2021)', 'Feder *et al.* (2021)']);
    assert.deepEqual(await cites('harvard', 'andrade2017'), ['(Andrade, 2017)', 'Andrade (2017)']);
  });
  it('cites a group by its name', async () => {
    const made = await formatter('apa');
    const byGroup: CitableItem = { ...item('phillips2020'), author: item('phillips2020').author.filter(name => name.literal !== undefined) };
    assert.equal(made.parenthetical(byGroup).markdown, '(CAN-BIND Investigator Team, 2020)');
    assert.equal(made.inText(byGroup).markdown, 'CAN-BIND Investigator Team (2020)');
  });
  it('cites by the author alone in MLA', async () => assert.deepEqual(await cites('mla', 'feder2021'), ['(Feder et al.)', 'Feder et al.']));
  it('knows which styles cite by name', async () => {
    const byName = [];
    for (const { id } of styles) {
      byName.push(...((await formatter(id)).citesByName ? [id] : []));
    }
    assert.deepEqual(byName, ['apa', 'chicago', 'harvard', 'mla']);
  });

  for (const { id: style } of styles) {
    it(`prints every study in ${style}, whole, and in Markdown that Pandoc reads as the plain text`, async () => {
      const printed = await printedIn(style);
      printed.forEach(({ markdown, plain, html }, index) => {
        const { family, given } = studies[index]!.csl.author[0]!;
        assert.match(plain, /^[\p{L}‘’'“]/u);
        assert.doesNotMatch(`${markdown}${plain}${html}`, /undefined|NaN|NO_PRINTED_FORM|\[object|\.\.(?!\.)|,,|[?!],|[?!]\.(?!\.)|<div|&#/);
        // Chicago moves a particle behind the given names: `Rot, M. aan het`.
        const [, particles = '', rest] = /^((?:\p{Ll}+ )+)(.*)$/u.exec(family!) ?? [];
        assert.ok(plain.includes(family!) || (style === 'chicago' && particles && plain.startsWith(`${rest}, ${given} ${particles.trim()},`)), plain);
      });
      const read = readByPandoc(printed.map(({ markdown }) => markdown).join('\n\n'), 'markdown-smart');
      assert.deepEqual(read.map(textOf), printed.map(({ plain }) => plain));
    });
  }
  it('says the same in APA as Pandoc does from the same style', async () => {
    const printed = await printedIn('apa');
    const byPandoc = referencesByPandoc('apa');
    assert.equal(byPandoc.size, studies.length);
    const typographic = (text: string): string => text.replace(/[\u00a0\s]+/g, ' ').replace(/'/g, '’').trim();
    const differing = studies.filter(({ id }, index) => typographic(printed[index]!.plain) !== typographic(byPandoc.get(id) ?? ''));
    // Pandoc takes the hyphen of “F1000 Faculty Rev-1711” for a range of pages.
    assert.deepEqual(differing.map(({ id }) => id), ['jonkman2017']);
  });
  it('prints in every language', async function () {
    this.timeout(120_000);
    for (const { id: locale } of locales) {
      assert.match((await formatter('apa', locale)).reference(item('feder2021')).plain, /^Feder, A\.,/, locale);
    }
  });
  it('prints a work the same whatever was printed before', async () => {
    const made = await createFormatter(bundledStyle('apa'), 'en-US', localeFor);
    const before = made.reference(item('zanos2018')).plain;
    made.reference(item('zanos2018b'));
    made.parenthetical(item('zanos2018b'));
    assert.equal(made.reference(item('zanos2018')).plain, before);
    assert.doesNotMatch(made.parenthetical(item('zanos2018')).plain, /2018[ab]/);
  });
  it('escapes what Markdown or HTML would read as markup', async () => {
    const hostile: CitableItem = { ...item('feder2021'), title: 'A *b* <script>alert(1)</script> [c](d) @e $f$ & g' };
    const { markdown, html } = (await formatter('apa')).reference(hostile);
    assert.match(markdown, /A \\\*b\\\* .*\\\[c\\\]\(d\) \\@e \\\$f\\\$ & g/);
    assert.doesNotMatch(html, /<script/);
  });
});

/** The bibliography of the whole dataset as `pandoc --citeproc` prints it, by citekey. */
function referencesByPandoc(style: string): Map<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pandoc-'));
  writeFileSync(path.join(folder, 'style.csl'), cslFile(style));
  writeFileSync(path.join(folder, 'works.json'), JSON.stringify(studies.map(({ id }) => item(id))));
  const options = ['--citeproc', `--csl=${path.join(folder, 'style.csl')}`, `--bibliography=${path.join(folder, 'works.json')}`];
  const [bibliography] = readByPandoc('---\nnocite: "@*"\n---\n', 'markdown', options);
  rmSync(folder, { recursive: true });
  const entries = (bibliography?.c as [unknown, PandocNode[]])[1];
  return new Map(entries.map(entry => [(entry.c as [[string]])[0][0].replace(/^ref-/, ''), textOf(entry)]));
}

describe('createFormatter with a style of one’s own', function () {
  this.timeout(20_000);
  const style = (bibliography: string, citation = '<citation><layout><text variable="title"/></layout></citation>'): string => `<?xml version="1.0" encoding="utf-8"?>
    <style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id><category citation-format="author-date"/></info>
    <macro name="loop"><text macro="loop"/></macro>${citation}<bibliography><layout>${bibliography}</layout></bibliography></style>`;
  const make = (xml: string): ReturnType<typeof createFormatter> => createFormatter(xml, 'en-US', localeFor);

  it('prints in it', async () =>
    assert.equal((await make(style('<text variable="DOI" prefix="doi "/>'))).reference(item('feder2021')).plain, 'doi 10.1176/appi.ajp.2020.20050596'));
  it('reads a style with comments, a byte order mark and Windows line ends', async () => {
    const xml = `\uFEFF${style('<!-- a & b --><text variable="title"/>').replaceAll('\n', '\r\n')}\r\n<!-- end -->\r\n`;
    assert.equal((await make(xml)).reference(item('feder2021')).plain, item('feder2021').title);
  });
  it('leaves out the running number, wherever the style sets it', async () => {
    for (const number of ['<text variable="citation-number" suffix=". "/>', '<group prefix="[" suffix="] "><text variable="citation-number"/></group>', '<text macro="number" suffix=" "/>']) {
      const xml = style(`${number}<text variable="title"/>`).replace('<macro', '<macro name="number"><number variable="citation-number"/></macro><macro');
      assert.equal((await make(xml)).reference(item('feder2021')).plain, item('feder2021').title);
    }
  });
  it('prints the same from a style’s XML as from its bundled form', async () => {
    for (const { id } of styles) {
      const made = await make(cslFile(id));
      assert.deepEqual(made.reference(item('feder2021')), (await formatter(id)).reference(item('feder2021')), id);
    }
  });
  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['an empty file', '', /no <style> element/],
    ['a web page', '<!DOCTYPE html><html></html>', /no <style> element/],
    ['prose', 'My favourite style', /no <style> element/],
    ['a file cut off', style('<text variable="title"/>').slice(0, 300), /cut off/],
    ['entities of its own', style('').replace('<style', '<!DOCTYPE style [<!ENTITY a "b">]><style'), /entities/],
    ['a style without a citation', style('<text variable="title"/>', ''), /no <citation> element/],
    ['a style that points to another', style('', '<x/>').replace('</info>', '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/></info>'), /points to another style, http:\/\/www\.zotero\.org\/styles\/apa/],
    ['an element that is not closed', style('<group><text variable="title"/>'), /XML is broken: line \d+ closes <layout>, but <group> is open/],
    ['an attribute without quotes', style('<text variable=title/>'), /XML is broken: line \d+ has a tag that can't be read/],
    ['a bare &', style('<text value="a & b"/>'), /XML is broken: line \d+ has a tag that can't be read; .* & is written &amp;/],
    ['a page of another kind that holds a <style>', '<svg><style>a{}</style></svg>', /no <style> element/],
    ['an element that CSL does not have', style('<nonsense/>'), /nonsense/],
    ['a style that prints nothing', style(''), /prints nothing for an article/],
    ['a macro that is missing', style('<text macro="absent"/>'), /absent/],
    ['a macro that calls itself', style('<text macro="loop"/>'), /^its macro “loop” calls itself without end\.$/],
  ];
  for (const [what, xml, message] of broken) {
    it(`says in plain words that it can’t use ${what}`, async () => assert.rejects(make(xml), { message }));
  }
});

describe('quotationMarks', () => {
  it('are those of the CSL locales, where these are typographic and a pair', () => {
    // Straight ones; one of each; reversed; those of titles.
    const odd = ['ar', 'lv-LV', 'cs-CZ', 'pa-PK', 'zh-CN'];
    for (const { id } of locales.filter(each => !odd.includes(each.id))) {
      const term = (name: string): string => {
        const terms = JSON.stringify(localeFor(id));
        return new RegExp(`\\{"n":"term","a":\\{"name":"${name}"\\},"c":\\["([^"]*)"\\]`).exec(terms)![1]!;
      };
      assert.deepEqual(quotationMarks(id), [term('open-quote'), term('close-quote')], id);
    }
  });
});
