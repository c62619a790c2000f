import type { SearchEntry } from '../../src/core/search/entry.ts';
import { Chance } from './chance.ts';

const onsets = ['b', 'c', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl', 'ch'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'io'];
const codas = ['n', 'r', 's', 't', 'l', 'm'];

/**
 * A bibliography of made-up words, for figures at sizes no dataset has. As in real ones a few words are frequent and
 * most are rare: 100,000 entries have some 150,000 different words.
 */
export function syntheticEntries(count: number, seed: number): SearchEntry[] {
  const chance = new Chance(seed);
  const word = (syllables: number): string =>
    Array.from({ length: syllables }, () => chance.one(onsets) + chance.one(vowels)).join('') +
    (chance.is(0.4) ? chance.one(codas) : '');
  const texts = Array.from({ length: 1000 + count }, () => word(2 + chance.below(3)));
  const names = Array.from({ length: 300 + count / 2 }, () => word(2 + chance.below(2)));
  const frequent = (all: readonly string[]): string => all[Math.floor(all.length * chance.number() ** 3)]!;
  const several = (all: readonly string[], least: number, most: number): string[] =>
    Array.from({ length: least + chance.below(most - least + 1) }, () => frequent(all));
  const journals = Array.from({ length: 20 + count / 50 }, () => several(texts, 2, 4).join(' '));
  return Array.from({ length: count }, (_, number) => {
    const [author = '', ...coauthors] = several(names, 1, 6);
    const year = String(1970 + Math.floor(55 * Math.sqrt(chance.number())));
    return {
      key: `${author}${year}`,
      author,
      coauthors: coauthors.join(', '),
      year,
      title: several(texts, 6, 15).join(' '),
      gist: '',
      labels: '',
      asides: '',
      finding: '',
      pico: '',
      journal: chance.one(journals),
      extra: `10.1000/${number}`,
    };
  });
}

/** The same as BibTeX, with an abstract each: some 600 bytes an entry. Keys are made to differ. */
export function* syntheticBibtex(entries: readonly SearchEntry[]): Generator<string> {
  const seen = new Map<string, number>();
  for (const [index, { key, author, coauthors, year, title, journal, extra }] of entries.entries()) {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    const names = [author, ...coauthors.split(', ').filter(Boolean)].map(name => `${capital(name)}, A.`).join(' and ');
    const abstract = `${title} {\\"o} ${entries[(index * 7919) % entries.length]!.title} ${title}`.slice(0, 300);
    yield `@article{${key}${count === 0 ? '' : `x${count}`},
  author = {${names}},
  title = {${capital(title)}},
  journal = {${capital(journal)}},
  year = {${year}},
  volume = {${1 + (index % 90)}},
  pages = {${index % 900}--${(index % 900) + 9}},
  doi = {${extra}},
  keywords = {${title.split(' ').slice(0, 2).join(', ')}},
  abstract = {${abstract}}
}

`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An author with one letter left out, a word of the title and the year, for entries drawn from a bibliography. */
export function syntheticQueries(entries: readonly SearchEntry[], count: number, seed: number): string[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, () => {
    const { author, title, year } = chance.one(entries);
    const at = chance.below(author.length);
    return `${author.slice(0, at)}${author.slice(at + 1)} ${chance.one(title.split(' '))} ${year}`;
  });
}
