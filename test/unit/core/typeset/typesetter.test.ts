import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readStyle, type CitableItem } from '../../../../src/core/cslEngine.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter, type PrintedDocument } from '../../../../src/core/typeset/typesetter.ts';
import { studies } from '../../../support/dataset.ts';
import { bundledStyle, cslFile, item, localeFor } from '../../../support/styles.ts';

const known = new Map(studies.map(({ id }) => [id, item(id)]));
const get = (key: string): CitableItem | undefined => known.get(key);

const styles = new Map<string, ReturnType<typeof readStyle>>();

/** A new one, in a bundled style; `notes` is Chicago’s author-date style, whose citations are said to be notes. */
async function typesetter(style: string): Promise<Typesetter> {
  const notes = (): string => cslFile('chicago').replace('citation-format="author-date"', 'citation-format="note"').replace('class="in-text"', 'class="note"');
  const known = styles.get(style) ?? readStyle(style === 'notes' ? notes() : bundledStyle(style), 'en-US', localeFor);
  styles.set(style, known);
  return new Typesetter(await known);
}

function print(made: Typesetter, text: string, itemOf = get): PrintedDocument {
  return made.print(citationsToPrint(readManuscript(text), itemOf));
}

async function citations(style: string, text: string): Promise<readonly string[]> {
  return print(await typesetter(style), text).citations.map(({ text: each }) => each.plain);
}

describe('Typesetter', function () {
  // The first engine takes half a second.
  this.timeout(60_000);

  it('prints prefixes, locators and suffixes where the style sets them', async () => {
    assert.deepEqual(
      await citations('apa', 'As @feder2021 [pp. 3-4] say [see *also* @berman2000, chap. 2, and more; -@li2010], -- [*e.g.*, @zarate2006{p. iv}].'),
      ['Feder et al. (2021, pp. 3–4)', '(see also Berman et al., 2000, Chapter 2, and more; 2010)', '(e.g., Zarate et al., 2006, p. iv)'],
    );
  });
  it('tells names apart that would read alike in one manuscript', async () => {
    assert.deepEqual(await citations('apa', '[@murrough2013] [@murrough2013a]'), ['(Murrough, Iosifescu, et al., 2013)', '(Murrough, Perez, et al., 2013)']);
    assert.deepEqual(await citations('apa', '[@murrough2013]'), ['(Murrough et al., 2013)']);
  });
  it('numbers in the order in which the text cites, footnotes where they are referred to', async () => {
    const text = 'One [@feder2021].[^n] Two [@berman2000].\n\n[^n]: Note [@li2010].\n';
    const { citations: printed, bibliography } = print(await typesetter('vancouver'), text);
    assert.deepEqual(printed.map(({ text: { plain } }) => plain), ['(1)', '(2)', '(3)']);
    assert.deepEqual(bibliography.map(({ id }) => id), ['feder2021', 'li2010', 'berman2000']);
  });
  it('marks keys that nobody knows, among known ones and alone', async () => {
    assert.deepEqual(await citations('apa', '[@nobody1; @feder2021] [@nobody1] @nobody1'), ['(Feder et al., 2021; nobody1?)', '(nobody1?)', 'nobody1?']);
    assert.deepEqual(await citations('ieee', '[@feder2021; @nobody1]'), ['[1, nobody1?]']);
  });
  it('keeps words behind an in-text cite, and its title’s quotation marks, where they belong', async () => {
    assert.deepEqual(await citations('apa', '@feder2021 [see also p. 3]'), ['Feder et al. (2021, see also p.\u00a03)']);
    const untitled = { id: 'x', type: 'article-journal', title: 'A title', 'container-title': 'Journal One', issued: { 'date-parts': [[2011]] } } as unknown as CitableItem;
    const { citations: printed } = print(await typesetter('apa'), '@x', () => untitled);
    assert.deepEqual(printed.map(({ text }) => text.plain), ['“A Title” (2011)']);
  });
  it('leaves out a cite that prints nothing, with its delimiter, and keeps the brackets', async () => {
    assert.deepEqual(
      await citations('mla', '[see @li2010, p. 3, and more; -@feder2021] [-@feder2021; @li2010] [-@feder2021] [@li2010; -@feder2021, p. 5] @feder2021 [-@li2010]'),
      ['(see Li et al. 3, and more)', '(Li et al.)', '', '(Li et al.; 5)', 'Feder et al.'],
    );
    assert.deepEqual(await citations('mla', '[@nobody1; @feder2021]'), ['(Feder et al.; nobody1?)']);
  });
  it('keeps every letter of a locator', async () => {
    assert.deepEqual(
      await citations('apa', '[@feder2021, chap. S3-S5] [@feder2021, pp. S3-S5] [@feder2021, p. A-1] [@feder2021, pp. 3--4]'),
      ['(Feder et al., 2021, Chapters S3–S5)', '(Feder et al., 2021, pp. S3–S5)', '(Feder et al., 2021, p. A-1)', '(Feder et al., 2021, pp. 3–4)'],
    );
  });
  it('raises no note in a footnote of the writer’s', async () => {
    const { citations: printed } = print(await typesetter('notes'), 'A.[^1] B.^[See [@li2010].]\n\n[^1]: [@feder2021]\n');
    assert.deepEqual(printed.map(({ note }) => note), [undefined, undefined]);
    assert.match(printed[0]!.text.plain, /^\(?Feder/);
    assert.match(printed[1]!.text.plain, /^\(.*Li et al.*\)$/);
    assert.match(print(await typesetter('notes'), '[see @li2010]').citations[0]!.note!.plain, /^\(?See Li/);
  });
  it('prints notes in a style of notes, with the author in the text where the writer names them there', async () => {
    const { citations: printed } = print(await typesetter('notes'), '@feder2021 [p. 3] say, and [@li2010].');
    assert.deepEqual(printed.map(({ text }) => text.plain), ['Feder et al.', '']);
    assert.match(printed[0]!.note!.plain, /2021/);
    assert.doesNotMatch(printed[0]!.note!.plain, /Feder/);
    assert.match(printed[1]!.note!.plain, /Li et al/);
  });
  it('lists works that are not cited', async () => {
    const made = await typesetter('apa');
    const cited = citationsToPrint(readManuscript('[@feder2021]'), get);
    assert.deepEqual(made.print(cited, [item('berman2000')]).bibliography.map(({ id }) => id), ['berman2000', 'feder2021']);
    assert.deepEqual(made.print(cited).bibliography.map(({ id }) => id), ['feder2021']);
  });
  it('prints a work anew when its entry has changed under the same key', async () => {
    const made = await typesetter('apa');
    print(made, '[@feder2021]');
    const { bibliography } = print(made, '[@feder2021]', key => ({ ...get(key)!, title: 'Another title' }));
    assert.match(bibliography[0]!.text.plain, /Another title/);
  });
  it('prints nothing of a manuscript that cites nothing, before and after it did', async () => {
    const made = await typesetter('ama');
    assert.deepEqual(print(made, 'Water.'), { citations: [], bibliography: [] });
    print(made, '[@feder2021]');
    assert.deepEqual(print(made, 'Water.'), { citations: [], bibliography: [] });
  });

  const keys = ['feder2021', 'berman2000', 'li2010', 'murrough2013', 'murrough2013a', 'garel2023', 'garel2023a', 'liu2024', 'liu2024a', 'nobody1'];
  const sentence = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys), fc.nat(5)).map(([a, b, form]) =>
    [`[@${a}]`, `@${a} [p. 3]`, `[see @${a}, p. 3; @${b}]`, `[-@${a}; @${b}]`, `@${a}`, `[@${a}; @${b}, chap. 2]`][form]!,
  );
  for (const style of ['apa', 'vancouver', 'ieee', 'chicago', 'mla', 'notes']) {
    it(`prints after any edits what it prints of the whole at once: ${style}`, async () => {
      const kept = await typesetter(style);
      await fc.assert(
        fc.asyncProperty(fc.array(sentence, { maxLength: 6 }), fc.array(fc.tuple(fc.nat(6), fc.nat(2), fc.array(sentence, { maxLength: 2 })), { maxLength: 5 }), async (start, edits) => {
          const lines = [...start];
          print(kept, lines.join('\n\n'));
          for (const [at, gone, come] of edits) {
            lines.splice(Math.min(at, lines.length), gone, ...come);
            const text = lines.join('\n\n');
            assert.deepEqual(print(kept, text), print(await typesetter(style), text), text);
          }
        }),
        // An engine of APA’s takes a third of a second.
        { numRuns: style === 'apa' ? 4 : 12, seed: 5 },
      );
    });
  }

  /** Of one author, two of one year: their suffixes and numbers depend on which of them are known. */
  const works = ['one', 'two', 'three', 'four'].map((id, index) => {
    return { id, type: 'article-journal', title: `Title ${id}`, author: [{ family: 'Author 17', given: 'A.' }], issued: { 'date-parts': [[index < 3 ? 2001 : 2002]] } } as unknown as CitableItem;
  });
  const shown = ({ citations: printed, bibliography }: PrintedDocument): readonly string[] => [...printed, ...bibliography].map(({ text }) => text.plain);
  const knowing = (...keys: readonly string[]) => (key: string): CitableItem | undefined => works.find(({ id }) => id === key && keys.includes(id));

  it('lists a work no more that left the bibliography, whatever else the text cites', async () => {
    const text = '[@one] and [@two]';
    const made = await typesetter('apa');
    assert.deepEqual(shown(print(made, text, knowing('one', 'two'))), ['(Author 17, 2001a)', '(Author 17, 2001b)', 'Author 17, A. (2001a). Title one.', 'Author 17, A. (2001b). Title two.']);
    assert.deepEqual(shown(print(made, text, knowing('one'))), ['(Author 17, 2001)', '(two?)', 'Author 17, A. (2001). Title one.']);
    assert.deepEqual(shown(print(made, text, knowing())), ['(one?)', '(two?)']);
    assert.deepEqual(shown(print(made, text, knowing('two'))), ['(one?)', '(Author 17, 2001)', 'Author 17, A. (2001). Title two.']);
  });
  it('numbers the others anew when a work left the bibliography', async () => {
    const made = await typesetter('ieee');
    print(made, '[@one] [@two] [@three]', knowing('one', 'two', 'three'));
    assert.deepEqual(shown(print(made, '[@one] [@two] [@three]', knowing('two', 'three'))).slice(0, 3), ['one?', '[1]', '[2]']);
  });
  it('tells a cited work from one that is only listed, as Pandoc does, also when that comes or goes later', async () => {
    const cited = citationsToPrint(readManuscript('[@two]'), knowing('two'));
    const made = await typesetter('apa');
    const [alone, both] = [['(Author 17, 2001)'], ['(Author 17, 2001b)']];
    const texts = (uncited: readonly CitableItem[]): readonly string[] => made.print(cited, uncited).citations.map(({ text }) => text.plain);
    assert.deepEqual(texts([works[0]!]), both);
    assert.deepEqual(texts([]), alone);
    assert.deepEqual(texts([works[0]!]), both);
  });

  const cite = fc.constantFrom('[@one]', '[@two; @three]', '@four', '[@three]', '[@two]', '@one [@four]');
  const state = fc.record({ text: fc.array(cite, { minLength: 1, maxLength: 4 }), known: fc.subarray(works), changed: fc.constantFrom('', 'one', 'two'), listsAll: fc.boolean() });
  for (const style of ['apa', 'vancouver', 'mla', 'notes']) {
    it(`prints after any changes of text and bibliography what it prints of the whole at once: ${style}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 4 }), fc.boolean(), async (states, isOneText) => {
          const kept = await typesetter(style);
          for (const { text, known: found, changed, listsAll } of states) {
            const itemOf = (key: string): CitableItem | undefined => {
              const work = found.find(({ id }) => id === key);
              return work && key === changed ? { ...work, title: 'Another title' } : work;
            };
            const cited = citationsToPrint(readManuscript((isOneText ? states[0]! : { text }).text.join('\n\n')), itemOf);
            const inText = new Set(cited.flatMap(({ cites }) => cites.map(({ key }) => key)));
            const uncited = listsAll ? found.filter(({ id }) => !inText.has(id)) : [];
            assert.deepEqual(kept.print(cited, uncited), (await typesetter(style)).print(cited, uncited));
          }
        }),
        { numRuns: style === 'apa' ? 5 : 20, seed: 5 },
      );
    });
  }
});
