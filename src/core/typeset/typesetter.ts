import type { CitationPlace, Engine, PlacedCitation } from 'citeproc';
import { guarded, type CitableItem, type Style } from '../cslEngine.ts';
import { formatted, type Formatted } from '../cslMarkup.ts';
import { find } from '../cslStyle.ts';
import { corrected, type Listed } from '../reference.ts';
import { locatorTerms, type LocatorTerms } from '../markdown/locators.ts';
import type { CiteMode } from '../reading.ts';
import { afterKeyIn, type Written } from './afterKey.ts';
import { forEngine, partsOf } from './forEngine.ts';
import { grouped, groupingOf, type Grouping } from './grouped.ts';
import { termsOf } from './locatorTerms.ts';
import { pointsWithinQuotes, restored, withinNote, withoutEmpty } from './mended.ts';
import { NamesInText } from './namesInText.ts';
import { ReferenceList } from './referenceList.ts';
import { layoutOf, withUnknown, type Layout } from './unknown.ts';

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
  /** What suffix and locator were made of, by the locators of English; a style in another language reads it again. */
  readonly written?: Written;
}

export interface CitationToPrint {
  readonly cites: readonly CiteToPrint[];
  /** The number of the writer's footnote in which it stands, from 1; where it stands in the text, none. */
  readonly note?: number;
  /** Whether that footnote begins with it. */
  readonly opensNote?: boolean;
  /** How many of the writer's footnotes come before it, those without citations included; 0 where it isn't set. */
  readonly notesBefore?: number;
}

/**
 * A citation as it reads. In a style of notes `text` may be empty, or the author's name, and `note` is what its footnote says; in a
 * footnote of the writer's there is no other, and all is `text`.
 */
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
  mayBeIbid?: boolean;
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
  readonly #names: NamesInText;
  /** Whether the style tells works by their numbers, in which case it may sort citations by them. */
  readonly #isNumbered: boolean;
  /** Whether the style has words for a work that was cited just before, as styles of names and dates have too. */
  readonly #hasIbid: boolean;
  /** Whether it prints the numbers of footnotes, or counts how many there are between two. Else those without citations don't matter to it. */
  readonly #printsNumbers: boolean;
  readonly #layout: Layout;
  readonly #grouping: Grouping;
  readonly #terms: LocatorTerms;
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
    const hasShort = find(style.xml, ({ attrs }) => attrs['et-al-subsequent-min'] !== undefined) !== undefined;
    this.#names = new NamesInText(style.format === 'note' || hasShort);
    this.#isNumbered = find(style.xml, ({ attrs }) => attrs.variable?.includes('citation-number') === true) !== undefined;
    this.#hasIbid = find(style.xml, ({ attrs }) => /\bibid/.test(attrs.position ?? '')) !== undefined;
    this.#layout = layoutOf(style.xml);
    this.#printsNumbers = find(style.xml, ({ attrs }) => attrs.variable?.includes('first-reference-note-number') === true || attrs.position?.includes('near-note') === true) !== undefined;
    this.#grouping = groupingOf(style.xml);
    this.#terms = termsOf(style.xml, style.locale, style.language);
  }

  get isOfNotes(): boolean {
    return this.#style.format === 'note';
  }

  /**
   * Prints citations in the order given, and the bibliography with `listed` works in it, which need not be cited.
   * @throws Error in plain words when the style fails
   */
  print(given: readonly CitationToPrint[], listed: readonly CitableItem[] = []): PrintedDocument {
    const citations = this.#inLanguage(given);
    const cited = new Set(citations.flatMap(({ cites }) => cites.flatMap(({ key, item }) => (item ? [key] : []))));
    const uncited = listed.filter(({ id }) => !cited.has(id));
    return guarded(
      () => {
        this.#take(citations, uncited);
        this.#place(citations, uncited.map(({ id }) => id));
        return {
          citations: this.#allPrinted(citations),
          bibliography: (this.#bibliography ??= this.#list.print(this.#engine!, this.#items)),
        };
      },
      () => this.#forget(),
    );
  }

  #inLanguage(citations: readonly CitationToPrint[]): readonly CitationToPrint[] {
    return this.#terms === locatorTerms ? citations : citations.map(citation => ({ ...citation, cites: citation.cites.map(cite => this.#read(cite)) }));
  }

  #read({ suffix, locator, ...cite }: CiteToPrint): CiteToPrint {
    const { written, mode } = cite;
    return { ...cite, ...(written ? afterKeyIn(this.#terms, written, mode) : { suffix, ...(locator && { locator }) }) };
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
    const now = citations.map(citation => `${citation.cites.map(markOf).join('\0\0')}\0\0${this.#isNote(citation)}`);
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
    const isReordered = this.#reorder(citations) && this.#isNumbered;
    const replaced = before.slice(head, before.length - tail);
    // Those of unknown works only are none to the engine; where one was of a known work before, the engine has to let go of that.
    const isNoneNew = fresh.every(isUnplaced);
    const areSame = isNoneNew && replaced.every(isUnplaced);
    if (uncited.join('\n') !== this.#uncited) {
      // They count where works are numbered or get letters.
      this.#rebuild(uncited);
    } else if (areSame) {
      const at = haveNotesMoved ? this.#citations.findIndex(({ placed }) => placed) : -1;
      if (at >= 0) {
        // A footnote of the writer's came or went: given one citation again, the engine looks at the numbers of all.
        this.#insert(at, at + 1);
      }
    } else if (isReordered || before.length === 0 || isNoneNew || fresh.length > mostPlaced) {
      this.#rebuild(uncited);
    } else {
      this.#bibliography = undefined;
      fresh.forEach((_, index) => this.#insert(head + index, head + fresh.length));
    }
  }

  #made(citation: CitationToPrint, of: string): Placed {
    const isNote = this.#isNote(citation);
    const pageDash = this.#engine!.getTerm('page-range-delimiter');
    const isNamed = namedIn(citation) !== undefined;
    const { isOn, isSorted } = this.#grouping;
    const cites = isOn && (isNamed || !isSorted) && citation.cites.length > 2 ? grouped(citation.cites) : citation.cites;
    const parts = partsOf(cites);
    const items = cites.flatMap((cite, index) => (cite.item ? [forEngine(cite, this.#style.format, pageDash, isNote && index === 0, parts[index]!)] : []));
    if (items.length === 0) {
      return { of, placed: undefined };
    }
    this.#count += 1;
    // Not sorted: the work named in the sentence comes first, whatever the style’s order.
    return { of, placed: { citationID: `c${this.#count}`, citationItems: items, properties: { noteIndex: 0, ...(isNamed && { unsorted: true }) } } };
  }

  /** Whether it becomes a footnote of its own. */
  #isNote({ note }: CitationToPrint): boolean {
    return this.isOfNotes && note === undefined;
  }

  /**
   * Gives each citation the number of its footnote, and says whether it may be an `ibid.`: what is cited right before it decides, and a
   * footnote of the writer's may be between, in styles of names and dates too. Whether a citation that was there is another now.
   */
  #numberNotes(citations: readonly CitationToPrint[]): boolean {
    if (!this.isOfNotes && !this.#hasIbid) {
      return false;
    }
    let isOther = false;
    let [ofText, counted, last] = [0, 0, 0];
    let before: CitePosition | undefined;
    citations.forEach(({ note, notesBefore = 0 }, index) => {
      const number = notesBefore + ofText + 1;
      counted += note === undefined || note !== last ? 1 : 0;
      ofText += note === undefined ? 1 : 0;
      last = note ?? 0;
      const kept = this.#citations[index]!;
      if (kept.placed) {
        const { properties } = kept.placed;
        const noteIndex = this.isOfNotes ? (this.#printsNumbers ? number : counted) : 0;
        isOther ||= properties.noteIndex !== 0 && properties.noteIndex !== noteIndex;
        properties.noteIndex = noteIndex;
        const mayBeIbid = before?.isSingle === true && number - before.number <= 1;
        isOther ||= kept.mayBeIbid !== undefined && kept.mayBeIbid !== mayBeIbid;
        kept.mayBeIbid = mayBeIbid;
        before = chained(kept.placed, before, number, mayBeIbid);
      }
    });
    return isOther;
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
    this.#bibliography = undefined;
    this.#texts.clear();
    const listed = uncited.join('\n');
    if (listed !== this.#uncited) {
      this.#uncited = listed;
      // First, for the texts of the citations depend on them; by itself the engine takes them last.
      this.#engine!.updateUncitedItems(uncited);
    }
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

  #allPrinted(citations: readonly CitationToPrint[]): PrintedCitation[] {
    const known = new Set<string>();
    return citations.map((citation, index) => {
      const named = namedIn(citation);
      const author = named ? this.#names.of(this.#engine!, named.id, !known.has(named.id)) : '';
      citation.cites.forEach(({ key }) => known.add(key));
      return this.#printed(citation, author, this.#citations[index]!);
    });
  }

  #printed(citation: CitationToPrint, author: string, kept: Placed): PrintedCitation {
    const raw = kept.placed ? (this.#texts.get(kept.placed.citationID) ?? '') : '';
    const of = `${author}\n${raw}\n${citation.opensNote ?? ''}`;
    if (kept.printed?.of !== of) {
      kept.printed = { of, as: this.#composed(citation, author, raw) };
    }
    return kept.printed.as;
  }

  #composed(citation: CitationToPrint, author: string, raw: string): PrintedCitation {
    const isNote = this.#isNote(citation);
    const text = withUnknown(this.#mended(raw, citation.cites), citation, this.#layout, isNote);
    if (isNote) {
      return { text: formatted(author), note: formatted(text) };
    }
    if (this.isOfNotes) {
      const isInText = namedIn(citation) !== undefined;
      return { text: formatted(withinNote(text, { author, isInText, opensNote: citation.opensNote === true, ibid: this.#ibid() })) };
    }
    return { text: formatted([author, text].filter(part => part !== '').join(' ')) };
  }

  /** The style's words for the work that was cited just before; empty where it has none. */
  #ibid(): string {
    const node = this.#hasIbid ? find(this.#style.xml, ({ name, attrs }) => name === 'text' && attrs.term === 'ibid') : undefined;
    const term = node ? this.#engine!.getTerm('ibid') : '';
    return node?.attrs['strip-periods'] === 'true' ? term.replaceAll('.', '') : term;
  }

  /** What the engine printed, put right. */
  #mended(raw: string, cites: readonly CiteToPrint[]): string {
    const engine = this.#engine!;
    const pageDash = engine.getTerm('page-range-delimiter');
    const whole = cites.reduce((text, { item }) => (item ? corrected(text, item.page, pageDash) : text), withoutEmpty(restored(raw), this.#layout.delimiter));
    return engine.getOpt('punctuation-in-quote') ? pointsWithinQuotes(whole) : whole;
  }

  #forget(): void {
    this.#engine = undefined;
    this.#list.forget();
    this.#names.forget();
    this.#items.clear();
    this.#citations = [];
    this.#order = [];
    this.#texts.clear();
    this.#uncited = '';
    this.#bibliography = undefined;
  }
}

/** What decides whether the next citation may be an `ibid.` */
interface CitePosition {
  readonly number: number;
  readonly chain: string;
  readonly isSingle: boolean;
}

/**
 * Keeps the engine from `ibid.` after a citation of several works, where it would not know which is meant, and after a footnote that
 * it does not know. It takes only cites with the same `locator-extra`, which nothing prints, for alike.
 */
function chained({ citationItems, sortedItems = [] }: PlacedCitation, before: CitePosition | undefined, number: number, mayBeIbid: boolean): CitePosition {
  const chain = mayBeIbid ? before!.chain : before?.chain === '' ? ' ' : '';
  // Of those that it has taken the engine keeps copies.
  for (const item of [...citationItems, ...sortedItems.map(([, copy]) => copy)]) {
    item['locator-extra'] = chain;
  }
  return { number, chain, isSingle: citationItems.length === 1 };
}

/** What makes two cites print alike, but for their works. */
function markOf({ key, item, mode, prefix, suffix, locator }: CiteToPrint): string {
  return `${key}\0${item !== undefined}\0${mode}\0${prefix}\0${suffix}\0${locator ? `${locator.label} ${locator.value}` : ''}`;
}

/** The work whose author stands in the sentence. */
function namedIn({ cites: [first] }: CitationToPrint): CitableItem | undefined {
  return first?.mode === 'in-text' ? first.item : undefined;
}

function isUnplaced({ placed }: Placed): boolean {
  return placed === undefined;
}

function placeOf({ placed }: Placed): CitationPlace[] {
  return placed ? [[placed.citationID, placed.properties.noteIndex]] : [];
}
