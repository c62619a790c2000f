import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readManuscript } from '../../../src/core/reading.ts';
import { suffixes } from './oracle/locators.ts';
import type { Document, Node } from './oracle/pandoc.ts';

// Prints what citeproc takes for the locator and its label: nothing else of a cite.
const terms = ['book', 'chapter', 'column', 'figure', 'folio', 'issue', 'line', 'note', 'opus', 'page', 'paragraph', 'part', 'section', 'sub verbo', 'verse', 'volume'];
const named = terms.map((term, i) => `<${i === 0 ? 'if' : 'else-if'} locator="${term.replace(' ', '-')}"><text value="${term}"/></${i === 0 ? 'if' : 'else-if'}>`).join('');
const style = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Locators</title><id>locators</id></info>
<citation><layout delimiter=" "><choose><if variable="locator"><choose>${named}</choose><text variable="locator" prefix="{" suffix="}"/></if><else><text value="none"/></else></choose></layout></citation></style>`;

const text = (node: unknown): string =>
  Array.isArray(node)
    ? node.map(text).join('')
    : typeof node === 'object' && node !== null
      ? (node as Node).t === 'Space' || (node as Node).t === 'SoftBreak'
        ? ' '
        : text((node as Node).c)
      : typeof node === 'string'
        ? node
        : '';

/** What citeproc prints for `[@work1990 …]` with each suffix: the label and the locator in braces, `none`, then what is left. */
function printedByCiteproc(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'locators-'));
  try {
    const csl = path.join(folder, 'style.csl');
    const library = path.join(folder, 'library.json');
    writeFileSync(csl, style);
    writeFileSync(library, JSON.stringify([{ id: 'work1990', type: 'book', title: 'Work' }]));
    const input = suffixes.map((suffix, i) => `N${i} [@work1990${suffix}]`).join('\n\n');
    const args = ['-f', 'markdown', '-t', 'json', '--citeproc', '--csl', csl, '--bibliography', library, '-M', 'suppress-bibliography=true'];
    const { blocks } = JSON.parse(execFileSync('pandoc', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })) as Document;
    return blocks.map(block => citeText(block));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function citeText(block: Node): string {
  const cite = (block.c as Node[]).find(each => each.t === 'Cite');
  return cite ? text((cite.c as unknown[])[1]) : 'no cite';
}

// citeproc prints a range with a dash, and typographic quotation marks.
const folded = (value: string): string =>
  value.replace(/\s+/g, ' ').replaceAll('---', '—').replaceAll(/--|–|&ndash;|&#8211;/g, '-').replaceAll(/[*`\\$]/g, '').replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'").replaceAll(', ', ',').trim();

function printedByUs(suffix: string): string {
  const source = `[@work1990${suffix}]`;
  const locator = readManuscript(source).citations[0]?.cites[0]?.locator;
  const value = locator && folded(source.slice(locator.value.start, locator.value.end));
  return locator ? `${locator.label}${value === '' ? '' : `{${value}}`}` : 'none';
}

describe('reading locators', () => {
  const printed = printedByCiteproc();
  it('has a paragraph of pandoc for each suffix', () => assert.equal(printed.length, suffixes.length));
  suffixes.forEach((suffix, i) => {
    it(`[@work1990${suffix}]`, () => {
      const ours = printedByUs(suffix);
      const theirs = folded(printed[i]!);
      assert.ok(ours === 'none' ? theirs.startsWith('none') : theirs.startsWith(ours), `citeproc: ${theirs}, we: ${ours}`);
    });
  });
});
