import { bibliographyFormat, type BibliographyFormat } from '../declarations.ts';
import { convertBibtex } from './bibtex/convert.ts';
import { BibtexScanner } from './bibtex/scanner.ts';
import { convertCslJson, CslJsonScanner } from './cslJson.ts';
import { convertCslYaml, CslYamlScanner } from './cslYaml.ts';
import { convertEndnoteXml, EndnoteXmlScanner } from './endnoteXml.ts';
import { convertNbib, NbibScanner } from './nbib.ts';
import { convertRis, RisScanner } from './ris.ts';
import type { Convert, Scanner } from './scan.ts';

/** How a format is read: a scanner for each text, and what makes an entry's item. */
export interface Reader {
  readonly scanner: () => Scanner;
  readonly convert: Convert;
}

const readers: Readonly<Record<BibliographyFormat, Reader>> = {
  BibTeX: { scanner: () => new BibtexScanner(), convert: convertBibtex },
  'CSL-JSON': { scanner: () => new CslJsonScanner(), convert: convertCslJson },
  'CSL-YAML': { scanner: () => new CslYamlScanner(), convert: convertCslYaml },
  RIS: { scanner: () => new RisScanner(), convert: convertRis },
  PubMed: { scanner: () => new NbibScanner(), convert: convertNbib },
  'EndNote XML': { scanner: () => new EndnoteXmlScanner(), convert: convertEndnoteXml },
};

/** Load this module late, it brings the libraries for YAML and XML: most manuscripts have one format or none. */
export function readerOf(format: BibliographyFormat): Reader {
  return readers[format];
}

/**
 * The format of a file: by its ending as Pandoc takes it, else by how its text begins. PubMed's downloads often end in
 * `.txt`, and exports of EndNote in `.enw` or `.ris` alike.
 */
export function formatOf(path: string, beginning = ''): BibliographyFormat | undefined {
  return bibliographyFormat(path) ?? formatOfText(beginning.slice(0, 2000));
}

function formatOfText(beginning: string): BibliographyFormat | undefined {
  const text = beginning.replace(/^\ufeff?\s*/, '');
  if (/^PMID *- *\d/.test(text)) {
    return 'PubMed';
  }
  if (/^TY {1,2}- /m.test(text)) {
    return 'RIS';
  }
  if (/^<(?:\?xml\b[^>]*>\s*<)?(?:xml|records?)[\s>]/.test(text)) {
    return 'EndNote XML';
  }
  if (/^(?:\[\s*)?\{\s*"/.test(text)) {
    return 'CSL-JSON';
  }
  return /^@\s*[a-z]+\s*[{(]/im.test(text) ? 'BibTeX' : /^(?:---\s*)?references:\s/.test(text) ? 'CSL-YAML' : undefined;
}
