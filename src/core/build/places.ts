import type { FrontMatter } from '../frontMatter.ts';
import { citedPlaces, metadataPlaces, type KeyPlace } from '../occurrences.ts';
import type { Reading, Span } from '../reading.ts';
import type { About, ToolMessage } from './log.ts';

/** What a tool said, at a place of the manuscript. */
export interface BuildProblem extends Span {
  readonly severity: ToolMessage['severity'];
  readonly message: string;
}

/** Of one message so many places are told. */
const mostPlaces = 100;

/**
 * Where in the manuscript the messages belong: a missing work wherever it is cited, a missing file wherever it is named,
 * others at the text or the line that they tell, else at the top.
 */
export function placed(messages: readonly ToolMessage[], reading: Reading, metadata: Pick<FrontMatter, 'nocite'>): readonly BuildProblem[] {
  let byKey: ReadonlyMap<string, readonly Span[]> | undefined;
  const ofKey = (key: string): readonly Span[] => {
    byKey ??= keyPlaces(reading, metadata);
    return byKey.get(key) ?? [];
  };
  return messages.flatMap(({ severity, message, about }) => {
    const found = about ? placesOf(about, reading.text, ofKey) : [];
    const spans = found.length > 0 ? found.slice(0, mostPlaces) : [top(reading.text)];
    return spans.map(({ start, end }) => ({ severity, message, start, end }));
  });
}

function keyPlaces(reading: Reading, metadata: Pick<FrontMatter, 'nocite'>): ReadonlyMap<string, readonly Span[]> {
  const places = new Map<string, Span[]>();
  const add = ({ key, mark }: KeyPlace): void => void places.set(key, [...(places.get(key) ?? []).slice(0, mostPlaces), mark]);
  metadataPlaces({ entries: [], ...metadata }, reading.text).forEach(add);
  citedPlaces(reading).forEach(add);
  return places;
}

function placesOf(about: About, text: string, ofKey: (key: string) => readonly Span[]): readonly Span[] {
  switch (about.kind) {
    case 'work':
      return ofKey(about.key);
    case 'file':
      return namings(text, about.path);
    case 'text':
      return near(text, about.text, about.line);
  }
}

/** Wherever the path stands as a whole, as it is or with its blanks and letters decoded. */
function namings(text: string, path: string): readonly Span[] {
  const forms = new Set([path, decoded(path), encodeURI(path)]);
  const spans = [...forms].filter(form => form !== '').flatMap(form => [...occurrences(text, form)]);
  const isWhole = ({ start, end }: Span): boolean => !/[\w./\\%-]/.test(text[start - 1] ?? '') && !/[\w/\\%-]/.test(text[end] ?? '');
  return spans.filter(isWhole).sort((a, b) => a.start - b.start);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The text where it stands nearest to the line; the line, where it does not. */
function near(text: string, wanted: string | undefined, line: number | undefined): readonly Span[] {
  const told = line === undefined ? undefined : lineSpan(text, line);
  const from = told?.start ?? 0;
  const [nearest] = wanted === undefined ? [] : [...occurrences(text, wanted)].sort((a, b) => Math.abs(a.start - from) - Math.abs(b.start - from));
  return nearest ? [nearest] : told ? [told] : [];
}

function* occurrences(text: string, wanted: string): Generator<Span, void> {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0 && count < 10 * mostPlaces; at = text.indexOf(wanted, at + wanted.length)) {
    count += 1;
    yield { start: at, end: at + wanted.length };
  }
}

function lineSpan(text: string, line: number): Span {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) {
      break;
    }
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

function top(text: string): Span {
  return lineSpan(text, 1);
}
