import { styles as common } from './styles.ts';

/**
 * All independent styles of the CSL project, and the journals whose own styles only point to one of these; made by
 * `data/styles.ts`, kept in `dist/styles/catalogue.json`.
 */
export interface StoredCatalogue {
  readonly styles: readonly StyleRow[];
  readonly journals: readonly JournalRow[];
}

/** Its file name in the CSL repository, title, citation format, fields of research with blanks between them, and the block that holds it. */
export type StyleRow = readonly [id: string, title: string, format: string, fields: string, block: number];

/** Name, number of the style in the catalogue, the journal's language, and its id where that is not made of its name. */
export type JournalRow = readonly [name: string, style: number, language?: string, id?: string];

/** A style under one of its names. */
export interface NamedStyle {
  /** For settings and metadata: short for the common styles, else the file name in the CSL repository. */
  readonly name: string;
  /** The name under which it was found: the style's title, or the journal's. */
  readonly label: string;
  /** The style's own title, where the label is a journal's. */
  readonly title?: string;
  readonly format: string;
  readonly fields: readonly string[];
  /** The language that the journal asks for. */
  readonly language?: string;
}

/** Where a style's XML is held. */
export interface StylePlace {
  readonly id: string;
  readonly block: number;
}

const shortNames = new Map<string, string>(common.map(({ id, cslId }) => [cslId, id]));
const cslIds = new Map<string, string>(common.map(({ id, cslId }) => [id, cslId]));

/** Knows every style by its names. */
export class StyleCatalogue {
  readonly #stored: StoredCatalogue;
  #byId: ReadonlyMap<string, number> | undefined;
  #journals: ReadonlyMap<string, JournalRow> | undefined;
  #byTitle: ReadonlyMap<string, number> | undefined;

  constructor(stored: StoredCatalogue) {
    this.#stored = stored;
  }

  /**
   * The style that a name, a title, a journal or an address means: `apa`, `the-lancet`, `the-lancet.csl`, `Journal of Affective
   * Disorders`, `https://www.zotero.org/styles/bmj`. Nothing where it means none.
   */
  named(given: string): NamedStyle | undefined {
    const name = nameIn(given);
    const style = this.#idNumber(cslIds.get(name) ?? name);
    if (style !== undefined) {
      return this.#style(style);
    }
    const slug = slugOf(name);
    if (slug === '') {
      return undefined;
    }
    const journal = this.#journal(slug);
    const titled = this.#titled(slug);
    return titled !== undefined ? this.#style(titled) : journal && this.#ofJournal(journal);
  }

  /** Where the XML is of a style, by its name or id. */
  placeOf(name: string): StylePlace | undefined {
    const id = cslIds.get(name) ?? name;
    const number = this.#idNumber(id);
    return number === undefined ? undefined : { id, block: this.#stored.styles[number]![4] };
  }

  /** The names that settings and metadata take for styles, not those of journals. */
  names(): readonly string[] {
    return [...cslIds.keys(), ...this.#stored.styles.map(([id]) => id)];
  }

  /** Every style, then every journal. */
  *all(): Generator<NamedStyle, void> {
    for (const number of this.#stored.styles.keys()) {
      yield this.#style(number);
    }
    for (const journal of this.#stored.journals) {
      yield this.#ofJournal(journal);
    }
  }

  #style(number: number): NamedStyle {
    const [id, title, format, fields] = this.#stored.styles[number]!;
    return { name: shortNames.get(id) ?? id, label: title, format, fields: fields.split(' ').filter(Boolean) };
  }

  #ofJournal([name, number, language]: JournalRow): NamedStyle {
    const style = this.#style(number);
    return { ...style, label: name, title: style.label, ...(language && { language }) };
  }

  #idNumber(id: string): number | undefined {
    this.#byId ??= new Map(this.#stored.styles.map(([each], number) => [each, number]));
    return this.#byId.get(id);
  }

  #journal(slug: string): JournalRow | undefined {
    this.#journals ??= new Map(this.#stored.journals.flatMap(row => [slugOf(row[0]), ...(row[3] ? [row[3]] : [])].map(name => [name, row])));
    return this.#journals.get(slug);
  }

  #titled(slug: string): number | undefined {
    this.#byTitle ??= new Map(this.#stored.styles.map(([, title], number) => [slugOf(title), number]));
    return this.#byTitle.get(slug);
  }
}

/** What an address or a file's name calls a style: the last part, without its ending. */
function nameIn(given: string): string {
  const name = given.trim();
  const last = /^https?:\/\//i.test(name) ? name.replace(/[?#].*$/, '').replace(/\/+$/, '').split('/').at(-1)! : name;
  return last.replace(/\.csl$/i, '');
}

/** As the CSL project makes the file's name of a journal's: `Depression & Anxiety` is `depression-and-anxiety`. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
