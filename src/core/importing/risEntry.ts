import { toRis } from '../export/ris.ts';
import type { KeyedItem } from './layout.ts';

// RIS's types, as its specification and Zotero name them; the exporter writes JOUR and GEN.
const types: Readonly<Record<string, string>> = {
  book: 'BOOK', chapter: 'CHAP', 'entry-encyclopedia': 'ENCYC', 'paper-conference': 'CPAPER', thesis: 'THES', report: 'RPRT',
  webpage: 'ELEC', dataset: 'DATA',
};

/** A record of a work of any kind: what books and the like have besides stands before its end. */
export function risEntry(item: KeyedItem): string {
  const record = toRis([item]);
  const type = types[item.type];
  const more: readonly (readonly [string, string | undefined])[] = [
    ...(item.editor ?? []).map(({ family, given, literal }) => ['A2', literal ?? [family, given].filter(Boolean).join(', ')] as const),
    ['PB', item.publisher],
    ['CY', item['publisher-place']],
    ['ET', item.edition],
    ['SN', item.ISBN ?? item.ISSN],
  ];
  const lines = more.flatMap(([tag, value]) => {
    return value && !new RegExp(`^${tag} {2}- `, 'm').test(record) ? [`${tag}  - ${value.replace(/\s+/g, ' ').trim()}\n`] : [];
  });
  return record
    .replace(/^TY {2}- .*/, whole => (type ? `TY  - ${type}` : whole))
    .replace(/ER {2}- $/, `${lines.join('')}ER  - `);
}
