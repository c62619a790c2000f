import assert from 'node:assert/strict';
import { longestManuscript, type Citation, type Reading, type Span } from '../../../src/core/reading.ts';
import { consumed, type Consumed, type Runner } from '../../support/consumers.ts';
import { hostileTexts, type HostileText } from '../../support/hostileTexts.ts';
import { readByPandoc } from '../../support/pandoc.ts';

/** Those that open something are longer than a piece that is read at once. */
const long = 17_000;
const short = 4_000;
const whole = longestManuscript - 1000;
/** No step may deal with more code units: twice the longest piece of a list. */
const longestStep = 1 << 17;

const before = 'As in [@feder2021, p. 3].\n\n';
const behind = '\n\nAs in [@dore2019, p. 4].\n';

const named = (name: string): HostileText => {
  const found = hostileTexts.find(each => each.name === name || each.name === JSON.stringify(name));
  assert.ok(found, name);
  return found;
};

/** Gives a text to every consumer; answers what they made of it, and how many steps each took. */
function counted(text: string): Consumed & { readonly steps: ReadonlyMap<string, number> } {
  const steps = new Map<string, number>();
  const run: Runner = (consumer, work) => {
    for (let count = 1; ; count += 1) {
      const step = work.next();
      if (step.done) {
        steps.set(consumer, count);
        return step.value;
      }
    }
  };
  return { ...consumed(text, run), steps };
}

function assertInside(spans: readonly Span[], { length }: string): void {
  const outside = spans.find(({ start, end }) => !(start >= 0 && start <= end && end <= length));
  assert.equal(outside, undefined, JSON.stringify(outside));
}

const spansOf = ({ cites, ...citation }: Citation): readonly Span[] => [citation, ...cites.flatMap(cite => [cite, cite.mark, cite.keySpan])];

function assertSound({ reading, edited, problems, problemsAgain, ofWorks, works, rows, identifiers, words, tally }: Consumed): void {
  for (const { text, citations, blocks } of [reading, edited]) {
    assertInside(citations.flatMap(spansOf), text);
    assert.equal(blocks.reduce((sum, { length }) => sum + length, 0), text.length);
  }
  assertInside([...problems, ...ofWorks, ...identifiers, ...works.works.flatMap(({ occurrences }) => occurrences)], reading.text);
  assertInside(problemsAgain, edited.text);
  assert.equal(rows.length, works.works.length);
  assert.ok(words.prose >= 0 && tally.cited <= rows.length);
}

const keysOf = ({ citations }: Reading): readonly string[] => citations.flatMap(({ cites }) => cites.map(({ key }) => key));

/** What opens something, of each kind: whether it swallows what stands behind it, Pandoc knows. */
const opened = [
  '[', '](', '[@', '[@a; ', '@{', '`', '$', '<!--', '<!--\n\n', '| a ', '|', '> ', '- ', '*', '[^1]: \n', '```\n', '“', '\\begin{a}\n\n', '<div>\n', 'mixed line ends', 'right to left',
];

/** The keys that Pandoc finds in a text. */
function keysByPandoc(text: string): readonly string[] {
  return Array.from(JSON.stringify(readByPandoc(text, 'markdown')).matchAll(/"citationId":"([^"]*)"/g), match => match[1]!);
}

describe('hostile manuscripts', function () {
  this.timeout(120_000);
  for (const text of hostileTexts) {
    it(`are read, checked and counted: ${text.name}`, () => {
      const found = counted(`${before}${text.make(opened.some(name => named(name) === text) ? long : short)}${behind}`);
      assertSound(found);
      assert.ok(keysOf(found.reading).includes('feder2021'), 'what stands before is found');
    });
  }
  for (const name of opened) {
    it(`have cites where Pandoc finds them, before and behind ${JSON.stringify(name)}`, () => {
      // No longer: pandoc takes twice the time for every further bracket.
      const text = `${before}${named(name).make(12)}${behind}`;
      const { reading } = counted(text);
      const good = (keys: readonly string[]): readonly string[] => ['feder2021', 'dore2019'].filter(key => keys.includes(key));
      assert.deepEqual(good(keysOf(reading)), good(keysByPandoc(text)));
    });
  }
  it('are dealt with in steps, a million brackets in one paragraph', () => {
    const { steps, problems, reading, rows } = counted(`${before}${'['.repeat(1_000_000)}${behind}`);
    for (const consumer of ['read', 'reread', 'wordCount', 'identifiersIn']) {
      assert.ok(steps.get(consumer)! >= 1_000_000 / longestStep, `${consumer}: ${steps.get(consumer)}`);
    }
    assert.deepEqual(problems.filter(({ code }) => code === 'unchecked-block').map(({ start }) => start), [before.length]);
    assert.deepEqual(keysOf(reading), ['feder2021', 'dore2019']);
    assert.deepEqual(rows.map(({ work }) => work.key), ['feder2021', 'dore2019']);
  });
  const wholes = [['right to left, in paragraphs', whole], ['a\n\n', 500_000]] as const;
  for (const [name, length] of wholes) {
    it(`are dealt with in steps, ${length.toLocaleString('en-US')} code units: ${JSON.stringify(name)}`, () => {
      const { steps, reading } = counted(`${before}${named(name).make(length - before.length - behind.length)}${behind}`);
      for (const consumer of ['read', 'check', 'wordCount', 'worksCited', 'identifiersIn']) {
        assert.ok(steps.get(consumer)! >= length / longestStep, `${consumer}: ${steps.get(consumer)}`);
      }
      for (const consumer of ['checkWorks', 'reread', 'tally']) {
        assert.ok(steps.get(consumer)! > 3, `${consumer}: ${steps.get(consumer)}`);
      }
      assert.deepEqual([keysOf(reading)[0], keysOf(reading).at(-1)], ['feder2021', 'dore2019']);
    });
  }
});
