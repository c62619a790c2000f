import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { citedKeys, placesOf } from '../../../src/core/occurrences.ts';
import { faultOfCitedKey, isCitable, isWholeKey, markedKey, uncitableBecause } from '../../../src/core/citekeys.ts';
import { KeyChecks } from '../../../src/core/checks/keys.ts';
import { markdownTable } from '../../../src/core/evidenceTable/markdown.ts';
import { noteLabel, type Cite, type Form, type Mode, type Syntax } from '../../../src/core/forms.ts';
import { insertInto, type Spot } from '../../../src/core/insertion.ts';
import { Library } from '../../../src/core/library.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { faultOfKey, withKey, withKeyInYaml } from '../../../src/core/renaming.ts';
import { readMetadata } from '../../../src/core/frontMatter.ts';
import { nociteAt } from '../../../src/core/nociteField.ts';
import { inPandoc } from '../../../src/core/rewrite/cited.ts';
import { citationOf, fitted } from '../../../src/core/zotero/picked.ts';
import { atCursor, withCursor } from '../../support/cursor.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';
import { hostileKeys } from '../../support/hostileWorks.ts';
import { readByPandoc } from './oracle/pandoc.ts';

/** Keys of real bibliographies, and others of their kind: each is cut where it is written without braces. */
const needBraces = [
  '10.1016/S0022-2836(05)80360-2', 'HFH+:WEKA:09', 'you_dont_see_me_????', 'share--income_2019', 'O\'Author2012', 'Author1984Title:',
  'paren(1)', 'trail2001.', 'x]', 'x[1]', 'a;b', 'a@b.org', 'a,b', 'a=b', 'a!b', 'a|b', 'a`b', 'a"b', 'a*b', 'a^b', 'a\\b', '-a', '+a', ':a', '(a)',
  'a..b', 'a//', 'https://e.org/', 'a{b}c', '{a}', 'e\u0301tude1', 'a…b', 'a\u200bb', '😀1', '&amp;', '$x$', '<b>', '[^1]', '](x)', '^[x]', '#', '\\',
];
/** These are whole without braces. */
const bare = ['author17', 'DBLP:conf/nips/Vas17', 'doi/10.1/zz', 'zdoe.x_2002', 'a#b', 'a$b', 'a%b', 'a&b', 'a-b', 'a+b', 'a?b', 'a<b', 'a>b', 'a~b', '_a_', 'größe17', '文献2001', 'https://e.org/a', '2001', 'a²'];
/** Every sign first, in the middle, last, alone and doubled. */
const ofSigns = hostileKeys.filter(isCitable);
const uncitableOfSigns = hostileKeys.filter(key => !isCitable(key));
/** No form of citation holds these. */
const nowhere = ['de Author2012', 'a\tb', 'a\nb', 'a\u00a0b', 'a\u2003b', 'a\u3000b', 'a}b', 'a{b', 'a\\}b', '}{', '', 'a'.repeat(1200)];

const nodeOf = (json: unknown): string => JSON.stringify(json ?? null);
const idsIn = (json: unknown): string[] => Array.from(nodeOf(json).matchAll(/"citationId":("(?:[^"\\]|\\.)*")/g), ([, id]) => JSON.parse(id!) as string);
const byPandoc = (texts: readonly string[]): string[][] => readByPandoc(texts).map(document => idsIn(document?.blocks));
const byUs = (text: string): string[] => readManuscript(text).citations.flatMap(({ cites }) => cites.map(({ key }) => key));

/** The project's own newer build. */
async function byNewPandoc(text: string): Promise<string[]> {
  const name = 'pandoc-wasm';
  const { convert } = (await import(name)) as { convert(options: object, input: string, files: object): Promise<{ stdout: string }> };
  return idsIn((JSON.parse((await convert({ from: 'markdown', to: 'json' }, text, {})).stdout) as { blocks: unknown }).blocks);
}

interface Options {
  readonly form?: Form;
  readonly syntax?: Syntax;
  readonly mode?: Mode;
  readonly words?: string;
  readonly spot?: Partial<Spot>;
  readonly cite?: Partial<Cite>;
}

const printed = { reference: 'Author 17. (2021). A title.', parenthetical: '(Author 17, 2021)', inText: 'Author 17 (2021)' };

/** The text with the key inserted at the bar, and the bar where the caret then is; or why it was refused. */
function insert(marked: string, key: string, options: Options = {}): string {
  const { text, caret } = inserted(marked, key, options);
  return caret < 0 ? text : withCursor(text, caret);
}

function inserted(marked: string, key: string, { spot, cite, ...options }: Options = {}): { readonly text: string; readonly caret: number } {
  const { text, caret } = atCursor(marked);
  const request = { form: 'citation', syntax: 'pandoc', mode: 'parenthetical', marks: ['“', '”'], cites: [{ key, printed, ...cite }], ...options } as const;
  const result = insertInto(readManuscript(text), { start: caret, end: caret, ...spot }, request);
  if ('refused' in result) {
    return { text: result.refused === 'not citable' ? result.reason : result.refused, caret: -1 };
  }
  const { edit, further, caret: at } = result;
  const rest = further ? text.slice(edit.end, further.start) + further.text + text.slice(further.end) : text.slice(edit.end);
  return { text: text.slice(0, edit.start) + edit.text + rest, caret: edit.start + at };
}

/** The same where what is typed after `@` is replaced, as the list does. */
function complete(marked: string, key: string, mode: Mode = 'parenthetical'): string {
  const { text, caret } = atCursor(marked);
  const query = citationQueryAt(readManuscript(text), caret, each => each === key, start => key.toLowerCase().startsWith(start.toLowerCase()));
  assert.ok(query, `${marked} is no query`);
  const { start, end, braced, place } = query;
  const request = { form: 'citation', syntax: 'pandoc', mode, marks: ['“', '”'], cites: [{ key }] } as const;
  const result = insertInto(readManuscript(text), { start, end, typed: true, braced }, request, place);
  assert.ok(!('refused' in result), JSON.stringify(result));
  return withCursor(text.slice(0, result.edit.start) + result.edit.text + text.slice(result.edit.end), result.edit.start + result.caret);
}

const textWith = (...args: Parameters<typeof inserted>): string => inserted(...args).text;

/** Every way in which a key is written, with the text around it. `others` are the keys cited beside it. */
const writings: readonly { readonly name: string; readonly write: (key: string) => string; readonly others?: readonly string[] }[] = [
  { name: 'in brackets', write: key => textWith('As shown |.', key) },
  { name: 'in the text', write: key => textWith('As | shows.', key, { mode: 'in-text' }) },
  { name: 'in the text, before a hyphen', write: key => textWith('A |-based view.', key, { mode: 'in-text' }) },
  { name: 'in the text, before an underscore', write: key => textWith('_see |_ x.', key, { mode: 'in-text' }) },
  { name: 'in the text, before a point and a word', write: key => textWith('In |.md it', key, { mode: 'in-text' }) },
  { name: 'in the text, before a slash', write: key => textWith('In |/b it', key, { mode: 'in-text' }) },
  { name: 'in the text, with a locator', write: key => textWith('As | shows.', key, { mode: 'in-text', cite: { locator: 'p. 3' } }) },
  { name: 'in brackets, with a locator', write: key => textWith('As |.', key, { cite: { locator: 'p. 3' } }) },
  { name: 'without its author', write: key => textWith('As |.', key, { cite: { suppressAuthor: true } }) },
  { name: 'after another', write: key => textWith('[@other|]', key), others: ['other'] },
  { name: 'before another', write: key => textWith('[|@other]', key), others: ['other'] },
  { name: 'after a prefix', write: key => textWith('[see |]', key) },
  { name: 'before words in brackets', write: key => textWith('[@other; |-x]', key), others: ['other'] },
  { name: 'after a quote', write: key => textWith('As said |.', key, { form: 'quote', words: 'Few words.' }) },
  { name: 'in a finding', write: key => textWith('|', key, { form: 'finding', words: 'It was found.' }) },
  { name: 'in a heading', write: key => textWith('# Head |', key) },
  { name: 'in a note', write: key => textWith('Text[^1].\n\n[^1]: See |.', key) },
  { name: 'from Zotero', write: key => `As ${citationOf([key])}.` },
  { name: 'from Zotero, into brackets', write: key => `[${fitted(citationOf([key]), '[', true, 'p. 3]')}p. 3]` },
  { name: 'from Zotero, before another', write: key => `[${fitted(citationOf([key]), '[', true, '@other]')}@other]`, others: ['other'] },
  { name: 'by a rename', write: key => `As ${withKey('@old', key)}, and.` },
  { name: 'by a rename within braces', write: key => `As [${withKey('-@{old}', key)}].` },
  { name: 'by a conversion', write: key => `As ${inPandoc({ inText: false, works: [{ key, prefix: 'see', suffix: 'p. 3', suppressAuthor: false }] })}.` },
  { name: 'by a conversion in the text', write: key => `As ${inPandoc({ inText: true, works: [{ key, prefix: '', suffix: '', suppressAuthor: false }] }, '-based')}-based.` },
];

describe('A key is written as Pandoc reads it', function () {
  this.timeout(60_000);

  for (const { name, write, others = [] } of writings) {
    it(name, () => {
      const keys = [...needBraces, ...bare, ...ofSigns];
      const texts = keys.map(write);
      const read = byPandoc(texts);
      for (const [index, key] of keys.entries()) {
        assert.deepEqual([...read[index]!].sort(), [key, ...others].sort(), texts[index]);
        assert.deepEqual(byUs(texts[index]!).sort(), [key, ...others].sort(), texts[index]);
      }
    });
  }

  it('in an evidence table, but for a bar, which ends its cell', () => {
    const keys = [...needBraces, ...bare, ...ofSigns].filter(key => !key.includes('|'));
    const tables = keys.map(key => markdownTable([{ key, study: study('feder2021') }], ['citation', 'n'], vocabulary));
    const read = byPandoc(tables);
    keys.forEach((key, index) => assert.deepEqual(read[index], [key], tables[index]));
    
  });

  it('not where a bar ends a cell', () => {
    const result = insertInto(readManuscript('| a |  |'), { start: 6, end: 6 }, { form: 'citation', syntax: 'pandoc', mode: 'parenthetical', marks: ['“', '”'], cites: [{ key: 'a|b' }] });
    assert.deepEqual(result, { refused: 'not citable', reason: 'a|b can’t be cited in a table, where | ends the cell.' });
  });

  it('as the newest Pandoc reads it', async () => {
    for (const key of [...needBraces, ...bare]) {
      assert.deepEqual(await byNewPandoc(textWith('As |, and.', key)), [key], key);
    }
  });

  it('without braces where it needs none', () => {
    bare.forEach(key => assert.equal(markedKey(key), key));
    needBraces.forEach(key => assert.equal(markedKey(key), `{${key}}`));
    assert.equal(insert('As | shows', 'author17', { mode: 'in-text' }), 'As @author17| shows');
    assert.equal(insert('(see |)', 'author17', { mode: 'in-text' }), '(see @author17|)');
    assert.equal(insert('A |-based view', 'author17', { mode: 'in-text' }), 'A @{author17}|-based view');
  });

  it('whatever the key is', () => {
    const sign = fc.constantFrom(...Array.from(':.#$%&-+?<>~/_*^=!,;\'"()[]|`\\@ \t\u00a0{}'), 'a', 'Z', '1', 'é', '字', '\u0301', '…');
    const keys = fc.sample(fc.array(sign, { minLength: 1, maxLength: 8 }).map(signs => signs.join('')), { numRuns: 1500, seed: 17 });
    const texts = keys.map(key => `As [@${markedKey(key)}, p. 3] x.`);
    const read = byPandoc(texts);
    keys.forEach((key, index) => {
      const isRead = read[index]!.length === 1 && read[index]![0] === key;
      assert.equal(isRead, isCitable(key), `${JSON.stringify(key)} gave ${JSON.stringify(read[index])}`);
      assert.deepEqual(byUs(texts[index]!), read[index], texts[index]);
    });
  });

  it('in braces exactly where the bare key would be cut', () => {
    const keys = [...needBraces, ...bare, ...ofSigns];
    for (const [before, after] of [['As [see ', ', p. 3] x.'], ['As ', ' shows.']] as const) {
      const read = byPandoc(keys.map(key => `${before}@${key}${after}`));
      keys.forEach((key, index) => {
        const isWhole = read[index]!.length === 1 && read[index]![0] === key;
        assert.equal(markedKey(key) === key, isWhole, `${JSON.stringify(key)} without braces gave ${JSON.stringify(read[index])}`);
      });
    }
  });

  it('by nothing where no citation can hold it', () => {
    const read = byPandoc(uncitableOfSigns.map(key => `As [@{${key}}, p. 3].`));
    uncitableOfSigns.forEach((key, index) => assert.ok(key === '' || !read[index]!.includes(key), JSON.stringify(key)));
    for (const { name, write } of writings.filter(each => /textWith/.test(String(each.write)))) {
      uncitableOfSigns.forEach(key => assert.equal(write(key), faultOfCitedKey(key), `${name}: ${JSON.stringify(key)}`));
    }
  });

  for (const [before, after] of [['nocite: |\n  @a, ', ''], ["nocite: '@a, ", "'"], ['nocite: "@a, ', '"'], ["nocite: ['@a', '", "']"], ["nocite:\n- '@a'\n- \"", '"']] as const) {
    it(`in the metadata, but for control characters, with the reason: ${JSON.stringify(before)}`, () => {
      const start = `---\ntitle: A\n${before}`;
      const reading = readManuscript(`${start}@${after}\nlang: en\n---\n\nText.\n`);
      const results = [...needBraces, ...bare, ...ofSigns].map(key => {
        const request = { form: 'citation', syntax: 'pandoc', mode: 'parenthetical', marks: ['“', '”'], cites: [{ key }] } as const;
        return { key, result: insertInto(reading, { start: start.length, end: start.length + 1, typed: true }, request) };
      });
      const written = results.flatMap(({ key, result }) => ('refused' in result ? [] : [{ key, text: reading.text.slice(0, result.edit.start) + result.edit.text + reading.text.slice(result.edit.end) }]));
      const read = readByPandoc(written.map(({ text }) => text)).map(document => idsIn(document?.meta));
      written.forEach(({ key, text }, index) => assert.deepEqual(read[index], ['a', key], text));
      for (const { key, result } of results.filter(each => 'refused' in each.result)) {
        assert.match(key, /[\p{Cc}\u2028\u2029\ufffe]/u);
        assert.match('reason' in result ? String(result.reason) : '', /can’t be listed in metadata/);
      }
    });
  }

  for (const field of ["nocite: '@old'", 'nocite: "see @old"', 'nocite: |\n  @old, x', 'nocite: see @old', "nocite:\n- '@old'", 'nocite: ["@old"]', 'nocite: [see @old]', "abstract: 'As [@old] says'", 'abstract: "As @{old} says"', 'abstract: As [@old, p. 3] says', 'abstract: |\n  As @old says']) {
    it(`by a rename in the metadata, or not at all: ${JSON.stringify(field)}`, async () => {
      const text = `---\ntitle: A\n${field}\nlang: en\n---\n\nText.\n`;
      const reading = readManuscript(text);
      const [place, ...more] = placesOf(reading, await readMetadata(text, reading.metadata), 'old');
      assert.ok(place?.isInYaml && more.length === 0);
      const { start, end } = place.mark;
      const style = nociteAt(text, start);
      const written = [...needBraces, ...bare, ...ofSigns].flatMap(key => {
        const mark = withKeyInYaml(text.slice(start, end), key, style);
        return mark === undefined ? [] : [{ key, text: text.slice(0, start) + mark + text.slice(end) }];
      });
      assert.ok(written.length > (style === undefined || style === 'plain' ? 20 : 400), `${written.length}`);
      const read = readByPandoc(written.map(each => each.text)).map(document => idsIn(document?.meta));
      written.forEach((each, index) => assert.deepEqual(read[index], [each.key], each.text));
    });
  }

  it('by the repairs of a key that is spelt otherwise', () => {
    const keys = ofSigns.filter(key => /^a.+b$/su.test(key)).map(key => `author${key}1917`);
    const written = keys.flatMap(key => {
      const checks = new KeyChecks({ has: (each: string) => each === key, study: () => undefined, keys: [key], isComplete: true } as unknown as ConstructorParameters<typeof KeyChecks>[0]);
      const text = 'As [see @authorab1917, p. 3] and @authorab1917-based.';
      const { citations } = readManuscript(text);
      const edits = checks.of({ block: { citations }, text }).flatMap(({ fixes }) => fixes[0]?.edits ?? []).sort((a, b) => b.start - a.start);
      return edits.length === 2 ? [{ key, text: edits.reduce((now, { start, end, text: other }) => now.slice(0, start) + other + now.slice(end), text) }] : [];
    });
    assert.ok(written.length > 20, `${written.length}`);
    const read = byPandoc(written.map(({ text }) => text));
    written.forEach(({ key, text }, index) => assert.deepEqual(read[index], [key, key], text));
  });

  it('is told apart from a longer one that a group has already', () => {
    assert.equal(insert('[@{paren(1)}|]', 'paren'), '[@{paren(1)}; @paren|]');
    assert.equal(insert('[@{paren(1)}|]', 'paren(1)'), 'cited already');
    assert.deepEqual([...citedKeys(readManuscript('[@{paren(1)}; @a.b.] and x@y, \\@z'))], ['paren(1)', 'a.b']);
  });

  it('labels a footnote without brackets', () => {
    assert.equal(noteLabel('x[1]'), 'x-1-');
    assert.equal(insert('As |', 'x[1]', { syntax: 'footnote' }), 'As [^x-1-]|\n\n[^x-1-]: Author 17. (2021). A title.\n');
  });
});

describe('A key that no citation can hold', () => {
  for (const key of nowhere) {
    const shown = JSON.stringify(key.slice(0, 20));
    it(`is known: ${shown}`, () => assert.equal(isCitable(key), false));
    it(`is refused with the reason: ${shown}`, () => {
      const reason = faultOfCitedKey(key)!;
      assert.match(reason, /can’t be cited/);
      for (const marked of ['As |.', '[@other|]', '[see |]']) {
        assert.equal(insert(marked, key), reason);
        assert.equal(insert(marked, key, { mode: 'in-text' }), reason);
      }
      assert.equal(insert('|', key, { form: 'quote', words: 'Few words.' }), reason);
    });
  }
  it('is read by no Pandoc', () => {
    const keys = nowhere.filter(key => key.length < 100 && key !== '');
    const read = byPandoc(keys.map(key => `As [@{${key}}].`));
    keys.forEach((key, index) => assert.ok(!read[index]!.includes(key), key));
  });
  it('is told apart by the reason', () =>
    assert.deepEqual(['de Author2012', 'a}b', '', 'a\ud800', 'a'.repeat(1200)].map(uncitableBecause), ['space', 'braces', 'empty', 'half', 'length']));
  it('is no name that a key gets', () => {
    for (const key of [...nowhere, ...uncitableOfSigns]) {
      assert.match(faultOfKey(key) ?? '', /citekey/, JSON.stringify(key));
    }
    for (const key of ofSigns.filter(each => !/[{}\s]/.test(each))) {
      assert.equal(faultOfKey(key), undefined, JSON.stringify(key));
    }
  });
  it('is inserted where its work is printed', () => {
    assert.equal(insert('As | x', 'de Author2012', { syntax: 'formatted' }), 'As (Author 17, 2021)| x');
    assert.equal(insert('|', 'de Author2012', { form: 'reference' }), 'Author 17. (2021). A title.|');
    assert.match(insert('As |', 'de Author2012', { syntax: 'footnote' }), /^As \[\^de-Author2012\]\|/);
  });
});

describe('The list while a key is typed', () => {
  const keys = [...needBraces, ...bare];
  const entries = keys.map((id, index) => ({ id, csl: { type: 'book' as const, title: `Title ${index}`, author: [{ family: 'Author' }] }, quotes: [], notices: [] }));
  const library = new Library({ studies, vocabulary, own: entries });
  const queryAt = (marked: string): ReturnType<typeof citationQueryAt> => {
    const { text, caret } = atCursor(marked);
    return citationQueryAt(readManuscript(text), caret, library.has, library.beginsKey);
  };
  const canBeTyped = (key: string): boolean => !key.includes('|');

  for (const key of keys.filter(canBeTyped)) {
    it(`goes on in braces: ${JSON.stringify(key)}`, () => {
      for (let length = 1; length <= key.length; length += 1) {
        const typed = key.slice(0, length);
        const query = queryAt(`As [@{${typed}|}] x`);
        assert.equal(query?.text, typed, typed);
        assert.equal(query.braced, true);
      }
      const found = library.findWhileTyped(key, { limit: 30 }).map(each => each.study.id);
      assert.ok(found.includes(key), `${key} is not among ${found.join()}`);
    });
    it(`goes on without them: ${JSON.stringify(key)}`, () => {
      for (let length = 1; length <= key.length && !key.startsWith('{'); length += 1) {
        assert.equal(queryAt(`As @${key.slice(0, length)}|`)?.text, key.slice(0, length));
      }
    });
  }
  for (const [marked, key, expected] of [
    ['[@10.1016/S0022-2836(05)8|]', '10.1016/S0022-2836(05)80360-2', '[@{10.1016/S0022-2836(05)80360-2}|]'],
    ['[@10.1016/S0022-2836(05|)]', '10.1016/S0022-2836(05)80360-2', '[@{10.1016/S0022-2836(05)80360-2}|]'],
    ['[@{10.1016/S0022-2836(05)8|}]', '10.1016/S0022-2836(05)80360-2', '[@{10.1016/S0022-2836(05)80360-2}|]'],
    ['[@{HFH|}]', 'HFH+:WEKA:09', '[@{HFH+:WEKA:09}|]'],
    ['[@{auth|}]', 'author17', '[@{author17}|]'],
    ['[@{auth|or17}]', 'author17', '[@{author17}|]'],
    ['[see @other; @{auth|}]', 'author17', '[see @other; @{author17}|]'],
    ['As @{auth|} x', 'author17', 'As [@{author17}]| x'],
    ['[@x[|]]', 'x[1]', '[@{x[1]}|]'],
    ['[@pa|ren(1)]', 'paren(1)', '[@{paren(1)}|]'],
    ['As @a$b| and $c$', 'a$b', 'As [@a$b]| and $c$'],
    ['As @a`|', 'a`b', 'As [@{a`b}]|'],
    ['As @a@b|', 'a@b.org', 'As [@{a@b.org}]|'],
    ['As @you_dont_see_me_??|', 'you_dont_see_me_????', 'As [@{you_dont_see_me_????}]|'],
  ] as const) {
    it(`${marked} becomes ${expected}`, () => assert.equal(complete(marked, key), expected));
  }
  it('keeps braces in the text', () => assert.equal(complete('As @{auth|} x', 'author17', 'in-text'), 'As @{author17}| x'));
  for (const marked of [
    'As @author17.|', 'As @author17: |', '[@author17]|', '[@author17;|', '(see @author17)|', 'As @author17?|', 'As @author17(|', 'As @author17, |', '“@author17”|',
    'As @{author17}|', 'As @{author17}.|', 'As @paren(1) |', 'As @nobody)|', 'As @nobody!|', 'a name@host|', 'As @fig-1(|',
  ]) {
    it(`ends at ${marked}`, () => assert.equal(queryAt(marked), undefined));
  }
  it('says nothing about a library without such keys', () =>
    assert.equal(citationQueryAt(readManuscript('[@10.1016/S0022-2836(05)8]'), 25, () => false)?.text, '10.1016/S0022-2836(05)8'));
});

describe('A key typed without the braces it needs', () => {
  const known = new Set(['paren(1)', 'HFH+:WEKA:09', 'O\'Author2012', 'Author1984Title:', 'de Author2012', 'author17']);
  const checks = new KeyChecks({
    has: (key: string) => known.has(key), study: () => undefined, keys: [...known], isComplete: true,
  } as unknown as ConstructorParameters<typeof KeyChecks>[0]);
  const mended = (text: string): string => {
    const { citations } = readManuscript(text);
    const [problem] = checks.of({ block: { citations }, text });
    const edits = problem?.fixes[0]?.edits ?? [];
    return edits.reduce((now, { start, end, text: other }) => now.slice(0, start) + other + now.slice(end), text);
  };
  for (const [text, expected] of [
    ['[@paren(1)]', '[@{paren(1)}]'],
    ['As @paren(1), p. 3', 'As @{paren(1)}, p. 3'],
    ['[see @HFH+:WEKA:09; @author17]', '[see @{HFH+:WEKA:09}; @author17]'],
    ['[-@O\'Author2012]', '[-@{O\'Author2012}]'],
    ['@Author1984Title: says', '@{Author1984Title:} says'],
    ['[@author17]', '[@author17]'],
  ] as const) {
    it(`${text} is mended to ${expected}`, () => assert.equal(mended(text), expected));
  }
  it('says what Pandoc reads', () => {
    const text = '[@paren(1)]';
    const [problem] = checks.of({ block: { citations: readManuscript(text).citations }, text });
    assert.equal(problem?.message, 'Pandoc reads only paren here; the key paren(1) needs braces: @{paren(1)}.');
  });
  it('is whole where nothing follows that goes on with it', () => {
    assert.equal(isWholeKey('author17', ' x'), true);
    assert.equal(isWholeKey('author17', '-x'), false);
    assert.equal(isWholeKey('author17', '. '), true);
  });
});
