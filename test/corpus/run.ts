import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readManuscript } from '../../src/core/reading.ts';
import type { CitableItem } from '../../src/core/reference.ts';
import type { Bibliography } from '../../src/core/bibliography/bibliography.ts';
import { compareFields, isCslJson, readByUs, type ComparedFields, type PandocFormat } from './bibliographies.ts';
import { Classes } from './classes.ts';
import { compareCites, withPlainChunks } from './manuscripts.ts';
import { citingAll, comparedStyles, comparePrinting, styleToCompare } from './printing.ts';
import { byPandoc, inputFormats, longestWait, NewPandoc, pandocVersion, type Answer } from './pandoc.ts';

/**
 * Compares our reading of every manuscript and bibliography of a folder with Pandoc's, and says where they differ; with `--print` also
 * how both print the folder's works and manuscripts in many styles.
 */

const largest = 5 * 1024 * 1024;
/** Of smaller files the time says more about the start of a program than about reading. */
const smallestToTime = 20_000;

/** So many works are printed in each style. */
const mostPrinted = 120;
/** So many manuscripts are. */
const mostManuscripts = 20;

type Kind = 'markdown' | PandocFormat;

const kinds: Readonly<Record<string, Kind>> = { '.md': 'markdown', '.qmd': 'markdown', '.rmd': 'markdown', '.markdown': 'markdown', '.bib': 'biblatex', '.ris': 'ris', '.json': 'csljson' };

class Report {
  readonly classes = new Classes();
  readonly accepted = new Map<string, number>();
  readonly exceptions: string[] = [];
  files = { manuscripts: 0, bibliographies: 0 };
  leftOut = 0;
  refused = 0;
  /** Bibliographies that Pandoc refuses, and of which we say so. */
  reported = 0;
  refusedBibliographies = 0;
  tooSlow = 0;
  cites = { total: 0, same: 0 };
  citing = { files: 0, same: 0 };
  fields = { total: 0, same: 0, accepted: 0 };
  printed = { total: 0, same: 0, accepted: 0, styles: 0 };
  readonly works = new Map<string, CitableItem>();
  readonly texts: { readonly name: string; readonly text: string }[] = [];
  slowest: { readonly file: string; readonly speed: number; readonly size: number } | undefined;

  timed(file: string, size: number, ms: number): void {
    const speed = ms / (size / 1e6);
    const isBetter = !this.slowest || (size >= smallestToTime) > (this.slowest.size >= smallestToTime);
    const isSameKind = !!this.slowest && size >= smallestToTime === this.slowest.size >= smallestToTime;
    if (isBetter || (isSameKind && speed > this.slowest!.speed)) {
      this.slowest = { file, speed, size };
    }
  }
}

function* filesIn(folder: string): Generator<string, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') {
      yield* filesIn(file);
    } else if (entry.isFile() && kinds[path.extname(entry.name).toLowerCase()]) {
      yield file;
    }
  }
}

/** Runs our own reading: an exception is the one thing that must never happen. The shorter of two times is taken. */
function ourReading<T>(report: Report, file: string, size: number, read: () => T): T | undefined {
  try {
    const times: number[] = [];
    let result: T | undefined;
    for (let i = 0; i < 2; i += 1) {
      const start = performance.now();
      result = read();
      times.push(performance.now() - start);
    }
    report.timed(file, size, Math.min(...times));
    return result;
  } catch (error) {
    report.exceptions.push(`${file}: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 5).join('\n      ') : String(error)}`);
    return undefined;
  }
}

function isOutput(report: Report, answer: Answer): answer is { readonly output: string } {
  if (answer === 'too slow') {
    report.tooSlow += 1;
    return false;
  }
  report.refused += 'refusal' in answer ? 1 : 0;
  return 'output' in answer;
}

function manuscript(report: Report, name: string, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  report.files.manuscripts += 1;
  if (!ourReading(report, name, bytes.length, () => readManuscript(text).citations.length + 1)) {
    return;
  }
  report.texts.push({ name, text });
  const hasChunks = /\.(?:rmd|qmd)$/i.test(name);
  const answer = byPandoc(hasChunks ? new TextEncoder().encode(withPlainChunks(text)) : bytes, 'markdown', 'json');
  if (!isOutput(report, answer)) {
    return;
  }
  const { total, same, differences } = compareCites(name, text, answer.output);
  report.cites.total += total;
  report.cites.same += same;
  report.citing.files += 1;
  report.citing.same += differences.length === 0 ? 1 : 0;
  differences.forEach(each => report.classes.add(name, each));
}

async function bibliography(report: Report, name: string, bytes: Uint8Array, format: PandocFormat, pandoc: (format: PandocFormat) => Promise<Answer>, newer: NewPandoc): Promise<void> {
  report.files.bibliographies += 1;
  const ours = ourReading(report, name, bytes.length, () => readByUs(name, bytes, format));
  if (!ours) {
    return;
  }
  for (const { id, csl } of ours.entries) {
    // Keys that no citation can hold without braces are another matter.
    if (/^[A-Za-z0-9][\w-]*$/.test(id) && !report.works.has(id)) {
      report.works.set(id, { ...csl, id });
    }
  }
  const answer = await pandoc(format);
  const stops = ours.problems.filter(({ stopsPandoc }) => stopsPandoc);
  if (isOutput(report, answer)) {
    // A bibliography that is not UTF-8 is refused, though the same file is read as a document to convert.
    if (stops[0] && isUtf8(bytes)) {
      report.classes.add(name, { kind: `${format}: we say that Pandoc can’t read the file, and it does`, size: stops[0].message.length, example: `${name}: ${stops[0].message}` });
    }
    const compared = compareFields(name, format, ours, answer.output);
    const { total, same, accepted, differences } = compared.differences.length > 0 ? await withNewer(newer, name, bytes, format, ours, answer.output) : compared;
    const explained = [...accepted.values()].reduce((sum, each) => sum + each, 0);
    report.fields = { total: report.fields.total + total, same: report.fields.same + same, accepted: report.fields.accepted + explained };
    accepted.forEach((count, reason) => report.accepted.set(reason, (report.accepted.get(reason) ?? 0) + count));
    differences.forEach(each => report.classes.add(name, each));
  } else if (answer !== 'too slow' && stops.length > 0) {
    report.refusedBibliographies += 1;
    report.reported += 1;
  } else if (answer !== 'too slow') {
    report.refusedBibliographies += 1;
    const what = ours.problems.length > 0 ? 'we report problems, but none that stops it' : 'we report no problem';
    report.classes.add(name, { kind: `${format}: Pandoc refuses the file, and ${what}`, size: bytes.length, example: `${name}: ${'refusal' in answer ? answer.refusal.split('\n').slice(0, 5).join(' ') : ''}` });
  }
}

/** Compares again: what the newer Pandoc reads as we do is a fault of the older. */
async function withNewer(newer: NewPandoc, name: string, bytes: Uint8Array, format: PandocFormat, ours: Bibliography, output: string): Promise<ComparedFields> {
  const answer = await newer.read(new TextDecoder().decode(bytes), format);
  return compareFields(name, format, ours, output, answer !== 'too slow' && 'output' in answer ? answer.output : '[]');
}

/** Prints the folder's works, and those of its manuscripts that cite them, in many styles. */
async function printing(report: Report, pandoc: NewPandoc): Promise<void> {
  const items = [...report.works.values()].slice(0, mostPrinted);
  const citing = report.texts.filter(({ text }) => citesOnly(text, report.works)).slice(0, mostManuscripts);
  for (const id of items.length > 0 ? comparedStyles : []) {
    const style = styleToCompare(id);
    report.printed.styles += 1;
    const all = { name: 'all works of the folder', text: citingAll(items.map(item => item.id), style.language) };
    for (const { name, text } of [all, ...citing]) {
      const compared = await comparePrinting(name, text, name === all.name ? items : [...report.works.values()], style, pandoc);
      if (compared === 'too slow' || 'refusal' in compared) {
        report.classes.add(name, { kind: `printing: Pandoc ${compared === 'too slow' ? 'is too slow' : 'refuses'}`, size: text.length, example: `${name}, ${id}` });
        continue;
      }
      const { total, same, accepted, differences } = compared;
      const explained = [...accepted.values()].reduce((sum, each) => sum + each, 0);
      report.printed = { ...report.printed, total: report.printed.total + total, same: report.printed.same + same, accepted: report.printed.accepted + explained };
      accepted.forEach((count, reason) => report.accepted.set(reason, (report.accepted.get(reason) ?? 0) + count));
      differences.forEach(each => report.classes.add(name, each));
    }
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  return !new TextDecoder().decode(bytes).includes('\ufffd');
}

function citesOnly(text: string, works: ReadonlyMap<string, CitableItem>): boolean {
  const cites = readManuscript(text).citations.flatMap(citation => citation.cites);
  return cites.length > 0 && cites.every(({ key }) => works.has(key));
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none found' : `${((100 * part) / whole).toFixed(2)} % (${part} of ${whole})`;
}

function print({ classes, accepted, exceptions, files, leftOut, refused, refusedBibliographies, reported, tooSlow, cites, citing, fields, slowest, printed }: Report): void {
  const lines = [
    `Files: ${files.manuscripts + files.bibliographies} (${files.manuscripts} manuscripts, ${files.bibliographies} bibliographies); left out, over 5 MB: ${leftOut}`,
    `Pandoc refuses: ${refused}, of which ${refusedBibliographies} are bibliographies, and ${reported} of them have a problem from us that says so; takes more than ${longestWait / 1000} s: ${tooSlow}`,
    `Cites that are identical: ${share(cites.same, cites.total)}`,
    `Manuscripts whose cites are all identical: ${share(citing.same, citing.files)}`,
    `Fields that are identical or differ for a listed reason: ${share(fields.same + fields.accepted, fields.total)}; for a listed reason ${fields.accepted}`,
    ...(printed.styles > 0 ? [`Printed in ${printed.styles} styles, identical or different for a listed reason: ${share(printed.same + printed.accepted, printed.total)}; for a listed reason ${printed.accepted}`] : []),
    `Exceptions: ${exceptions.length}`,
    slowest ? `Slowest: ${slowest.file}, ${slowest.speed.toFixed(0)} ms per MB (${slowest.size} bytes)` : 'Slowest: no file',
    ...exceptions.map(each => `\nEXCEPTION ${each}`),
    ...(accepted.size > 0 ? ['\nListed reasons:'] : []),
    ...Array.from(accepted, ([reason, count]) => `  ${count} × ${reason}`),
    ...(classes.all.length > 0 ? [`\nDifferences, ${classes.all.length} classes:`] : ['\nNo differences.']),
    ...classes.all.map(({ kind, count, files: inFiles, example }) => `\n  ${count} × ${kind} (files: ${inFiles})\n    ${example}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function run(folder: string | undefined, prints: boolean): Promise<number> {
  if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    process.stderr.write(`${folder === undefined ? 'No folder given' : `There is no folder ${folder}`}. Run: npm run corpus -- FOLDER [--print]\n`);
    return 1;
  }
  let formats: ReadonlySet<string>;
  try {
    formats = inputFormats();
  } catch {
    process.stderr.write('Pandoc can’t be run. Install it (https://pandoc.org/installing.html) and make sure that `pandoc --version` works in this terminal.\n');
    return 1;
  }
  const newer = new NewPandoc();
  const report = new Report();
  process.stdout.write(`Comparing with ${pandocVersion()}${formats.has('ris') ? '' : '; RIS with that of the package pandoc-wasm'}\n`);
  for (const file of filesIn(folder)) {
    const name = path.relative(folder, file);
    if (statSync(file).size > largest) {
      report.leftOut += 1;
      continue;
    }
    const bytes = new Uint8Array(readFileSync(file));
    const text = (): string => new TextDecoder().decode(bytes);
    const kind = kinds[path.extname(file).toLowerCase()]!;
    if (kind === 'markdown') {
      manuscript(report, name, bytes);
    } else if (kind !== 'csljson' || isCslJson(text())) {
      await bibliography(report, name, bytes, kind, async format => (formats.has(format) ? byPandoc(bytes, format, 'csljson') : newer.read(text(), format)), newer);
    }
  }
  if (prints) {
    await printing(report, newer);
  }
  await newer.end();
  print(report);
  return report.exceptions.length > 0 ? 1 : 0;
}

run(process.argv[2], process.argv.includes('--print')).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
