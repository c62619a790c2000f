import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * What tells a whole folder from a damaged one: the names and sizes of all its files, and the contents of
 * the few without which nothing runs. Reading every byte of 800 MB at each start would cost more than it tells.
 *
 * @param keyFiles paths inside the folder; they must exist.
 * @param except the name of a file at the top which is left out.
 */
export async function fingerprint(folder: string, keyFiles: readonly string[], except: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of list(folder, '').filter(name => name !== except)) {
    hash.update(`${file} ${statSync(path.join(folder, file)).size}\n`);
  }
  for (const file of keyFiles) {
    await pipeline(createReadStream(path.join(folder, file)), hash, { end: false });
  }
  return hash.digest('hex');
}

/** Regular files below a folder, sorted, with `/` between the parts. Links are not followed. */
function list(folder: string, inside: string): string[] {
  const entries = readdirSync(path.join(folder, inside), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      return entry.isDirectory() ? list(folder, name) : entry.isFile() ? [name] : [];
    });
}
