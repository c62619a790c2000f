import { Char } from './chars.ts';

/** For each opening mark the offset after its closing one. */
export function matchingPairs(text: string, open: string, close: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const opened: number[] = [];
  const [opens, closes] = [open.charCodeAt(0), close.charCodeAt(0)];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === Char.backslash) {
      at += 1;
    } else if (code === opens) {
      opened.push(at);
    } else if (code === closes && opened.length > 0) {
      pairs.set(opened.pop()!, at + 1);
    }
  }
  return pairs;
}
