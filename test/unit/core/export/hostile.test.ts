import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writtenKey } from '../../../../src/core/declarations.ts';
import { exportFormats, exportText, type ExportFormat } from '../../../../src/core/export/formats.ts';
import { merge, type Merged } from '../../../../src/core/export/merge.ts';
import { toBibtex, type KeyedItem } from '../../../../src/core/export.ts';
import { keyFault } from '../../../../src/core/importing/citekey.ts';
import type { CslDate, Name } from '../../../../src/core/study.ts';
import { convertCslYaml, CslYamlScanner } from '../../../../src/core/bibliography/cslYaml.ts';
import { ours } from '../../../support/bibliographyOracle.ts';
import { hostileDates, hostileKeys, hostileNames, hostileValues, workWith } from '../../../support/hostileWorks.ts';

type Read = Readonly<Record<string, unknown>> & { readonly id: string };
type Pandoc = '2.17' | '3';

/** It has no types. */
const wasm: string = 'pandoc-wasm';

/** All works in one call; nothing that Pandoc warns of. */
async function readBack(works: readonly KeyedItem[], format: ExportFormat, pandoc: Pandoc): Promise<readonly Read[]> {
  return readText(await exportText(works.map(item => ({ item, isOurs: false })), format), format, pandoc);
}

async function readText(text: string, format: ExportFormat, pandoc: Pandoc): Promise<readonly Read[]> {
  const from = format === 'cslyaml' ? 'markdown' : format;
  const input = format === 'cslyaml' ? `---\n${text}---\n` : text;
  if (pandoc === '3') {
    const { convert } = (await import(wasm)) as { convert(options: object, input: string, files: object): Promise<{ stdout: string; stderr: string }> };
    const { stdout, stderr } = await convert({ from, to: 'csljson' }, input, {});
    assert.equal(stderr, '');
    return JSON.parse(stdout) as Read[];
  }
  const { stdout, stderr } = spawnSync('pandoc', ['-f', from, '-t', 'csljson'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Read[];
}

/** Debian's Pandoc cannot read RIS yet. */
const readers = (Object.keys(exportFormats) as ExportFormat[]).flatMap((format): (readonly [ExportFormat, Pandoc])[] =>
  format === 'ris' ? [[format, '3']] : [[format, '2.17'], [format, '3']]);

const isLatex = (format: ExportFormat): boolean => format === 'bibtex' || format === 'biblatex';

/** A field, and a type of work in which Pandoc’s reader of every format looks for it. */
type Place = readonly [field: string, type: string];

const everywhere: readonly Place[] = [
  ['title', 'book'], ['container-title', 'article-journal'], ['publisher', 'book'], ['abstract', 'book'], ['volume', 'article-journal'], ['issue', 'article-journal'], ['DOI', 'book'], ['URL', 'book'], ['keyword', 'book'], ['edition', 'book'],
];
const notInRis: readonly Place[] = [
  ['container-title', 'chapter'], ['collection-title', 'book'], ['publisher', 'thesis'], ['publisher', 'report'], ['publisher-place', 'book'], ['note', 'book'], ['ISBN', 'book'], ['ISSN', 'article-journal'], ['PMID', 'article-journal'], ['PMCID', 'article-journal'], ['page', 'article-journal'],
];
const notInBibtex: readonly Place[] = [
  ['container-title-short', 'article-journal'], ['title-short', 'book'], ['event-title', 'paper-conference'], ['event-place', 'paper-conference'], ['annote', 'book'], ['version', 'book'],
];
/** BibLaTeX has the language as one of babel’s names, and of `type` Pandoc takes the text as it stands, escapes and all. */
const inCslAlone: readonly Place[] = [['language', 'book'], ['genre', 'book'], ['number', 'book']];

const places: Readonly<Record<ExportFormat, readonly Place[]>> = {
  ris: everywhere,
  bibtex: [...everywhere, ...notInRis],
  biblatex: [...everywhere, ...notInRis, ...notInBibtex],
  csljson: [...everywhere, ...notInRis, ...notInBibtex, ...inCslAlone],
  cslyaml: [...everywhere, ...notInRis, ...notInBibtex, ...inCslAlone],
};

/** Text but for what Pandoc changes whatever stands there: kinds of quotation marks and of spaces, names of tags, marks of protected words. */
function comparable(value: unknown): string {
  return String(value ?? '')
    .normalize('NFC')
    .replace(/<sc>(.*?)<\/sc>/g, '<span style="font-variant:small-caps;">$1</span>')
    .replace(/<span class="nocase">(.*?)<\/span>/g, '$1')
    .replace(/[“”‘’"]/g, "'")
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
}

const addresses = new Set(['DOI', 'URL', 'ISBN', 'ISSN', 'PMID', 'PMCID']);
const titles = new Set(['title of book', 'container-title of chapter', 'collection-title of book', 'title-short of book', 'event-title of paper-conference']);

interface Case {
  readonly format: ExportFormat;
  readonly field: string;
  readonly type: string;
  readonly value: string;
}

const anything = Symbol('whatever it is');

/** What must come back, where it can't be the text itself. Each has its reason. */
function expectedOf({ format, field, value }: Case): string | typeof anything {
  const text = value.replace(/\p{Cs}/gu, '\ufffd');
  if (format === 'csljson' && field === 'note' && /^\S+:/.test(text)) {
    return anything; // Pandoc reads `name: value` in a note as a field of that name, as Zotero writes them.
  }
  if (isLatex(format) && field === 'collection-title' && text === '1') {
    return '1st series'; // So Pandoc, as biblatex does, prints a series that is a number.
  }
  if (format === 'ris' && !addresses.has(field)) {
    return text.replace(/<(i|b|su[bp]|sc|span)(?: [^<>]*)?>(.*?)<\/\1>/gs, '$2').replace(/<(i)>(.*?)<\/\1>/g, '$2'); // RIS has no markup.
  }
  if (isLatex(format) && addresses.has(field)) {
    // These are read as they stand, without escapes: a brace without its partner would end the entry.
    return text.replace(/[{}]|\\(?=\\*$)/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  }
  return text;
}

/** In what was LaTeX, Pandoc begins titles with a capital. */
function normal({ format, field, type }: Case, text: unknown): string {
  const plain = comparable(text);
  return isLatex(format) && titles.has(`${field} of ${type}`) ? plain.toLowerCase() : plain;
}

function differences(cases: readonly Case[], read: readonly Read[]): string[] {
  assert.equal(read.length, cases.length);
  return cases.flatMap((each, index) => {
    const back = read[index]!;
    const expected = expectedOf(each);
    const others = Object.entries({ title: 'A title of one', author: [{ family: 'Author 17', given: 'A.' }] }).filter(([name]) => name !== each.field);
    const broken = others.filter(([name, value]) => JSON.stringify(back[name]) !== JSON.stringify(value)).map(([name]) => name);
    const is = normal(each, back[each.field] ?? (each.field === 'event-title' ? back['event'] : undefined));
    return broken.length === 0 && (expected === anything || is === normal(each, expected))
      ? []
      : [`${each.field} of ${each.type}: ${JSON.stringify(each.value.slice(0, 60))} came back as ${JSON.stringify(is.slice(0, 60))} ${broken.join()}`];
  });
}

describe('An export of any work', function () {
  this.timeout(60_000);

  for (const [format, pandoc] of readers) {
    it(`as ${exportFormats[format].label} is read by Pandoc ${pandoc} with every text that a field may hold`, async () => {
      // The newer build is slow: of YAML, whose texts are Markdown for it, it reads a few fields, of LaTeX each text in every third.
      const few = pandoc === '3' && format === 'cslyaml' ? places[format].filter(([field]) => ['title', 'publisher', 'DOI', 'language'].includes(field)) : places[format];
      const step = pandoc === '3' && isLatex(format) ? 3 : 1;
      const cases = few.flatMap(([field, type], place) =>
        hostileValues.filter((_, at) => (at + place) % step === 0).map(value => ({ format, field, type, value })));
      const works = cases.map(({ field, type, value }, index) => workWith(`w${index}`, type, { [field]: value }));
      assert.equal(differences(cases, await readBack(works, format, pandoc)).join('\n'), '');
    });
  }

  for (const [format, pandoc] of readers) {
    it(`as ${exportFormats[format].label} is read by Pandoc ${pandoc} with every name, and those beside it`, async () => {
      const beside = [{ family: 'Author 17', given: 'First' }, { family: 'Author 18', given: 'Last' }];
      const works = hostileNames.map((name, index) => workWith(`n${index}`, 'book', { author: [beside[0]!, name, beside[1]!] }));
      const read = await readBack(works, format, pandoc);
      const wrong = hostileNames.flatMap((name, index) => {
        const back = (read[index]!['author'] as readonly Name[]).map(wordsOf).filter(words => words !== '');
        const expected = [beside[0]!, name, beside[1]!].map(wordsOf).filter(words => words !== '');
        return JSON.stringify(back) === JSON.stringify(expected) || isLostName(format, name) ? [] : [`${JSON.stringify(name)} came back as ${JSON.stringify(back)}`];
      });
      assert.equal(wrong.join('\n'), '');
    });

    it(`as ${exportFormats[format].label} is read by Pandoc ${pandoc} with every date`, async () => {
      const works = hostileDates.map((issued, index) => workWith(`d${index}`, 'book', issued ? { issued, accessed: issued, 'original-date': issued } : {}));
      const read = await readBack(works, format, pandoc);
      const wrong = hostileDates.flatMap((date, index) => {
        const back = read[index]!['issued'] as CslDate | undefined;
        const [is, expected] = [back?.['date-parts'] ?? [], partsIn(date, format)];
        // BibTeX and RIS know no date that is about right.
        const isSure = format === 'bibtex' || format === 'ris' || Boolean(date?.circa) === Boolean(back?.circa);
        // Of 1 BC Pandoc makes no date or the year nought.
        const isOdd = date?.['date-parts']?.[0]?.[0] === -1 && format !== 'cslyaml';
        return isOdd || (isSure && JSON.stringify(is) === JSON.stringify(expected)) ? [] : [`${JSON.stringify(date)} came back as ${JSON.stringify(back)} for ${JSON.stringify(expected)}`];
      });
      assert.equal(wrong.join('\n'), '');
    });

    it(`as ${exportFormats[format].label} is read by Pandoc ${pandoc} with every key that the format can hold`, async () => {
      const keys = hostileKeys.filter(key => writtenKey(key, exportFormats[format].format, '') !== undefined);
      assert.ok(keys.length > 200);
      assert.deepEqual((await readBack(keys.map(key => workWith(key, 'book', {})), format, pandoc)).map(({ id }) => id), keys);
    });
  }
});

describe('What Pandoc changes in what it reads', function () {
  this.timeout(60_000);

  it('is kept from the capitals of series and conferences', async () => {
    const work = workWith('a', 'paper-conference', { 'collection-title': 'Lecture Notes in Computer Science', 'event-title': 'The Meeting of Us' });
    for (const pandoc of ['2.17', '3'] as const) {
      const [read] = await readBack([work], 'biblatex', pandoc);
      assert.equal(read?.['collection-title'], 'Lecture Notes in Computer Science');
      assert.equal(read['event-title'] ?? read['event'], 'The Meeting of Us');
      assert.equal((await readBack([work], 'bibtex', pandoc))[0]?.['collection-title'], 'Lecture Notes in Computer Science');
    }
  });

  it('is kept from names, DOIs and addresses in YAML, by us too', async () => {
    const work = workWith('a', 'book', {
      author: [{ family: 'O\'Author', given: '*A*' }], DOI: '10.1002/(SICI)1-2(3)4:5<1::AID-X>3.0', URL: 'https://example.org/~a/_b_?c="d"', publisher: 'A--B',
    });
    const [byPandoc] = await readBack([work], 'cslyaml', '3');
    const [byUs] = ours(new CslYamlScanner(), convertCslYaml, await exportText([{ item: work, isOurs: false }], 'cslyaml'));
    for (const read of [byPandoc, byUs]) {
      assert.deepEqual([read?.['DOI'], read?.['URL'], read?.['publisher'], read?.['author']], [work.DOI, work.URL, work.publisher, work.author]);
    }
  });

  it('is no year before our era in BibLaTeX', () => {
    const entry = toBibtex([workWith('a', 'book', { issued: { 'date-parts': [[-44, 3]] } })], 'biblatex');
    assert.match(entry, /date = \{-0043-03\}/);
  });
});

describe('A file of any layout', function () {
  this.timeout(60_000);

  const first = workWith('first', 'book', {});
  const json = (indent?: string): string => `${JSON.stringify([first], undefined, indent)}\n`;
  const tabbed = `${toBibtex([{ ...first, issued: { 'date-parts': [[2019]] } }], 'biblatex').replace(/^ {2}/gm, '\t').replaceAll('\n', '\r\n')}\r\n`;
  const block = 'references:\n- id: first\n  type: book\n  title: A title of one\n  author:\n  - family: Author 17\n    given: A.\n';
  const layouts: readonly (readonly [what: string, format: ExportFormat, text: string])[] = [
    ['BibTeX', 'bibtex', toBibtex([first], 'bibtex')],
    ['BibLaTeX with tabs and CRLF', 'biblatex', tabbed],
    ['CSL-JSON on one line', 'csljson', json()],
    ['CSL-JSON with tabs', 'csljson', json('\t')],
    ['CSL-YAML', 'cslyaml', block],
    ['CSL-YAML in brackets', 'cslyaml', `references: ${JSON.stringify([first])}\n`],
    ['RIS', 'ris', 'TY  - BOOK\nID  - first\nTI  - A title of one\nAU  - Author 17, A.\nER  - \n'],
  ];

  async function merged(text: string, format: ExportFormat, works: readonly KeyedItem[]): Promise<Merged & { readonly read: readonly Read[] }> {
    const result = await merge(text, exportFormats[format].format, works.map(item => ({ item, isOurs: false })));
    assert.ok('text' in result, JSON.stringify(result));
    const read = await readText(result.text.replaceAll('\r\n', '\n'), format, format === 'ris' ? '3' : '2.17');
    assert.deepEqual(read.map(({ id }) => id), ['first', ...result.added]);
    return { ...result, read };
  }

  for (const [what, format, text] of layouts) {
    it(`takes every text, so that Pandoc still reads all of it: ${what}`, async () => {
      // YAML is read as a whole for each work.
      const values = hostileValues.filter((_, at) => at % (format === 'cslyaml' ? 2 : 1) === 0);
      const cases = values.map((value, at) => ({ format, field: at % 2 === 0 ? 'title' : 'publisher', type: 'book', value }));
      const { added, read: [old, ...read] } = await merged(text, format, cases.map(({ field, value }, at) => workWith(`w${at}`, 'book', { [field]: value })));
      assert.equal(added.length, cases.length);
      assert.equal(old?.['title'], 'A title of one');
      assert.equal(differences(cases, read).join('\n'), '');
    });

    it(`gets no key that Pandoc would read as another: ${what}`, async () => {
      const keys = hostileKeys.filter((_, at) => at % (format === 'cslyaml' ? 8 : 2) === 0);
      const { added, impossible } = await merged(text, format, keys.map(key => workWith(key, 'book', {})));
      assert.deepEqual([...added, ...impossible].sort(), [...keys].sort());
    });
  }

  it('is offered no key that it can’t hold, where a writer types one', () => {
    for (const format of ['BibTeX', 'CSL-JSON', 'CSL-YAML', 'RIS'] as const) {
      for (const key of hostileKeys.filter(each => keyFault(each, format, () => false) === undefined)) {
        assert.notEqual(writtenKey(key, format, ''), undefined, `${format} ${key}`);
      }
    }
  });
});

/** The words of a name, however they are shared out among its parts. */
function wordsOf(name: Name): string {
  const { given, family, suffix, literal } = name;
  const words = [given, name['dropping-particle'], name['non-dropping-particle'], family, suffix, literal].filter(Boolean).join(' ');
  return comparable(words.replace(/\p{Cs}/gu, '\ufffd')).split(/[\s,]+/).filter(Boolean).sort().join(' ');
}

/** Dates of which a format has less; each with the reason. */
function partsIn(date: CslDate | undefined, format: ExportFormat): unknown {
  const [[year, month, day] = [], ...more] = date?.['date-parts'] ?? [];
  if (year === undefined) {
    return []; // Pandoc writes no words into CSL-JSON's dates.
  }
  switch (format) {
    case 'ris':
      return [[year]]; // Pandoc reads the year alone.
    case 'bibtex':
      return [[year, ...(month !== undefined && month <= 12 ? [month] : [])]]; // BibTeX has a year and a month.
    case 'biblatex':
      return date?.season ? [[year, Number(date.season) + 20]] : [[year, month, day].filter(Boolean), ...more]; // A season is a month from 21 on.
    default:
      return date?.['date-parts'];
  }
}

/** Names of which Pandoc’s reader loses words. */
function isLostName(format: ExportFormat, { family, literal }: Name): boolean {
  return format === 'ris' && /=/.test(family ?? literal ?? ''); // It looks for BibLaTeX’s `family=Author`, and RIS has no braces.
}
