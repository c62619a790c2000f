import type { Engine } from 'citeproc';

/** The engine counts a work as cited before, and prints the short form of its names. */
const subsequent = 1;

/** How sentences name works, `Feder et al.`, kept as long as nothing else is needed to tell a work from others. */
export class NamesInText {
  readonly #hasShort: boolean;
  readonly #kept = new Map<string, { readonly of: string; readonly names: string }>();

  /** @param hasShort whether the style prints fewer names of a work that was cited before */
  constructor(hasShort: boolean) {
    this.#hasShort = hasShort;
  }

  /** As HTML; empty in a style that prints no names, or for a work without any. */
  of(engine: Engine, id: string, isNew: boolean): string {
    const isShort = this.#hasShort && !isNew;
    const place = `${isShort} ${id}`;
    const of = JSON.stringify(engine.registry.registry[id]?.disambig);
    const kept = this.#kept.get(place);
    if (kept?.of === of) {
      return kept.names;
    }
    const names = this.#print(engine, id, isShort);
    this.#kept.set(place, { of, names });
    return names;
  }

  #print(engine: Engine, id: string, isShort: boolean): string {
    const cite = { id, ...(isShort && { position: subsequent }) };
    const names = engine.makeCitationCluster([{ ...cite, 'author-only': true }]).replace('[NO_PRINTED_FORM]', '').trim();
    return names === '' ? names : asMarked(names, engine.makeCitationCluster([cite]));
  }

  forget(): void {
    this.#kept.clear();
  }
}

/** Alone, names have lost the emphasis of `et al.`, and a title in their place its quotation marks: as they are in the whole citation. */
function asMarked(names: string, whole: string): string {
  const plain = whole.replace(/<[^>]*>/g, '');
  const start = plain.indexOf(names.replace(/<[^>]*>/g, ''));
  if (start < 0) {
    return names;
  }
  const end = start + names.replace(/<[^>]*>/g, '').length;
  const [close = ''] = /(?<=^[,.]?)[”’»“]/.exec(plain.slice(end, end + 2)) ?? [];
  const isQuoted = close !== '' && /[“‘«„]/.test(plain[start - 1] ?? '');
  const marked = sliceOf(whole, start, end);
  return isQuoted ? `${plain[start - 1]}${marked}${close}` : marked;
}

/** The characters `[start, end)` of a text with tags, counted without them, with the tags that are open there. */
function sliceOf(html: string, start: number, end: number): string {
  let at = 0;
  let out = '';
  for (const [token] of html.matchAll(/<[^>]*>|[^<]/g)) {
    const isTag = token.length > 1;
    const isWithin = isTag ? start < at && at < end : start <= at && at < end;
    if (at === start && !isTag) {
      out = openAt(html, start).join('');
    }
    out += isWithin ? token : '';
    at += isTag ? 0 : 1;
  }
  return out + openAt(html, end - 1).reverse().map(tag => `</${/\w+/.exec(tag)![0]}>`).join('');
}

/** The tags that are open before a character. */
function openAt(html: string, character: number): string[] {
  const open: string[] = [];
  let at = 0;
  for (const [token] of html.matchAll(/<[^>]*>|[^<]/g)) {
    if (token.startsWith('</')) {
      open.pop();
    } else if (token.length > 1) {
      open.push(token);
    } else if (at === character) {
      break;
    } else {
      at += 1;
    }
  }
  return open;
}
