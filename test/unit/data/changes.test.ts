import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { changesText, writeChanges } from '../../../data/changes.ts';
import { compareRecords, type Records } from '../../../data/compareRecords.ts';
import { compile } from '../../../data/compile.ts';

const data = path.join(__dirname, '../../../data');

const records = (all: Readonly<Record<string, object>>): Records => new Map(Object.entries(all)) as Records;

describe('compareRecords', () => {
  const before = records({
    a: { finding: 'x', csl: { page: '1-2', volume: '3' }, topics: ['safety'] },
    b: { finding: 'y', csl: { page: '4' }, topics: [] },
    c: { finding: 'z', csl: { page: '5' }, topics: [] },
  });

  it('finds nothing where nothing was changed, whatever the order of the fields', () => {
    const after = records({ ...Object.fromEntries(before), a: { topics: ['safety'], csl: { volume: '3', page: '1-2' }, finding: 'x' } });
    assert.deepEqual(compareRecords(before, after), { added: [], removed: [], changed: [], newFields: [], droppedFields: [] });
  });
  it('names what was added and removed, sorted', () => {
    const after = records({ c: before.get('c')!, e: before.get('a')!, d: before.get('b')! });
    const { added, removed, changed } = compareRecords(before, after);
    assert.deepEqual([added, removed, changed], [['d', 'e'], ['a', 'b'], []]);
  });
  it('names the fields that changed, and those inside an object', () => {
    const after = records({
      ...Object.fromEntries(before),
      a: { finding: 'x!', csl: { page: '1-20', issue: '2' }, topics: ['safety', 'cognition'] },
      b: { csl: { page: '4' }, topics: [] },
    });
    assert.deepEqual(compareRecords(before, after).changed, [
      { id: 'a', fields: ['csl.issue', 'csl.page', 'csl.volume', 'finding', 'topics'] },
      { id: 'b', fields: ['finding'] },
    ]);
  });
  it('names the field where an object came or went', () => {
    const [none, some] = [records({ a: { outcome: null }, b: {} }), records({ a: { outcome: { measure: 'MADRS' } }, b: {} })];
    assert.deepEqual(compareRecords(none, some).changed, [{ id: 'a', fields: ['outcome'] }]);
    assert.deepEqual(compareRecords(some, none).changed, [{ id: 'a', fields: ['outcome'] }]);
  });
  it('says once that every record has a new field, and names no record for it', () => {
    const after = records(Object.fromEntries([...before].map(([id, record]) => [id, { ...record, gist: id }])));
    assert.deepEqual(compareRecords(before, after), { added: [], removed: [], changed: [], newFields: ['gist'], droppedFields: [] });
    assert.deepEqual(compareRecords(after, before).droppedFields, ['gist']);
  });
  it('names the records where only some have the new field', () => {
    const after = records({ ...Object.fromEntries(before), b: { ...before.get('b'), limitations: 'Small.' } });
    const { newFields, changed } = compareRecords(before, after);
    assert.deepEqual([newFields, changed], [[], [{ id: 'b', fields: ['limitations'] }]]);
  });
});

describe('The list of changed records', () => {
  it('is newest first, with a section a version', () => {
    const version = (number: string, all: Readonly<Record<string, object>>) => ({ version: number, date: '2026-01-02', records: records(all) });
    const text = changesText([
      version('3.0.0', { a: { n: 1, gist: 'g' } }),
      version('2.0.1', { a: { n: 2 } }),
      version('2.0.0', { a: { n: 2 } }),
      version('1.0.0', { b: { n: 2 } }),
    ]);
    assert.deepEqual(text.split('\n\n').slice(2), [
      '## 3.0.0 (2026-01-02)', 'New in every record: `gist`.', '### Changed', '- a: `n`',
      '## 2.0.1 (2026-01-02)', 'No record was changed.',
      '## 2.0.0 (2026-01-02)', '### Added', 'a', '### Removed', 'b',
      '## 1.0.0 (2026-01-02)', 'The first version.\n',
    ]);
  });

  const text = readFileSync(path.join(data, 'CHANGES.md'), 'utf8');
  const { studies, edition } = compile(data);
  const newest = new RegExp(`^## ${edition.version.replaceAll('.', '\\.')} \\(${edition.date}\\)\n([^]*?)(?=^## |(?![^]))`, 'm').exec(text)?.[1];

  it('has a section for the version and the day of CITATION.cff', () =>
    assert.ok(newest, `data/CHANGES.md has no section for ${edition.version} (${edition.date}). Run "npm run data:changes" to write it.`));
  it('names records that exist', () => {
    const added = Array.from(/### Added\n\n([^#]*)/.exec(newest ?? '')?.[1]?.matchAll(/\w+/g) ?? [], match => match[0]);
    const changed = Array.from((newest ?? '').matchAll(/^- (\w+): /gm), match => match[1]!);
    const keys = new Set(studies.map(({ id }) => id));
    assert.ok(added.length + changed.length > 0 || newest?.includes('No record was changed.'));
    assert.deepEqual([...added, ...changed].filter(key => !keys.has(key)), []);
  });
});

/** Without the variables by which git, when it runs tests from a hook, would lead to the repository of the extension. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

describe('npm run data:changes', () => {
  let root: string;
  let folder: string;

  before(function () {
    if (!hasGit) {
      this.skip();
    }
  });
  beforeEach(() => {
    // macOS has its folder of temporary files behind a link, and git answers with the real path.
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'changes-')));
    folder = path.join(root, 'repository', 'data');
    mkdirSync(path.join(folder, 'studies'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const git = (...given: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Author 17', '-c', 'user.email=author17@example.org', '-c', 'commit.gpgsign=false', ...given], {
      cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
    });
  const write = (version: string, all: Readonly<Record<string, object>>): void => {
    writeFileSync(path.join(folder, 'CITATION.cff'), `version: ${version}\ndate-released: 2026-01-0${version[0]}\n`);
    for (const [id, record] of Object.entries(all)) {
      writeFileSync(path.join(folder, 'studies', `${id}.json`), JSON.stringify(record));
    }
  };
  const commit = (): void => {
    git('add', '.');
    git('commit', '--quiet', '--message', 'A change');
  };
  const start = (): void => void git('init', '--quiet', '--initial-branch=main', '..');
  const sections = (): readonly string[] => readFileSync(path.join(folder, 'CHANGES.md'), 'utf8').split('\n\n').slice(2);

  it('compares the commits that changed the version, and nothing between', () => {
    start();
    write('1.0.0', { a: { n: 1 }, b: { n: 1, finding: 'naïve “ü”' } });
    commit();
    write('1.0.0', { a: { n: 5 } });
    commit();
    write('2.0.0', { a: { n: 6, gist: 'g' }, b: { n: 1, finding: 'naïve “ü”', gist: 'g' }, c: { n: 3, gist: 'g' } });
    commit();
    assert.equal(writeChanges(folder), 'CHANGES.md: 2.0.0, 1.0.0.');
    assert.deepEqual(sections(), [
      '## 2.0.0 (2026-01-02)', 'New in every record: `gist`.', '### Added', 'c', '### Changed', '- a: `n`',
      '## 1.0.0 (2026-01-01)', 'The first version.\n',
    ]);
  });
  it('takes the folder for the newest version where its version is not committed', () => {
    start();
    write('1.0.0', { a: { n: 1 } });
    commit();
    write('2.0.0', { b: { n: 1 } });
    assert.equal(writeChanges(folder), 'CHANGES.md: 2.0.0, 1.0.0.');
    assert.deepEqual(sections().slice(0, 3), ['## 2.0.0 (2026-01-02)', '### Added', 'b']);
  });
  it('works before the first commit', () => {
    start();
    write('1.0.0', { a: { n: 1 } });
    assert.equal(writeChanges(folder), 'CHANGES.md: 1.0.0.');
  });
  it('says that records have changed since the version was set', () => {
    start();
    write('1.0.0', { a: { n: 1 } });
    commit();
    write('1.0.0', { a: { n: 2 }, b: { n: 1 } });
    assert.match(writeChanges(folder), /^CHANGES\.md: 1\.0\.0\. Records that have changed since 1\.0\.0 was set: 2\. Raise the version/);
  });
  it('counts a version that a merge brought', () => {
    start();
    write('1.0.0', { a: { n: 1 } });
    commit();
    git('switch', '--quiet', '--create', 'more');
    write('2.0.0', { b: { n: 1 } });
    commit();
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '--no-edit', 'more');
    assert.equal(writeChanges(folder), 'CHANGES.md: 2.0.0, 1.0.0.');
  });
  it('counts a version that was taken back and set again once', () => {
    start();
    for (const version of ['1.0.0', '2.0.0', '1.0.0', '2.0.0']) {
      write(version, { [`a${version[0]}`]: { n: 1 } });
      commit();
    }
    assert.equal(writeChanges(folder), 'CHANGES.md: 2.0.0, 1.0.0.');
  });
  it('refuses a history that is cut off, and says how to get it', () => {
    start();
    write('1.0.0', { a: { n: 1 } });
    commit();
    write('2.0.0', { a: { n: 2 } });
    commit();
    git('clone', '--quiet', '--depth=1', `file://${path.dirname(folder)}`, path.join(root, 'shallow'));
    assert.throws(() => writeChanges(path.join(root, 'shallow', 'data')), /^Error: The git history is cut off .* Run "git fetch --unshallow" first\.$/);
    assert.ok(!existsSync(path.join(root, 'shallow', 'data', 'CHANGES.md')));
  });
  it('refuses a folder that is in no repository', () => {
    write('1.0.0', { a: { n: 1 } });
    assert.throws(() => writeChanges(folder), /is in no git repository\. Clone the repository/);
  });
  it('says that git is missing', () => {
    const { PATH } = process.env;
    process.env.PATH = root;
    try {
      assert.throws(() => writeChanges(folder), /^Error: git was not found\. Install it/);
    } finally {
      process.env.PATH = PATH;
    }
  });
  it('names the file and the commit where a record is no JSON', () => {
    start();
    write('1.0.0', {});
    writeFileSync(path.join(folder, 'studies', 'a.json'), '{');
    commit();
    rmSync(path.join(folder, 'studies', 'a.json'));
    assert.throws(() => writeChanges(folder), /^Error: studies\/a\.json of [0-9a-f]{7} is not valid JSON/);
  });
  it('ends with an error where it can’t be written, and with 0 where it is', () => {
    write('1.0.0', { a: { n: 1 } });
    const script = path.join(data, 'changes.ts');
    for (const file of ['changes.ts', 'history.ts', 'compareRecords.ts']) {
      cpSync(path.join(path.dirname(script), file), path.join(folder, file));
    }
    const run = (): string => execFileSync(process.execPath, ['--import=tsx', path.join(folder, 'changes.ts')], { cwd: path.join(data, '..'), env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    // What the script imports is looked up from where it is.
    cpSync(path.join(data, '../node_modules/yaml'), path.join(folder, 'node_modules/yaml'), { recursive: true });
    assert.throws(run, ({ status, stderr }: { status: number; stderr: string }) => status === 1 && /is in no git repository/.test(stderr));
    start();
    assert.equal(run(), 'CHANGES.md: 1.0.0.\n');
  });
});
