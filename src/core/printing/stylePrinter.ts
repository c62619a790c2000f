import { readStyle, type CitableItem, type LocaleFor } from '../cslEngine.ts';
import type { StoredXml } from '../cslStyle.ts';
import type { Printed } from '../forms.ts';
import { formatterOf, type Formatter, type Listed } from '../reference.ts';
import { Typesetter, type CitationToPrint, type PrintedDocument } from '../typeset/typesetter.ts';

/** Prints in one style and language; in which thread, who asks need not know. All reject in plain words where the style fails. */
export interface StylePrinter {
  /** See {@link Formatter.citesByName}. */
  readonly citesByName: boolean;
  /** A work alone, in Markdown. */
  work(item: CitableItem): Promise<Printed>;
  /** See {@link Formatter.bibliography}. */
  bibliography(items: readonly CitableItem[]): Promise<readonly Listed[]>;
  /** See {@link Formatter.order}. */
  order(items: readonly CitableItem[]): Promise<readonly string[]>;
  /** A new one, for one manuscript. */
  document(): DocumentPrinter;
  /** Lets go of its engines. */
  end(): void;
}

/** Prints one manuscript again and again; it keeps what it printed last. */
export interface DocumentPrinter {
  /** See {@link Typesetter.print}. */
  print(citations: readonly CitationToPrint[], uncited?: readonly CitableItem[]): Promise<PrintedDocument>;
}

/**
 * Prints in this thread, in which making an engine is a stretch of some tenths of a second.
 * @throws Error in plain words when the style can't be used
 */
export async function stylePrinter(source: string | StoredXml, language: string, localeFor: LocaleFor): Promise<StylePrinter> {
  const style = await readStyle(source, language, localeFor);
  const formatter = formatterOf(style);
  return {
    citesByName: formatter.citesByName,
    work: async item => printedBy(formatter, item),
    bibliography: async items => formatter.bibliography(items),
    order: async items => formatter.order(items),
    document: () => {
      const typesetter = new Typesetter(style);
      return { print: async (citations, uncited) => typesetter.print(citations, uncited) };
    },
    end: () => {},
  };
}

function printedBy(formatter: Formatter, item: CitableItem): Printed {
  return {
    reference: formatter.reference(item).markdown,
    parenthetical: formatter.parenthetical(item).markdown,
    inText: formatter.inText(item).markdown,
  };
}
