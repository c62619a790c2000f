import { Search, searchPartsOf } from './search/search.ts';
import { listed } from './search/sources.ts';
import type { SearchEntry } from './search/entry.ts';
import { plain } from './search/fold.ts';
import type { NamedStyle, StyleCatalogue } from './styleCatalogue.ts';
import { styles as common } from './styles.ts';

const formats: Readonly<Record<string, string>> = {
  'author-date': 'author-date', author: 'author', numeric: 'numeric', note: 'footnotes, note', label: 'label',
};

/** Entries made between two pauses: about a millisecond. */
const atOnce = 500;

/** Searches styles by the names of styles and journals, fields of research and formats, as studies are searched. */
export class StyleSearch {
  readonly #styles: readonly NamedStyle[];
  readonly #search: Search;

  private constructor(styles: readonly NamedStyle[], search: Search) {
    this.#styles = styles;
    this.#search = search;
  }

  /** In steps of a few milliseconds: there are ten thousand names. */
  static *of(catalogue: StyleCatalogue): Generator<undefined, StyleSearch> {
    const styles: NamedStyle[] = [];
    const entries: SearchEntry[] = [];
    for (const style of catalogue.all()) {
      entries.push(entryOf(style, styles.length));
      styles.push(style);
      if (styles.length % atOnce === 0) {
        yield;
      }
    }
    const listing = listed(entries);
    return new StyleSearch(styles, new Search(listing, yield* searchPartsOf(listing)));
  }

  /** Best first: what is named as it was typed, then the common styles, then the rest as they answer. */
  find(query: string, limit: number): readonly NamedStyle[] {
    const typed = plain(query);
    const found = this.#search.search(query, { limit: limit + ahead }).map(({ key }) => this.#styles[numberOf(key)]!);
    const rank = (style: NamedStyle): number => (namesOf(style).some(name => plain(name) === typed) ? 0 : isCommon(style) ? 1 : 2);
    return found.map(style => ({ style, rank: rank(style) })).sort((a, b) => a.rank - b.rank).slice(0, limit).map(({ style }) => style);
  }
}

/** So many more are looked at than are wanted: what is called exactly so may stand behind many that hold the word. */
const ahead = 150;

/** Those that are common, under their own names. */
function isCommon({ name, title }: NamedStyle): boolean {
  return title === undefined && common.some(({ id }) => id === name);
}

function namesOf({ name, label, title }: NamedStyle): readonly string[] {
  return title === undefined ? [name, label, ...common.filter(({ id }) => id === name).map(each => each.label)] : [label];
}

function entryOf(style: NamedStyle, number: number): SearchEntry {
  const { label, title, format, fields } = style;
  const none = { coauthors: '', year: '', gist: '', asides: '', finding: '', pico: '', extra: '' };
  const labels = [formats[format] ?? format, ...fields.map(field => field.replace(/_/g, ' '))].join(', ');
  return { ...none, key: keyOf(number), author: isCommon(style) ? namesOf(style).slice(2).join(', ') : '', title: label, labels, journal: title ?? '' };
}

// Of letters that nobody types, so that no word is found in them.
const from = 0xe000;
const base = 4096;

function keyOf(number: number): string {
  return String.fromCharCode(from + (number % base), from + Math.floor(number / base));
}

function numberOf(key: string): number {
  return key.charCodeAt(0) - from + (key.charCodeAt(1) - from) * base;
}
