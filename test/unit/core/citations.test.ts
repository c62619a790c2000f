import assert from 'node:assert/strict';
import { placeAt } from '../../../src/core/caret.ts';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { atCursor } from '../../support/cursor.ts';

const isKey = (key: string): boolean => ['feder2021', 'dore2019'].includes(key);

function queryAt(marked: string): string | undefined {
  const { text, caret } = atCursor(marked);
  return citationQueryAt(readManuscript(text), caret, isKey)?.text;
}

function replacedAt(marked: string): string | undefined {
  const { text, caret } = atCursor(marked);
  const query = citationQueryAt(readManuscript(text), caret, isKey);
  return query && text.slice(query.start, query.end);
}

describe('citationQueryAt', () => {
  const queries: readonly (readonly [string, string])[] = [
    ['As shown @|', ''],
    ['@|', ''],
    ['[@fed|]', 'fed'],
    ['[@fed|', 'fed'],
    ['@ketamine ptsd|', 'ketamine ptsd'],
    ['@ketmine ptsd| is common', 'ketmine ptsd'],
    ['[see @feder2021; @an|', 'an'],
    ['[@feder2021; -@an|]', 'an'],
    ['[-@an|', 'an'],
    ['As -@an|', 'an'],
    ['(@fed|)', 'fed'],
    ['@{fed|', 'fed'],
    ['> @quo|', 'quo'],
    ['> > @quo|', 'quo'],
    ['- @item|', 'item'],
    ['1. text @item|', 'item'],
    ['- [ ] @task|', 'task'],
    ['¦ a ¦ @cell| ¦', 'cell'],
    ['[^1]: See @note|', 'note'],
    ['text^[See @note|]', 'note'],
    ['# Heading @h|', 'h'],
    ['*@em|*', 'em'],
    ['“@q|”', 'q'],
    ['a — @dash|', 'dash'],
    ['@year:2019-2024|', 'year:2019-2024'],
    ['@condition:ptsd design:r|', 'condition:ptsd design:r'],
    ['@condition:trd,mdd n:>50|', 'condition:trd,mdd n:>50'],
    ['@journal:"lancet psychiatry" ptsd|', 'journal:"lancet psychiatry" ptsd'],
    ['@ptsd condition:"chronic p|', 'ptsd condition:"chronic p'],
    ['@ptsd follow-up:<4w|', 'ptsd follow-up:<4w'],
    ['@müller|', 'müller'],
    ['Costs $20 and @fed|er $30', 'fed'],
    ['`code` and @fed|', 'fed'],
    ['Line one\nline two @fed|', 'fed'],
    ['---\ntitle: x\n---\n\n@fed|', 'fed'],
    ['---\n\n@fed|', 'fed'],
    ['```\ncode\n```\n\n@fed|', 'fed'],
    ['> ```\n> code\n\n@fed|', 'fed'],
    ['- item\n\n    @continued|', 'continued'],
    ['<!-- note --> @fed|', 'fed'],
    ['\r\n@fed|\r\n', 'fed'],
    ['https://example.org and @fed|', 'fed'],
    ['\\\\@fed|', 'fed'],
  ];
  for (const [marked, query] of queries) {
    it(`reads ${JSON.stringify(query)} in ${JSON.stringify(marked)}`, () => assert.equal(queryAt(marked), query));
  }

  const silent: readonly string[] = [
    'name@exa|',
    'first.last@exa|',
    'write to me_@exa|',
    'https://medium.com/@us|',
    'https://example.org/a@b|',
    'www.example.org/@us|',
    'medium.com/@us|',
    '<https://example.org/@us|>',
    '[text](https://example.org/@us|)',
    '[text](notes/@us|)',
    '`@fed|`',
    '`@fed|',
    '``a ` @fed|``',
    '```\n@fed|\n```',
    '~~~r\nx <- obj@fed|\n~~~',
    '```{r}\n@fed|',
    '- item\n  ```\n  @fed|\n  ```',
    '> ```\n> @fed|\n> ```',
    '\n    @indented|',
    '$a @fed|$',
    '$$\na @fed|\n$$',
    '---\nauthor: @fed|\n---\n',
    '<!-- @fed| -->',
    '<!--\n\n@fed|\n\n-->',
    '<span title="@fed|">x</span>',
    '<script>\n@fed|\n</script>',
    '@fig-1|',
    '[@tbl-one|]',
    '@sec-intro|',
    '@eq-a|',
    '\\@fed|',
    '@ fed|',
    '@feder2021 found|',
    '@feder2021.|',
    '@feder2021. Next|',
    '@feder2021, who|',
    '@fed: then|',
    '@one two three four five six seven eight|',
    '@fed]|',
    '[@fed] text|',
    'no at sign|',
    '@@fed|',
  ];
  for (const marked of silent) {
    it(`is silent in ${JSON.stringify(marked)}`, () => assert.equal(queryAt(marked), undefined));
  }

  it('replaces from the @ to the caret', () => assert.equal(replacedAt('a @fed pts|, b'), '@fed pts'));
  it('replaces the minus of a suppressed author too', () => assert.equal(replacedAt('[-@fed|]'), '-@fed'));
  it('leaves a hyphen that belongs to a word', () => assert.equal(replacedAt('word-@fed|'), '@fed'));
  it('replaces the rest of a known key behind the caret', () => assert.equal(replacedAt('[@fed|er2021]'), '@feder2021'));
  it('replaces the rest of what looks like a key', () => assert.equal(replacedAt('[@fed|ar2014b, p. 3]'), '@fedar2014b'));
  it('replaces the rest of the word', () => {
    assert.equal(replacedAt('@fed|word, b'), '@fedword');
    assert.equal(replacedAt('@ketamine pt|sd is'), '@ketamine ptsd');
  });
  it('knows where what was typed ends, for the mode that keeps what follows', () => {
    const typedAt = (marked: string): string | undefined => {
      const { text, caret } = atCursor(marked);
      const query = citationQueryAt(readManuscript(text), caret, isKey);
      return query && text.slice(query.start, query.typedEnd);
    };
    assert.equal(typedAt('[@fed|er2021]'), '@fed');
    assert.equal(typedAt('@fed|word'), '@fed');
    assert.equal(typedAt('@a(1|) x'), '@a(1)');
    assert.equal(typedAt('@{fed|} x'), '@{fed}');
    // What stays of a key in braces would stand there without them.
    assert.equal(typedAt('@{fed|er2021} x'), '@{feder2021}');
  });
  it('replaces the brace the editor closed', () => assert.equal(replacedAt('@{fed|} x'), '@{fed}'));
});

describe('placeAt', () => {
  const place = (marked: string): ReturnType<typeof placeAt> => {
    const { text, caret } = atCursor(marked);
    return placeAt(readManuscript(text), caret);
  };
  const group = (marked: string): string | undefined => {
    const { text, caret } = atCursor(marked);
    const found = placeAt(readManuscript(text), caret).group;
    return found && text.slice(found.start, found.end);
  };

  it('finds the citation around the caret', () => assert.equal(group('a [see @feder2021|, p. 3] b'), '[see @feder2021, p. 3]'));
  it('finds it across a line break', () => assert.equal(group('a [see\n@feder2021|] b'), '[see\n@feder2021]'));
  it('takes brackets with a prefix for one', () => assert.equal(group('a [see |] b'), '[see ]'));
  it('finds no citation behind the brackets', () => assert.equal(group('[@feder2021]|'), undefined));
  it('finds no citation in a link', () => assert.equal(group('[te|xt](https://example.org)'), undefined));
  it('finds no citation in a reference link', () => assert.equal(group('[te|xt][ref]'), undefined));
  it('finds no citation in a note', () => assert.equal(group('a^[te|xt]'), undefined));
  it('finds no citation in a note mark', () => assert.equal(group('a[^te|xt]'), undefined));
  it('finds no citation in a checkbox', () => assert.equal(group('- [ |] task'), undefined));
  it('finds no citation in an image', () => assert.equal(group('![a|lt](x.png)'), undefined));
  it('knows the References heading', () => assert.equal(place('# Methods\n\n# References\n\n|').underReferences, true));
  it('knows it with attributes and underlined', () => {
    assert.equal(place('## References {.unnumbered}\n\n|').underReferences, true);
    assert.equal(place('Bibliography\n============\n\n|').underReferences, true);
    assert.equal(place('# Literaturverzeichnis\n\n|').underReferences, true);
  });
  it('is not under References once another heading follows', () => assert.equal(place('# References\n\n# Annex\n\n|').underReferences, false));
  it('knows the refs division', () => assert.equal(place('::: {#refs}\n|\n:::').underReferences, true));
  it('knows when the refs division is over', () => assert.equal(place('::: {#refs}\n:::\n\n|').underReferences, false));
  it('knows a note', () => {
    assert.equal(place('[^1]: a |').inNote, true);
    assert.equal(place('a^[b |]').inNote, true);
    assert.equal(place('a^[b] |').inNote, false);
  });
  it('says why it is silent', () => {
    assert.equal(place('`a|b`').silent, 'code');
    assert.equal(place('$a|b$').silent, 'math');
    assert.equal(place('see https://exam|ple.org').silent, 'address');
    assert.equal(place('---\na: |\n---').silent, 'front matter');
  });
  it('is prose behind a code span and a closed address', () => {
    assert.equal(place('`ab`|').silent, undefined);
    assert.equal(place('<https://example.org>|').silent, undefined);
  });
});
