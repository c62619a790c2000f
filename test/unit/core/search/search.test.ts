import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchEntry } from '../../../../src/core/search/entry.ts';
import { searchEntry } from '../../../../src/core/search/entry.ts';
import { isRandomizedTrial } from '../../../../src/core/evidence.ts';
import { words } from '../../../../src/core/search/fold.ts';
import type { SearchOptions } from '../../../../src/core/search/search.ts';
import { Search, searchPartsOf } from '../../../../src/core/search/search.ts';
import { listed } from '../../../../src/core/search/sources.ts';
import { studies, study, vocabulary } from '../../../support/dataset.ts';

const entries = studies.map(each => searchEntry(each, vocabulary));
const search = new Search(listed(entries));
const keys = (query: string, options?: SearchOptions): string[] => search.search(query, options).map(hit => hit.key);
const all = { limit: Infinity };

const anyEntry = fc.constantFrom(...entries);
const entryOf = (part: Partial<SearchEntry>): SearchEntry => ({
  key: '', author: '', coauthors: '', year: '', title: '', gist: '', labels: '', asides: '', finding: '', journal: '', pico: '', extra: '', ...part,
});

describe('Search', () => {
  const first: readonly (readonly [string, string])[] = [
    ['fedr ptsd', 'feder2014'],
    ['ptsd feder', 'feder2014'],
    ['feder ptsd 21', 'feder2021'],
    ['feder 2021', 'feder2021'],
    ['feder 14', 'feder2014'],
    ['fedr2014', 'feder2014'],
    ['@oliver2022', 'oliver2022'],
    ['kap dore', 'dore2019'],
    ['bonke ect', 'basso2020'],
    ['gonzales pardo', 'gonzalezpardo2023'],
    ['lopez roca', 'abdallah2022'],
    ['zarate 2006', 'zarate2006'],
    ['esketmine relapse', 'daly2019'],
    ['human synaptic', 'duman2016'],
    ['randomised ocd', 'rodriguez2013'],
    ['10.1176/appi.ajp.2020.20050596', 'feder2021'],
    ['kolp 2007', 'kolp2007'],
    ['klp 2007', 'kolp2007'],
  ];
  for (const [query, expected] of first) {
    it(`finds ${expected} first for ${query}`, () => assert.equal(keys(query)[0], expected));
  }

  it('finds work on what is meant for ketmine psychotherpy and trd esketamine', () => {
    const best = (query: string): readonly string[] => study(keys(query)[0] ?? '').topics;
    assert.ok(best('ketmine psychotherpy').includes('ketamine-assisted-psychotherapy'));
    assert.ok(best('trd esketamine').includes('esketamine'));
  });

  it('finds accents without them: perez is every Perez and Pérez', () => {
    const named = studies.filter(({ csl }) => csl.author.some(({ family = '' }) => words(family).includes('perez')));
    assert.deepEqual(keys('perez', all).sort(), named.map(({ id }) => id).sort());
  });

  it('takes si as a whole word', () => {
    const isSuicidality = (key: string): boolean => study(key).conditions.includes('suicidal-ideation');
    assert.ok(keys('ketamine si').slice(0, 3).every(isSuicidality));
  });

  it('puts the exact citekey first, then those that begin so', () => {
    assert.deepEqual(keys('zanos2018').slice(0, 3), ['zanos2018', 'zanos2018a', 'zanos2018b']);
    assert.deepEqual(keys('feder2').slice(0, 3), ['feder2014', 'feder2021', 'feder2025']);
    assert.deepEqual(keys('li').slice(0, 2), ['li2010', 'lii2023']);
  });

  it('puts randomized trials first among equals, then the larger study', () => {
    assert.deepEqual(keys('feder').slice(0, 3), ['feder2014', 'feder2021', 'feder2025']);
    const [first, second] = keys('ketmine ptsd').map(study);
    assert.deepEqual([first, second].map(each => each?.evidence.randomized), [true, true]);
    assert.ok((first?.n ?? 0) > (second?.n ?? 0));
  });

  it('puts what is cited already first among those of one kind and size, then the newest', () => {
    const escape = ['reif2025', 'vieta2025', 'reif2023'];
    assert.deepEqual(keys('quetiapine').slice(0, 3), escape);
    assert.deepEqual(keys('quetiapine', { cited: new Set(['reif2023']) }).slice(0, 3), ['reif2023', 'reif2025', 'vieta2025']);
  });

  it('keeps the randomized trials first where they are asked for', () => {
    for (const query of ['rct pain', 'randomized pain', 'placebo-controlled pain', 'crossover']) {
      assert.ok(isRandomizedTrial(study(keys(query)[0]!)), query);
    }
  });

  it('does not take words for what every object has', () => {
    assert.deepEqual(keys('constructor'), []);
    ['toString', '__proto__', 'hasOwnProperty'].forEach(query => assert.doesNotThrow(() => keys(query)));
  });

  it('puts what is labelled so before what only says so, among studies of one kind', () => {
    assert.deepEqual(keys('anxiety').slice(0, 2), ['taylor2018', 'glue2020']);
    assert.equal(keys('bipolar suicidal')[0], 'grunebaum2017');
    assert.equal(study(keys('ptsd case')[0]!).design, 'case-series');
  });

  it('does not look at the evidence where a design, an animal or a review is asked for', () => {
    assert.equal(study(keys('ocd case')[0]!).design, 'case-report');
    assert.equal(study(keys('mouse depression')[0]!).design, 'preclinical');
    assert.match(study(keys('ocd review')[0]!).design, /review/);
  });

  it('finds every randomized trial by RCT, crossover ones too', () => {
    const trials = studies.filter(isRandomizedTrial).map(({ id }) => id);
    assert.ok(trials.includes('feder2014'));
    const found = new Set(keys('RCT', all));
    assert.deepEqual(trials.filter(id => !found.has(id)), []);
  });

  const forms: readonly (readonly [string, string])[] = [
    ['CRPS', 'complex regional pain syndrome'],
    ['CBT', 'cognitive behavioural therapy'],
    ['CBT', 'cognitive behavior therapy'],
    ['NMDA', 'N-methyl-D-aspartate'],
    ['MDD', 'major depressive disorder'],
    ['KAP', 'ketamine-assisted psychotherapy'],
    ['health care', 'healthcare'],
    ['mouse', 'mice'],
  ];
  for (const [one, other] of forms) {
    it(`finds by ${one} what says ${other}, and the other way round`, () => {
      const own = new Search(listed([`On ${one}`, `On ${other}`, 'On cognitive care, major health'].map((title, i) => entryOf({ key: `key${i}`, title }))));
      for (const query of [one, other]) {
        assert.deepEqual(own.search(query).map(({ key }) => key).sort().slice(0, 2), ['key0', 'key1'], query);
      }
      const [hit] = own.search(one).filter(({ key }) => key === 'key1');
      assert.ok(hit?.matched.some(({ field }) => field === 'title'));
    });
  }

  it('lets what lacks one word follow what has all, and does not end in silence while most words are found', () => {
    assert.deepEqual(keys('ketamine midazolam ptsd xylophone').slice(0, 2), keys('ketamine midazolam ptsd').slice(0, 2));
    const all = keys('infusions midazolam ptsd');
    const lacking = search.search('infusions midazolam ptsd').filter(({ score }) => score === -Infinity);
    assert.ok(lacking.length > 0);
    assert.equal(search.search(all.join(' ')).length, 0);
    assert.deepEqual(keys('ketamine midazolam ptsd xylophone', { guesses: false }), []);
  });

  it('shows all for no words, the cited first, then the newest', () => {
    const [cited, ...rest] = keys(' … ', { ...all, cited: new Set(['berman2000']) });
    assert.equal(cited, 'berman2000');
    assert.equal(rest.length, studies.length - 1);
    const years = rest.map(key => Number(searchEntry(study(key), vocabulary).year));
    assert.deepEqual(years, years.toSorted((a, b) => b - a));
  });

  it('finds by the year alone the studies of that year, by a letter those whose key begins so', () => {
    const ofYear = entries.filter(({ year }) => year === '2019').map(({ key }) => key);
    assert.deepEqual(keys('2019').slice(0, ofYear.length).sort(), ofYear.sort());
    assert.ok(keys('w', { limit: 12 }).every(key => key.startsWith('w')));
  });

  it('leaves out guesses where there is something better without', () => {
    assert.ok(keys('chronic pain', all).every(key => /pain/i.test(JSON.stringify(study(key)))));
  });

  it('gives as many as asked and only what is accepted', () => {
    assert.equal(keys('ketamine', { limit: 7 }).length, 7);
    assert.deepEqual(keys('feder', { accepts: number => entries[number]!.key !== 'feder2021' })[0], 'feder2014');
  });

  it('finds nothing where nothing matches', () => assert.deepEqual(keys('ketamine xylophone'), []));

  it('tells which words matched where', () => {
    const [hit] = search.search('fedr ptsd');
    const matched = hit?.matched.map(({ word, field, term, ranges }) => ({ word, field, term, ranges })) ?? [];
    assert.deepEqual(matched.slice(0, 2), [
      { word: 'fedr', field: 'key', term: 'feder', ranges: [[0, 5]] },
      { word: 'fedr', field: 'author', term: 'feder', ranges: [[0, 5]] },
    ]);
    assert.equal(hit?.entry.gist.slice(...(matched.find(({ field }) => field === 'gist')?.ranges[0] ?? [0, 0])), 'PTSD');
  });

  it('marks what was typed of a word, and the whole word when it was misspelt', () => {
    const title = (query: string): string[] => {
      const [hit] = search.search(query);
      const match = hit?.matched.find(({ field }) => field === 'title');
      return match?.ranges.map(range => hit!.entry.title.slice(...range)) ?? [];
    };
    assert.deepEqual(title('drozdz psychoth'), ['psychoth']);
    assert.deepEqual(title('drozdz psychothr'), ['psychotherapy']);
  });

  it('is made step by step just as at once', () => {
    const steps = searchPartsOf(listed(entries));
    let step = steps.next();
    while (!step.done) {
      step = steps.next();
    }
    const made = new Search(listed(entries), step.value);
    ['fedr ptsd', 'kap', ''].forEach(query => assert.deepEqual(made.search(query).map(hit => hit.key), keys(query)));
  });

  it('searches no entries, entries without texts and keys of any kind', () => {
    assert.deepEqual(new Search(listed([])).search('ketamine'), []);
    const parts = [{ key: 'smith:2020/a-b' }, { author: 'Author 17' }, {}];
    const odd = new Search(listed(parts.map(entryOf)));
    assert.deepEqual(odd.search('smith:2020/a').map(hit => hit.key), ['smith:2020/a-b']);
    assert.equal(odd.search('author 17').length, 1);
  });
});

describe('Search, whatever is typed,', () => {
  const typed = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom(...entries.flatMap(({ title }) => words(title)))).map(chosen => chosen.join(' ')),
  );

  it('never throws, and finds entries once each, the same ones again', () => {
    fc.assert(fc.property(typed, query => {
      const found = keys(query, all);
      assert.equal(new Set(found).size, found.length);
      assert.ok(found.every(key => study(key)));
      assert.deepEqual(keys(query, all), found);
    }));
  });

  it('gives the beginning of the whole list when asked for less', () => {
    fc.assert(fc.property(typed, fc.integer({ min: 1, max: 50 }), fc.boolean(), (query, limit, guesses) => {
      assert.deepEqual(keys(query, { limit, guesses }), keys(query, { ...all, guesses }).slice(0, limit));
    }));
  });

  it('finds an entry by its exact key, first', () => {
    fc.assert(fc.property(anyEntry, ({ key }) => assert.equal(keys(key.toUpperCase())[0], key)));
  });

  it('finds an entry by any word of its title', () => {
    fc.assert(fc.property(anyEntry, fc.nat(), ({ key, title }, n) => {
      const own = words(title);
      assert.ok(keys(own[n % own.length]!, all).includes(key));
    }));
  });

  it('finds an entry by its author with one letter wrong and its year', () => {
    const named = entries.filter(({ author }) => /^\p{L}{5,}$/u.test(author));
    fc.assert(fc.property(fc.constantFrom(...named), fc.nat(), ({ key, author, year }, n) => {
      const at = n % author.length;
      const without = author.slice(0, at) + author.slice(at + 1);
      const instead = `${author.slice(0, at)}q${author.slice(at + 1)}`;
      assert.ok(keys(`${without} ${year}`, all).includes(key));
      assert.ok(keys(`${instead} ${year}`, all).includes(key));
    }));
  });
});
