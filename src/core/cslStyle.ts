import type { XmlNode } from 'citeproc';

/** A style or locale in the compact form in which it is bundled: name, attributes, children. */
export interface StoredXml {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (StoredXml | string)[];
}

/** The form in which citeproc takes it. */
export function expand({ n, a = {}, c = [] }: StoredXml): XmlNode {
  const children = c.map(child => (typeof child === 'string' ? child : expand(child)));
  // citeproc reads a term's text as its first child, be it empty.
  return { name: n, attrs: { ...a }, children: n === 'term' && children.length === 0 ? [''] : children };
}

/** The longest style of the CSL project has some 150,000 characters. */
const longest = 2_000_000;

/** An element in an element in an element … so many times, where some 30 are usual. */
const deepest = 200;

/** citeproc writes every macro out where it is called; the largest style of the CSL project comes to 67,000 elements. */
const mostElements = 300_000;

/**
 * A style's text, checked: citeproc's own reader takes anything for XML and prints half a reference.
 * @throws Error in plain words when it is no CSL style, or its elements don't pair
 */
export function readableXml(text: string): string {
  if (text.length > longest) {
    throw new Error('it has more than 2 million characters, which no style needs.');
  }
  // Else each of them would be looked for to the end.
  const unclosed = [['<!--', '-->'], ['<![CDATA[', ']]>']].find(([open, close]) => text.lastIndexOf(open!) > text.lastIndexOf(close!));
  if (unclosed) {
    throw new Error(`its XML is broken: ${lineAt(text, text.lastIndexOf(unclosed[0]!))} opens ${unclosed[0]} that nothing closes.`);
  }
  const xml = text.replace(/^\uFEFF/, '').replace(/<!--[\s\S]*?-->/g, comment => comment.replace(/[^\n]/g, '')).trimEnd();
  if (!/^\s*<(?:\?xml|style[\s>])/.test(xml) || !/<style[\s>]/.test(xml)) {
    throw new Error('it is not a CSL style: there is no <style> element.');
  }
  if (!xml.endsWith('</style>')) {
    throw new Error('it is cut off: its last line is not </style>.');
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new Error('it declares entities of its own, which a CSL style never needs.');
  }
  const fault = faultOfTags(xml);
  if (fault) {
    throw new Error(`its XML is broken: ${fault}`);
  }
  return xml.trim();
}

const attributes = String.raw`(?:\s+[\w:.-]+\s*=\s*(?:"(?:[^"<&]|&#?\w+;)*"|'(?:[^'<&]|&#?\w+;)*'))*`;
const instruction = String.raw`\?[^<>]*\?|!\[CDATA\[[\s\S]*?\]\]`;
const markup = new RegExp(String.raw`<(?:${instruction}|(\/?)([\w:.-]+)${attributes}\s*(\/?))>|<|&(?!#?\w+;)`, 'g');

/** What keeps the text from being XML, with its line; `undefined` when elements pair and attributes are quoted. */
function faultOfTags(xml: string): string | undefined {
  const open: string[] = [];
  for (const match of xml.matchAll(markup)) {
    const [whole, closes, name, empty] = match;
    if (whole === '<') {
      return `${lineAt(xml, match.index)} has a tag that can't be read; attributes need quotation marks, and & is written &amp;.`;
    }
    if (whole === '&') {
      return `${lineAt(xml, match.index)} has a bare &, which is written &amp;.`;
    }
    if (closes) {
      const opened = open.pop();
      if (opened !== name) {
        return `${lineAt(xml, match.index)} closes <${name}>, but ${opened === undefined ? 'nothing' : `<${opened}>`} is open.`;
      }
    } else if (name !== undefined && !empty) {
      open.push(name);
      if (open.length > deepest) {
        return `${lineAt(xml, match.index)} has an element within ${deepest} others, which no style needs.`;
      }
    }
  }
  return undefined;
}

function lineAt(text: string, offset: number): string {
  return `line ${text.slice(0, offset).split('\n').length}`;
}

/** Why a style can't be used, in words that follow its name and a colon. */
export function faultOf(style: XmlNode): string | undefined {
  const parent = find(style, node => node.name === 'link' && node.attrs.rel === 'independent-parent');
  if (parent && !find(style, node => node.name === 'citation')) {
    return `it only points to another style, ${parent.attrs.href ?? 'which it does not name'}; use that one.`;
  }
  if (!find(style, node => node.name === 'citation')) {
    return 'it has no <citation> element.';
  }
  // citeproc would print nothing in its place, without a word.
  const macros = new Map(style.children.flatMap(child => (typeof child !== 'string' && child.name === 'macro' ? [[child.attrs.name ?? '', child]] : [])));
  const undefinedMacro = find(style, ({ attrs }) => attrs.macro !== undefined && !macros.has(attrs.macro));
  if (undefinedMacro) {
    return `it uses a macro “${undefinedMacro.attrs.macro}” that it does not define.`;
  }
  return writtenOut(style, macros) > mostElements ? `its macros, written out where they are called, come to more than ${mostElements} elements.` : undefined;
}

/** How many elements the style's citation and bibliography have with their macros written out; one that calls itself counts once. */
function writtenOut(style: XmlNode, macros: ReadonlyMap<string, XmlNode>): number {
  const known = new Map<string, number>();
  const sizeOf = (node: XmlNode): number => {
    const called = node.attrs.macro === undefined ? 0 : sizeOfMacro(node.attrs.macro);
    return node.children.reduce((sum, child) => sum + (typeof child === 'string' ? 0 : sizeOf(child)), 1 + called);
  };
  const sizeOfMacro = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) {
      return before;
    }
    known.set(name, 0);
    const size = sizeOf(macros.get(name)!);
    known.set(name, size);
    return size;
  };
  const isPrinted = ({ name }: XmlNode): boolean => name === 'citation' || name === 'bibliography';
  return style.children.reduce((sum, child) => sum + (typeof child !== 'string' && isPrinted(child) ? sizeOf(child) : 0), 0);
}

/**
 * The style with no running number or label before its references, which mean nothing outside a whole document. Where
 * they stood in a margin of their own, the names would take their place there: the margin goes too.
 */
export function withoutNumbers(style: XmlNode): XmlNode {
  const isNumber = (child: XmlNode | string): boolean =>
    typeof child !== 'string' && child.name !== 'key' && /^citation-(?:number|label)$/.test(child.attrs.variable ?? '');
  const pruned = (node: XmlNode): XmlNode => {
    const { 'second-field-align': margin, ...attrs } = node.attrs;
    const children = node.children.filter(child => !isNumber(child)).map(child => (typeof child === 'string' ? child : pruned(child)));
    return { name: node.name, attrs, children };
  };
  const isPrinted = (name: string): boolean => name === 'bibliography' || name === 'macro';
  return { ...style, children: style.children.map(child => (typeof child !== 'string' && isPrinted(child.name) ? pruned(child) : child)) };
}

/**
 * A style that sorts its bibliography as this one does and prints next to nothing, which takes a tenth of the time;
 * `undefined` for one that keeps the order in which works are cited.
 */
export function onlySorting(style: XmlNode): XmlNode | undefined {
  const isSort = (child: XmlNode | string): boolean => typeof child !== 'string' && child.name === 'sort';
  const bare = (part: XmlNode): XmlNode => {
    const layout = { name: 'layout', attrs: {}, children: [{ name: 'text', attrs: { value: '-' }, children: [] }] };
    const kept = Object.entries(part.attrs).filter(([name]) => !/^(?:disambiguate|collapse|givenname)/.test(name));
    const sort = part.name === 'bibliography' ? part.children.filter(isSort) : [];
    return { ...part, attrs: Object.fromEntries(kept), children: [...sort, layout] };
  };
  const sorted = find(style, node => node.name === 'bibliography' && node.children.some(isSort));
  return sorted && {
    ...style,
    children: style.children.map(child =>
      typeof child !== 'string' && /^(?:citation|bibliography)$/.test(child.name) ? bare(child) : child,
    ),
  };
}

/**
 * `author-date`, `author`, `numeric`, `note` or `label`. Only the class says whether a style is one of notes; the category is there
 * to sort styles by, and styles that people wrote themselves often have none.
 */
export function citationFormat(style: XmlNode): string {
  if (style.attrs.class === 'note') {
    return 'note';
  }
  const named = find(style, node => node.name === 'category' && 'citation-format' in node.attrs)?.attrs['citation-format'];
  return named === undefined || named === 'note' ? formatByContent(style) : named;
}

function formatByContent(style: XmlNode): string {
  const seen = new Set<string>();
  const prints = (part: XmlNode | undefined, fits: (node: XmlNode) => boolean): boolean => {
    const found = part && find(part, node => node.name !== 'sort' && (fits(node) || callsOne(node, fits)));
    return found !== undefined;
  };
  const callsOne = ({ attrs: { macro } }: XmlNode, fits: (node: XmlNode) => boolean): boolean => {
    if (macro === undefined || seen.has(macro)) {
      return false;
    }
    seen.add(macro);
    return prints(find(style, ({ name, attrs }) => name === 'macro' && attrs.name === macro), fits);
  };
  const citation = find(style, ({ name }) => name === 'citation');
  const layout = citation && find(citation, ({ name }) => name === 'layout');
  const isPrinted = (fits: (node: XmlNode) => boolean): boolean => {
    seen.clear();
    return prints(layout, fits);
  };
  if (isPrinted(({ attrs }) => attrs.variable === 'citation-number')) {
    return 'numeric';
  }
  if (isPrinted(({ attrs }) => attrs.variable === 'citation-label')) {
    return 'label';
  }
  return isPrinted(({ name }) => name === 'date') ? 'author-date' : 'author';
}

/** The first node that fits, a parent before its children. */
export function find(node: XmlNode, fits: (node: XmlNode) => boolean): XmlNode | undefined {
  if (fits(node)) {
    return node;
  }
  for (const child of node.children) {
    const found = typeof child === 'string' ? undefined : find(child, fits);
    if (found) {
      return found;
    }
  }
  return undefined;
}
