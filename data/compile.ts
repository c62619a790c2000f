/**
 * Checks every record of `data/studies/` and writes `dist/studies.json`, one record a line, so that damage to a line
 * costs the extension that record only. Ends with exit code 1 and a list of file, field and cure when a record is wrong.
 *
 * Usage: `npm run data`
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseYaml } from 'yaml';
import type { Edition, Study, Vocabulary } from '../src/core/study.ts';
import { prerender } from './prerender.ts';
import { schemaFaults } from './schemaFaults.ts';
import { writeAllStyles, writeStyles } from './styles.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

export interface Compiled {
  readonly edition: Edition;
  readonly vocabulary: Vocabulary;
  readonly studies: readonly Study[];
  /** One line a fault: `data/studies/feder2021.json: csl.DOI: …`. */
  readonly problems: readonly string[];
}

/** Reads and checks all records of a data folder (`studies/`, `vocabulary.json`, `study.schema.json`, `CITATION.cff`). */
export function compile(folder: string): Compiled {
  const vocabulary = readJson(path.join(folder, 'vocabulary.json')) as Vocabulary;
  // Verbose: a fault names the value, and of alternatives each.
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTuples: false, verbose: true });
  addFormats.default(ajv);
  const validate = ajv.compile<Study>(readJson(path.join(folder, 'study.schema.json')) as object);
  const studies: Study[] = [];
  const problems: string[] = [];
  const edition = readEdition(path.join(folder, 'CITATION.cff'));
  const fileByDoi = new Map<string, string>();

  for (const file of readdirSync(path.join(folder, 'studies')).sort()) {
    const report = (fault: string): number => problems.push(`data/studies/${file}: ${fault}`);
    if (!file.endsWith('.json')) {
      report('is not a .json file; a record is named <id>.json.');
      continue;
    }
    let record: unknown;
    try {
      record = readJson(path.join(folder, 'studies', file));
    } catch (error) {
      report(`is not valid JSON: ${(error as Error).message}`);
      continue;
    }
    if (!validate(record)) {
      schemaFaults(validate.errors ?? []).forEach(report);
      continue;
    }
    const study = withAuthors(record);
    checkRecord(study, file, vocabulary, fileByDoi).forEach(report);
    studies.push(study);
  }
  if (!isEdition(edition)) {
    problems.push(`data/CITATION.cff: version is ${edition.version} and date-released is ${edition.date}. Write a version such as 2.0.0 and a day such as 2026-11-30.`);
  }
  return { edition, vocabulary, studies: studies.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

/** A law or a page of an agency may have no author; the extension expects a list. */
function withAuthors(record: Study): Study {
  return { ...record, csl: { ...record.csl, author: (record.csl.author as Study['csl']['author'] | undefined) ?? [] } };
}

function readEdition(file: string): Edition {
  const { version, 'date-released': date } = parseYaml(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  return { version: String(version), date: String(date) };
}

function isEdition({ version, date }: Edition): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  return /^\d+\.\d+\.\d+$/.test(version) && isDay(Number(year), Number(month), Number(day));
}

/** Whether the calendar has such a day: it makes the first of March of the thirtieth of February. */
function isDay(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
}

/** What a JSON Schema can't see: the file's name, the vocabulary, real dates, a DOI in two files. */
function checkRecord(study: Study, file: string, vocabulary: Vocabulary, fileByDoi: Map<string, string>): string[] {
  const faults: string[] = [];
  if (`${study.id}.json` !== file) {
    faults.push(`id: is "${study.id}", but the file is named ${file}; both must be the citekey.`);
  }
  const doi = study.csl.DOI?.toLowerCase();
  const other = doi && fileByDoi.get(doi);
  if (other) {
    faults.push(`csl.DOI: ${doi} is in data/studies/${other} too; a work has one record.`);
  }
  if (doi) {
    fileByDoi.set(doi, file);
  }

  const unknown = (field: string, words: readonly string[], terms: Vocabulary[keyof Vocabulary]): void => {
    for (const word of words.filter(each => !terms.some(term => term.id === each))) {
      faults.push(`${field}: "${word}" is not in data/vocabulary.json. Use one of ${terms.map(term => term.id).join(', ')}, or add it there first.`);
    }
  };
  unknown('conditions', study.conditions, vocabulary.conditions);
  unknown('topics', study.topics, vocabulary.topics);
  unknown('design', [study.design], vocabulary.designs);
  const { comparators, direction, routes, blinding, doses, randomized } = study.evidence;
  unknown('evidence.comparators', comparators, vocabulary.comparators);
  unknown('evidence.direction', [direction], vocabulary.results);
  unknown('evidence.routes', routes, vocabulary.routes);
  unknown('evidence.blinding', blinding === null ? [] : [blinding], vocabulary.blinding);
  if (study.design === 'randomized-controlled-trial' && randomized !== true) {
    faults.push('evidence.randomized: must be true for the design randomized-controlled-trial. Correct the one or the other.');
  }
  const route = vocabulary.routes.find(({ id }) => id === study.intervention?.route);
  if (route && !routes.includes(route.id)) {
    faults.push(`evidence.routes: lacks ${route.id}, which intervention.route states. Add it.`);
  }
  for (const [index, dose] of doses.entries()) {
    if ('low' in dose && dose.low >= dose.high) {
      faults.push(`evidence.doses.${index}: low is ${dose.low} and high is ${dose.high}. Put the lower dose into low.`);
    }
  }

  const [year = 0, month = 1, day = 1] = study.csl.issued?.['date-parts']?.[0] ?? [];
  if (!isDay(year, month, day)) {
    faults.push(`csl.issued: ${[year, month, day].join('-')} is not a day of the calendar. Correct it, or leave the day out.`);
  }
  for (const field of study.unverified?.filter(each => !(each in study.csl)) ?? []) {
    faults.push(`unverified: "${field}" is not a field of this record's csl.`);
  }
  return faults;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** `{"edition":…,"vocabulary":…,"studies":[`, then a record a line. */
export function serialize({ edition, vocabulary, studies }: Omit<Compiled, 'problems'>): string {
  const lines = studies.map(study => JSON.stringify(study)).join(',\n');
  return `{"edition":${JSON.stringify(edition)},"vocabulary":${JSON.stringify(vocabulary)},"studies":[\n${lines}\n]}\n`;
}

async function main(): Promise<void> {
  const compiled = compile(here);
  if (compiled.problems.length > 0) {
    console.error(
      `${compiled.problems.join('\n')}\n\n${compiled.problems.length} faults in data/studies; dist/studies.json was not written.`,
    );
    process.exitCode = 1;
    return;
  }
  const dist = path.join(here, '..', 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(path.join(dist, 'studies.json'), serialize(compiled));
  writeStyles(dist);
  writeAllStyles(dist);
  await prerender(compiled.studies, dist);
  console.log(`dist/studies.json: ${compiled.studies.length} studies`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
