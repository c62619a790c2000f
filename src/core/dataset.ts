import type { Edition, Study, Term, Vocabulary } from './study.ts';

/** The compiled dataset as far as it could be read; each problem is one plain sentence. */
export interface Dataset {
  /** Absent where the file is damaged. */
  readonly edition?: Edition;
  readonly vocabulary: Vocabulary;
  readonly studies: readonly Study[];
  readonly problems: readonly string[];
}

/**
 * Reads `dist/studies.json`. Never throws: a record that can't be read costs that record, and a damaged file costs the
 * lines that are damaged, for `data/compile.ts` writes one record a line.
 */
export function readDataset(text: string): Dataset {
  const problems: string[] = [];
  const { edition, vocabulary, records } = readWhole(text) ?? salvage(text, problems);
  const studies = new Map<string, Study>();
  for (const record of records) {
    const fault = faultOf(record);
    if (fault) {
      problems.push(fault);
    } else if (studies.has((record as Study).id)) {
      problems.push(`${(record as Study).id} stands twice; the first is kept.`);
    } else {
      studies.set((record as Study).id, record as Study);
    }
  }
  return {
    ...(isObject(edition) && areTexts([edition.version, edition.date]) && { edition: edition as unknown as Edition }),
    vocabulary: completeVocabulary(vocabulary, [...studies.values()]),
    studies: [...studies.values()],
    problems,
  };
}

interface Raw {
  readonly edition: unknown;
  readonly vocabulary: unknown;
  readonly records: readonly unknown[];
}

function readWhole(text: string): Raw | undefined {
  const value = parse(text) as { edition?: unknown; vocabulary?: unknown; studies?: unknown } | undefined;
  return Array.isArray(value?.studies) ? { edition: value.edition, vocabulary: value.vocabulary, records: value.studies } : undefined;
}

function salvage(text: string, problems: string[]): Raw {
  const lines = text.split('\n');
  const head = parse(`${lines[0]?.replace(/,"studies":\[\s*$/, '')}}`) as { edition?: unknown; vocabulary?: unknown } | undefined;
  const records: unknown[] = [];
  lines.forEach((line, index) => {
    if (!line.startsWith('{"id":')) {
      return;
    }
    const record = parse(line.replace(/,\s*$/, ''));
    if (record === undefined) {
      problems.push(`line ${index + 1} is damaged and was left out.`);
    } else {
      records.push(record);
    }
  });
  if (problems.length === 0) {
    problems.push(records.length === 0 ? 'holds no study that can be read.' : 'is cut off or damaged.');
  }
  return { edition: head?.edition, vocabulary: head?.vocabulary, records };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const areObjects = (value: unknown, ...texts: string[]): boolean =>
  Array.isArray(value) && value.every(each => isObject(each) && texts.every(field => isText(each[field])));
const isMissingOr = (value: unknown, check: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || check(value);

const checks: Readonly<Record<string, (record: Record<string, unknown>) => boolean>> = {
  csl: ({ csl }) => isObject(csl) && isText(csl.title) && isText(csl.type) && areObjects(csl.author),
  'csl.issued': ({ csl }) => isMissingOr((csl as { issued?: unknown }).issued, isDate),
  gist: ({ gist }) => isText(gist),
  evidence: ({ evidence }) => isEvidence(evidence),
  conditions: ({ conditions }) => areTexts(conditions),
  topics: ({ topics }) => areTexts(topics),
  design: ({ design }) => isText(design),
  finding: ({ finding }) => isText(finding),
  n: ({ n }) => isMissingOr(n, value => typeof value === 'number'),
  intervention: ({ intervention }) => isMissingOr(intervention, isObject),
  outcome: ({ outcome }) => isMissingOr(outcome, isObject),
  notices: ({ notices }) => areObjects(notices, 'type', 'note'),
  quotes: ({ quotes }) => areObjects(quotes, 'text', 'location', 'match', 'source'),
  sources: ({ sources }) =>
    areObjects(sources, 'url') && (sources as { confirms: unknown }[]).every(each => areTexts(each.confirms)),
  unverified: ({ unverified }) => isMissingOr(unverified, areTexts),
};

function isEvidence(value: unknown): boolean {
  const isNumber = (each: unknown): boolean => isMissingOr(each, given => typeof given === 'number');
  return (
    isObject(value) &&
    isText(value.direction) &&
    isText(value.basis) &&
    areTexts(value.comparators) &&
    areTexts(value.routes) &&
    areObjects(value.doses, 'unit') &&
    isNumber(value.sessions) &&
    isNumber(value.followUpDays)
  );
}

function isDate(issued: unknown): boolean {
  const parts = isObject(issued) ? issued['date-parts'] : undefined;
  return Array.isArray(parts) && Array.isArray(parts[0]) && parts[0].every(part => typeof part === 'number');
}

function faultOf(record: unknown): string | undefined {
  if (!isObject(record) || !isText(record.id)) {
    return 'a record has no id and was left out.';
  }
  const field = Object.keys(checks).find(name => !checks[name]?.(record));
  return field && `${record.id} was left out: its field ${field} can't be read.`;
}

/** Words that records use but the vocabulary lacks are shown by their ids, so that no study disappears from the tree. */
function completeVocabulary(value: unknown, studies: readonly Study[]): Vocabulary {
  const given = isObject(value) ? value : {};
  const complete = (name: keyof Vocabulary, used: readonly string[]): Term[] => {
    const terms = areObjects(given[name], 'id', 'label') ? (given[name] as Term[]) : [];
    const missing = [...new Set(used)].filter(id => !terms.some(term => term.id === id));
    return [...terms, ...missing.map(id => ({ id, label: id }))];
  };
  const used = (words: (study: Study) => readonly string[]): readonly string[] => studies.flatMap(words);
  return {
    conditions: complete('conditions', used(study => study.conditions)),
    designs: complete('designs', used(study => [study.design])),
    topics: complete('topics', used(study => study.topics)),
    comparators: complete('comparators', used(({ evidence }) => evidence.comparators)),
    results: complete('results', used(({ evidence }) => [evidence.direction])),
    routes: complete('routes', used(({ evidence }) => evidence.routes)),
    blinding: complete('blinding', used(({ evidence }) => (evidence.blinding ? [evidence.blinding] : []))),
  };
}
