import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStyle, type CitableItem, type Style } from '../../src/core/cslEngine.ts';
import type { StoredXml } from '../../src/core/cslStyle.ts';
import { cslFileOf } from '../../src/core/cslXml.ts';
import { readManuscript } from '../../src/core/reading.ts';
import { finished } from '../../src/core/steps.ts';
import { StyleCatalogue, type StoredCatalogue } from '../../src/core/styleCatalogue.ts';
import { StyleSearch } from '../../src/core/styleSearch.ts';
import { citationsToPrint } from '../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../src/core/typeset/typesetter.ts';
import { root } from '../host/paths.ts';
import { Chance } from './chance.ts';
import { p95, timed, type Part } from './report.ts';
import { syntheticEntries } from './synthetic.ts';

const count = 500;

/** Formatting in APA: the first citation, a manuscript of 500, one more in it; and how long a list of all styles takes. */
export const format: Part = async report => {
  const items = itemsOf(count + edits);
  const [first, ...others] = items;
  const one = `[@${first!.id}, p. 3]\n`;
  const started = performance.now();
  const style = await apa();
  print(new Typesetter(style), one, items);
  const took = performance.now() - started;
  report({ name: 'format.first', value: took, unit: 'ms', baseline: { name: 'pandoc --citeproc', value: timed(() => pandoc(one, items)) } });

  const paragraphs = manuscriptOf(others.slice(0, count));
  const text = paragraphs.join('\n\n');
  const typesetter = new Typesetter(style);
  const whole = timed(() => print(typesetter, text, items));
  report({ name: 'format.500.bibliography', value: whole, unit: 'ms', baseline: { name: 'pandoc --citeproc', value: timed(() => pandoc(text, items)) } });
  const times = oneMore(typesetter, paragraphs, items);
  report({ name: 'format.oneMore.p95', value: p95(times), unit: 'ms', baseline: { name: 'printing all anew', value: timed(() => print(new Typesetter(style), text, items)) } });

  const read = (): StyleCatalogue => new StyleCatalogue(json('styles/catalogue.json') as StoredCatalogue);
  const catalogue = timed(() => void [...read().all()].length);
  const searched = timed(() => void finished(StyleSearch.of(read())).find('journal of psychiatry', 60));
  report({ name: 'styles.open', value: catalogue, unit: 'ms', baseline: { name: 'with the index for searching', value: searched } });
};

/** So many citations are put in, each of a work that was not cited before, or of one that was. */
const edits = 60;

/** Milliseconds to print after each of them; the reading, which the editor has at hand, is not counted. */
function oneMore(typesetter: Typesetter, paragraphs: readonly string[], items: readonly CitableItem[]): readonly number[] {
  const chance = new Chance(11);
  const now = [...paragraphs];
  const itemOf = known(items);
  return Array.from({ length: edits }, (_, index) => {
    const { id } = index % 3 === 0 ? chance.one(items.slice(1, count)) : items[count + index]!;
    const at = chance.below(now.length);
    now[at] += ` And so [@${id}, p. ${index}].`;
    const citations = citationsToPrint(readManuscript(now.join('\n\n')), itemOf);
    return timed(() => void typesetter.print(citations));
  });
}

function print(typesetter: Typesetter, text: string, items: readonly CitableItem[]): void {
  typesetter.print(citationsToPrint(readManuscript(text), known(items)));
}

function known(items: readonly CitableItem[]): (key: string) => CitableItem | undefined {
  const byId = new Map(items.map(item => [item.id, item]));
  return key => byId.get(key);
}

function itemsOf(number: number): readonly CitableItem[] {
  return syntheticEntries(number, 9).map(({ author, coauthors, year, title, journal, extra }, index) => ({
    id: `${author}${year}x${index}`,
    type: 'article-journal',
    title,
    author: [author, ...coauthors.split(', ').filter(Boolean)].map(family => ({ family, given: 'A. B.' })),
    'container-title': journal,
    issued: { 'date-parts': [[Number(year)]] },
    volume: String(1 + (index % 90)),
    page: `${index}-${index + 9}`,
    DOI: extra,
  }));
}

function manuscriptOf(items: readonly CitableItem[]): string[] {
  const form = ({ id }: CitableItem, index: number): string =>
    [`Found before [@${id}].`, `As @${id} [p. ${index}] say.`, `Elsewhere [see @${id}, pp. ${index}-${index + 3}, and more].`, `Too [-@${id}].`][index % 4]!;
  return Array.from({ length: items.length / 5 }, (_, part) => items.slice(part * 5, part * 5 + 5).map(form).join(' '));
}

async function apa(): Promise<Style> {
  const localeFor = (tag: string): StoredXml | undefined => (/^en-/.test(tag) ? (json(`locales/${tag}.json`) as StoredXml) : undefined);
  return readStyle(json('styles/apa.json') as StoredXml, 'en-US', localeFor);
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, 'dist', file), 'utf8'));
}

function pandoc(text: string, items: readonly CitableItem[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    writeFileSync(path.join(folder, 'refs.json'), JSON.stringify(items));
    writeFileSync(path.join(folder, 'apa.csl'), cslFileOf(json('styles/apa.json') as StoredXml, { id: 'apa', title: 'APA' }));
    execFileSync('pandoc', ['--citeproc', '--csl=apa.csl', '--bibliography=refs.json', '-t', 'html'], { cwd: folder, input: text, maxBuffer: 1 << 28 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
