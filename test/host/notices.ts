import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { noticesText } from './noticesText.ts';
import { root } from './paths.ts';
import { Failure, main, say } from './run.ts';

const file = path.join(root, 'THIRD_PARTY_NOTICES');

/** Writes THIRD_PARTY_NOTICES; with `--check` it only says whether the file is what it would write. */
main(async () => {
  const text = noticesText();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    say('THIRD_PARTY_NOTICES is written.');
  } else if (!existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text) {
    throw new Failure(`THIRD_PARTY_NOTICES is ${existsSync(file) ? 'out of date' : 'missing'}; \`npm run notices\` writes it.`);
  } else {
    say('THIRD_PARTY_NOTICES is up to date.');
  }
});
