import { withoutReferences } from './characterReferences.ts';
import { withOpenEnds } from './datesForEngine.ts';
import { escapeHtml } from './html.ts';
import { escapeMarkdown } from './quotes.ts';

/** A formatted text in three forms. */
export interface Formatted {
  /** Pandoc's Markdown; what other Markdown knows of it reads the same there. */
  readonly markdown: string;
  readonly plain: string;
  readonly html: string;
}

type Mark = 'smallcaps' | 'bold' | 'italic' | 'sup' | 'sub';

const markdownOf: Readonly<Record<Mark, readonly [string, string]>> = {
  smallcaps: ['[', ']{.smallcaps}'],
  bold: ['**', '**'],
  italic: ['*', '*'],
  sup: ['^', '^'],
  sub: ['~', '~'],
};

const htmlOf: Readonly<Record<Mark, readonly [string, string]>> = {
  smallcaps: ['<span class="smallcaps">', '</span>'],
  bold: ['<strong>', '</strong>'],
  italic: ['<em>', '</em>'],
  sup: ['<sup>', '</sup>'],
  sub: ['<sub>', '</sub>'],
};

/** Emphasis as stand-ins, for what it is written with depends on what stands beside it. */
const commonOf: Readonly<Record<Mark, readonly [string, string]>> = {
  smallcaps: ['', ''],
  bold: ['\ue110', '\ue111'],
  italic: ['\ue112', '\ue113'],
  sup: ['<sup>', '</sup>'],
  sub: ['<sub>', '</sub>'],
};

/** Words or blanks that carry the same marks. */
interface Run {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** citeproc's HTML in our three forms. Addresses stay whole, so that they can be clicked and copied. */
export function formatted(html: string): Formatted {
  const runs = unmarkBlanks(runsOf(withOpenEnds(html)));
  return {
    markdown: escapeLineStart(write(runs, markdownOf, markdownText)),
    plain: runs.map(run => run.text).join(''),
    html: write(runs, htmlOf, run => escapeHtml(run.text)),
  };
}

/** Our own HTML as Markdown that programs read which know nothing of Pandoc: small capitals are plain, `^1^` is a tag. */
export function commonMarkdown(html: string): string {
  const text = write(unmarkBlanks(runsOf(html)), commonOf, run => (isBlank(run) ? run.text : markdownText(run)));
  // What stands within other marks first.
  return escapeLineStart(emphasised(emphasised(text)));
}

const emphasis = /(?<=(.?))([\ue110\ue112])([^\ue110-\ue113]*)[\ue111\ue113](?=(.?))/gsu;

/** Markdown reads no stars as emphasis between a letter and a mark of punctuation, nor beside other stars: there tags are written. */
function emphasised(text: string): string {
  return text.replace(emphasis, (_, before: string, mark: string, words: string, after: string) => {
    const [first = '', ...others] = words;
    const isRead = isEdge(before, first) && isEdge(after, others.at(-1) ?? first);
    const [star, tag] = mark === '\ue110' ? ['**', 'strong'] : ['*', 'em'];
    return isRead ? `${star}${words}${star}` : `<${tag}>${words}</${tag}>`;
  });
}

/** Whether stars between these characters begin or end emphasis. */
function isEdge(outer: string, inner: string): boolean {
  const isApart = /^\s?$/.test(outer) || (isPunctuation(outer) ? outer !== '*' : !isPunctuation(inner));
  return isApart && /^[^*\s\ue110-\ue113]$/u.test(inner);
}

function isPunctuation(char: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(char) && !/^[\ue110-\ue113]$/u.test(char);
}

function runsOf(html: string): Run[] {
  const runs: Run[] = [];
  const open: (readonly Mark[])[] = [[]];
  for (const [token] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const marks = open.at(-1) ?? [];
    if (token.startsWith('</')) {
      open.pop();
    } else if (token.startsWith('<')) {
      open.push(marksWithin(token, marks));
    } else {
      const words = withoutReferences(token).split(/(https?:\/\/[^\s<>]+|\s+)/);
      runs.push(...words.filter(word => word !== '').map(text => ({ text: /^\s/.test(text) ? blankOf(text) : text, marks })));
    }
  }
  return trim(join(runs));
}

/** Line ends are layout; a blank that must not break is the style's own. */
function blankOf(blanks: string): string {
  return /[\u00a0\u202f]/.exec(blanks)?.[0] ?? ' ';
}

/** Emphasis within emphasis stands upright: citeproc says so with `font-style:normal`. */
function marksWithin(tag: string, marks: readonly Mark[]): readonly Mark[] {
  const [, name = '', attributes = ''] = /^<(\w+)([^>]*)/.exec(tag) ?? [];
  const without = (mark: Mark): readonly Mark[] => marks.filter(each => each !== mark);
  const added = ({ i: 'italic', em: 'italic', b: 'bold', strong: 'bold', sup: 'sup', sub: 'sub' } as const)[name];
  if (added) {
    return [...without(added), added];
  }
  if (/font-variant:\s*small-caps/.test(attributes)) {
    return [...without('smallcaps'), 'smallcaps'];
  }
  if (/font-style:\s*normal/.test(attributes)) {
    return without('italic');
  }
  if (/font-weight:\s*normal/.test(attributes)) {
    return without('bold');
  }
  return /font-variant:\s*normal/.test(attributes) ? without('smallcaps') : marks;
}

/** Two blanks are one. Words with the same marks become one run, addresses stay apart: their characters are not escaped. */
function join(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const blanks = isBlank(run) && last !== undefined && isBlank(last);
    if (last && !blanks && sameMarks(last, run) && ![last, run].some(each => isBlank(each) || isAddress(each))) {
      joined[joined.length - 1] = { text: last.text + run.text, marks: last.marks };
    } else if (!blanks) {
      joined.push(run);
    }
  }
  return joined;
}

function trim(runs: readonly Run[]): Run[] {
  const first = runs.findIndex(run => !isBlank(run));
  const last = runs.findLastIndex(run => !isBlank(run));
  return runs.slice(Math.max(first, 0), last + 1);
}

/** `*in *` is no emphasis: a blank has only the marks of both its neighbours. */
function unmarkBlanks(runs: readonly Run[]): Run[] {
  return runs.map((run, index) =>
    isBlank(run) ? { ...run, marks: run.marks.filter(mark => runs[index - 1]?.marks.includes(mark) && runs[index + 1]?.marks.includes(mark)) } : run,
  );
}

function isBlank({ text }: Run): boolean {
  return /^\s/.test(text);
}

function isAddress({ text }: Run): boolean {
  return /^https?:\/\//.test(text);
}

function sameMarks(a: Run, b: Run): boolean {
  return a.marks.length === b.marks.length && a.marks.every((mark, index) => mark === b.marks[index]);
}

function write(runs: readonly Run[], marks: Readonly<Record<Mark, readonly [string, string]>>, text: (run: Run) => string): string {
  let out = '';
  let open: readonly Mark[] = [];
  for (const run of [...runs, { text: '', marks: [] }]) {
    const kept = open.findIndex((mark, index) => mark !== run.marks[index]);
    const common = kept < 0 ? open.length : kept;
    out += open.slice(common).reverse().map(mark => marks[mark][1]).join('');
    out += run.marks.slice(common).map(mark => marks[mark][0]).join('');
    out += text(run);
    open = run.marks;
  }
  return out;
}

function markdownText(run: Run): string {
  if (isAddress(run)) {
    return address(run.text);
  }
  // Pandoc ends a superscript at a blank that is not escaped.
  if (isBlank(run)) {
    return run.marks.some(mark => mark === 'sup' || mark === 'sub') ? '\\ ' : run.text;
  }
  // Behind a full stop nothing is taken for the start of a line, as a word here hardly ever is.
  return escapeMarkdown(`.${run.text}`).slice(1).replace(/&(?=#?\w+;)/g, '\\&');
}

/** Between angle brackets nothing is read as markup; an address that holds none needs no brackets. */
function address(url: string): string {
  const [, whole = url, stop = ''] = /^(.*?)([.,;:]*)$/.exec(url) ?? [];
  return /[*~^$[\]\\`@|]|--|\.\.\.|&#?\w+;|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u.test(whole) ? `<${whole}>${stop}` : url;
}

/** Headings, quotes and lists; `a) `, `iv. ` and `(1) ` begin lists in Pandoc, `A. ` before a single blank does not. */
function escapeLineStart(markdown: string): string {
  return markdown
    .replace(/^(?=#{1,6} |[-+] |>|\(\w{1,9}\) )/, '\\')
    .replace(/^(\d{1,9}[.)]|[a-z]{1,6}[.)]|[A-Z]{1,6}\)|#\.)(?= )/, start => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}
