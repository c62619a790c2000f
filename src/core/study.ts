/** A personal or corporate name, as CSL-JSON has it. */
export interface Name {
  readonly family?: string;
  readonly given?: string;
  readonly suffix?: string;
  readonly literal?: string;
  readonly 'dropping-particle'?: string;
  readonly 'non-dropping-particle'?: string;
  readonly 'comma-suffix'?: boolean;
}

/** A day, a month, a year or a range of two: `[[2019, 5], [2021]]`; or words, where it is none of these. */
export interface CslDate {
  readonly 'date-parts'?: readonly (readonly number[])[];
  readonly season?: number | string;
  readonly circa?: boolean | number;
  readonly literal?: string;
  readonly raw?: string;
}

type NameField =
  | 'editor' | 'translator' | 'collection-editor' | 'container-author' | 'composer' | 'director' | 'illustrator'
  | 'interviewer' | 'original-author' | 'recipient' | 'reviewed-author' | 'editorial-director';
type DateField = 'accessed' | 'event-date' | 'original-date' | 'submitted' | 'available-date';

type OtherNames = { readonly [F in NameField]?: readonly Name[] };
type OtherDates = { readonly [F in DateField]?: CslDate };

/** A CSL-JSON item. The bundled records use the fields that are named here; a writer's entry may have any other of CSL's. */
export interface CslItem extends OtherNames, OtherDates {
  readonly type: string;
  /** Empty where the source has none. */
  readonly title: string;
  /** Empty where the source has none. */
  readonly author: readonly Name[];
  readonly 'container-title'?: string;
  readonly 'container-title-short'?: string;
  readonly issued?: CslDate;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly genre?: string;
  readonly DOI?: string;
  readonly PMID?: string;
  readonly PMCID?: string;
  readonly URL?: string;
  readonly language?: string;
  readonly 'collection-title'?: string;
  readonly publisher?: string;
  readonly 'publisher-place'?: string;
  readonly edition?: string;
  readonly number?: string;
  readonly ISBN?: string;
  readonly ISSN?: string;
  readonly abstract?: string;
  readonly keyword?: string;
  readonly note?: string;
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
  /** Address where the wording was looked up; empty where a writer did not say. */
  readonly source: string;
  /** One of the writer's own, from a `quotes.json`. Its whole `location` is the locator, and may be empty. */
  readonly own?: true;
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

/** What the people who took part or assessed knew of who got what. */
export type Blinding = 'double' | 'single' | 'open';

/** A dose, or a range of doses from `low` to `high`. */
export type Dose =
  | { readonly value: number; readonly unit: string }
  | { readonly low: number; readonly high: number; readonly unit: string };

/**
 * Codes of what the record's own words say, by which studies are compared. `null` and an empty list mean "not stated in what
 * was seen". The ids are terms of the vocabulary. `data/README.md` tells how they were coded.
 */
export interface Evidence {
  readonly randomized: boolean | null;
  readonly blinding: Blinding | null;
  readonly comparators: readonly string[];
  /** The record's main result on benefit, a term of `results`; no appraisal. */
  readonly direction: string;
  /** What the direction was coded from, in few words. */
  readonly basis: string;
  readonly routes: readonly string[];
  readonly doses: readonly Dose[];
  /** How often one person was to be given ketamine. */
  readonly sessions: number | null;
  /** Days from treatment to the last result on the main outcome. */
  readonly followUpDays: number | null;
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
  /** The study in one line of our own words, at most 52 characters. */
  readonly gist: string;
  readonly csl: CslItem;
  readonly conditions: readonly string[];
  readonly topics: readonly string[];
  readonly design: string;
  readonly evidence: Evidence;
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

/** What is known of an entry before it is converted: enough to list, search and filter it. Texts are plain Unicode. */
export interface Summary {
  /** The CSL type, `article-journal`. */
  readonly type: string;
  /** The first author's (else editor's) family name, or the name of a body. */
  readonly author: string;
  /** The other authors' family names, joined by `, `. */
  readonly coauthors: string;
  /** Four digits as a rule; empty where there is none. */
  readonly year: string;
  readonly title: string;
  /** The journal's, the book's or the site's title, with the short form behind `, `. */
  readonly journal: string;
  /** In lower case, without `https://doi.org/`; empty where there is none. */
  readonly doi: string;
  readonly pmid: string;
  /** Keywords and the collections (groups) that the file puts it into. */
  readonly keywords: readonly string[];
}

/** Where a writer's entry stands. */
export interface Origin {
  /** The file's address, as a URI. */
  readonly file: string;
  /** The file's name, for lists: `refs.bib`. */
  readonly name: string;
  /** Of the entry in the file's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly keywords: readonly string[];
}

/**
 * One item of the library: an entry of a bibliography that the writer brings, which has an `origin`, or a study, which knows
 * more.
 */
export type Entry = Pick<Study, 'id' | 'csl' | 'quotes' | 'notices'> &
  Partial<Omit<Study, 'id' | 'csl' | 'quotes' | 'notices'>> & {
    readonly origin?: Origin;
    /** Of a writer's entry, whose `csl` is made when it is first asked for: for lists, searches and filters. */
    readonly summary?: Summary;
  };

/** Whether it is one of the bundled studies. */
export function isStudy(entry: Entry): entry is Study {
  return entry.origin === undefined;
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
  readonly comparators: readonly Term[];
  /** What `evidence.direction` may be. */
  readonly results: readonly Term[];
  readonly routes: readonly Term[];
  readonly blinding: readonly Term[];
}

/** Which state of the dataset this is. Source: `data/CITATION.cff`. */
export interface Edition {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}
