import { locatorIn } from '../markdown/locators.ts';
import type { Cite, Locator } from '../reading.ts';
import { textOf, type BlockText } from './block.ts';
import { articlePages, isReversed, isWithin, parsePages, type PageRange } from './pages.ts';
import type { Fix, Known, Problem } from './problem.ts';

/** Pages cited that run backwards, or that lie outside the pages which the record gives for the article. */
export function checkLocators({ block, text }: BlockText, known: Known): Problem[] {
  return block.citations.flatMap(({ cites }) =>
    cites.flatMap(cite => pagesOf(cite, text).flatMap(locator => checkPages(cite, locator, text, known))),
  );
}

/** Of `chap. 2, fig. 3, p. 4` Pandoc takes the first for the locator and prints what follows; so many are looked at. */
const mostLocators = 4;
const longestLocator = 200;

/** The pages that a cite names: for its locator, or behind it with a label of their own. */
function pagesOf({ locator, suffix }: Cite, text: string): Locator[] {
  const found: Locator[] = [];
  for (let next = locator, count = 0; next && count < mostLocators; count += 1) {
    if (next.label === 'page' && (count === 0 || next.labelSpan.start < next.labelSpan.end)) {
      found.push(next);
    }
    next = locatorIn(text, { start: next.end, end: Math.min(suffix.end, next.end + longestLocator) });
  }
  return found;
}

function checkPages(cite: Cite, locator: Locator, text: string, known: Known): Problem[] {
  const cited = parsePages(textOf(text, locator.value));
  if (!cited) {
    return [];
  }
  const csl = known.study(cite.key)?.csl;
  const article = articlePages(csl?.page);
  if (cited.some(isReversed)) {
    return [reversed(cite, locator, text, cited, article)];
  }
  if (!article || cited.every(range => isWithin(range, article))) {
    return [];
  }
  const where = locator.isForced ? textOf(text, locator.value) : textOf(text, locator);
  const printed = csl!.page!.replace(/-+/g, '–');
  return [
    {
      code: 'locator',
      start: locator.start,
      end: locator.end,
      message: `${where.replace(/\s+/g, ' ')} lies outside the article's pages ${printed}; check it, unless you count pages in another way.`,
      fixes: countedWithin(locator, cited, article),
      key: cite.key,
    },
  ];
}

function reversed(
  cite: Cite,
  { value }: Locator,
  text: string,
  cited: readonly PageRange[],
  article: readonly PageRange[] | undefined,
): Problem {
  const pages = textOf(text, value);
  const turned = cited.map(range => (isReversed(range) ? { first: range.last, last: range.first } : range));
  const isPreferred = article !== undefined && turned.every(range => isWithin(range, article));
  const fix = replacePages(value, turned, isPreferred);
  const message = `The pages ${pages} run backwards; write the lower number first.`;
  return { code: 'locator', start: value.start, end: value.end, message, fixes: [fix], key: cite.key };
}

/** `p. 3` of an article on pages 193-202 may be its third, which is page 195. */
function countedWithin({ value }: Locator, cited: readonly PageRange[], article: readonly PageRange[]): Fix[] {
  const [whole, ...others] = article;
  if (!whole || others.length > 0) {
    return [];
  }
  const before = whole.first.number - 1;
  const counted = cited.map(({ first, last }) => ({
    first: { letters: whole.first.letters, number: first.number + before },
    last: { letters: whole.first.letters, number: last.number + before },
  }));
  const isCounted = cited.every(({ first }) => first.letters === '' && first.number > 0);
  return isCounted && counted.every(range => isWithin(range, article)) ? [replacePages(value, counted, false)] : [];
}

function replacePages({ start, end }: Locator['value'], ranges: readonly PageRange[], isPreferred: boolean): Fix {
  const pages = ranges.map(({ first, last }) => (first.number === last.number ? [first] : [first, last]));
  const text = pages.map(ends => ends.map(({ letters, number }) => `${letters}${number}`).join('-')).join(', ');
  return { title: `Replace by ${text}`, edits: [{ start, end, text }], isPreferred };
}
