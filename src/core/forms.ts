import { markedKey } from './citekeys.ts';
import { doiAddress } from './links.ts';
import { escapeMarkdown, type QuotationMarks } from './quotes.ts';

/** What of a study is inserted. */
export type Form = 'citation' | 'quote' | 'reference' | 'finding';
/** How a citation is written; the setting `ketamineCitations.insert.syntax`. */
export type Syntax = 'pandoc' | 'footnote' | 'formatted' | 'link';
/** `[@feder2021]` or `@feder2021`; the setting `ketamineCitations.insert.citation`. */
export type Mode = 'parenthetical' | 'in-text';

/** A work as the style prints it, in Markdown. Needed by every syntax but Pandoc's, and by the form reference. */
export interface Printed {
  /** `Feder, A., … (2021). A randomized … *American Journal of Psychiatry*, …` */
  readonly reference: string;
  /** `(Feder et al., 2021)` */
  readonly parenthetical: string;
  /** `Feder et al. (2021)` */
  readonly inText: string;
}

/** One work to cite. */
export interface Cite {
  readonly key: string;
  /** Where in the work, as it is to stand in the citation: `p. 3`, `Abstract`. */
  readonly locator?: string;
  readonly suppressAuthor?: boolean;
  /** The writer typed braces around the key; they stay. */
  readonly braced?: boolean;
  readonly doi?: string;
  readonly printed?: Printed;
}

/** A citation's text, and the definition it needs elsewhere in the document. */
export interface Written {
  readonly text: string;
  readonly footnotes?: readonly Footnote[];
}

/** `[^label]: text` */
export interface Footnote {
  readonly label: string;
  readonly text: string;
}

/** `@key`, `-@key`, with its locator: a cite as it is written inside Pandoc's brackets; `after` directly follows it. */
export function pandocCite(cite: Cite, after = ''): string {
  const where = locatorOf(cite);
  return `${cite.suppressAuthor ? '-' : ''}${markOf(cite, where ? ',' : after)}${where ? `, ${where}` : ''}`;
}

/** Cites one after another, as they are written inside Pandoc's brackets; `after` directly follows the last. */
export function pandocCites(cites: readonly Cite[], after = ''): string {
  return cites.map((cite, index) => pandocCite(cite, index < cites.length - 1 ? ';' : after)).join('; ');
}

/** `@key` or `@{key}` */
function markOf({ key, braced }: Cite, after: string): string {
  return `@${braced ? `{${key}}` : markedKey(key, after)}`;
}

/** A semicolon would end the cite, an @ begin another. */
function locatorOf({ locator }: Cite): string | undefined {
  return locator?.replaceAll(';', ',').replace(/[@\\]/g, '\\$&');
}

/**
 * The citation of one or several works in a syntax. `manuscript` is read for footnotes that stand there already; `after` is
 * what will directly follow the citation.
 */
export function writeCitation(cites: readonly Cite[], syntax: Syntax, mode: Mode, manuscript: string, after = ''): Written {
  switch (syntax) {
    case 'pandoc':
      return { text: mode === 'in-text' ? inTextCites(cites, after) : `[${pandocCites(cites)}]` };
    case 'footnote':
      return writeFootnotes(cites, mode, manuscript);
    case 'formatted':
      return { text: joinPrinted(cites, mode, text => text) };
    case 'link':
      return { text: joinPrinted(cites, mode, (text, { doi }) => (doi ? `[${text}](${doiAddress(doi)})` : text)) };
  }
}

function inTextCites(cites: readonly Cite[], after: string): string {
  return cites.map((cite, index) => inTextCite(cite, index < cites.length - 1 ? ';' : after)).join('; ');
}

/** Pandoc: `@feder2021 [p. 3]`. */
function inTextCite(cite: Cite, after: string): string {
  if (cite.suppressAuthor) {
    return `[${pandocCite(cite)}]`;
  }
  const where = locatorOf(cite);
  return where ? `${markOf(cite, ' ')} [${where}]` : markOf(cite, after);
}

function joinPrinted(cites: readonly Cite[], mode: Mode, wrap: (text: string, cite: Cite) => string): string {
  if (mode === 'in-text') {
    return cites.map(cite => wrap(withLocator(printed(cite).inText, cite.locator), cite)).join('; ');
  }
  const inner = cites.map(cite =>
    wrap(withLocator(printed(cite).parenthetical, cite.locator).replace(/^\((.*)\)$/s, '$1'), cite),
  );
  return `(${inner.join('; ')})`;
}

/** `(Feder et al., 2021)` → `(Feder et al., 2021, Abstract)`. */
function withLocator(text: string, locator: string | undefined): string {
  if (!locator) {
    return text;
  }
  const where = escapeMarkdown(locator);
  return text.endsWith(')') ? `${text.slice(0, -1)}, ${where})` : `${text}, ${where}`;
}

function printed(cite: Cite): Printed {
  if (!cite.printed) {
    throw new Error(`${cite.key} is to be printed, but was not formatted.`);
  }
  return cite.printed;
}

/** The text of a note on a work: its reference, and where in it. */
export function noteText(cite: Cite): string {
  const { reference } = printed(cite);
  return cite.locator ? `${reference} ${escapeMarkdown(cite.locator)}.` : reference;
}

function writeFootnotes(cites: readonly Cite[], mode: Mode, manuscript: string): Written {
  const footnotes: Footnote[] = [];
  const marks = cites.map(cite => {
    const text = noteText(cite);
    const { label, isNew } = footnoteLabel(cite.key, text, manuscript, footnotes);
    if (isNew) {
      footnotes.push({ label, text });
    }
    return mode === 'in-text' ? `${authorsOf(cite)}[^${label}]` : `[^${label}]`;
  });
  return { text: marks.join(mode === 'in-text' ? '; ' : ''), footnotes };
}

function authorsOf(cite: Cite): string {
  return printed(cite).inText.replace(/\s*\([^()]*\)$/, '');
}

/** The note's own label if it says the same already, else the next free one: `feder2021`, `feder2021-2`. */
function footnoteLabel(
  key: string,
  text: string,
  manuscript: string,
  made: readonly Footnote[],
): { label: string; isNew: boolean } {
  const base = noteLabel(key);
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? base : `${base}-${number}`;
    const own = made.find(note => note.label === label)?.text;
    const standing = own ?? definitionOf(label, manuscript);
    if (standing === undefined || standing === text) {
      return { label, isNew: standing === undefined };
    }
  }
}

/** The key as a footnote's label, which has no spaces, brackets or carets. */
export function noteLabel(key: string): string {
  return key.replace(/[\s[\]^]+/g, '-');
}

function definitionOf(label: string, manuscript: string): string | undefined {
  const mark = `[^${label}]:`;
  for (let at = manuscript.indexOf(mark); at >= 0; at = manuscript.indexOf(mark, at + 1)) {
    const lineStart = manuscript.lastIndexOf('\n', at - 1) + 1;
    if (/^ {0,3}$/.test(manuscript.slice(lineStart, at))) {
      const end = manuscript.indexOf('\n', at);
      return manuscript.slice(at + mark.length, end < 0 ? undefined : end).trim();
    }
  }
  return undefined;
}

/** `“Words of the source”`, in the locale's typographic marks. */
export function inlineQuote(text: string, [open, close]: QuotationMarks): string {
  return `${open}${escapeMarkdown(text)}${close}`;
}

/** Our words with their citation before the full stop, and never in quotation marks. */
export function writeFinding(finding: string, citation: string): string {
  const words = escapeMarkdown(finding);
  return words.endsWith('.') ? `${words.slice(0, -1)} ${citation}.` : `${words} ${citation}`;
}
