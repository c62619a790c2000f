import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entriesOf, groupsOf, quoteOfAnnotation, type Annotation } from '../../../../src/core/quoteBank/annotations.ts';
import { longestExport, readAnnotations } from '../../../../src/core/quoteBank/zotero.ts';
import { finished } from '../../../../src/core/steps.ts';
import type { Entry } from '../../../../src/core/study.ts';

/** `key or label | text | locator | comment` */
function shown({ work, text, locator, comment }: Annotation): string {
  return [work.key ? `@${work.key}` : work.label, text, locator, comment].filter(each => each !== undefined).join(' | ');
}
function read(text: string): string[] {
  return readAnnotations(text).annotations.map(shown);
}

const select = 'zotero://select/library/items/ABCD1234';
const pdf = '([pdf](zotero://open-pdf/library/items/WXYZ9876?page=7&annotation=HIJK5432))';
const cited = `([Feder et al., 2021, p. 3](${select}))`;

describe('readAnnotations, of Markdown', () => {
  it('reads what Zotero exports of a note: words, locator, comment', () =>
    assert.deepEqual(
      read(`# Annotations\n(11/26/2026, 11:50:05 AM)\n\n“Some words” ${cited} ${pdf} A comment\n\n“More words” ${cited} ${pdf}\n`),
      ['Feder et al., 2021 | Some words | p. 3 | A comment', 'Feder et al., 2021 | More words | p. 3'],
    ));
  it('takes no page of the file for a locator', () =>
    assert.deepEqual(read(`“Some words” ([Feder et al., 2021](${select})) ${pdf}`), ['Feder et al., 2021 | Some words | ']));
  it('reads several on one line and keeps marks inside the words', () =>
    assert.deepEqual(read(`“Some “good” words” ${cited} ${pdf} One “comment” here “More words” ${cited} ${pdf}`), [
      'Feder et al., 2021 | Some “good” words | p. 3 | One “comment” here',
      'Feder et al., 2021 | More words | p. 3',
    ]));
  it('reads words that are themselves the link, in colour, in lists, and with straight marks', () =>
    assert.deepEqual(
      read(
        [
          `“[Some words](zotero://open-pdf/library/items/W?page=1)” ${cited}`,
          `[“More words”](zotero://open-pdf/library/items/W?page=1) ${cited}`,
          `<mark style="background: #ffd400">“Yellow words”</mark> ${cited} ${pdf}`,
          `- "Listed words" ${cited} ${pdf}\n  - My thought\n- "Others" ${cited}`,
        ].join('\n\n'),
      ),
      ['Some words | p. 3', 'More words | p. 3', 'Yellow words | p. 3', 'Listed words | p. 3 | My thought', 'Others | p. 3'].map(each => `Feder et al., 2021 | ${each}`),
    ));
  it('undoes what Markdown escapes', () =>
    assert.deepEqual(read(`“A \\*star\\* and \\[brackets\\]” ${cited}`), ['Feder et al., 2021 | A *star* and [brackets] | p. 3']));
  it('knows the citekey of Better BibTeX’s links and of Pandoc’s citations', () =>
    assert.deepEqual(
      read('“Some words” ([Feder et al., 2021, p. 3](zotero://select/items/@feder2021))\n\n“More words” [@dore2019, pp. 3-4] Mine\n\n“Words” [@dore2019]'),
      ['@feder2021 | Some words | p. 3', '@dore2019 | More words | pp. 3-4 | Mine', '@dore2019 | Words | '],
    ));
  it('reads citations without links', () =>
    assert.deepEqual(read('“Some words” (Feder et al., 2021, p. 3) Mine\n\nA note (2021, p. 3)'), ['Feder et al., 2021 | Some words | p. 3 | Mine']));
  it('counts pictures and notes, which are no quotes', () => {
    const { annotations, others } = readAnnotations(`![](attachments/A.png)\n${cited} ${pdf}\n\n“Some words” ${cited}`);
    assert.deepEqual([annotations.map(shown), others], [['Feder et al., 2021 | Some words | p. 3'], 1]);
  });
  it('takes a heading for a title only where it surely is one', () => {
    const other = '([Dore et al., 2019, p. 4](zotero://select/library/items/EFGH5678))';
    const titles = (text: string): unknown[] => readAnnotations(text).annotations.map(({ work }) => work.title);
    assert.deepEqual(titles(`# A Trial\n\n## Annotations\n\n“Words” ${cited}\n\n# A Study\n\n“Words” ${other}`), ['A Trial', 'A Study']);
    assert.deepEqual(titles(`# A Trial\n\n“Words” ${cited}\n\n“Words” ${other}`), [undefined, undefined]);
    assert.deepEqual(titles(`# Methods\n\n“Words” ${cited}\n\n# Results\n\n“Words” ${cited}`), [undefined, undefined]);
  });
});

describe('readAnnotations, of JSON', () => {
  const own = { annotationType: 'highlight', annotationText: 'Some words', annotationPageLabel: '3', annotationComment: 'Mine' };
  it('reads Zotero’s own', () => {
    const text = JSON.stringify([{ ...own, parentItem: 'PDF1' }, { annotationType: 'image', annotationPageLabel: '4' }]);
    assert.deepEqual(readAnnotations(text), {
      annotations: [{ work: { id: 'PDF1', label: 'PDF1' }, text: 'Some words', locator: 'p. 3', comment: 'Mine' }],
      others: 1,
    });
  });
  it('reads those of its web interface', () =>
    assert.deepEqual(read(JSON.stringify([{ key: 'X', data: { itemType: 'annotation', parentItem: 'PDF1', ...own } }])), ['PDF1 | Some words | p. 3 | Mine']));
  it('reads Better BibTeX’s, below the attachments of an item with its key', () => {
    const attachments = [{ itemType: 'attachment', title: 'Full Text PDF', annotations: [own, { ...own, annotationPageLabel: '' }] }];
    const text = JSON.stringify({ config: {}, items: [{ itemType: 'journalArticle', citationKey: 'feder2021', title: 'A Trial', attachments }] });
    assert.deepEqual(read(text), ['@feder2021 | Some words | p. 3 | Mine', '@feder2021 | Some words |  | Mine']);
    assert.deepEqual(readAnnotations(text).annotations[0]!.work, { id: 'feder2021', key: 'feder2021', label: 'A Trial', title: 'A Trial' });
  });
  it('says where it can’t be read', () => {
    assert.match(readAnnotations('[{ "annotationText": ').fault!, /no sound JSON/);
    assert.match(readAnnotations(' '.repeat(longestExport + 1)).fault!, /longer than/);
  });
  it('is not confused by names that every object has, nor by depth', () => {
    assert.deepEqual(read('{ "__proto__": { "citationKey": "evil" }, "constructor": [{ "annotationText": "Words" }] }'), [' | Words | ']);
    assert.deepEqual(read(`${'['.repeat(5000)}${']'.repeat(5000)}`), []);
  });
});

describe('readAnnotations', () => {
  it('never throws, and takes no more time for noise than for words', () => {
    const piece = fc.constantFrom('“', '”', '"', '([a, p. 3](zotero://select/x))', '[@a, p. 3]', '\n', '\n\n', '# ', 'word ', '[', '](zotero://open-pdf/x)', '(', ')', '{', '- ');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), pieces => void read(pieces.join(''))), { numRuns: 2000 });
    for (const noise of ['“', '"', '([', '[@a, ', '“”', '(1', '\n"', '# ', '\r\n \r\n']) {
      // Quadratic work would run into the test's timeout.
      read(noise.repeat(100_000));
    }
  });
});

describe('groupsOf and entriesOf', () => {
  const entry = (id: string, title: string): Entry => ({ id, csl: { type: 'book', title, author: [] }, quotes: [], notices: [] });
  const entries = [entry('a1', 'A <i>Trial</i>: Results'), entry('b1', 'Twice'), entry('c1', 'twice')];
  const library = { entries, get: (key: string) => entries.find(({ id }) => id === key) };
  const work = { id: 'x', label: 'x' };
  it('put the annotations of one work together', () => {
    const { annotations } = readAnnotations(`“A” ${cited}\n\n“B” [@dore2019]\n\n“C” ${cited}`);
    assert.deepEqual(groupsOf(annotations).map(group => group.annotations.map(({ text }) => text)), [['A', 'C'], ['B']]);
  });
  it('know an entry by its key or its whole title, and by nothing less', () => {
    const works = [{ key: 'b1' }, { title: 'A trial – results' }, { key: 'other', title: 'A trial' }, { title: 'Twice' }, {}];
    const found = finished(entriesOf(works.map(each => ({ ...work, ...each })), library));
    assert.deepEqual(found.map(each => each?.id), ['b1', 'a1', undefined, undefined, undefined]);
  });
  it('make quotes of annotations, word for word', () =>
    assert.deepEqual(quoteOfAnnotation({ work, text: '“A treat-\nment” and “others” (p. 3)', locator: '', comment: 'Mine' }, 'a1', '2026-11-26'), {
      key: 'a1', text: '“A treat-ment” and “others” (p. 3)', locator: '', note: 'Mine', added: '2026-11-26',
    }));
});
