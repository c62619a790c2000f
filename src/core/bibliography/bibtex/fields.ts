import type { CslItem, Name } from '../../study.ts';
import { addressOf } from './address.ts';
import { dateOf } from './dates.ts';
import { rich, type Inline } from './inlines.ts';
import { decode } from './latex.ts';
import { termOf } from './localization.ts';
import { namesOf, splitAtAnd, type Options } from './names.ts';
import { pmidOf } from './summary.ts';
import { sentenceCase } from './titleCase.ts';
import { cslType, genreOf, languageOf } from './types.ts';

type Fields = ReadonlyMap<string, string>;
type Inlines = readonly Inline[];

const articles = new Set(['article', 'periodical', 'suppperiodical', 'review']);
const parts = new Set(['inbook', 'incollection', 'inproceedings', 'inreference', 'bookinbook']);
/** Of these, `number` is that in a series of books. */
const inSeries = new Set([
  'book', 'collection', 'proceedings', 'reference', 'mvbook', 'mvcollection', 'mvproceedings', 'mvreference', 'bookinbook', 'inbook',
  'incollection', 'inproceedings', 'inreference', 'suppbook', 'suppcollection',
]);

/** CSL variables that are a field as it is. */
const texts: readonly (readonly [variable: string, ...fields: readonly string[]])[] = [
  ['number-of-pages', 'pagetotal'], ['number-of-volumes', 'volumes'], ['chapter-number', 'chapter'], ['edition', 'edition'],
  ['version', 'version'], ['event-place', 'venue'], ['original-publisher', 'origpublisher'], ['annote', 'annotation', 'annote'],
  ['abstract', 'abstract'], ['keyword', 'keywords'],
];

/** CSL variables that are a field letter for letter. */
const raws: readonly (readonly [variable: string, field: string])[] = [
  ['ISBN', 'isbn'], ['ISSN', 'issn'], ['PMCID', 'pmcid'], ['call-number', 'library'],
];

const people: readonly (readonly [variable: string, field: string])[] = [
  // With `editortype = {director}` the editor takes the director's place.
  ['author', 'author'], ['director', 'director'], ['editor', 'editor'], ['translator', 'translator'], ['container-author', 'bookauthor'],
];

const archives: ReadonlyMap<string, string> = new Map([
  ['arxiv', 'https://arxiv.org/abs/'], ['jstor', 'https://www.jstor.org/stable/'],
  ['pubmed', 'https://www.ncbi.nlm.nih.gov/pubmed/'], ['googlebooks', 'https://books.google.com?id='],
]);

/** The CSL item of an entry's fields, inherited ones among them. */
export function itemOf(type: string, fields: Fields): CslItem {
  const made = new Item(type, fields);
  return made.make();
}

class Item {
  readonly #type: string;
  readonly #fields: Fields;
  readonly #options: Options;
  readonly #csl = new Map<string, unknown>();
  readonly #isEnglish: boolean;

  constructor(type: string, fields: Fields) {
    this.#type = type;
    this.#fields = fields;
    this.#options = optionsOf(fields.get('options') ?? '');
    const language = languageOf(fields);
    this.#isEnglish = language === undefined || /^en(?:-|$)/.test(language);
  }

  make(): CslItem {
    this.#names();
    this.#titles();
    this.#dates();
    this.#numbers();
    this.#publication();
    this.#identifiers();
    this.#notes();
    const type = cslType(this.#type, this.#fields);
    return { type, title: '', author: [], ...Object.fromEntries(this.#csl) };
  }

  #set(variable: string, value: unknown): void {
    if (value !== undefined && value !== '') {
      this.#csl.set(variable, value);
    }
  }

  #inlines(...names: readonly string[]): Inlines | undefined {
    const name = names.find(each => this.#fields.has(each));
    return name === undefined ? undefined : decode(this.#fields.get(name)!.trim());
  }

  #text(...names: readonly string[]): string | undefined {
    const inlines = this.#inlines(...names);
    return inlines && rich(inlines);
  }

  /** In sentence case, if it is English. */
  #title(...names: readonly string[]): Inlines | undefined {
    const inlines = this.#inlines(...names);
    return inlines && this.#isEnglish ? sentenceCase(inlines) : inlines;
  }

  #names(): void {
    const isDirector = this.#fields.get('editortype') === 'director';
    for (const [variable, field] of people) {
      const value = this.#fields.get(field);
      const names: readonly Name[] = value === undefined ? [] : namesOf(value, this.#options);
      if (names.length > 0) {
        this.#csl.set(variable === 'editor' && isDirector ? 'director' : variable, names);
      }
    }
  }

  #titles(): void {
    const isPeriodical = this.#type === 'periodical';
    const isPart = parts.has(this.#type);
    const hasMain = this.#fields.has('maintitle');
    const kinds = [isPeriodical ? 'issue' : [], hasMain && !isPart ? 'main' : [], ''].flat();
    this.#set('title', this.#composed(kinds, name => this.#title(name)));
    if (hasMain) {
      this.#set('volume-title', this.#composed([isPart ? 'book' : ''], name => this.#title(name)));
    }
    this.#container(isPeriodical, isPart);
    this.#shortTitle(isPart, hasMain);
    this.#set('collection-title', this.#series());
    this.#set('event', maybe(rich, this.#title('eventtitle')));
    this.#set('original-title', maybe(rich, this.#title('origtitle')));
  }

  /** `title: subtitle. titleaddon`, each of the first kind that there is. */
  #composed(kinds: readonly string[], read: (name: string) => Inlines | undefined): string | undefined {
    const first = (part: string): Inlines | undefined => {
      const kind = kinds.find(each => this.#fields.has(each + part));
      return kind === undefined ? undefined : read(kind + part);
    };
    const title = first('title');
    return title && joined('.', joined(':', rich(title), maybe(rich, first('subtitle'))), maybe(rich, first('titleaddon')));
  }

  #container(isPeriodical: boolean, isPart: boolean): void {
    const asIs = (name: string): Inlines | undefined => this.#inlines(name);
    const container = isPeriodical
      ? this.#composed([''], asIs)
      : isPart
        ? this.#composed(['main', 'book'], name => this.#title(name))
        : undefined;
    this.#set('container-title', container ?? this.#composed(['journal'], asIs) ?? this.#journal());
    this.#set('container-title-short', this.#text(...(isPeriodical && !this.#fields.has('maintitle') ? ['shorttitle'] : []), 'shortjournal'));
  }

  #journal(): string | undefined {
    const journal = this.#text('journal');
    return journal && joined(':', journal, this.#text('journalsubtitle'));
  }

  /** The one that is given, else what stands before the colon. */
  #shortTitle(isPart: boolean, hasMain: boolean): void {
    const given = !hasMain || isPart ? this.#title('shorttitle') : undefined;
    const title = this.#title('title');
    const main = title && upToColon(title);
    const hasMore = !hasMain && ['subtitle', 'titleaddon'].some(name => this.#text(name));
    if (given) {
      this.#set('title-short', rich(given));
    } else if (title && (main || hasMore)) {
      this.#set('title-short', rich(main ?? title));
    }
  }

  #series(): string | undefined {
    const written = maybe(localized, this.#inlines('series'));
    const title = maybe(rich, written && this.#isEnglish ? sentenceCase(written) : written);
    return title !== undefined && /^\d+$/.test(title) ? `${ordinal(title)} series` : title;
  }

  #dates(): void {
    this.#set('issued', dateOf(this.#fields, ''));
    this.#set('accessed', dateOf(this.#fields, 'url'));
    this.#set('event-date', dateOf(this.#fields, 'event'));
    this.#set('original-date', dateOf(this.#fields, 'orig'));
  }

  #numbers(): void {
    const number = this.#text('number');
    if (number !== undefined) {
      const variable = inSeries.has(this.#type) ? 'collection-number' : articles.has(this.#type) ? 'issue' : 'number';
      this.#set(variable, variable === 'issue' ? joined(',', number, this.#text('issue')) : number);
    }
    const volume = [this.#text('volume'), this.#text('part')].filter(text => text !== undefined);
    this.#set('volume', volume.join('.'));
    this.#set('page', this.#text('pages')?.replace(/[–−]/g, '-'));
  }

  #publication(): void {
    const list = (name: string, change = (inlines: Inlines): Inlines => inlines): string | undefined =>
      maybe(inlines => splitAtAnd(inlines).map(change).map(rich).join('; '), this.#inlines(name));
    const publishers = ['school', 'institution', 'organization', 'howpublished', 'publisher'].map(name =>
      name === 'howpublished' ? this.#text(name) : list(name),
    );
    this.#set('publisher', joined(';', ...publishers));
    this.#set('publisher-place', list('address') ?? (this.#type === 'patent' ? undefined : list('location')));
    this.#set('original-publisher-place', list('origlocation'));
    this.#set('jurisdiction', this.#type === 'patent' ? list('location', localized) : undefined);
  }

  #identifiers(): void {
    const withUrl = this.#type === 'online' || this.#options.get('url') !== 'false';
    this.#set('URL', (withUrl ? this.#address('url') : undefined) ?? this.#archived());
    this.#set('DOI', this.#options.get('doi') === 'false' ? undefined : this.#address('doi'));
    this.#set('PMID', pmidOf(this.#fields));
    raws.forEach(([variable, field]) => this.#set(variable, this.#fields.get(field)?.trim()));
    this.#set('language', languageOf(this.#fields));
    this.#set('genre', genreOf(this.#type, this.#fields));
  }

  #address(name: string): string | undefined {
    return maybe(addressOf, this.#fields.get(name));
  }

  #archived(): string | undefined {
    const archive = archives.get((this.#fields.get('eprinttype') ?? '').trim().toLowerCase());
    const eprint = this.#fields.get('eprint')?.trim();
    return archive && eprint ? archive + eprint : undefined;
  }

  #notes(): void {
    texts.forEach(([variable, ...fields]) => this.#set(variable, this.#text(...fields)));
    this.#set('note', joined('.', this.#type === 'periodical' ? undefined : this.#text('note'), this.#text('addendum')));
    const state = maybe(rich, maybe(localized, this.#inlines('pubstate')));
    this.#set('status', state ?? (this.#fields.get('year')?.trim() === 'forthcoming' ? 'forthcoming' : undefined));
  }
}

function optionsOf(written: string): Options {
  return new Map(
    written.split(',').map(option => {
      const [name = '', value = ''] = option.split('=');
      return [name.trim().toLowerCase(), value.trim().toLowerCase()];
    }),
  );
}

function maybe<A, B>(make: (from: A) => B, from: A | undefined): B | undefined {
  return from === undefined ? undefined : make(from);
}

/** Localization keys become what they stand for: words of their own, not those in braces or marked. */
function localized(inlines: Inlines): Inlines {
  return inlines.flatMap((inline): Inlines => {
    const term = inline.kind === 'text' ? termOf(inline.text) : undefined;
    return term === undefined ? [inline] : decode(term);
  });
}

/** Texts with a mark between them, unless the one before ends with one of its own. */
function joined(mark: string, ...given: readonly (string | undefined)[]): string {
  return given.reduce<string>((all, text) => {
    if (!text) {
      return all;
    }
    return all === '' ? text : /[!?.,:;]$/.test(all) ? `${all} ${text}` : `${all}${mark} ${text}`;
  }, '');
}

/** Quotations; an apostrophe is the same sign as the end of a single one. */
const quotations = /“[^“”]*”|‘(?:[^‘’]|’(?=\p{L}))*’(?!\p{L})/gu;

/** A title up to its first colon. A colon in a quotation is none: a short title never ends within quotation marks. */
function upToColon(title: Inlines): Inlines | undefined {
  const hidden = (text: string): string => '\0'.repeat(text.length);
  const texts = title.map(inline => (inline.kind === 'text' ? inline.text : hidden(' ')));
  let left = texts.join('').replace(quotations, hidden).indexOf(':');
  for (const [index, text] of texts.entries()) {
    if (left >= 0 && left < text.length) {
      return [...title.slice(0, index), { kind: 'text', text: text.slice(0, left) }];
    }
    left -= text.length;
  }
  return undefined;
}

function ordinal(number: string): string {
  const teen = /1[1-3]$/.test(number);
  const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' } as Readonly<Record<string, string>>)[number.at(-1)!] ?? 'th';
  return number + ending;
}
