import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import { hasUnprintable, withEscapes } from '../yamlScalar.ts';
import { markedPart, type CslTag } from '../export/markedPart.ts';
import { wellFormed } from '../export/wellFormed.ts';
import { escapeMarkdown } from '../quotes.ts';
import { lineEndOf, type Addition, type KeyedItem } from './layout.ts';

type Yaml = typeof import('yaml');

/** A file of one entry. */
export async function yamlEntry(item: KeyedItem): Promise<string> {
  return yamlEntries([item]);
}

/** A file of these entries; without the line end at its end. */
export async function yamlEntries(items: readonly KeyedItem[]): Promise<string> {
  const yaml = await import('yaml');
  return items.length === 0 ? 'references: []' : ['references:', ...items.flatMap(item => itemOf(yaml, item, ''))].join('\n');
}

/** The item as its YAML is read, as plain JSON. */
export function asReadInYaml(item: KeyedItem): unknown {
  return translated(item);
}

/** Behind the last item of `references:`, or of a bare list. Nothing where YAML can't read the text to its end. */
export async function appendYaml(text: string, item: KeyedItem): Promise<Addition | undefined> {
  const yaml = await import('yaml');
  const eol = lineEndOf(text);
  const all = parsedAll(yaml, text);
  const [parsed] = all;
  if (!parsed || all.slice(1).some(({ contents }) => !isNothing(yaml, contents))) {
    return undefined;
  }
  return additionsTo(yaml, parsed, text, item, eol).find(addition => isSound(yaml, text, addition));
}

function parsedAll(yaml: Yaml, text: string): Document[] {
  try {
    const all = yaml.parseAllDocuments(text, { logLevel: 'silent' });
    const documents = all.length > 0 ? [...(all as Document[])] : [new yaml.Document()];
    return documents.some(({ errors }) => errors.length > 0) ? [] : documents;
  } catch {
    return [];
  }
}

/** Places where it may go; the first that changes nothing else is taken. */
function additionsTo(yaml: Yaml, parsed: Document, text: string, item: KeyedItem, eol: string): Addition[] {
  const root = parsed.contents;
  if (isNothing(yaml, root)) {
    return asMetadata(yaml, text, item, eol);
  }
  if (yaml.isSeq(root)) {
    return toSequence(yaml, root, text, item, eol);
  }
  if (!yaml.isMap(root) || root.flow) {
    return [];
  }
  const pair = root.items.find(({ key }) => yaml.isScalar(key) && key.value === 'references');
  if (!pair) {
    return behind(text, root.range![1], [`references:`, ...itemOf(yaml, item, '')], eol);
  }
  if (yaml.isSeq(pair.value)) {
    return toSequence(yaml, pair.value, text, item, eol);
  }
  const key = pair.key as YAMLMap;
  return isNothing(yaml, pair.value) ? [atLineEnd(text, key.range![1], itemOf(yaml, item, ''), eol)] : [];
}

function isNothing(yaml: Yaml, node: unknown): boolean {
  return node === null || (yaml.isScalar(node) && node.value === null);
}

function asMetadata(yaml: Yaml, text: string, item: KeyedItem, eol: string): Addition[] {
  const lines = ['references:', ...itemOf(yaml, item, '')];
  const fence = /^---[ \t]*\r?\n/m.exec(text);
  const offset = fence ? fence.index + fence[0].length : text.length;
  const start = offset > 0 && !text.slice(0, offset).endsWith('\n') ? eol : '';
  return [{ offset, insert: `${start}${lines.join(eol)}${eol}` }];
}

function toSequence(yaml: Yaml, list: YAMLSeq, text: string, item: KeyedItem, eol: string): Addition[] {
  const last = list.items.at(-1) as YAMLMap | undefined;
  if (list.flow) {
    const close = list.range![1] - 1;
    const written = withEscapes(JSON.stringify(translated(item)));
    const offset = last?.range?.[1] ?? close;
    return [{ offset, insert: last ? `, ${written}` : written }];
  }
  if (!last?.range) {
    return [];
  }
  const first = list.range![0];
  const indent = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', first - 1) + 1, first))![0];
  return behind(text, last.range[1], itemOf(yaml, item, indent), eol);
}

/** Behind the line on which something ends, with its remark; or, where blank lines belong to a text, behind these. */
function behind(text: string, end: number, lines: readonly string[], eol: string): Addition[] {
  const words = text.slice(0, end).trimEnd().length;
  const near = atLineEnd(text, words, lines, eol);
  const isEnded = text[end - 1] === '\n';
  const far = isEnded ? [{ offset: end, insert: lines.map(line => line + eol).join('') }] : [];
  return [near, ...far];
}

function atLineEnd(text: string, at: number, lines: readonly string[], eol: string): Addition {
  const newline = text.indexOf('\n', at);
  const offset = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' ? 1 : 0);
  return { offset, insert: lines.map(line => eol + line).join('') };
}

/** The item as the list's other items are laid out; `old` is the text of the one in whose place it comes, from the start of its line. */
export async function yamlInPlace(item: KeyedItem, old: string): Promise<string> {
  const yaml = await import('yaml');
  const indent = /^[ \t]*/.exec(old)![0];
  return old.trimStart().startsWith('{') ? withEscapes(JSON.stringify(translated(item))) : itemOf(yaml, item, indent).join('\n');
}

/** The lines of `- id: …`. */
function itemOf(yaml: Yaml, item: KeyedItem, indent: string): string[] {
  // Pandoc reads YAML 1.1, to which a given name of `N` or `Y` is no text unless it stands in quotation marks.
  const list = new yaml.Document([translated(item)], { version: '1.1' });
  yaml.visit(list, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && hasUnprintable(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  const text = withEscapes(list.toString({ lineWidth: 0, indent: 2 }).trimEnd());
  return text.split('\n').map(line => `${indent}${line}`);
}

// The key must be read the same by other programs: `writtenKey` refuses one in which Pandoc would find Markdown.
const verbatim = new Set(['id', 'type']);

/** Pandoc reads every text of an entry as Markdown, those of `DOI` and `URL` too. */
function translated({ id, ...csl }: KeyedItem): unknown {
  const translate = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      return verbatim.has(name) ? value : asMarkdown(inLines(value));
    }
    if (Array.isArray(value)) {
      return value.map(each => translate(each, name));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translate(each, key)]))
      : value;
  };
  return { id, ...(translate(csl, '') as object) };
}

/** Lines without spaces before them, which would be code in Markdown, without empty ones, and without halves of signs, which no file can hold. */
function inLines(text: string): string {
  return wellFormed(text).trim().replace(/[ \t]*[\n\r\u0085\u2028\u2029]\s*/g, '\n');
}

const marks: Readonly<Record<CslTag, readonly [string, string]>> = {
  i: ['*', '*'], b: ['**', '**'], sup: ['^', '^'], sub: ['~', '~'], sc: ['[', ']{.smallcaps}'], nocase: ['[', ']{.nocase}'],
};

/** CSL's markup as Pandoc's; a tag without its end is text. */
function asMarkdown(text: string, isInScript = false): string {
  const found = markedPart(text);
  if (!found) {
    return inScript(escaped(text), isInScript);
  }
  const { tag, inner, start, end } = found;
  const [open, close] = marks[tag];
  const marked = `${open}${asMarkdown(inner, isInScript || tag === 'sup' || tag === 'sub')}${close}`;
  return `${inScript(escaped(text.slice(0, start)), isInScript)}${marked}${asMarkdown(text.slice(end), isInScript)}`;
}

/** Pandoc ends `^…^` and `~…~` at a blank. */
function inScript(text: string, isInScript: boolean): string {
  return isInScript ? text.replace(/\s/g, '\\ ') : text;
}

/** Also what Pandoc would make typographic: `--`, `...`, and quotation marks that stay as they are written. */
function escaped(text: string): string {
  return escapeMarkdown(text).replace(/(?<=-)-|(?<=\.)\.(?=\.)|["']/g, '\\$&');
}

/** What was there reads the same, and one item more stands at the end. */
function isSound(yaml: Yaml, text: string, { offset, insert }: Addition): boolean {
  const read = (source: string): unknown => {
    const [parsed] = parsedAll(yaml, source);
    try {
      return parsed?.toJS({ maxAliasCount: 1000 }) as unknown;
    } catch {
      return undefined;
    }
  };
  const [before, after] = [read(text), read(text.slice(0, offset) + insert + text.slice(offset))];
  const list = (value: unknown): unknown[] => {
    const found = Array.isArray(value) ? value : (value as { references?: unknown } | null | undefined)?.references;
    return Array.isArray(found) ? found : [];
  };
  const rest = (value: unknown): string => {
    return JSON.stringify(Array.isArray(value) ? {} : { ...(value as object | null), references: undefined });
  };
  return (
    after !== undefined &&
    rest(before) === rest(after) &&
    list(after).length === list(before).length + 1 &&
    JSON.stringify(list(after).slice(0, -1)) === JSON.stringify(list(before))
  );
}
