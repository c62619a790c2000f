import assert from 'node:assert/strict';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import type { Scan } from '../../../../src/core/bibliography/scan.ts';
import { convertByPandoc, textOf, type PandocNode } from '../../../support/pandoc.ts';
import { file, samples } from './bibtexEntries.ts';

type Item = Readonly<Record<string, unknown>>;

function scanned(text: string): Scan {
  const scanner = new BibtexScanner();
  for (const step of scanner.push(text)) {
    assert.equal(step, undefined);
  }
  const end = scanner.end();
  for (;;) {
    const { done, value } = end.next();
    if (done) {
      return value;
    }
  }
}

function ours(): Map<string, Item> {
  const scan = scanned(file);
  const texts = new Map(scan.entries.map(({ key, start, end }) => [key, file.slice(start, end)]));
  return new Map([...texts].map(([key, text]) => [key, convertBibtex(text, { context: scan.context, textOf: other => texts.get(other) }) as unknown as Item]));
}

function pandocs(format: string): Map<string, Item> {
  const items = JSON.parse(convertByPandoc(file, format, 'csljson')) as readonly Item[];
  return new Map(items.map(item => [item['id'] as string, item]));
}

/** What is the same though it is written differently. */
function normal(field: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) {
    return undefined;
  }
  if (typeof value === 'string') {
    // Pandoc 2.17 writes no `nocase` into CSL-JSON, though it knows it, and a thin space as it stands.
    const text = value.replace(/<span class="nocase">(.*?)<\/span>/g, '$1').replace(/\s+/g, ' ').trim();
    return text === '' ? undefined : field === 'type' && text === 'document' ? undefined : text;
  }
  return value;
}

function differences(mine: Item, theirs: Item): string[] {
  const fields = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  fields.delete('id');
  return [...fields].filter(field => {
    try {
      assert.deepEqual(normal(field, mine[field]), normal(field, theirs[field]));
      return false;
    } catch {
      return true;
    }
  });
}

/** Where we knowingly read something else than Pandoc 2.17, and why: keys and fields of the samples. */
const disagreements: readonly (readonly [reason: string, ...where: readonly string[]])[] = [
  [
    'Pandoc takes any type that begins with `comment` for a comment, and loses BibLaTeX’s `@commentary`.',
    ...['type', 'title', 'author', 'editor', 'issued', 'accessed', 'number', 'volume', 'page', 'publisher', 'publisher-place', 'URL', 'DOI', 'note'].map(field => `type35 ${field}`),
    ...['type', 'title', 'volume-title', 'container-title', 'container-title-short', 'collection-title'].map(field => `titles35 ${field}`),
  ],
  ['`@conference` is `@inproceedings` by another name: BibTeX’s manual, BibLaTeX’s manual 2.1.2.', 'type50 type', 'titles50 type'],
  ['The last word behind a colon begins a sentence as any other does; Pandoc makes it small only there.', 'case23 title'],
  ['A dotless i takes its accent in place of the dot: í is one letter.', 'latex3 note'],
  ['A single quotation mark inside a text is not double.', 'latex7 note'],
  ['Pandoc has no sign for these commands and loses them.', 'latex14 note', 'latex20 note', 'latex27 note', 'latex33 note', 'latex34 note'],
  ['Simple mathematics is Unicode and CSL’s markup; Pandoc leaves the TeX code, which a reader would see.', 'latex28 note'],
  ['The O of H₂O stays, as does the H.', 'case32 title'],
  ['An accented capital in braces is a capital, as it is for BibTeX; Pandoc takes the name for a particle.', 'name36 author'],
  ['`..` is an open end: ISO 8601-2, BibLaTeX’s manual 2.3.8.', 'date24 issued', 'date24 accessed'],
  ['There is no month nought.', 'date25 issued', 'date25 accessed'],
  ['The words of a command that isn’t known are kept.', 'latex29 note'],
  ['A percent sign in a field is nearly always one that nobody escaped; as a comment it would cut the text off.', 'latex30 note'],
  ['Two paragraphs do not run together.', 'latex31 note'],
  ['CSL has no underlining: a style’s processor would print the tag.', 'latex32 note'],
  ['`en` is English as `en-US` is.', 'langid13 title'],
  ['A PubMed number is one, whatever field it is in.', 'other4 PMID'],
  ['An address has no backslash before `_`.', 'other6 URL', 'other6 DOI'],
  ['A year in words is kept as words; Pandoc’s CSL-JSON has an empty date.', 'other19 issued', 'other20 issued', 'other21 issued'],
];

function found(format: string, isOf: (key: string) => boolean): string[] {
  const mine = ours();
  const theirs = pandocs(format);
  return samples.filter(({ key }) => isOf(key)).flatMap(({ key }) => differences(mine.get(key)!, theirs.get(key) ?? {}).map(field => `${key} ${field}`)).sort();
}

function listed(isOf: (key: string) => boolean): string[] {
  return disagreements.flatMap(([, ...where]) => where).filter(where => isOf(where.split(' ')[0]!)).sort();
}

/** What of a title a style may never make title case, by Pandoc’s own reading. */
function protectedByPandoc(): Map<string, string> {
  const { meta } = JSON.parse(convertByPandoc(file, 'biblatex', 'json')) as { meta: { references: { c: readonly { c: Record<string, PandocNode> }[] } } };
  return new Map(meta.references.c.map(({ c }) => [wordsOf(c['id']!), spansOf(c['title']).join(' | ')]));
}

function wordsOf({ c }: PandocNode): string {
  return typeof c === 'string' ? c : textOf(c);
}

function spansOf(node: unknown): string[] {
  if (Array.isArray(node)) {
    return node.flatMap(spansOf);
  }
  const { t, c } = (node ?? {}) as Partial<PandocNode>;
  if (c === undefined) {
    return [];
  }
  const classes = t === 'Span' ? (c as [[string, string[]], unknown])[0][1] : [];
  return classes.includes('nocase') ? [textOf((c as unknown[])[1])] : spansOf(t === 'Span' ? (c as unknown[])[1] : c);
}

describe('BibTeX entries, compared with Pandoc field by field', function () {
  this.timeout(60_000);

  it('are more than 300', () => {
    assert.ok(samples.length > 300, String(samples.length));
  });

  it('are read as `-f biblatex` reads them, but for what is listed', () => {
    assert.deepEqual(found('biblatex', () => true), listed(() => true));
  });

  it('are read as `-f bibtex` reads them, where both dialects have the fields', () => {
    const isOf = (key: string): boolean => /^(case|latex|date|study|kind)/.test(key);
    assert.deepEqual(found('bibtex', isOf), listed(isOf));
  });

  it('protect the same words of titles from title case', () => {
    const theirs = protectedByPandoc();
    const mine = ours();
    for (const { key } of samples.filter(each => each.key.startsWith('case'))) {
      const spans = Array.from(String(mine.get(key)!['title']).matchAll(/<span class="nocase">(.*?)<\/span>/g), match => match[1]!.replace(/<[^>]+>/g, ''));
      assert.equal(spans.join(' | '), theirs.get(key), key);
    }
  });
});
