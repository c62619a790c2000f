import type { Block, Span } from '../reading.ts';
import { nothing, type Facts } from './inline.ts';
import { Labels } from './labels.ts';
import { blockWith, holdsMetadataTexts, longBlock, shortBlock, yamlLines, type Leaf, type Piece } from './leaf.ts';
import { inlineOfMetadata, type ReadText } from './metadata.ts';
import { Pace } from './pace.ts';
import { UnitReader, type Unit } from './units.ts';

/** Reads the inlines of all units that have not had theirs read; blocks that were read before and are the same are taken over. */
export function* inlinesRead(text: string, units: readonly Unit[], facts: Facts, known?: KnownBlocks, isInMetadata = false): Generator<undefined, void> {
  const pace = new Pace();
  const noting = new NotingFacts(facts);
  let at = 0;
  for (const unit of units) {
    let length = 0;
    if (!unit.blocks) {
      const by = at - unit.base;
      // Most units are one short block: one array of one element, where growing one would keep room for seventeen.
      const block = unit.leaves.length === 1 ? shortBlockOf(text, unit.leaves[0]!, by, noting, known) : undefined;
      unit.blocks = block ? [block] : yield* blocksOf(text, unit.leaves, by, noting, known, isInMetadata);
      unit.asked = noting.taken();
      length = unit.length;
    }
    // Even to pass a million units that are read takes time.
    if (pace.isDue(length)) {
      yield;
    }
    at += unit.length;
  }
}

function* blocksOf(
  text: string,
  leaves: readonly Leaf[],
  by: number,
  noting: NotingFacts,
  known: KnownBlocks | undefined,
  isInMetadata: boolean,
): Generator<undefined, Block[]> {
  const blocks: Block[] = [];
  for (const leaf of leaves) {
    const short = shortBlockOf(text, leaf, by, noting, known);
    if (short) {
      blocks.push(short);
      continue;
    }
    const moved = movedLeaf(leaf, by);
    const isMetadata = holdsMetadataTexts(text, moved);
    const isRead = isMetadata && !isInMetadata;
    const isPlain = !isMetadata && yamlLines(moved) === undefined;
    blocks.push(isPlain ? yield* longBlock(text, moved, noting) : blockWith(moved, isRead ? yield* inlineOfMetadata(text, moved, blocksOfText) : nothing));
  }
  return blocks;
}

/** The blocks of a text of the metadata, which is a document for itself. */
const blocksOfText: ReadText = function* (text) {
  const reader = new UnitReader(text, 0);
  const units: Unit[] = [];
  for (let unit = reader.next(); unit; unit = reader.next()) {
    units.push(unit);
  }
  yield* inlinesRead(text, units, yield* Labels.of(units), undefined, true);
  return units.flatMap(({ blocks }) => blocks!);
};

function shortBlockOf(text: string, leaf: Leaf, by: number, noting: NotingFacts, known?: KnownBlocks): Block | undefined {
  return known?.take(leaf, by, noting) ?? shortBlock(text, movedLeaf(leaf, by), noting);
}

const noLabels: ReadonlySet<string> = new Set();

/** Notes which labels were asked for. */
class NotingFacts implements Facts {
  readonly #facts: Facts;
  #asked: Set<string> | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  isExample(label: string): boolean {
    this.note(`@${label}`);
    return this.#facts.isExample(label);
  }

  isDefined(label: string): boolean {
    this.note(`[${label}`);
    return this.#facts.isDefined(label);
  }

  note(label: string): void {
    this.#asked ??= new Set();
    this.#asked.add(label);
  }

  /** Those asked for since this was called last. */
  taken(): ReadonlySet<string> {
    const asked = this.#asked ?? noLabels;
    this.#asked = undefined;
    return asked;
  }
}

function movedLeaf(leaf: Leaf, by: number): Leaf {
  if (by === 0) {
    return leaf;
  }
  const move = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  return { ...leaf, ...move(leaf), pieces: leaf.pieces.map(piece => ('start' in piece ? move(piece) : piece.map(move))) };
}

/** The blocks of units that an edit touched, to take over those which come out the same. */
export class KnownBlocks {
  readonly #before: string;
  readonly #now: string;
  #known: { readonly leaf: Leaf; readonly by: number; readonly block: Block; readonly asked: ReadonlySet<string> }[] = [];
  #next = 0;

  constructor(before: string, now: string) {
    this.#before = before;
    this.#now = now;
  }

  add(unit: Unit, start: number): void {
    unit.leaves.forEach((leaf, i) => {
      this.#known.push({ leaf, by: start - unit.base, block: unit.blocks![i]!, asked: unit.asked! });
    });
  }

  /** Forgets what was read with the help of one of these labels: they mean something else now. */
  forget(labels: ReadonlySet<string>): void {
    this.#known = this.#known.filter(({ asked }) => !sharesOne(asked, labels));
  }

  /** Blocks come in the order in which they stood, so each is looked for behind the last one found, not far. */
  take(leaf: Leaf, by: number, noting: NotingFacts): Block | undefined {
    const end = Math.min(this.#known.length, this.#next + 8);
    for (let i = this.#next; i < end; i += 1) {
      const known = this.#known[i]!;
      if (isSameLeaf(leaf, known.leaf) && this.#textOf(leaf, by) === this.#before.slice(known.leaf.start + known.by, known.leaf.end + known.by)) {
        this.#next = i + 1;
        known.asked.forEach(label => noting.note(label));
        return known.block;
      }
    }
    return undefined;
  }

  #textOf(leaf: Leaf, by: number): string {
    return this.#now.slice(leaf.start + by, leaf.end + by);
  }
}

export function sharesOne(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && Array.from(b).some(each => a.has(each));
}

function isSameLeaf(a: Leaf, b: Leaf): boolean {
  return (
    a.kind === b.kind &&
    a.end - a.start === b.end - b.start &&
    a.inQuote === b.inQuote &&
    a.inNote === b.inNote &&
    a.inRefs === b.inRefs &&
    a.pieces.length === b.pieces.length &&
    a.pieces.every((piece, i) => isSamePiece(piece, b.pieces[i]!, b.start - a.start))
  );
}

function isSamePiece(a: Piece, b: Piece, by: number): boolean {
  if ('start' in a) {
    return 'start' in b && a.start + by === b.start && a.end + by === b.end;
  }
  return !('start' in b) && a.length === b.length && a.every((span, i) => isSamePiece(span, b[i]!, by));
}
