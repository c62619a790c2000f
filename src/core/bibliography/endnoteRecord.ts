import type { SaxesParser } from 'saxes';

/** An element of a record; its text is that of all that stands in it: EndNote writes `<style>` around every text. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: Node[];
}

/** EndNote’s records are five levels deep; and each fault makes an error of its own, which takes its time. */
const deepest = 64;
const mostFaults = 20;

/** The record of a text, and the first thing in it that is not well-formed; what can be read is here all the same. */
export function nodeOf(parser: SaxesParser, text: string): { node?: Node | undefined; fault?: string | undefined } {
  let node: Node | undefined;
  let fault: string | undefined;
  const open: Node[] = [];
  const addText = (more: string): void => {
    const top = open.at(-1);
    if (top) {
      top.text += more;
    }
  };
  let faults = 0;
  parser.on('error', error => {
    fault ??= error.message.replace(/\.$/, '');
    faults += 1;
    if (faults > mostFaults) {
      throw error;
    }
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) {
      throw new Error('elements within elements without end');
    }
    const made: Node = { name, attributes: attributes as Record<string, string>, text: '', children: [] };
    open.at(-1)?.children.push(made);
    node ??= made;
    open.push(made);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    addText(closed?.text ?? '');
  });
  try {
    parser.write(text).close();
  } catch (error) {
    fault ??= error instanceof Error ? error.message : 'it is no XML';
  }
  return { node, fault };
}

/** The texts of the elements at the path that have any. */
export function all(node: Node, ...path: readonly string[]): string[] {
  let nodes: readonly Node[] = [node];
  for (const name of path) {
    nodes = nodes.flatMap(({ children }) => children.filter(child => child.name === name));
  }
  return nodes.map(({ text }) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
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
  const type = node.children.find(({ name }) => name === 'ref-type');
  return typeByName.get(type?.attributes['name'] ?? '') ?? 'document';
}
