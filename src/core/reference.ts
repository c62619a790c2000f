import type { Engine, XmlNode } from 'citeproc';
import { formatted, type Formatted } from './cslMarkup.ts';
import type { CslItem } from './study.ts';

/** A style or locale in the compact form in which it is bundled: name, attributes, children. */
export interface StoredXml {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (StoredXml | string)[];
}

export type CitableItem = CslItem & { readonly id: string };

/** Prints works in one style and language. Each is printed as if alone: nothing depends on what was printed before. */
export interface Formatter {
  /** Whether the style cites by names and a date, or by a number or a note, which mean nothing outside a whole document. */
  readonly citesByName: boolean;
  /** The entry of the bibliography, without the running number of numeric styles. */
  reference(item: CitableItem): Formatted;
  /** `(Feder et al., 2021)` */
  parenthetical(item: CitableItem): Formatted;
  /** `Feder et al. (2021)` */
  inText(item: CitableItem): Formatted;
}

/**
 * Makes the engine for a style, which costs some tenths of a second, once.
 * @param style CSL as XML text, or in its bundled form
 * @param localeFor the locale for a language tag, `undefined` where there is none
 * @throws Error in plain words when the style can't be used
 */
export async function createFormatter(
  style: string | StoredXml,
  language: string,
  localeFor: (language: string) => StoredXml | undefined,
): Promise<Formatter> {
  const { default: CSL } = await import('citeproc');
  const xml = typeof style === 'string' ? parseStyle(style, text => CSL.parseXml(text)) : expand(style);
  const fault = faultOf(xml);
  if (fault) {
    throw new Error(fault);
  }
  let current: CitableItem | undefined;
  const sys = {
    retrieveLocale: (tag: string): XmlNode => expand(localeFor(tag) ?? localeFor(language) ?? localeFor('en-US')!),
    retrieveItem: (): object => structuredCopy(current),
  };
  const engine = guarded(() => new CSL.Engine(sys, xml, language, true));
  engine.setOutputFormat('html');

  const alone = <T>(item: CitableItem, print: (engine: Engine) => T): T =>
    guarded(() => {
      current = item;
      // What was printed before would be told apart from this one, `2021a`.
      engine.updateItems([]);
      engine.updateItems([item.id]);
      return print(engine);
    });
  const and = termOf(sys.retrieveLocale(language), 'and');
  const formatter: Formatter = {
    citesByName: /^author/.test(citationFormat(xml)),
    reference: item => alone(item, printReference),
    parenthetical: item => alone(item, each => formatted(each.makeCitationCluster([{ id: item.id }]))),
    inText: item => alone(item, each => printInText(each, item.id, and)),
  };
  // A macro that calls itself shows only when something is printed.
  formatter.reference(probe);
  formatter.parenthetical(probe);
  return formatter;
}

const probe: CitableItem = { id: 'probe', type: 'article-journal', title: 'Title', author: [{ family: 'Author' }], issued: { 'date-parts': [[2000]] } };

/** The engine keeps and changes what it is given. */
function structuredCopy(item: CitableItem | undefined): object {
  return JSON.parse(JSON.stringify(item)) as object;
}

function printReference(engine: Engine): Formatted {
  const bibliography = engine.makeBibliography();
  if (!bibliography) {
    throw new Error('the style has no bibliography.');
  }
  // Numeric styles set the number into a margin of its own.
  const entry = (bibliography[1][0] ?? '').replace(/<div class="csl-left-margin">[\s\S]*?<\/div>/, '');
  return formatted(entry);
}

/** The names stand in a sentence there: no style writes `&` outside parentheses, but citeproc does. */
function printInText(engine: Engine, id: string, and: string): Formatted {
  const author = engine.makeCitationCluster([{ id, 'author-only': true }]).replace(' &amp; ', ` ${and} `).replace(' &#38; ', ` ${and} `);
  // A style that cites by the author alone has nothing more to say.
  const rest = engine.makeCitationCluster([{ id, 'suppress-author': true }]).replace('[NO_PRINTED_FORM]', '');
  return formatted(/[\p{L}\p{N}]/u.test(formatted(rest).plain) ? `${author} ${rest}` : author);
}

function termOf(locale: XmlNode, name: string): string {
  const text = find(locale, node => node.name === 'term' && node.attrs.name === name && !node.attrs.form)?.children[0];
  return typeof text === 'string' ? text : name;
}

function expand({ n, a = {}, c = [] }: StoredXml): XmlNode {
  const children = c.map(child => (typeof child === 'string' ? child : expand(child)));
  // citeproc reads a term's text as its first child, be it empty.
  return { name: n, attrs: { ...a }, children: n === 'term' && children.length === 0 ? [''] : children };
}

function parseStyle(text: string, parse: (xml: string) => XmlNode): XmlNode {
  const xml = text.replace(/^\uFEFF/, '').trim();
  if (!xml.startsWith('<') || !/<style[\s>]/.test(xml)) {
    throw new Error('it is not a CSL style: there is no <style> element.');
  }
  if (!xml.endsWith('</style>')) {
    throw new Error('it is cut off: its last line is not </style>.');
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new Error('it declares entities of its own, which a CSL style never needs.');
  }
  return guarded(() => parse(xml));
}

function faultOf(style: XmlNode): string | undefined {
  const parent = find(style, node => node.name === 'link' && node.attrs.rel === 'independent-parent');
  if (parent && !find(style, node => node.name === 'citation')) {
    return `it only points to another style, ${parent.attrs.href ?? 'which it does not name'}; use that one.`;
  }
  const lacking = ['citation', 'bibliography'].find(name => !find(style, node => node.name === name));
  if (lacking) {
    return `it has no <${lacking}> element.`;
  }
  // citeproc would print nothing in its place, without a word.
  const undefinedMacro = find(style, node => node.attrs.macro !== undefined && !find(style, each => each.name === 'macro' && each.attrs.name === node.attrs.macro));
  return undefinedMacro && `it uses a macro “${undefinedMacro.attrs.macro}” that it does not define.`;
}

function citationFormat(style: XmlNode): string {
  return find(style, node => node.name === 'category' && 'citation-format' in node.attrs)?.attrs['citation-format'] ?? 'author-date';
}

function find(node: XmlNode, fits: (node: XmlNode) => boolean): XmlNode | undefined {
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

/** citeproc throws texts as well as errors, and a macro that calls itself ends in a full stack. */
function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Error('its macros call each other without end.');
    }
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replace(/^Error: /, ''));
  }
}
