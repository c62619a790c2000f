import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Printed } from '../../src/core/forms.ts';
import type { PrintedWork, Works } from '../../src/core/rewrite/cited.ts';
import { studies } from './dataset.ts';

/** All studies of the dataset as a bundled style prints them, by the build: printing them again would take a minute. */
export function worksIn(style: string): Works {
  const file = path.join(__dirname, `../../dist/references/${style}.json`);
  if (!existsSync(file)) {
    throw new Error('The studies are not printed yet: npm run data prints them.');
  }
  const printed = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Printed>>;
  return new Map(
    studies.flatMap(({ id, csl }): [string, PrintedWork][] =>
      printed[id] ? [[id, { printed: printed[id], ...(csl.DOI && { doi: csl.DOI }) }]] : [],
    ),
  );
}
