import { doiAddress, linksOf } from './links.ts';
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
 * text of, a link already: VS Code opens these itself.
 */
export function identifiersIn(reading: Reading): Identifier[] {
  const found = reading.blocks.flatMap((block, index) => {
    const start = reading.starts[index]!;
    return identifiersOf(block, reading.text, start).map(each => ({
      ...each,
      start: each.start + start,
      end: each.end + start,
    }));
  });
  return reading.frontMatter ? [...inMetadata(reading.text, reading.frontMatter), ...found] : found;
}

/** What an address is called where it is shown: `doi.org/10.1176/…`. */
export function shownAddress(address: string): string {
  return decodeURIComponent(address).replace(/^https:\/\/|\/$/g, '');
}

const kept = new WeakMap<Block, readonly Identifier[]>();

/** With offsets from the block's start. An edit elsewhere leaves a block the same object, and its identifiers known. */
function identifiersOf(block: Block, text: string, start: number): readonly Identifier[] {
  const known = kept.get(block);
  if (known) {
    return known;
  }
  const isProse = block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table';
  const prose = isProse ? text.slice(start, start + block.length) : '';
  const taken = prose ? takenSpans(block, prose) : [];
  const found = outside(taken, scan(prose));
  kept.set(block, found);
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
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  let next = 0;
  let reached = -1;
  return [...found]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      for (; next < inOrder.length && inOrder[next]!.start < end; next += 1) {
        reached = Math.max(reached, inOrder[next]!.end);
      }
      return reached <= start;
    });
}

/** What holds no identifier of ours: code, links and the like. An address `doi:10.…` is one that nothing else opens. */
function takenSpans({ opaque, brackets, citations }: Block, text: string): Span[] {
  const targets = new Set(opaque.filter(({ kind }) => kind === 'link target').map(({ start }) => start));
  return [
    ...opaque.filter(({ kind, start }) => kind !== 'address' || !/^<?doi:/i.test(text.slice(start, start + 5))),
    ...brackets.filter(({ closed, end }) => closed && targets.has(end)),
    ...citations.flatMap(({ cites }) => cites.map(({ mark }) => mark)),
  ];
}

const field = /^[ \t]*(?:-[ \t]+)?["']?(DOI|PMID|PMCID)["']?[ \t]*:[ \t]*["']?([^\s"']+)/gim;

/** `DOI: 10.1176/…` of an entry under `references:`. */
function inMetadata(text: string, { start, end }: Span): Identifier[] {
  return Array.from(text.slice(start, end).matchAll(field)).flatMap(match => {
    const [whole, name = '', value = ''] = match;
    const at = start + match.index + whole.length - value.length;
    const isDoi = name.toUpperCase() === 'DOI';
    const [found] = scan(isDoi ? value : `${name}:${value}`);
    const id = found && (isDoi ? value.slice(found.start, found.end) : value);
    return found && id ? [{ start: at, end: at + id.length, address: found.address }] : [];
  });
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
