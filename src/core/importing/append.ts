import { toBibtex } from '../export.ts';
import { toRis } from '../export/ris.ts';
import { declarationsIn, type BibliographyFormat } from '../declarations.ts';
import { appendJson, jsonEntry } from './appendJson.ts';
import { appendYaml, yamlEntry } from './appendYaml.ts';
import { lineEndOf, type Addition, type KeyedItem } from './layout.ts';

/** Why nothing is added: the file can't be read to its end, or its format is one that we don't write. */
export type AppendFault = 'damaged' | 'not written';

export type Appended = Addition | { readonly fault: AppendFault };

/** The formats that entries are added to. */
export function isWritten(format: BibliographyFormat): boolean {
  return format === 'BibTeX' || format === 'RIS' || format === 'CSL-JSON' || format === 'CSL-YAML';
}

/** The entry by itself, as it is written into a new file of that format; with `\n` between lines, and none at the end. */
export async function entryText(item: KeyedItem, format: BibliographyFormat): Promise<string> {
  switch (format) {
    case 'BibTeX':
      return toBibtex([item]);
    case 'RIS':
      return toRis([item]);
    case 'CSL-JSON':
      return jsonEntry(item);
    default:
      return yamlEntry(item);
  }
}

/**
 * Adds an entry behind the last one of a bibliography's text, in the way in which the text is laid out. Never throws.
 *
 * @param bibtex the entry where the file is one of BibTeX or BibLaTeX
 */
export async function append(text: string, format: BibliographyFormat, item: KeyedItem, bibtex = toBibtex): Promise<Appended> {
  if (!isWritten(format)) {
    return { fault: 'not written' };
  }
  const addition = await additionTo(text, format, item, bibtex);
  return addition && isSound(text, format, item.id, addition) ? addition : { fault: 'damaged' };
}

async function additionTo(
  text: string,
  format: BibliographyFormat,
  item: KeyedItem,
  bibtex: (items: readonly KeyedItem[]) => string,
): Promise<Addition | undefined> {
  switch (format) {
    case 'CSL-JSON':
      return appendJson(text, item);
    case 'CSL-YAML':
      return appendYaml(text, item);
    case 'BibTeX':
      return atEnd(text, indented(bibtex([item]), text));
    default:
      return isEndedRis(text) ? atEnd(text, toRis([item])) : undefined;
  }
}

/** Behind a blank line; with a line end behind it where the text had one. */
function atEnd(text: string, entry: string): Addition {
  const eol = lineEndOf(text);
  const isEmpty = text.trim() === '';
  const isEnded = isEmpty || /\n$/.test(text);
  const blank = isEmpty ? '' : !isEnded ? eol + eol : /\n[ \t]*\r?\n$/.test(text) ? '' : eol;
  return { offset: text.length, insert: `${blank}${entry.replaceAll('\n', eol)}${isEnded ? eol : ''}` };
}

/** With the file's own indent of fields. */
export function indented(entry: string, text: string): string {
  const [, indent] = /\n([ \t]+)[a-z][\w-]*[ \t]*=/i.exec(text) ?? [];
  return indent === undefined ? entry : entry.replace(/^ {2}(?=\S)/gm, indent);
}

function isEndedRis(text: string): boolean {
  const last = text.trimEnd().split(/\r?\n|\r/).at(-1) ?? '';
  return last === '' || /^ER {0,2}-?/.test(last) || !/^TY {0,2}-/m.test(text);
}

/** Every key that was there is there still, and the new one stands at the end: an unfinished entry swallows nothing. */
function isSound(text: string, format: BibliographyFormat, key: string, { offset, insert }: Addition): boolean {
  if (format === 'CSL-JSON' || format === 'CSL-YAML') {
    return true; // Read as a whole before something is added.
  }
  const before = declarationsIn(text, format).map(each => each.key);
  const after = declarationsIn(text.slice(0, offset) + insert + text.slice(offset), format).map(each => each.key);
  const isKept = before.every((each, index) => each === after[index]);
  return isKept && after.length === before.length + 1 && after.at(-1) === key && (format !== 'BibTeX' || isClosedBibtex(text));
}

/** Whether no entry of the text is still open at its end. Braces in comments between entries do not count. */
function isClosedBibtex(text: string): boolean {
  const start = /(?:^|[\n)}])[ \t]*@[ \t]*\p{L}+\s*([{(])/gu;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const end = endOfEntry(text, start.lastIndex, match[1] === '(');
    if (end === undefined) {
      return false;
    }
    // The closing mark may stand before the next entry on the same line.
    start.lastIndex = end - 1;
  }
  return true;
}

function endOfEntry(text: string, from: number, isRound: boolean): number | undefined {
  const marks = /\\[\s\S]|[{})]/g;
  marks.lastIndex = from;
  let depth = isRound ? 0 : 1;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    const [mark] = match;
    depth += mark === '{' ? 1 : mark === '}' ? -1 : 0;
    if (isRound ? mark === ')' && depth === 0 : depth === 0) {
      return marks.lastIndex;
    }
  }
  return undefined;
}
