import * as vscode from 'vscode';
import type { CitedSyntax, PrintedWork } from '../../core/rewrite/cited.ts';
import { convert, keysToPrint, type Conversion } from '../../core/rewrite/convert.ts';
import type { Reading, Span } from '../../core/reading.ts';
import { isStudy, type Entry } from '../../core/study.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import type { References } from '../../editor/references.ts';

/** The syntaxes to convert into, and what they are called. */
export const syntaxes: readonly CitedSyntax[] = ['pandoc', 'footnote', 'link'];

/** Converts citations of a manuscript; prints the studies that this needs by the manuscript's settings. */
export class Converter {
  readonly #known: KnownKeys;
  readonly #references: References;

  constructor(known: KnownKeys, references: References) {
    this.#known = known;
    this.#references = references;
  }

  /** For each target what converting the scope would do. */
  async convert<Target extends CitedSyntax>(
    document: vscode.TextDocument,
    reading: Reading,
    scope: Span,
    targets: readonly Target[],
  ): Promise<ReadonlyMap<Target, Conversion>> {
    const known = await this.#known.of(document);
    const studies = candidates(known, reading.text);
    const print = this.#references.printer(document);
    const works = new Map<string, PrintedWork>();
    for (const key of keysToPrint(reading, studies, scope)) {
      const study = known.study(key);
      if (study) {
        works.set(key, { printed: await print(study), ...(study.csl.DOI && { doi: study.csl.DOI }) });
      }
    }
    return new Map(targets.map(target => [target, convert(reading, target, works, scope)]));
  }
}

const word = /[\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*/gu;

/** The works that a text may name: all bundled studies, and of the writer's own those whose key or DOI stands in it. */
function candidates({ library, study }: KnownOfDocument, text: string): readonly Entry[] {
  const named = new Set(Array.from(text.matchAll(word), ([key]) => study(key)).filter(entry => entry?.origin));
  const linked = text.includes('](https://doi.org/')
    ? library.entries.filter(({ summary }) => summary && summary.doi !== '' && text.toLowerCase().includes(summary.doi))
    : [];
  const studies = library.studies.filter(({ id }) => study(id) && isStudy(study(id)!));
  return [...new Set([...studies, ...named, ...linked])].filter(entry => entry !== undefined);
}
