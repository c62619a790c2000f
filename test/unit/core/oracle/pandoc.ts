import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A node of pandoc's JSON. */
export interface Node {
  readonly t: string;
  readonly c?: unknown;
}

export interface Document {
  readonly meta: unknown;
  readonly blocks: readonly Node[];
}

/** What `pandoc -f markdown -t json` makes of each text, all in one process; `undefined` where it fails. */
export function readByPandoc(texts: readonly string[]): (Document | undefined)[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'));
  try {
    const [input, output] = [path.join(folder, 'texts'), path.join(folder, 'answers')];
    const parts = texts.map(text => Buffer.from(asPandocReadsFiles(text)));
    writeFileSync(input, Buffer.concat(parts.flatMap(part => [Buffer.from(`${part.length}\n`), part])));
    const filter = path.join(__dirname, 'read.lua');
    execFileSync('pandoc', ['-f', 'markdown', '-t', 'json', '-L', filter, '-M', `texts=${input}`, '-M', `answers=${output}`], {
      input: '',
      stdio: ['pipe', 'ignore', 'pipe'],
      // Of brackets in brackets pandoc can make minutes of work.
      timeout: 120_000,
    });
    const lines = readFileSync(output, 'utf8').split('\n').slice(0, texts.length);
    return lines.map(line => (JSON.parse(line) as Document | null) ?? undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command line drops `\r` and expands tabs before its reader sees the text; a filter's `pandoc.read` does not. */
function asPandocReadsFiles(text: string): string {
  return text
    .replaceAll('\r', '')
    .split('\n')
    .map(line => {
      let expanded = '';
      for (const char of line) {
        expanded += char === '\t' ? ' '.repeat(4 - (Array.from(expanded).length % 4)) : char;
      }
      return expanded;
    })
    .join('\n');
}
