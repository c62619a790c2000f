import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import fc from 'fast-check';
import { cellText, columnIds, columnLabel, notStated, type Column } from '../../../../src/core/evidenceTable/columns.ts';
import { label } from '../../../../src/core/describe.ts';
import { escapeCell, markdownTable } from '../../../../src/core/evidenceTable/markdown.ts';
import { studies, study, vocabulary } from '../../../support/dataset.ts';
import { readByPandoc, textOf } from '../../../support/pandoc.ts';

const rows = studies.map(each => ({ key: each.id, study: each }));
const table = markdownTable(rows, columnIds, vocabulary);

/** Pandoc sets apostrophes and quotation marks as typographic ones, and no line break behind `St.`. */
const asTyped = (text: string): string => text.replace(/[‘’]/g, "'").replaceAll('\u00a0', ' ');

/** The cells of the one table in a text, header first, as Pandoc reads them. */
function byPandoc(text: string, format: string): string[][] {
  const [node, ...others] = readByPandoc(text, format);
  assert.equal(node?.t, 'Table');
  assert.deepEqual(others, []);
  const [, , , [, head], bodies] = node.c as [unknown, unknown, unknown, [unknown, unknown[]], [unknown, unknown, unknown, unknown[]][]];
  return [...head, ...bodies.flatMap(body => body[3])].map(row =>
    (row as [unknown, unknown[]])[1].map(cell => asTyped(textOf((cell as unknown[])[4]))),
  );
}

/** The same as VS Code's preview reads them. */
function byMarkdownIt(text: string): string[][] {
  const tokens = new MarkdownIt({ html: true }).parse(text, {});
  const found: string[][] = [];
  tokens.forEach((token, index) => {
    if (token.type === 'tr_open') {
      found.push([]);
    } else if (token.type === 'inline' && /^t[hd]_open$/.test(tokens[index - 1]!.type)) {
      assert.ok(token.children!.every(({ type }) => type.startsWith('text')), token.content);
      found.at(-1)!.push(token.children!.map(({ content }) => content).join(''));
    }
  });
  return found;
}

const citationAs = (written: (key: string) => string): string[][] => [
  columnIds.map(columnLabel),
  ...studies.map(each => columnIds.map(column => (column === 'citation' ? written(each.id) : cellText(column, each, vocabulary)))),
];

const hostile = fc.string({ unit: fc.constantFrom(...'|\\`*_[]<>$^~@#&;:!-+.(){}"=1aé \n\r\t'), maxLength: 24 });

describe('An evidence table of all studies', function () {
  this.timeout(60_000);

  it('is read by Pandoc cell by cell as the records have it', () =>
    assert.deepEqual(byPandoc(table, 'markdown'), citationAs(() => '<Cite>').map(row => row.map(asTyped))));
  it('is read so in GitHub’s Markdown too', () => assert.deepEqual(byPandoc(table, 'gfm'), citationAs(key => `[@${key}]`).map(row => row.map(asTyped))));
  it('is read so by VS Code’s preview', () => assert.deepEqual(byMarkdownIt(table), citationAs(key => `[@${key}]`)));
  it('cites each study once, in Pandoc’s eyes', () => {
    const keys = Array.from(JSON.stringify(readByPandoc(table, 'markdown')).matchAll(/"citationId":"([^"]+)"/g), match => match[1]);
    assert.deepEqual(keys, studies.map(({ id }) => id));
  });
});

describe('A cell', () => {
  const cell = (column: Column, key: string): string => cellText(column, study(key), vocabulary);

  it('tells the intervention and the outcome whole', () => {
    assert.equal(cell('intervention', 'feder2021'), 'ketamine, intravenous; 0.5 mg/kg; six infusions over two weeks');
    assert.equal(cell('outcome', 'feder2021'), 'CAPS-5, 2 weeks: 11.88 points lower (SE 3.96) than with midazolam; d = 1.13, 95% CI 0.36 to 1.91');
  });
  it('says that something is not stated, and never guesses', () => {
    const silent = studies.filter(({ n }) => n === null || n === undefined);
    assert.ok(silent.length > 10);
    assert.deepEqual([...new Set(silent.map(each => cellText('n', each, vocabulary)))], [notStated]);
    assert.deepEqual(studies.filter(each => cellText('n', each, vocabulary) !== String(each.n ?? notStated)), []);
  });
  it('tells the codes by their labels', () => {
    const cells = (key: string, ...columns: readonly Column[]): readonly string[] => columns.map(column => cell(column, key));
    assert.deepEqual(cells('feder2021', 'design', 'randomized', 'blinding', 'comparedWith', 'result', 'routes'), [
      'Randomized controlled trial', 'yes', notStated, label(vocabulary.comparators, 'active-placebo'), 'Favours the treatment', 'Intravenous',
    ]);
    assert.deepEqual(cells('feder2021', 'doses', 'sessions', 'followUp', 'gist'), ['0.5 mg/kg', '6', '14 days', study('feder2021').gist]);
    assert.deepEqual(cells('feder2014', 'design', 'randomized'), ['Randomized crossover trial', 'yes']);
    assert.deepEqual(cells('bell2017', 'comparedWith', 'randomized'), [`Placebo or saline; ${label(vocabulary.comparators, 'active-placebo')}`, 'no']);
    assert.deepEqual(cells('loo2023', 'doses'), ['0.5 mg/kg; 0.5–0.9 mg/kg']);
    assert.deepEqual(cells('dakwar2017', 'followUp'), ['1 day']);
    assert.deepEqual(cells('andrade2017', 'sessions', 'followUp', 'blinding'), [notStated, notStated, notStated]);
    assert.equal(cell('basis', 'feder2021'), study('feder2021').evidence.basis);
  });
  it('aligns numbers alone at the right', () => {
    const [, rule] = markdownTable([], ['n', 'sessions', 'followUp', 'doses'], vocabulary).split('\n');
    assert.match(rule!, /^\| -+: \| -+: \| :-+ \| :-+ \|$/);
  });
  it('tells null results in the record’s words', () => {
    assert.equal(cell('finding', 'abdallah2022'), study('abdallah2022').finding);
    assert.equal(cell('outcome', 'abdallah2022').includes(study('abdallah2022').outcome!.result!), true);
  });
  it('tells notices, retractions first, and beside the citation where they have no column', () => {
    const noticed = {
      ...study('feder2021'),
      notices: [{ type: 'erratum', note: 'A note' }, { type: 'retraction', DOI: '10.1000/x', note: 'Withdrawn.' }],
    };
    assert.equal(cellText('notices', noticed, vocabulary), 'Retracted: Withdrawn. DOI 10.1000/x. Erratum: A note.');
    assert.match(markdownTable([{ key: 'a', study: noticed }], ['citation', 'n'], vocabulary), /^\| \[@a\] \(Retracted\) \| 30 \|$/m);
    assert.match(markdownTable([{ key: 'a', study: noticed }], ['citation', 'notices'], vocabulary), /^\| \[@a\] \| Retracted: /m);
    assert.equal(cell('notices', 'feder2021'), 'none recorded');
  });
  it('cites a key with unusual marks in braces', () =>
    assert.match(markdownTable([{ key: 'a,b', study: study('feder2021') }], ['citation'], vocabulary), /^\| \[@\{a,b\}\] \|$/m));
  it('keeps any text from becoming markup, for Pandoc and VS Code alike', function () {
    this.timeout(120_000);
    const texts = fc.sample(hostile, { numRuns: 800, seed: 17 }).map(text => `x${text.replace(/\s+/g, ' ')}x`);
    const lines = texts.map(text => `| ${escapeCell(text)} |`);
    const whole = ['| a |', '| - |', ...lines].join('\n');
    // Pandoc sets straight quotation marks as typographic ones.
    const plain = (text: string): string => text.replace(/["“”]/g, '"');
    const expected = [['a'], ...texts.map(text => [plain(text)])];
    assert.deepEqual(byPandoc(whole, 'markdown').map(row => row.map(plain)), expected);
    assert.deepEqual(byPandoc(whole, 'gfm').map(row => row.map(plain)), expected);
    assert.deepEqual(byMarkdownIt(whole).map(row => row.map(plain)), expected);
  });
  it('says so where there is no study', () =>
    assert.equal(markdownTable([], ['citation', 'n'], vocabulary).split('\n').at(-1), '| no study |  |'));
});
