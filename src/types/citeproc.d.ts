/** The members of citeproc that we use; the package has no typings of its own. Source: its manual at citeproc-js.readthedocs.io. */
declare module 'citeproc' {
  /** A style or locale as JSON nodes, the form into which citeproc parses XML. */
  export interface XmlNode {
    readonly name: string;
    readonly attrs: Readonly<Record<string, string>>;
    readonly children: readonly (XmlNode | string)[];
  }

  export interface Sys {
    retrieveLocale(language: string): string | XmlNode;
    retrieveItem(id: string): object;
  }

  export interface CitationItem {
    readonly id: string;
    readonly 'author-only'?: boolean;
    readonly 'suppress-author'?: boolean;
    /** 1 for a work that was cited before; the engine counts itself where the citation has a place. */
    readonly position?: number;
    readonly prefix?: string;
    readonly suffix?: string;
    /** The CSL locator term, and its value. */
    readonly label?: string;
    readonly locator?: string;
    /** Internal: only cites that have the same one can be an `ibid.` of each other. */
    'locator-extra'?: string;
    /** Ours: the part of the citation that it belongs to; the style sorts within parts. */
    readonly part?: number;
    /** Ours: whether the writer set words after it. */
    readonly hasSuffix?: boolean;
  }

  /** A citation in its place in a document. The engine writes into it. */
  export interface PlacedCitation {
    readonly citationID: string;
    readonly citationItems: readonly CitationItem[];
    /** Set by the engine: its works, and its copies of the items. */
    readonly sortedItems?: readonly (readonly [item: object, copy: CitationItem])[];
    readonly properties: {
      /** The number of its footnote; 0 in the text. */
      noteIndex: number;
      /** Keeps the items in the order given. */
      unsorted?: boolean;
    };
  }

  /** A citation's id and the number of its footnote. */
  export type CitationPlace = readonly [id: string, noteIndex: number];

  export class Engine {
    constructor(sys: Sys, style: string | XmlNode, language: string, forceLanguage: boolean);
    readonly opt: {
      readonly xclass: string;
      /** Printed in place of the numbers of the next bibliography. */
      citation_number_slug: string | false;
      /** Whether the style places the letters of `2021a`; else they follow the year. */
      has_year_suffix: boolean;
    };
    /** What is known of each work in the bibliography: its number, and what tells it from others. */
    readonly registry: {
      readonly registry: Readonly<Record<string, { readonly seq: number; readonly disambig: object }>>;
      getSortedIds(): readonly string[];
    };
    /** A term of its language in the long form, the style's own before the locale's. */
    getTerm(name: string): string;
    /** An option of the language's style, `punctuation-in-quote`. */
    getOpt(name: string): unknown;
    setOutputFormat(format: 'html' | 'text'): void;
    updateItems(ids: readonly string[]): void;
    /** `[parameters, entries]`, or `false` for a style that has no bibliography. `entry_ids` has the works of each entry. */
    makeBibliography(only?: { readonly include: readonly { readonly field: 'id'; readonly value: string }[] }): readonly [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]] | false;
    makeCitationCluster(items: readonly CitationItem[]): string;
    /** Puts a citation between those before and behind it; answers the place, text and id of each that reads differently now. */
    processCitationCluster(
      citation: PlacedCitation,
      before: readonly CitationPlace[],
      behind: readonly CitationPlace[],
    ): readonly [{ readonly bibchange: boolean }, readonly (readonly [index: number, text: string, id: string])[]];
    /** Begins anew with these citations. */
    rebuildProcessorState(
      citations: readonly PlacedCitation[],
      format: 'html',
      uncited: readonly string[],
    ): readonly (readonly [id: string, noteIndex: number, text: string])[];
    /** Works that are listed without being cited. */
    updateUncitedItems(ids: readonly string[]): void;
  }

  interface NamedEngine {
    readonly opt: Readonly<Record<string, unknown>>;
  }

  /** What prints names; internal to the library. */
  export interface NameOutput {
    readonly state: NamedEngine & { inheritOpt(node: object, option: string): unknown };
    readonly name: object;
    /** The item whose names these are. */
    readonly Item: Readonly<Record<string, unknown>>;
    etal_use_last: boolean;
    _givenName(name: GivenName, ...place: readonly number[]): object;
    /** Shortens one of the lists of names. */
    _imposeNameConstraints(lists: Record<string, readonly object[]>, counts: Readonly<Record<string, number>>, variable: string, position: number): void;
    _setEtAlParameter(type: string, variable: string, index?: number): void;
  }

  /** What prints citations; internal to the library. */
  export interface Citing {
    readonly opt: { readonly xclass: string };
    readonly citation: {
      readonly opt: { readonly collapse?: string; readonly layout_delimiter?: string; readonly cite_group_delimiter?: string; readonly 'after-collapse-delimiter'?: string };
    };
    readonly tmp: {
      /** Whether the names are those of the cite before. */
      readonly have_collapsed: boolean;
      readonly years_used: readonly unknown[];
      readonly shadow_numbers: { readonly locator?: { readonly values: readonly unknown[] } };
      splice_delimiter: string;
      /** The names that were printed last in this citation. */
      last_primary_names_string: string | false;
      readonly use_cite_group_delimiter: boolean;
      readonly area: string;
      readonly just_looking: boolean;
    };
  }

  /** Orders works by the keys of a style's sort; internal to the library. */
  export interface Comparifier {
    compareCompositeKeys: (a: readonly [item: object, cite: CitationItem], b: readonly [item: object, cite: CitationItem]) => number;
  }

  /** An element of a style that may print a term; internal to the library. */
  export interface TermNode {
    readonly strings: { readonly term?: string };
    execs: ((state: Printing, work: object, item: CitationItem | undefined) => unknown)[];
  }

  /** What makes elements of one kind ready to print. */
  export interface NodeKind {
    build(this: TermNode, engine: object, target: object): void;
  }

  /** The engine while it prints. */
  export interface Printing {
    readonly tmp: {
      readonly area: string;
      readonly just_looking: boolean;
      readonly probably_rendered_something: boolean;
      /** More than one while it prints what a style has in place of names. */
      readonly can_substitute: { length(): number };
    };
  }

  export interface GivenName {
    given: string;
    readonly block_initialize?: boolean;
  }

  /** The library. What can be written to is internal to it. */
  export interface Citeproc {
    readonly Engine: typeof Engine;
    parseXml(xml: string): XmlNode;
    /** The words that title case leaves small, in locales that name none. */
    SKIP_WORDS: readonly string[];
    /** Makes ready to print a cite. */
    citeStart(this: Citing, work: object, item: CitationItem | undefined, ...others: readonly unknown[]): void;
    readonly Node: { readonly text: NodeKind; readonly label: NodeKind };
    readonly Registry: { Comparifier: new (engine: object, area: string) => Comparifier };
    getSpliceDelimiter(this: Citing, isAfterLocator: boolean, wasCollapsed: boolean, position: number): string;
    readonly NameOutput: { readonly prototype: NameOutput };
    readonly Output: { readonly Formatters: { title(engine: object, text: string): string } };
    readonly Util: {
      readonly Names: { initializeWith(engine: NamedEngine, given: string, terminator: string, isOnlyPoints: boolean): string };
    };
  }

  const CSL: Citeproc;
  export default CSL;
}
