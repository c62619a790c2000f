import assert from 'node:assert/strict';
import { locales, styles } from '../../../src/core/styles.ts';
import type { StoredXml } from '../../../src/core/reference.ts';
import { bundledStyle, localeFor } from '../../support/styles.ts';

const nodes = (tree: StoredXml, name: string): StoredXml[] =>
  [...(tree.n === name ? [tree] : []), ...(tree.c ?? []).flatMap(child => (typeof child === 'string' ? [] : nodes(child, name)))];
const formatOf = (style: StoredXml): string | undefined => nodes(style, 'category').find(({ a }) => a?.['citation-format'])?.a?.['citation-format'];
const licence = 'http://creativecommons.org/licenses/by-sa/3.0/';

describe('styles', () => {
  const formats = { apa: 'author-date', ama: 'numeric', vancouver: 'numeric', nature: 'numeric', lancet: 'numeric', bmj: 'numeric',
    chicago: 'author-date', harvard: 'author-date', mla: 'author', ieee: 'numeric' };
  it('are the ten', () => assert.deepEqual(Object.fromEntries(styles.map(({ id }) => [id, formatOf(bundledStyle(id))])), formats));
  for (const { id } of styles) {
    it(`holds ${id} whole, under the licence of the CSL project`, () => {
      const style = bundledStyle(id);
      assert.deepEqual([style.n, style.a?.class, style.a?.version], ['style', 'in-text', '1.0']);
      assert.deepEqual(['info', 'citation', 'bibliography'].map(name => nodes(style, name).length), [1, 1, 1]);
      assert.deepEqual(nodes(style, 'rights').map(({ a }) => a?.license), [licence]);
      assert.deepEqual(nodes(style, 'link').filter(({ a }) => a?.rel === 'independent-parent'), []);
    });
  }
});

describe('locales', () => {
  for (const { id } of locales) {
    it(`holds ${id} whole, under the licence of the CSL project`, () => {
      const locale = localeFor(id);
      assert.ok(locale);
      assert.deepEqual([locale.n, locale.a?.['xml:lang']], ['locale', id]);
      assert.deepEqual(nodes(locale, 'rights').map(({ a }) => a?.license), [licence]);
      assert.ok(nodes(locale, 'term').length > 250, String(nodes(locale, 'term').length));
    });
  }
});
