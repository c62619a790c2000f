import type { XmlNode } from 'citeproc';
import { find } from '../cslStyle.ts';
import type { CiteToPrint } from './typesetter.ts';

/** What of a style's citations decides whether the works of one author are set together. */
export interface Grouping {
  readonly isOn: boolean;
  /** The engine does so itself where it sorts. */
  readonly isSorted: boolean;
}

export function groupingOf(style: XmlNode): Grouping {
  const citation = find(style, ({ name }) => name === 'citation');
  const { collapse = '', 'cite-group-delimiter': delimiter } = citation?.attrs ?? {};
  return {
    isOn: style.attrs.class !== 'note' && (collapse.startsWith('year') || delimiter !== undefined),
    isSorted: citation?.children.some(child => typeof child !== 'string' && child.name === 'sort') === true,
  };
}

/**
 * The cites of a citation with those of one author together, where the first of them is: a style that collapses years prints
 * `(Doe 1999, 2006; Roe 2002)` of `[@doe1999; @roe2002; @doe2006]`. As Pandoc does it, what has a prefix begins again, and what has a
 * suffix is on its own.
 */
export function grouped(cites: readonly CiteToPrint[]): readonly CiteToPrint[] {
  const groups: CiteToPrint[][] = [];
  let byAuthor = new Map<string, CiteToPrint[]>();
  for (const cite of cites) {
    if (cite.prefix !== '' || cite.suffix !== '') {
      byAuthor = new Map();
    }
    const author = cite.item && cite.suffix === '' ? authorOf(cite.item) : undefined;
    const known = author === undefined ? undefined : byAuthor.get(author);
    if (known) {
      known.push(cite);
    } else {
      const group = [cite];
      groups.push(group);
      if (author !== undefined) {
        byAuthor.set(author, group);
      }
    }
  }
  return groups.flat();
}

function authorOf({ author, editor, title }: NonNullable<CiteToPrint['item']>): string {
  const names = [author, editor].find(each => each !== undefined && each.length > 0);
  return JSON.stringify(names ?? title);
}
