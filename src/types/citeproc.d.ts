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
  }

  export class Engine {
    constructor(sys: Sys, style: string | XmlNode, language: string, forceLanguage: boolean);
    readonly opt: { readonly xclass: string };
    setOutputFormat(format: 'html' | 'text'): void;
    updateItems(ids: readonly string[]): void;
    /** `[parameters, entries]`, or `false` for a style that has no bibliography. `entry_ids` has the works of each entry. */
    makeBibliography(): readonly [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]] | false;
    makeCitationCluster(items: readonly CitationItem[]): string;
  }

  const CSL: { readonly Engine: typeof Engine; parseXml(xml: string): XmlNode };
  export default CSL;
}
