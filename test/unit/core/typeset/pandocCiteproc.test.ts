import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CitableItem, StoredXml } from '../../../../src/core/reference.ts';
import { studies } from '../../../support/dataset.ts';
import { cslStyle, typesetByPandoc, typesetByUs, type Typeset } from '../../../support/pandocCiteproc.ts';

const fixture = (name: string): string => readFileSync(path.join(__dirname, '../../../fixtures/citeproc', name), 'utf8');
const invented = JSON.parse(fixture('works.json')) as readonly CitableItem[];
const works: readonly CitableItem[] = [...studies.map(({ id, csl }) => ({ ...csl, id })), ...invented];

const styles = {
  APA: 'apa',
  AMA: 'american-medical-association',
  Vancouver: 'vancouver',
  Nature: 'nature',
  'Chicago, notes': 'chicago-fullnote-bibliography-with-ibid',
  MLA: 'modern-language-association',
} as const;

type StyleName = keyof typeof styles;

/** Where Pandoc prints one text and we print another, and why that is left so. */
interface Disagreement {
  readonly why: string;
  /** All where none are named. */
  readonly in?: readonly StyleName[];
  readonly pandoc: RegExp;
  /** What we print in its place; `title` is that of the work, as the source prints it, where the line is a reference. */
  readonly ours: string | ((found: string, title: string) => string);
}

/** The names that follow the last one given, of works that are told apart by them. */
const more: Readonly<Record<string, string>> = { Nunes: 'C. L. Hart, M. C. Hu', Hart: 'F. R. Levin, E. V. Nunes', Medlicott: 'S. Harland', Neehoff: 'A. Sabadel' };

const disagreements: readonly Disagreement[] = [
  {
    why: 'An unknown key in a sentence: Pandoc sets it in the brackets of a citation, or raises it; with us it stands in the sentence.',
    pandoc: /(?<= @nobody1: )(?:\(<strong>nobody1\?<\/strong>\)|<strong><sup>nobody1\?<\/sup><\/strong>)/,
    ours: '<strong>nobody1?</strong>',
  },
  {
    why: 'An unknown key before a known one: we print those that are known first.',
    in: ['MLA'],
    pandoc: /\(<strong>nobody1\?<\/strong>; Feder et al\.\)/,
    ours: '(Feder et al.; <strong>nobody1?</strong>)',
  },
  {
    why: 'The same in notes; we see that the known work is the one cited just before.',
    in: ['Chicago, notes'],
    pandoc: /\| <strong>nobody1\?<\/strong>; Feder et al\., “[^”]*”/,
    ours: '| Ibid.; <strong>nobody1?</strong>',
  },
  {
    why: 'Empty braces say that there is no locator; this Pandoc prints the label of an empty one.',
    in: ['APA', 'AMA'],
    pandoc: /(?:, p\.|\(p\)), 99 years later/,
    ours: ', 99 years later',
  },
  {
    why: 'The same in notes: behind a cite with a locator, one without is no ibid.',
    in: ['Chicago, notes'],
    pandoc: /Ibid\., 99 years later/,
    ours: 'Feder et al., “A Randomized Controlled Trial of Repeated Ketamine Administration for Chronic Posttraumatic Stress Disorder,” 99 years later',
  },
  {
    why: 'citeproc-js takes for several pages only what holds several numbers; CSL does not say which is meant.',
    in: ['APA', 'AMA'],
    pandoc: /pp(\.?[ \u00a0]?)A, 5/,
    ours: 'p$1A, 5',
  },
  {
    why: '`A-1` is the name of one page, as appendices have them.',
    in: ['APA', 'AMA', 'Chicago, notes', 'MLA'],
    pandoc: /(?:pp(?:\.\s?)?)?A[–-]1/,
    ours: found => found.replace('pp', 'p').replace('–', '-'),
  },
  {
    why: 'Of works by the same author Pandoc sets the cite with a locator apart by a semicolon; the style has a comma.',
    in: ['APA'],
    pandoc: /2019; 2021a; 2021b, p\. 3/,
    ours: '2019, 2021a, 2021b, p. 3',
  },
  {
    why: 'In a citation APA wants the order of the list, by all authors; Pandoc sorts those of two and more by the first author alone.',
    in: ['APA'],
    pandoc: /\(((?:Wilkinson, Wright|Zanos, Thompson), et al\., \d+); ((?:Wilkinson, Toprak|Zanos, Moaddel), et al\., \d+)/,
    ours: '($2; $1',
  },
  {
    why: 'A comma with nothing before it.',
    in: ['MLA'],
    pandoc: /\(, see also/,
    ours: '(see also',
  },
  {
    why: 'Quotation marks that a title brings: Pandoc sets them as the style quotes; we leave a title as the source prints it.',
    in: ['APA', 'AMA', 'Vancouver'],
    pandoc: /“more words”/,
    ours: '‘more words’',
  },
  {
    why: 'The same in British English.',
    in: ['Nature'],
    pandoc: /‘[^‘’]+’/g,
    ours: (found, title) => (title.includes(`“${found.slice(1, -1)}”`) ? `“${found.slice(1, -1)}”` : found),
  },
  {
    why: 'Where initials have no points, Jr has none: so do AMA and Vancouver.',
    in: ['AMA', 'Vancouver'],
    pandoc: /(?<=\p{Lu} )Jr\.(?=,)/gu,
    ours: 'Jr',
  },
  {
    why: 'The style says initialize-with-hyphen="false".',
    in: ['AMA', 'Vancouver'],
    pandoc: /(?<=\p{Ll} )\p{Lu}-\p{Lu}(?=[,.])/gu,
    ours: found => found.replace('-', ''),
  },
  {
    why: '`F1000 Faculty Rev-1711` is the name of one page.',
    pandoc: /(pp\. )?F1000 Faculty Rev–1711/,
    ours: found => found.replace('pp.', 'p.').replace('–', '-'),
  },
  {
    why: 'Pandoc shortens 1–17 to 1–7, which names another page.',
    in: ['Vancouver'],
    pandoc: /(?<=(?:@kolp2007|@xu2016|@whittaker2021) .*:1–)(\d)\./,
    ours: '1$1.',
  },
  {
    why: '`vs` stays small, as Chicago and MLA have it.',
    in: ['Chicago, notes', 'MLA'],
    pandoc: /(?<= )Vs\b/g,
    ours: 'vs',
  },
  {
    why: 'Chicago and MLA have capitals in `Follow-Up`.',
    in: ['Chicago, notes', 'MLA'],
    pandoc: /Two-Year Follow-up/,
    ours: 'Two-Year Follow-Up',
  },
  {
    why: 'Pandoc takes the first letter of a name in chemistry for a word.',
    in: ['Chicago, notes', 'MLA'],
    pandoc: /\(2r,6R\)/,
    ours: '(2R,6R)',
  },
  {
    why: 'Where works share a surname citeproc-js never takes a name back: what the works compared first needed, those after them get too. The names are theirs; Pandoc needs fewer.',
    in: ['MLA'],
    pandoc: /Dakwar, E\., (?:E\. V\. Nunes|C\. L\. Hart)(?=, et al\.)|Glue, P\., (?:N\. J\. Medlicott|S\. Neehoff)(?=, et al\.)/,
    ours: found => `${found}, ${more[found.slice(found.lastIndexOf(' ') + 1)]}`,
  },
];

/** Pandoc's line with our words where we are known to disagree, which is noted. */
function asOurs(line: string, style: StyleName, occurred: Set<Disagreement>): string {
  const title = works.find(({ id }) => line.startsWith(`@${id} `))?.title ?? '';
  return disagreements.reduce((now, each) => {
    const { ours } = each;
    const replaced = (): string => (typeof ours === 'string' ? now.replace(each.pandoc, ours) : now.replace(each.pandoc, found => ours(found, title)));
    const changed = each.in === undefined || each.in.includes(style) ? replaced() : now;
    if (changed !== now) {
      occurred.add(each);
    }
    return changed;
  }, line);
}

function linesOf({ citations, references }: Typeset): string[] {
  const cited = citations.map(({ written, text, note }, index) => `${index} ${written}: ${text}${note === undefined ? '' : ` | ${note}`}`);
  const listed = [...references].map(([key, text]) => `@${key} ${text}`);
  return [...cited, ...listed.sort()];
}

/** The first authors in the list's order. */
function familiesOf({ references }: Typeset): string[] {
  return [...references.keys()].map(key => {
    const first = works.find(({ id }) => id === key)!.author?.[0];
    return first?.family ?? first?.literal ?? key;
  });
}

describe('Citations and references, compared with pandoc --citeproc', function () {
  this.timeout(240_000);

  const occurred = new Set<Disagreement>();
  let compared = 0;
  const every = `---\nnocite: |\n  ${studies.map(({ id }) => `@${id}`).join(', ')}\n---\n\nWater.\n`;
  const csl = new Map<StyleName, StoredXml>();
  before(() => (Object.keys(styles) as StyleName[]).forEach(name => csl.set(name, cslStyle(styles[name]))));

  for (const style of Object.keys(styles) as StyleName[]) {
    for (const [what, text] of [['every form of citation', fixture('forms.md')], ['every study', every]] as const) {
      it(`${style}: ${what}`, async () => {
        const pandoc = typesetByPandoc(text, csl.get(style)!, works);
        const ours = await typesetByUs(text, csl.get(style)!, works);
        compared += 1;
        const expected = linesOf(pandoc).map(line => asOurs(line, style, occurred));
        const printed = linesOf(ours);
        assert.equal(printed.length, expected.length);
        assert.deepEqual(printed.filter((line, index) => line !== expected[index]), expected.filter((line, index) => line !== printed[index]));
        assert.deepEqual(familiesOf(ours), familiesOf(pandoc));
      });
    }
  }

  it('disagrees still wherever its list says so', function () {
    if (compared < 2 * Object.keys(styles).length) {
      // Others were left out of this run.
      this.skip();
    }
    assert.deepEqual(disagreements.filter(each => !occurred.has(each)).map(({ why }) => why), []);
  });
});
