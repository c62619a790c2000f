import { identityOf } from '../checks/works.ts';
import { isCitable } from '../citekeys.ts';
import { yearOf } from '../describe.ts';
import type { Library } from '../library.ts';
import { Pace } from '../markdown/pace.ts';
import type { Reading } from '../reading.ts';
import { plain } from '../search/fold.ts';
import { isStudy, type Entry, type Study } from '../study.ts';
import { marksIn } from './regions.ts';
import { sorted } from './order.ts';
import type { TableSpec } from './spec.ts';

/** A row: a study, and the key by which the manuscript cites it. */
export interface EvidenceRow {
  readonly key: string;
  readonly study: Study;
}

/** What the rows are chosen from. */
export interface EvidenceSources {
  /** The bundled studies alone: of them only there is evidence to tell. */
  readonly shelf: Library;
  /** Every work that the manuscript can cite. */
  readonly library: Pick<Library, 'get' | 'entries' | 'knownAs'>;
  /** The keys that the manuscript cites outside its evidence tables, in that order, once each. */
  readonly cited: readonly string[];
}

export interface Rows {
  readonly rows: readonly EvidenceRow[];
  /** Keys of works that were chosen, but of which there is no record. */
  readonly left: readonly string[];
}

/** Why there are no rows. */
export interface RowsFault {
  readonly fault: string;
}

/** The rows that a table is to have, in its order. Faults: a key that no study has, or that means an entry of the writer's own. */
export function rowsOf(spec: TableSpec, sources: EvidenceSources): Rows | RowsFault {
  const records = new Records(sources);
  const { studies } = spec;
  const chosen = studies.by === 'filter' ? records.found(studies.query) : records.ofKeys(studies.by === 'keys' ? studies.keys : sources.cited);
  const [first] = chosen.left;
  if (studies.by === 'keys' && first !== undefined) {
    const fault = sources.library.get(first)
      ? `${first} is an entry of your own, and of the bundled studies only there is evidence to tell. Take it out of the list.`
      : `there is no study with the citekey ${first}.`;
    return { fault };
  }
  return { rows: sorted(chosen.rows, spec.order, sources.cited, sources.shelf.vocabulary), left: chosen.left };
}

/** The rows of bundled studies, each under the key by which the manuscript cites it, or could. */
export function rowsOfStudies(studies: readonly Study[], sources: EvidenceSources): Rows {
  return new Records(sources).ofStudies(studies);
}

/**
 * The study that an entry is, as far as its identifiers say so: a writer's own entry of a study has its DOI, or its key and its
 * title. Of a study without a DOI, such as a report, it has the title and the year.
 */
class Records {
  readonly #sources: EvidenceSources;
  readonly #byKey: ReadonlyMap<string, Study>;
  readonly #byDoi: ReadonlyMap<string, Study>;
  readonly #withoutDoi: readonly Study[];
  /** The writer's keys of studies, found out at first need: it takes a look at every entry. */
  #ownKeys: ReadonlyMap<string, string> | undefined;

  constructor(sources: EvidenceSources) {
    const { studies } = sources.shelf;
    this.#sources = sources;
    this.#byKey = new Map(studies.map(study => [study.id, study]));
    this.#byDoi = new Map(studies.flatMap(study => (study.csl.DOI ? [[study.csl.DOI.toLowerCase(), study]] : [])));
    this.#withoutDoi = studies.filter(({ csl }) => !csl.DOI);
  }

  /** In the order of the keys; a study that several of them mean, once. */
  ofKeys(keys: readonly string[]): Rows {
    const rows = new Map<string, EvidenceRow>();
    const left: string[] = [];
    for (const key of keys) {
      const entry = this.#sources.library.get(key);
      const study = entry && this.#of(entry);
      if (study && isWritable(key)) {
        rows.set(study.id, rows.get(study.id) ?? { key, study });
      } else {
        left.push(key);
      }
    }
    return { rows: [...rows.values()], left };
  }

  found(query: string): Rows {
    const cited = new Set(this.ofKeys(this.#sources.cited).rows.map(row => row.study.id));
    const { found } = this.#sources.shelf.find(query, { limit: Infinity, guesses: false, fits: isStudy, cited });
    return this.ofStudies(found.flatMap(({ study }) => (isStudy(study) ? [study] : [])));
  }

  ofStudies(studies: readonly Study[]): Rows {
    const cited = new Map(this.ofKeys(this.#sources.cited).rows.map(row => [row.study.id, row]));
    const rows: EvidenceRow[] = [];
    const left: string[] = [];
    for (const study of studies) {
      const row = cited.get(study.id) ?? this.#row(study);
      if (row) {
        rows.push(row);
      } else {
        left.push(study.id);
      }
    }
    return { rows, left };
  }

  #row(study: Study): EvidenceRow | undefined {
    const { library } = this.#sources;
    const entry = library.get(study.id);
    // Where the key means another work of the writer's, it would cite that.
    const isMeant = entry !== undefined && this.#of(entry)?.id === study.id;
    const key = isMeant ? study.id : this.#ownKeyOf(study);
    return key !== undefined && isWritable(key) ? { key, study } : undefined;
  }

  #ownKeyOf({ id }: Study): string | undefined {
    if (!this.#ownKeys) {
      const keys = new Map<string, string>();
      for (const entry of this.#sources.library.entries) {
        const study = entry.origin && this.#of(entry);
        if (study && !keys.has(study.id) && isWritable(entry.id)) {
          keys.set(study.id, entry.id);
        }
      }
      this.#ownKeys = keys;
    }
    return this.#ownKeys.get(id);
  }

  #of(entry: Entry): Study | undefined {
    const sameKey = this.#byKey.get(entry.id);
    if (isStudy(entry)) {
      return sameKey;
    }
    const doi = entry.summary?.doi ?? entry.csl.DOI?.toLowerCase();
    const found = doi ? this.#byDoi.get(doi) : sameKey && shareMark(entry, sameKey) ? sameKey : undefined;
    return found ?? this.#withoutDoi.find(study => isSameByTitle(entry, study));
  }
}

function shareMark(entry: Entry, study: Study): boolean {
  const marks = identityOf(study);
  return identityOf(entry).some(mark => marks.includes(mark));
}

/** A short title, which several works may have, counts under the study's own key only. */
function isSameByTitle(entry: Entry, study: Study): boolean {
  // Cheap, and true of few entries: titles are folded for the comparison.
  if ((entry.summary?.year ?? yearOf(entry.csl)) !== yearOf(study.csl)) {
    return false;
  }
  const isSameTitle = (): boolean => plain(entry.summary?.title ?? entry.csl.title) === plain(study.csl.title);
  return shareMark(entry, study) || (entry.id === study.id && isSameTitle());
}

/** A bar in a key would end its cell, and Pandoc reads no escape in keys; some keys it reads nowhere. */
function isWritable(key: string): boolean {
  return isCitable(key) && !key.includes('|');
}

/** The keys cited in a manuscript's texts, once each; not by the rows of evidence tables, which would stay for ever. Yields. */
export function* citedOutside(parts: readonly Reading[]): Generator<undefined, readonly string[]> {
  const pace = new Pace();
  const keys = new Set<string>();
  for (const reading of parts) {
    const { blocks, starts } = reading;
    const { regions } = marksIn(reading);
    for (const [index, { kind, citations, length }] of blocks.entries()) {
      const at = starts[index]!;
      const isOurs = kind === 'table' && regions.some(({ start, end }) => start <= at && at < end);
      for (const { cites } of isOurs ? [] : citations) {
        cites.forEach(({ key }) => keys.add(key));
      }
      if (pace.isDue(length)) {
        yield;
      }
    }
  }
  return [...keys];
}
