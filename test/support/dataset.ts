import path from 'node:path';
import { compile } from '../../data/compile.ts';
import type { Study } from '../../src/core/study.ts';

/** The dataset as the extension gets it. */
export const { edition, studies, vocabulary } = compile(path.join(__dirname, '../../data'));

/** A study of the dataset, by citekey. */
export function study(key: string): Study {
  const found = studies.find(each => each.id === key);
  if (!found) {
    throw new Error(`The dataset has no ${key}.`);
  }
  return found;
}
