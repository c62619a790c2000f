import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '../../data/compile.ts';
import type { Study } from '../../src/core/study.ts';

const data = path.join(__dirname, '../../data');

/** A record whose fields may be changed to anything. */
export type Loose = { -readonly [Field in keyof Study]: Study[Field] extends object | undefined ? any : Study[Field] } & Record<string, unknown>;

/** Runs with a data folder of its own, in which only feder2021 and dore2019 are. */
export function inDataFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'studies-'));
  try {
    mkdirSync(path.join(folder, 'studies'));
    for (const file of ['vocabulary.json', 'study.schema.json', 'CITATION.cff', 'studies/feder2021.json', 'studies/dore2019.json']) {
      cpSync(path.join(data, file), path.join(folder, file));
    }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The faults, a line each, after one change to feder2021.json, saved under a name. */
export function faultsAfter(change: (record: Loose) => void, name = 'feder2021.json'): string {
  return inDataFolder(folder => {
    const file = path.join(folder, 'studies', 'feder2021.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as Loose;
    rmSync(file);
    change(record);
    writeFileSync(path.join(folder, 'studies', name), JSON.stringify(record));
    return compile(folder).problems.join('\n');
  });
}
