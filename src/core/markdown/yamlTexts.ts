import { DecodedText } from './decodedText.ts';

/** A node of YAML, as far as its texts matter. */
type Node = TextNode | { readonly kind: 'list'; readonly items: readonly Node[] } | MapNode | { readonly kind: 'alias'; readonly of: Node | undefined };

interface TextNode {
  readonly kind: 'text';
  readonly text: DecodedText;
}

interface MapNode {
  readonly kind: 'map';
  readonly pairs: readonly (readonly [key: string, value: Node])[];
}

/** Fields that hold no prose, or have a handling of their own. */
const notProse: ReadonlySet<string> = new Set(['references', 'bibliography', 'csl', 'citation-style', 'nocite']);

/** Deeper nesting than this is no metadata; it is passed over. */
const deepest = 40;

/** Mappings that take over from mappings that take over … are followed so far. */
const mostMerges = 50;

const nothing: Node = { kind: 'list', items: [] };

/**
 * The texts of YAML metadata that Pandoc reads as Markdown, in the order in which they stand: all of them but those under a key
 * that ends in `_`. Of a key that is given twice the last counts. Only texts with an `@` are of interest.
 */
export function metadataTexts(yaml: string): readonly DecodedText[] {
  const texts = mayCite(yaml) ? new Set([...metadataFields(yaml).values()].flat()) : [];
  return [...texts].sort((a, b) => a.start - b.start);
}

/** The fields of YAML metadata, with the texts that each holds. */
export function metadataFields(yaml: string): ReadonlyMap<string, readonly DecodedText[]> {
  const root = new YamlReader(yaml).read();
  const fields = new Fields();
  const own = root.kind === 'map' ? fields.of(root) : [];
  return new Map(Array.from(own, ([name, value]) => [name, isProse(name) && !notProse.has(name) ? textsOf(value, fields) : []]));
}

function isProse(key: string): boolean {
  return !key.endsWith('_');
}

/** Whether an `@` stands outside of the fields without prose, which may be long. */
function mayCite(yaml: string): boolean {
  for (let at = yaml.indexOf('@'); at >= 0; at = yaml.indexOf('@', at + 1)) {
    const end = fieldWithoutProse(yaml, at);
    if (end === undefined) {
      return true;
    }
    at = end;
  }
  return false;
}

/** If the offset stands in such a field, written as most are, where the field ends. */
function fieldWithoutProse(yaml: string, at: number): number | undefined {
  let start = yaml.lastIndexOf('\n', at) + 1;
  while (start > 0 && goesOn.test(yaml.slice(start, start + 2))) {
    start = yaml.lastIndexOf('\n', start - 2) + 1;
  }
  const name = fieldName.exec(yaml.slice(start, start + 40))?.[1];
  if (name === undefined || !notProse.has(name)) {
    return undefined;
  }
  nextField.lastIndex = at;
  return nextField.exec(yaml)?.index ?? yaml.length;
}

const goesOn = /^(?:[ \t\r\n#]|-[ \t\r\n]|-$|$)/;
const fieldName = /^["']?([\w-]+)["']?[ \t]*:(?:\s|$)/;
const nextField = /\n(?![ \t\r\n#]|-[ \t\r\n])/g;

function textsOf(field: Node, fields: Fields): readonly DecodedText[] {
  const texts: DecodedText[] = [];
  const seen = new Set<Node>();
  // No recursion: names may stand for what holds names, thousands deep.
  const left = [field];
  for (let node = left.pop(); node; node = left.pop()) {
    if (seen.has(node)) {
      continue;
    }
    seen.add(node);
    if (node.kind === 'text') {
      texts.push(...(node.text.value.includes('@') ? [node.text] : []));
    } else {
      insideOf(node, fields).forEach(each => left.push(each));
    }
  }
  return texts;
}

function insideOf(node: Exclude<Node, TextNode>, fields: Fields): readonly Node[] {
  switch (node.kind) {
    case 'list':
      return node.items;
    case 'alias':
      return node.of ? [node.of] : [];
    case 'map':
      return Array.from(fields.of(node)).flatMap(([key, value]) => (isProse(key) ? [value] : []));
  }
}

/** The fields of mappings, with those that they take over by `<<`; each mapping's are put together once. */
class Fields {
  readonly #known = new Map<MapNode, ReadonlyMap<string, Node>>();

  of(node: MapNode, depth = 0): ReadonlyMap<string, Node> {
    const known = this.#known.get(node);
    if (known) {
      return known;
    }
    const own = new Map(node.pairs);
    this.#known.set(node, own);
    const merged = own.get('<<');
    own.delete('<<');
    for (const source of merged?.kind === 'list' ? merged.items : merged ? [merged] : []) {
      const from = meant(source);
      for (const [key, value] of from?.kind === 'map' && depth < mostMerges ? this.of(from, depth + 1) : []) {
        own.set(key, own.get(key) ?? value);
      }
    }
    return own;
  }
}

function meant(node: Node): Node | undefined {
  return node.kind === 'alias' ? node.of : node;
}

/**
 * Reads YAML: as much of it as decides which texts there are and where each of their characters stands. What is wrong is
 * passed over. The library that reads metadata's fields is loaded late and is too slow for every keystroke; the tests compare
 * what both find.
 */
class YamlReader {
  readonly #yaml: string;
  readonly #anchors = new Map<string, Node>();
  #at = 0;
  #depth = 0;

  constructor(yaml: string) {
    this.#yaml = yaml;
  }

  read(): Node {
    return this.#block(-1, true);
  }

  // --- Places

  #char(at = this.#at): string {
    return this.#yaml.charAt(at);
  }

  #column(at = this.#at): number {
    return at - (this.#yaml.lastIndexOf('\n', at - 1) + 1);
  }

  #isBlankAt(at: number): boolean {
    return at >= this.#yaml.length || blank.test(this.#char(at));
  }

  #isDash(): boolean {
    return this.#char() === '-' && this.#isBlankAt(this.#at + 1);
  }

  /** Goes to the next line's first character, or the text's end. */
  #skipLine(): void {
    const end = this.#yaml.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#yaml.length : end + 1;
  }

  #skipBlanks(): void {
    while (this.#char() === ' ' || this.#char() === '\t' || this.#char() === '\r') {
      this.#at += 1;
    }
  }

  /** Goes to the next character that is neither white space nor a comment's. */
  #skipToToken(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#char() === '\n') {
        this.#at += 1;
      } else if (this.#char() === '#' && (this.#at === 0 || this.#isBlankAt(this.#at - 1))) {
        this.#skipLine();
      } else {
        return;
      }
    }
  }

  // --- In lines

  /**
   * The node at the place, or on the lines after it, if these stand further in than `parent`. `mayBeMap` is false after a
   * key in the same line.
   */
  #block(parent: number, mayBeMap: boolean): Node {
    if (this.#depth >= deepest) {
      this.#skipDeeper(parent);
      return nothing;
    }
    this.#depth += 1;
    const node = this.#blockAt(parent, mayBeMap);
    this.#depth -= 1;
    return node;
  }

  #skipDeeper(parent: number): void {
    this.#skipLine();
    while (this.#at < this.#yaml.length && (this.#column(this.#indentEnd()) > parent || this.#isBlankLine())) {
      this.#skipLine();
    }
  }

  #indentEnd(): number {
    let at = this.#at;
    while (this.#char(at) === ' ') {
      at += 1;
    }
    return at;
  }

  #isBlankLine(): boolean {
    let end = this.#indentEnd();
    while (this.#char(end) === '\t' || this.#char(end) === ' ' || this.#char(end) === '\r') {
      end += 1;
    }
    return end >= this.#yaml.length || this.#char(end) === '\n';
  }

  #blockAt(parent: number, mayBeMap: boolean): Node {
    const line = this.#lineOf(this.#at);
    this.#skipToToken();
    const isNewLine = this.#lineOf(this.#at) !== line;
    const column = this.#column();
    if (this.#at >= this.#yaml.length || (isNewLine && (column < parent || (column === parent && (mayBeMap || !this.#isDash()))))) {
      return nothing;
    }
    const canNest = mayBeMap || isNewLine;
    if (canNest && this.#isDash()) {
      return this.#list(column);
    }
    if (isNewLine && column <= parent) {
      return nothing;
    }
    if (canNest && this.#isKeyAhead()) {
      return this.#map(column);
    }
    const anchor = this.#properties();
    return anchor === undefined ? this.#plainBlock(parent) : this.#named(anchor, this.#block(parent, false));
  }

  #lineOf(at: number): number {
    return this.#yaml.lastIndexOf('\n', at - 1);
  }

  #named(anchor: string, node: Node): Node {
    if (anchor !== '') {
      this.#anchors.set(anchor, node);
    }
    return node;
  }

  /** Passes over `&anchor` and `!tag`; answers the anchor, empty for a tag alone, `undefined` where there is neither. */
  #properties(): string | undefined {
    let anchor: string | undefined;
    for (;;) {
      property.lastIndex = this.#at;
      const found = property.exec(this.#yaml);
      if (!found) {
        return anchor;
      }
      this.#at += found[0].length;
      anchor = found[1] ?? anchor ?? '';
    }
  }

  #plainBlock(parent: number): Node {
    switch (this.#char()) {
      case '|':
      case '>':
        return this.#literal(parent);
      case '[':
      case '{':
        return this.#flow();
      case '*':
        return this.#alias();
      case '"':
      case "'":
        return { kind: 'text', text: this.#quoted() };
      default:
        return { kind: 'text', text: this.#plain(parent, false) };
    }
  }

  #alias(): Node {
    alias.lastIndex = this.#at;
    const name = alias.exec(this.#yaml)![0];
    this.#at += Math.max(1, name.length);
    return { kind: 'alias', of: this.#anchors.get(name.slice(1)) };
  }

  #list(column: number): Node {
    const items: Node[] = [];
    while (this.#at < this.#yaml.length && this.#column() === column && this.#isDash()) {
      this.#at += 1;
      items.push(this.#block(column, true));
      this.#nextEntry(column);
    }
    return { kind: 'list', items };
  }

  /** Goes on at the next line that is no deeper than the column; what stands before it nothing has read. */
  #nextEntry(column: number): void {
    this.#skipToToken();
    while (this.#at < this.#yaml.length && (this.#column() > column || this.#lineStartsLater())) {
      this.#skipLine();
      this.#skipToToken();
    }
  }

  /** Whether something else of its line stands before the place. */
  #lineStartsLater(): boolean {
    return this.#yaml.slice(this.#lineOf(this.#at) + 1, this.#at).trim() !== '';
  }

  #map(column: number): Node {
    const pairs: (readonly [string, Node])[] = [];
    for (;;) {
      const before = this.#at;
      const pair = this.#pair(column);
      if (pair) {
        pairs.push(pair);
      }
      this.#nextEntry(column);
      if (this.#at >= this.#yaml.length || this.#column() !== column) {
        break;
      }
      if (this.#at === before || this.#isDash() || !this.#isKeyAhead()) {
        if (this.#isDash()) {
          break;
        }
        // No field: the line is passed over.
        this.#skipLine();
        this.#nextEntry(column);
        if (this.#at >= this.#yaml.length || this.#column() !== column || !this.#isKeyAhead()) {
          break;
        }
      }
    }
    return { kind: 'map', pairs };
  }

  #pair(column: number): readonly [string, Node] | undefined {
    const isExplicit = this.#char() === '?' && this.#isBlankAt(this.#at + 1);
    const key = isExplicit ? this.#explicitKey(column) : this.#key();
    this.#skipBlanks();
    if (isExplicit && this.#char() !== ':') {
      return undefined;
    }
    this.#at += 1;
    if (column === 0 && notProse.has(key)) {
      this.#skipField();
      return [key, nothing];
    }
    return [key, this.#block(column, isExplicit)];
  }

  #explicitKey(column: number): string {
    this.#at += 1;
    const key = this.#block(column, true);
    this.#nextEntry(column);
    return this.#char() === ':' && key.kind === 'text' ? key.text.value.trim() : '';
  }

  /** A field without prose may be long: its lines are not read, unless something in them has a name. */
  #skipField(): void {
    nextField.lastIndex = this.#at;
    const end = nextField.exec(this.#yaml)?.index ?? this.#yaml.length;
    if (/(?:^|[\s[{,])&\S|^\s*["'[{]/.test(this.#yaml.slice(this.#at, end))) {
      this.#block(0, false);
      return;
    }
    this.#at = end;
  }

  /** Whether a key and its colon stand in the line. */
  #isKeyAhead(): boolean {
    if (this.#char() === '?' && this.#isBlankAt(this.#at + 1)) {
      return true;
    }
    const start = this.#at;
    this.#properties();
    const isKey = this.#isPlainKeyAhead();
    this.#at = start;
    return isKey;
  }

  /** A key stands in one line; lists and mappings as keys Pandoc has no use for. */
  #isPlainKeyAhead(): boolean {
    const char = this.#char();
    if (char === '"' || char === "'") {
      const key = char === '"' ? doubleKey : singleKey;
      key.lastIndex = this.#at;
      return key.test(this.#yaml);
    }
    if (/[|>%@`[{]/.test(char)) {
      return false;
    }
    this.#key();
    this.#skipBlanks();
    return this.#char() === ':' && this.#isBlankAt(this.#at + 1);
  }

  /** Reads a key; the place is after it then, before its colon. */
  #key(): string {
    this.#properties();
    switch (this.#char()) {
      case '"':
      case "'":
        return this.#quoted().value;
      case '*': {
        const node = meant(this.#alias());
        return node?.kind === 'text' ? node.text.value.trim() : '';
      }
      default: {
        const start = this.#at;
        const end = this.#plainLineEnd(false);
        this.#at = end;
        return this.#yaml.slice(start, end);
      }
    }
  }

  // --- In brackets

  #flow(): Node {
    if (this.#depth >= deepest) {
      this.#at = this.#yaml.length;
      return nothing;
    }
    this.#depth += 1;
    const node = this.#char() === '[' ? this.#flowList() : this.#flowMap();
    this.#depth -= 1;
    return node;
  }

  #flowList(): Node {
    const items: Node[] = [];
    this.#at += 1;
    for (;;) {
      this.#skipToToken();
      const char = this.#char();
      if (char === '' || char === ']') {
        this.#at += 1;
        return { kind: 'list', items };
      }
      if (char === ',') {
        this.#at += 1;
        continue;
      }
      const pair = this.#flowPair();
      items.push(pair.value ? { kind: 'map', pairs: [[pair.key, pair.value]] } : pair.node);
    }
  }

  #flowMap(): Node {
    const pairs: (readonly [string, Node])[] = [];
    this.#at += 1;
    for (;;) {
      this.#skipToToken();
      const char = this.#char();
      if (char === '' || char === '}') {
        this.#at += 1;
        return { kind: 'map', pairs };
      }
      if (char === ',') {
        this.#at += 1;
        continue;
      }
      const { key, value } = this.#flowPair();
      pairs.push([key, value ?? nothing]);
    }
  }

  /** A node in brackets, and the value after it where it is a key. */
  #flowPair(): { readonly node: Node; readonly key: string; readonly value?: Node } {
    if (this.#char() === '?' && this.#isBlankAt(this.#at + 1)) {
      this.#at += 1;
      this.#skipToToken();
    }
    const isQuoted = /["'[{]/.test(this.#char());
    const node = this.#flowNode();
    this.#skipToToken();
    if (this.#char() !== ':' || !(isQuoted || this.#isBlankAt(this.#at + 1) || /[,[\]{}]/.test(this.#char(this.#at + 1)))) {
      return { node, key: node.kind === 'text' ? node.text.value : '' };
    }
    this.#at += 1;
    this.#skipToToken();
    const value = /[,\]}]/.test(this.#char()) ? nothing : this.#flowNode();
    const named = meant(node);
    return { node, key: named?.kind === 'text' ? named.text.value : '', value };
  }

  #flowNode(): Node {
    const start = this.#at;
    const anchor = this.#properties();
    this.#skipToToken();
    const node = this.#flowContent();
    if (this.#at === start) {
      // Nothing begins here: it is passed over.
      this.#at += 1;
    }
    return anchor === undefined ? node : this.#named(anchor, node);
  }

  #flowContent(): Node {
    switch (this.#char()) {
      case '[':
      case '{':
        return this.#flow();
      case '*':
        return this.#alias();
      case '"':
      case "'":
        return { kind: 'text', text: this.#quoted() };
      case ',':
      case ']':
      case '}':
        return nothing;
      default:
        return { kind: 'text', text: this.#plain(-1, true) };
    }
  }

  // --- Texts

  /** Where a plain text ends in its line: before `: `, ` #` and, in brackets, their marks. */
  #plainLineEnd(inFlow: boolean): number {
    const yaml = this.#yaml;
    let end = this.#at;
    for (let at = this.#at; at < yaml.length; at += 1) {
      const char = yaml[at]!;
      if (char === '\n' || (char === '#' && at > this.#at && blank.test(yaml[at - 1]!))) {
        break;
      }
      if (char === ':' && (this.#isBlankAt(at + 1) || (inFlow && /[,[\]{}]/.test(yaml[at + 1]!)))) {
        break;
      }
      if (inFlow && /[,[\]{}]/.test(char)) {
        break;
      }
      if (!blank.test(char)) {
        end = at + 1;
      }
    }
    return end;
  }

  /** A text without quotation marks, with the lines that go on with it: those further in than `parent`. */
  #plain(parent: number, inFlow: boolean): DecodedText {
    const text = new DecodedText(this.#yaml, inFlow ? 'flow' : 'plain');
    let end = this.#plainLineEnd(inFlow);
    text.copy(this.#at, end);
    this.#at = end;
    for (;;) {
      this.#skipBlanks();
      if (this.#char() !== '\n') {
        break;
      }
      const next = this.#nextTextLine();
      if (next.at >= this.#yaml.length || (!inFlow && this.#column(next.at) <= parent) || this.#char(next.at) === '#' || (inFlow && /[,[\]{}]/.test(this.#char(next.at)))) {
        break;
      }
      const behind = this.#at;
      this.#at = next.at;
      end = this.#plainLineEnd(inFlow);
      if (end === next.at) {
        this.#at = behind;
        break;
      }
      text.fold(behind, next.at, next.blankLines);
      text.copy(next.at, end);
      this.#at = end;
    }
    return text;
  }

  /** Where the text of the next line begins that is not blank. The place is at a line's end. */
  #nextTextLine(): { readonly at: number; readonly blankLines: number } {
    let blankLines = -1;
    let at = this.#at;
    while (at < this.#yaml.length && blank.test(this.#char(at))) {
      blankLines += this.#char(at) === '\n' ? 1 : 0;
      at += 1;
    }
    return { at, blankLines };
  }

  #quoted(): DecodedText {
    const yaml = this.#yaml;
    const mark = this.#char();
    const text = new DecodedText(yaml, mark as '"' | "'");
    let from = this.#at + 1;
    let at = from;
    while (at < yaml.length) {
      const char = yaml[at]!;
      if (char === mark) {
        if (mark === '"' || yaml[at + 1] !== mark) {
          break;
        }
        // `''` is one.
        text.copy(from, at);
        text.put(mark, at, at + 2);
        at += 2;
        from = at;
      } else if (char === '\\' && mark === '"') {
        text.copy(from, at);
        at = this.#escape(text, at);
        from = at;
      } else if (char === '\n') {
        text.copy(from, trimmedEnd(yaml, from, at));
        this.#at = at;
        const next = this.#nextTextLine();
        text.fold(at, next.at, next.blankLines);
        at = next.at;
        from = at;
      } else {
        at += 1;
      }
    }
    text.copy(from, at);
    this.#at = at + 1;
    return text;
  }

  /** Reads an escape; answers the offset after it. */
  #escape(text: DecodedText, at: number): number {
    const yaml = this.#yaml;
    lineEnd.lastIndex = at + 1;
    const joined = lineEnd.exec(yaml)?.[0];
    if (joined !== undefined) {
      return at + 1 + joined.length;
    }
    const char = yaml.charAt(at + 1);
    const digits = codeLengths[char] ?? 0;
    const end = at + 2 + digits;
    const code = digits === 0 ? undefined : Number.parseInt(yaml.slice(at + 2, end), 16);
    if (code !== undefined && code <= 0x10ffff) {
      text.put(String.fromCodePoint(code), at, end);
      return end;
    }
    text.put(escapes[char] ?? char, at, at + 2);
    return at + 2;
  }

  /** `|` and `>`: the lines further in than `parent`, freed of their indentation. */
  #literal(parent: number): Node {
    const text = new DecodedText(this.#yaml, 'block');
    header.lastIndex = this.#at;
    const [whole = '', mark, ...indicators] = header.exec(this.#yaml) ?? [];
    if (whole === '') {
      this.#skipLine();
      return nothing;
    }
    this.#at += whole.length;
    const given = /[1-9]/.exec(indicators.join(''))?.[0];
    const indent = given === undefined ? this.#indentOfText(parent) : Math.max(parent, 0) + Number(given);
    this.#literalLines(text, indent, mark === '>');
    text.trimBreaks(indicators.join('').includes('-') ? 0 : 1);
    return { kind: 'text', text };
  }

  /** How far in the first line of text stands, after the header of a block of text. */
  #indentOfText(parent: number): number {
    const first = /[^ \r\n]/g;
    first.lastIndex = this.#at;
    const found = first.exec(this.#yaml)?.index ?? this.#yaml.length;
    const start = this.#lineOf(found) + 1;
    const column = /^ */.exec(this.#yaml.slice(start, found))![0].length;
    return column > parent ? column : Infinity;
  }

  #literalLines(text: DecodedText, indent: number, isFolded: boolean): void {
    let wasText = false;
    let breaks = 0;
    let isFirst = true;
    while (this.#at < this.#yaml.length) {
      const indentEnd = this.#indentEnd();
      const isBlank = this.#isBlankLine();
      const column = this.#column(indentEnd);
      if (!isBlank && column < indent) {
        break;
      }
      const lineStart = this.#at;
      this.#skipLine();
      const hasBreak = this.#char(this.#at - 1) === '\n';
      const end = trimmedBreak(this.#yaml, lineStart, this.#at);
      const start = Math.min(lineStart + indent, end);
      if (isBlank && (start >= end || column < indent)) {
        breaks += 1;
        continue;
      }
      // A line that stands further in, or begins with a blank, is not joined.
      const isText = isFolded && !/[ \t]/.test(this.#char(start));
      this.#breakLines(text, lineStart, breaks, isFirst ? 'first' : isText && wasText ? 'folded' : 'kept');
      text.copy(start, end);
      breaks = 0;
      isFirst = false;
      wasText = isText;
      if (!hasBreak) {
        return;
      }
    }
    text.put('\n'.repeat(isFirst ? 0 : breaks + 1), this.#at, this.#at);
  }

  #breakLines(text: DecodedText, at: number, blankLines: number, how: 'first' | 'folded' | 'kept'): void {
    const breaks = how === 'first' ? blankLines : how === 'kept' ? blankLines + 1 : blankLines;
    text.put(breaks === 0 && how === 'folded' ? ' ' : '\n'.repeat(breaks), at, at);
  }
}

const blank = /[ \t\r\n]/;
const property = /(?:&([^\s,[\]{}]+)|!\S*)(?:[ \t]+|(?=\r?\n)|$)/y;
const alias = /\*[^\s,[\]{}]*/y;
const header = /([|>])([-+1-9]{0,2})[ \t]*(?:#[^\n]*|\r)?(?:\n|$)/y;
const doubleKey = /"(?:[^"\\\n]|\\.)*"[ \t]*:(?=\s|$)/y;
const singleKey = /'(?:[^'\n]|'')*'[ \t]*:(?=\s|$)/y;
const lineEnd = /\r?\n[ \t]*/y;

const codeLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const escapes: Readonly<Record<string, string>> = { '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' };

function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start && blank.test(text[end - 1]!)) {
    end -= 1;
  }
  return end;
}

function trimmedBreak(text: string, start: number, end: number): number {
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) {
    end -= 1;
  }
  return end;
}
