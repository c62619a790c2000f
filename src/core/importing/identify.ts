import { doiAddress } from '../links.ts';
import type { CslItem } from '../study.ts';

export type IdentifierKind = 'DOI' | 'PMID' | 'PMCID';

/** By what a work is known to its registry. */
export interface WorkId {
  readonly kind: IdentifierKind;
  /** `10.1176/…` in lower case, `33397139`, `PMC7704936`. */
  readonly id: string;
}

/** Longer texts are no identifier that somebody copied. */
const longest = 2000;

// As in core/identifiers.ts; here the whole text is an identifier or an address, so no sentence stands around it.
const doi = String.raw`10\.\d{4,9}(?:\.\d+)*/(?:[!#-;=?-Z\\^-z~]|<\d+:[\w:-]+>)+`;

/**
 * What a writer pasted: a DOI (`10.…`, `doi:…`, its address, a publisher's address that holds it), a PMID, a PMCID, or
 * an address at PubMed, PubMed Central or Europe PMC.
 */
export function identify(pasted: string): WorkId | undefined {
  const text = pasted.trim().replace(/^<([^<>]*)>$/, '$1');
  if (text === '' || text.length > longest) {
    return undefined;
  }
  return /^https?:\/\//i.test(text) ? inAddress(text) : inWords(text);
}

/** What may be offered unasked: a lone number of a few digits on the clipboard is rarely a PMID. */
export function identifyUnasked(found: string): WorkId | undefined {
  return /^\s*\d{1,6}\s*$/.test(found) || /\S\s+\S+\s+\S/.test(found) ? undefined : identify(found);
}

function inWords(text: string): WorkId | undefined {
  const [, pmid] = /^(?:PMID:?\s*)?([1-9]\d{0,7})$/i.exec(text) ?? [];
  if (pmid) {
    return { kind: 'PMID', id: pmid };
  }
  const [, pmcid] = /^(?:PMCID:?\s*)?(PMC[1-9]\d{0,8})(?:\.\d+)?$/i.exec(text) ?? [];
  if (pmcid) {
    return { kind: 'PMCID', id: pmcid.toUpperCase() };
  }
  const [, written] = new RegExp(`^(?:(?:doi:|info:doi/|doi)\\s*)?(${doi})$`, 'i').exec(text) ?? [];
  if (written) {
    return doiOf(written);
  }
  return /^(?:www\.|(?:dx\.)?doi\.org\/|pubmed\.ncbi|pmc\.ncbi)/i.test(text) ? inAddress(`https://${text}`) : undefined;
}

function inAddress(address: string): WorkId | undefined {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(address) ?? [];
  return atNcbi(host.toLowerCase(), path, query) ?? doiInAddress(address, host.toLowerCase(), path, query);
}

function atNcbi(host: string, path: string, query: string): WorkId | undefined {
  if (!/(?:^|\.)(?:ncbi\.nlm\.nih\.gov|europepmc\.org)$/.test(host)) {
    return undefined;
  }
  const [pmcid] = /\bPMC[1-9]\d{0,8}\b/i.exec(path) ?? [];
  if (pmcid) {
    return { kind: 'PMCID', id: pmcid.toUpperCase() };
  }
  const inPath = /^\/(?:(?:m\/)?pubmed\/|(?:abstract|article)\/MED\/)?([1-9]\d{0,7})\/?$/i.exec(path)?.[1];
  const pmid = inPath ?? /(?:^|&)(?:term|list_uids|id)=([1-9]\d{0,7})(?:%5Buid%5D)?(?:&|$)/i.exec(query)?.[1];
  return pmid === undefined ? undefined : { kind: 'PMID', id: pmid };
}

/** A DOI in the path, or in a parameter such as PLOS's `?id=10.1371/…`. */
function doiInAddress(address: string, host: string, path: string, query: string): WorkId | undefined {
  const isResolver = /^(?:dx\.|www\.)?doi\.org$/.test(host);
  // Some write the SICI form's `#` and `?` as they are.
  const inPath = decoded(isResolver ? address.replace(/^https?:\/\/[^/]*/i, '') : path);
  const [written] = new RegExp(doi, 'i').exec(inPath) ?? [];
  if (written) {
    return doiOf(isResolver ? written : withoutPage(written, host));
  }
  const values = query.split('&').map(pair => decoded(pair.slice(pair.indexOf('=') + 1)));
  const value = values.flatMap(each => new RegExp(`^(?:doi:)?(${doi})$`, 'i').exec(each)?.[1] ?? [])[0];
  return value === undefined ? undefined : doiOf(value);
}

/** A publisher's address goes on behind the DOI: `/full`, `/pdf`, bioRxiv's `v1.full`. */
function withoutPage(written: string, host: string): string {
  const page = /(?:(?:\/(?:full|fulltext|full-text|abstract|abs|pdf|pdfdirect|epdf|epub|html|meta|summary|references|figures|tables|suppl(?:ementary)?|issuetoc)|\.pdf|\.full|\.html?)\/?)+$/i;
  const bare = written.replace(page, '').replace(/;jsessionid=.*$/i, '');
  return /(?:bio|med)rxiv\.org$/.test(host) ? bare.replace(/v\d+(?:\.[a-z-]+)*$/i, '') : bare;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function doiOf(written: string): WorkId | undefined {
  const surplus = written.split(')').length - written.split('(').length;
  const bare = written.replace(/[.,;:!?'*"/]+$/, '');
  const id = (surplus > 0 ? bare.replace(/\)$/, '') : bare).toLowerCase();
  return id.includes('/') ? { kind: 'DOI', id } : undefined;
}

/** Where a person reads about the work. */
export function addressOf({ kind, id }: WorkId): string {
  switch (kind) {
    case 'DOI':
      return doiAddress(id);
    case 'PMID':
      return `https://pubmed.ncbi.nlm.nih.gov/${id}/`;
    case 'PMCID':
      return `https://pmc.ncbi.nlm.nih.gov/articles/${id}/`;
  }
}

/** `DOI 10.1176/…`, `PMID 33397139`, `PMC7704936`. */
export function shownId({ kind, id }: WorkId): string {
  return kind === 'PMCID' ? id : `${kind} ${id}`;
}

/** Whether the item is the work, by the identifier that was asked for. */
export function isWork(csl: Pick<CslItem, 'DOI' | 'PMID' | 'PMCID'>, { kind, id }: WorkId): boolean {
  const own = csl[kind]?.trim().toLowerCase();
  const bare = kind === 'DOI' ? own?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/, '') : own?.replace(/^pmc/, '');
  return bare !== undefined && bare === id.toLowerCase().replace(/^pmc/, '');
}
