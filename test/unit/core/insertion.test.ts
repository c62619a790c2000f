import assert from 'node:assert/strict';
import type { Cite, Form, Mode, Printed, Syntax } from '../../../src/core/forms.ts';
import { insertInto, type Request } from '../../../src/core/insertion.ts';
import { atCursor, withCursor } from '../../support/cursor.ts';
import { readManuscript } from '../../../src/core/reading.ts';

const printed: Printed = {
  reference: 'Author 17. (2021). A title. *Journal 3*. https://doi.org/10.1000/17',
  parenthetical: '(Author 17, 2021)',
  inText: 'Author 17 (2021)',
};
const feder: Cite = { key: 'feder2021', doi: '10.1000/17', printed };
const dore: Cite = { key: 'dore2019', printed: { reference: 'Author 18. (2019).', parenthetical: '(Author 18, 2019)', inText: 'Author 18 (2019)' } };
const short = 'Few studies have been published to date.';
const long = Array.from({ length: 40 }, (_, index) => `word${index + 1}`).join(' ');

interface Options {
  readonly form?: Form;
  readonly syntax?: Syntax;
  readonly mode?: Mode;
  readonly cites?: readonly Cite[];
  readonly words?: string;
}

/** The text after inserting at the bar, with the bar where the caret then is; or why nothing was inserted. */
function insert(marked: string, options: Options = {}): string {
  const { text, caret } = atCursor(marked);
  return apply(text, { start: caret, end: caret }, options);
}

/** The same where `@…` before the bar was typed to search. */
function complete(marked: string, options: Options = {}): string {
  const { text, caret } = atCursor(marked);
  return apply(text, { start: /-?@\{?[^@]*$/.exec(text.slice(0, caret))!.index, end: caret, typed: true }, options);
}

function apply(text: string, spot: Parameters<typeof insertInto>[1], options: Options): string {
  const request: Request = { form: 'citation', syntax: 'pandoc', mode: 'parenthetical', cites: [feder], marks: ['“', '”'], ...options };
  const result = insertInto(readManuscript(text), spot, request);
  if ('refused' in result) {
    return `refused: ${result.refused}`;
  }
  const { edit, further, caret } = result;
  const after = further ? text.slice(edit.end, further.start) + further.text + text.slice(further.end) : text.slice(edit.end);
  return withCursor(text.slice(0, edit.start) + edit.text + after, edit.start + caret);
}

describe('insertInto: citations', () => {
  it('writes brackets in prose', () => assert.equal(insert('As shown |.'), 'As shown [@feder2021]|.'));
  it('parts them from a word before', () => assert.equal(insert('shown|'), 'shown [@feder2021]|'));
  it('parts them from a word behind', () => assert.equal(insert('shown |here'), 'shown [@feder2021]| here'));
  it('adds no blank behind an opening bracket', () => assert.equal(insert('(|)'), '([@feder2021]|)'));
  it('writes several', () => assert.equal(insert('a |', { cites: [feder, dore] }), 'a [@feder2021; @dore2019]|'));
  it('writes in-text', () => assert.equal(insert('|', { mode: 'in-text' }), '@feder2021|'));
  it('writes in-text with a locator', () => assert.equal(insert('|', { mode: 'in-text', cites: [{ ...feder, locator: 'p. 3' }] }), '@feder2021 [p. 3]|'));
  it('writes a locator', () => assert.equal(insert('|', { cites: [{ ...feder, locator: 'p. 3' }] }), '[@feder2021, p. 3]|'));
  it('keeps a locator from ending the cite', () => assert.equal(insert('|', { cites: [{ ...feder, locator: 'a; @b' }] }), '[@feder2021, a, \\@b]|'));
});

describe('insertInto: a citation into a group', () => {
  it('follows the last', () => assert.equal(insert('[@dore2019|]'), '[@dore2019; @feder2021|]'));
  it('follows the locator', () => assert.equal(insert('[@dore2019|, p. 3]'), '[@dore2019, p. 3; @feder2021|]'));
  it('follows the cite around the caret', () => assert.equal(insert('[@do|re2019; @an2021]'), '[@dore2019; @feder2021|; @an2021]'));
  it('precedes the first', () => assert.equal(insert('[|@dore2019]'), '[@feder2021; |@dore2019]'));
  it('follows a cite with a prefix', () => assert.equal(insert('[see| @dore2019]'), '[see @dore2019; @feder2021|]'));
  it('stands behind a semicolon', () => assert.equal(insert('[@dore2019;|]'), '[@dore2019; @feder2021|]'));
  it('stands behind a semicolon and a blank', () => assert.equal(insert('[@dore2019; |]'), '[@dore2019; @feder2021|]'));
  it('goes behind a prefix', () => assert.equal(insert('[see |]'), '[see @feder2021|]'));
  it('goes behind a prefix without a blank', () => assert.equal(insert('[see|]'), '[see @feder2021|]'));
  it('fills empty brackets', () => assert.equal(insert('a []| b').includes('[@feder2021]'), true));
  it('never doubles the brackets', () => assert.equal(insert('a [|] b'), 'a [@feder2021]| b'));
  it('adds several', () => assert.equal(insert('[@an2021|]', { cites: [feder, dore] }), '[@an2021; @feder2021; @dore2019|]'));
  it('tells that the work is cited there', () => assert.equal(insert('[@feder2021|]'), 'refused: cited already'));
  it('adds only what is not cited there', () => assert.equal(insert('[@feder2021|]', { cites: [feder, dore] }), '[@feder2021; @dore2019|]'));
  it('is not misled by a longer key', () => assert.equal(insert('[@feder2021b|]'), '[@feder2021b; @feder2021|]'));
  it('keeps Pandoc’s syntax in Pandoc’s brackets', () => assert.equal(insert('[@dore2019|]', { syntax: 'link' }), '[@dore2019; @feder2021|]'));
});

describe('insertInto: what was typed', () => {
  it('becomes a citation', () => assert.equal(complete('As @ketmine ptsd| shows'), 'As [@feder2021]| shows'));
  it('fills the brackets it stands in', () => assert.equal(complete('As [@fed|] shows'), 'As [@feder2021|] shows'));
  it('adds no bracket to an open one but closes it', () => assert.equal(complete('As [@fed|'), 'As [@feder2021]|'));
  it('keeps the prefix', () => assert.equal(complete('[see @fed|]'), '[see @feder2021|]'));
  it('follows a semicolon', () => assert.equal(complete('[@dore2019; @fed|]'), '[@dore2019; @feder2021|]'));
  it('adds the semicolon that lacks', () => assert.equal(complete('[@dore2019 @fed|]'), '[@dore2019; @feder2021|]'));
  it('keeps the suppressed author', () => assert.equal(complete('[-@fed|]', { cites: [{ ...feder, suppressAuthor: true }] }), '[-@feder2021|]'));
  it('is in-text where asked', () => assert.equal(complete('As @fed| shows', { mode: 'in-text' }), 'As @feder2021| shows'));
  it('leaves a word after it alone', () => assert.equal(complete('@fed|word'), '[@feder2021]|word'));
});

describe('insertInto: quotes', () => {
  const quote = (marked: string, words: string, options: Options = {}): string =>
    insert(marked, { form: 'quote', words, cites: [{ ...feder, locator: 'Abstract' }], ...options });
  const typed = (marked: string, words: string): string =>
    complete(marked, { form: 'quote', words, cites: [{ ...feder, locator: 'Abstract' }] });

  it('stand inline under 40 words', () => assert.equal(quote('As said, |', short), `As said, “${short}” [@feder2021, Abstract]|`));
  it('stand as a block from 40', () => assert.equal(quote('|', long), `> ${long} [@feder2021, Abstract]|`));
  it('part the paragraph they come into', () =>
    assert.equal(quote('Before | after', long), `Before\n\n> ${long} [@feder2021, Abstract]|\n\nafter`));
  it('follow the paragraph they stand behind', () =>
    assert.equal(quote('Before|\n\nNext', long), `Before\n\n> ${long} [@feder2021, Abstract]|\n\nNext`));
  it('keep a blank line from the lines around', () =>
    assert.equal(quote('Before\n|\nafter', long), `Before\n\n> ${long} [@feder2021, Abstract]|\n\nafter`));
  it('need no marks in a block quote', () => assert.equal(quote('> |', short), `> ${short} [@feder2021, Abstract]|`));
  it('keep the marks inside a sentence of a block quote', () =>
    assert.equal(quote('> As said, |', short), `> As said, “${short}” [@feder2021, Abstract]|`));
  it('make a paragraph of a block quote', () =>
    assert.equal(quote('> Before |', long), `> Before\n>\n> ${long} [@feder2021, Abstract]|`));
  it('keep the depth of a block quote', () => assert.equal(quote('> > |', long), `> > ${long} [@feder2021, Abstract]|`));
  it('start a paragraph below another in the quote', () =>
    assert.equal(quote('> Before\n> |', short), `> Before\n> \n> ${short} [@feder2021, Abstract]|`));
  it('stand in a list item', () => assert.equal(quote('- |', long), `- > ${long} [@feder2021, Abstract]|`));
  it('stand below a list item’s text', () =>
    assert.equal(quote('- Item |', long), `- Item\n\n  > ${long} [@feder2021, Abstract]|`));
  it('stay inline in a table', () => assert.equal(quote('¦ | ¦', long), `| “${long}” [@feder2021, Abstract]| |`));
  it('stay inline in a heading', () => assert.equal(quote('# |', long), `# “${long}” [@feder2021, Abstract]|`));
  it('stand below the text of a note', () =>
    assert.equal(quote('[^1]: Note |', long), `[^1]: Note\n\n    > ${long} [@feder2021, Abstract]|`));
  it('go behind a citation, not into it', () =>
    assert.equal(quote('a [@dore2019|] b', short), `a [@dore2019] “${short}” [@feder2021, Abstract]| b`));
  it('take the place of what was typed', () => assert.equal(typed('> @quo|', short), `> ${short} [@feder2021, Abstract]|`));
  it('take the place of the brackets typed for them', () =>
    assert.equal(typed('a [@quo|] b', short), `a “${short}” [@feder2021, Abstract]| b`));
  it('show every letter', () =>
    assert.equal(quote('|', 'a*b_c_ [d] <e> `f`'), '“a\\*b_c\\_ \\[d\\] \\<e> \\`f\\`” [@feder2021, Abstract]|'));
});

describe('insertInto: findings and references', () => {
  const finding = 'Scores fell. Nothing else changed.';
  it('a finding has no quotation marks', () =>
    assert.equal(insert('|', { form: 'finding', words: finding }), 'Scores fell. Nothing else changed [@feder2021].|'));
  it('a reference is the style’s', () => assert.equal(insert('|', { form: 'reference' }), `${printed.reference}|`));
  it('several references stand apart', () =>
    assert.equal(insert('> |', { form: 'reference', cites: [feder, dore] }), `> ${printed.reference}\n>\n> Author 18. (2019).|`));
  it('a reference goes behind a citation', () =>
    assert.equal(insert('[@dore2019|]', { form: 'reference' }), `[@dore2019] ${printed.reference}|`));
});

describe('insertInto: other syntaxes', () => {
  it('formatted', () => assert.equal(insert('a |', { syntax: 'formatted' }), 'a (Author 17, 2021)|'));
  it('formatted, several', () =>
    assert.equal(insert('a |', { syntax: 'formatted', cites: [feder, dore] }), 'a (Author 17, 2021; Author 18, 2019)|'));
  it('formatted, in-text', () => assert.equal(insert('|', { syntax: 'formatted', mode: 'in-text' }), 'Author 17 (2021)|'));
  it('formatted, with a locator', () =>
    assert.equal(insert('|', { syntax: 'formatted', cites: [{ ...feder, locator: 'p. 3' }] }), '(Author 17, 2021, p. 3)|'));
  it('link', () => assert.equal(insert('|', { syntax: 'link' }), '([Author 17, 2021](https://doi.org/10.1000/17))|'));
  it('link, in-text', () => assert.equal(insert('|', { syntax: 'link', mode: 'in-text' }), '[Author 17 (2021)](https://doi.org/10.1000/17)|'));
  it('link of a work without a DOI', () => assert.equal(insert('|', { syntax: 'link', cites: [dore] }), '(Author 18, 2019)|'));
  it('footnote at the end', () =>
    assert.equal(insert('Shown|', { syntax: 'footnote' }), `Shown[^feder2021]|\n\n[^feder2021]: ${printed.reference}\n`));
  it('footnote before more text', () =>
    assert.equal(insert('Shown|.\n\nMore.\n', { syntax: 'footnote' }), `Shown[^feder2021]|.\n\nMore.\n\n[^feder2021]: ${printed.reference}\n`));
  it('footnotes stand together', () =>
    assert.equal(insert('a|.\n\n[^1]: b\n', { syntax: 'footnote' }), `a[^feder2021]|.\n\n[^1]: b\n[^feder2021]: ${printed.reference}\n`));
  it('a footnote that stands is used again', () => {
    const note = `\n\n[^feder2021]: ${printed.reference}\n`;
    assert.equal(insert(`a|.${note}`, { syntax: 'footnote' }), `a[^feder2021]|.${note}`);
  });
  it('a footnote that says something else is left alone', () =>
    assert.equal(
      insert('a|.\n\n[^feder2021]: Mine.\n', { syntax: 'footnote' }),
      `a[^feder2021-2]|.\n\n[^feder2021]: Mine.\n[^feder2021-2]: ${printed.reference}\n`,
    ));
  it('a footnote does not nest', () =>
    assert.equal(insert('[^1]: See |', { syntax: 'footnote' }), `[^1]: See ${printed.reference}|`));
  it('a footnote in-text names the authors', () =>
    assert.equal(insert('|.', { syntax: 'footnote', mode: 'in-text' }), `Author 17[^feder2021]|.\n\n[^feder2021]: ${printed.reference}\n`));
});

describe('insertInto: refusals', () => {
  for (const [marked, why] of [
    ['`a|b`', 'code'],
    ['```\n|\n```', 'code'],
    ['https://exam|ple.org', 'address'],
    ['$a|b$', 'math'],
    ['---\na: |\n---\n', 'front matter'],
    ['<!-- | -->', 'comment'],
  ] as const) {
    it(`nothing goes into ${why}`, () => assert.equal(insert(marked), `refused: ${why}`));
  }
});
