/**
 * Better BibTeX's local HTTP, as its public documentation describes it: the picker (`citing/cayw`) and JSON-RPC
 * (`exporting/json-rpc`). Always on loopback.
 */

/** Why Zotero gave no answer: nothing there, something else there, or Better BibTeX says no. */
export type ZoteroFault =
  | { readonly kind: 'silent' | 'cancelled' | 'timeout' }
  | { readonly kind: 'not Better BibTeX'; readonly status: number }
  | { readonly kind: 'error'; readonly message: string };

export type ZoteroAnswer<T> = { readonly value: T } | { readonly fault: ZoteroFault };

interface Question {
  readonly url: string;
  readonly accept: string;
  readonly body?: string;
}

type Reply = { readonly status: number; readonly text: string } | { readonly failed: string };

/** Asks the web; `patience` is how long (ms) it may take. Never rejects. */
export type Ask = (question: Question, patience: number) => Promise<Reply>;

/** Zotero answers at once, but for the picker, in which the writer takes the time that it takes. */
const patience = 5000;
const patienceOfPicker = 600_000;

/** Talks with Better BibTeX at a port of this computer. */
export class BetterBibtex {
  readonly #base: string;
  readonly #ask: Ask;

  constructor(port: number, ask: Ask) {
    this.#base = `http://127.0.0.1:${port}/better-bibtex`;
    this.#ask = ask;
  }

  /** Whether the picker can be opened; opens nothing. */
  async probe(): Promise<ZoteroAnswer<true>> {
    const reply = await this.#get('cayw?probe=true', patience);
    if ('fault' in reply) {
      return reply;
    }
    return reply.value.trim() === 'ready' ? { value: true } : { fault: { kind: 'not Better BibTeX', status: 200 } };
  }

  /** Opens Zotero's picker; answers the citation in Pandoc's syntax, empty when the writer picked nothing. */
  async pick(): Promise<ZoteroAnswer<string>> {
    const reply = await this.#get('cayw?format=pandoc&brackets=true', patienceOfPicker);
    return 'fault' in reply ? reply : { value: reply.value.trim() };
  }

  async search(words: string): Promise<ZoteroAnswer<readonly ZoteroItem[]>> {
    const result = await this.#call('item.search', [words]);
    return 'fault' in result ? result : { value: itemsIn(result.value) };
  }

  async #get(path: string, time: number): Promise<ZoteroAnswer<string>> {
    const reply = await this.#ask({ url: `${this.#base}/${path}`, accept: 'text/plain' }, time);
    return textOf(reply);
  }

  async #call(method: string, params: readonly unknown[]): Promise<ZoteroAnswer<unknown>> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const text = textOf(await this.#ask({ url: `${this.#base}/json-rpc`, accept: 'application/json', body }, patience));
    return 'fault' in text ? text : resultOf(text.value);
  }
}

function textOf(reply: Reply): ZoteroAnswer<string> {
  if ('failed' in reply) {
    const kind = reply.failed === 'cancelled' || reply.failed === 'timeout' ? reply.failed : 'silent';
    return { fault: { kind } };
  }
  const { status, text } = reply;
  return status >= 200 && status < 300 ? { value: text } : { fault: { kind: 'not Better BibTeX', status } };
}

function resultOf(text: string): ZoteroAnswer<unknown> {
  try {
    const reply = JSON.parse(text) as { readonly result?: unknown; readonly error?: { readonly message?: unknown } } | null;
    if (reply?.error) {
      return { fault: { kind: 'error', message: String(reply.error.message ?? 'no reason given').slice(0, 300) } };
    }
    if (reply && 'result' in reply) {
      return { value: reply.result };
    }
  } catch {
    // No JSON: something else listens at that port.
  }
  return { fault: { kind: 'not Better BibTeX', status: 200 } };
}

/** What a list shows of an item. */
export interface ZoteroItem {
  readonly key: string;
  readonly title: string;
  readonly authors: string;
  readonly year: string;
  /** The library's name, where the item says it: a group's. */
  readonly library: string;
}

/** Items are CSL-JSON; the citekey's field has had two names. Those without a key can't be cited. */
function itemsIn(result: unknown): ZoteroItem[] {
  const found = new Map<string, ZoteroItem>();
  for (const each of Array.isArray(result) ? result : []) {
    const fields = (typeof each === 'object' && each !== null ? each : {}) as Readonly<Record<string, unknown>>;
    const key = wordsOf(fields['citation-key']) || wordsOf(fields['citekey']);
    if (isKey(key) && !found.has(key)) {
      const { title, author, issued, library } = fields;
      found.set(key, { key, title: wordsOf(title), authors: namesOf(author), year: yearOf(issued), library: wordsOf(library) });
    }
  }
  return [...found.values()];
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/<[^<>]*>/g, '').replace(/[\s\p{Cc}]+/gu, ' ').trim() : '';
}

/** A key that would break out of its citation is none. */
function isKey(key: string): boolean {
  return key !== '' && !/[\s{}[\]@;,]/.test(key);
}

function namesOf(value: unknown): string {
  const names = (Array.isArray(value) ? value : []).map(each => wordsOf((each as Readonly<Record<string, unknown>> | null)?.['family']) || wordsOf((each as Readonly<Record<string, unknown>> | null)?.['literal']));
  return names.filter(Boolean).slice(0, 3).join(', ');
}

function yearOf(value: unknown): string {
  const parts = (value as { readonly 'date-parts'?: unknown } | null | undefined)?.['date-parts'];
  const first: unknown = Array.isArray(parts) && Array.isArray(parts[0]) ? parts[0][0] : undefined;
  return typeof first === 'number' || typeof first === 'string' ? String(first) : '';
}
