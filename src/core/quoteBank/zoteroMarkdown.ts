import type { AnnotatedWork, Annotation, Annotations } from './annotations.ts';
import { isLabelledLocator, locatorAtEnd } from './locator.ts';
import { plainOfMarkdown } from './behind.ts';

// `([Feder et al., 2021, p. 3](zotero://select/library/items/ABCD))`, or Pandoc's `[@feder2021, p. 3]`.
const citation =
  /\(\[(?<cite>[^[\]\n]*)\]\((?<select>zotero:\/\/select\/[^()\s]*)\)\)|\[@(?<key>[^\s,;[\]@]+)(?:,\s*(?<suffix>[^;[\]@\n]*))?\]/g;
// `([pdf](zotero://open-pdf/library/items/XYZ?page=3&annotation=AAA))`: its page is counted from the file's first, and no locator.
const opening = /^\s*\(\[[^[\]\n]*\]\(zotero:\/\/open[^()\s]*\)\)/;
// `“text” (Feder et al., 2021, p. 3)`, without any link.
const plainCitation = /\(([^()\n]*\d[^()\n]*)\)/g;

interface Cited {
  readonly start: number;
  readonly end: number;
  readonly work: AnnotatedWork;
  readonly locator: string;
}

/**
 * Annotations as Zotero exports its notes, each with its citation and, behind it, the writer's comment:
 * `“text” ([Feder et al., 2021, p. 3](zotero://select/…)) ([pdf](zotero://open-pdf/…)) comment`.
 */
export function annotationsInMarkdown(text: string): Annotations {
  const annotations: Annotation[] = [];
  let others = 0;
  for (const { title, paragraph } of paragraphsOf(text)) {
    const found = annotationsOf(withoutTags(paragraph), title);
    annotations.push(...found.annotations);
    others += found.others;
  }
  return { annotations: withSureTitles(annotations), others };
}

/** A heading that stands above several works, or one of several above a work, is no title. */
function withSureTitles(annotations: readonly Annotation[]): Annotation[] {
  const pairs = new Set(annotations.map(({ work }) => JSON.stringify([work.id, work.title])));
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    const [id, title] = JSON.parse(pair) as [string, string | null];
    counts.set(`id ${id}`, (counts.get(`id ${id}`) ?? 0) + 1);
    counts.set(`title ${title}`, (counts.get(`title ${title}`) ?? 0) + 1);
  }
  return annotations.map(annotation => {
    const { title, ...work } = annotation.work;
    const isSure = title !== undefined && counts.get(`id ${work.id}`) === 1 && counts.get(`title ${title}`) === 1;
    return isSure ? annotation : { ...annotation, work };
  });
}

/** Each with the title that a heading above it gives; `Annotations` is none. */
function paragraphsOf(text: string): { title: string | undefined; paragraph: string }[] {
  let title: string | undefined;
  return text.split(/(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))+|(?:\r\n|\n|\r)(?=#{1,6}[ \t]|[ \t]*(?:[-*+]|>)[ \t]+["“[])/).flatMap(paragraph => {
    const [heading = '', words = ''] = /^#{1,6}[ \t]+([^\r\n]*)/.exec(paragraph) ?? [];
    if (heading) {
      title = /^(?:annotations?|highlights?|notes?)\b/i.test(words) ? title : plainOfMarkdown(words).replace(/[ \t]*#*$/, '').trim() || title;
    }
    const rest = paragraph.slice(heading.length);
    return rest.trim() === '' ? [] : [{ title, paragraph: rest }];
  });
}

/** Zotero marks the colour of an annotation with tags. */
function withoutTags(text: string): string {
  return text.replace(/<\/?(?:mark|span|p|br|u|i|b|em|strong|font)(?:\s[^<>]*)?\/?>/gi, '');
}

function annotationsOf(paragraph: string, title: string | undefined): { annotations: Annotation[]; others: number } {
  const linked = Array.from(paragraph.matchAll(citation), found => linkedCitation(found, title));
  const cited = linked.length > 0 ? linked : plainCitations(paragraph, title);
  const annotations: Annotation[] = [];
  let others = 0;
  let from = 0;
  let comment: { readonly of: number; readonly start: number } | undefined;
  const endComment = (end: number): void => {
    const words = comment ? commentOf(paragraph.slice(comment.start, end)) : '';
    if (comment && words !== '') {
      annotations[comment.of] = { ...annotations[comment.of]!, comment: words };
    }
    comment = undefined;
  };
  for (const { start, end, work, locator } of cited) {
    const quotation = quotationAtEnd(paragraph.slice(from, start));
    const behind = end + (opening.exec(paragraph.slice(end))?.[0].length ?? 0);
    endComment(quotation ? from + quotation.start : start);
    if (quotation) {
      annotations.push({ work, text: quotation.text, locator });
      comment = { of: annotations.length - 1, start: behind };
    } else {
      others += linked.length > 0 ? 1 : 0;
    }
    from = behind;
  }
  endComment(paragraph.length);
  return { annotations, others };
}

function linkedCitation({ 0: whole, index, groups }: RegExpExecArray, title: string | undefined): Cited {
  const { cite = '', select = '', suffix = '' } = groups!;
  const item = /\/items\/(@?)([^/?#]+)/.exec(select);
  const key = groups!['key'] ?? (item?.[1] ? item[2] : undefined);
  const author = cite.replace(/,?\s*[^,]*$/, part => (isLabelledLocator(part.replace(/^,?\s*/, '')) ? '' : part)).trim();
  const label = [author || key || select, title].filter(Boolean).join(' · ');
  const work = { id: key ?? item?.[2] ?? select, ...(key !== undefined && { key }), label, ...(title !== undefined && { title }) };
  const where = groups!['key'] === undefined ? locatorAtEnd(cite) : suffix.trim();
  return { start: index, end: index + whole.length, work, locator: where ?? '' };
}

function plainCitations(paragraph: string, title: string | undefined): Cited[] {
  return Array.from(paragraph.matchAll(plainCitation)).flatMap(({ 0: whole, 1: inside = '', index }) => {
    const locator = locatorAtEnd(inside);
    if (locator === undefined || !/["”»]\s*$/.test(paragraph.slice(Math.max(index - 3, 0), index))) {
      return [];
    }
    const author = inside.slice(0, inside.lastIndexOf(locator)).replace(/[,;\s]+$/, '');
    const label = [author, title].filter(Boolean).join(' · ');
    const work = { id: label, label, ...(title !== undefined && { title }) };
    return [{ start: index, end: index + whole.length, work, locator }];
  });
}

/** The quotation that a stretch ends in, with where it begins: `comment “text”`. It may hold further marks, and may be a link's text. */
function quotationAtEnd(stretch: string): { readonly start: number; readonly text: string } | undefined {
  const unlinked = /\]\(zotero:\/\/open[^()\s]*\)(["”]?)\s*$/.exec(stretch);
  const end = unlinked ? stretch.slice(0, unlinked.index) + unlinked[1] : stretch.trimEnd();
  const start = end.endsWith('”') ? openingOf(end) : end.endsWith('"') ? straightOf(end) : -1;
  if (start < 0) {
    return undefined;
  }
  const words = end.slice(start + 1, -1);
  const text = plainOfMarkdown(unlinked ? words.replace(/^\[/, '') : words).trim();
  const isBracketed = unlinked !== null && stretch[start - 1] === '[';
  return text === '' ? undefined : { start: isBracketed ? start - 1 : start, text };
}

/** Of the mark that the last one closes; where marks are missing, the first of the last line that has one. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    depth += text[at] === '”' ? 1 : text[at] === '“' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return text.indexOf('“');
}

/** The straight mark that begins the last line which begins with one, else the first: a comment may have some before it. */
function straightOf(text: string): number {
  const inside = text.slice(0, -1);
  const lines = Array.from(inside.matchAll(/(?:^|[\r\n])[ \t>*+-]*"/g));
  const last = lines.at(-1);
  return last ? last.index + last[0].length - 1 : inside.indexOf('"');
}

function commentOf(text: string): string {
  return plainOfMarkdown(text.replace(/^[ \t]*[-*+>][ \t]+/gm, '')).replace(/\s+/g, ' ').replace(/^[-–—:]\s*/, '').trim();
}
