import type { CitableItem, StoredXml } from '../../src/core/reference.ts';
import { toCslJson } from '../../src/core/export/cslJson.ts';
import { cslStyle, typesetByUs, typesetOf, type Typeset } from '../support/pandocCiteproc.ts';
import { cslText } from '../support/styles.ts';
import { aligned } from './alignment.ts';
import { quoted, type Difference } from './classes.ts';
import type { Compared } from './manuscripts.ts';
import type { Answer, NewPandoc } from './pandoc.ts';
import { printingReasonFor } from './printingReasons.ts';

/** The styles in which a folder's works are printed: of names and dates, numbers, notes and labels, in several languages. */
export const comparedStyles: readonly string[] = [
  'apa',
  'chicago-author-date',
  'harvard-cite-them-right',
  'modern-language-association',
  'elsevier-harvard',
  'american-sociological-association',
  'american-political-science-association',
  'american-anthropological-association',
  'springer-basic-author-date',
  'deutsche-gesellschaft-fur-psychologie',
  'chicago-author-date-fr',
  'american-medical-association',
  'vancouver',
  'nature',
  'ieee',
  'the-lancet',
  'bmj',
  'american-chemical-society',
  'iso690-numeric-fr',
  'din-1505-2-alphanumeric',
  'chicago-fullnote-bibliography-with-ibid',
  'chicago-note-bibliography',
  'modern-humanities-research-association',
  'oscola',
  'infoclio-de',
];

/** A style as bundled and as Pandoc takes it. */
export interface ComparedStyle {
  readonly id: string;
  readonly xml: StoredXml;
  readonly csl: string;
  readonly language: string;
}

export function styleToCompare(id: string): ComparedStyle {
  const xml = cslStyle(id);
  return { id, xml, csl: cslText(xml), language: xml.a?.['default-locale'] ?? 'en-US' };
}

export interface ComparedPrinting extends Compared {
  /** Citations and references that differ for a reason. */
  readonly accepted: ReadonlyMap<string, number>;
}

/** Prints a manuscript in a style by both, and says where they differ; Pandoc's refusal where it printed nothing. */
export async function comparePrinting(file: string, text: string, items: readonly CitableItem[], style: ComparedStyle, pandoc: NewPandoc): Promise<ComparedPrinting | Exclude<Answer, { readonly output: string }>> {
  const answer = await pandoc.print(text, style.csl, toCslJson(items));
  if (answer === 'too slow' || 'refusal' in answer) {
    return answer;
  }
  return compareTypeset(file, style, items, await typesetByUs(text, style.xml, items), typesetOf(answer.output));
}

/** The same of what both printed. */
export function compareTypeset(file: string, { id: style, language }: Pick<ComparedStyle, 'id' | 'language'>, items: readonly CitableItem[], ours: Typeset, theirs: Typeset): ComparedPrinting {
  const byId = new Map(items.map(item => [item.id, item]));
  const accepted = new Map<string, number>();
  const differences: Difference[] = [];
  let [total, same] = [0, 0];
  const compare = (what: string, name: string, mine: string, other: string, works: readonly CitableItem[]): void => {
    total += 1;
    if (mine === other) {
      same += 1;
      return;
    }
    const reason = printingReasonFor({ what, ours: mine, theirs: other, works, language });
    if (reason !== undefined) {
      accepted.set(reason, (accepted.get(reason) ?? 0) + 1);
    } else {
      const example = `${file}, ${style}: ${name}\n${quoted(`we:     ${mine}\nPandoc: ${other}`)}`;
      differences.push({ kind: `printing: ${what}: ${kindOf(mine, other)}`, example, size: mine.length + other.length });
    }
  };
  const pairs = aligned(ours.citations.map(({ written }) => written), theirs.citations.map(({ written }) => written));
  for (const [mine, other] of pairs.pairs) {
    const [our, their] = [ours.citations[mine]!, theirs.citations[other]!];
    const works = [...our.written.matchAll(/@([^\s;\]]+)/g)].flatMap(([, key = '']) => byId.get(key) ?? []);
    compare('citation', our.written, our.note === undefined ? our.text : `${our.text} | ${our.note}`, their.note === undefined ? their.text : `${their.text} | ${their.note}`, works);
  }
  for (const [id, text] of ours.references) {
    compare('reference', id, text, theirs.references.get(id) ?? '', byId.has(id) ? [byId.get(id)!] : []);
  }
  const order = [ours, theirs].map(({ references }) => [...references.keys()]);
  if (order[0]!.length > 0) {
    const { ours: moved } = aligned(order[0]!, order[1]!);
    const names = moved.map(index => order[0]![index]!);
    compare('order', names.slice(0, 9).join(' '), names.length > 0 ? order[0]!.join(' ') : '', names.length > 0 ? order[1]!.join(' ') : '', names.flatMap(id => byId.get(id) ?? []));
  }
  return { total, same, differences, accepted };
}

/** In what two texts differ: of what comes between their common beginnings and ends, the signs. */
function kindOf(ours: string, theirs: string): string {
  const [mine, other] = apart(ours, theirs);
  const bare = (text: string): string => text.replace(/<[^>]*>/g, '');
  if (bare(ours) === bare(theirs)) {
    return 'other markup';
  }
  if (bare(ours).replace(/\s/g, ' ') === bare(theirs).replace(/\s/g, ' ')) {
    return 'other spaces';
  }
  if (bare(ours).toLowerCase() === bare(theirs).toLowerCase()) {
    return 'other capitals';
  }
  const shape = (text: string): string => bare(text).replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a').slice(0, 12);
  return `“${shape(mine)}” for “${shape(other)}”`;
}

/** What is between the common beginning and the common end of two texts. */
function apart(a: string, b: string): readonly [string, string] {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Locators of many kinds, as the languages of the styles write them; Pandoc knows those of a style's language only. */
const locators: Readonly<Record<string, readonly string[]>> = {
  'en-US': ['p. 3', 'pp. 12-15', '12', '3, 5', 'chap. 3', 'sec. 2.1', 'vol. 2', 'fig. 4', 'para. 7', 'bk. 1', 'n. 5', 'col. 2', 'v. 3', 'pp. A1-A5', 'p. iv'],
  en: ['p. 3', 'pp. 12-15', '12', '3, 5', 'p. iv', 'pp. 100-103'],
  de: ['S. 3', 'S. 12-15', '12', 'Kap. 3', 'S. iv', '3, 5'],
  fr: ['p. 3', 'p. 12-15', '12', 'chap. 3', 'p. iv', '3, 5'],
};

function locatorsOf(language: string): readonly string[] {
  return locators[language] ?? locators[language.split('-')[0]!] ?? ['12', '12-15', '3, 5'];
}

/** A manuscript that cites works in the ways that print differently. */
export function citingAll(keys: readonly string[], language: string): string {
  const kinds = locatorsOf(language);
  const at = (index: number): string => `@${keys[index % keys.length]!}`;
  const paragraphs = keys.flatMap((key, index) => {
    const [self, next, third] = [`@${key}`, at(index + 1), at(index + 2)];
    const locator = kinds[index % kinds.length]!;
    return [
      `One [${self}]. Again [${self}, ${locator}]. The same place [${self}, ${locator}]. Two [${self}; ${next}].`,
      index % 2 === 0 ? `As ${self} says, and ${next} [${locator}] too; [-${self}].` : `See [see ${self}, ${locator}, and more; also ${third}]. Of three [${third}; ${self}; ${next}].`,
      index % 3 === 0 ? `A note^[Of the writer’s: ${self}, and [${next}, ${locator}].] and [e.g., ${self}, *passim*].` : `Then [${third}] and back [${self}].`,
    ];
  });
  return `${paragraphs.join('\n\n')}\n`;
}
