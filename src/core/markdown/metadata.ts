import type { Block, Bracket, Citation, OpaqueSpan, Span } from '../reading.ts';
import type { DecodedText } from './decodedText.ts';
import type { Inline } from './inline.ts';
import { moverTo, yamlLines, type Leaf } from './leaf.ts';
import { moved } from './moved.ts';
import { metadataFields, metadataTexts } from './yamlTexts.ts';

/** Reads a text as a document for itself; its blocks cover it without a gap. */
export type ReadText = (text: string) => Generator<undefined, readonly Block[]>;

/** What the texts of YAML metadata hold; offsets from the block's start. All around them is no prose. */
export function* inlineOfMetadata(text: string, leaf: Leaf, read: ReadText): Generator<undefined, Inline> {
  const { start, end } = leaf;
  const lines = yamlLines(leaf);
  if (!lines) {
    return yield* inlineOfYaml(yamlInside(text.slice(start, end)), end - start, read);
  }
  const yaml = lines.map(line => text.slice(line.start, line.end)).join('\n');
  const { citations, opaque, brackets } = yield* inlineOfYaml({ yaml, start: 0 }, yaml.length, read);
  const move = moverTo(lines, start);
  const placed = opaque.map(move);
  return {
    citations: citations.map(each => moved(each, move)),
    // The marks of the container and the fences are no prose either.
    opaque: [{ kind: 'comment', start: 0, end: placed[0]!.start }, ...placed.slice(0, -1), { ...placed.at(-1)!, end: end - start }],
    brackets: brackets.map(move),
  };
}

function* inlineOfYaml(inside: ReturnType<typeof yamlInside>, length: number, read: ReadText): Generator<undefined, Inline> {
  const citations: Citation[] = [];
  const opaque: OpaqueSpan[] = [];
  const brackets: Bracket[] = [];
  let at = 0;
  for (const each of metadataTexts(inside.yaml)) {
    const place = placeIn(each, inside.start);
    const blocks = yield* read(place.value);
    const found = yield* placed(blocks, place);
    const gap = { start: at, end: inside.start + each.start };
    if (gap.start < gap.end) {
      opaque.push({ kind: 'comment', ...gap });
    }
    // Not spread into an argument list: there may be more than a call may have arguments.
    found.opaque.forEach(span => opaque.push(span));
    found.citations.forEach(citation => citations.push(citation));
    found.brackets.forEach(bracket => brackets.push(bracket));
    at = inside.start + each.end;
  }
  opaque.push({ kind: 'comment', start: at, end: length });
  return { citations, opaque, brackets };
}

/** The YAML between the fences of a block of metadata, and where it begins. */
export function yamlInside(block: string): { readonly yaml: string; readonly start: number } {
  const start = block.indexOf('\n') + 1;
  return { yaml: block.slice(start, Math.max(start, block.trimEnd().lastIndexOf('\n') + 1)), start };
}

/** The Markdown of a text, and where a stretch of it stands in the block. */
interface Place {
  readonly value: string;
  readonly move: <T extends Span>(span: T) => T;
}

function placeIn(text: DecodedText, by: number): Place {
  // Blanks that begin a text are not Pandoc's, unless it is a block of text that ends in a line break.
  const lead = text.value.endsWith('\n') ? 0 : text.value.length - text.value.trimStart().length;
  return {
    value: text.value.slice(lead),
    move: span => {
      const { start, end } = text.sourceOf({ start: span.start + lead, end: span.end + lead });
      return { ...span, start: start + by, end: end + by };
    },
  };
}

function* placed(blocks: readonly Block[], { move }: Place): Generator<undefined, Inline> {
  const citations: Citation[] = [];
  const opaque: OpaqueSpan[] = [];
  const brackets: Bracket[] = [];
  let by = 0;
  for (const block of blocks) {
    const start = by;
    const shifted = <T extends Span>(span: T): T => ({ ...span, start: span.start + start, end: span.end + start });
    for (const citation of block.citations) {
      citations.push(moved(moved(citation, start), move));
    }
    const isProse = block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table' || block.kind === 'blank';
    for (const span of isProse ? block.opaque : [{ kind: 'code' as const, start: 0, end: block.length }]) {
      opaque.push(move(shifted(span)));
    }
    for (const bracket of block.brackets) {
      brackets.push(move(shifted(bracket)));
    }
    by += block.length;
    if (block.length > longBlock) {
      yield;
    }
  }
  return { citations, opaque, brackets };
}

const longBlock = 10_000;

/** A block of metadata in its manuscript. */
export interface MetadataBlock {
  readonly block: Block;
  readonly start: number;
}

/** The texts of each field of a block, and the block without those that others take the place of; for as long as the block is. */
interface Kept {
  readonly fields: ReadonlyMap<string, readonly Span[]>;
  gone: string;
  left: Block;
}

const kept = new WeakMap<Block, Kept>();

/**
 * The blocks of metadata of a text without the citations of fields that a later block gives too: as for Pandoc, that one's count
 * alone. The same objects as long as nothing of it changes.
 */
export function inForce(text: string, blocks: readonly MetadataBlock[]): readonly Block[] {
  const isCiting = blocks.some(({ block }, index) => block.citations.length > 0 && index + 1 < blocks.length);
  if (!isCiting) {
    return blocks.map(({ block }) => block);
  }
  const later = new Set<string>();
  const left: Block[] = [];
  for (const each of [...blocks].reverse()) {
    const known = keptOf(text, each);
    left.unshift(withoutFields(known, each.block, later));
    known.fields.forEach((_, name) => later.add(name));
  }
  return left;
}

function keptOf(text: string, { block, start }: MetadataBlock): Kept {
  const known = kept.get(block);
  if (known) {
    return known;
  }
  const inside = yamlInside(text.slice(start, start + block.length));
  const spans = (texts: readonly DecodedText[]): Span[] => texts.map(each => ({ start: each.start + inside.start, end: each.end + inside.start }));
  const fields = new Map(Array.from(metadataFields(inside.yaml), ([name, texts]) => [name, spans(texts)]));
  const made: Kept = { fields, gone: '', left: block };
  kept.set(block, made);
  return made;
}

function withoutFields(known: Kept, block: Block, later: ReadonlySet<string>): Block {
  const names = [...known.fields.keys()].filter(name => later.has(name));
  const gone = names.join('\n');
  if (gone !== known.gone) {
    const spans = names.flatMap(name => known.fields.get(name)!);
    const stays = ({ start, end }: Span): boolean => !spans.some(span => span.start <= start && end <= span.end);
    known.left = { ...block, citations: block.citations.filter(stays), brackets: block.brackets.filter(stays) };
    known.gone = gone;
  }
  return gone === '' ? block : known.left;
}
