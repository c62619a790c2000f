import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Printed } from '../src/core/forms.ts';
import { createFormatter, type Formatter, type StoredXml } from '../src/core/reference.ts';
import { locales, styles } from '../src/core/styles.ts';
import type { Study } from '../src/core/study.ts';

/** The language the extension begins in; in others the engine prints. */
const language = 'en-US';

/** Cites where the style's own citations are numbers or notes. */
const citingStyle = 'apa';

/** What decides how a work is printed, but for the records, the styles and our own modules. */
const others = ['data/prerender.ts', 'node_modules/citeproc/package.json'];

const root = path.join(__dirname, '..');

/**
 * Prints every study in every bundled style in American English, so that the editor need not wait for an engine:
 * `<dist>/references/<style>.json`, `{ "feder2021": { "reference": …, "parenthetical": …, "inText": … } }`, in Markdown.
 * Reads the styles and locales in `dist`. Leaves the files as they are, and answers false, where nothing they follow from
 * has changed.
 */
export async function prerender(studies: readonly Study[], dist: string): Promise<boolean> {
  const folder = path.join(dist, 'references');
  const stamp = path.join(folder, 'inputs.sha256');
  const inputs = hashOf(studies, dist);
  const files = styles.map(({ id }) => path.join(folder, `${id}.json`));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs && files.every(file => existsSync(file))) {
    return false;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const read = (file: string): StoredXml => JSON.parse(readFileSync(path.join(dist, file), 'utf8')) as StoredXml;
  const localeFor = (tag: string): StoredXml | undefined => (locales.some(({ id }) => id === tag) ? read(`locales/${tag}.json`) : undefined);
  const make = (style: string): Promise<Formatter> => createFormatter(read(`styles/${style}.json`), language, localeFor);
  let cited: readonly Printed[] = [];
  // The citing style first: the others take their citations from it.
  for (const id of [citingStyle, ...styles.map(style => style.id).filter(each => each !== citingStyle)]) {
    const made = await make(id);
    const printed = studies.map((study, index) => printedBy(made, study, made.citesByName ? undefined : cited[index]));
    cited = id === citingStyle ? printed : cited;
    writeFileSync(path.join(folder, `${id}.json`), `${JSON.stringify(Object.fromEntries(studies.map((study, index) => [study.id, printed[index]])))}\n`);
  }
  writeFileSync(stamp, inputs);
  return true;
}

function printedBy(made: Formatter, { id, csl }: Study, cited: Printed | undefined): Printed {
  const item = { ...csl, id };
  return {
    reference: made.reference(item).markdown,
    parenthetical: cited?.parenthetical ?? made.parenthetical(item).markdown,
    inText: cited?.inText ?? made.inText(item).markdown,
  };
}

/** A module and all of ours that it imports, however far: a list by hand forgets the one that is added. */
function modulesOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (!found.has(file)) {
    found.add(file);
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*'(\.[^']+\.ts)'/g)) {
      modulesOf(path.posix.join(path.posix.dirname(file), name), found);
    }
  }
  return found;
}

function hashOf(studies: readonly Study[], dist: string): string {
  const hash = createHash('sha256').update(JSON.stringify(studies.map(({ id, csl }) => [id, csl])));
  const made = [...styles.map(({ id }) => `styles/${id}.json`), ...locales.map(({ id }) => `locales/${id}.json`)];
  const files = [...[...modulesOf('src/core/reference.ts'), ...others].map(file => path.join(root, file)), ...made.map(file => path.join(dist, file))];
  files.forEach(file => hash.update(readFileSync(file)));
  return hash.digest('hex');
}
