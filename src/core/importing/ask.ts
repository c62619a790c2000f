import type { CslItem } from '../study.ts';
import { readAnswer, type AnswerFault } from './answer.ts';
import type { WorkId } from './identify.ts';
import type { RegistryRequest } from './registry.ts';

/** Why no answer came. */
export type NoAnswer = 'cancelled' | 'timeout' | 'too large' | 'redirects' | 'unreachable';

/** What came back for a request. */
export type WebAnswer = { readonly status: number; readonly text: string } | { readonly failed: NoAnswer; readonly why?: string };

/** Asks the web: the only way out, given by whoever may use it. Never rejects. */
export type Web = (request: { readonly url: string; readonly accept: string }) => Promise<WebAnswer>;

export type AskFault =
  | AnswerFault
  | { readonly kind: NoAnswer; readonly why?: string }
  | { readonly kind: 'unknown' | 'busy' }
  | { readonly kind: 'refused' | 'broken'; readonly status: number };

/** Asks a registry for a work. */
export async function askFor(asked: WorkId, { url, accept }: RegistryRequest, web: Web): Promise<CslItem | { readonly fault: AskFault }> {
  const answer = await web({ url, accept });
  if ('failed' in answer) {
    return { fault: { kind: answer.failed, ...(answer.why !== undefined && { why: answer.why }) } };
  }
  const { status, text } = answer;
  if (status >= 200 && status < 300) {
    const read = readAnswer(text, asked);
    // NCBI answers `[]` or `{}` for a number that is none.
    return 'fault' in read && read.fault.kind === 'no item' ? { fault: { kind: 'unknown' } } : read;
  }
  if (status === 404 || status === 410) {
    return { fault: { kind: 'unknown' } };
  }
  return { fault: status === 429 || status === 503 ? { kind: 'busy' } : { kind: status >= 500 ? 'broken' : 'refused', status } };
}
