import { Checker } from '../../src/core/checks/checks.ts';
import { readManuscript, type Reading } from '../../src/core/reading.ts';
import type { Study } from '../../src/core/study.ts';
import { studies } from '../support/dataset.ts';
import { Chance } from './chance.ts';
import { median, timed, type Part } from './report.ts';

const size = 1_000_000;
const filler =
  'the of and in was with for that were from study patients dose group weeks after trial care effect score'.split(' ');

/**
 * The quotation checks of a 1 MB manuscript with a quotation every other paragraph, half of them with a word altered,
 * against a plain edit distance, word by word, between every quotation and every quote of the dataset. Both get the
 * manuscript as it is read; the median of several runs, after some to warm up.
 */
export const quotes: Part = async report => {
  const reading = readManuscript(manuscript());
  const quoted = studies.filter(study => study.quotes.length > 0);
  const byKey = new Map(quoted.map(study => [study.id, study]));
  const known = { study: (key: string) => byKey.get(key), has: () => true, keys: [...byKey.keys()], isComplete: true };
  const ours = (): number => new Checker(known).check(reading).length;
  const plain = (): number => plainCheck(reading, quoted);
  report({
    name: 'quotecheck.1MB',
    value: measured(ours),
    unit: 'ms',
    baseline: { name: 'edit distance to every quote', value: measured(plain) },
  });
};

function measured(action: () => number): number {
  const runs = Array.from({ length: 12 }, () => timed(action));
  return median(runs.slice(4));
}

function manuscript(): string {
  const chance = new Chance(17);
  const quoted = studies.flatMap(({ id, quotes }) => quotes.map(({ text }) => ({ id, text })));
  const paragraphs: string[] = [];
  for (let length = 0; length < size; length += paragraphs.at(-1)!.length + 2) {
    const { id, text } = chance.one(quoted);
    const words = text.split(' ');
    if (chance.is(0.5)) {
      words[chance.below(words.length)] = chance.one(filler);
    }
    const prose = Array.from({ length: 60 }, () => chance.one(filler)).join(' ');
    const quotation = `“${words.join(' ')}” [@${id}, p. 3]`;
    paragraphs.push(
      chance.is(0.5)
        ? `${prose} [@${id}].`
        : chance.is(0.3)
          ? `> ${words.join(' ')} [@${id}]`
          : `${prose}: ${quotation}.`,
    );
  }
  return paragraphs.join('\n\n');
}

/** How many quotations are near a quote, by the share of words that an edit distance leaves. */
function plainCheck({ text }: Reading, quoted: readonly Study[]): number {
  const sources = quoted.flatMap(study => study.quotes.map(quote => wordsOf(quote.text)));
  const quotations = Array.from(text.matchAll(/“([^”]*)”|^> ([^[]*)/gm), match => wordsOf(match[1] ?? match[2] ?? ''));
  return quotations.filter(words =>
    sources.some(source => {
      const edits = editDistance(words, source);
      return edits > 0 && edits < source.length / 4;
    }),
  ).length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function editDistance(a: readonly string[], b: readonly string[]): number {
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row.push(Math.min(last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), last[j]! + 1, row[j - 1]! + 1));
    }
    last = row;
  }
  return last[b.length]!;
}
