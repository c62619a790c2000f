import { escapedIn, needsQuotes } from '../yamlScalar.ts';
import type { PathQuery } from './pathCompletion.ts';

/** What a folder holds. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** A way in which a path can go on. */
export interface PathOffer {
  /** `refs.bib`, `lib/` */
  readonly label: string;
  readonly isFolder: boolean;
  /** What the path becomes, as YAML has it; the caret goes where `caret` is, before a quotation mark that closes it. */
  readonly text: string;
  readonly caret: number;
  /** Whether the text holds quotation marks that were not there: then it stands for the whole path. */
  readonly addsQuotes: boolean;
}

/** More are not shown; who types on is shown others. */
export const mostOffers = 200;

/** Likely ones first. */
const endings = ['bib', 'bibtex', 'biblatex', 'ris', 'nbib', 'json', 'yaml', 'yml', 'xml'];

// Files of these endings that are known to be something else.
const others = /^(?:package(?:-lock)?|tsconfig.*|jsconfig.*|composer|manifest|settings|quotes)\.json$|^_[^/]*\.ya?ml$|^(?:docker-compose|pnpm-lock|environment|mkdocs)\.ya?ml$/i;

/** The folders and bibliographies that a path can go on with: likely files first, then folders. */
export function pathOffers(query: PathQuery, entries: readonly FolderEntry[]): readonly PathOffer[] {
  const begun = query.typed.slice(query.folder.length);
  if (begun === '~' && query.folder === '') {
    return [offer(query, { name: '~', isFolder: true })];
  }
  const isHiddenWanted = begun.startsWith('.') && !/^\.\.?$/.test(begun);
  const fits = ({ name, isFolder }: FolderEntry): boolean =>
    (isHiddenWanted || !name.startsWith('.')) && (isFolder ? name !== 'node_modules' : rankOf(name) < endings.length && !others.test(name));
  const found = entries.filter(fits).sort(inOrder);
  return [...found, ...above(query, begun)].map(entry => offer(query, entry));
}

/** The file formats' own endings before those that anything may have; folders behind files. */
function inOrder(a: FolderEntry, b: FolderEntry): number {
  const rank = ({ name, isFolder }: FolderEntry): number => (isFolder ? endings.length : rankOf(name));
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true });
}

function rankOf(name: string): number {
  const index = endings.indexOf(/\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '');
  return index < 0 ? endings.length : index;
}

/** The folder above, where nothing else than folders above stands before. */
function above({ kind, folder }: PathQuery, begun: string): readonly FolderEntry[] {
  const isAbove = kind === 'relative' && /^(?:\.\.\/)*$/.test(folder) && /^\.{0,2}$/.test(begun);
  return isAbove ? [{ name: '..', isFolder: true }] : [];
}

function offer(query: PathQuery, { name, isFolder }: FolderEntry): PathOffer {
  const label = isFolder ? `${name}/` : name;
  const path = `${query.folder}${label}`;
  const addsQuotes = !query.isQuoted && needsQuotes(path);
  const quote = addsQuotes ? '"' : query.quote;
  const written = escapedIn(quote, path);
  const text = addsQuotes ? `"${written}"` : query.isQuoted && !query.isClosed && !isFolder ? `${written}${quote}` : written;
  const caret = isFolder && addsQuotes ? text.length - 1 : text.length;
  return { label, isFolder, text, caret, addsQuotes };
}
