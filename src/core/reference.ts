import type { Engine, XmlNode } from 'citeproc';
import { guarded, readStyle, type CitableItem, type LocaleFor, type Style } from './cslEngine.ts';
import { formatted, type Formatted } from './cslMarkup.ts';
import { find, onlySorting, withoutNumbers, type StoredXml } from './cslStyle.ts';

export type { CitableItem, StoredXml };

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
  /**
   * The reference list of a whole document, whose works are given in the order in which it cites them: in the style's
   * order, with the style's numbers, and with letters where names and years are the same. An id stands once.
   */
  bibliography(items: readonly CitableItem[]): readonly Listed[];
  /** The ids in that list's order, which takes far less time than to print it. */
  order(items: readonly CitableItem[]): readonly string[];
}

/** An entry of a reference list. */
export interface Listed {
  readonly id: string;
  readonly text: Formatted;
}

/**
 * Makes the engine for a style, which costs some tenths of a second, once.
 * @param style CSL as XML text, or in its bundled form
 * @throws Error in plain words when the style can't be used
 */
export async function createFormatter(
  style: string | StoredXml,
  language: string,
  localeFor: LocaleFor,
): Promise<Formatter> {
  return formatterOf(await readStyle(style, language, localeFor));
}

/** @throws Error in plain words when the style can't be used */
export function formatterOf(style: Style): Formatter {
  let current: CitableItem | undefined;
  const engine = style.engine(withoutNumbers(style.xml), () => current);

  const alone = <T>(item: CitableItem, print: (engine: Engine) => T): T =>
    guarded(() => {
      // Taking in a work costs more than printing it; its reference and citations are mostly wanted together.
      if (current !== item) {
        current = item;
        // What was printed before would be told apart from this one, `2021a`.
        engine.updateItems([]);
        engine.updateItems([item.id]);
      }
      return print(engine);
    }, () => (current = undefined));
  const together = whole(style);
  const and = termOf(style.locale, 'and');
  let pageDash = '-';
  const formatter: Formatter = {
    citesByName: /^author/.test(style.format),
    reference: item => alone(item, each => printReference(each, item, pageDash)),
    parenthetical: item => alone(item, each => formatted(withoutComma(each.makeCitationCluster([{ id: item.id }])))),
    inText: item => alone(item, each => printInText(each, item.id, and)),
    bibliography: items => together.bibliography(items, pageDash),
    order: items => together.order(items),
  };
  // A macro that calls itself shows only when something is printed.
  const { plain } = formatter.reference(probe);
  if (plain === '') {
    throw new Error('it prints nothing for an article.');
  }
  pageDash = /1234(\D+)5678/.exec(plain)?.[1] ?? pageDash;
  formatter.parenthetical(probe);
  return formatter;
}

/** The engines for all works of a document together, each made at first use. */
function whole(style: Style) {
  let items: ReadonlyMap<string, CitableItem> = new Map();
  const engines = new Map<XmlNode, Engine>();
  const run = <T>(given: readonly CitableItem[], xml: XmlNode, print: (engine: Engine) => T): T =>
    guarded(() => {
      items = new Map(given.map(item => [item.id, item]));
      const engine = engines.get(xml) ?? style.engine(xml, id => items.get(id));
      engines.set(xml, engine);
      engine.updateItems([]);
      engine.updateItems([...items.keys()]);
      return print(engine);
    }, () => engines.delete(xml));
  const sorting = onlySorting(style.xml);
  return {
    bibliography: (given: readonly CitableItem[], pageDash: string): readonly Listed[] =>
      run(given, style.xml, engine => printList(engine, items, pageDash)),
    order: (given: readonly CitableItem[]): readonly string[] =>
      sorting ? run(given, sorting, orderOf) : [...new Set(given.map(({ id }) => id))],
  };
}

const probe: CitableItem = {
  id: 'probe',
  type: 'article-journal',
  title: 'Title',
  author: [{ family: 'Author' }],
  'container-title': 'Journal',
  issued: { 'date-parts': [[2000]] },
  volume: '1',
  page: '1234-5678',
  DOI: '10.1000/1',
  URL: 'https://doi.org/10.1000/1',
};

/** Of a style without a bibliography, which some journals of law and history have, the first note, which says as much. */
function printReference(engine: Engine, { id, page }: CitableItem, pageDash: string): Formatted {
  const bibliography = engine.makeBibliography();
  return formatted(corrected(bibliography ? (bibliography[1][0] ?? '') : engine.makeCitationCluster([{ id }]), page, pageDash));
}

function orderOf(engine: Engine): string[] {
  const [{ entry_ids: ids }] = engine.makeBibliography() || [{ entry_ids: [] }];
  return ids.flat();
}

function printList(engine: Engine, items: ReadonlyMap<string, CitableItem>, pageDash: string): Listed[] {
  return entriesOf(engine, items, pageDash).map(({ id, html }) => ({ id, text: formatted(html) }));
}

/** The bibliography's entries as the engine prints them, of all works that it knows or of some of them. */
export function entriesOf(
  engine: Engine,
  items: ReadonlyMap<string, CitableItem>,
  pageDash: string,
  only?: readonly string[],
): { readonly id: string; readonly html: string }[] {
  const include = only && { include: only.map(value => ({ field: 'id' as const, value })) };
  const [{ entry_ids: ids }, entries] = engine.makeBibliography(include) || [{ entry_ids: [] }, []];
  return entries.map((entry, index) => {
    const id = ids[index]?.[0] ?? '';
    // The number stands in a margin of its own; in a line of text a blank takes its place.
    const line = entry.replace(/(?<=\S)\s*<\/div>\s*<div class="csl-right-inline">/, ' ');
    return { id, html: corrected(line, items.get(id)?.page, pageDash) };
  });
}

/** What the engine printed, with the marks and page ranges that it does not see. */
export function corrected(entry: string, page: string | undefined, pageDash: string): string {
  const [, from, to] = /^(\d+)-(\d+\.\w+)$/.exec(page ?? '') ?? [];
  const text = withoutStrayMarks(withoutComma(entry));
  // citeproc sees no range in `1299-1313.e19`; print does.
  return from ? text.replace(page!, `${from}${pageDash}${to}`) : text;
}

const strayMark = /\s(?:<[^>]*>)*[.,](?=[\s<]|$)|,,|[.!?;:](?:<\/\w+>)*\.(?=[\s<]|$)/;

const ellipsis = / \. \. \./;

/** A style that sets a point or comma after a field leaves it where a work has none, `Place .`, `Title. . Place`, `Journal,, p. 1`; Pandoc takes it away too. */
export function withoutStrayMarks(html: string): string {
  if (!strayMark.test(html) || ellipsis.test(html)) {
    return html;
  }
  return html
    .replace(/(\S)((?:<\/\w+>)*)[ \u00a0]+((?:<[^>]*>)*)([.,])(?=[\s<]|$)/g, (_, last: string, ends: string, tags: string, mark: string) => {
      const isEnded = mark === '.' ? /[.!?]/.test(last) : last === ',';
      return `${last}${ends}${tags}${isEnded ? '' : mark}`;
    })
    .replace(/,((?:<\/\w+>)*)(?: ?,)+/g, ',$1')
    .replace(/([!?:]|(?<!&#?\w{1,8});|(?<!\.)\.)((?:<\/\w+>)*)\.(?=[\s<]|$)/g, '$1$2');
}

// Markup may end with the title, and a title with a quotation of its own: `.</i>,”`, `.,’”`.
const markAndComma = /((?:[?!:]|(?<!&#?\w+);|(?<!\.)\.)(?:<\/[a-z]+>)*),(?=(?:<\/[a-z]+>|\s)*[”’"»])/g;

const commaAndPoint = /(,(?:<\/[a-z]+>)*)\.(?=(?:<\/[a-z]+>)*[”’"»])/g;

/** Where a style sets a comma after the title within quotation marks, a mark that ends the title takes its place. */
function withoutComma(html: string): string {
  return html.replace(markAndComma, '$1').replace(commaAndPoint, '$1');
}

/** The names stand in a sentence there: no style writes `&` outside parentheses, but citeproc does. */
function printInText(engine: Engine, id: string, and: string): Formatted {
  const print = (only: 'author-only' | 'suppress-author'): string =>
    engine.makeCitationCluster([{ id, [only]: true }]).replace('[NO_PRINTED_FORM]', '').trim();
  // citeproc leaves out the emphasis there: `et al.` is as in the parentheses.
  const emphasized = Array.from(engine.makeCitationCluster([{ id }]).matchAll(/<i>([^<]+)<\/i>/g), ([, text = '']) => text);
  const plainNames = print('author-only').replace(/ (?:&amp;|&#38;) /, ` ${and} `);
  const names = emphasized.reduce((text, each) => (text.includes(`<i>${each}`) ? text : text.replace(each, `<i>${each}</i>`)), plainNames);
  // A style that cites by the author alone has nothing more to say.
  const rest = withoutComma(print('suppress-author'));
  return formatted(/[\p{L}\p{N}]/u.test(formatted(rest).plain) ? `${names} ${rest}` : names);
}

/** A term of a locale in its long form; its name where there is none. */
export function termOf(locale: XmlNode, name: string): string {
  const text = find(locale, node => node.name === 'term' && node.attrs.name === name && !node.attrs.form)?.children[0];
  return typeof text === 'string' ? text : name;
}
