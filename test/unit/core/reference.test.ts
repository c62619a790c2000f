import assert from 'node:assert/strict';
import { createFormatter, type CitableItem } from '../../../src/core/reference.ts';
import { locales, styles } from '../../../src/core/styles.ts';
import { quotationMarks } from '../../../src/core/quotes.ts';
import { studies } from '../../support/dataset.ts';
import { bundledStyle, formatter, item, localeFor } from '../../support/styles.ts';

const reference = async (style: string, key: string, locale?: string): Promise<string> => (await formatter(style, locale)).reference(item(key)).markdown;

describe('createFormatter', function () {
  this.timeout(20_000);
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
  it('abbreviates in Harvard', async () => assert.match(await reference('harvard', 'feder2021'), /^Feder, A\. \*et al\.\* \(2021\) “A randomized/));
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
  it('cites by the author alone in MLA', async () => assert.deepEqual(await cites('mla', 'feder2021'), ['(Feder et al.)', 'Feder et al.']));
  it('knows which styles cite by name', async () => {
    const byName = [];
    for (const { id } of styles) {
      byName.push(...((await formatter(id)).citesByName ? [id] : []));
    }
    assert.deepEqual(byName, ['apa', 'chicago', 'harvard', 'mla']);
  });

  it('prints every study in every style, whole', async () => {
    for (const { id: style } of styles) {
      const made = await formatter(style);
      for (const { id } of studies) {
        const { markdown, plain, html } = made.reference(item(id));
        assert.match(plain, /^[\p{L}‘’'“]/u, `${style} ${id}`);
        assert.doesNotMatch(`${markdown}${plain}${html}`, /undefined|NaN|NO_PRINTED_FORM|\[object|\.\.(?!\.)|,,|<div|&#/, `${style} ${id}: ${plain}`);
        assert.ok(plain.includes(item(id).author[0]!.family!), `${style} ${id}`);
      }
    }
  });
  it('prints in every language', async () => {
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

describe('createFormatter with a style of one’s own', function () {
  this.timeout(20_000);
  const style = (bibliography: string, citation = '<citation><layout><text variable="title"/></layout></citation>'): string => `<?xml version="1.0" encoding="utf-8"?>
    <style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id><category citation-format="author-date"/></info>
    <macro name="loop"><text macro="loop"/></macro>${citation}<bibliography><layout>${bibliography}</layout></bibliography></style>`;
  const make = (xml: string): ReturnType<typeof createFormatter> => createFormatter(xml, 'en-US', localeFor);

  it('prints in it', async () =>
    assert.equal((await make(style('<text variable="DOI" prefix="doi "/>'))).reference(item('feder2021')).plain, 'doi 10.1176/appi.ajp.2020.20050596'));
  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['an empty file', '', /no <style> element/],
    ['a web page', '<!DOCTYPE html><html></html>', /no <style> element/],
    ['prose', 'My favourite style', /no <style> element/],
    ['a file cut off', style('<text variable="title"/>').slice(0, 300), /cut off/],
    ['entities of its own', style('').replace('<style', '<!DOCTYPE style [<!ENTITY a "b">]><style'), /entities/],
    ['a style without a citation', style('<text variable="title"/>', ''), /no <citation> element/],
    ['a style that points to another', style('', '<x/>').replace('</info>', '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/></info>'), /points to another style, http:\/\/www\.zotero\.org\/styles\/apa/],
    ['a macro that is missing', style('<text macro="absent"/>'), /absent/],
    ['a macro that calls itself', style('<text macro="loop"/>'), /without end|recurs|loop/i],
  ];
  for (const [what, xml, message] of broken) {
    it(`says in plain words that it can’t use ${what}`, async () => assert.rejects(make(xml), { message }));
  }
});

describe('quotationMarks', () => {
  it('are those of the CSL locales', () => {
    for (const { id } of locales) {
      const term = (name: string): string => {
        const terms = JSON.stringify(localeFor(id));
        return new RegExp(`\\{"n":"term","a":\\{"name":"${name}"\\},"c":\\["([^"]*)"\\]`).exec(terms)![1]!;
      };
      assert.deepEqual(quotationMarks(id), [term('open-quote'), term('close-quote')], id);
    }
  });
});
