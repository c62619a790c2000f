import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../src/core/frontMatter.ts';
import { inheritedNocite } from '../../../src/core/nocite.ts';

const read = (yaml: string) => readFrontMatter(yaml, { start: 0, end: yaml.length });

describe('inheritedNocite', () => {
  for (const [own, projects, expected] of [
    ['', ["nocite: '@a, @b'"], ['a', 'b']],
    ['title: x', ["nocite: '@*'"], ['*']],
    // Of two texts the nearer counts alone.
    ["nocite: '@a'", ["nocite: '@b'"], []],
    ['', ["nocite: '@a'", "nocite: '@b'"], ['a']],
    // Lists are joined, with each other and with a text.
    ["nocite: ['@a']", ["nocite: ['@b', '@c']"], ['b', 'c']],
    ["nocite: '@a'", ["nocite: ['@b']"], ['b']],
    ["nocite: ['@a']", ["nocite: '@b'"], ['b']],
    ['', ["nocite: ['@a']", "nocite: ['@b', '@a']"], ['a', 'b']],
    // A text takes the place of the outermost one, and a list between them keeps what it was joined with.
    ["nocite: '@a'", ["nocite: ['@b']", "nocite: '@c'"], ['b', 'c']],
    ["nocite: ['@a']", ["nocite: '@b'", "nocite: '@c'"], ['b']],
  ] as const) {
    it(`gives ${expected.join(' ') || 'nothing'} of ${JSON.stringify([own, ...projects])}`, async () => {
      const listing = await Promise.all(projects.map(read));
      assert.deepEqual(inheritedNocite(await read(own), listing), expected);
    });
  }
});
