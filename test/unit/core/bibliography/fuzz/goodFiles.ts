import type { BibliographyFormat } from '../../../../../src/core/declarations.ts';

/** Files without a fault, in all formats: what fuzzing damages, and what must be left of it. Every work in them is made up. */
export interface GoodFormat {
  /** Ways in which the format begins and ends a file. */
  readonly frames: readonly (readonly [head: string, tail: string])[];
  readonly between: string;
  /** The same entry in some of the ways that the format is written. */
  readonly shapes: readonly ((key: string) => string)[];
  /** The key under which it is read. */
  readonly read: (key: string) => string;
}

/** Far from each other: one is never made another by damage to a letter or two. */
export const keys = ['alpha', 'bravo', 'carol', 'delta', 'echo', 'foxtrot'] as const;

const same = (key: string): string => key;
const numberOf = (key: string): string => String(keys.indexOf(key as (typeof keys)[number]) + 1).repeat(7);

export const goodFormats: Readonly<Record<BibliographyFormat, GoodFormat>> = {
  BibTeX: {
    frames: [
      ['', '\n'],
      ['% A list\n\n@string{jnl = "Journal 17"}\n@preamble{"x"}\n\n', '\n\n@comment{end}\n'],
    ],
    between: '\n\n',
    shapes: [
      key => `@article{${key},\n  title = {A {Title} of ${key} é},\n  author = {Seventeen, Author and Eighteen, A. B.},\n  year = 2021,\n  month = jan,\n  doi = {10.1000/${key}}\n}`,
      key => `@Book{${key}, title = "B ${key} \\"{o}", editor = {{Group 19}}, date = {2020-03/2020-04}, keywords = {a, b}}`,
      key => `@misc(${key},\n title = {C} # " ${key}",\n note = {a\n\nb (c)},\n)`,
    ],
    read: same,
  },
  'CSL-JSON': {
    frames: [
      ['[\n', '\n]\n'],
      ['{"items": [\n', '\n], "other": 1}'],
      ['{\n"references" : [\n', '\n]}'],
    ],
    between: ',\n',
    shapes: [
      key => `{"id":"${key}","type":"article-journal","title":"A title é of ${key}","author":[{"family":"Author 17","given":"A."}],"issued":{"date-parts":[[2021,3]]}}`,
      key => `  {\n    "type": "book",\n    "id": "${key}",\n    "title": "A \\"title\\" [of] {${key}}",\n    "editor": [\n      {\n        "literal": "Group 18"\n      }\n    ],\n    "DOI": "10.1000/${key}"\n  }`,
    ],
    read: same,
  },
  'CSL-YAML': {
    frames: [
      ['', '\n'],
      ['references:\n', '\n'],
      ['---\ntitle: x\nreferences:\n', '\nnocite: "@*"\n...\n'],
    ],
    between: '\n',
    shapes: [
      key => `- id: ${key}\n  title: A title é of ${key}\n  author:\n  - family: Author 17\n    given: A.\n  issued:\n    year: 2021\n  DOI: 10.1000/${key}`,
      key => `- type: book\n  id: ${key}\n  title: "B: ${key}"\n  editor:\n    - literal: 'Group 18''s'\n  issued: {date-parts: [[2020, 1]]}`,
      key => `- id: '${key}'\n  abstract: |\n    Some: text\n\n    - in *lines*\n  note: >-\n    folded\n    text\n  keyword: [a, b]`,
    ],
    read: same,
  },
  RIS: {
    frames: [
      ['', '\n'],
      ['\n', '\n\n'],
    ],
    between: '\n',
    shapes: [
      key => `TY  - JOUR\nID  - ${key}\nAU  - Seventeen, Author\nTI  - A title é of ${key}\nPY  - 2021/03//\nKW  - a\nKW  - b\nDO  - 10.1000/${key}\nER  - `,
      key => `TY  - BOOK\nTI  - B ${key}\nID  - ${key}\nA2  - Group 18,\nAB  - Some text\n  that goes on\nSP  - 1\nEP  - 9\nER  -\n`,
    ],
    read: same,
  },
  PubMed: {
    frames: [
      ['', '\n'],
      ['\n\n', '\n\n'],
    ],
    between: '\n\n',
    shapes: [
      key => `PMID- ${numberOf(key)}\nOWN - NLM\nTI  - A title é of ${key}\n      that goes on.\nFAU - Seventeen, Author\nAU  - Seventeen A\nDP  - 2021 Mar 4\nLID - 10.1000/${key} [doi]\nMH  - *Word/other`,
      key => `PMID- ${numberOf(key)}\nBTI - B ${key}\nCN  - Group 18\nPT  - Book\nDP  - 2020`,
    ],
    read: key => `PMID${numberOf(key)}`,
  },
  'EndNote XML': {
    frames: [
      ['<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>', '</records></xml>\n'],
      ['<xml>\n<!-- A list -->\n<records>\n', '\n</records>\n</xml>'],
    ],
    between: '\n',
    shapes: [
      key => `<record><rec-number>${numberOf(key)}</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Seventeen, Author</style></author></authors></contributors><titles><title>A title é &amp; ${key}</title></titles><dates><year>2021</year></dates></record>`,
      key => `<record>\n  <foreign-keys><key app="EN">${numberOf(key)}</key></foreign-keys>\n  <titles><title><![CDATA[B <${key}>]]></title></titles>\n  <keywords><keyword>a</keyword><keyword>b</keyword></keywords>\n</record>`,
    ],
    read: numberOf,
  },
};
