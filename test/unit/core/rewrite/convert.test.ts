import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeCitation, type Cite } from '../../../../src/core/forms.ts';
import { insertInto } from '../../../../src/core/insertion.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import type { CitedSyntax } from '../../../../src/core/rewrite/cited.ts';
import { convert, keysToPrint, type Conversion } from '../../../../src/core/rewrite/convert.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { studies } from '../../../support/dataset.ts';
import { worksIn } from '../../../support/printed.ts';

const works = worksIn('apa');

function conversion(text: string, target: CitedSyntax, scope?: [number, number], printed = works): Conversion {
  const [start, end] = scope ?? [0, text.length];
  return convert(readManuscript(text), target, printed, [{ start, end }]);
}

const converted = (text: string, target: CitedSyntax, printed = works): string =>
  edited(text, conversion(text, target, undefined, printed).edits);

const keptIn = (text: string, target: CitedSyntax): readonly string[] =>
  conversion(text, target).kept.map(({ unavailable }) => unavailable);

const reference = (key: string): string => works.get(key)!.printed.reference;

describe('convert to footnotes', () => {
  const feder = (): string => reference('feder2021');
  const dore = (): string => reference('dore2019');
  const cases: readonly (readonly [text: string, expected: () => string])[] = [
    ['As shown [@feder2021].\n', () => `As shown[^feder2021].\n\n[^feder2021]: ${feder()}\n`],
    ['As shown [@feder2021].', () => `As shown[^feder2021].\n\n[^feder2021]: ${feder()}`],
    ['As shown [@feder2021, p. 3].\n', () => `As shown[^feder2021].\n\n[^feder2021]: ${feder()} p. 3.\n`],
    ['As shown [see @feder2021, p. 3, emphasis added].\n', () => `As shown[^feder2021].\n\n[^feder2021]: see ${feder()} p. 3, emphasis added.\n`],
    ['As @feder2021 says.\n', () => `As Feder et al.[^feder2021] says.\n\n[^feder2021]: ${feder()}\n`],
    ['As @feder2021 [p. 3; @dore2019] says.\n', () => `As Feder et al.[^feder2021] says.\n\n[^feder2021]: ${feder()} p. 3; ${dore()}\n`],
    ['x [@feder2021; see @dore2019, p. 4]\n', () => `x[^feder2021]\n\n[^feder2021]: ${feder()} ; see ${dore()} p. 4.\n`],
    [
      'x [@feder2021] y [@feder2021, p. 3] z [@feder2021]\n',
      () => `x[^feder2021] y[^feder2021-2] z[^feder2021]\n\n[^feder2021]: ${feder()}\n[^feder2021-2]: ${feder()} p. 3.\n`,
    ],
    ['x [@feder2021] [@dore2019]\n', () => `x[^feder2021][^dore2019]\n\n[^feder2021]: ${feder()}\n[^dore2019]: ${dore()}\n`],
    ['Feder et al. [@feder2021] said\n', () => `Feder et al. [^feder2021] said\n\n[^feder2021]: ${feder()}\n`],
    ['([@feder2021])\n', () => `([^feder2021])\n\n[^feder2021]: ${feder()}\n`],
    ['a\n\n[^1]: b\n', () => 'a\n\n[^1]: b\n'],
    ['a [@feder2021]\n\n[^1]: b\n', () => `a[^feder2021]\n\n[^1]: b\n[^feder2021]: ${feder()}\n`],
    ['a [@feder2021]\r\n\r\nb\r\n', () => `a[^feder2021]\r\n\r\nb\r\n\r\n[^feder2021]: ${feder()}\r\n`],
    ['`[@feder2021]` <!-- [@feder2021] --> $[@feder2021]$\n\n```\n[@feder2021]\n```\n', () => '`[@feder2021]` <!-- [@feder2021] --> $[@feder2021]$\n\n```\n[@feder2021]\n```\n'],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.equal(converted(text, 'footnote'), expected()));
    it(`and back ${JSON.stringify(text)}`, () => assert.equal(converted(converted(text, 'footnote'), 'pandoc'), text));
  }

  for (const [text, reason] of [
    ['[-@feder2021]', 'its author is suppressed, which a note can’t say'],
    ['[@nobody2000]', 'no work has the citekey nobody2000'],
    ['a[^1]\n\n[^1]: See [@feder2021].', 'it stands in a note already'],
    ['a^[See @feder2021]', 'it stands in a note already'],
    ['[by @feder2021](https://example.org)', 'it stands in the text of a link'],
    ['[@feder2021, as in @dore2019]', 'another citation stands within it'],
    ['[@feder2021’s words]', 'what stands behind its citekey can be written in Pandoc’s syntax only'],
    ['---\nabstract: As [@feder2021] has\n---\n', 'it stands in the metadata'],
  ] as const) {
    it(`keeps ${JSON.stringify(text)}`, () => {
      assert.equal(converted(text, 'footnote'), text);
      assert.deepEqual(keptIn(text, 'footnote'), [reason]);
    });
  }

  it('takes the note that says the same already, and no label that is taken', () => {
    const text = `a [@feder2021] b [@dore2019]\n\n[^feder2021]: ${feder()}\n[^dore2019]: Another note.\n`;
    assert.equal(
      converted(text, 'footnote'),
      `a[^feder2021] b[^dore2019-2]\n\n[^feder2021]: ${feder()}\n[^dore2019]: Another note.\n[^dore2019-2]: ${dore()}\n`,
    );
  });
  it('writes what insertion writes', () => {
    const cites = [{ key: 'feder2021', locator: 'p. 3', printed: works.get('feder2021')!.printed }];
    const result = insertInto(readManuscript('a \n\nb\n'), { start: 2, end: 2 }, { form: 'citation', syntax: 'footnote', mode: 'parenthetical', cites, marks: ['“', '”'] });
    assert.ok('edit' in result && result.further);
    assert.equal(
      converted('a [@feder2021, p. 3]\n\nb\n', 'footnote'),
      edited('a \n\nb\n', [result.edit, result.further]).replace('a [^', 'a[^'),
    );
  });
});

describe('convert footnotes to Pandoc’s syntax', () => {
  it('leaves notes of other words, and further uses of a note', () => {
    const text = `a[^feder2021] b[^1] c[^dore2019]\n\n[^feder2021]: ${reference('feder2021')}\n[^1]: ${reference('dore2019')}\n[^dore2019]: ${reference('dore2019')} They said so. It was not so.\n`;
    assert.equal(
      converted(text, 'pandoc'),
      `a [@feder2021] b[^1] c[^dore2019]\n\n[^1]: ${reference('dore2019')}\n[^dore2019]: ${reference('dore2019')} They said so. It was not so.\n`,
    );
  });
  it('keeps the definition while another mark needs it', () => {
    const text = `a[^feder2021] b[^feder2021]\n\n[^feder2021]: ${reference('feder2021')}\n`;
    const end = text.indexOf(' b');
    assert.equal(edited(text, conversion(text, 'pandoc', [0, end]).edits), text.replace('a[^feder2021]', 'a [@feder2021]'));
  });
  it('takes the definition out of the midst of the text', () => {
    const text = `a[^feder2021]\n\n[^feder2021]: ${reference('feder2021')}\n\nb\n`;
    assert.equal(converted(text, 'pandoc'), 'a [@feder2021]\n\nb\n');
    const close = `a[^feder2021]\n\n[^feder2021]: ${reference('feder2021')}\n[^1]: Note.\n`;
    assert.equal(converted(close, 'pandoc'), 'a [@feder2021]\n\n[^1]: Note.\n');
  });
  it('leaves a note that goes on in a second paragraph', () => {
    const text = `a[^feder2021]\n\n[^feder2021]: ${reference('feder2021')}\n\n    More.\n`;
    assert.equal(converted(text, 'pandoc'), text);
  });
  it('leaves marks in code', () => {
    const text = `\`a[^feder2021]\`\n\n[^feder2021]: ${reference('feder2021')}\n`;
    assert.equal(converted(text, 'pandoc'), text);
  });
});

describe('convert to links', () => {
  const address = 'https://doi.org/10.1176/appi.ajp.2020.20050596';
  for (const [text, expected] of [
    ['As shown [@feder2021].', `As shown ([Feder et al., 2021](${address})).`],
    ['As shown [@feder2021, p. 3].', `As shown ([Feder et al., 2021, p. 3](${address})).`],
    ['[see @feder2021, p. 3, *mine*; -@feder2021]', `(see [Feder et al., 2021, p. 3, *mine*](${address}); [2021](${address}))`],
    ['[@feder2021, p. 3 [sic]]', `([Feder et al., 2021, p. 3 [sic]](${address}))`],
    ['As @feder2021 [p. 3] says', `As [Feder et al. (2021, p. 3)](${address}) says`],
    ['x[^1]\n\n[^1]: On [@feder2021].', `x[^1]\n\n[^1]: On ([Feder et al., 2021](${address})).`],
  ] as const) {
    it(text, () => assert.equal(converted(text, 'link'), expected));
    it(`and back ${text}`, () => assert.equal(converted(expected, 'pandoc'), text));
  }
  for (const [text, reason] of [
    ['@feder2021 [p. 3; @dore2019]', 'further works stand in the brackets behind its authors'],
    ['[by @feder2021](https://example.org)', 'it stands in the text of a link'],
    ['---\ntitle: "As @feder2021 has"\n---\n', 'it stands in the metadata'],
  ] as const) {
    it(`keeps ${text}`, () => {
      assert.equal(converted(text, 'link'), text);
      assert.deepEqual(keptIn(text, 'link'), [reason]);
    });
  }
  it('leaves links of other words, and those to other places', () => {
    const text = `[the trial](${address}), [Feder et al., 2021](${address}), ([Feder et al., 2021](https://example.org)), ![Feder et al. (2021)](${address})`;
    assert.equal(converted(text, 'pandoc'), text);
  });
  it('leaves what would be read otherwise', () => {
    const text = `x[Feder et al. (2021)](${address}) [and more]`;
    assert.equal(converted(text, 'pandoc'), text);
    assert.deepEqual(keptIn(text, 'pandoc'), ['written so, it would be read together with the text beside it']);
  });
  it('writes what insertion writes, for every study that has a DOI', () => {
    for (const [key, { printed, doi }] of works) {
      if (!doi) {
        continue;
      }
      for (const [mode, cite, behind] of [
        ['parenthetical', `[@${key}]`, undefined],
        ['parenthetical', `[@${key}, p. 3]`, 'p. 3'],
        ['in-text', `@${key}`, undefined],
        ['in-text', `@${key} [p. 3]`, 'p. 3'],
      ] as const) {
        const cites: Cite[] = [{ key, doi, printed, ...(behind && { locator: behind }) }];
        assert.equal(converted(cite, 'link'), writeCitation(cites, 'link', mode, '').text);
      }
    }
  }).timeout(20_000);
});

describe('convert between footnotes and links', () => {
  it('goes both ways', () => {
    const text = 'As @feder2021 [p. 3] says [see @dore2019; @feder2021, p. 4].\n';
    const notes = converted(text, 'footnote');
    const links = converted(text, 'link');
    assert.equal(converted(notes, 'link'), links);
    assert.equal(converted(links, 'footnote'), notes);
  });
});

describe('there and back', () => {
  const key = fc.constantFrom(...studies.map(({ id }) => id));
  const prefix = fc.constantFrom('', '', 'see ', 'e.g., ', 'cf. ', 'see *also* ', 'as in ');
  const suffix = fc.constantFrom('', '', ', p. 3', ', pp. 3-4, 7', ', chap. 2', ', Table 2', ', p. 3, emphasis added', ', and *passim*', ', Abstract, Introduction', ', {chap. Three}', ', § 4 (note)');
  const cite = fc.tuple(prefix, key, suffix).map(([before, id, behind]) => `${before}@${id}${behind}`);
  const group = fc.array(cite, { minLength: 1, maxLength: 3 }).map(cites => `[${cites.join('; ')}]`);
  const inText = fc.tuple(key, suffix).map(([id, behind]) => (behind === '' ? `@${id}` : `@${id} [${behind.slice(2)}]`));
  const words = fc.constantFrom('As shown ', 'It was found that ', 'Both said so, ', 'a “word” ', '*This* ');
  const sentence = fc.tuple(words, fc.oneof(group, inText), fc.constantFrom('.', ', and so on.', ' said so.', ') and.')).map(parts => parts.join(''));
  const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map(sentences => sentences.join(' '));
  const manuscript = fc
    .tuple(fc.constantFrom('', '# Title\n\n', '---\ntitle: x\n---\n\n'), fc.array(paragraph, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '\n', '\n\n'))
    .map(([head, paragraphs, end]) => `${head}${paragraphs.join('\n\n')}${end}`);

  for (const style of ['apa', 'ama', 'nature', 'chicago', 'mla']) {
    for (const target of ['footnote', 'link'] as const) {
      it(`by ${target} in ${style} the text is what it was`, () => {
        const printed = worksIn(style);
        let count = 0;
        let kept = 0;
        fc.assert(
          fc.property(manuscript, text => {
            const there = conversion(text, target, undefined, printed);
            count += there.converted;
            kept += there.kept.length;
            assert.equal(converted(edited(text, there.edits), 'pandoc', printed), text);
          }),
          { numRuns: 60 },
        );
        assert.ok(count > 20 * kept && count > 100, `${count} converted, ${kept} kept`);
      }).timeout(20_000);
    }
  }

  it('every study by itself', () => {
    for (const { id } of studies) {
      const text = `As shown [see @${id}, p. 3] and @${id}.\n`;
      assert.equal(converted(converted(text, 'footnote'), 'pandoc'), text);
      assert.equal(converted(converted(text, 'link'), 'pandoc'), text);
    }
  }).timeout(20_000);
  it('what stands at several places', () => {
    const text = 'a [@feder2021] b [@dore2019] c [@feder2021]\n';
    const scopes = [{ start: 4, end: 4 }, { start: 31, end: 33 }];
    const { edits, converted: count } = convert(readManuscript(text), 'footnote', works, scopes);
    assert.equal(edited(text, edits), `a[^feder2021] b [@dore2019] c[^feder2021]\n\n[^feder2021]: ${reference('feder2021')}\n`);
    assert.equal(count, 2);
  });
  it('with labels that no other text of the manuscript has, and back', () => {
    const text = 'a [@feder2021] b\n';
    const { edits } = convert(readManuscript(text), 'footnote', works, [{ start: 0, end: text.length }], new Set(['feder2021', 'feder2021-2']));
    const there = edited(text, edits);
    assert.equal(there, `a[^feder2021-3] b\n\n[^feder2021-3]: ${reference('feder2021')}\n`);
    assert.equal(converted(there, 'pandoc'), text);
  });
  it('hundreds at once', () => {
    const text = Array.from({ length: 600 }, (_, index) => `Sentence ${index} [@${studies[index % studies.length]!.id}, p. ${index}].`).join('\n\n') + '\n';
    const there = conversion(text, 'footnote');
    assert.equal(there.converted, 600);
    assert.equal(converted(edited(text, there.edits), 'pandoc'), text);
  }).timeout(20_000);
});

describe('keysToPrint', () => {
  const keys = (text: string, scope: [number, number] = [0, text.length]): readonly string[] =>
    Array.from(keysToPrint(readManuscript(text), studies, [{ start: scope[0], end: scope[1] }]));
  it('names the studies cited in the scope, and those linked', () => {
    assert.deepEqual(keys('[@feder2021; @nobody2000] @dore2019', [0, 5]), ['feder2021']);
    assert.deepEqual(keys('[x](https://doi.org/10.1176/appi.ajp.2020.20050596)'), ['feder2021']);
    assert.deepEqual(keys('no citation'), []);
  });
  it('names all where a note may name any', () => assert.equal(keys('a[^feder2021]\n\n[^feder2021]: x').length, studies.length));
});
