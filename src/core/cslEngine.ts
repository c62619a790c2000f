import type { Citeproc, Engine, XmlNode } from 'citeproc';
import { citationFormat, expand, faultOf, readableXml, type StoredXml } from './cslStyle.ts';
import { dateForEngine } from './datesForEngine.ts';
import { defaultLocale, languageInForce } from './languages.ts';
import { mended } from './mendedCiteproc.ts';
import { nameForEngine } from './namesForEngine.ts';
import type { CslDate, CslItem, Name } from './study.ts';
import { lacksLetters, withLetters } from './undatedForEngine.ts';

export type CitableItem = CslItem & { readonly id: string };

/** `undefined` where there is no locale for the language tag. */
export type LocaleFor = (language: string) => StoredXml | undefined;

/** A style that was read and can be used, in one language. */
export interface Style {
  readonly xml: XmlNode;
  /** Its own language where that is a variety of the one asked for, else the one asked for. */
  readonly language: string;
  /** `author-date`, `author`, `numeric`, `note` or `label`. */
  readonly format: string;
  /** The terms of its language. */
  readonly locale: XmlNode;
  /**
   * Makes an engine, which costs some tenths of a second. It keeps and changes the XML it is given.
   * @throws Error in plain words
   */
  engine(xml: XmlNode, itemOf: (id: string) => CitableItem | undefined): Engine;
}

let loaded: Promise<Citeproc> | undefined;

/** Loaded once: its corrections must not be made twice. */
function citeproc(): Promise<Citeproc> {
  return (loaded ??= import('citeproc').then(({ default: CSL }) => mended(CSL)));
}

/**
 * Reads a style.
 * @param style CSL as XML text, or in its bundled form
 * @param language nothing where nobody asks for one: then the style's own
 * @throws Error in plain words when the style can't be used
 */
export async function readStyle(style: string | StoredXml, language: string | undefined, localeFor: LocaleFor): Promise<Style> {
  const CSL = await citeproc();
  const xml = typeof style === 'string' ? guarded(() => CSL.parseXml(readableXml(style))) : expand(style);
  const fault = guarded(() => faultOf(xml));
  if (fault) {
    throw new Error(fault);
  }
  const tag = languageOf(xml, language, localeFor);
  const isNeverParted = xml.attrs['demote-non-dropping-particle'] === 'never';
  const retrieveLocale = (wanted: string): XmlNode =>
    spacedEras(expand(localeFor(wanted) ?? localeFor(tag) ?? localeFor('en-US')!));
  return {
    xml,
    language: tag,
    format: citationFormat(xml),
    locale: retrieveLocale(tag),
    engine: (given, itemOf) =>
      guarded(() => {
        const isLettered = lacksLetters(given);
        const style = groupedDates(copyOf(isLettered ? withLetters(given) : given));
        const made = new CSL.Engine({ retrieveLocale, retrieveItem: id => itemFor(itemOf(id), isNeverParted) }, style, tag, true);
        // A style that places letters gets none after its years.
        made.opt.has_year_suffix &&= !isLettered;
        made.setOutputFormat('html');
        return made;
      }),
  };
}

/** Years before and early in our era have a space before `BC` and `AD`, as the newer locales of CSL say. */
function spacedEras(locale: XmlNode): XmlNode {
  const ofTerm = (child: XmlNode | string): XmlNode | string =>
    typeof child !== 'string' && /^(?:bc|ad)$/.test(child.attrs.name ?? '') ? { ...child, children: child.children.map(spaced) } : child;
  const children = locale.children.map(child => (typeof child !== 'string' && child.name === 'terms' ? { ...child, children: child.children.map(ofTerm) } : child));
  return { ...locale, children };
}

function spaced(text: XmlNode | string): XmlNode | string {
  return typeof text === 'string' && /^\S/.test(text) ? ` ${text}` : text;
}

/** Of a range the engine sets what stands around a localized date around its end too, `1999–(2001)`; around a group it does not. */
function groupedDates(node: XmlNode): XmlNode {
  const children = node.children.map(child => (typeof child === 'string' ? child : groupedDates(child)));
  const { prefix, suffix, ...attrs } = node.attrs;
  if (node.name !== 'date' || (prefix ?? suffix) === undefined) {
    return { ...node, children };
  }
  const around = { ...(prefix !== undefined && { prefix }), ...(suffix !== undefined && { suffix }) };
  return { name: 'group', attrs: around, children: [{ ...node, attrs, children }] };
}

/** A copy that the engine may change. */
function itemFor(item: CitableItem | undefined, isNeverParted: boolean): object {
  const copy: Record<string, unknown> = copyOf(item as Record<string, unknown> | undefined);
  for (const [field, value] of Object.entries(copy ?? {})) {
    if (Array.isArray(value) && value.length === 0) {
      // To a style of labels an empty list of names would be a fault.
      delete copy[field];
    } else if (Array.isArray(value)) {
      copy[field] = value.map((each: unknown) => (isName(each) ? nameForEngine(each, isNeverParted) : each));
    }
    if (isDate(value)) {
      copy[field] = dateForEngine(value);
    }
  }
  return copy;
}

function isDate(value: unknown): value is CslDate {
  return typeof value === 'object' && value !== null && Array.isArray((value as CslDate)['date-parts']);
}

function isName(value: unknown): value is Name {
  return typeof value === 'object' && value !== null && 'family' in value;
}

/** The style's own language where it is a variety of the one asked for: Nature keeps its British quotation marks. */
function languageOf(style: XmlNode, language: string | undefined, localeFor: LocaleFor): string {
  const found = languageInForce(language, style.attrs['default-locale']);
  return localeFor(found) ? found : (language ?? defaultLocale);
}

/** The engine keeps and changes what it is given. */
export function copyOf<T extends object>(item: T | undefined): T {
  return JSON.parse(JSON.stringify(item)) as T;
}

/** citeproc throws texts as well as errors, and a macro that calls itself may end in a full stack. */
export function guarded<T>(run: () => T, onFault?: () => void): T {
  try {
    return run();
  } catch (error) {
    onFault?.();
    if (error instanceof RangeError) {
      throw new Error('its macros call each other without end.');
    }
    const message = (error instanceof Error ? error.message : String(error)).replace(/^(?:(?:citeproc-js|CSL processor)?\s*error:\s*)+/i, '');
    const [, looping] = /call to macro "(.*)" would cause an infinite loop/.exec(message) ?? [];
    throw new Error(looping === undefined ? message : `its macro “${looping}” calls itself without end.`);
  }
}
