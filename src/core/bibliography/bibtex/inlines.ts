import type { Mark } from './commands.ts';

/** A piece of a decoded value. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'space' }
  | { readonly kind: Mark; readonly inside: readonly Inline[] };

/** The words of inlines. */
export function plain(inlines: readonly Inline[]): string {
  return joined(inlines).trim();
}

function joined(inlines: readonly Inline[]): string {
  let text = '';
  for (const inline of inlines) {
    text += inline.kind === 'text' ? inline.text : inline.kind === 'space' ? ' ' : joined(inline.inside);
  }
  return text;
}

const tags: Readonly<Partial<Record<Mark, readonly [string, string]>>> = {
  italic: ['<i>', '</i>'],
  bold: ['<b>', '</b>'],
  smallcaps: ['<span style="font-variant:small-caps;">', '</span>'],
  sup: ['<sup>', '</sup>'],
  sub: ['<sub>', '</sub>'],
  nocase: ['<span class="nocase">', '</span>'],
};

/** Inlines as CSL's rich text. */
export function rich(inlines: readonly Inline[]): string {
  return tagged(inlines).trim();
}

function tagged(inlines: readonly Inline[]): string {
  let text = '';
  for (const inline of inlines) {
    if (inline.kind === 'text') {
      text += inline.text;
    } else if (inline.kind === 'space') {
      text += ' ';
    } else {
      const inside = tagged(inline.inside);
      const tag = inside === '' ? undefined : tags[inline.kind];
      text += tag ? tag[0] + inside + tag[1] : inside;
    }
  }
  return text;
}
