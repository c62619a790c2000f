/** Where a bibliography may stand that a document or a setting names. Paths are those of URIs, with slashes. */

/** A path as it is named: from the file system's root or from some folder. */
export type NamedPath =
  | { readonly kind: 'address'; readonly uri: string }
  | { readonly kind: 'absolute'; readonly path: string }
  | { readonly kind: 'relative'; readonly path: string };

/**
 * Reads a path as a writer names it: `refs.bib`, `../refs.bib`, `C:\refs.bib`, `~/refs.bib`, `file:///refs.bib`.
 *
 * @param home the writer's home folder as a URI's path, if it is known: what `~` stands for.
 */
export function namedPath(written: string, home: string | undefined): NamedPath {
  if (/^file:\/\//i.test(written) || /^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return { kind: 'address', uri: written };
  }
  const bare = written.replace(/^file:/i, '').replaceAll('\\', '/');
  if (home !== undefined && /^~(?:\/|$)/.test(bare)) {
    return { kind: 'absolute', path: `${home.replace(/\/$/, '')}${bare.slice(1)}` };
  }
  if (/^[a-z]:\//i.test(bare)) {
    return { kind: 'absolute', path: `/${bare}` };
  }
  return { kind: bare.startsWith('/') ? 'absolute' : 'relative', path: bare };
}

/** Whether a path is a pattern for several files. */
export function isGlob(path: string): boolean {
  return /[*?{}]|\[[^\]]*\]/.test(path);
}
