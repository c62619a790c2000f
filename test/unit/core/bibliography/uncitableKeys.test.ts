import assert from 'node:assert/strict';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { CslJsonScanner } from '../../../../src/core/bibliography/cslJson.ts';
import { CslYamlScanner } from '../../../../src/core/bibliography/cslYaml.ts';
import { RisScanner } from '../../../../src/core/bibliography/ris.ts';
import type { Scanner } from '../../../../src/core/bibliography/scan.ts';
import { scanned } from '../../../support/bibliographyOracle.ts';

const json = (id: string): string => JSON.stringify([{ id, type: 'book', title: 'Quartz' }]);

describe('An entry whose key can’t be cited', () => {
  const texts: readonly (readonly [format: string, scanner: () => Scanner, text: string])[] = [
    ['BibTeX', () => new BibtexScanner(), '@book{de Author2012,\n  title = {Quartz}\n}\n'],
    ['CSL-JSON', () => new CslJsonScanner(), json('de Author2012')],
    ['CSL-JSON', () => new CslJsonScanner(), json('Author\u00a02012')],
    ['CSL-JSON', () => new CslJsonScanner(), json('a}b')],
    ['CSL-YAML', () => new CslYamlScanner(), '---\nreferences:\n- id: de Author2012\n  type: book\n  title: Quartz\n...\n'],
    ['RIS', () => new RisScanner(), 'TY  - BOOK\nID  - de Author2012\nTI  - Quartz\nER  - \n'],
  ];
  for (const [format, scanner, text] of texts) {
    it(`is told in ${format}: ${JSON.stringify(text)}`, () => {
      const { entries, problems } = scanned(scanner(), text);
      assert.equal(entries.length, 1);
      assert.match(problems.map(({ message }) => message).join(' '), /space|brace|blank/);
    });
  }
  for (const id of ['10.1016/S0022-2836(05)80360-2', 'a{b}c', 'O\'Author2012', 'größe:17']) {
    it(`is no such one: ${id}`, () => assert.deepEqual(scanned(new CslJsonScanner(), json(id)).problems, []));
  }
});
