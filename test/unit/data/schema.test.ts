import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from '../../../data/compile.ts';
import { vocabulary } from '../../support/dataset.ts';
import { faultsAfter, inDataFolder, type Loose } from '../../support/recordFaults.ts';

type Case = readonly [what: string, change: (record: Loose) => void, fault: string];

/** Every fault says the file, the field, what is wrong, and what to do; this is the whole of it. */
function refuses(cases: readonly Case[]): void {
  for (const [what, change, fault] of cases) {
    it(`refuses ${what}`, () => assert.equal(faultsAfter(change), `data/studies/feder2021.json: ${fault}`));
  }
}

function takes(cases: readonly (readonly [what: string, change: (record: Loose) => void])[]): void {
  for (const [what, change] of cases) {
    it(`takes ${what}`, () => assert.equal(faultsAfter(change), ''));
  }
}

describe('The gist of a record', () => {
  takes([['52 characters', record => (record.gist = 'é'.repeat(52))]]);
  refuses([
    ['more than 52 characters', record => (record.gist = 'x'.repeat(53)), 'gist: has 53 characters. Shorten it to at most 52.'],
    ['spaces around it', record => (record.gist = 'one infusion '), 'gist: is "one infusion ". Write it on one line, without spaces around it.'],
    ['two lines', record => (record.gist = 'one\ninfusion'), 'gist: is "one\\ninfusion". Write it on one line, without spaces around it.'],
    ['a record without one', record => delete (record as Partial<Loose>).gist, 'gist: is missing. Add it.'],
  ]);
});

describe('The evidence codes of a record', () => {
  const listOf = (name: 'comparators' | 'results' | 'routes' | 'blinding'): string => vocabulary[name].map(({ id }) => id).join(', ');
  takes([
    ['what is not stated', record => {
      Object.assign(record.evidence, { blinding: null, comparators: [], routes: [], doses: [], sessions: null, followUpDays: null });
      record.intervention = { ...record.intervention, route: null };
    }],
    ['a dose, and a range of doses', record => (record.evidence.doses = [{ value: 0.5, unit: 'mg/kg' }, { low: 28, high: 84, unit: 'mg' }])],
    ['every code of the vocabulary', record => Object.assign(record.evidence, { comparators: vocabulary.comparators.map(({ id }) => id), routes: vocabulary.routes.map(({ id }) => id) })],
    ['that a design other than a randomized trial was not randomized', record => {
      record.design = 'cohort';
      record.evidence.randomized = false;
    }],
  ]);
  refuses([
    ['a comparator the vocabulary lacks', record => (record.evidence.comparators = ['tea']), `evidence.comparators: "tea" is not in data/vocabulary.json. Use one of ${listOf('comparators')}, or add it there first.`],
    ['a direction the vocabulary lacks', record => (record.evidence.direction = 'good'), `evidence.direction: "good" is not in data/vocabulary.json. Use one of ${listOf('results')}, or add it there first.`],
    ['a route the vocabulary lacks', record => (record.evidence.routes = ['intravenous', 'rectal']), `evidence.routes: "rectal" is not in data/vocabulary.json. Use one of ${listOf('routes')}, or add it there first.`],
    ['a blinding the vocabulary lacks', record => (record.evidence.blinding = 'triple'), `evidence.blinding: "triple" is not in data/vocabulary.json. Use one of ${listOf('blinding')}, or add it there first.`],
    ['a record without a direction', record => delete record.evidence.direction, 'evidence.direction: is missing. Add it.'],
    ['a direction without the words that it rests on', record => delete record.evidence.basis, 'evidence.basis: is missing. Add it.'],
    ['no direction at all', record => (record.evidence.direction = null), 'evidence.direction: is null, but must be string. Correct it.'],
    ['a randomized trial that was not randomized', record => (record.evidence.randomized = false), 'evidence.randomized: must be true for the design randomized-controlled-trial. Correct the one or the other.'],
    ['a randomized trial of which that is not stated', record => (record.evidence.randomized = null), 'evidence.randomized: must be true for the design randomized-controlled-trial. Correct the one or the other.'],
    ['a route that is stated and not coded', record => (record.evidence.routes = []), 'evidence.routes: lacks intravenous, which intervention.route states. Add it.'],
    ['a range whose higher dose comes first', record => (record.evidence.doses = [{ low: 2, high: 1, unit: 'mg' }]), 'evidence.doses.0: low is 2 and high is 1. Put the lower dose into low.'],
    ['a range of one dose', record => (record.evidence.doses = [{ low: 2, high: 2, unit: 'mg' }]), 'evidence.doses.0: low is 2 and high is 2. Put the lower dose into low.'],
    ['half a range', record => (record.evidence.doses = [{ low: 1, unit: 'mg' }]), 'evidence.doses.0: needs either value, or low and high. Keep one of them, and add what it lacks.'],
    ['a dose that is a range, too', record => (record.evidence.doses = [{ value: 1, low: 1, unit: 'mg' }]), 'evidence.doses.0: needs either value, or low and high. Keep one of them, and add what it lacks.'],
    ['a dose without a unit', record => (record.evidence.doses = [{ value: 1 }]), 'evidence.doses.0.unit: is missing. Add it.'],
    ['a unit that is not used', record => (record.evidence.doses = [{ value: 1, unit: 'g' }]), 'evidence.doses.0.unit: is "g". Use one of mg/kg, mg, mg/kg/h.'],
    ['a dose of nothing', record => (record.evidence.doses = [{ value: 0, unit: 'mg' }]), 'evidence.doses.0.value: must be > 0. Correct it.'],
    ['a part of a session', record => (record.evidence.sessions = 1.5), 'evidence.sessions: is 1.5, but must be integer or null. Correct it.'],
    ['a follow-up of no day', record => (record.evidence.followUpDays = 0), 'evidence.followUpDays: must be >= 1. Correct it.'],
    ['a code that is unknown', record => (record.evidence.quality = 'high'), 'evidence: has a field "quality" that study.schema.json does not know. Remove it, or correct its name.'],
  ]);
});

describe('Works without a DOI', () => {
  const issued = { 'date-parts': [[2024]] };
  const author = [{ family: 'Author 17', given: 'A.' }];
  const body = [{ literal: 'Body 18' }];

  /** Makes another work of the record; its own fields are not those of an article. */
  const work = (csl: object) => (record: Loose): void => {
    record.csl = { title: 'A title', issued, ...csl };
    delete (record as Partial<Loose>).unverified;
  };
  const URL = 'https://example.org/17';

  takes([
    ['a report of a body, without a DOI', work({ type: 'report', author: body, number: '17', URL })],
    ['a report that names its publisher alone', work({ type: 'report', publisher: 'Body 18' })],
    ['a book of authors', work({ type: 'book', author, publisher: 'Publisher 19', 'publisher-place': 'Place 20', ISBN: '978-0-00-000000-2', edition: '2' })],
    ['a book of editors', work({ type: 'book', editor: author, publisher: 'Publisher 19' })],
    ['a chapter', work({ type: 'chapter', author, 'container-title': 'A book', publisher: 'Publisher 19', editor: author, page: '1-20' })],
    ['a law without an author', work({ type: 'legislation', number: '17', 'container-title': 'A gazette' })],
    ['a page of the web that names its publisher', work({ type: 'webpage', publisher: 'Body 18', URL, accessed: issued })],
    ['a page of the web that names its site', work({ type: 'webpage', 'container-title': 'A site', URL })],
    ['a preprint with a DOI', work({ type: 'article', author, 'container-title': 'A server', DOI: '10.1000/xyz17' })],
  ]);
  it('gives a work without authors an empty list, as the extension expects', () =>
    inDataFolder(folder => {
      const file = path.join(folder, 'studies', 'feder2021.json');
      const record = JSON.parse(readFileSync(file, 'utf8')) as Loose;
      work({ type: 'legislation' })(record);
      writeFileSync(file, JSON.stringify(record));
      const { problems, studies } = compile(folder);
      assert.deepEqual([problems, studies.find(({ id }) => id === 'feder2021')?.csl.author], [[], []]);
    }));
  refuses([
    ['an article without a DOI', record => delete record.csl.DOI, 'csl.DOI: is missing; a work of the type article-journal needs it. Add it.'],
    ['an article without a journal', record => delete record.csl['container-title'], 'csl.container-title: is missing; a work of the type article-journal needs it. Add it.'],
    ['an article without authors', record => {
      delete record.csl.author;
      delete (record as Partial<Loose>).unverified;
    }, 'csl.author: is missing; a work of the type article-journal needs it. Add it.'],
    ['a report without author and publisher', work({ type: 'report' }), 'csl: a work of the type report needs author, or publisher. Add what is missing.'],
    ['a book without a publisher', work({ type: 'book', author }), 'csl.publisher: is missing; a work of the type book needs it. Add it.'],
    ['a book without authors and editors', work({ type: 'book', publisher: 'Publisher 19' }), 'csl: a work of the type book needs author, or editor. Add what is missing.'],
    ['a chapter without its book', work({ type: 'chapter', author, publisher: 'Publisher 19' }), 'csl.container-title: is missing; a work of the type chapter needs it. Add it.'],
    ['a page of the web without an address', work({ type: 'webpage', publisher: 'Body 18' }), 'csl.URL: is missing; a work of the type webpage needs it. Add it.'],
    ['a page of the web that nobody answers for', work({ type: 'webpage', URL }), 'csl: a work of the type webpage needs author, or publisher, or container-title. Add what is missing.'],
    ['an empty list of authors', work({ type: 'report', author: [], publisher: 'Body 18' }), 'csl.author: must NOT have fewer than 1 items. Correct it.'],
    ['an author without a family name', work({ type: 'report', author: [{ given: 'A.' }] }), 'csl.author.0: this needs family, or literal. Add what is missing.'],
    ['a type that is not used', work({ type: 'song', author }), 'csl.type: is "song". Use one of article-journal, article, report, book, chapter, legislation, webpage.'],
    ['an ISBN that is none', work({ type: 'book', author, publisher: 'Publisher 19', ISBN: '17' }), 'csl.ISBN: is "17". Write it with digits and hyphens: 978-0-00-000000-2.'],
  ]);
});
