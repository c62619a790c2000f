import { isMap, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';
import { flowItems } from './flowYaml.ts';
import { LineReader, type Line } from './lineReader.ts';
import { markupOf, unescapedOf } from './markdownText.ts';
import { own } from './own.ts';
import { longestEntry, PieceScanner } from './pieceScanner.ts';
import { plainItem } from './plainYaml.ts';
import { cslItemOf } from './sanitize.ts';
import type { Convert, ScanContext } from './scan.ts';
import { summaryOf } from './summary.ts';
import { textOf } from './texts.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What anchors hold at most, all together: each alias may double what the one before it holds. */
const longestAnchors = 200_000;
const longestAnchor = 10_000;

/** The library takes a second for a million characters, and ten for a hundred thousand brackets within each other. */
const longestItem = 200_000;
const deepestItem = 100;

/** A fence, or a key at the start of a line. */
const endOfList = /^(?:(?:---|\.\.\.)(?:\s|$)|(?:"[^"]*"|'[^']*'|[^\s\-#"'[\]{}&*!|>%@`][^:]*)[ \t]*:(?:\s|$))/;
/** Behind which no list can stand on the next line. */
const hasValue = /:[ \t]+[^\s#&!]/;
const stops = ', so that Pandoc can’t read the file';
/** Signs that YAML has no place for. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;
/** A field of an item, and not of what stands in lists inside of it. */
const outer = /^(?!["']?(?:family|given|literal|suffix|dropping-particle|non-dropping-particle|year|month|day|season|date-parts|raw)\b)["']?[A-Za-z][\w-]*["']?[ \t]*:(?:\s|$)/;

/**
 * Finds the items of the list under `references:`, or of the list that the file is, by their indentation. The YAML library
 * reads each by itself: it takes long for big files, and would give up all of one for a single colon. What items share by
 * anchors is kept as JSON, which is YAML too, and put before an item that refers to it.
 */
export class CslYamlScanner extends PieceScanner {
  readonly #lines = new LineReader(longestEntry);
  readonly #anchors: Record<string, string> = Object.create(null) as Record<string, string>;
  #anchored = 0;
  /** Whether the line that ended the list has a value, behind which no list can stand: it was an item's own line. */
  #endedByValue = false;
  #mode: 'head' | 'list' | 'flow' | 'behind' = 'head';
  #indent = -1;
  /** How far in items have stood so far. */
  readonly #indents = new Set<number>();
  #item: string[] = [];
  #length = 0;
  #start = 0;
  #end = 0;
  #lineEnd = 0;
  /** Lines of the item that have nothing but a tab. */
  #tabs: { readonly start: number; readonly end: number }[] = [];
  /** Whether the document ended with `...`, after which only another may begin. */
  #hasEnded = false;

  constructor() {
    super(1 << 11);
  }

  protected override take(piece: string): void {
    this.#lines.take(piece, line => this.#line(line));
  }

  protected override *finish(): Generator<undefined, void> {
    this.#lines.end(line => this.#line(line));
    if (this.#mode === 'flow') {
      yield* this.#closeFlow();
    } else {
      this.#close();
    }
  }

  protected override context(): ScanContext {
    return this.#anchored > 0 ? { strings: { ...this.#anchors } } : {};
  }

  #line(line: Line): void {
    if (this.#mode !== 'behind') {
      this.#tellControls(line);
    }
    if (this.#mode === 'head') {
      this.#head(line);
    } else if (this.#mode === 'list') {
      this.#inList(line);
    } else if (this.#mode === 'flow') {
      this.#keep(line);
    } else {
      this.#behind(line);
    }
  }

  #tellControls({ text, start }: Line): void {
    if (text.search(controls) < 0) {
      return;
    }
    for (const { index } of text.matchAll(controls)) {
      const at = start + index;
      const sign = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
      this.refused(at, at + 1, `The control character U+${sign} is here${stops}. Take it out.`, [{ start: at, end: at + 1, text: '' }]);
    }
  }

  /** After `...` comes a comment, another document, or nothing. */
  #tellAfterEnd({ text, start, end }: Line): void {
    if (this.#hasEnded && text.trim() !== '' && !text.startsWith('#')) {
      this.#hasEnded = false;
      if (!/^(?:---(?:\s|$)|\.\.\.(?:\s|$)|%|\s*#)/.test(text)) {
        this.refused(start, end, `This line is after the \`...\` that ends the list${stops}. Write \`---\` in place of \`...\`, or take the line out.`);
      }
    }
  }

  #behind(line: Line): void {
    this.#tellAfterEnd(line);
    if (/^---(?:\s|$)/.test(line.text)) {
      this.#restart();
    } else if (this.#endedByValue && this.#isItem(line.text, leadOf(line.text))) {
      this.problem(line.start, line.end, 'A line before this entry ends the list, because it does not stand as far in as it should. Put blanks before it.', false);
      this.#mode = 'list';
      this.#inList(line);
    } else if (endOfList.test(line.text)) {
      this.#endedByValue = hasValue.test(line.text);
    }
  }

  #head(line: Line): void {
    const flow = /^(?:references:[ \t]*)?(?=[[{])/.exec(line.text);
    if (flow) {
      this.#mode = 'flow';
      this.#keep({ ...line, text: line.text.slice(flow[0].length), start: line.start + flow[0].length });
    } else if (/^references[ \t]*:[ \t]*(?:#.*)?$/.test(line.text)) {
      this.#mode = 'list';
      this.#close();
    } else if (/^-(?:[ \t]|$)/.test(line.text)) {
      this.#mode = 'list';
      this.#inList(line);
    }
  }

  #inList(line: Line): void {
    const text = line.text;
    const lead = leadOf(text);
    const isBlank = lead === text.length || text.trim() === '' || text[lead] === '#';
    if (!isBlank && this.#isItem(text, lead)) {
      this.#close();
      this.#indent = lead;
      this.#indents.add(lead);
      this.#keep(line);
    } else if (!isBlank && (lead <= this.#indent || this.#indent < 0)) {
      this.#close();
      this.#mode = endOfList.test(text) ? 'behind' : 'list';
      this.#hasEnded = text.startsWith('...');
      this.#endedByValue = hasValue.test(text);
      if (this.#mode === 'list') {
        this.problem(line.start, line.end, 'This line is no part of the list: it does not stand as far in as it should. Put blanks before it.', true);
      } else if (text.startsWith('---')) {
        this.#restart();
      }
    } else if (this.#length > 0) {
      this.#keep(line);
    }
  }

  /** Also where an item before it stands too far in, or not far enough; what names and dates are lists of is none. */
  #isItem(text: string, lead: number): boolean {
    const mark = /^-(?:[ \t]+|$)/.exec(text.slice(lead, lead + 40))?.[0];
    if (mark === undefined) {
      return false;
    }
    return this.#indent < 0 || lead <= this.#indent || (this.#indents.has(lead) && outer.test(text.slice(lead + mark.length)));
  }

  /** Another document may begin with the fence that ends this one. */
  #restart(): void {
    this.#mode = 'head';
    this.#indent = -1;
    this.#indents.clear();
  }

  #keep(line: Line): void {
    this.#start = this.#length === 0 ? line.start : this.#start;
    this.#length += line.end - line.start + 1;
    if (line.text.includes('\t') && /^ *\t\s*$/.test(line.text) && leadOf(line.text) <= this.#indent) {
      this.#tabs.push({ start: line.start, end: line.end });
    }
    if (this.#length <= longestEntry) {
      // As long as in the file, whatever ends the lines: offsets of what stands in brackets count from its start.
      const gap = this.#mode === 'flow' && this.#item.length > 0 ? line.start - this.#lineEnd - 1 : 0;
      this.#item.push(' '.repeat(gap) + line.text);
    }
    this.#lineEnd = line.end;
    this.#end = line.text.trim() === '' ? this.#end : line.end;
  }

  /** Each map of a list in brackets by itself, unless they share anchors: a fault of one costs no other. */
  *#closeFlow(): Generator<undefined, void> {
    const text = this.#item.join('\n');
    const items = this.#length <= longestEntry && !/[&*]/.test(text) && !isTooDeep(text) ? flowItems(text) : undefined;
    yield;
    if (!items) {
      this.#close();
      return;
    }
    for (const { from, to } of items) {
      this.#read(text.slice(from, to), this.#start + from, this.#start + to);
      yield;
    }
  }

  #close(): void {
    const [text, length, tabs] = [this.#item.join('\n'), this.#length, this.#tabs];
    this.#item = [];
    this.#tabs = [];
    this.#length = 0;
    const longest = this.#mode === 'flow' ? longestEntry : longestItem;
    if (length > longest) {
      this.problem(this.#start, this.#end, `This entry is longer than ${longest} characters and was left out. Shorten it.`, true);
    } else if (isTooDeep(text)) {
      this.problem(this.#start, this.#end, `This entry has brackets or lists within each other, more than ${deepestItem} deep. Close them.`, true);
    } else if (text.trim() !== '') {
      const plain = this.#mode === 'flow' ? undefined : plainItem(tabs.length > 0 ? text.replace(/^ *\t\s*$/gm, '') : text);
      if (plain) {
        this.#add(plain, this.#start, this.#end);
        // In a text over several lines, which no plain item has, they may be allowed.
        tabs.forEach(({ start, end }) => this.refused(start, end, `This line has nothing but a tab${stops}. Take the tab out.`, [{ start, end, text: '' }]));
      } else {
        this.#read(text, this.#start, this.#end);
      }
    }
  }

  #add(fields: Fields, start: number, end: number, isFaulty = false): void {
    const key = textOf(fields['id'])?.trim();
    if (key) {
      this.found({ key: own(key), aliases: [], start, end, summary: summaryOf(itemOf(fields)) });
    } else if (!isFaulty) {
      this.problem(start, end, 'This entry has no id, so that it can’t be cited. Give it one: “id: key”.', true);
    }
  }

  #read(text: string, start: number, end: number): void {
    const isFlow = this.#mode === 'flow';
    const { read, shift, fault } = documentOf(text, this.#anchors);
    const maps = read ? mapsIn(read, text, isFlow ? 'flow' : 'item', shift) : [];
    const isFaulty = fault !== undefined;
    if (isFaulty || maps.length === 0) {
      this.problem(start, end, `This entry can’t be read${isFaulty ? `: ${fault}` : ': it has no fields'}. Write it as “- id: key” with its other fields below it.`, true);
    }
    for (const { fields, from, to } of maps) {
      this.#add(fields, isFlow ? start + from : start, isFlow ? start + to : end, isFaulty);
    }
    if (read && text.includes('&')) {
      this.#note(read);
    }
  }

  /** What the item's anchors stand for. */
  #note(read: Document): void {
    visit(read, {
      Node: (_, node) => {
        const anchor = (node as { anchor?: string }).anchor;
        if (anchor === undefined || anchor.startsWith('ketamine ')) {
          return;
        }
        const json = jsonOf(node, read);
        if (json !== undefined && json.length <= longestAnchor && this.#anchored + json.length <= longestAnchors) {
          this.#anchored += json.length;
          this.#anchors[anchor] = json;
        }
      },
    });
  }
}

function leadOf(text: string): number {
  return /^ */.exec(text)![0].length;
}

function jsonOf(node: Node, read: Document): string | undefined {
  try {
    return JSON.stringify(node.toJS(read, { maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
}

/** Counted without regard to quotation marks: no text has a hundred brackets that are not closed. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    depth += char === 91 || char === 123 ? 1 : char === 93 || char === 125 ? -1 : 0;
    if (depth > deepestItem) {
      return true;
    }
  }
  return /(?:[-?][ \t]+){100}/.test(text);
}

interface Parsed {
  readonly read?: Document;
  /** How many characters stand before the item's own text. */
  readonly shift: number;
  readonly fault?: string | undefined;
}

/** Without types: `1.10` is a volume and no number, and `no` a language. */
function documentOf(text: string, anchors: Readonly<Record<string, string>>): Parsed {
  const before = text.includes('*') ? anchorsBefore(text, anchors) : '';
  try {
    const read = parseDocument(before + text, { schema: 'failsafe', merge: true, uniqueKeys: false, strict: false, logLevel: 'silent' });
    return { read, shift: before.length, fault: read.errors[0]?.message.split('\n')[0]!.replace(/ at line .*$/, '').replace(/\.$/, '') };
  } catch {
    return { shift: 0, fault: 'it is no YAML' };
  }
}

function anchorsBefore(text: string, anchors: Readonly<Record<string, string>>): string {
  const lead = /^ *(?=-)/.exec(text)?.[0];
  const used = new Set(Array.from(text.matchAll(/\*([^\s,[\]{}]+)/g), ([, name]) => name!));
  const lines = Array.from(used).filter(name => Object.hasOwn(anchors, name)).map(name => `${lead}- &${name} ${anchors[name]}\n`);
  return lead === undefined ? '' : lines.join('');
}

interface Found {
  readonly fields: Fields;
  readonly from: number;
  readonly to: number;
}

/** The maps of an item, which is one, or of a list in brackets. */
function mapsIn(read: Document, text: string, kind: 'item' | 'flow', shift: number): Found[] {
  const root = read.contents;
  const listed = isMap(root) && kind === 'flow' ? (root.get('references', true) ?? root.get('items', true) ?? root) : root;
  const nodes: readonly unknown[] = isSeq(listed) ? listed.items : [listed];
  return nodes.flatMap((node): Found[] => {
    const [from, to] = (isMap(node) && node.range) || [-1, -1];
    if (!isMap(node) || from < shift) {
      return [];
    }
    const fields = fieldsOf(node, read);
    return fields ? [{ fields, from: from - shift, to: Math.min(to - shift, text.length) }] : [];
  });
}

function fieldsOf(node: Node, read: Document): Fields | undefined {
  try {
    const made: unknown = node.toJS(read, { maxAliasCount: 100 });
    return typeof made === 'object' && made !== null ? (made as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** Pandoc takes the texts of YAML metadata for Markdown. */
function itemOf(fields: Fields): ReturnType<Convert> {
  return cslItemOf(fields, markupOf, unescapedOf);
}

export const convertCslYaml: Convert = (text, { context }) => {
  // The library knows no line that ends with a carriage return alone.
  const lines = text.replace(/\r\n?/g, '\n');
  return itemOf(plainItem(lines) ?? fieldsByLibrary(lines, context.strings ?? {}));
};

function fieldsByLibrary(text: string, anchors: Readonly<Record<string, string>>): Fields {
  const { read, shift } = documentOf(text, anchors);
  const [found] = read ? mapsIn(read, text, 'item', shift) : [];
  return found?.fields ?? {};
}
