/** What a bibliography without entries holds, by the ending of its name; nothing where that is none of a bibliography. */
export function emptyBibliography(path: string): string | undefined {
  switch (/\.([^./]*)$/.exec(path)?.[1]?.toLowerCase()) {
    case 'bib':
    case 'bibtex':
    case 'biblatex':
    case 'ris':
    case 'nbib':
      return '';
    case 'json':
      return '[]\n';
    case 'yaml':
    case 'yml':
      return 'references: []\n';
    case 'xml':
      return '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records></records></xml>\n';
    default:
      return undefined;
  }
}
