import type { Document, Pair, Scalar, YAMLMap } from 'yaml';
import { markupOf } from './bibliography/markdownText.ts';
import { cslItemOf } from './bibliography/sanitize.ts';
import { readInline } from './markdown/inline.ts';
import { moved } from './markdown/moved.ts';
import type { Citation, Span } from './reading.ts';
import type { CslItem } from './study.ts';

/** An entry that the metadata itself holds, under `references:`. The span is that of its key. */
export interface DeclaredEntry extends Span {
  readonly key: string;
  readonly csl: CslItem;
}

/** A file that the metadata names under `bibliography:`. The span is that of the name as it is written. */
export interface NamedFile extends Span {
  readonly path: string;
}

/** The value of a field that is one text. The span is that of the value as it is written. */
export interface NamedValue extends Span {
  readonly value: string;
}

/** What of a manuscript's YAML metadata matters for citing. Offsets count from the start of the whole text. */
export interface FrontMatter {
  readonly entries: readonly DeclaredEntry[];
  readonly bibliographies: readonly NamedFile[];
  /** What `nocite:` cites without a place in the text; the key of all entries is `*`. */
  readonly nocite?: readonly Citation[];
  /** Whether `nocite:` is a list, which Quarto joins with others where a text takes the place of another. */
  readonly isNociteList?: true;
  /** The citation style that it asks for by `csl:` or `citation-style:`, as it is written: a name, a path, an address. */
  readonly csl?: NamedValue;
  /** The language that it is written in, by `lang:`. */
  readonly lang?: NamedValue;
  /** Why YAML can't read it as a whole; what could be read is here all the same. */
  readonly fault?: string;
}

/** Where there is none. */
export const noMetadata: FrontMatter = { entries: [], bibliographies: [] };

/** Of more than this an editor's every keystroke could be felt (UTF-16 code units). */
const longestMetadata = 2_000_000;

/** From so many mappings a field is taken over by `<<`, at most. */
const mostMerges = 100;

/** What of a block of metadata is there; a field that is not given is not set. */
interface Fields {
  readonly entries?: readonly DeclaredEntry[];
  readonly bibliographies?: readonly NamedFile[];
  /** Those under Quarto's `format: pdf:`. */
  readonly ofFormats?: readonly NamedFile[];
  readonly nocite?: Pick<FrontMatter, 'nocite' | 'isNociteList'>;
  readonly csl?: NamedValue | undefined;
  readonly lang?: NamedValue | undefined;
  readonly fault?: string;
}

/**
 * Reads YAML metadata; `[start, end)` is the YAML without its fences. Never rejects. The YAML library is loaded at first
 * use: many manuscripts have no metadata.
 */
export async function readFrontMatter(text: string, yaml: Span): Promise<FrontMatter> {
  return frontMatterOf(await readFields(text, yaml));
}

/**
 * Reads all the metadata of a manuscript; the spans are of its blocks, fences included. Pandoc takes blocks at any place:
 * of a field that several give, the last one's counts, and nothing of the others.
 */
export async function readMetadata(text: string, blocks: readonly Span[]): Promise<FrontMatter> {
  let all: Fields = {};
  for (const block of citingMetadata(text, blocks)) {
    all = { ...all, ...(await readFields(text, insideFences(text, block))) };
  }
  return frontMatterOf(all);
}

const fieldOfInterest = /^["']?(?:references|bibliography|nocite|format|csl|citation-style|lang)["']?[ \t]*:|^[ \t]*[{?&!*]|^<</m;

/** The first block of metadata, and of the others, which seldom say anything of citing, those that may. */
export function citingMetadata(text: string, blocks: readonly Span[]): Span[] {
  return blocks.filter(({ start, end }, index) => index === 0 || fieldOfInterest.test(text.slice(start, end)));
}

function frontMatterOf({ entries = [], bibliographies = [], ofFormats = [], nocite, csl, lang, fault }: Fields): FrontMatter {
  const files = [...bibliographies, ...ofFormats];
  return { entries, bibliographies: files, ...nocite, ...(csl && { csl }), ...(lang && { lang }), ...(fault !== undefined && { fault }) };
}

async function readFields(text: string, { start, end }: Span): Promise<Fields> {
  if (end - start > longestMetadata) {
    return { fault: `The metadata is longer than ${longestMetadata} characters.` };
  }
  const yaml = await import('yaml');
  // Without types: `1.10` is a volume and no number, and `no` a language.
  const parsed = yaml.parseDocument(text.slice(start, end), { schema: 'failsafe', merge: true, logLevel: 'silent', uniqueKeys: false, strict: false });
  const [error] = parsed.errors;
  const fault = error && `line ${lineOf(text, start + error.pos[0])}: ${firstLine(error.message)}`;
  const root = yaml.isMap(parsed.contents) ? (parsed.contents as YAMLMap) : undefined;
  return { ...(root && reader(yaml, parsed, start).fields(root, text)), ...(fault !== undefined && { fault }) };
}

/** The YAML between the fences of a metadata block. */
export function insideFences(text: string, { start, end }: Span): Span {
  const firstBreak = text.indexOf('\n', start);
  const lastLine = text.slice(start, end).trimEnd().lastIndexOf('\n');
  return { start: firstBreak < 0 ? end : firstBreak + 1, end: Math.max(firstBreak + 1, start + lastLine + 1) };
}

type Yaml = typeof import('yaml');

/** Metadata has no list of examples, and no link definitions. */
const noFacts = { isExample: () => false, isDefined: () => false };

function reader(yaml: Yaml, parsed: Document, by: number) {
  const spanOf = ({ range }: Scalar): Span => ({ start: (range?.[0] ?? 0) + by, end: (range?.[1] ?? 0) + by });
  let aliases: ReadonlyMap<unknown, unknown> | undefined;
  /** What an alias stands for; anything else is itself. */
  const meant = (node: unknown): unknown => {
    if (!yaml.isAlias(node)) {
      return node;
    }
    aliases ??= aliasesIn(yaml, parsed);
    return aliases.get(node);
  };
  const isKey = (node: unknown, key: string): boolean => {
    const scalar = meant(node);
    // The library takes `<<` for a symbol.
    return yaml.isScalar(scalar) && (typeof scalar.value === 'symbol' ? scalar.value.description : String(scalar.value)) === key;
  };
  /** The last of a field that is given twice counts, and one of its own before those that it takes over by `<<`. */
  const value = (map: YAMLMap, key: string, seen: Set<unknown> = new Set()): unknown => {
    const own = map.items.findLast(({ key: node }: Pair) => isKey(node, key));
    return own ? meant(own.value) : mergedValue(map, key, seen);
  };
  const mergedValue = (map: YAMLMap, key: string, seen: Set<unknown>): unknown => {
    const merge = map.items.findLast(({ key: node }: Pair) => isKey(node, '<<'));
    const merged = merge && meant(merge.value);
    seen.add(map);
    for (const each of yaml.isSeq(merged) ? merged.items.map(meant) : [merged]) {
      const found = yaml.isMap(each) && seen.size < mostMerges && !seen.has(each) ? value(each, key, seen) : undefined;
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  };
  // What YAML itself takes for nothing or a switch is no name, unless it is quoted.
  const isText = (node: unknown): node is Scalar =>
    yaml.isScalar(node) && String(node.value).trim() !== '' && !(node.type === 'PLAIN' && /^(?:null|~|true|false)$/i.test(String(node.value)));
  const filesIn = (node: unknown): NamedFile[] => {
    if (yaml.isSeq(node)) {
      return node.items.map(meant).filter(isText).flatMap(filesIn);
    }
    return isText(node) ? [{ path: String(node.value).trim(), ...spanOf(node) }] : [];
  };
  const citationsIn = (node: unknown, text: string): Citation[] => {
    if (yaml.isSeq(node)) {
      return node.items.map(meant).filter(yaml.isScalar).flatMap(item => citationsIn(item, text));
    }
    const span = yaml.isScalar(node) && typeof node.value === 'string' ? spanOf(node) : undefined;
    // As it is written, with its quotation marks and line ends: none of them hides a citation, and every place stays right.
    return span ? readInline(text.slice(span.start, span.end), noFacts).citations.map(each => moved(each, span.start)) : [];
  };
  const entryOf = (node: unknown): DeclaredEntry[] => {
    const item = meant(node);
    const id = yaml.isMap(item) ? value(item, 'id') : undefined;
    if (!yaml.isMap(item) || !isText(id)) {
      return [];
    }
    // Pandoc takes the texts of metadata for Markdown.
    return [{ key: String(id.value), csl: cslItemOf(plain(item, parsed), markupOf), ...spanOf(id) }];
  };

  const ofFormats = (formats: unknown): NamedFile[] =>
    yaml.isMap(formats)
      ? formats.items.map(({ value: format }) => meant(format)).flatMap(format => (yaml.isMap(format) ? filesIn(value(format, 'bibliography')) : []))
      : [];
  const valueOf = (node: unknown): NamedValue | undefined => {
    const [named] = filesIn(node);
    return named && { value: named.path, start: named.start, end: named.end };
  };
  const nociteOf = (node: unknown, text: string): NonNullable<Fields['nocite']> => {
    const nocite = citationsIn(node, text);
    return { ...(nocite.length > 0 && { nocite }), ...(yaml.isSeq(node) && { isNociteList: true as const }) };
  };

  return {
    fields(root: YAMLMap, text: string): Fields {
      const fields = ['references', 'bibliography', 'format', 'nocite', 'csl', 'citation-style', 'lang'];
      const [references, bibliography, format, nocite, csl, style, lang] = fields.map(name => value(root, name));
      return {
        ...(references !== undefined && { entries: yaml.isSeq(references) ? references.items.flatMap(entryOf) : [] }),
        ...(bibliography !== undefined && { bibliographies: filesIn(bibliography) }),
        ...(format !== undefined && { ofFormats: ofFormats(format) }),
        ...(nocite !== undefined && { nocite: nociteOf(nocite, text) }),
        ...((csl ?? style) !== undefined && { csl: valueOf(csl ?? style) }),
        ...(lang !== undefined && { lang: valueOf(lang) }),
      };
    },
  };
}

/** What each alias stands for: the last node before it that has the name. */
function aliasesIn(yaml: Yaml, parsed: Document): ReadonlyMap<unknown, unknown> {
  const anchors = new Map<string, unknown>();
  const aliases = new Map<unknown, unknown>();
  yaml.visit(parsed, {
    Alias: (_key, node) => void aliases.set(node, anchors.get(node.source)),
    Value: (_key, node) => void (node.anchor !== undefined && anchors.set(node.anchor, node)),
  });
  return aliases;
}

function plain(item: YAMLMap, parsed: Document): Readonly<Record<string, unknown>> {
  try {
    // Aliases are followed so often at most: each may double what the one before it holds.
    return item.toJS(parsed, { maxAliasCount: 100 }) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
}
