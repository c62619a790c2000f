/**
 * Writes `data/CHANGES.md`: which records each version of the dataset added, changed and removed, from the git history.
 *
 * Usage: `npm run data:changes`
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareRecords, type RecordChanges } from './compareRecords.ts';
import { readHistory, type DatasetVersion } from './history.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

const head = `# Changes of the records

Which records each version of the dataset added, changed and removed. \`npm run data:changes\` makes this file from the git
history: don't edit it by hand. [README.md](README.md) says what the fields mean.`;

/** Makes the list, newest version first. */
export function changesText(versions: readonly DatasetVersion[]): string {
  const sections = versions.map((version, index) => {
    const before = versions[index + 1];
    const body = before ? bodyOf(compareRecords(before.records, version.records)) : ['The first version.'];
    return [`## ${version.version} (${version.date})`, ...body].join('\n\n');
  });
  return `${[head, ...sections].join('\n\n')}\n`;
}

function bodyOf({ added, removed, changed, newFields, droppedFields }: RecordChanges): readonly string[] {
  const parts = [
    newFields.length > 0 && `New in every record: ${quoted(newFields)}.`,
    droppedFields.length > 0 && `No longer in any record: ${quoted(droppedFields)}.`,
    added.length > 0 && `### Added\n\n${wrapped(added)}`,
    changed.length > 0 && `### Changed\n\n${changed.map(({ id, fields }) => `- ${id}: ${quoted(fields)}`).join('\n')}`,
    removed.length > 0 && `### Removed\n\n${wrapped(removed)}`,
  ].filter(part => part !== false);
  return parts.length > 0 ? parts : ['No record was changed.'];
}

/** Characters of a line, the width at which README.md is wrapped. */
const widest = 120;

/** Citekeys, separated by commas, in lines of a width that can be read without scrolling. */
function wrapped(keys: readonly string[]): string {
  const lines: string[] = [];
  for (const key of keys) {
    const longer = `${lines.at(-1)}, ${key}`;
    if (lines.length > 0 && longer.length < widest) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(key);
    }
  }
  return lines.join(',\n');
}

function quoted(fields: readonly string[]): string {
  return fields.map(field => `\`${field}\``).join(', ');
}

/** Writes CHANGES.md of a data folder. Returns what to tell whoever ran it. Errors: the history can't be read. */
export function writeChanges(folder: string): string {
  const { versions, now } = readHistory(folder);
  writeFileSync(path.join(folder, 'CHANGES.md'), changesText(versions));
  const [newest] = versions;
  const { added, removed, changed } = compareRecords(newest!.records, now);
  const since = added.length + removed.length + changed.length;
  const remark = since === 0 ? '' : ` Records that have changed since ${newest!.version} was set: ${since}. Raise the version in CITATION.cff to list them.`;
  return `CHANGES.md: ${versions.map(({ version }) => version).join(', ')}.${remark}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(writeChanges(here));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
