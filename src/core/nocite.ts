import type { FrontMatter } from './frontMatter.ts';

type Listing = Pick<FrontMatter, 'nocite' | 'isNociteList'>;

/**
 * The keys that project files list by `nocite:` for a manuscript below them, once each; `*` stands for all entries.
 * As Quarto puts metadata together: lists are joined, also with a text, and of two texts the nearer counts alone.
 * Source: `mergeArrayCustomizer` in Quarto's `config.ts`.
 *
 * @param own the manuscript's metadata
 * @param projects the metadata of its project files, the nearest first
 */
export function inheritedNocite(own: Listing, projects: readonly Listing[]): readonly string[] {
  const listing = (each: Listing): boolean => (each.nocite?.length ?? 0) > 0;
  const nearestFirst = [own, ...projects].filter(listing);
  let inherited: readonly Listing[] = [];
  let isList = false;
  for (const each of nearestFirst.reverse()) {
    isList ||= each.isNociteList === true;
    inherited = isList ? [each, ...inherited] : [each];
  }
  return [...new Set(inherited.filter(each => each !== own).flatMap(keysOf))];
}

function keysOf({ nocite = [] }: Listing): readonly string[] {
  return nocite.flatMap(({ cites }) => cites.map(({ key }) => key));
}
