/** CSL's markup, as `<i>in vivo</i>`, `<sc>` and the two spans that CSL knows. */
export type CslTag = 'i' | 'b' | 'sup' | 'sub' | 'sc' | 'nocase';

/** The first part of a text that has markup. */
export interface MarkedPart {
  readonly tag: CslTag;
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

const part = /<(?:(i|b|su[bp]|sc)|(span) (?:class="(nocase)"|style="font-variant: ?small-caps;?"))>(.*?)<\/\1\2>/s;

/** Nothing where no tag has its end: one without it is text. */
export function markedPart(text: string): MarkedPart | undefined {
  const found = part.exec(text);
  if (!found) {
    return undefined;
  }
  const [whole, tag, , nocase, inner = ''] = found;
  return { tag: (tag ?? nocase ?? 'sc') as CslTag, inner, start: found.index, end: found.index + whole.length };
}
