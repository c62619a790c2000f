import assert from 'node:assert/strict';
import { details, groupings, outline, type GroupBy, type GroupNode, type SortBy } from '../../../src/core/outline.ts';
import { designsOf } from '../../../src/core/evidence.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

const shelf = (groupBy: GroupBy, sortBy: SortBy = 'year'): GroupNode[] => outline(studies, vocabulary, { groupBy, sortBy });
const groupsOf = (groupBy: GroupBy, key: string): string[] =>
  labels(shelf(groupBy).filter(group => group.children.some(each => each.study.id === key)));
const labels = (groups: readonly GroupNode[]): string[] => groups.map(group => group.label);

describe('outline', () => {
  it('follows the vocabulary’s order of conditions', () =>
    assert.deepEqual(labels(shelf('condition')), vocabulary.conditions.map(term => term.label)));
  it('puts a study under each of its conditions', () => {
    const under = shelf('condition').flatMap(group => group.children.filter(node => node.study.id === 'oliver2022'));
    assert.deepEqual(under.map(node => node.id.split('/')[1]), ['treatment-resistant-depression', 'suicidal-ideation', 'anxiety-disorders']);
  });
  it('counts what stands in a group', () =>
    assert.equal(shelf('condition').find(group => group.id === 'condition/ptsd')?.children.length, studies.filter(each => each.conditions.includes('ptsd')).length));
  it('leaves out groups without a study', () =>
    assert.deepEqual(labels(outline(studies.slice(0, 0), vocabulary, { groupBy: 'design', sortBy: 'year' })), []));
  it('begins with the newest year', () => {
    const years = labels(shelf('year'));
    assert.deepEqual(years, [...years].sort().reverse());
  });
  it('keeps studies without a topic in sight', () => assert.equal(labels(shelf('topic')).at(-1), 'Without a topic'));
  it('shows every study in every grouping', () => {
    for (const groupBy of groupings) {
      assert.equal(new Set(shelf(groupBy).flatMap(group => group.children.map(node => node.study.id))).size, studies.length, groupBy);
    }
  });
  it('has no id twice', () => {
    for (const groupBy of groupings) {
      const nodes = shelf(groupBy).flatMap(group => [group, ...group.children.flatMap(node => [node, ...details(node)])]);
      assert.equal(new Set(nodes.map(node => node.id)).size, nodes.length, groupBy);
    }
  });
  it('puts a randomized crossover trial under both of its designs', () => {
    assert.deepEqual(groupsOf('design', 'feder2014'), ['Randomized controlled trial', 'Crossover trial']);
    const randomized = shelf('design').find(({ id }) => id === 'design/randomized-controlled-trial');
    assert.equal(randomized?.children.length, studies.filter(each => designsOf(each).includes('randomized-controlled-trial')).length);
  });
  it('has all directions of a result, in the vocabulary’s order', () => {
    assert.deepEqual(labels(shelf('result')), vocabulary.results.map(term => term.label));
    assert.deepEqual(groupsOf('result', 'feder2021'), ['Favours the treatment']);
  });
  for (const [groupBy, field, last] of [['comparator', 'comparators', 'No comparator stated'], ['route', 'routes', 'No route stated']] as const) {
    it(`puts a study under each ${groupBy}, and those without at the end`, () => {
      const groups = shelf(groupBy);
      assert.deepEqual(labels(groups), [...vocabulary[field].map(term => term.label), last]);
      assert.deepEqual(groups.at(-1)?.children.filter(each => each.study.evidence[field].length > 0), []);
      const several = studies.find(each => each.evidence[field].length > 1)!;
      assert.equal(groupsOf(groupBy, several.id).length, several.evidence[field].length);
    });
  }
  it('tells a study in one line', () => {
    const node = shelf('design').flatMap(group => group.children).find(each => each.study.id === 'feder2021')!;
    assert.deepEqual([node.label, node.description], ['Feder 2021', 'RCT · n 30 · six infusions v midazolam in chronic PTSD']);
    assert.ok(!node.spoken.includes(study('feder2021').csl.title), 'title and gist say the same');
  });
  it('sorts by year, newest first', () => {
    const years = shelf('condition')[0]!.children.map(node => Number(/\d{4}/.exec(node.label)?.[0]));
    assert.deepEqual(years, [...years].sort((a, b) => b - a));
  });
  it('sorts by author', () => {
    const names = shelf('condition', 'author')[0]!.children.map(node => node.label);
    assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base', numeric: true })));
  });
  it('shows a study’s quotes, finding, notices and reference, in this order', () => {
    const node = shelf('design').flatMap(group => group.children).find(each => each.study.id === 'yermus2023')!;
    assert.deepEqual(details(node).map(each => each.kind), ['quote', 'finding', 'notice', 'reference']);
  });
});
