import type { SaxesParser } from 'saxes';

/** An element of a record; its text is that of all that stands in it: EndNote writes `<style>` around every text. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  /** By their names. */
  readonly children: Map<string, Node[]>;
}

/** How much of a record is kept: the texts' lengths (UTF-16 code units), and an element's children of one name. */
export interface Limits {
  readonly text: number;
  readonly children: number;
}

/** EndNote’s records are five levels deep; and each fault makes an error of its own, which takes its time. */
const deepest = 64;
const mostFaults = 20;
/** About a millisecond's work. */
const atOnce = 1 << 13;

/** Faults that stop neither us nor Pandoc. */
const forgiven = /duplicate attribute|the string "\]\]>" is disallowed/;
/** Signs that XML has no place for, which Pandoc reads all the same. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

interface Read {
  readonly node?: Node | undefined;
  readonly fault?: string | undefined;
}

/** The record of a text, and the first thing in it that is not well-formed; what can be read is here all the same. */
export function* nodeOf(parser: SaxesParser, text: string, limits: Limits): Generator<undefined, Read> {
  const tree = new Tree(limits);
  let fault: string | undefined;
  let faults = 0;
  parser.on('error', error => {
    if (forgiven.test(error.message)) {
      return;
    }
    fault ??= error.message.replace(/\.$/, '');
    faults += 1;
    if (faults > mostFaults) {
      throw error;
    }
  });
  parser.on('opentag', ({ name, attributes }) => tree.open(name, attributes as Record<string, string>));
  parser.on('text', more => tree.say(more));
  parser.on('cdata', more => tree.say(more));
  parser.on('closetag', () => tree.close());
  try {
    for (let at = 0; at < text.length; at += atOnce) {
      if (at > 0) {
        yield;
      }
      parser.write(text.slice(at, at + atOnce).replace(controls, ' '));
    }
    parser.close();
  } catch (error) {
    fault ??= error instanceof Error ? error.message : 'it is no XML';
  }
  return { node: tree.root, fault };
}

/** The elements as they open and close. */
class Tree {
  root: Node | undefined;
  readonly #limits: Limits;
  readonly #open: Node[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length > deepest) {
      throw new Error('elements within elements without end');
    }
    const made: Node = { name, attributes, text: '', children: new Map() };
    const around = this.#open.at(-1)?.children;
    const alike = around?.get(name);
    if (!alike) {
      around?.set(name, [made]);
    } else if (alike.length < this.#limits.children) {
      alike.push(made);
    }
    this.root ??= made;
    this.#open.push(made);
  }

  say(text: string): void {
    const top = this.#open.at(-1);
    const room = this.#limits.text - (top?.text.length ?? 0);
    if (top && room > 0) {
      top.text += text.slice(0, room);
    }
  }

  close(): void {
    const closed = this.#open.pop();
    this.say(closed?.text ?? '');
  }
}

/** More than one blank between words, or another one. */
const blanks = /\s\s|[^\S ]/;

/** The texts of the elements at the path that have any. */
export function all(node: Node, ...path: readonly string[]): string[] {
  let nodes: readonly Node[] = [node];
  for (const name of path) {
    nodes = nodes.flatMap(({ children }) => children.get(name) ?? []);
  }
  return nodes.map(({ text }) => (blanks.test(text) ? text.replace(/\s+/g, ' ') : text).trim()).filter(Boolean);
}

export function first(node: Node, ...path: readonly string[]): string | undefined {
  return all(node, ...path)[0];
}

/** EndNote's names of its types, as Pandoc understands them. */
const types: Readonly<Record<string, readonly string[]>> = {
  article: ['Conference Paper', 'Electronic Article'],
  'article-journal': ['Journal Article'],
  'article-magazine': ['Magazine Article'],
  'article-newspaper': ['Newspaper Article'],
  book: ['Book', 'Dictionary', 'Edited Book', 'Electronic Book', 'Encyclopedia'],
  chapter: ['Book Section', 'Electronic Book Section'],
  classic: ['Ancient Text', 'Classical Work'],
  dataset: ['Aggregated Database', 'Dataset', 'Online Database'],
  graphic: ['Artwork', 'Audiovisual Material', 'Chart or Table', 'Figure'],
  hearing: ['Hearing'],
  interview: ['Interview'],
  legal_case: ['Case'],
  legislation: ['Bill', 'Statute'],
  manuscript: ['Manuscript', 'Unpublished Work'],
  map: ['Map'],
  motion_picture: ['Film or Broadcast'],
  musical_score: ['Music'],
  pamphlet: ['Pamphlet'],
  patent: ['Patent'],
  periodical: ['Conference Proceedings', 'Serial'],
  personal_communication: ['Personal Communication'],
  'post-weblog': ['Blog'],
  regulation: ['Legal Rule or Regulation'],
  report: ['Press Release', 'Report'],
  software: ['Computer program', 'Computer Program'],
  standard: ['Standard'],
  thesis: ['Thesis'],
  webpage: ['Online Multimedia', 'Web Page'],
};
const typeByName = new Map(Object.entries(types).flatMap(([type, names]) => names.map(name => [name, type] as const)));

export function endnoteType(node: Node): string {
  const [type] = node.children.get('ref-type') ?? [];
  return typeByName.get(type?.attributes['name'] ?? '') ?? 'document';
}
