import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../../../src/core/frontMatter.ts';
import { Chance } from '../../../../bench/chance.ts';
import { anything, damaged } from './damage.ts';
import { goodFormats } from './goodFiles.ts';

const { shapes } = goodFormats['CSL-YAML'];
const prototype = Object.getOwnPropertyNames(Object.prototype).join();

/** Metadata with entries of its own, of which one is damaged, or anything. */
function metadataOf(chance: Chance): string {
  const bad = chance.is(0.2) ? anything(chance) : damaged(chance.one(shapes)('bravo'), chance);
  const text = `title: x\nreferences:\n${chance.one(shapes)('alpha')}\n${bad}\n${chance.one(shapes)('carol')}\nnocite: "@*"\n`;
  return text.replaceAll('\n', chance.one(['\n', '\r\n']));
}

describe('metadata with references, fuzzed', function () {
  this.timeout(60_000);

  it('is read without an exception, and every key stands in the text', async () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const text = metadataOf(new Chance(seed));
      const { entries } = await readFrontMatter(text, { start: 0, end: text.length }).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      for (const { key, start, end, csl } of entries) {
        assert.ok(key !== '' && 0 <= start && start <= end && end <= text.length, `seed ${seed}`);
        assert.equal(typeof csl.title, 'string', `seed ${seed}`);
      }
      assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), prototype, `seed ${seed}`);
    }
  });
});
