import type { BibliographyFormat } from '../declarations.ts';
import { toBibtex, type BibtexDialect, type KeyedItem } from '../export.ts';
import { asReadInYaml, yamlEntries } from '../importing/appendYaml.ts';
import { toCslJson } from './cslJson.ts';
import { markedBibtex, markedItem } from './mark.ts';
import { toRis } from './ris.ts';

/** What a bibliography is exported as. */
export type ExportFormat = 'bibtex' | 'biblatex' | 'csljson' | 'cslyaml' | 'ris';

export interface FormatInfo {
  readonly label: string;
  /** The ending of a file's name, by which Pandoc knows the format. */
  readonly ending: string;
  /** Other endings by which it does. */
  readonly endings: readonly string[];
  readonly format: BibliographyFormat;
}

export const exportFormats: Readonly<Record<ExportFormat, FormatInfo>> = {
  bibtex: { label: 'BibTeX', ending: 'bib', endings: ['bibtex'], format: 'BibTeX' },
  biblatex: { label: 'BibLaTeX', ending: 'bib', endings: ['biblatex'], format: 'BibTeX' },
  csljson: { label: 'CSL-JSON', ending: 'json', endings: [], format: 'CSL-JSON' },
  cslyaml: { label: 'CSL-YAML', ending: 'yaml', endings: ['yml'], format: 'CSL-YAML' },
  ris: { label: 'RIS', ending: 'ris', endings: [], format: 'RIS' },
};

export function isExportFormat(value: unknown): value is ExportFormat {
  return typeof value === 'string' && Object.hasOwn(exportFormats, value);
}

/** A work to be exported. */
export interface ExportedWork {
  /** With the key by which it is cited. */
  readonly item: KeyedItem;
  /** Whether it is one of the bundled studies, under its own key; its entry bears our mark. */
  readonly isOurs: boolean;
}

/** A whole file of these works, ending with a line end. */
export async function exportText(works: readonly ExportedWork[], format: ExportFormat): Promise<string> {
  const text = await textOf(works, format);
  return text === '' ? '' : `${text}\n`;
}

async function textOf(works: readonly ExportedWork[], format: ExportFormat): Promise<string> {
  switch (format) {
    case 'csljson':
      return toCslJson(works.map(each => inFormat(each, 'CSL-JSON')));
    case 'cslyaml':
      return yamlEntries(works.map(each => inFormat(each, 'CSL-YAML')));
    case 'ris':
      return toRis(works.map(({ item }) => item));
    default:
      return works.map(each => bibtexOf(each, format)).join('\n\n');
  }
}

/** The entry of a work, with our mark where it is ours. */
export function bibtexOf({ item, isOurs }: ExportedWork, dialect: BibtexDialect): string {
  const entry = toBibtex([item], dialect);
  return isOurs ? markedBibtex(entry) : entry;
}

/** The item of a work, with our mark where it is ours and the format has a place for it. */
export function inFormat({ item, isOurs }: ExportedWork, format: BibliographyFormat): KeyedItem {
  return isOurs && (format === 'CSL-JSON' || format === 'CSL-YAML') ? markedItem(item, format === 'CSL-JSON' ? item : asReadInYaml(item)) : item;
}

/** Which of the two a `.bib` file is written in; BibTeX where its fields do not tell. */
export function dialectOf(text: string): BibtexDialect {
  return /^[ \t]*(?:journaltitle|date|location|shortjournal)[ \t]*=/im.test(text) ? 'biblatex' : 'bibtex';
}
