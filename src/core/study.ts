/** A personal or corporate name, as CSL-JSON has it. */
export interface Name {
  readonly family?: string;
  readonly given?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

/** The fields of a CSL-JSON item that the records use; dates are `[year, month?, day?]`. */
export interface CslItem {
  readonly type: string;
  readonly title: string;
  readonly author: readonly Name[];
  readonly 'container-title'?: string;
  readonly 'container-title-short'?: string;
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly genre?: string;
  readonly DOI?: string;
  readonly PMID?: string;
  readonly PMCID?: string;
  readonly URL?: string;
  readonly language?: string;
}

/** Whether the wording was found in print: as it stands, with differences, or not found yet. */
export type WordingCheck = 'exact' | 'variant' | 'unverified';

/** Words of a source, letter for letter. */
export interface Quote {
  readonly text: string;
  /** Where the words stand in the work, e.g. `Abstract, Objective` or `p. 3`; a remark may follow in parentheses. */
  readonly location: string;
  readonly match: WordingCheck;
  /** How print differs, where `match` is `variant`. */
  readonly asPrinted?: string;
  /** Address where the wording was looked up. */
  readonly source: string;
}

/** Something published about the work after it: a correction, an expression of concern, a retraction, a later version. */
export interface Notice {
  readonly type: string;
  readonly DOI?: string;
  readonly note: string;
}

export interface Intervention {
  readonly drug?: string | null;
  readonly route?: string | null;
  readonly dose?: string | null;
  readonly schedule?: string | null;
  readonly psychotherapy?: string | null;
}

export interface Outcome {
  readonly measure?: string | null;
  readonly timepoint?: string | null;
  readonly result?: string | null;
}

/** An address at which fields of the record were confirmed. */
export interface Source {
  readonly url: string;
  readonly confirms: readonly string[];
  readonly note?: string;
}

/**
 * One record of the bundled dataset: a CSL item plus what a writer needs to know of the study.
 * Null and absent both mean "not stated in what was seen". Source: `data/studies/<id>.json`.
 */
export interface Study {
  /** The citekey, e.g. `feder2021`. */
  readonly id: string;
  readonly csl: CslItem;
  readonly conditions: readonly string[];
  readonly topics: readonly string[];
  readonly design: string;
  readonly population?: string | null;
  readonly n?: number | null;
  readonly intervention?: Intervention | null;
  readonly comparator?: string | null;
  readonly outcome?: Outcome | null;
  /** The result in our own words; never to be quoted as the authors'. */
  readonly finding: string;
  readonly limitations?: string | null;
  readonly registration?: string | null;
  readonly notices: readonly Notice[];
  readonly quotes: readonly Quote[];
  readonly sources: readonly Source[];
  /** CSL fields not yet confirmed in a source. */
  readonly unverified?: readonly string[];
  /** Day of the last check, `YYYY-MM-DD`. */
  readonly checked: string;
}

/** A word of the dataset's vocabulary: `{ id: 'ptsd', label: 'PTSD' }`. */
export interface Term {
  readonly id: string;
  readonly label: string;
  /** One short form for calm lines, e.g. `RCT`. */
  readonly short?: string;
  /** Other words a writer may use for it in `condition:…`, `design:…`, `topic:…`. */
  readonly aliases?: readonly string[];
}

/** The words the records may use, in the order in which they are shown. Source: `data/vocabulary.json`. */
export interface Vocabulary {
  readonly conditions: readonly Term[];
  readonly designs: readonly Term[];
  readonly topics: readonly Term[];
}
