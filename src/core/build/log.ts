/** What a tool said, and what of the manuscript it is about, if it tells. */
export interface ToolMessage {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly about?: About;
}

/** A citekey; a file that the manuscript names, percent-encoded or not; or a text, near a line (from 1) where the tool knows one. */
export type About =
  | { readonly kind: 'work'; readonly key: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text?: string; readonly line?: number };

/** An entry of Pandoc's log. */
interface Entry {
  readonly type?: unknown;
  readonly verbosity?: unknown;
  readonly message?: unknown;
  readonly contents?: unknown;
  readonly path?: unknown;
  readonly key?: unknown;
  readonly source?: unknown;
  readonly line?: unknown;
}

/**
 * The warnings and errors in what Pandoc's `--log` wrote, each once.
 *
 * @param input the manuscript as Pandoc was told its name: only lines of it are taken
 */
export function readPandocLog(json: string, input: string): readonly ToolMessage[] {
  const entries = parsed(json);
  const told = (Array.isArray(entries) ? (entries as (Entry | null)[]) : []).flatMap(entry => (entry ? messageOf(entry, input) : []));
  return once(told);
}

function messageOf(entry: Entry, input: string): ToolMessage[] {
  const severity = entry.verbosity === 'ERROR' ? 'error' : entry.verbosity === 'WARNING' ? 'warning' : undefined;
  if (!severity) {
    return [];
  }
  const about = aboutOf(entry, input);
  return [{ severity, message: wordsOf(entry), ...(about && { about }) }];
}

function aboutOf({ type, message, contents, path, key, source, line }: Entry, input: string): About | undefined {
  const work = type === 'CiteprocWarning' ? workIn(textOf(message)) : undefined;
  if (work !== undefined) {
    return { kind: 'work', key: work };
  }
  if (typeof path === 'string') {
    return { kind: 'file', path };
  }
  const text = textOf(contents) || textOf(key);
  // Inside lists and quotations Pandoc counts the lines anew, and calls the source a chunk.
  const isLine = typeof line === 'number' && (source === input || source === `./${input}`);
  return text !== '' || isLine ? { kind: 'text', ...(text !== '' && { text }), ...(isLine && { line }) } : undefined;
}

function workIn(message: string): string | undefined {
  return /\b(?:citation|reference) (\S+) not found/.exec(message)?.[1];
}

// As Pandoc words them at the terminal, but for the title's, which is long.
const words: Readonly<Record<string, string>> = {
  CiteprocWarning: 'Citeproc',
  CouldNotConvertTeXMath: 'Could not convert TeX math',
  CouldNotFetchResource: 'Could not fetch resource',
  CouldNotLoadIncludeFile: 'Could not load include file',
  DuplicateIdentifier: 'Duplicate identifier',
  DuplicateLinkReference: 'Duplicate link reference',
  DuplicateNoteReference: 'Duplicate note reference',
  NoTitleElement: 'The metadata has no title, which this format needs; the file’s name is taken for it',
  NoteDefinedButNotUsed: 'Note defined but not used',
  ReferenceNotFound: 'Reference not found',
};

function wordsOf({ type, message, contents, path, key }: Entry): string {
  const kind = textOf(type);
  const what = [path, contents, key].map(textOf).find(text => text !== '');
  const head = [words[kind] ?? apart(kind), what].filter(Boolean).join(' ');
  return [head, textOf(message).trim()].filter(Boolean).join(': ');
}

/** `NotUTF8Encoded` → `Not UTF8 encoded`. */
function apart(type: string): string {
  const [first = '', ...others] = type.split(/(?<=[a-z\d])(?=[A-Z])/);
  return [first, ...others.map(word => (/^[A-Z]{2}/.test(word) ? word : word.toLowerCase()))].join(' ');
}

/**
 * The warnings and errors in what Quarto's `--log` wrote as a stream of JSON, a line each, and what Pandoc says in them.
 * A line that is no JSON is left out.
 */
export function readQuartoLog(text: string): readonly ToolMessage[] {
  return once(text.split('\n').flatMap(line => ofQuarto(parsed(line))));
}

function ofQuarto(record: unknown): ToolMessage[] {
  const { msg, levelName } = (record ?? {}) as { readonly msg?: unknown; readonly levelName?: unknown };
  const level = textOf(levelName).toUpperCase();
  const message = textOf(msg).replace(/\x1b\[[\d;]*m/g, '').trim();
  const severity = /^(?:ERROR|CRITICAL)$/.test(level) ? 'error' : /^WARN/.test(level) || message.startsWith('[WARNING]') ? 'warning' : undefined;
  if (!severity || message === '') {
    return [];
  }
  const key = workIn(message);
  const path = missing.exec(message)?.[1];
  const about: About | undefined = key !== undefined ? { kind: 'work', key } : path !== undefined ? { kind: 'file', path } : undefined;
  return [{ severity, message: message.replace(/^(?:\[WARNING\]|WARN(?:ING)?:|ERROR:)\s*/, ''), ...(about && { about }) }];
}

const missing = new RegExp(String.raw`${words['CouldNotFetchResource']} ['"]?(.+?)['"]?(?::|$)`, 'm');

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Pandoc says what it says at each of several runs for one PDF. */
function once(messages: readonly ToolMessage[]): readonly ToolMessage[] {
  return [...new Map(messages.map(each => [JSON.stringify(each), each])).values()];
}
