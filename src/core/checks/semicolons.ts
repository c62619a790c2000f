import { referenceEnd } from '../characterReferences.ts';
import type { Bracket, Citation, Span } from '../reading.ts';
import { inOrder, locatorBehind, prefixWords } from './aroundCites.ts';
import type { BlockText } from './block.ts';
import type { Problem } from './problem.ts';

/** What stands between two semicolons of a pair of brackets. */
interface Part extends Span {
  readonly text: string;
  /** The mark of its first cite. */
  readonly mark?: Span;
  /** Whether it looks like one cite of several, and not like a sentence. */
  readonly isCite: boolean;
}

/** `[@a; ]`, `[@a, p. 3; emphasis added]`, `@a [p. 3; in press]`: where a semicolon parts off what is no cite, Pandoc reads no citation. */
export function checkSemicolons(view: BlockText): Problem[] {
  const { block, text } = view;
  if (!text.includes(';')) {
    return [];
  }
  const groups = new Set(block.citations.map(({ brackets }) => brackets?.start));
  const isAsked = ({ closed, start, end }: Bracket): boolean =>
    closed &&
    !groups.has(start) &&
    end - start < longestGroup &&
    !/[!^\]]/.test(text[start - 1] ?? '') &&
    !/[[({:]/.test(text[end] ?? '') &&
    text.slice(start, end).includes(';');
  const around = bracketsAround(block.brackets, block.citations).filter(isAsked);
  const behind = bracketsBehind(view).filter(isAsked);
  if (around.length + behind.length === 0) {
    return [];
  }
  const parts = new Parts(view);
  return [
    ...around.flatMap(bracket => problemsIn(bracket, parts.of(bracket))),
    // The place of an in-text cite is what its brackets begin with.
    ...behind.flatMap(bracket => problemsIn(bracket, withPlace(parts.of(bracket)))),
  ];
}

function withPlace([first, ...others]: readonly Part[]): readonly Part[] {
  return [{ ...first!, isCite: true }, ...others];
}

function problemsIn({ start, end }: Bracket, parts: readonly Part[]): Problem[] {
  const full = parts.filter(part => part.text !== '');
  const words = full.filter(part => !isOfCite(part));
  const hasWords = words.length > 0;
  // Beside words, cites that go on as a sentence does are prose.
  const isProse = hasWords && full.some(({ mark, isCite }) => mark && !isCite);
  // What another check tells of: `@{key`, whose braces are not closed.
  const isBroken = words.some(part => openKey.test(part.text));
  if (!full.some(isOfCite) || isProse || isBroken || (!hasWords && full.length === parts.length)) {
    return [];
  }
  const title = hasWords ? 'Replace the semicolon by a comma' : 'Remove the semicolon';
  const fix = { title, edits: [{ start: start + 1, end: end - 1, text: joined(full) }], isPreferred: !hasWords };
  const message = hasWords
    ? 'There is no cite on one side of a semicolon, so Pandoc reads no citation in these brackets. Use a comma in its place.'
    : 'No cite stands beside one of the semicolons; remove it, or Pandoc reads no citation.';
  return [{ code: 'malformed-citation', start, end, message, fixes: [fix] }];
}

function isOfCite({ mark, isCite }: Part): boolean {
  return mark !== undefined || isCite;
}

/** Words go on with the cite before them by a comma; those before the first cite are its prefix. */
function joined([first, ...others]: readonly Part[]): string {
  let { text } = first!;
  let isBegun = isOfCite(first!);
  for (const part of others) {
    text += `${isBegun && isOfCite(part) ? ';' : ','} ${part.text}`;
    isBegun ||= isOfCite(part);
  }
  return text;
}

const longestGroup = 2000;
const openKey = /(?:^|[^\p{L}\p{N}\\])@\{/u;

/** The text of brackets, parted at their own semicolons: not at those in code, links or further brackets. */
class Parts {
  readonly #text: string;
  readonly #skipped: ReadonlyMap<number, number>;
  readonly #marks: readonly Span[];

  constructor({ block, text }: BlockText) {
    this.#text = text;
    this.#skipped = new Map([...block.opaque, ...block.brackets.filter(({ closed }) => closed)].map(span => [span.start, span.end]));
    this.#marks = block.citations.map(({ cites }) => cites[0]!.mark);
  }

  of({ start, end }: Bracket): readonly Part[] {
    const text = this.#text;
    const ends: number[] = [];
    for (let at = start + 1; at < end - 1; ) {
      if (text[at] === ';') {
        ends.push(at);
      }
      at = text[at] === '\\' ? at + 2 : (this.#skipped.get(at) ?? referenceEnd(text, at) ?? at + 1);
    }
    return [...ends, end - 1].map((to, index) => this.#part(index === 0 ? start + 1 : ends[index - 1]! + 1, to));
  }

  #part(start: number, end: number): Part {
    const mark = this.#marks[firstFrom(this.#marks, start)];
    const own = mark && mark.end <= end ? mark : undefined;
    const words = this.#text.slice(start, end).trim();
    return own ? { start, end, text: words, mark: own, isCite: this.#isCite(start, own, end) } : { start, end, text: words, isCite: false };
  }

  /** A few words, the mark, and a locator, a comma or nothing after it. In a sentence other words follow. */
  #isCite(start: number, mark: Span, end: number): boolean {
    const rest = this.#text.slice(mark.end, end).trim();
    return prefixWords.test(this.#text.slice(start, mark.start)) && (/^(?:$|[,.:[({\d])/.test(rest) || locatorBehind.test(rest));
  }
}

/** The index of the first span that does not begin before an offset. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Those after an in-text cite that begin with a locator. */
function bracketsBehind({ block, text }: BlockText): Bracket[] {
  const byStart = new Map(block.brackets.map(bracket => [bracket.start, bracket]));
  return block.citations.flatMap(({ kind, brackets, end }) => {
    const bracket = kind === 'in-text' && !brackets ? byStart.get(end + blanks.exec(text.slice(end, end + 10))![0].length) : undefined;
    return bracket && locatorBehind.test(text.slice(bracket.start + 1, bracket.start + 60)) ? [bracket] : [];
  });
}

const blanks = /^\s*/;

/** The innermost brackets around in-text citations, each once. */
function bracketsAround(all: readonly Bracket[], citations: readonly Citation[]): Bracket[] {
  const brackets = inOrder(all);
  const around = new Set<Bracket>();
  const open: Bracket[] = [];
  let next = 0;
  for (const citation of citations.filter(({ kind }) => kind === 'in-text')) {
    for (; next < brackets.length && brackets[next]!.start < citation.start; next += 1) {
      open.push(brackets[next]!);
    }
    while (open.length > 0 && open.at(-1)!.end <= citation.start) {
      open.pop();
    }
    const innermost = open.at(-1);
    if (innermost) {
      around.add(innermost);
    }
  }
  return [...around];
}
