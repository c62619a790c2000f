import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { whySilent, type Situation } from '../../../src/core/whySilent.ts';
import { atCursor } from '../../support/cursor.ts';
import { studies } from '../../support/dataset.ts';

const isKey = (key: string): boolean => studies.some(({ id }) => id === key);
const calm = { isManuscript: true, language: 'markdown', opensByItself: true, showsReferences: true, isKey };
const at = (marked: string): Pick<Situation, 'reading' | 'caret'> => {
  const { text, caret } = atCursor(marked);
  return { reading: readManuscript(text), caret };
};
const why = (marked: string, changed: Partial<Situation> = {}): string => whySilent({ ...calm, ...at(marked), ...changed }).message;

describe('whySilent', function () {
  this.timeout(30_000);
  const table: readonly (readonly [string, RegExp])[] = [
    ['As shown |', /^Studies are suggested here: type @ and a word or two\.$/],
    ['', /^Studies are suggested here/],
    ['As @|', /^Studies are suggested here\.$/],
    ['As @ketmine ptsd|', /^Studies that match “ketmine ptsd” are suggested here\.$/],
    ['[@feder2021; @dore|]', /^Studies that match “dore”/],
    ['---\ntitle: @a|\n---\n', /is in the metadata/],
    ['```\n@a|\n```', /is in code/],
    ['`@a|`', /is in code/],
    ['$x_|a$', /is in math/],
    ['<!-- @a| -->', /is in a comment/],
    ['<pre>\n@a|\n</pre>', /is in raw HTML/],
    ['https://example.org/@a|', /is in an address/],
    ['[text](@a|)', /is in the target of a link/],
    ['name@exa|', /^A letter or digit stands before the @, as in an e-mail address/],
    ['a/@exa|', /^A \/ stands before the @/],
    ['\\@fed|', /^The backslash makes/],
    ['As @feder2021 found|', /^@feder2021 is a whole citekey/],
    ['[@feder2021, p. 3|]', /^@feder2021 is a whole citekey/],
    ['[@nobody1900] says that |', /^Studies are suggested here: type @/],
    ['[@nobody1900] says th|', /^Studies are suggested behind a blank/],
    ['As in @fig-one|', /^Quarto takes @fig-one for a cross-reference/],
    ['As @one two three four five six seven eight nine|', /too long/],
    ['Mail to @somebody!|', /characters that no search has/],
    ['As @feder2021 says.\nThen |', /^Studies are suggested here: type @/],
  ];
  for (const [marked, message] of table) {
    it(`answers for ${JSON.stringify(marked)}`, () => assert.match(why(marked || '|'), message));
  }
  it('names another language, and a document that is too long', () => {
    assert.match(why('@a|', { isManuscript: false, language: 'plaintext' }), /language is plaintext\./);
    assert.match(why('@a|', { reading: undefined }), /longer than is read/);
  });
  it('names the editor’s own settings', () => {
    const typed = { ...calm, ...at('As @fed|') };
    assert.deepEqual(whySilent({ ...typed, showsReferences: false }).setting, 'editor.suggest.showReferences');
    const closed = whySilent({ ...typed, opensByItself: false });
    assert.deepEqual([closed.isOffered, closed.setting], [true, 'editor.suggestOnTriggerCharacters']);
    assert.match(closed.message, /press Ctrl\+Space/);
  });
  it('says that studies are suggested wherever they are', () => {
    const piece = fc.constantFrom('@', 'feder2021', 'fed', ' ', '[', ']', '; ', '`', '$', '\n', '\n\n', '---\n', '<!--', 'a', '\\', '/', '.', 'fig-1', ', p. 3', '{', '}', '> ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(piece, { maxLength: 5 }), (before, after) => {
        const text = [...before, ...after].join('');
        const caret = before.join('').length;
        const reading = readManuscript(text);
        const answer = whySilent({ ...calm, reading, caret });
        if (citationQueryAt(reading, caret, isKey)) {
          assert.ok(answer.isOffered, answer.message);
        } else if (answer.isOffered) {
          // Nothing was typed of a citation yet; an @ would begin one, unless what stands before it makes it something else.
          const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
          assert.ok(!line.includes('@') || /\][^@]*\s$/.test(line), line);
        }
        assert.match(answer.message, /[.]$/);
      }),
      { numRuns: 500 },
    );
  });
});
