import { keyTaken } from './bibliography/bibtex/pandocKey.ts';
import type { Span } from './reading.ts';
import { hasUnprintable, withEscapes } from './yamlScalar.ts';

/**
 * Where a bibliography file declares its entries: a light scan for their keys, which reads none of their fields.
 * Offsets are UTF-16 code units.
 */

export type BibliographyFormat = 'BibTeX' | 'CSL-JSON' | 'CSL-YAML' | 'RIS' | 'PubMed' | 'EndNote XML';

/** An entry's key where it is declared. The span holds the key as it is written, with the quotation marks around it. */
export interface Declaration extends Span {
  readonly key: string;
}

const formats: Readonly<Record<string, BibliographyFormat>> = {
  bib: 'BibTeX',
  bibtex: 'BibTeX',
  biblatex: 'BibTeX',
  json: 'CSL-JSON',
  yaml: 'CSL-YAML',
  yml: 'CSL-YAML',
  ris: 'RIS',
  nbib: 'PubMed',
  xml: 'EndNote XML',
};

/** The format that Pandoc takes a file for, by its name's ending. */
export function bibliographyFormat(path: string): BibliographyFormat | undefined {
  return formats[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
}

/** All declarations of a bibliography, in the order in which they stand. Never throws. */
export function declarationsIn(text: string, format: BibliographyFormat): Declaration[] {
  switch (format) {
    case 'BibTeX':
      return matches(text, bibtexEntry).filter(({ before }) => !/@\s*(?:comment|string|preamble)\b/i.test(before));
    case 'RIS':
      return matches(text, risKey);
    case 'CSL-YAML':
      return inYaml(text);
    case 'CSL-JSON':
      return inJson(text);
    // Their keys are made of numbers that stand there for something else, so that none is declared.
    case 'PubMed':
    case 'EndNote XML':
      return [];
  }
}

/** The key as it has to be written in a file of that format, nothing where Pandoc would refuse the file for it; `before` is how the old one stands there. */
export function writtenKey(key: string, format: BibliographyFormat, before: string): string | undefined {
  // No file holds half of a sign, and a space around a key is none of it.
  if (key === '' || key !== key.trim() || /\p{Cs}/u.test(key)) {
    return undefined;
  }
  switch (format) {
    case 'BibTeX':
      return /[='()]/.test(key) || !keyTaken.test(key) ? undefined : key;
    case 'RIS':
      return /[^\S ]| {2}/.test(key) ? undefined : key;
    case 'CSL-JSON':
      return JSON.stringify(key);
    case 'PubMed':
    case 'EndNote XML':
      return undefined;
    case 'CSL-YAML':
      if (isMarkdown.test(key)) {
        return undefined;
      }
      if (before.startsWith("'") && !hasUnprintable(key)) {
        return `'${key}'`;
      }
      return before.startsWith('"') || !isPlainYaml(key) ? withEscapes(JSON.stringify(key)) : key;
  }
}

// At a line's start or behind another entry: an `@article{…}` inside a field is none.
const bibtexEntry = /((?:^|[)}])[ \t]*@\s*\p{L}+\s*[{(]\s*)([^\s,{}"#%~\\]+)(?=\s*[,}])/gmu;
const risKey = /^(ID {2}- ?[ \t]*)(\S(?:[^\r\n]*\S)?)/gm;

function matches(text: string, pattern: RegExp): (Declaration & { readonly before: string })[] {
  return Array.from(text.matchAll(pattern), match => {
    const [, before = '', key = ''] = match;
    const start = match.index + before.length;
    return { key, start, end: start + key.length, before };
  });
}

const yamlItem = /^([ \t]*)-[ \t]/;
const yamlId = /^([ \t]*(?:-[ \t]+)?)(?:id|"id"|'id')[ \t]*:[ \t]+("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s#"'][^\r\n]*)/;

/** `id:` as a field of the list's items, not of what stands deeper in them. */
function inYaml(text: string): Declaration[] {
  const found: Declaration[] = [];
  let outermost: number | undefined;
  for (const { 0: line, index } of text.matchAll(/^[^\r\n]*/gm)) {
    const dash = yamlItem.exec(line)?.[1]?.length;
    outermost = Math.min(outermost ?? Infinity, dash ?? Infinity);
    const [, lead = '', value = ''] = yamlId.exec(line) ?? [];
    const isField = lead.includes('-') ? dash === outermost : lead.length > outermost && lead.length <= outermost + 4;
    if (value && isField) {
      const written = /^["']/.test(value) ? value : value.replace(/\s+#.*$/, '').trimEnd();
      const start = index + line.indexOf(value, lead.length);
      found.push({ key: unquotedYaml(written), start, end: start + written.length });
    }
  }
  return found;
}

function unquotedYaml(written: string): string {
  if (written.startsWith("'")) {
    return written.slice(1, -1).replaceAll("''", "'");
  }
  return written.startsWith('"') ? (parsed(written) ?? written.slice(1, -1)) : written;
}

/** Keys in which Pandoc finds Markdown, so that it knows them by another name: `O'Author` becomes `O’Author`. */
const isMarkdown =
  /['"\\\t\n\r]| {2}|--|\.\.\.|^>|<[\p{L}/!?].*>|&#?[\p{L}\p{N}]+;|(?<![\p{L}\p{N}])_.*_(?![\p{L}\p{N}])|([*^~`$]).+\1|\^[[^]|~~|@\{|\[.*\][[({]/u;

function isPlainYaml(key: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(key) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(key);
}

// A string that does not end takes the rest: looking for its end from every quotation mark would take forever.
const jsonToken = /"(?:[^"\\]|\\[\s\S])*"?|[{}]/g;

/** `"id": "key"` as a field of `[{ … }]` or `{ "items": [{ … }] }`, not of what stands deeper. */
function inJson(text: string): Declaration[] {
  const found: Declaration[] = [];
  const deepest = text.trimStart().startsWith('{') ? 2 : 1;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(jsonToken)) {
    depth += token === '{' ? 1 : token === '}' ? -1 : 0;
    if (token !== '"id"' || depth !== deepest) {
      continue;
    }
    jsonValue.lastIndex = index + token.length;
    const [whole, value] = jsonValue.exec(text) ?? [];
    const key = value && parsed(value);
    if (whole !== undefined && value && key) {
      const end = index + token.length + whole.length;
      found.push({ key, start: end - value.length, end });
    }
  }
  return found;
}

const jsonValue = /\s*:\s*("(?:[^"\\]|\\.)*"|\d+)/y;

function parsed(written: string): string | undefined {
  try {
    return String(JSON.parse(written));
  } catch {
    return undefined;
  }
}
