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

/**
 * A style's text, checked: citeproc's own reader takes anything for XML and prints half a reference.
 * @throws Error in plain words when it is no CSL style, or its elements don't pair
 */
export function readableXml(text: string): string {
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
const instruction = String.raw`\?[^>]*\?|!\[CDATA\[[\s\S]*?\]\]`;
const markup = new RegExp(String.raw`<(?:${instruction}|(\/?)([\w:.-]+)${attributes}\s*(\/?))>|<|&(?!#?\w+;)`, 'g');

/** What keeps the text from being XML, with its line; `undefined` when elements pair and attributes are quoted. */
function faultOfTags(xml: string): string | undefined {
  const open: string[] = [];
  for (const match of xml.matchAll(markup)) {
    const [whole, closes, name, empty] = match;
    const line = `line ${xml.slice(0, match.index).split('\n').length}`;
    if (whole === '<') {
      return `${line} has a tag that can't be read; attributes need quotation marks, and & is written &amp;.`;
    }
    if (whole === '&') {
      return `${line} has a bare &, which is written &amp;.`;
    }
    if (closes) {
      const opened = open.pop();
      if (opened !== name) {
        return `${line} closes <${name}>, but ${opened === undefined ? 'nothing' : `<${opened}>`} is open.`;
      }
    } else if (name !== undefined && !empty) {
      open.push(name);
    }
  }
  return undefined;
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
  const isDefined = (macro: string): boolean => find(style, node => node.name === 'macro' && node.attrs.name === macro) !== undefined;
  const undefinedMacro = find(style, ({ attrs }) => attrs.macro !== undefined && !isDefined(attrs.macro));
  return undefinedMacro && `it uses a macro “${undefinedMacro.attrs.macro}” that it does not define.`;
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

/** `author-date`, `author`, `numeric`, `note` or `label`. */
export function citationFormat(style: XmlNode): string {
  return find(style, node => node.name === 'category' && 'citation-format' in node.attrs)?.attrs['citation-format'] ?? 'author-date';
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
