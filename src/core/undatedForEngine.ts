import type { XmlNode } from 'citeproc';
import { find } from './cslStyle.ts';

/**
 * Whether a style leaves it to the engine where the letters go that distinguish works of one year. The engine sets them after years only,
 * but CSL also wants them where a work has none, `n.d.a`.
 */
export function lacksLetters(style: XmlNode): boolean {
  const has = (pattern: RegExp): boolean => find(style, ({ attrs }) => pattern.test(attrs.variable ?? '')) !== undefined;
  return find(style, ({ attrs }) => attrs['disambiguate-add-year-suffix'] === 'true') !== undefined && !has(/^(?:year-suffix|citation-label)$/);
}

/** The style with a letter after each `n.d.`, within what the style sets around it. */
export function withLetters(node: XmlNode): XmlNode {
  const children = node.children.map(child => (typeof child === 'string' ? child : withLetters(child)));
  if (node.name !== 'text' || node.attrs.term !== 'no date') {
    return { ...node, children };
  }
  const { term, form, plural, 'text-case': textCase, 'strip-periods': stripPeriods, ...around } = node.attrs;
  const own = { term, ...(form && { form }), ...(plural && { plural }), ...(textCase && { 'text-case': textCase }), ...(stripPeriods && { 'strip-periods': stripPeriods }) };
  const letter: XmlNode = { name: 'text', attrs: { variable: 'year-suffix' }, children: [] };
  return { name: 'group', attrs: around, children: [{ ...node, attrs: own, children }, letter] };
}
