import assert from 'node:assert/strict';
import { merge } from '../../../../src/core/rewrite/merge.ts';
import { rewrite } from '../../../support/rewrite.ts';

const merged = (marked: string): string => rewrite(marked, (reading, { citation }) => merge(reading, citation));

describe('merge', () => {
  for (const [marked, expected] of [
    ['x [@a|] [@b] y', 'x [@a; @b] y'],
    ['x [@a] [@b|] y', 'x [@a; @b] y'],
    ['x [@a|][see @b, p. 3].', 'unavailable: A citation in the text can’t be merged; toggle it into brackets first.'],
    ['[@a|, p. 3]; [-@b]', '[@a, p. 3; -@b]'],
    ['[@a|], [@b]', '[@a; @b]'],
    ['[@a] [@b|] [see @c, p. 4]', '[@a; @b; see @c, p. 4]'],
    ['[@a|]\n[@b]', '[@a;\n@b]'],
    ['> [@a|]\n> [@b]', '> [@a;\n> @b]'],
    ['[@a|]\r\n[@b]', '[@a;\r\n@b]'],
    ['[@a|] and [@b]', 'unavailable: No other citation in brackets stands directly beside this one.'],
    ['[@a|]\n\n[@b]', 'unavailable: No other citation in brackets stands directly beside this one.'],
    ['- [@a|]\n- [@b]', 'unavailable: No other citation in brackets stands directly beside this one.'],
    ['@a| [p. 3]', 'unavailable: A citation in the text can’t be merged; toggle it into brackets first.'],
  ] as const) {
    it(`${JSON.stringify(marked)} → ${JSON.stringify(expected)}`, () => assert.equal(merged(marked), expected));
  }
});
