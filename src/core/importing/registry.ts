import type { WorkId } from './identify.ts';

/** The bases of the registries' addresses, as the settings have them. */
export interface Registries {
  /** `https://doi.org`, or what stands in for it. */
  readonly doi: string;
  /** NCBI's Literature Citation Exporter, `https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1`. */
  readonly pubmed: string;
}

/** One question to a registry. */
export interface RegistryRequest {
  readonly url: string;
  readonly accept: string;
  /** The host, `doi.org`: whom the writer is asked about. */
  readonly from: string;
}

/** What to ask; nothing where the base is no web address. */
export function requestFor({ kind, id }: WorkId, registries: Registries): RegistryRequest | undefined {
  const base = (kind === 'DOI' ? registries.doi : registries.pubmed).trim().replace(/\/+$/, '');
  const [, from] = /^https?:\/\/(?:[^/?#@\s]*@)?([^/?#@\s]+)[^?#\s]*$/i.exec(base) ?? [];
  if (!from) {
    return undefined;
  }
  switch (kind) {
    case 'DOI':
      // Only CSL: a registry without it would answer with a page.
      return { url: `${base}/${inPath(id)}`, accept: 'application/vnd.citationstyles.csl+json', from };
    case 'PMID':
      return { url: `${base}/pubmed/?format=csl&id=${id}`, accept: 'application/json', from };
    case 'PMCID':
      return { url: `${base}/pmc/?format=csl&id=${id.slice('PMC'.length)}`, accept: 'application/json', from };
  }
}

function inPath(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}
