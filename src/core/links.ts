import type { CslItem } from './study.ts';

/** Where the work is found: each address, or nothing where the record has no such identifier. */
export interface Links {
  readonly doi?: string;
  readonly pubmed?: string;
  readonly pmc?: string;
  /** The work's own page, of one that has none of the others: a report, a law. */
  readonly page?: string;
}

export function linksOf({ DOI, PMID, PMCID, URL: url = '' }: CslItem): Links {
  const page = DOI || PMID || PMCID ? '' : webAddress(url);
  return {
    ...(DOI && { doi: doiAddress(DOI) }),
    ...(PMID && { pubmed: `https://pubmed.ncbi.nlm.nih.gov/${PMID}/` }),
    ...(PMCID && { pmc: `https://pmc.ncbi.nlm.nih.gov/articles/${PMCID}/` }),
    ...(page && { page }),
  };
}

/** The address with what would end its Markdown link percent-encoded; empty where it is no address of the web. */
export function webAddress(url: string): string {
  return /^https?:\/\//i.test(url)
    ? url.replace(/[()<>\s"]/g, char => (char === '(' ? '%28' : char === ')' ? '%29' : encodeURIComponent(char)))
    : '';
}

/** The host of an address, as it is shown: `www.gov.uk` */
export function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url;
}

/** The DOI's address; what would end a Markdown link's target is percent-encoded. */
export function doiAddress(doi: string): string {
  const encoded = doi.replace(
    /[()<>\s"%#?]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `https://doi.org/${encoded}`;
}
