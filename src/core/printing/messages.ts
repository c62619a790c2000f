import type { CitableItem } from '../cslEngine.ts';
import type { StoredXml } from '../cslStyle.ts';
import type { CitationToPrint } from '../typeset/typesetter.ts';

/** What is said between the extension and the thread that prints. `style` and `document` are numbers that the extension gives. */
export type PrintRequest =
  | {
      readonly ask: 'style';
      readonly style: number;
      readonly source: string | StoredXml;
      readonly language: string;
      /** By language tag. */
      readonly locales: ReadonlyMap<string, StoredXml>;
    }
  | { readonly ask: 'work'; readonly style: number; readonly item: CitableItem }
  | { readonly ask: 'bibliography' | 'order'; readonly style: number; readonly items: readonly CitableItem[] }
  | {
      readonly ask: 'document';
      readonly style: number;
      readonly document: number;
      readonly citations: readonly CitationToPrint[];
      readonly uncited: readonly CitableItem[];
    }
  | { readonly ask: 'end'; readonly style: number };

/** A request, by whose number its answer is known. */
export interface Numbered {
  readonly number: number;
  readonly request: PrintRequest;
}

/** The answer's value belongs to what was asked: see `StylePrinter`. */
export type PrintAnswer =
  | { readonly number: number; readonly value: unknown }
  /** The style failed, for this reason. */
  | { readonly number: number; readonly fault: string }
  /** The style was ended; it has to be sent again. */
  | { readonly number: number; readonly isEnded: true };
