import type { Engine } from 'citeproc';
import type { CitableItem, Style } from '../cslEngine.ts';
import { formatted } from '../cslMarkup.ts';
import { find } from '../cslStyle.ts';
import { entriesOf, type Listed } from '../reference.ts';

/** Stands for an entry's number, which changes with every work that comes before it. */
const slug = '\ue100';

/** How the engine printed an entry, and what it depended on beside the work itself. */
interface Kept {
  readonly of: string;
  readonly html: string;
  /** The entry with the number it had last. */
  number: number;
  entry: Listed;
}

interface State {
  readonly id: string;
  readonly before: string | undefined;
  readonly number: number;
  readonly of: string;
}

/** Prints the reference list of a manuscript that changes: only the entries that read differently are made anew. */
export class ReferenceList {
  /** Whether works of some kinds are left out, which the engine does for whole lists only. */
  readonly #isOnePiece: boolean;
  /** Whether the names of an entry may be left out behind another with the same ones. */
  readonly #isPaired: boolean;
  readonly #kept = new Map<string, Kept>();

  constructor({ xml }: Style) {
    const list = find(xml, ({ name }) => name === 'bibliography');
    const attributes = Object.keys(list?.attrs ?? {});
    this.#isOnePiece = attributes.some(name => name.startsWith('exclude-'));
    this.#isPaired = attributes.some(name => name.startsWith('subsequent-author'));
  }

  print(engine: Engine, items: ReadonlyMap<string, CitableItem>): readonly Listed[] {
    const states = this.#states(engine);
    const changed = states.filter(({ id, of }) => this.#kept.get(id)?.of !== of);
    if (this.#isOnePiece) {
      this.#kept.clear();
      this.#take(engine, items, states);
    } else if (changed.length > 0) {
      const ids = changed.flatMap(({ id, before }) => (this.#isPaired && before !== undefined ? [before, id] : [id]));
      this.#take(engine, items, changed, changed.length === states.length ? undefined : ids);
    }
    return states.flatMap(({ id, number }) => {
      const kept = this.#kept.get(id);
      return kept ? [numbered(kept, id, number)] : [];
    });
  }

  #take(engine: Engine, items: ReadonlyMap<string, CitableItem>, states: readonly State[], only?: readonly string[]): void {
    engine.opt.citation_number_slug = slug;
    const html = new Map(entriesOf(engine, items, engine.getTerm('page-range-delimiter'), only).map(entry => [entry.id, entry.html]));
    for (const { id, of, number } of states) {
      const text = html.get(id);
      if (text === undefined) {
        this.#kept.delete(id);
      } else {
        this.#kept.set(id, { of, html: text, number, entry: entryOf(id, text, number) });
      }
    }
  }

  #states({ registry }: Engine): readonly State[] {
    const ids = registry.getSortedIds();
    return ids.map((id, index) => {
      const { seq, disambig } = registry.registry[id]!;
      const before = ids[index - 1];
      return { id, before, number: seq, of: JSON.stringify([disambig, this.#isPaired && before]) };
    });
  }

  forget(): void {
    this.#kept.clear();
  }
}

function numbered(kept: Kept, id: string, number: number): Listed {
  if (kept.number !== number && kept.html.includes(slug)) {
    kept.entry = entryOf(id, kept.html, number);
  }
  kept.number = number;
  return kept.entry;
}

function entryOf(id: string, html: string, number: number): Listed {
  return { id, text: formatted(html.replaceAll(slug, String(number))) };
}
