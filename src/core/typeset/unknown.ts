import type { XmlNode } from 'citeproc';
import { citationFormat, find } from '../cslStyle.ts';
import { escapeHtml } from '../html.ts';
import { capitalized, withoutPoint } from './mended.ts';
import type { CitationToPrint } from './typesetter.ts';

/** What a style sets around a citation and between its cites. */
export interface Layout {
  readonly prefix: string;
  readonly suffix: string;
  readonly delimiter: string;
  readonly isRaised: boolean;
  readonly isOfNotes: boolean;
}

export function layoutOf(style: XmlNode): Layout {
  const citation = find(style, ({ name }) => name === 'citation');
  const { prefix = '', suffix = '', delimiter = '', ...attrs } = (citation && find(citation, ({ name }) => name === 'layout'))?.attrs ?? {};
  return { prefix, suffix, delimiter, isRaised: attrs['vertical-align'] === 'sup', isOfNotes: citationFormat(style) === 'note' };
}

/**
 * As Pandoc prints keys that it does not know: in bold, with a question mark, within the brackets of the others. In the text they
 * stand without brackets.
 * @param known the cites that are known, as the engine printed them
 */
export function withUnknown(known: string, { cites }: CitationToPrint, layout: Layout, beginsNote: boolean): string {
  const unknown = cites.flatMap(({ key, item, prefix }, index) =>
    item === undefined ? [`${beginsNote && index === 0 ? capitalized(prefix) : prefix}<b>${escapeHtml(key)}?</b>`] : [],
  );
  if (unknown.length === 0) {
    return known;
  }
  const delimiter = layout.delimiter || '; ';
  const list = unknown.join(delimiter);
  if (layout.isOfNotes) {
    return known === '' ? list : `${withoutPoint(known)}${delimiter}${list}`;
  }
  if (known === '') {
    return cites[0]!.mode === 'in-text' ? list : inBrackets(list, layout);
  }
  const [, head = known, end = ''] = /^([\s\S]*?)((?:[)\]]|<\/sup>)*)$/.exec(known) ?? [];
  return `${head}${delimiter}${list}${end}`;
}

function inBrackets(list: string, { prefix, suffix, isRaised }: Layout): string {
  const text = `${escapeHtml(prefix)}${list}${escapeHtml(suffix)}`;
  return isRaised ? `<sup>${text}</sup>` : text;
}
