import { escapeHtml } from '../html.ts';
import type { CitationItem, CitationPlace, Engine, PlacedCitation } from 'citeproc';
import { guarded, type CitableItem, type Style } from '../cslEngine.ts';
import { formatted, type Formatted } from '../cslMarkup.ts';
import type { Listed } from '../reference.ts';
import type { CiteMode } from '../reading.ts';
import { ReferenceList } from './referenceList.ts';

/** A cite to be printed. Texts are plain, but for `<i>`, `<b>`, `<sup>` and `<sub>`. */
export interface CiteToPrint {
  readonly key: string;
  /** Nothing where nobody knows the key. */
  readonly item: CitableItem | undefined;
  readonly mode: CiteMode;
  readonly prefix: string;
  readonly suffix: string;
  /** The CSL locator term and its value. */
  readonly locator?: { readonly label: string; readonly value: string };
}

export interface CitationToPrint {
  readonly cites: readonly CiteToPrint[];
  /** The number of the writer's footnote in which it stands, from 1; where it stands in the text, none. */
  readonly note?: number;
}

/** A citation as it reads. In a style of notes `text` may be empty, or the author's name, and `note` is what its footnote says. */
export interface PrintedCitation {
  readonly text: Formatted;
  readonly note?: Formatted;
}

export interface PrintedDocument {
  /** In the order given. */
  readonly citations: readonly PrintedCitation[];
  readonly bibliography: readonly Listed[];
}

interface Placed {
  /** What it was made of, to know it again. */
  readonly of: string;
  readonly placed: PlacedCitation | undefined;
  /** How it was printed last, and of what. */
  printed?: { readonly of: string; readonly as: PrintedCitation };
}

/** So many citations that differ are put into their places one by one; of more all are read anew. */
const mostPlaced = 12;

/**
 * Prints the citations of a whole manuscript, each with what its neighbours make of it: numbers, `2021a`, `ibid.`, names
 * that are told once. What stays the same from one call to the next is not printed anew.
 */
export class Typesetter {
  readonly #style: Style;
  readonly #list: ReferenceList;
  #engine: Engine | undefined;
  #items = new Map<string, CitableItem>();
  #citations: readonly Placed[] = [];
  #texts = new Map<string, string>();
  /** The works as they are first cited. */
  #order: readonly string[] = [];
  #uncited = '';
  #bibliography: readonly Listed[] | undefined;
  #count = 0;

  constructor(style: Style) {
    this.#style = style;
    this.#list = new ReferenceList(style);
  }

  get isOfNotes(): boolean {
    return this.#style.format === 'note';
  }

  /**
   * Prints citations in the order in which they stand, and the bibliography with `uncited` works in it.
   * @throws Error in plain words when the style fails
   */
  print(citations: readonly CitationToPrint[], uncited: readonly CitableItem[] = []): PrintedDocument {
    return guarded(
      () => {
        this.#take(citations, uncited);
        this.#place(citations, uncited.map(({ id }) => id));
        return {
          citations: citations.map((citation, index) => this.#printed(citation, this.#citations[index]!)),
          bibliography: (this.#bibliography ??= this.#list.print(this.#engine!, this.#items)),
        };
      },
      () => this.#forget(),
    );
  }

  /** A work that reads differently under a key that was there before is known by nothing that the engine holds. */
  #take(citations: readonly CitationToPrint[], uncited: readonly CitableItem[]): void {
    const items = new Map<string, CitableItem>();
    for (const item of [...citations.flatMap(({ cites }) => cites.flatMap(each => each.item ?? [])), ...uncited]) {
      items.set(item.id, item);
    }
    for (const [id, item] of items) {
      const before = this.#items.get(id);
      if (before && before !== item && JSON.stringify(before) !== JSON.stringify(item)) {
        this.#forget();
        break;
      }
    }
    items.forEach((item, id) => this.#items.set(id, item));
    this.#engine ??= this.#style.engine(this.#style.xml, id => this.#items.get(id));
  }

  #place(citations: readonly CitationToPrint[], uncited: readonly string[]): void {
    const before = this.#citations;
    const now = citations.map(citation => JSON.stringify(citation.cites.map(withoutItem)));
    let head = 0;
    while (head < now.length && before[head]?.of === now[head]) {
      head += 1;
    }
    let tail = 0;
    while (tail < Math.min(now.length, before.length) - head && before[before.length - 1 - tail]!.of === now[now.length - 1 - tail]) {
      tail += 1;
    }
    const fresh = citations.slice(head, citations.length - tail).map((citation, index) => this.#made(citation, now[head + index]!));
    const kept = { before: before.slice(0, head), behind: before.slice(before.length - tail) };
    this.#citations = [...kept.before, ...fresh, ...kept.behind];
    const haveNotesMoved = this.#numberNotes(citations);
    const isReordered = this.#reorder(citations);
    if (fresh.length > 0 || before.length !== now.length || haveNotesMoved) {
      this.#bibliography = undefined;
      if (isReordered || before.length === 0 || fresh.length === 0 || fresh.length > mostPlaced) {
        this.#rebuild(uncited);
      } else {
        fresh.forEach((_, index) => this.#insert(head + index, head + fresh.length));
      }
    }
    const listed = uncited.join('\n');
    if (listed !== this.#uncited) {
      this.#uncited = listed;
      this.#bibliography = undefined;
      this.#engine!.updateUncitedItems(uncited);
    }
  }

  #made(citation: CitationToPrint, of: string): Placed {
    const items = citation.cites.flatMap(cite => (cite.item ? [itemOf(cite)] : []));
    if (items.length === 0) {
      return { of, placed: undefined };
    }
    this.#count += 1;
    const isInText = citation.cites[0]!.mode === 'in-text' && citation.cites[0]!.item !== undefined;
    // In a note the author stands in the text already.
    const citationItems = isInText && this.isOfNotes ? [{ ...items[0]!, 'suppress-author': true }, ...items.slice(1)] : items;
    // Not sorted: the work named in the sentence comes first, whatever the style’s order.
    const mode = isInText ? { unsorted: true, ...(!this.isOfNotes && { mode: 'composite' as const }) } : {};
    return { of, placed: { citationID: `c${this.#count}`, citationItems, properties: { noteIndex: 0, ...mode } } };
  }

  /** Whether one that stood there before has another number now. */
  #numberNotes(citations: readonly CitationToPrint[]): boolean {
    if (!this.isOfNotes) {
      return false;
    }
    let hasMoved = false;
    let last = 0;
    let number = 0;
    citations.forEach(({ note }, index) => {
      number += note === undefined || note !== last ? 1 : 0;
      last = note ?? 0;
      const properties = this.#citations[index]!.placed?.properties;
      if (properties) {
        hasMoved ||= properties.noteIndex !== 0 && properties.noteIndex !== number;
        properties.noteIndex = number;
      }
    });
    return hasMoved;
  }

  /**
   * Whether works that were cited before are first cited in another order now: where the style sorts a citation by numbers, the
   * engine would leave those as they are that are not given to it anew.
   */
  #reorder(citations: readonly CitationToPrint[]): boolean {
    const order = [...new Set(citations.flatMap(({ cites }) => cites.flatMap(({ key, item }) => (item ? [key] : []))))];
    const now = new Set(order);
    const before = new Set(this.#order);
    const kept = this.#order.filter(key => now.has(key));
    this.#order = order;
    return order.filter(key => before.has(key)).some((key, index) => key !== kept[index]);
  }

  #rebuild(uncited: readonly string[]): void {
    this.#texts.clear();
    this.#uncited = uncited.join('\n');
    const all = this.#citations.flatMap(({ placed }) => placed ?? []);
    for (const [id, , text] of this.#engine!.rebuildProcessorState(all, 'html', uncited)) {
      this.#texts.set(id, text);
    }
  }

  /** The one at this place, where those up to `until` are not in their places yet. */
  #insert(at: number, until: number): void {
    const { placed } = this.#citations[at]!;
    if (placed) {
      const [, changed] = this.#engine!.processCitationCluster(
        placed,
        this.#citations.slice(0, at).flatMap(placeOf),
        this.#citations.slice(until).flatMap(placeOf),
      );
      changed.forEach(([, text, id]) => this.#texts.set(id, text));
    }
  }

  #printed({ cites }: CitationToPrint, kept: Placed): PrintedCitation {
    const { placed, printed } = kept;
    const unknown = cites.filter(({ item }) => item === undefined).map(({ key }) => `<b>${escapeHtml(key)}?</b>`);
    const known = placed ? (this.#texts.get(placed.citationID) ?? '').replace('[NO_PRINTED_FORM]', '') : '';
    const isInText = cites[0]?.mode === 'in-text';
    const text = unknown.length === 0 ? known : withUnknown(known, unknown, isInText && !cites[0]!.item);
    const author = this.isOfNotes && isInText ? this.#authorOf(cites[0]!) : '';
    const of = `${author}\n${text}`;
    if (printed?.of === of) {
      return printed.as;
    }
    const as = this.isOfNotes ? { text: formatted(author), note: formatted(text) } : { text: formatted(text) };
    kept.printed = { of, as };
    return as;
  }

  /** In the text before a note. */
  #authorOf({ item }: CiteToPrint): string {
    return item ? this.#engine!.makeCitationCluster([{ id: item.id, 'author-only': true }]) : '';
  }

  #forget(): void {
    this.#engine = undefined;
    this.#list.forget();
    this.#items.clear();
    this.#citations = [];
    this.#order = [];
    this.#texts.clear();
    this.#uncited = '';
    this.#bibliography = undefined;
  }
}

function withoutItem({ item, ...cite }: CiteToPrint): object {
  return { ...cite, isKnown: item !== undefined };
}

function itemOf({ item, mode, prefix, suffix, locator }: CiteToPrint): CitationItem {
  return {
    id: item!.id,
    ...(mode === 'suppress-author' && { 'suppress-author': true }),
    ...(prefix && { prefix }),
    ...(suffix && { suffix }),
    ...(locator && { label: locator.label, locator: locator.value }),
  };
}

function placeOf({ placed }: Placed): CitationPlace[] {
  return placed ? [[placed.citationID, placed.properties.noteIndex]] : [];
}

/** As Pandoc prints a key that it does not know: in bold, with a question mark, within the brackets of the others. */
function withUnknown(known: string, unknown: readonly string[], isBare: boolean): string {
  const list = unknown.join('; ');
  if (known === '') {
    return isBare ? list : `(${list})`;
  }
  const [, head = known, end = ''] = /^([\s\S]*?)((?:[)\]]|<\/sup>|\.)*)$/.exec(known) ?? [];
  return `${head}; ${list}${end}`;
}
