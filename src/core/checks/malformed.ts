import { citekeyPattern } from '../citations.ts';
import type { Citation, Span } from '../reading.ts';
import { inOrder, locatorBehind, prefixWords } from './aroundCites.ts';
import type { BlockText } from './block.ts';
import type { Fix, Known, Problem } from './problem.ts';
import { checkSemicolons } from './semicolons.ts';

/** Citations that Pandoc reads in another way than they were meant, one kind after the other. */
export const malformedChecks: readonly ((view: BlockText, known: Known) => Problem[])[] = [
  checkUnclosed,
  checkUnclosedBehind,
  checkUnclosedKey,
  checkUnparted,
  checkDoubled,
  checkSemicolons,
  checkParted,
];

function malformed(start: number, end: number, message: string, ...fixes: readonly Fix[]): Problem {
  return { code: 'malformed-citation', start, end, message, fixes };
}

/** `[see @a, p. 3` to the paragraph's end. */
function checkUnclosed({ block, text }: BlockText): Problem[] {
  let next = 0;
  return inOrder(block.brackets).flatMap(bracket => {
    while (next < block.citations.length && block.citations[next]!.start <= bracket.start) {
      next += 1;
    }
    const citation = block.citations[next];
    const isOpen = !bracket.closed && citation?.kind === 'in-text' && !/[!^\\\]]/.test(text[bracket.start - 1] ?? '');
    if (
      !isOpen ||
      citation.start - bracket.start > 120 ||
      !prefixWords.test(text.slice(bracket.start + 1, citation.start))
    ) {
      return [];
    }
    const first = citation.end + locatorLength(text, citation.end);
    return [unclosed(bracket.start, endOfFurther(text, block.citations, first, next + 1), text)];
  });
}

/** `@a [p. 3` to the paragraph's end: without the `]` the words behind the key are none of the citation's. */
function checkUnclosedBehind({ block, text }: BlockText): Problem[] {
  const open = new Set(block.brackets.flatMap(({ start, closed }) => (closed ? [] : [start])));
  return block.citations.flatMap((citation, index) => {
    const start = citation.end + blanks.exec(text.slice(citation.end, citation.end + 10))![0].length;
    const end = start + 1 + locatorLength(text, start + 1);
    const isLocator = end > start + 1 && !/\p{L}/u.test(text[end] ?? '');
    return citation.kind === 'in-text' && !citation.brackets && open.has(start) && isLocator
      ? [unclosed(citation.start, endOfFurther(text, block.citations, end, index + 1), text)]
      : [];
  });
}

const blanks = /^\s*/;

function unclosed(start: number, end: number, text: string): Problem {
  // What follows may belong to the citation too, where it is not the sentence's end.
  const isPreferred = /^[.,;:!?\s]*$/.test(text.slice(end));
  const fix = { title: 'Close the brackets', edits: [{ start: end, end, text: ']' }], isPreferred };
  return malformed(start, end, 'This citation is not closed; put a ] behind its last cite.', fix);
}

/** Where the cites end that go on, parted by semicolons, behind what ends at `from`. `next` is the first that may. */
function endOfFurther(text: string, citations: readonly Citation[], from: number, next: number): number {
  let end = from;
  for (let index = next; index < citations.length; index += 1) {
    const citation = citations[index]!;
    const between = citation.start >= end && citation.start - end < 120 ? text.slice(end, citation.start) : '';
    if (!/^\s*;/.test(between) || !prefixWords.test(between.replace(/^\s*;/, ''))) {
      break;
    }
    end = citation.end + locatorLength(text, citation.end);
  }
  return end;
}

function locatorLength(text: string, end: number): number {
  return locatorBehind.exec(text.slice(end, end + 60))?.[0].length ?? 0;
}

/** `[@a @b]`, `[@a, @b]`, `[@a；@b]`: Pandoc takes the second for words about the first. */
function checkUnparted({ block, text }: BlockText): Problem[] {
  return block.citations.flatMap((citation, index) => {
    const problems: Problem[] = [];
    let at = index + 1;
    for (const { locator, mark, suffix } of citation.brackets ? citation.cites : []) {
      let end = locator?.end ?? mark.end;
      while ((block.citations[at]?.start ?? Infinity) < end) {
        at += 1;
      }
      for (; (block.citations[at]?.start ?? Infinity) < suffix.end; at += 1) {
        const nested = block.citations[at]!;
        if (nested.kind !== 'in-text' || !isUnparted(text.slice(end, nested.start))) {
          break;
        }
        problems.push(unparted(text, mark.start, end, nested));
        end = nested.end + locatorLength(text, nested.end);
      }
    }
    return problems;
  });
}

function isUnparted(between: string): boolean {
  return (
    between.length < 20 &&
    /^(?:\s*[,，、；/|+&]?\s*(?:(?:and|und|et|y)\s+)?|\s*\\&\s*)(?:(?<=\s)-)?$/.test(between) &&
    between !== ''
  );
}

function unparted(text: string, start: number, end: number, nested: Citation): Problem {
  const hyphen = text[nested.start - 1] === '-' ? '-' : '';
  const edits = [{ start: end, end: nested.start, text: `; ${hyphen}` }];
  const { brackets } = nested;
  if (brackets) {
    // `@b [p. 3]` is `@b, p. 3` inside brackets.
    const place = text.slice(brackets.start + 1, brackets.end - 1).trim();
    edits.push({ start: nested.cites[0]!.mark.end, end: brackets.end, text: place && `, ${place}` });
  }
  const isPreferred = !/\p{L}/u.test(text.slice(end, nested.start));
  const fix = { title: 'Put a semicolon between the cites', edits, isPreferred };
  const message =
    'A semicolon is missing between these cites; without it Pandoc takes the second for words about the first.';
  return malformed(start, nested.end, message, fix);
}

/** `[[@a]]`, unless it is the text of a link. */
function checkDoubled({ block, text }: BlockText): Problem[] {
  const ends = new Map(block.brackets.map(({ start, end, closed }) => [start, closed ? end : -1]));
  return block.citations
    .filter(({ kind, start, end }) => kind === 'group' && ends.get(start - 1) === end + 1)
    .filter(({ start, end }) => !/[!^\]]/.test(text[start - 2] ?? '') && !/[[({:]/.test(text[end + 1] ?? ''))
    .map(({ start, end }) => {
      const edits = [
        { start: start - 1, end: start, text: '' },
        { start: end, end: end + 1, text: '' },
      ];
      const fix = { title: 'Remove the outer brackets', edits, isPreferred: true };
      return malformed(start - 1, end + 1, 'The brackets are doubled and would be printed; one pair is enough.', fix);
    });
}

// Behind the whole of the key no `}` stands before a blank.
const unclosedKey = new RegExp(
  String.raw`(?<![\p{L}\p{N}_\\])@\{(?=(${citekeyPattern}))\1(?![^\s{}]{0,1000}\})`,
  'gu',
);

/** `@{key`, where there is such an entry, or a year shows that one is meant. */
function checkUnclosedKey({ block, text }: BlockText, known: Known): Problem[] {
  if (!text.includes('@{')) {
    return [];
  }
  const isProse = outsideOf(block.opaque);
  return Array.from(text.matchAll(unclosedKey)).flatMap(match => {
    const [whole, key = ''] = match;
    const [start, end] = [match.index, match.index + whole.length];
    if (!isProse(start) || !(known.has(key) || /\d{4}[a-z]?$/.test(key))) {
      return [];
    }
    const isPreferred = !/^[^{}\n]*\}/.test(text.slice(end, end + 200));
    const fix = { title: 'Close the braces', edits: [{ start: end, end, text: '}' }], isPreferred };
    return [malformed(start, end, `The braces around ${key} are not closed; without } this is no citation.`, fix)];
  });
}

/** Tells of ascending offsets whether each stands outside of the spans, which are in order. */
function outsideOf(spans: readonly Span[]): (offset: number) => boolean {
  let next = 0;
  return offset => {
    while (next < spans.length && spans[next]!.end <= offset) {
      next += 1;
    }
    return (spans[next]?.start ?? Infinity) > offset;
  };
}

const partedKey = new RegExp(String.raw`(?<![\p{L}\p{N}_\\@./-])-?@[ \t]((?=[^\s]*\d)${citekeyPattern})`, 'gu');

/** `@ feder2021`, where there is such an entry. */
function checkParted({ block, text }: BlockText, known: Known): Problem[] {
  if (!text.includes('@ ') && !text.includes('@\t')) {
    return [];
  }
  const isProse = outsideOf(block.opaque);
  return Array.from(text.matchAll(partedKey)).flatMap(match => {
    const [whole, key = ''] = match;
    const [start, end] = [match.index, match.index + whole.length];
    if (!known.has(key) || !isProse(start)) {
      return [];
    }
    const edits = [{ start: end - key.length - 1, end: end - key.length, text: '' }];
    const fix = { title: 'Remove the blank', edits, isPreferred: true };
    return [malformed(start, end, `A blank stands between @ and ${key}; without it this is a citation.`, fix)];
  });
}
