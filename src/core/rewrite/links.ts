import { doiAddress } from '../links.ts';
import type { Reading, Span } from '../reading.ts';
import type { Cited, Said, Work, Works } from './cited.ts';
import { isProse } from './notes.ts';

/** `([Feder et al., 2021, p. 3](https://doi.org/…); [Dore et al., 2019](…))`, in-text `[Feder et al. (2021, p. 3)](…)`. */
export function inLinks({ inText, works }: Said, printed: Works): string {
  const links = works.map(work => {
    const { prefix } = work;
    return `${prefix === '' ? '' : `${prefix} `}[${linkText(work, inText, printed)}](${addressOf(work, printed)})`;
  });
  return inText ? links.join('; ') : `(${links.join('; ')})`;
}

function addressOf({ key }: Work, printed: Works): string {
  return doiAddress(printed.get(key)?.doi ?? '');
}

function linkText({ key, suffix, suppressAuthor }: Work, inText: boolean, printed: Works): string {
  const forms = formsOf(key, printed);
  const base = inText ? forms.inText : suppressAuthor ? forms.year : forms.inner;
  return withSuffix(base, suffix);
}

/** `Feder et al. (2021)` → `Feder et al. (2021, p. 3)`. */
function withSuffix(base: string, suffix: string): string {
  return suffix === '' ? base : base.endsWith(')') ? `${base.slice(0, -1)}, ${suffix})` : `${base}, ${suffix}`;
}

interface Forms {
  readonly inText: string;
  /** The parenthetical citation without its parentheses. */
  readonly inner: string;
  /** What of the in-text citation stands in parentheses; empty where nothing does. */
  readonly year: string;
}

function formsOf(key: string, printed: Works): Forms {
  const { inText = '', parenthetical = '' } = printed.get(key)?.printed ?? {};
  return {
    inText,
    inner: parenthetical.replace(/^\((.*)\)$/s, '$1'),
    year: /\(([^()]*)\)$/.exec(inText)?.[1] ?? '',
  };
}

/** What a citation in links can't say, `before` being the text before it. */
export function lossInLinks(said: Said, printed: Works, before: string): string | undefined {
  const { inText, works } = said;
  if (works.some(({ key }) => !printed.get(key)?.doi)) {
    return 'there is no DOI to link to';
  }
  if (inText && works.length > 1) {
    return 'further works stand in the brackets behind its authors';
  }
  if (works.some(({ suppressAuthor, key }) => suppressAuthor && formsOf(key, printed).year === '')) {
    return 'the style prints no year that could stand without the author';
  }
  const { inText: named, inner } = formsOf(works[0]!.key, printed);
  if (inText && named === inner && /\([^()]*$/.test(before)) {
    return 'between parentheses its link would be taken for a citation in brackets';
  }
  const text = inLinks(said, printed);
  const read = groupsOf(text, linksIn(text, printed));
  return read.length === 1 && JSON.stringify([read[0]!.inText, read[0]!.works]) === JSON.stringify([inText, works])
    ? undefined
    : 'what it says beside the works could not be told from the link’s own words';
}

/** A link to a known DOI whose text is a citation as we print it. Its span is the whole of `[…](…)`. */
interface Link extends Span {
  readonly work: Work;
  /** Which of the forms it can be; both where the style prints both alike, as MLA does. */
  readonly canBeInText: boolean;
  readonly canBeInner: boolean;
}

const target = /\]\((https:\/\/doi\.org\/[^\s()<>]+)\)/g;

/** No printed citation is longer (code units); the search for its bracket ends there. */
const longestText = 1_000;

function linksIn(text: string, printed: Works): readonly Link[] {
  const keys = new Map<string, string>();
  for (const [key, { doi }] of printed) {
    if (doi) {
      keys.set(doiAddress(doi), key);
    }
  }
  const links: Link[] = [];
  for (const match of text.matchAll(target)) {
    const key = keys.get(match[1]!);
    const start = key === undefined ? undefined : openingOf(text, match.index);
    if (key !== undefined && start !== undefined) {
      const said = saidBy(text.slice(start + 1, match.index), key, printed);
      links.push(...(said ? [{ start, end: match.index + match[0].length, ...said }] : []));
    }
  }
  return links;
}

/** The `[` that belongs to the `]`. */
function openingOf(text: string, closing: number): number | undefined {
  let depth = 1;
  for (let at = closing - 1; at >= 0 && at > closing - longestText; at -= 1) {
    const isEscaped = text[at - 1] === '\\';
    depth += isEscaped ? 0 : text[at] === ']' ? 1 : text[at] === '[' ? -1 : 0;
    if (depth === 0) {
      return '!^\\'.includes(text[at - 1] ?? ' ') ? undefined : at;
    }
  }
  return undefined;
}

function saidBy(text: string, key: string, printed: Works): Omit<Link, keyof Span> | undefined {
  const forms = formsOf(key, printed);
  const [inText, inner, year] = [forms.inText, forms.inner, forms.year].map(base => suffixOf(text, base));
  const suffix = inText ?? inner ?? year;
  return suffix === undefined
    ? undefined
    : {
        work: { key, prefix: '', suffix, suppressAuthor: inText === undefined && inner === undefined },
        canBeInText: inText !== undefined,
        canBeInner: inText === undefined || inner !== undefined,
      };
}

function suffixOf(text: string, base: string): string | undefined {
  if (base === '') {
    return undefined;
  }
  if (text === base) {
    return '';
  }
  const closing = base.endsWith(')') ? ')' : '';
  const opening = `${base.slice(0, base.length - closing.length)}, `;
  const suffix = text.slice(opening.length, text.length - closing.length);
  return text.startsWith(opening) && text.endsWith(closing) && suffix.trim() === suffix && suffix !== '' ? suffix : undefined;
}

/** Links as citations: those between parentheses together, `(see [a](…); [b](…))`, an in-text one by itself. */
function groupsOf(text: string, links: readonly Link[]): readonly Cited[] {
  const groups: Cited[] = [];
  for (let index = 0; index < links.length; index += 1) {
    const { start, end, canBeInText, work } = links[index]!;
    const run = runFrom(text, links, index);
    if (run) {
      groups.push(run);
      index += run.works.length - 1;
    } else if (canBeInText) {
      groups.push({ start, end, syntax: 'link', inText: true, works: [work] });
    }
  }
  return groups;
}

function runFrom(text: string, links: readonly Link[], from: number): Cited | undefined {
  const lead = /\(((?:[^()[\]\n;]* )?)$/.exec(text.slice(Math.max(0, links[from]!.start - longestText), links[from]!.start));
  if (!lead) {
    return undefined;
  }
  const works: Work[] = [];
  let prefix = lead[1] ?? '';
  for (let index = from; index < links.length; index += 1) {
    const { end, canBeInner, work } = links[index]!;
    if (!canBeInner) {
      return undefined;
    }
    works.push({ ...work, prefix: prefix.trim() });
    if (text[end] === ')') {
      return { start: links[from]!.start - lead[0].length, end: end + 1, syntax: 'link', inText: false, works };
    }
    const between = /^;((?: [^()[\]\n;]*)? )$/.exec(text.slice(end, links[index + 1]?.start ?? end));
    if (!between) {
      return undefined;
    }
    prefix = between[1] ?? '';
  }
  return undefined;
}

/** The citations that stand in links of our form. */
export function citedInLinks(reading: Reading, printed: Works): readonly Cited[] {
  const links = linksIn(reading.text, printed).filter(({ start }) => isProse(reading, start));
  return groupsOf(reading.text, links);
}
