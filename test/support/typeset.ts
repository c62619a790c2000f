import { convertCslYaml, CslYamlScanner } from '../../src/core/bibliography/cslYaml.ts';
import { readStyle, type CitableItem } from '../../src/core/cslEngine.ts';
import type { StoredXml } from '../../src/core/cslStyle.ts';
import { readManuscript } from '../../src/core/reading.ts';
import { citationsToPrint } from '../../src/core/typeset/citationsOf.ts';
import { Typesetter } from '../../src/core/typeset/typesetter.ts';
import { ours } from './bibliographyOracle.ts';
import { localeFor } from './styles.ts';

/** A manuscript as it prints, in plain text. */
export interface Printed {
  /** A footnote that a citation becomes is in brackets after it: `Feder[Adriana Feder …]`. */
  readonly citations: readonly string[];
  readonly references: readonly string[];
}

/** The works that stand under `references:`, which are written as YAML. */
export function worksOf(yaml: string): CitableItem[] {
  return ours(new CslYamlScanner(), convertCslYaml, `---\n${yaml}\n---\n`) as unknown as CitableItem[];
}

/** Prints a manuscript in a style and, where one is given, a language; else in the style's own. */
export async function printed(style: StoredXml | string, works: readonly CitableItem[], text: string, language?: string): Promise<Printed> {
  const byKey = new Map(works.map(item => [item.id, item]));
  const read = await readStyle(style, language, localeFor);
  const { citations, bibliography } = new Typesetter(read).print(citationsToPrint(readManuscript(text), key => byKey.get(key)));
  return {
    citations: citations.map(({ text: { plain }, note }) => (note ? `${plain}[${note.plain}]` : plain)),
    references: bibliography.map(({ text: { plain } }) => plain),
  };
}
