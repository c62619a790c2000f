import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Edition } from '../src/core/study.ts';
import type { Records } from './compareRecords.ts';

/** A version of the dataset and the records that it has. */
export interface DatasetVersion extends Edition {
  readonly records: Records;
}

/** All versions of the dataset, and whether records have changed since the newest one was set. */
export interface History {
  /** Newest first. */
  readonly versions: readonly DatasetVersion[];
  /** The records as they are in the folder. */
  readonly now: Records;
}

/**
 * Reads the versions of a data folder from its git history: each commit that changed `version:` in CITATION.cff is one. A
 * version that is not committed yet is the newest, with the records as they are in the folder.
 * Errors: git is missing, the folder is in no repository, or its history is not complete.
 */
export function readHistory(folder: string): History {
  checkHistory(folder);
  const now = recordsIn(folder);
  const current = editionOf(readFileSync(path.join(folder, 'CITATION.cff'), 'utf8'));
  const committed = versionCommits(folder).map(({ edition, commit }) => ({
    ...edition,
    // The day may be set right later without a new version.
    ...(edition.version === current.version && { date: current.date }),
    records: recordsAt(folder, commit),
  }));
  const isCommitted = committed.some(({ version }) => version === current.version);
  return { versions: [...(isCommitted ? [] : [{ ...current, records: now }]), ...committed], now };
}

function checkHistory(folder: string): void {
  if (git(folder, 'rev-parse', '--is-shallow-repository').trim() === 'true') {
    throw new Error('The git history is cut off (a shallow clone), so versions are missing. Run "git fetch --unshallow" first.');
  }
}

interface VersionCommit {
  readonly edition: Edition;
  readonly commit: string;
}

/** The commits that set a version, newest first. A version that was set twice counts where it was set last. */
function versionCommits(folder: string): readonly VersionCommit[] {
  const found = new Map<string, VersionCommit>();
  let last = '';
  for (const commit of commitsOf(folder, 'CITATION.cff').reverse()) {
    const edition = editionOf(git(folder, 'show', `${commit}:./CITATION.cff`));
    if (edition.version !== last) {
      // Set again, so that it comes after the versions before it.
      found.delete(edition.version);
      found.set(edition.version, { edition, commit });
    }
    last = edition.version;
  }
  return [...found.values()].reverse();
}

/** The commits that changed a file and left it there, newest first; of what was merged, the merge. */
function commitsOf(folder: string, file: string): string[] {
  if (git(folder, 'rev-list', '--all', '--max-count=1').trim() === '') {
    return [];
  }
  return git(folder, 'log', '--first-parent', '--diff-filter=AM', '--format=%H', '--', file).split('\n').filter(Boolean);
}

function recordsIn(folder: string): Records {
  const files = readdirSync(path.join(folder, 'studies')).filter(file => file.endsWith('.json'));
  return new Map(files.map(file => [keyOf(file), parseRecord(readFileSync(path.join(folder, 'studies', file), 'utf8'), file)]));
}

function recordsAt(folder: string, commit: string): Records {
  const entries = git(folder, 'ls-tree', '-z', commit, 'studies/')
    .split('\0')
    // `100644 blob <hash>\tstudies/feder2021.json`
    .flatMap(line => Array.from(line.matchAll(/^\d+ blob (\w+)\t(.+\.json)$/gs), ([, hash = '', file = '']) => ({ hash, file })));
  const texts = blobs(folder, entries.map(({ hash }) => hash));
  return new Map(entries.map(({ file }, index) => [keyOf(file), parseRecord(texts[index]!, `${file} of ${commit.slice(0, 7)}`)]));
}

function keyOf(file: string): string {
  return path.posix.basename(file, '.json');
}

function parseRecord(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new Error(`${name} is not valid JSON: ${(error as Error).message}`);
  }
}

function editionOf(text: string): Edition {
  const { version, 'date-released': date } = parseYaml(text) as Readonly<Record<string, unknown>>;
  return { version: String(version), date: String(date) };
}

/** The texts of many files of the history, in one run of git: one run a file would take minutes. */
function blobs(folder: string, hashes: readonly string[]): readonly string[] {
  const output = runGit(folder, ['cat-file', '--batch'], `${hashes.join('\n')}\n`);
  let at = 0;
  return hashes.map(() => {
    // `<hash> blob <size>`, a line end, that many bytes, a line end.
    const start = output.indexOf('\n', at) + 1;
    const size = Number(output.toString('utf8', at, start - 1).split(' ')[2]);
    at = start + size + 1;
    return output.toString('utf8', start, start + size);
  });
}

function git(folder: string, ...given: readonly string[]): string {
  return runGit(folder, given).toString('utf8');
}

/** Runs git without a shell, so that no name of a file is read as anything else. */
function runGit(folder: string, given: readonly string[], input = ''): Buffer {
  try {
    return execFileSync('git', given, { cwd: folder, input, maxBuffer: 1 << 29, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const { code, stderr } = error as { readonly code?: string; readonly stderr?: Buffer };
    if (code === 'ENOENT') {
      throw new Error('git was not found. Install it, or add it to the PATH: the list is made from the git history.');
    }
    const words = stderr?.toString('utf8').trim() ?? '';
    if (words.includes('not a git repository')) {
      throw new Error(`${folder} is in no git repository. Clone the repository: the list is made from its history.`);
    }
    throw new Error(`git ${given[0]} failed: ${words || (error as Error).message}`);
  }
}
