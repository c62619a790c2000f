import type { CslItem } from './study.ts';

/** Where the work is found: each address, or nothing where the record has no such identifier. */
export interface Links {
  readonly doi?: string;
  readonly pubmed?: string;
  readonly pmc?: string;
}

export function linksOf({ DOI, PMID, PMCID }: CslItem): Links {
  return {
    ...(DOI && { doi: doiAddress(DOI) }),
    ...(PMID && { pubmed: `https://pubmed.ncbi.nlm.nih.gov/${PMID}/` }),
    ...(PMCID && { pmc: `https://pmc.ncbi.nlm.nih.gov/articles/${PMCID}/` }),
  };
}

/** The DOI's address; what would end a Markdown link's target is percent-encoded. */
export function doiAddress(doi: string): string {
  const encoded = doi.replace(
    /[()<>\s"%#?]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `https://doi.org/${encoded}`;
}
