import { KeptByBlock } from './keptByBlock.ts';
import { doiAddress, linksOf } from './links.ts';
import { Pace } from './markdown/pace.ts';
import { longestPiece, pieceEnd } from './pieces.ts';
import type { Block, Reading, Span } from './reading.ts';

/** A DOI, PMID or PMCID written in a manuscript. */
export interface Identifier extends Span {
  /** Where the work is found: `https://doi.org/10.1176/…`. */
  readonly address: string;
}

interface Rule {
  readonly pattern: RegExp;
  /** The identifier as it stands in the text; what is cut off its end stays outside the span. */
  readonly trim?: (written: string) => string;
  readonly address: (id: string) => string | undefined;
}

const csl = { type: '', title: '', author: [] };

// ASCII without what ends a DOI in print; `<1661::AID-SIM968>` stands inside those of the SICI form.
const doi = String.raw`10\.\d{4,9}(?:\.\d+)*/(?:[!#-;=?-Z\\^-z~]|<\d+:[\w:-]+>)+`;

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}./@-])(?:doi:[ \t]?)?(${doi})`, 'giu'),
    trim: withoutPunctuation,
    address: id => doiAddress(unescaped(id)),
  },
  { pattern: /\bPMID:?[ \t\u00a0]*(\d{1,8})(?!\d)/gi, address: PMID => linksOf({ ...csl, PMID }).pubmed },
  {
    pattern: /\bPMCID:?[ \t\u00a0]*(PMC\d{1,9})(?!\d)/gi,
    address: id => linksOf({ ...csl, PMCID: id.toUpperCase() }).pmc,
  },
];

/**
 * The identifiers in a manuscript's prose and metadata. Not those in code or citekeys, nor those that are, or are the
 * text of, a link already: VS Code opens these itself. Yields every few milliseconds.
 */
export function* identifiersIn({ text, blocks, starts, frontMatter }: Reading): Generator<undefined, Identifier[]> {
  const pace = new Pace();
  const found = frontMatter ? yield* inMetadata(text, frontMatter) : [];
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index]!;
    const by = starts[index]!;
    for (const { start, end, address } of kept.get(block) ?? (yield* identifiersOf(block, text, by))) {
      found.push({ start: start + by, end: end + by, address });
    }
    if (pace.isDue(block.length)) {
      yield;
    }
  }
  return found;
}

/** What an address is called where it is shown: `doi.org/10.1176/…`. */
export function shownAddress(address: string): string {
  return decodeURIComponent(address).replace(/^https:\/\/|\/$/g, '');
}

const kept = new KeptByBlock<readonly Identifier[]>();

/** With offsets from the block's start. An edit elsewhere leaves a block the same object, and its identifiers known. */
function* identifiersOf(block: Block, text: string, start: number): Generator<undefined, readonly Identifier[]> {
  const isProse = block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table';
  let found = isProse ? yield* scanned(text, start, start + block.length) : [];
  if (found.length > 0) {
    for (const spans of takenSpans(block, text.slice(start, start + block.length))) {
      found = outside(spans, found);
      if (block.length > longestPiece) {
        yield;
      }
    }
  }
  kept.set(block, found);
  return found;
}

/** What looks like an identifier in `[start, end)`, in order, with offsets from there. */
function* scanned(text: string, start: number, end: number): Generator<undefined, Identifier[]> {
  const found: Identifier[] = [];
  for (let from = start; from < end; ) {
    const to = pieceEnd(text, from, end);
    const by = from - start;
    for (const each of scan(text.slice(from, to)).sort((a, b) => a.start - b.start)) {
      found.push({ start: each.start + by, end: each.end + by, address: each.address });
    }
    from = to;
    if (from < end) {
      yield;
    }
  }
  return found;
}

function scan(text: string): Identifier[] {
  return rules.flatMap(({ pattern, trim, address }) =>
    Array.from(text.matchAll(pattern)).flatMap(match => {
      const id = trim ? trim(match[1]!) : match[1]!;
      const to = address(id);
      const end = match.index + match[0].length - (match[1]!.length - id.length);
      return to && !id.endsWith('/') ? [{ start: match.index, end, address: to }] : [];
    }),
  );
}

/** Those that touch none of the spans. Both are walked once, in order. */
function outside(spans: readonly Span[], found: readonly Identifier[]): Identifier[] {
  let next = 0;
  let reached = -1;
  return found.filter(({ start, end }) => {
    for (; next < spans.length && spans[next]!.start < end; next += 1) {
      reached = Math.max(reached, spans[next]!.end);
    }
    return reached <= start;
  });
}

/**
 * What holds no identifier of ours: code, links and the like, each kind in order. An address `doi:10.…` is one that nothing
 * else opens.
 */
function* takenSpans({ opaque, brackets, citations }: Block, text: string): Generator<readonly Span[], void> {
  yield opaque.filter(({ kind, start }) => kind !== 'address' || !/^<?doi:/i.test(text.slice(start, start + 5)));
  const targets = new Set(opaque.filter(({ kind }) => kind === 'link target').map(({ start }) => start));
  yield brackets.filter(({ closed, end }) => closed && targets.has(end));
  yield citations.flatMap(({ cites }) => cites.map(({ mark }) => mark)).sort((a, b) => a.start - b.start);
}

const field = /^[ \t]*(?:-[ \t]+)?["']?(DOI|PMID|PMCID)["']?[ \t]*:[ \t]*["']?([^\s"']+)/gim;

/** `DOI: 10.1176/…` of an entry under `references:`. */
function* inMetadata(text: string, { start, end }: Span): Generator<undefined, Identifier[]> {
  const found: Identifier[] = [];
  for (let from = start; from < end; ) {
    const to = pieceEnd(text, from, end);
    for (const match of text.slice(from, to).matchAll(field)) {
      found.push(...inField(match, from));
    }
    from = to;
    yield;
  }
  return found;
}

function inField(match: RegExpExecArray, start: number): Identifier[] {
  const [whole, name = '', value = ''] = match;
  const at = start + match.index + whole.length - value.length;
  const isDoi = name.toUpperCase() === 'DOI';
  const [found] = scan(isDoi ? value : `${name}:${value}`);
  const id = found && (isDoi ? value.slice(found.start, found.end) : value);
  return found && id ? [{ start: at, end: at + id.length, address: found.address }] : [];
}

/** Without the marks of the sentence around it; a bracket that the DOI itself opened is kept. */
function withoutPunctuation(written: string): string {
  let surplus = written.split(')').length - written.split('(').length;
  let end = written.length;
  while (/[.,;:!?'*_~^)\\=&]/.test(written[end - 1] ?? '')) {
    if (written[end - 1] === ')') {
      if (surplus <= 0) {
        break;
      }
      surplus -= 1;
    }
    end -= 1;
  }
  return written.slice(0, end);
}

/** A writer escapes `_` and the like where Markdown would read markup; the DOI has no backslash. */
function unescaped(id: string): string {
  return id.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}
