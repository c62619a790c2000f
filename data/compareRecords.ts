import { isDeepStrictEqual } from 'node:util';

/** The records of one version of the dataset, by citekey. */
export type Records = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** What changed from one version to the next. All lists are sorted. */
export interface RecordChanges {
  /** Citekeys. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedRecord[];
  /** Fields that no record had and every record has now: the schema changed, and no single record is to be named for it. */
  readonly newFields: readonly string[];
  /** Fields that every record had and none has now. */
  readonly droppedFields: readonly string[];
}

export interface ChangedRecord {
  readonly id: string;
  /** `finding`, or `csl.page` where the field is part of an object. */
  readonly fields: readonly string[];
}

/** Compares the records of two versions. The order of a record's fields does not count. */
export function compareRecords(before: Records, after: Records): RecordChanges {
  const newFields = fieldsOfAllButNone(after, before);
  const droppedFields = fieldsOfAllButNone(before, after);
  const schema = new Set([...newFields, ...droppedFields]);
  const changed: ChangedRecord[] = [];
  for (const [id, record] of after) {
    const old = before.get(id);
    const fields = old ? changedFields(old, record).filter(field => !schema.has(field)) : [];
    if (fields.length > 0) {
      changed.push({ id, fields });
    }
  }
  return {
    added: keysMissingIn(before, after),
    removed: keysMissingIn(after, before),
    changed: changed.sort((a, b) => (a.id < b.id ? -1 : 1)),
    newFields,
    droppedFields,
  };
}

function keysMissingIn(some: Records, others: Records): readonly string[] {
  return [...others.keys()].filter(id => !some.has(id)).sort();
}

/** The fields that every record of one version has and no record of the other. */
function fieldsOfAllButNone(all: Records, none: Records): readonly string[] {
  const [first] = all.values();
  if (!first || none.size === 0) {
    return [];
  }
  const isNew = (field: string): boolean =>
    [...all.values()].every(record => field in record) && ![...none.values()].some(record => field in record);
  return Object.keys(first).filter(isNew).sort();
}

/** The fields of a record in which the two differ; of two objects, the fields inside. */
function changedFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return fieldsThatDiffer(before, after).flatMap(field => {
    const [old, now] = [before[field], after[field]];
    return isObject(old) && isObject(now) ? fieldsThatDiffer(old, now).map(inner => `${field}.${inner}`) : [field];
  });
}

function fieldsThatDiffer(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter(field => !isDeepStrictEqual(before[field], after[field])).sort();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
