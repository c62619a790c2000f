/** What a word processor takes over, with the attributes it may have. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  p: [], br: [], hr: [], blockquote: [], pre: [], code: [], h1: [], h2: [], h3: [], h4: [], h5: [], h6: [],
  em: [], strong: [], b: [], i: [], u: [], s: [], del: [], sup: [], sub: [], small: [],
  ul: [], ol: ['start'], li: [], dl: [], dt: [], dd: [], a: ['href'], img: ['src', 'alt'],
  table: [], caption: [], thead: [], tbody: [], tfoot: [], tr: [], th: ['style', 'colspan', 'rowspan'], td: ['style', 'colspan', 'rowspan'],
};

const values: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:\/\/|mailto:)/i,
  src: /^(?:https?:\/\/|data:image\/(?:png|jpeg|gif|webp);base64,)/i,
  alt: /^/,
  style: /^text-align:\s*(?:left|right|center);?$/i,
  start: /^\d{1,9}$/,
  colspan: /^\d{1,4}$/,
  rowspan: /^\d{1,4}$/,
};

/** Elements that go with all that is in them. */
const silent = /<(script|style|iframe|object|embed|template|noscript|svg|math|title|textarea|select|video|audio)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const piece = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z\d]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>|</gi;
const attribute = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g;

/**
 * HTML with nothing in it that could run, load a frame or style the page: only tags and attributes that are known to be harmless are
 * written anew, of any other the text stays.
 */
export function safeHtml(html: string): string {
  return html.replace(silent, '').replace(piece, (whole, close: string | undefined, name: string | undefined, attributes: string | undefined) => {
    if (whole === '<') {
      return '&lt;';
    }
    const tag = name?.toLowerCase() ?? '';
    const known = Object.hasOwn(allowed, tag) ? allowed[tag] : undefined;
    return known ? `<${close ?? ''}${tag}${close ? '' : attributesOf(attributes ?? '', known)}>` : '';
  });
}

function attributesOf(text: string, known: readonly string[]): string {
  return Array.from(text.matchAll(attribute), ([, name = '', double, single, bare]) => {
    const value = double ?? single ?? bare ?? '';
    const lower = name.toLowerCase();
    const isKept = known.includes(lower) && values[lower]!.test(value);
    return isKept ? ` ${lower}="${value.replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}"` : '';
  }).join('');
}
