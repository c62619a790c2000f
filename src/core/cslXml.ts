import type { StoredXml } from './cslStyle.ts';
import { escapeHtml } from './html.ts';

/** What the bundled form of a style has lost: the texts of its `info`. */
export interface StyleInfo {
  /** The style's file name in the CSL repository. */
  readonly id: string;
  readonly title: string;
}

/** A style in its bundled form as a `.csl` file, which Pandoc and reference managers read. */
export function cslFileOf(style: StoredXml, { id, title }: StyleInfo): string {
  const origin = `The style ${id} of the Citation Style Language project, without the texts of its info: https://github.com/citation-style-language/styles/blob/master/${id}.csl, which names its makers. Licence: CC BY-SA 3.0.`;
  const children = (style.c ?? []).map(child => (isNode(child) && child.n === 'info' ? withTexts(child, id, title) : child));
  return `<?xml version="1.0" encoding="utf-8"?>\n<!-- ${origin} -->\n${xmlOf({ ...style, a: { xmlns: 'http://purl.org/net/xbiblio/csl', ...style.a }, c: children }, '')}\n`;
}

/** With the texts that CSL demands; elements that have lost theirs are left out. */
function withTexts(info: StoredXml, id: string, title: string): StoredXml {
  const kept = (info.c ?? []).filter(child => isNode(child) && (child.n === 'category' || child.n === 'link'));
  const text = (n: string, content: string): StoredXml => ({ n, c: [content] });
  return { n: 'info', c: [text('title', title), text('id', `http://www.zotero.org/styles/${id}`), ...kept, text('updated', '1970-01-01T00:00:00+00:00')] };
}

function isNode(child: StoredXml | string): child is StoredXml {
  return typeof child !== 'string';
}

function xmlOf({ n, a = {}, c = [] }: StoredXml, indent: string): string {
  const attributes = Object.entries(a).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('');
  if (c.length === 0) {
    return `${indent}<${n}${attributes}/>`;
  }
  // Blanks count in an element that holds text.
  if (!c.every(isNode)) {
    return `${indent}<${n}${attributes}>${c.map(child => (isNode(child) ? xmlOf(child, '') : escapeHtml(child))).join('')}</${n}>`;
  }
  return [`${indent}<${n}${attributes}>`, ...c.map(child => xmlOf(child, `${indent}  `)), `${indent}</${n}>`].join('\n');
}
