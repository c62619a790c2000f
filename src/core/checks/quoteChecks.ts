import { wordingRemark } from '../quotes.ts';
import type { OpaqueSpan, Span } from '../reading.ts';
import type { Quote, Entry } from '../study.ts';
import { Aligner, type Sequence } from './align.ts';
import { textOf, type BlockText } from './block.ts';
import { compare, type Comparison, type Stretch } from './compare.ts';
import { isFindingQuoted } from './findings.ts';
import { restoring } from './mend.ts';
import { noteMarks } from './notes.ts';
import { Passages, type Passage } from './passages.ts';
import type { Fix, Known, Problem } from './problem.ts';
import { quotationsIn } from './quotations.ts';
import { wordsOfMarkdown } from './words.ts';

/** Words that may be a quotation: in quotation marks, whose span then holds them, or standing in a block quote. */
interface Candidate extends Span {
  readonly words: Span;
  readonly inMarks: boolean;
}

interface Judged {
  readonly passage: Passage;
  readonly comparison: Comparison;
}

/** Longer stretches are no quotation but a mark that was not closed; shorter ones may come from anywhere. */
const mostWords = 1000;
const fewestCharacters = 15;

/** Compares the quotations of a block with the words of the studies that it cites. */
export class QuoteChecks {
  readonly #known: Known;
  readonly #passages = new Passages();
  readonly #aligner = new Aligner();

  constructor(known: Known) {
    this.#known = known;
  }

  /** `further` are keys cited in the block's footnotes, and beside a block quote: in its introduction, or below it. */
  of(view: BlockText, further: readonly string[]): Problem[] {
    const keys = [...view.block.citations.flatMap(({ cites }) => cites.map(({ key }) => key)), ...further];
    const studies = new Set([...new Set(keys)].flatMap(key => this.#known.study(key) ?? []));
    if (studies.size === 0) {
      return [];
    }
    studies.forEach(study => this.#passages.of(study));
    const skipped = skippedIn(view, ({ kind }) => kind !== 'math' && kind !== 'code');
    const problems: Problem[] = [];
    let end = 0;
    for (const candidate of candidatesIn(view)) {
      // What stands in a quotation that is one of ours is judged with it.
      const found = candidate.start >= end ? this.#judge(view.text, candidate, skipped, studies) : undefined;
      if (found) {
        problems.push(...found);
        end = candidate.end;
      }
    }
    return problems;
  }

  #judge(
    text: string,
    candidate: Candidate,
    skipped: readonly Span[],
    studies: ReadonlySet<Entry>,
  ): Problem[] | undefined {
    const words = wordsOfMarkdown(text, candidate.words, skipped);
    if (words.length > mostWords) {
      return undefined;
    }
    const here = this.#passages.sequence(text, words);
    const resembling = this.#passages.resembling(here, studies);
    const nearest = this.#nearest(here, resembling);
    if (nearest) {
      return this.#problems(text, candidate, here, nearest);
    }
    const finding = resembling.find(passage => !passage.quote && isFindingQuoted(this.#aligner, here, passage));
    return finding && candidate.inMarks ? [findingQuoted(candidate, finding)] : undefined;
  }

  /** The quote that it is, or else the one that it nearly is. */
  #nearest(here: Sequence, passages: readonly Passage[]): Judged | undefined {
    let nearest: Judged | undefined;
    for (const passage of passages.filter(({ quote }) => quote)) {
      const comparison = compare(this.#aligner, here, passage);
      if (comparison?.differences.length === 0) {
        return { passage, comparison };
      }
      if (comparison && !(nearest && nearest.comparison.score >= comparison.score)) {
        nearest = { passage, comparison };
      }
    }
    return nearest;
  }

  #problems(text: string, candidate: Candidate, here: Sequence, { passage, comparison }: Judged): Problem[] {
    const quote = passage.quote!;
    if (this.#isAsPrinted(textOf(text, candidate.words), here, passage)) {
      return [];
    }
    if (comparison.differences.length > 0) {
      return [differs(here, passage, quote, comparison)];
    }
    const remark = wordingRemark(quote);
    const span = candidate.inMarks ? candidate : spanOf(here, comparison.here);
    return remark
      ? [{ code: 'quote-unconfirmed', ...only(span), message: remark, fixes: [], key: passage.study.id }]
      : [];
  }

  /** Whether the writer has taken the words from print, where the record's own differ from it. */
  #isAsPrinted(words: string, here: Sequence, { printed }: Passage): boolean {
    if (
      !printed?.forms.some(([print]) => words.includes(print)) ||
      printed.forms.some(([, ours]) => words.includes(ours))
    ) {
      return false;
    }
    return compare(this.#aligner, here, printed)?.differences.length === 0;
  }
}

/** Block quotes first, then what stands in quotation marks, outer before inner. */
function candidatesIn({ block, text }: BlockText): Candidate[] {
  const starts = new Set([...block.citations, ...noteMarks({ block, text })].map(({ start }) => start));
  const quotations = quotationsIn(text, skippedIn({ block, text }), starts).map(each => ({ ...each, inMarks: true }));
  const candidates = [...(block.inQuote ? betweenCitations({ block, text }) : []), ...quotations];
  return candidates
    .filter(({ words }) => words.end - words.start >= fewestCharacters)
    .sort((a, b) => a.start - b.start);
}

// The marks before a block's first word: `- > `, `[^1]: `.
const containers = /^(?:[\s>]|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]+\]:)*/;

/** A block quote ends in its citation, or begins with it. */
function betweenCitations({ block, text }: BlockText): Candidate[] {
  const bounds = [...block.citations, { start: text.length, end: text.length }];
  let from = containers.exec(text)![0].length;
  return bounds.flatMap(({ start, end }) => {
    const span = { start: from, end: Math.max(start, from) };
    from = Math.max(from, end);
    return span.end > span.start ? [{ ...span, words: span, inMarks: false }] : [];
  });
}

/** Citations, and what is no prose; formulas and code between quotation marks may be words of the quotation. */
function skippedIn({ block }: BlockText, skips: (span: OpaqueSpan) => boolean = () => true): Span[] {
  return [...block.opaque.filter(skips), ...block.citations].sort((a, b) => a.start - b.start);
}

function differs(here: Sequence, passage: Passage, quote: Quote, comparison: Comparison): Problem {
  const { id } = passage.study;
  const has = quote.match === 'exact' ? 'print has' : 'the quote on record has';
  const remark = wordingRemark(quote);
  const edits = restoring(here, passage, comparison);
  const cure = 'Restore the source’s wording, or mark what you changed with […] or [brackets].';
  const isPreferred = quote.match === 'exact';
  return {
    code: 'quote-differs',
    ...rangeOf(here, comparison),
    message: `This quotation differs from ${id}: ${told(here, passage, comparison, has)}. ${remark ? `${remark} ` : ''}${cure}`,
    fixes: edits ? [{ title: `Restore the wording of ${id}`, edits, isPreferred } satisfies Fix] : [],
    key: id,
  };
}

const mostTold = 3;

function told(here: Sequence, print: Sequence, { differences }: Comparison, has: string): string {
  const parts = differences.slice(0, mostTold).map(difference => {
    const isPunctuation = difference.isPunctuation ? 1 : 0;
    const [ours, theirs] = [difference.here, difference.print].map(({ from, to }) => ({
      from: from - isPunctuation,
      to: to + isPunctuation,
    })) as [Stretch, Stretch];
    const [inPrint, written] = [wording(print, theirs), wording(here, ours)];
    return inPrint === ''
      ? `${has} no ‘${written}’ there`
      : written === ''
        ? `${has} ‘${inPrint}’, which is missing here`
        : `${has} ‘${inPrint}’, here ‘${written}’`;
  });
  const more = differences.length - parts.length;
  return `${parts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const mostWordsTold = 8;

function wording({ text, words }: Sequence, { from, to }: Stretch): string {
  if (from >= to) {
    return '';
  }
  const shown = (start: number, end: number): string =>
    text
      .slice(words[start]!.start, words[end - 1]!.end)
      .replace(/[ \t]*\r?\n[ \t]*(?:>[ \t]?)*/g, ' ')
      .replace(/[*\\]/g, '');
  return to - from > mostWordsTold ? `${shown(from, from + 3)} … ${shown(to - 3, to)}` : shown(from, to);
}

/** From the first word that differs to the last; where words are missing, those around the gap. */
function rangeOf(here: Sequence, { differences }: Comparison): Span {
  const spans = differences.map(({ here: { from, to } }) =>
    from < to ? spanOf(here, { from, to }) : spanOf(here, { from: from - 1, to: to + 1 }),
  );
  return { start: spans[0]!.start, end: spans.at(-1)!.end };
}

function spanOf({ words }: Sequence, { from, to }: Stretch): Span {
  return { start: words[Math.max(from, 0)]!.start, end: words[Math.min(to, words.length) - 1]!.end };
}

function findingQuoted(candidate: Candidate, { study }: Passage): Problem {
  const { start, end, words } = candidate;
  const edits = [
    { start, end: words.start, text: '' },
    { start: words.end, end, text: '' },
  ];
  return {
    code: 'finding-quoted',
    ...only(candidate),
    message: `These are this extension’s words on ${study.id}, not the authors’; take them out of the quotation marks.`,
    fixes: [{ title: 'Remove the quotation marks', edits, isPreferred: true }],
    key: study.id,
  };
}

function only({ start, end }: Span): Span {
  return { start, end };
}
