import type { Cite, Span } from '../reading.ts';
import { outermost, textOf, type BlockText } from './block.ts';
import type { Problem } from './problem.ts';

/**
 * `[@a; @a]`: a cite that adds nothing to one of the same key before it in the brackets, neither a locator nor other
 * words. `[@a, p. 3; @a, p. 9]` cites two places.
 */
export function checkRepeated({ block, text }: BlockText): Problem[] {
  return block.citations.flatMap(({ cites }) => (cites.length > 1 ? repeatedIn(cites, text) : []));
}

function repeatedIn(cites: readonly Cite[], text: string): Problem[] {
  const told = new Map<string, { readonly words: Set<string>; hasAuthor: boolean }>();
  return cites.flatMap(cite => {
    const words = `${textOf(text, cite.prefix)}\n@${textOf(text, cite.suffix)}`;
    const before = told.get(cite.key);
    const namesAuthor = cite.mode !== 'suppress-author';
    if (!before) {
      told.set(cite.key, { words: new Set([words]), hasAuthor: namesAuthor });
      return [];
    }
    const addsNothing = (words === '\n@' || before.words.has(words)) && (before.hasAuthor || !namesAuthor);
    before.words.add(words);
    before.hasAuthor ||= namesAuthor;
    return addsNothing ? [repeated(cite, cites[0]!, text)] : [];
  });
}

function repeated(cite: Cite, first: Cite, text: string): Problem {
  const semicolon = text.lastIndexOf(';', cite.start);
  const isClear = semicolon >= first.mark.end;
  const start = first.mark.end + text.slice(first.mark.end, semicolon).trimEnd().length;
  const edits = [{ start, end: cite.end, text: '' }];
  return {
    code: 'repeated-cite',
    start: cite.start,
    end: cite.end,
    message: `${cite.key} is cited already in these brackets; remove it, or say where in the work.`,
    fixes: isClear ? [{ title: `Remove the second ${cite.key}`, edits, isPreferred: true }] : [],
    key: cite.key,
  };
}

/**
 * `[@a] [@b]`: groups with at most a blank or a line break between them. Of `[@a][@b]` Pandoc reads the first as plain
 * brackets around an in-text citation.
 */
export function checkAdjacent({ block, text }: BlockText): Problem[] {
  const problems: Problem[] = [];
  let chain: Span[] = [];
  for (const group of groupsIn({ block, text })) {
    const last = chain.at(-1);
    if (last && !isParting(text.slice(last.end, group.start), block.kind === 'table')) {
      problems.push(...merged(chain));
      chain = [];
    }
    chain.push(group);
  }
  return [...problems, ...merged(chain)];
}

function groupsIn({ block, text }: BlockText): Span[] {
  const groups = outermost(block.citations).filter(({ kind }) => kind === 'group');
  const citations = new Set(block.citations.map(({ start }) => start));
  const lookalikes = block.brackets.filter(
    ({ start, end, closed }) =>
      closed &&
      text[end] === '[' &&
      !/[!^]/.test(text[start - 1] ?? '') &&
      !citations.has(start) &&
      citations.has(start + 1),
  );
  return [...groups, ...lookalikes].sort((one, other) => one.start - other.start);
}

/** In a table blanks part the cells; two blanks before a line break were meant. */
function isParting(between: string, inTable: boolean): boolean {
  return (inTable ? /^[ \t]?$/ : /^(?:[ \t\u00a0]*|[ \t]?\r?\n[ \t>]*)$/).test(between);
}

function merged(chain: readonly Span[]): Problem[] {
  const [first, ...others] = chain;
  if (!first || others.length === 0) {
    return [];
  }
  const edits = others.map((group, index) => ({ start: chain[index]!.end - 1, end: group.start + 1, text: '; ' }));
  return [
    {
      code: 'adjacent-citations',
      start: first.start,
      end: others.at(-1)!.end,
      message: `These ${chain.length} citations stand side by side; write them as one, with semicolons between.`,
      fixes: [{ title: 'Merge the citations', edits, isPreferred: true }],
    },
  ];
}
