import { readManuscript, type Citation, type Reading } from '../../../../src/core/reading.ts';
import { readByPandoc, type Document, type Node } from './pandoc.ts';

interface PandocCite {
  readonly citationId: string;
  readonly citationPrefix: readonly Node[];
  readonly citationSuffix: readonly Node[];
  readonly citationMode: Node;
}

const modes: Readonly<Record<string, string>> = {
  NormalCitation: 'parenthetical',
  AuthorInText: 'in-text',
  SuppressAuthor: 'suppress-author',
};

/**
 * Where our reading of each text differs from pandoc's, `undefined` where it does not: in the cites' keys, modes, prefixes
 * and suffixes, or in where they stand. For the places every citation is replaced by a word; what pandoc reads then must
 * be what it read before, with the same words for its citations.
 */
export function disagreements(texts: readonly string[]): (string | undefined)[] {
  const readings = texts.map(readManuscript);
  const [before, after] = [readByPandoc(texts), readByPandoc(readings.map(withWords))];
  return texts.map((_, i) => {
    const [document, replaced] = [before[i], after[i]];
    if (!document || !replaced) {
      return 'pandoc fails';
    }
    const theirs = citesOf(document.blocks).sort().join('\n');
    const ours = citesAsText(readings[i]!).sort().join('\n');
    if (ours !== theirs) {
      return `pandoc reads\n${theirs}\nwe read\n${ours}`;
    }
    if (readings[i]!.citations.some(each => each.isBroken)) {
      // Between its parts stand other cells, which a word in its place would push aside.
      return undefined;
    }
    const [told, seen] = [plainText(document.blocks), plainText(replaced.blocks).replaceAll(filling, '')];
    return told === seen ? undefined : `pandoc's text is\n${told}\nwith our citations for its own\n${seen}`;
  });
}

// A word for each citation, as long as it is: a letter for its keys, then filling.
const filling = '\u01b6';

function wordOf(keys: readonly string[]): string {
  let hash = 0;
  for (const char of keys.join(';')) {
    hash = (hash * 31 + char.codePointAt(0)!) % 100;
  }
  return String.fromCharCode(0x100 + hash);
}

function outermost(reading: Reading): readonly Citation[] {
  let end = 0;
  return reading.citations.filter(each => {
    const isOutside = each.start >= end;
    end = Math.max(end, each.end);
    return isOutside;
  });
}

function withWords(reading: Reading): string {
  let text = '';
  let at = 0;
  for (const { start, end, cites } of outermost(reading)) {
    text += reading.text.slice(at, start) + wordOf(cites.map(each => each.key)).padEnd(end - start, filling);
    at = end;
  }
  return text + reading.text.slice(at);
}

/** The letters and digits of a text, which is all that marks and typographic quotes leave alone. */
function bare(text: string): string {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), String).join('');
}

function citesAsText({ text, citations }: Reading): string[] {
  return citations.map(({ cites }) =>
    cites
      .map(cite => [cite.mode, cite.key, bare(text.slice(cite.prefix.start, cite.prefix.end)), bare(text.slice(cite.suffix.start, cite.suffix.end))].join(' | '))
      .join(' ;; '),
  );
}

function citesOf(node: unknown): string[] {
  if (Array.isArray(node)) {
    return node.flatMap(citesOf);
  }
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { t, c } = node as Node;
  if (t !== 'Cite') {
    return Object.values(node).flatMap(citesOf);
  }
  const [cites] = c as [readonly PandocCite[]];
  const one = cites
    .map(cite => [modes[cite.citationMode.t], cite.citationId, bare(sourceText(cite.citationPrefix)), bare(sourceText(cite.citationSuffix))].join(' | '))
    .join(' ;; ');
  return [one, ...cites.flatMap(cite => [...citesOf(cite.citationPrefix), ...citesOf(cite.citationSuffix)])];
}

/** The text of inlines with all that stands in the source too: keys, targets, code. */
function sourceText(nodes: unknown): string {
  if (Array.isArray(nodes)) {
    return nodes.map(sourceText).join(' ');
  }
  if (typeof nodes !== 'object' || nodes === null) {
    return typeof nodes === 'string' ? nodes : '';
  }
  const { t, c } = nodes as Node;
  switch (t) {
    case 'Cite': {
      const [cites] = c as [readonly PandocCite[]];
      return cites.map(cite => [sourceText(cite.citationPrefix), cite.citationId, sourceText(cite.citationSuffix)].join(' ')).join(' ');
    }
    case 'Link':
    case 'Image': {
      const [, text, [target]] = c as [unknown, unknown, [string, string]];
      const [[, classes]] = c as [[string, string[]]];
      // The text of an autolink is its target.
      return classes.some(each => each === 'uri' || each === 'email') ? sourceText(text) : `${sourceText(text)} ${decodeURI(target)}`;
    }
    case 'Quoted':
    case 'Math':
    case 'RawInline':
      return sourceText((c as unknown[])[1]);
    case 'Code':
    case 'Span': {
      const [[id, classes], text] = c as [[string, string[]], unknown];
      return `${sourceText(text)} ${id} ${classes.join(' ')}`;
    }
    default:
      return sourceText(c);
  }
}

/** All text of a document, its citations as words; white space folded, and no quotation marks, which depend on what stands beside. */
function plainText(blocks: unknown): string {
  const parts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
    } else if (typeof node === 'string') {
      parts.push(node);
    } else if (typeof node === 'object' && node !== null) {
      const { t, c } = node as Node;
      if (t === 'Cite') {
        const [cites] = c as [readonly PandocCite[]];
        parts.push(wordOf(cites.map(each => each.citationId)));
      } else if (t === 'ColWidth') {
        // Columns as wide as dashes: of no account.
      } else if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') {
        parts.push(' ');
      } else if (t === 'Header') {
        // Its identifier is made of its text.
        visit((c as unknown[])[2]);
      } else if (t === 'Para' || t === 'Plain' || t === 'CodeBlock' || t === 'RawBlock') {
        parts.push('\n');
        visit(c);
      } else if (c !== undefined) {
        visit(c);
      } else if (t === undefined) {
        Object.values(node).forEach(visit);
      }
    }
  };
  visit(blocks);
  return parts.join('').replaceAll(/[ \n]+/g, ' ').replaceAll(/[\u201c\u201d\u2018\u2019"']/g, '');
}

export type { Document };
