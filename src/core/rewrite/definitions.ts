import { noteLabel, type Footnote } from '../forms.ts';
import type { TextEdit } from '../insertion.ts';
import type { Cited } from './cited.ts';
import { lineBreakEnd, type Definition, type Notes } from './notes.ts';
import { collapsed } from './rewriting.ts';

/** Gives notes their labels, as insertion does: the note that says the same already, else `feder2021`, `feder2021-2` … */
export class Labels {
  readonly #notes: Notes;
  readonly #made = new Map<string, string>();
  readonly #byText = new Map<string, string>();
  readonly #last = new Map<string, number>();

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** The definitions to add. */
  get made(): readonly Footnote[] {
    return Array.from(this.#made, ([label, text]) => ({ label, text }));
  }

  of(key: string, text: string): string {
    const known = this.#byText.get(text);
    if (known !== undefined) {
      return known;
    }
    const base = noteLabel(key);
    for (let number = (this.#last.get(key) ?? 0) + 1; ; number += 1) {
      const label = number === 1 ? base : `${base}-${number}`;
      const standing = this.#notes.definitions.get(label)?.text;
      const isSame = standing !== undefined && collapsed(standing) === text;
      if (isSame || (!this.#notes.labels.has(label) && !this.#made.has(label))) {
        this.#byText.set(text, label);
        if (!isSame) {
          this.#made.set(label, text);
          this.#last.set(key, number);
        }
        return label;
      }
    }
  }
}

/** The definitions at the text's end, parted by a blank line from anything but other definitions. */
export function addedDefinitions(text: string, footnotes: readonly Footnote[]): readonly TextEdit[] {
  if (footnotes.length === 0) {
    return [];
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.trimEnd().length;
  const lastLine = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const parting = /^ {0,3}\[\^[^\]\s]+\]:/.test(lastLine) ? eol : eol + eol;
  const lines = footnotes.map(({ label, text: note }) => `[^${label}]: ${note}`).join(eol);
  return [{ start: end, end, text: `${parting}${lines}` }];
}

/** The definitions that no mark needs any more once these citations are written otherwise. */
export function removedDefinitions(text: string, { definitions, marks }: Notes, written: readonly Cited[]): readonly TextEdit[] {
  const left = new Map<string, number>();
  for (const { label } of marks) {
    left.set(label, (left.get(label) ?? 0) + 1);
  }
  for (const { label } of written) {
    if (label !== undefined) {
      left.set(label, (left.get(label) ?? 0) - 1);
    }
  }
  const unused = new Set(written.map(({ label }) => label).filter(label => label !== undefined && left.get(label) === 0));
  const gone = Array.from(definitions.values()).filter(({ label }) => unused.has(label));
  gone.sort((a, b) => a.start - b.start);
  return runsOf(text, gone).map(run => removal(text, run));
}

type Stretch = Pick<Definition, 'start' | 'end'>;

/** Definitions with nothing but white space between them go together. */
function runsOf(text: string, definitions: readonly Stretch[]): readonly Stretch[] {
  const runs: Stretch[] = [];
  for (const { start, end } of definitions) {
    const last = runs.at(-1);
    if (last && text.slice(last.end, start).trim() === '') {
      runs[runs.length - 1] = { start: last.start, end };
    } else {
      runs.push({ start, end });
    }
  }
  return runs;
}

/** With the blank lines before, if a blank line or the text's end follows; else with its own line break. */
function removal(text: string, { start, end }: Stretch): TextEdit {
  const next = lineBreakEnd(text, end);
  const isFollowed = next < text.length && !/^[ \t]*(?:\r?\n|$)/.test(text.slice(next, next + 1_000));
  let from = start;
  while (!isFollowed && from > 0 && /\s/.test(text[from - 1]!)) {
    from -= 1;
  }
  return { start: from, end: isFollowed || from === 0 ? next : end, text: '' };
}
