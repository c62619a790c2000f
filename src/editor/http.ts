import type { NoAnswer, WebAnswer } from '../core/importing/ask.ts';

/** Milliseconds until a server has answered to the last byte. */
export const timeToAnswer = 15_000;

/** Bytes; a longer answer is cut off. */
export const mostBytes = 2_000_000;

export interface HttpRequest {
  readonly url: string;
  readonly accept: string;
  /** Sent by POST, as JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpLimits {
  /** Aborts when the writer cancels. */
  readonly signal?: AbortSignal;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Bytes. */
  readonly most?: number;
}

/**
 * Asks by the `fetch` that both extension hosts have; VS Code makes it follow the proxy settings. Never rejects. No cookies
 * and no referrer go out.
 */
export async function askWeb(request: HttpRequest, { signal, timeout = timeToAnswer, most = mostBytes }: HttpLimits = {}): Promise<WebAnswer> {
  const stop = new AbortController();
  let failed: NoAnswer | undefined;
  const end = (why: NoAnswer): void => {
    failed ??= why;
    stop.abort();
  };
  const cancel = (): void => end('cancelled');
  const timer = setTimeout(() => end('timeout'), timeout);
  signal?.addEventListener('abort', cancel);
  try {
    if (signal?.aborted) {
      return { failed: 'cancelled' };
    }
    const response = await fetch(request.url, optionsOf(request, stop.signal));
    const text = await textWithin(response, most);
    if (text === undefined) {
      end('too large');
      return { failed: 'too large' };
    }
    return { status: response.status, text };
  } catch (error) {
    return failed ? { failed } : reasonOf(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

function optionsOf({ accept, body, headers }: HttpRequest, signal: AbortSignal): RequestInit {
  return {
    headers: { Accept: accept, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { method: 'POST', body }),
    redirect: 'follow',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
  };
}

/** The text, or nothing where it is longer; no more is read then. */
async function textWithin(response: Response, most: number): Promise<string | undefined> {
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    return undefined;
  }
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const bytes = part.value as Uint8Array;
    size += bytes.length;
    if (size > most) {
      return undefined;
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

/** Node and Electron say of a ring of redirects what it is; a web worker is told nothing. */
function reasonOf(error: unknown): WebAnswer {
  const { message = '', cause } = (error ?? {}) as { message?: string; cause?: unknown };
  const inner = (cause ?? {}) as { message?: string; code?: string };
  const why = [inner.code, inner.message, message].find(Boolean) ?? String(error);
  const isRing = /redirect/i.test(`${message} ${inner.message ?? ''}`);
  return { failed: isRing ? 'redirects' : 'unreachable', why };
}
