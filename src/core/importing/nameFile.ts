import { insideFences } from '../frontMatter.ts';
import type { Span } from '../reading.ts';
import { lineEndOf, type Addition } from './layout.ts';

/** Names a bibliography in a manuscript's metadata, which is made where there is none. */
export function nameBibliography(text: string, frontMatter: Span | undefined, file: string): Addition {
  const eol = lineEndOf(text);
  const line = `bibliography: ${/^[\p{L}\p{N}_./][\p{L}\p{N}_./ -]*(?<! )$/u.test(file) ? file : JSON.stringify(file)}`;
  if (!frontMatter) {
    const offset = text.startsWith('\ufeff') ? 1 : 0;
    return { offset, insert: `---${eol}${line}${eol}---${eol}${text.length > offset ? eol : ''}` };
  }
  const { end } = insideFences(text, frontMatter);
  return { offset: end, insert: `${line}${eol}` };
}
