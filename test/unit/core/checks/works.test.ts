import assert from 'node:assert/strict';
import type { Entry } from '../../../../src/core/study.ts';
import { checkWorks, type KnownWorks } from '../../../../src/core/checks/works.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { finished } from '../../../../src/core/steps.ts';
import { study } from '../../../support/dataset.ts';
import { apply, told } from './support.ts';

const feder = study('feder2021');

/** An entry of the writer's own with a study's data. */
function own(id: string, model: Entry, changes: Partial<Entry['csl']> = {}): Entry {
  return {
    id,
    csl: { ...model.csl, ...changes },
    quotes: [],
    notices: [],
    origin: { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] },
  };
}

function knownOf(entries: readonly Entry[], shadowed: Readonly<Record<string, readonly Entry[]>> = {}): KnownWorks {
  const byKey = new Map(entries.map(entry => [entry.id, entry]));
  return {
    study: key => byKey.get(key),
    has: key => byKey.has(key),
    shadowed: key => shadowed[key] ?? [],
    keys: [...byKey.keys()],
    isComplete: true,
  };
}

function problems(text: string, known: KnownWorks): string[] {
  return told(text, finished(checkWorks([readManuscript(text)], known))[0]!);
}

describe('checkWorks', () => {
  it('tells a work that is cited under two keys by its DOI, once, and cites it by the first', () => {
    const known = knownOf([feder, own('federRCT', feder, { title: 'Another title of the same' })]);
    assert.deepEqual(problems('A [@feder2021]. B [@federRCT, p. 3]; @federRCT.', known), [
      '“federRCT” federRCT and feder2021 seem to be the same work, so the reference list will hold it twice. Cite it by one key.',
      'Cite feder2021 instead of federRCT everywhere: A [@feder2021]. B [@feder2021, p. 3]; @feder2021.',
    ]);
  });
  it('tells it by title and year, whatever the capitals', () => {
    const { DOI: _none, ...rest } = feder.csl;
    const known = knownOf([feder, { ...own('f', feder), csl: { ...rest, title: feder.csl.title.toUpperCase() } }]);
    assert.equal(problems('[@f; @feder2021]', known).length, 2);
  });
  it('tells it of a notebook in the cell of the second key, once, with its repair in all cells', () => {
    const known = knownOf([feder, own('federRCT', feder)]);
    const texts = ['A [@feder2021].', 'Nothing.', 'B [@federRCT].', 'C [@federRCT] and [see @federRCT, p. 3].'];
    const problems = finished(checkWorks(texts.map(text => readManuscript(text)), known));
    assert.deepEqual(problems.map(({ length }) => length), [0, 0, 1, 0]);
    const [fix] = problems[2]![0]!.fixes;
    assert.equal(apply(texts[2]!, fix!.edits), 'B [@feder2021].');
    assert.deepEqual(fix!.elsewhere?.map(({ text, edits }) => [text, apply(texts[text]!, edits)]), [
      [3, 'C [@feder2021] and [see @feder2021, p. 3].'],
    ]);
  });
  it('tells a key of two works of a notebook in the first cell that cites it', () => {
    const known = knownOf([own('feder2021', study('basso2020'))], { feder2021: [feder] });
    const problems = finished(checkWorks(['One.', '[@feder2021]', '[@feder2021]'].map(text => readManuscript(text)), known));
    assert.deepEqual(problems.map(found => found.map(({ code }) => code)), [[], ['key-in-two'], []]);
  });
  it('says nothing of works that share a short title, or the title in another year', () => {
    const known = knownOf([
      own('a', feder, { title: 'Editorial', DOI: '10.1000/1' }),
      own('b', feder, { title: 'Editorial', DOI: '10.1000/2' }),
      own('c', feder, { DOI: '10.1000/3', issued: { 'date-parts': [[1999]] } }),
      feder,
    ]);
    assert.deepEqual(problems('[@a; @b; @c; @feder2021]', known), []);
  });
  it('says nothing of one key cited twice, nor of an alias of the same entry', () => {
    const known: KnownWorks = { ...knownOf([feder]), study: () => feder };
    assert.deepEqual(problems('[@feder2021] and [@feder2021], [@alias]', known), []);
  });
  it('tells a key that two bibliographies give to two works, once', () => {
    const mine = own('feder2021', study('basso2020'));
    assert.deepEqual(problems('A [@feder2021]. B [@feder2021].', knownOf([mine], { feder2021: [feder] })), [
      '“feder2021” feder2021 stands for two works: Basso 2020 in refs.bib, which counts, and Feder 2021 in the bundled studies. If you mean the other, give it another key in your file.',
    ]);
  });
  it('says nothing where both are the same work', () => {
    assert.deepEqual(problems('[@feder2021]', knownOf([own('feder2021', feder)], { feder2021: [feder] })), []);
  });
});
