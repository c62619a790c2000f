import assert from 'node:assert/strict';
import { readStyle, type CitableItem } from '../../../../src/core/cslEngine.ts';
import { pendingHtml } from '../../../../src/core/preview/html.ts';
import { provisional } from '../../../../src/core/preview/provisional.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { citationsToPrint, type PlacedCitation } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../../../src/core/typeset/typesetter.ts';
import { bundledStyle, item, localeFor } from '../../../support/styles.ts';

const itemOf = (key: string): CitableItem | undefined => (key === 'unknown2000' ? undefined : item(key));
const citedIn = (text: string): readonly PlacedCitation[] => citationsToPrint(readManuscript(text), itemOf);

describe('Citations that are being printed anew', function () {
  this.timeout(60_000);
  const old = 'One [@feder2021, p. 3] and [@unknown2000].\n';
  const now = 'New [@berman2000]. One [@feder2021, p. 3], [@feder2021, p. 4] and [@unknown2000].\n';
  let last: Parameters<typeof provisional>[1];

  before(async () => {
    const typesetter = new Typesetter(await readStyle(bundledStyle('apa'), 'en-US', localeFor));
    last = { cited: citedIn(old), printed: typesetter.print(citedIn(old)) };
  });

  it('read as they did, wherever they stand now; a new one as it is written', () => {
    const { citations, bibliography } = provisional(citedIn(now), last, now);
    assert.deepEqual(
      citations.map(({ text }) => text.html),
      [pendingHtml('[@berman2000]'), '(Feder et al., 2021, p. 3)', pendingHtml('[@feder2021, p. 4]'), last!.printed.citations[1]!.text.html],
    );
    assert.deepEqual(bibliography, last!.printed.bibliography);
  });
  it('are as they are written where nothing was printed yet', () => {
    const { citations, bibliography } = provisional(citedIn(old), undefined, old);
    assert.deepEqual(citations.map(({ text }) => text.html), [pendingHtml('[@feder2021, p. 3]'), pendingHtml('[@unknown2000]')]);
    assert.deepEqual(bibliography, []);
  });
});
