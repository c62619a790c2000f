import { isDeepStrictEqual } from 'node:util';
import { readBibliography } from '../../src/core/bibliography/read.ts';
import { readerOf } from '../../src/core/bibliography/readers.ts';
import type { Bibliography } from '../../src/core/bibliography/bibliography.ts';
import { disagreements } from '../support/bibliographyOracle.ts';
import { reasonFor } from './accepted.ts';
import { quoted, type Difference } from './classes.ts';
import type { Compared } from './manuscripts.ts';

type Item = Readonly<Record<string, unknown>>;
export type PandocFormat = 'biblatex' | 'ris' | 'csljson';

const formats = { biblatex: 'BibTeX', ris: 'RIS', csljson: 'CSL-JSON' } as const;

/** Whether a `.json` file is a bibliography: an array of works. A package's settings and other data are not. */
export function isCslJson(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // A broken file still counts if it looks like a bibliography: how we report it is to be checked.
    return /^\ufeff?\s*\[\s*\{/.test(text) && /"type"\s*:\s*"(?:article|book|chapter|paper|report|thesis|webpage)/.test(text.slice(0, 5000));
  }
  const isWork = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'type' in each && 'id' in each && ['title', 'issued', 'author', 'DOI', 'container-title'].some(field => field in each);
  return Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'object' && each !== null) && value.some(isWork);
}

/** Our whole reading of a file, with the item of each entry. */
export function readByUs(name: string, bytes: Uint8Array, format: PandocFormat): Bibliography {
  const kind = formats[format];
  const steps = readBibliography(bytes, { file: `file:///${name}`, name, format: kind }, readerOf(kind));
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      for (const entry of value.entries) {
        void entry.csl;
      }
      return value;
    }
  }
}

export interface ComparedFields extends Compared {
  /** Fields that differ for a reason. */
  readonly accepted: ReadonlyMap<string, number>;
}

/**
 * Compares our entries with Pandoc's CSL-JSON, field by field.
 *
 * @param newer that of a newer Pandoc, for what the installed one reads in another way than both.
 */
export function compareFields(file: string, format: PandocFormat, { entries, table, text, textOf, problems }: Bibliography, json: string, newer = '[]'): ComparedFields {
  const theirs = byKey(json);
  const newers = byKey(newer);
  const help = { context: table.parts.context, textOf };
  const accepted = new Map<string, number>();
  const differences: Difference[] = [];
  let [same, total] = [0, 0];
  let index = -1;
  for (const { id, csl } of entries) {
    index += 1;
    const source = text.slice(table.startAt(index), table.endAt(index));
    const mine = normal({ ...csl, id }, format);
    const found = theirs.get(id)?.shift();
    const other = normal(found ?? { id }, format);
    const newest = normal(newers.get(id)?.shift() ?? { id }, format);
    const fields = fieldsOf(mine, other);
    total += fields.length;
    const wrong = new Set(differing(mine, other, format));
    same += fields.length - wrong.size;
    const unexplained = [...wrong].filter(field => {
      const isNewer = found && newest[field] !== undefined && isDeepStrictEqual(withoutHyphens(newest[field]), mine[field]);
      const reason = isNewer ? 'a newer Pandoc reads it as we do' : reasonFor({ format, field, ours: mine[field], theirs: other[field], source, help });
      if (reason !== undefined) {
        accepted.set(reason, (accepted.get(reason) ?? 0) + 1);
      }
      return reason === undefined;
    });
    if (!found && unexplained.length > 0) {
      differences.push({ kind: `${format}: Pandoc does not have the entry`, size: source.length, weight: unexplained.length, example: `${file}: ${id}\n${quoted(source)}` });
    } else {
      differences.push(...unexplained.map(field => differenceOf(file, format, id, field, mine[field], other[field], source)));
    }
  }
  for (const item of [...theirs.values()].flat()) {
    const fields = fieldsOf(normal(item, format), {});
    total += fields.length;
    const words = JSON.stringify(item);
    const told = problems.some(({ isLoss }) => isLoss) ? 'we report a loss in this file' : 'we report no loss in this file';
    differences.push({ kind: `${format}: only Pandoc has the entry (${told})`, size: words.length, weight: fields.length, example: `${file}: ${String(item['id'])}\n${quoted(words)}` });
  }
  return { total, same, accepted, differences };
}

function byKey(json: string): Map<string, Item[]> {
  const items = new Map<string, Item[]>();
  for (const item of JSON.parse(json) as readonly Item[]) {
    const key = String(item['id']);
    items.set(key, [...(items.get(key) ?? []), item]);
  }
  return items;
}

/** Where a word may be divided: a newer Pandoc keeps that. */
function withoutHyphens(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u00ad', '') : value;
}

function differenceOf(file: string, format: PandocFormat, id: string, field: string, ours: unknown, theirs: unknown, source: string): Difference {
  const [mine, other] = [JSON.stringify(ours) ?? 'nothing', JSON.stringify(theirs) ?? 'nothing'];
  const written = source.length < 600 ? source : (linesFor(source, mine, other) ?? source);
  return {
    kind: `${format}: ${field}: ${shapeOf(ours, theirs)}`,
    size: Math.min(mine.length + other.length + 200, 2000) + Math.min(source.length, 2000) / 10,
    example: `${file}: ${id}: ${field}\n      ours:   ${cut(mine)}\n      Pandoc: ${cut(other)}\n${quoted(written, 600)}`,
  };
}

/** Of a long entry only the lines that hold a word of the values. */
function linesFor(source: string, ...values: readonly string[]): string | undefined {
  const words = values.flatMap(value => Array.from(value.matchAll(/[\p{L}\d]{4,}/gu), ([word]) => word.toLowerCase())).filter(word => !/^(?:family|given|date|parts|literal|nothing)$/.test(word));
  const lines = source.split(/\r?\n/).filter(line => words.some(word => line.toLowerCase().includes(word)));
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function cut(value: string): string {
  return value.length > 300 ? `${value.slice(0, 300)} …` : value;
}

/** In what way two values differ, as far as it can be seen without knowing the field. */
export function shapeOf(ours: unknown, theirs: unknown): string {
  if (ours === undefined || theirs === undefined) {
    return ours === undefined ? 'only Pandoc has it' : 'only we have it';
  }
  const [mine, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  const steps: readonly (readonly [words: string, change: (text: string) => string])[] = [
    ['capitals', text => text.toLowerCase()],
    ['spaces', text => text.replaceAll(/\s+/g, '')],
    ['markup', text => text.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, '')],
    ['quotation marks', text => text.replaceAll(/["“”„‘’'\\]/g, '')],
    ['accents', text => text.normalize('NFD').replaceAll(/\p{M}/gu, '')],
    ['signs', text => text.replaceAll(/[^\p{L}\d]/gu, '')],
    ['markup, signs and capitals', text => text.replaceAll(/<[^>]*>/g, '').replaceAll(/[^\p{L}\d]/gu, '').toLowerCase()],
  ];
  const found = steps.find(([, change]) => change(mine) === change(other));
  return found ? `other ${found[0]}` : Array.isArray(ours) && Array.isArray(theirs) && ours.length !== theirs.length ? 'another number of names' : 'another value';
}

function fieldsOf(...items: readonly Item[]): readonly string[] {
  return [...new Set(items.flatMap(item => Object.keys(item).filter(field => field !== 'id' && item[field] !== undefined)))];
}

/** Quotation marks are compared with care for BibTeX alone, as in its tests: its reader makes them. */
function differing(mine: Item, other: Item, format: PandocFormat): readonly string[] {
  if (format === 'biblatex') {
    return fieldsOf(mine, other).filter(field => !isDeepStrictEqual(mine[field], other[field]));
  }
  return disagreements([mine], [other]).map(each => each.slice(String(mine['id']).length + 1));
}

/** Italics in italics, which CSL's processors make upright themselves. */
const upright = /<span style="font-style:normal;">(.*?)<\/span>/g;

/** What is the same though it is written differently: an empty field, and for BibTeX what Pandoc 2.17 can't write. */
function normal(item: Item, format: PandocFormat): Item {
  return Object.fromEntries(
    Object.entries(item).flatMap(([field, value]) => {
      if (field === 'id') {
        return [[field, value]];
      }
      if (value === undefined || (Array.isArray(value) && value.length === 0)) {
        return [];
      }
      if (typeof value !== 'string') {
        return [[field, value]];
      }
      const text = format === 'biblatex' ? value.replace(/<span class="nocase">(.*?)<\/span>/g, '$1').replace(/<i><\/i>/g, '').replace(upright, '<i>$1</i>').replace(/\s+/g, ' ').trim() : value;
      return text === '' || (format === 'biblatex' && field === 'type' && text === 'document') ? [] : [[field, text]];
    }),
  );
}
