/**
 * Commands that print nothing: they only say how an entry is sorted (`\noopsort{1973b}`). BibTeX's manual has writers define
 * them in a `@preamble`; some are so common that files use them without a definition.
 */

/** Of a longer preamble only the beginning is read. */
const longestPreamble = 20_000;
export const mostDefinitions = 100;
const longestArgument = 1000;

const wellKnown: readonly (readonly [name: string, parameters: number])[] = [
  'noopsort', 'Noopsort', 'NoopSort', 'noopSort', 'SortNoop', 'Sortnoop', 'sortnoop', 'noop', 'Noop', 'NOOP',
].map(name => [name, 1]);

/** A body of these prints nothing. */
const empty = String.raw`\{(?:\s|%[^\n]*\n|\{\}|\\(?:relax|ignorespaces|unskip|protect|leavevmode|empty|@empty)(?![A-Za-z@]))*\}`;
const word = String.raw`\\([A-Za-z]+)`;
/** `\newcommand{\name}[1]{}`, also with a default for its first argument, which is then optional. */
const newCommand = new RegExp(
  String.raw`\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s{0,20}(?:\{\s{0,20}${word}\s{0,20}\}|${word})\s{0,20}(?:\[(\d)\]\s{0,20}(\[[^\[\]]*\])?)?\s{0,20}${empty}`,
  'g',
);
/** `\def\name#1{}`. */
const plainDefinition = new RegExp(String.raw`\\[egx]?def\s{0,20}${word}\s{0,20}((?:#\d)*)\s{0,20}${empty}`, 'g');
/** `\let\name\@gobble`, which takes one argument and prints nothing. */
const gobbled = new RegExp(String.raw`\\let\s{0,20}${word}\s{0,20}=?\s{0,20}\\@(gobble|gobbletwo|empty)(?![A-Za-z@])`, 'g');
const gobbles: Readonly<Record<string, number>> = { gobble: 1, gobbletwo: 2, empty: 0 };

/** What a preamble defines as printing nothing: names of commands, and how many arguments in braces each takes. */
export function silentIn(preamble: string): ReadonlyMap<string, number> {
  // The parts of a value, `"…" # "…"`, are one text.
  const text = preamble.slice(0, longestPreamble).replace(/"\s*#\s*"/g, '');
  const found = new Map<string, number>();
  for (const [, inBraces, bare, count = '0', hasDefault] of text.matchAll(newCommand)) {
    found.set(inBraces ?? bare!, Number(count) - (hasDefault === undefined ? 0 : 1));
  }
  for (const [, name, parameters = ''] of text.matchAll(plainDefinition)) {
    found.set(name!, parameters.length / 2);
  }
  for (const [, name, gobble = ''] of text.matchAll(gobbled)) {
    found.set(name!, gobbles[gobble]!);
  }
  return new Map([...found].slice(0, mostDefinitions));
}

/** Takes commands that print nothing, with their arguments, out of values. */
export class SilentCommands {
  readonly #parameters: ReadonlyMap<string, number>;
  readonly #pattern: RegExp;
  readonly #areWellKnown: boolean;

  /** `defined`: those of the file's own preamble. */
  constructor(defined: Iterable<readonly [name: string, parameters: number]> = []) {
    this.#parameters = new Map([...wellKnown, ...defined]);
    this.#areWellKnown = this.#parameters.size === wellKnown.length;
    this.#pattern = new RegExp(String.raw`\\(${[...this.#parameters.keys()].join('|')})(?![A-Za-z@])`, 'g');
  }

  /** The value without them. */
  removedFrom(value: string): string {
    if (!this.#mayBeIn(value) || value.search(this.#pattern) < 0) {
      return value;
    }
    let kept = '';
    let from = 0;
    for (const { 0: command, 1: name = '', index } of value.matchAll(this.#pattern)) {
      // One inside another's argument is gone already.
      if (index >= from) {
        kept += value.slice(from, index);
        from = behindArguments(value, index + command.length, this.#parameters.get(name) ?? 0);
      }
    }
    return kept + value.slice(from);
  }

  /** Every field of every file is asked for them, and hardly one has them: this finds that out fast. */
  #mayBeIn(value: string): boolean {
    return value.includes('\\') && (!this.#areWellKnown || value.includes('oop') || value.includes('OOP'));
  }
}

/** Those that need no definition. */
export const wellKnownSilent = new SilentCommands();

function behindArguments(value: string, from: number, count: number): number {
  let at = behindSpaces(value, behindOption(value, from));
  for (let left = count; left > 0; left--) {
    at = behindArgument(value, behindSpaces(value, at));
  }
  return at;
}

function behindSpaces(value: string, from: number): number {
  let at = from;
  while (at < value.length && value[at]!.trim() === '') {
    at++;
  }
  return at;
}

function behindOption(value: string, from: number): number {
  const end = value[from] === '[' ? value.slice(from, from + longestArgument).indexOf(']') : -1;
  return from + end + 1;
}

/** A group in braces, or as in TeX one character. */
function behindArgument(value: string, from: number): number {
  if (value[from] !== '{') {
    // The brace of a group around the command is none of its arguments.
    return from >= value.length || value[from] === '}' ? from : from + (/^\\[A-Za-z]+|^\\?[^]/u.exec(value.slice(from, from + 40))?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = from; at < value.length && at < from + longestArgument; at++) {
    depth += value[at] === '{' ? 1 : value[at] === '}' ? -1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  return from;
}
