import { fold } from '../search/fold.ts';
import { Typos } from '../search/typos.ts';

/** A path that may have been meant. */
export interface NearPath {
  /** As it is to be named. */
  readonly path: string;
  /** Whether it is what was meant: no other is nearly as near. */
  readonly isClear: boolean;
}

interface Scored {
  readonly path: string;
  readonly cost: number;
}

const most = 3;

/** A path farther away than this is another file. */
const dearest = 2.5;

/** What is this much nearer than any other was meant. */
const clearAhead = 0.5;

/**
 * The files nearest to one that there is not: the same name in another case costs 0.2, with another ending 0.6, a typo in it
 * 1 each; another folder 0.6.
 *
 * @param missing the path of the file that there is not, and `files` those of files that there are, all from the same root
 * @param nameOf how a file would be named
 */
export function nearPaths(missing: string, files: readonly string[], nameOf: (file: string) => string): readonly NearPath[] {
  const scored = [...new Set(files)]
    .filter(file => file !== missing)
    .map((file): Scored => ({ path: nameOf(file), cost: costOf(missing, file) }))
    .filter(({ cost }) => cost <= dearest)
    .sort((a, b) => a.cost - b.cost || (a.path < b.path ? -1 : 1));
  const [first, second] = scored;
  const isClear = first !== undefined && first.cost <= 1 && (second?.cost ?? Infinity) - first.cost >= clearAhead;
  return scored.slice(0, most).map(({ path }, index) => ({ path, isClear: isClear && index === 0 }));
}

function costOf(missing: string, file: string): number {
  const [wanted, found] = [split(missing), split(file)];
  return (wanted.folder === found.folder ? 0 : 0.6) + nameCost(wanted.name, found.name);
}

function nameCost(wanted: string, found: string): number {
  if (wanted === found) {
    return 0;
  }
  const [a, b] = [fold(wanted), fold(found)];
  if (a === b) {
    return 0.2;
  }
  if (stem(a) === stem(b)) {
    return 0.6;
  }
  return edits(a, b);
}

/** Typos in the whole name; a short one has many neighbours, so that one typo in it is no clear slip. */
function edits(a: string, b: string): number {
  const isShort = stem(a).length < 4;
  const allowed = isShort ? 1 : 2;
  if (Math.abs(a.length - b.length) > allowed || a.length > longestName) {
    return Infinity;
  }
  const typos = new Typos(a, allowed, b.length);
  for (let depth = 1; depth <= b.length; depth += 1) {
    if (!typos.read(b.charCodeAt(depth - 1), depth)) {
      return Infinity;
    }
  }
  const found = typos.editsAt(b.length);
  return found < 0 ? Infinity : found + (isShort ? 0.5 : 0);
}

// As far as `Typos` looks.
const longestName = 30;

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, at), name: path.slice(at) };
}

/** How a file is named from a folder; both paths from the root. The folder ends in a slash. */
export function relativePath(folder: string, file: string): string {
  const [from, to] = [folder.split('/').slice(0, -1), file.split('/')];
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) {
    common += 1;
  }
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
