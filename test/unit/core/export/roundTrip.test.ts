import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFormats, exportText, type ExportFormat } from '../../../../src/core/export/formats.ts';
import type { KeyedItem } from '../../../../src/core/export.ts';
import type { CslItem, Name } from '../../../../src/core/study.ts';
import { studies } from '../../../support/dataset.ts';
import { item } from '../../../support/styles.ts';

type Read = CslItem & { readonly id: string };
type Convert = (options: object, input: string, files: object) => Promise<{ stdout: string; stderr: string }>;

/** It has no types. */
const wasm: string = 'pandoc-wasm';

/** What Pandoc reads, as CSL-JSON, and nothing that it warns of. Debian's cannot read RIS yet; that of the npm package can. */
async function readByPandoc(text: string, format: ExportFormat): Promise<readonly Read[]> {
  if (format === 'ris') {
    const { convert } = (await import(wasm)) as { convert: Convert };
    const { stdout, stderr } = await convert({ from: 'ris', to: 'csljson' }, text, {});
    assert.equal(stderr, '');
    return JSON.parse(stdout) as Read[];
  }
  const from = format === 'cslyaml' ? 'markdown' : format;
  const input = format === 'cslyaml' ? `---\n${text}---\n` : text;
  const { stdout, stderr } = spawnSync('pandoc', ['-f', from, '-t', 'csljson'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Read[];
}

const written = (items: readonly KeyedItem[], format: ExportFormat): Promise<string> =>
  exportText(items.map(each => ({ item: each, isOurs: studies.some(({ id }) => id === each.id) })), format);

const formats = Object.keys(exportFormats) as ExportFormat[];
const isLatex = (format: ExportFormat): boolean => format === 'bibtex' || format === 'biblatex';

/**
 * Text but for what Pandoc changes whatever stands there: apostrophes, blanks, dashes between pages, and marks of protected words;
 * in what was LaTeX it begins titles and subtitles with a capital.
 */
function comparable(text: string | undefined, format: ExportFormat): string | undefined {
  const plain = text?.normalize('NFC').replace(/<\/?span[^>]*>/g, '').replace(/\s+/g, ' ').replace(/[’']/g, "'").replace(/–/g, '-');
  return isLatex(format) ? plain?.replace(/(?:^|(?<=[:?!.] ))\p{L}/gu, letter => letter.toLowerCase()) : plain;
}

/** Pandoc takes particles and initials apart; put together again, the name must be the same. */
function nameIn(name: Name): string {
  const { given, family, suffix, literal } = name;
  const words = [given, name['dropping-particle'], name['non-dropping-particle'], family, suffix, literal];
  return words.filter(Boolean).join(' ').replace(/,/g, '').replace(/’/g, "'").replace(/(?<=') /g, '').replace(/\.(?=\p{Lu})/gu, '. ').trim();
}

/**
 * Where a format or Pandoc's reader of it has less than CSL; each with what is expected in its place, and why.
 * Everything else must come back as it was.
 */
const less: Readonly<Record<ExportFormat, (name: string, csl: CslItem) => { readonly expected: unknown } | undefined>> = {
  // A preprint is no article of a journal: `@misc`, whose type Pandoc leaves open, with what holds it as `howpublished`, which is
  // its publisher. BibTeX has no day, no short title of a journal, and no `langid` for English, which goes without saying.
  bibtex: (name, csl) => {
    const [year, month] = csl.issued!['date-parts']![0]!;
    return name === 'issued' ? { expected: [[year, month].filter(Boolean)] } : name === 'genre' ? { expected: undefined } : ofLatex(name, csl, false);
  },
  biblatex: (name, csl) => ofLatex(name, csl, true),
  csljson: () => undefined,
  cslyaml: () => undefined,
  // Pandoc's reader takes the year (`PY`) and leaves the day (`DA`), language, short title and the database's numbers; a suffix it
  // looks for where BibTeX has it, and not behind the given names, where RIS's specification puts it.
  ris: (name, csl) => {
    if (name === 'issued') {
      return { expected: [[csl.issued!['date-parts']![0]![0]]] };
    }
    if (name === 'author' && csl.author.some(({ suffix }) => suffix !== undefined)) {
      return { expected: anything };
    }
    const isRange = /^\S+?[-–]\S+$/.test(csl.page ?? '');
    const lost = ['PMID', 'PMCID', 'language', 'container-title-short', 'genre'].includes(name);
    return lost || (name === 'type' && csl.type === 'article') || (name === 'page' && !isRange) ? { expected: anything } : undefined;
  },
};

const anything = Symbol('whatever it is');

function ofLatex(name: string, csl: CslItem, hasShort: boolean): { readonly expected: unknown } | undefined {
  switch (name) {
    case 'type':
    case 'container-title':
      return csl.type === 'article' ? { expected: anything } : undefined;
    case 'language':
      // Of babel’s name Pandoc makes a language with a country.
      return { expected: csl.language === 'es' ? 'es-ES' : undefined };
    case 'container-title-short':
      return hasShort && csl.type !== 'article' ? undefined : { expected: undefined };
    default:
      return undefined;
  }
}

const textFields = [
  'type', 'title', 'container-title', 'container-title-short', 'volume', 'issue', 'page', 'DOI', 'URL', 'PMID', 'PMCID', 'language', 'genre',
] as const;

describe('An exported bibliography', function () {
  this.timeout(60_000);
  for (const format of formats) {
    it(`is read back by Pandoc from ${exportFormats[format].label} with every field of every study, without a warning`, async () => {
      const read = new Map((await readByPandoc(await written(studies.map(({ id }) => item(id)), format), format)).map(each => [each.id, each]));
      assert.equal(read.size, studies.length);
      const wrong: string[] = [];
      for (const { id, csl } of studies) {
        const back = read.get(id)!;
        const check = (name: string, is: unknown, asWas: unknown): void => {
          const { expected } = less[format](name, csl) ?? { expected: asWas };
          if (expected !== anything && JSON.stringify(is) !== JSON.stringify(expected)) {
            wrong.push(`${id} ${name}: ${JSON.stringify(is)} for ${JSON.stringify(expected)}`);
          }
        };
        textFields.forEach(name => check(name, comparable(back[name], format), comparable(csl[name], format)));
        check('issued', back.issued?.['date-parts'], csl.issued?.['date-parts']);
        check('author', back.author.map(nameIn), csl.author.map(nameIn));
      }
      assert.deepEqual(wrong, []);
    });
  }
  for (const format of formats.filter(each => each !== 'ris')) {
    it(`as ${exportFormats[format].label} gives \`pandoc --citeproc\` no cause for a warning`, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
      try {
        const file = path.join(folder, `references.${exportFormats[format].ending}`);
        writeFileSync(file, await written(studies.map(({ id }) => item(id)), format));
        const text = `---\nbibliography: ${file}\n---\n\n${studies.map(({ id }) => `As @${id} says.`).join('\n\n')}\n`;
        const { stdout, stderr, status } = spawnSync('pandoc', ['--citeproc', '-t', 'plain'], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
        assert.deepEqual([status, stderr], [0, '']);
        assert.doesNotMatch(stdout, /\?\?|ketamineCitations|x-ketamine/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
  it('as RIS gives a newer `pandoc --citeproc` no cause for a warning', async () => {
    const { convert } = (await import(wasm)) as { convert: Convert };
    const ris = await written(studies.map(({ id }) => item(id)), 'ris');
    const options = { from: 'markdown', to: 'plain', citeproc: true, bibliography: ['references.ris'] };
    const { stdout, stderr } = await convert(options, studies.map(({ id }) => `As @${id} says.`).join('\n\n'), { 'references.ris': ris });
    assert.equal(stderr, '');
    assert.match(stdout, /Feder, Adriana/);
  });
  it('without any work is a file that Pandoc reads', async () => {
    for (const format of formats) {
      assert.deepEqual(await readByPandoc(await written([], format), format), [], format);
    }
  });
});

describe('An exported field', function () {
  this.timeout(60_000);

  for (const format of ['bibtex', 'biblatex', 'csljson', 'ris'] as const) {
    it(`never makes Pandoc refuse the file: ${format}`, async () => {
      const signs = ['\\', 'C:\\papers\\', 'a\\\\', 'a } b', '{', 'a " b', '50% of', 'a\n\nb', 'a # b @ c', '(a'];
      const works = signs.map((sign, index) => ({
        ...item('feder2021'), id: `author${index}`, title: sign, 'container-title': sign, volume: sign, DOI: sign, URL: sign, ISBN: sign, ISSN: sign, note: sign, keyword: sign, publisher: sign, PMID: sign,
      }));
      assert.deepEqual((await readByPandoc(await written(works, format), format)).map(({ id }) => id), works.map(({ id }) => id));
    });
  }
});

describe('Works of other kinds', function () {
  this.timeout(60_000);
  const work = (type: string, fields: object = {}): KeyedItem => ({ id: `work-${type}`, type, title: 'A title of one', author: [{ family: 'Author 17', given: 'A.' }], ...fields });
  it('keep their type in BibLaTeX, as far as Pandoc’s reader has it', async () => {
    const types = ['article-journal', 'article-magazine', 'article-newspaper', 'book', 'chapter', 'entry-encyclopedia', 'paper-conference', 'thesis', 'report', 'manuscript',
      'pamphlet', 'webpage', 'dataset', 'patent'];
    const read = await readByPandoc(await written(types.map(type => work(type)), 'biblatex'), 'biblatex');
    assert.deepEqual(Object.fromEntries(read.map(({ id, type }) => [id, type])), Object.fromEntries(types.map(type => [`work-${type}`, type])));
  });
  it('keep dates of every kind in BibLaTeX', async () => {
    const dates = [{ 'date-parts': [[2019, 5, 4]] }, { 'date-parts': [[2019, 5], [2021]] }, { 'date-parts': [[450]] }, { 'date-parts': [[2020]], season: 2 }];
    const read = await readByPandoc(await written(dates.map((issued, index) => ({ ...work('book', { issued }), id: `d${index}` })), 'biblatex'), 'biblatex');
    // Pandoc writes seasons as BibLaTeX does.
    assert.deepEqual(read.map(({ issued }) => issued), [...dates.slice(0, 3), { 'date-parts': [[2020, 22]] }]);
  });
  it('keep particles, groups and suffixes of names', async () => {
    const author = [{ family: 'Author', given: 'A.', 'non-dropping-particle': 'van der' }, { literal: 'Group, A and B' }, { family: 'Author', given: 'B.', suffix: 'Jr.' }];
    const dropping = [{ family: 'Author', given: 'A.', 'dropping-particle': 'von' }];
    for (const format of ['bibtex', 'biblatex'] as const) {
      const read = await readByPandoc(await written([work('book', { author }), work('thesis', { author: dropping })], format), format);
      assert.deepEqual(read.map(each => each.author), [author, dropping], format);
    }
  });
  it('keep what is said of them: theses, reports, notes, abstracts', async () => {
    const thesis = work('thesis', { genre: 'Master’s thesis', publisher: 'A University', abstract: 'With <i>marks</i> & 5%', note: 'Seen' });
    const read = await readByPandoc(await written([thesis], 'biblatex'), 'biblatex');
    const { genre, publisher, abstract, note } = read[0]!;
    assert.deepEqual([genre, publisher, abstract, note], ['Master’s thesis', 'A University', 'With <i>marks</i> & 5%', 'Seen']);
    assert.match(await written([thesis], 'bibtex'), /^@mastersthesis/);
  });
  it('name particles in RIS', async () => {
    const author = [{ family: 'Author', given: 'A.', 'non-dropping-particle': 'van der' }, { family: 'Author', given: 'B.', 'dropping-particle': "d'" }];
    assert.match(await written([work('book', { author })], 'ris'), /^AU {2}- van der Author, A\.\nAU {2}- d'Author, B\.$/m);
  });
});
