import assert from 'node:assert/strict';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { Library } from '../../../src/core/library.ts';
import { isNamed, offersFor } from '../../../src/core/offers.ts';
import { studies, vocabulary } from '../../support/dataset.ts';
import { readManuscript } from '../../../src/core/reading.ts';

const library = new Library({ studies, vocabulary });

/** What is offered at the end of a text, for the first studies found: `citation feder2021`. */
function offered(text: string, limit = 3): string[] {
  const query = citationQueryAt(readManuscript(text), text.length, library.has);
  assert.ok(query, 'nothing is searched there');
  const found = library.findWhileTyped(query.text, { limit });
  const options = { mode: 'parenthetical', isNamed: found[0] !== undefined && isNamed(found[0]) } as const;
  return offersFor(found.map(({ study }) => study), query, text, options).map(
    ({ form, mode, study }) => `${form === 'citation' && mode === 'in-text' ? 'in-text' : form} ${study.id}`,
  );
}

describe('Offers', () => {
  it('are one a study for a topic, so that many can be compared', () =>
    assert.deepEqual(offered('As @ketmine ptsd'), ['citation abdallah2022', 'citation feder2014', 'citation feder2021']));
  it('are one a study for a bare @', () => assert.ok(offered('As @', 12).every(each => each.startsWith('citation '))));
  it('have the other forms of the first study once its author is typed', () =>
    assert.deepEqual(offered('As @oliver', 2).slice(0, 4), ['citation oliver2022', 'in-text oliver2022', 'quote oliver2022', 'reference oliver2022']));
  it('have them once its key is typed, and not those of the next', () => {
    const all = offered('As @feder2021', 3);
    assert.deepEqual(all.slice(0, 2), ['citation feder2021', 'in-text feder2021']);
    assert.deepEqual(all.filter(each => !each.endsWith('feder2021') && !each.startsWith('citation ')), []);
  });
  it('have them where a co-author is typed', () => assert.ok(offered('As @charney ptsd', 1).some(each => each.startsWith('reference '))));
  it('have no in-text form where the author is left out', () => assert.ok(!offered('As [-@oliver').includes('in-text oliver2022')));
  it('are cites alone in a citation that holds others', () =>
    assert.deepEqual(offered('As [@dore2019; @oliver', 1), ['citation oliver2022']));
  it('begin with quotes in a block quote, named or not', () => {
    assert.equal(offered('> @oliver')[0], 'quote oliver2022');
    assert.equal(offered('> @real-world depression', 20).find(each => each.startsWith('quote')), offered('> @real-world depression', 20)[0]);
  });
  for (const text of ['> [!NOTE]\n> @oliver', '> [!warning] Words\n> Line.\n>\n> - @oliver', '> [!NOTE]\n> > @oliver', '- x\n\n  > [!TIP]\n  > As @oliver']) {
    it(`begin with the citation in a callout: ${JSON.stringify(text)}`, () => assert.equal(offered(text)[0], 'citation oliver2022'));
  }
  for (const text of ['> [!NOTE]\n\n> @oliver', '> Note\n> @oliver', '> [link]\n> @oliver']) {
    it(`begin with quotes in a quote that is no callout: ${JSON.stringify(text)}`, () => assert.equal(offered(text)[0], 'quote oliver2022'));
  }
  it('begin with references under References', () => assert.equal(offered('# References\n\n@feder 2021')[0], 'reference feder2021'));
});
