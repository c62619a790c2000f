import { edit } from './edit.ts';
import { editor } from './editor.ts';
import { format } from './format.ts';
import { hostile, measureHostile } from './hostile.ts';
import { library } from './library.ts';
import { parse } from './parse.ts';
import { preview } from './preview.ts';
import { quotes } from './quotes.ts';
import { report, type Part } from './report.ts';
import { search } from './search.ts';
import { size } from './size.ts';

const parts: Readonly<Record<string, Part>> = { editor, edit, format, hostile, library, parse, preview, quotes, search, size };

/** `npm run bench` measures all parts, `npm run bench -- search` those whose names begin so. */
async function run(wanted = '', hostileText?: string): Promise<void> {
  if (hostileText !== undefined) {
    measureHostile(hostileText);
    return;
  }
  const names = Object.keys(parts).filter(name => name.startsWith(wanted));
  if (names.length === 0) {
    throw new Error(`There is no part “${wanted}”; there are ${Object.keys(parts).join(', ')}.`);
  }
  for (const name of names) {
    process.stderr.write(`${name} …\n`);
    await parts[name]?.(report);
  }
}

run(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
