import type { Span } from './reading.ts';

/** A registration number of a trial or a review, and the public page of that registration. */
export interface Registration extends Span {
  readonly address: string;
}

interface Register {
  /** Its first group, where it has one, is what the address needs; else the whole is. */
  readonly pattern: RegExp;
  readonly address: (number: string) => string;
}

/** WHO's register of registers, which has a page for each trial of these; many of the registers' own pages have no stable address. */
const who = (number: string): string => `https://trialsearch.who.int/Trial2.aspx?TrialID=${number}`;

const registers: readonly Register[] = [
  { pattern: /NCT\d{8}/, address: number => `https://clinicaltrials.gov/study/${number}` },
  // ANZCTR's address has the digits alone.
  { pattern: /ACTRN(\d{14})/, address: number => `https://www.anzctr.org.au/Trial/Registration/TrialReview.aspx?ACTRN=${number}` },
  { pattern: /ISRCTN\d{8}/, address: number => `https://www.isrctn.com/${number}` },
  // The register's search knows the number without the country: `EUCTR2011-001520-37-SE`. A number of four parts is of another register.
  {
    pattern: /(?:EUCTR|EudraCT)?(\d{4}-\d{6}-\d{2})(?:-[A-Z]{2,3})?(?!-)/,
    address: number => `https://www.clinicaltrialsregister.eu/ctr-search/search?query=${number}`,
  },
  { pattern: /CRD42\d{9,10}/, address: number => `https://www.crd.york.ac.uk/PROSPERO/view/${number}` },
  { pattern: /ChiCTR(?:-[A-Z]+-)?\d{8,10}/, address: who },
  { pattern: /DRKS\d{8}/, address: who },
  { pattern: /IRCT\d{10,}N\d+/, address: who },
  { pattern: /CTRI\/\d{4}\/\d{2,3}\/\d{6}/, address: who },
  { pattern: /NTR\d{3,5}|NL-OMON\d{4,6}|NL\d{3,5}(?!\.\d)/, address: who },
  // WHO writes the Japanese registers' numbers with JPRN.
  { pattern: /(?:JPRN-)?(UMIN\d{9}|jRCTs?\d{9,10})/, address: number => who(`JPRN-${number}`) },
];

/** The registration numbers in a text, in order: of `PROSPERO CRD42022318120` the number alone. */
export function registrationsIn(text: string): readonly Registration[] {
  return registers
    .flatMap(({ pattern, address }) =>
      Array.from(text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}-])(?:${pattern.source})(?![\\p{L}\\p{N}])`, 'gu')), match => ({
        start: match.index,
        end: match.index + match[0].length,
        address: address(match[1] ?? match[0]),
      })),
    )
    .sort((a, b) => a.start - b.start);
}
