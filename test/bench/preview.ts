import MarkdownIt from 'markdown-it';
import { readStyle, type CitableItem } from '../../src/core/cslEngine.ts';
import { previewHtml } from '../../src/core/preview/html.ts';
import { showCitations, type Cited, type Printed } from '../../src/core/preview/plugin.ts';
import { readManuscript } from '../../src/core/reading.ts';
import { citationSpans, citationsToPrint } from '../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../src/core/typeset/typesetter.ts';
import { studies } from '../support/dataset.ts';
import { bundledStyle, localeFor } from '../support/styles.ts';
import { median, timed, type Part } from './report.ts';

const count = 100;
const renders = 30;

/** What the citations of a manuscript add to a render of its preview, after the first, while its text is being written. */
export const preview: Part = async report => {
  const items = new Map(studies.slice(0, count).map(({ id, csl }): [string, CitableItem] => [id, { ...csl, id }]));
  const paragraph = (key: string, index: number): string => `Paragraph ${index} says *something* of a trial [see @${key}, p. ${index}], and **no more** than that.`;
  const text = [...items.keys()].map(paragraph).join('\n\n');
  const style = await readStyle(bundledStyle('apa'), 'en-US', localeFor);
  const [plain, citing] = [new MarkdownIt({ html: true }), new MarkdownIt({ html: true })];
  const print = printer(new Typesetter(style), items);
  showCitations(citing as unknown as Parameters<typeof showCitations>[0], read, print);
  // The first makes the engine.
  citing.render(text);
  const times = Array.from({ length: renders }, (_, index) => {
    const typed = `${text}\n\nAnd so on${'.'.repeat(index)}`;
    return { without: timed(() => void plain.render(typed)), with: timed(() => void citing.render(typed)) };
  });
  const added = median(times.map(each => each.with)) - median(times.map(each => each.without));
  const anew = timed(() => void printedWith(read(text), new Typesetter(style), items));
  report({ name: 'preview.100citations', value: added, unit: 'ms', baseline: { name: 'printing all anew', value: anew } });
};

function read(text: string): Cited {
  const reading = readManuscript(text);
  return { reading, citations: citationSpans(reading) };
}

/** Asked for each citation, it prints once for each text, as in the editor. */
function printer(typesetter: Typesetter, items: ReadonlyMap<string, CitableItem>): (cited: Cited) => Printed {
  const printed = new WeakMap<Cited, Printed>();
  return cited => {
    const before = printed.get(cited) ?? printedWith(cited, typesetter, items);
    printed.set(cited, before);
    return before;
  };
}

function printedWith({ reading }: Cited, typesetter: Typesetter, items: ReadonlyMap<string, CitableItem>): Printed {
  const cited = citationsToPrint(reading, key => items.get(key));
  return previewHtml(cited, typesetter.print(cited), { unknown: 'no such citekey', back: 'Back to the text' });
}
