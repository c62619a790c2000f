import assert from 'node:assert/strict';
import { alreadyThere, asQuote, quotesByKey, withOwnQuotes, type OwnQuote } from '../../../../src/core/quoteBank/own.ts';
import type { Entry } from '../../../../src/core/study.ts';

const quote: OwnQuote = { key: 'a1', text: 'Some “words” of the author’s', locator: 'p. 3' };
const csl = { type: 'book', title: 'A Book', author: [] };
const entry: Entry = { id: 'a1', csl, quotes: [], notices: [] };

describe('quotesByKey', () => {
  it('makes quotes of the library, marked as the writer’s own', () =>
    assert.deepEqual([...quotesByKey([quote])], [['a1', [{ text: quote.text, location: 'p. 3', match: 'exact', source: '', own: true }]]]));
  it('has a quote that stands twice once', () => {
    const again = { ...quote, text: 'Some  "words" of the author\'s', locator: 'p. 4' };
    assert.equal(quotesByKey([quote, again, { ...quote, key: 'b1' }]).get('a1')?.length, 1);
  });
});

describe('alreadyThere', () => {
  it('tells the same words of the same work', () => {
    assert.equal(alreadyThere([quote], { key: 'a1', text: `${quote.text} ` }), quote);
    assert.equal(alreadyThere([quote], { key: 'b1', text: quote.text }), undefined);
    assert.equal(alreadyThere([quote], { key: 'a1', text: quote.text.toLowerCase() }), undefined);
  });
});

describe('withOwnQuotes', () => {
  it('puts the writer’s quotes behind the entry’s', () => {
    const first = asQuote({ ...quote, text: 'First' });
    const { quotes, ...rest } = withOwnQuotes({ ...entry, quotes: [first] }, [asQuote(quote)]);
    assert.deepEqual(quotes, [first, asQuote(quote)]);
    assert.deepEqual(rest, { id: 'a1', csl, notices: [] });
  });
  it('is the entry itself where nothing is new', () => {
    const known = { ...entry, quotes: [{ text: quote.text, location: 'Abstract', match: 'variant' as const, source: 'x' }] };
    assert.equal(withOwnQuotes(entry, []), entry);
    assert.equal(withOwnQuotes(entry), entry);
    assert.equal(withOwnQuotes(known, [asQuote(quote)]), known);
  });
  it('makes an entry’s CSL item no sooner than it is asked for', () => {
    let made = 0;
    class Lazy implements Entry {
      readonly #title = 'A Book';
      get id(): string {
        return 'a1';
      }
      get csl(): Entry['csl'] {
        made += 1;
        return { ...csl, title: this.#title };
      }
      readonly quotes = [];
      readonly notices = [];
      get origin(): NonNullable<Entry['origin']> {
        return { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 3, keywords: [] };
      }
    }
    const with1 = withOwnQuotes(new Lazy(), [asQuote(quote)]);
    assert.deepEqual([with1.id, with1.origin?.name, with1.quotes.length, made], ['a1', 'refs.bib', 1, 0]);
    assert.equal(with1.csl.title, 'A Book');
  });
});
