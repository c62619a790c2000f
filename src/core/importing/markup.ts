import { withoutReferences } from '../characterReferences.ts';

/**
 * Texts of registries: JATS, MathML and HTML stand in them, entities escaped once or twice, control characters. What is
 * kept is CSL's own markup, in pairs and without attributes: `<i> <b> <sup> <sub> <sc>` and `<span class="nocase">`.
 */

// Controls; marks that turn the direction of what follows; noncharacters.
const unseen = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu;

/** One line of plain text. */
export function plainText(text: string): string {
  return oneLine(withoutTags(decode(text)));
}

/** One line with CSL's markup. */
export function markedText(text: string): string {
  // A tag that is left out may leave another: `<<b>script>`.
  return oneLine(repeated(decode(text), each => paired(withoutOthers(each))));
}

function oneLine(text: string): string {
  return text.replace(/\p{Cs}/gu, '').normalize('NFC').replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}

/** Decodes twice, because registries hold `&amp;lt;i&amp;gt;` too. */
function decode(text: string): string {
  return decodeOnce(decodeOnce(text));
}

/** A reference to the character 0 has no meaning. */
function decodeOnce(text: string): string {
  return withoutReferences(text.replace(/&#(?:0+|x0+);/gi, ''));
}

/** `p < 0.05` is no tag. Taking one away may leave another: `<<b>script>`. */
function withoutTags(text: string): string {
  return repeated(text, each => each.replace(/<[a-z/!?][^<>]*>/gi, ''));
}

/** The names of CSL's tags, by what is met with. */
const names: Readonly<Record<string, string>> = {
  i: 'i', em: 'i', italic: 'i', b: 'b', strong: 'b', bold: 'b', sup: 'sup', sub: 'sub', sc: 'sc', scp: 'sc', span: 'span',
};

/** Our tags between marks that no text has; all others are left out. */
function withoutOthers(text: string): string {
  return text.replace(/[\ue000\ue001]/g, '').replace(/<[a-z/!?][^<>]*>/gi, canonical);
}

function canonical(tag: string): string {
  const [, slash = '', written = '', attributes = ''] = /^<(\/?)(?:jats:)?(\w+)([^<>]*)>$/i.exec(tag) ?? [];
  const name = Object.hasOwn(names, written.toLowerCase()) ? names[written.toLowerCase()]! : '';
  // Of spans CSL knows this one, and one for small capitals, which is the same as `<sc>`.
  const isOther = name === '' || attributes.trim() === '/' || (name === 'span' && slash === '' && !attributes.includes('nocase'));
  return isOther ? '' : `\ue000${slash}${name}\ue001`;
}

function repeated(text: string, change: (text: string) => string): string {
  let now = text;
  // Each turn takes at least a pair of brackets away; text of nothing but brackets must not take forever.
  for (let turn = 0; turn < 10; turn += 1) {
    const next = change(now);
    if (next === now) {
      return now;
    }
    now = next;
  }
  return now.replace(/[<>]/g, '');
}

/** Tags in pairs that don't cross; one without its partner is left out. */
function paired(text: string): string {
  const parts = text.split(/(\ue000[^\ue001]*\ue001)/);
  const open: { readonly name: string; readonly at: number }[] = [];
  const whole = new Set<number>();
  parts.forEach((part, at) => {
    const [, slash, name] = /^\ue000(\/?)(\w+)\ue001$/.exec(part) ?? [];
    if (name && !slash) {
      open.push({ name, at });
    } else if (name && open.at(-1)?.name === name) {
      whole.add(open.pop()!.at).add(at);
    }
  });
  return parts.map((part, at) => (part.startsWith('\ue000') ? (whole.has(at) ? written(part) : '') : part)).join('');
}

function written(mark: string): string {
  return mark.replace('\ue000', '<').replace('\ue001', '>').replace(/^<(span|sc)>$/, (_, name) => openings[name as keyof typeof openings]);
}

const openings = { span: '<span class="nocase">', sc: '<sc>' };
