import { plain } from './fold.ts';

export const qualifiers = [
  'condition', 'design', 'topic', 'randomized', 'comparator', 'result', 'route', 'n', 'sessions', 'follow-up', 'year', 'author', 'journal',
  'has', 'cited',
] as const;
export type Qualifier = (typeof qualifiers)[number];

export const marks = ['quote', 'notice'] as const;
export type Mark = (typeof marks)[number];

/** A part of a query between blanks: `ketamine`, `-condition:ptsd,ocd`, `author:"de la"`. */
export interface Piece {
  /** As typed, without quotation marks. */
  readonly text: string;
  readonly start: number;
  readonly negated: boolean;
  readonly qualifier?: string;
  /** What stands after the colon, as typed. */
  readonly given: string;
}

const pieces = /(-?)([a-z]+(?:-[a-z]+)*):((?:"[^"]*"?|[^\s"])*)|"[^"]*"?|\S+/giu;
const valuesIn = /"[^"]*"?|[^,"]+/gu;

/** The parts of a query, in order. */
export function piecesOf(query: string): Piece[] {
  return Array.from(query.matchAll(pieces), match => {
    const [all, minus, name, given = ''] = match;
    const text = all.replaceAll('"', '');
    const piece = { text, start: match.index, negated: minus === '-' && name !== undefined, given };
    return name === undefined ? piece : { ...piece, qualifier: spelt(name.toLowerCase()) };
  });
}

function spelt(name: string): string {
  return name === 'randomised' ? 'randomized' : name;
}

/** The values after a colon: `ptsd,"chronic pain"` are two. */
export function valuesOf(given: string): string[] {
  const values = (given.match(valuesIn) ?? []).map(value => value.replaceAll('"', '').trim().replace(/\s+/g, ' '));
  return values.filter(value => plain(value) !== '');
}

/** A qualifier and its values in a query: its signs are no punctuation of a sentence. */
const typedQualifier = new RegExp(String.raw`(?<=^|\s)-?(?:${qualifiers.join('|')}|randomised):(?:"[^"\r\n@]*"?|[^\s"@;[\](){},]|,(?=\S|$))*`, 'giu');

/** A query with a plain word for each qualifier, for telling whether it is one, or prose. */
export function withoutQualifiers(query: string): string {
  return query.replace(typedQualifier, 'qualifier');
}

/** A value as it must be typed. */
export function quoted(value: string): string {
  return /[\s,]/.test(value) ? `"${value}"` : value;
}

export function isQualifier(name: string | undefined): name is Qualifier {
  return (qualifiers as readonly (string | undefined)[]).includes(name);
}
