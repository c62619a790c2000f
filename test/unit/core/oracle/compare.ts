import { isInlineNote } from '../../../../src/core/inlineNotes.ts';
import { readManuscript, type Block, type Bracket, type Citation, type Cite, type Reading, type Span } from '../../../../src/core/reading.ts';
import { readByPandoc, type Document, type Node } from './pandoc.ts';

interface PandocCite {
  readonly citationId: string;
  readonly citationPrefix: readonly Node[];
  readonly citationSuffix: readonly Node[];
  readonly citationMode: Node;
}

const modes: Readonly<Record<string, string>> = {
  NormalCitation: 'parenthetical',
  AuthorInText: 'in-text',
  SuppressAuthor: 'suppress-author',
};

/** A cite of ours, and the text that pandoc is given for it alone. */
interface Ours {
  readonly citation: Citation;
  readonly cite: Cite;
  readonly alone: string | undefined;
  /** The kind of its block, and what stands around that. */
  readonly place: string;
}

/** A text whose every cite has a key of its own, as long as the one it had. */
interface Marked {
  readonly text: string;
  readonly cites: ReadonlyMap<string, Ours>;
}

/** A cite of pandoc's, with the keys of all the cites of its citation. */
interface Theirs {
  readonly cite: PandocCite;
  readonly group: readonly string[];
  readonly place: string;
}

/**
 * Where our reading of each text differs from pandoc's, `undefined` where it does not. For the places every cite that we
 * read is given a key of its own: what pandoc reads then must be what it read before, node by node, but for the keys, and it
 * must read no cite besides. That tells which cite of pandoc's is which of ours; of each, the mode, the citation it belongs
 * to and the block it stands in are compared, and its prefix and suffix with what pandoc reads where there is nothing but the
 * words that we take for them.
 */
export function disagreements(texts: readonly string[]): (string | undefined)[] {
  const marked = texts.map(text => withOwnKeys(readManuscript(text)));
  const alone = marked.flatMap(({ text, cites }, i) =>
    Array.from(cites, ([key, ours]) => ({ i, key, text: ours.alone })).flatMap(each =>
      // The document below it defines the links, notes and examples that it may refer to.
      each.text === undefined ? [] : [{ ...each, text: `${each.text}\n\n${text}` }],
    ),
  );
  const documents = readByPandoc([...texts, ...marked.map(({ text }) => text), ...alone.map(({ text }) => text)]);
  const readAlone = documents.slice(2 * texts.length);
  return texts.map((_, i) => {
    const parts = new Map(alone.flatMap((each, at) => (each.i === i ? [[each.key, readAlone[at]] as const] : [])));
    return difference(marked[i]!, documents[i], documents[texts.length + i], parts);
  });
}

function difference(
  { cites }: Marked,
  before: Document | undefined,
  after: Document | undefined,
  alone: ReadonlyMap<string, Document | undefined>,
): string | undefined {
  if (!before || !after) {
    return 'pandoc fails';
  }
  const [was, is] = [shown([proseOf(before.meta), before.blocks]), shown([proseOf(after.meta), after.blocks], key => cites.get(key)?.cite.key ?? key)];
  if (was !== is) {
    return `pandoc reads\n${was}\nwith keys of their own for our cites\n${is}`;
  }
  const theirs = citesOf(after);
  const missing = Array.from(cites.keys()).filter(key => !theirs.has(key));
  const others = Array.from(theirs.keys()).filter(key => !cites.has(key));
  if (missing.length + others.length > 0) {
    return `we read ${missing.map(key => told(cites.get(key)!)).join()} alone, pandoc ${others.join()}`;
  }
  return Array.from(theirs, ([key, each]) => differenceOf(key, cites, each, alone.get(key))).find(each => each !== undefined);
}

function differenceOf(
  key: string,
  cites: ReadonlyMap<string, Ours>,
  { cite, group, place }: Theirs,
  alone: Document | undefined,
): string | undefined {
  const ours = cites.get(key)!;
  const same = Array.from(cites).flatMap(([each, { citation }]) => (citation === ours.citation ? [each] : []));
  const part = alone && partAlone(alone, key);
  const pairs: readonly (readonly [what: string, ours: string, theirs: string])[] = [
    ['mode', ours.cite.mode, modes[cite.citationMode.t]!],
    ['citation', same.join(), group.join()],
    ['place', ours.place, place],
    ['prefix', part ? shown(trimmed(part.citationPrefix)) : '[]', shown(trimmed(cite.citationPrefix))],
    ['suffix', part ? shown(trimmed(part.citationSuffix)) : '[]', shown(trimmed(cite.citationSuffix))],
  ];
  const wrong = pairs.find(([, mine, other]) => mine !== other);
  return wrong && `the ${wrong[0]} of ${told(ours)} is ${wrong[1]} to us, to pandoc ${wrong[2]}`;
}

function told({ cite: { key, mark } }: Ours): string {
  return `@${key} at ${mark.start}`;
}

// --- Ours

/** Small letters as wide as those of any key. */
const letters = Array.from({ length: 0x250 - 0xdf }, (_, i) => String.fromCharCode(0xdf + i)).filter(
  each => /\p{Ll}/u.test(each) && each.toUpperCase().toLowerCase() === each,
);
const filling = '\u01b6';

function withOwnKeys({ text, blocks, starts, citations }: Reading): Marked {
  const free = letters.filter(each => each !== filling && !text.includes(each));
  const all = citations.flatMap(citation => citation.cites.map(cite => ({ citation, cite })));
  if (all.length > free.length) {
    throw new Error('More cites than there are letters');
  }
  const named = all.map((each, i) => ({ ...each, key: nameOf(each.cite, text, free[i]!) }));
  const marked = [...named]
    .sort((a, b) => b.cite.keySpan.start - a.cite.keySpan.start)
    .reduce((changed, { cite: { keySpan }, key }) => changed.slice(0, keySpan.start) + key + changed.slice(keySpan.end), text);
  return {
    text: marked,
    cites: new Map(
      named.map(({ citation, cite, key }) => {
        const at = starts.findLastIndex(each => each <= cite.mark.start);
        const isMarked = blocks[at]!.inQuote || blocks[at]!.kind === 'table' || blocks[at]!.kind === 'front matter';
        const place = placeIn(blocks[at]!, text.slice(starts[at]), cite.mark.start - starts[at]!);
        return [key, { citation, cite, place, alone: aloneIn(marked, citation, cite, isMarked) }];
      }),
    ),
  };
}

function placeIn({ kind, inQuote, inNote, inRefs, brackets }: Block, text: string, at: number): string {
  if (kind === 'front matter') {
    return kind;
  }
  const isNote = ({ start, end, closed }: Bracket): boolean =>
    closed && start < at && at < end && isInlineNote(text, start) && text[end] !== '^';
  if (kind !== 'table' && brackets.some(isNote)) {
    return 'paragraph,note';
  }
  return [kind, inQuote && 'quote', inNote && 'note', inRefs && 'refs'].filter(Boolean).join();
}

/** `*` may be followed by what would go on with any other key. A key that marks of a quote break keeps its place only. */
function nameOf({ key, keySpan }: Cite, text: string, letter: string): string {
  const written = text.slice(keySpan.start, keySpan.end);
  return key === '*' || written !== key ? written : letter.padEnd(written.length, filling);
}

/** The words of a cite without anything around them; `undefined` where there are none. */
function aloneIn(text: string, citation: Citation, { prefix, suffix, mark }: Cite, isMarked: boolean): string | undefined {
  const between = ({ start, end }: Span): string => {
    const written = text.slice(start, end);
    return isMarked ? written.replace(/\n[ \t]*(?:>[ \t]?)*/g, '\n') : written;
  };
  // The last mark of a suffix may mean something else without what parts it from the bracket.
  const space = (gap: string): string => (/^\s/.test(gap) ? ' ' : '');
  if (prefix.start === prefix.end && suffix.start === suffix.end) {
    return undefined;
  }
  if (citation.kind === 'in-text' && citation.cites[0]!.mark === mark) {
    return `x ${between(mark)} [${between(suffix)}${space(text.slice(suffix.end))}]`;
  }
  const before = prefix.start === prefix.end ? '' : between(prefix) + space(text.slice(prefix.end, mark.start));
  const behind = suffix.start === suffix.end ? '' : space(text.slice(mark.end, suffix.start)) + between(suffix) + space(text.slice(suffix.end));
  return `x [${before}${between(mark)}${behind}]`;
}

// --- Pandoc's

function isNode(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 't' in node;
}

/** The fields of the metadata that pandoc reads as prose. */
function proseOf(meta: unknown): unknown {
  const { references: _references, bibliography: _bibliography, csl: _csl, nocite: _nocite, ...prose } = meta as Readonly<Record<string, unknown>>;
  return prose;
}

/** Every cite by its key, those in the prefixes and suffixes of others with them. */
function citesOf({ meta, blocks }: Document): ReadonlyMap<string, Theirs> {
  const found = new Map<string, Theirs>();
  const visit = (node: unknown, around: readonly string[]): void => {
    if (Array.isArray(node)) {
      node.forEach(each => visit(each, around));
    } else if (isNode(node)) {
      if (node.t === 'Cite') {
        const [cites] = node.c as [readonly PandocCite[]];
        const group = cites.map(each => each.citationId);
        cites.forEach(cite => found.set(cite.citationId, { cite, group, place: placeOf(around) }));
        visit(cites.map(({ citationPrefix, citationSuffix }) => [citationPrefix, citationSuffix]), around);
      } else if (node.t === 'Table') {
        const [attributes, caption, ...rows] = node.c as [unknown, unknown, ...unknown[]];
        visit(attributes, around);
        // To us a caption is a paragraph beside the table.
        visit(caption, around);
        visit(rows, [...around, 'Table']);
      } else {
        visit(node.c, [...around, isRefs(node) ? 'refs' : node.t]);
      }
    } else if (typeof node === 'object' && node !== null) {
      visit(Object.values(node), around);
    }
  };
  // A field may be called `t`, as no node of its own is.
  visit(Object.values(proseOf(meta) as object), ['Metadata']);
  visit(blocks, []);
  return found;
}

function isRefs({ t, c }: Node): boolean {
  return t === 'Div' && (c as [[string]])[0][0] === 'refs';
}

/** As {@link Ours.place}; what stands in a table is a table's, whatever it is. */
function placeOf(around: readonly string[]): string {
  if (around[0] === 'Metadata') {
    return 'front matter';
  }
  const table = around.indexOf('Table');
  const outer = table < 0 ? around : around.slice(0, table);
  // A note in the line and one below it are the same to pandoc: around both stands what has the mark.
  const note = outer.lastIndexOf('Note');
  const own = outer.slice(note + 1);
  const kind = table >= 0 ? 'table' : own.includes('Header') ? 'heading' : 'paragraph';
  return [kind, own.includes('BlockQuote') && 'quote', note >= 0 && 'note', own.includes('refs') && 'refs'].filter(Boolean).join();
}

/** The one cite of a citation that stands alone, in the first paragraph. */
function partAlone({ blocks: [first] }: Document, key: string): PandocCite | undefined {
  const inlines = first?.t === 'Para' ? (first.c as readonly Node[]) : [];
  const [x, space, cite, ...rest] = inlines;
  if (x?.t !== 'Str' || space?.t !== 'Space' || cite?.t !== 'Cite' || rest.length > 0) {
    return undefined;
  }
  const [cites] = cite.c as [readonly PandocCite[]];
  return cites.length === 1 && cites[0]!.citationId === key ? cites[0] : undefined;
}

function trimmed(nodes: readonly Node[]): readonly Node[] {
  const isSpace = ({ t }: Node): boolean => t === 'Space' || t === 'SoftBreak';
  const first = nodes.findIndex(each => !isSpace(each));
  return first < 0 ? [] : nodes.slice(first, nodes.findLastIndex(each => !isSpace(each)) + 1);
}

/**
 * Nodes as text, without what is made of the source's text, keys in it (a heading's identifier, a citation's
 * fallback), and without the count of citations and notes. */
function shown(nodes: unknown, keyOf: (key: string) => string = key => key): string {
  return JSON.stringify(nodes, (_name, value: unknown) => {
    if (!isNode(value)) {
      return value;
    }
    if (value.t === 'Cite') {
      const [cites] = value.c as [readonly PandocCite[]];
      return { Cite: cites.map(cite => ({ ...cite, citationId: keyOf(cite.citationId), citationNoteNum: 0 })) };
    }
    if (value.t === 'Header') {
      const [level, [, classes], text] = value.c as [number, [string, string[]], unknown];
      return { Header: [level, classes, text] };
    }
    return value;
  });
}
