import type { TextEdit } from '../insertion.ts';
import type { KeyIndex } from './keyIndex.ts';
import type { Span } from '../reading.ts';
import type { Entry } from '../study.ts';

/** Every check, by the code that its diagnostics carry. Its setting is `ketamineCitations.checks.` and the code in camel case. */
export const checkCodes = [
  'unknown-key',
  'key-case',
  'repeated-cite',
  'adjacent-citations',
  'malformed-citation',
  'locator',
  'notice',
  'quote-differs',
  'quote-unconfirmed',
  'finding-quoted',
  'same-work',
  'key-in-two',
  'unchecked-block',
  'bibliography',
  'unknown-style',
  'bibliography-entry',
] as const;

export type CheckCode = (typeof checkCodes)[number];

/** The setting of a check: `unknown-key` has `checks.unknownKey`. */
export type CheckSetting = `checks.${Camel<CheckCode>}`;

type Camel<Text extends string> = Text extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Text;

export function checkSetting(code: CheckCode): CheckSetting {
  return `checks.${code.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}` as CheckSetting;
}

/** What is wrong at a place of the text, and what would mend it. */
export interface Problem extends Span {
  readonly code: CheckCode;
  /** One or two plain sentences, for the writer. */
  readonly message: string;
  /** Best first. */
  readonly fixes: readonly Fix[];
  /** The citekey it is about, if it is about one. */
  readonly key?: string;
  /** Of a notice: whether it takes the work's trust away (a retraction, an expression of concern), or not. */
  readonly weight?: 'grave' | 'plain';
  /** Of a bibliography that there is not: the address of the file that could be made. */
  readonly missing?: string;
}

export interface Fix {
  /** As the lightbulb's menu shows it: `Replace by feder2021`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What it changes besides in further texts of the manuscript, a notebook's cells, by their places among them. */
  readonly elsewhere?: readonly TextEditsIn[];
  /** Whether it is the one clear repair: applied by Auto Fix and by fixing all of a kind. */
  readonly isPreferred: boolean;
}

/** Edits of one of a manuscript's texts. */
export interface TextEditsIn {
  /** The text's place among all of the manuscript, from 0. */
  readonly text: number;
  readonly edits: readonly TextEdit[];
}

/** What the checks know of the keys that a manuscript may cite. */
export interface Known {
  /** The work of a key. */
  study(key: string): Entry | undefined;
  has(key: string): boolean;
  /** Every key at hand: in the index, where there is one, and besides. */
  readonly keyIndex?: KeyIndex;
  readonly keys: readonly string[];
  /** Whether these are all there are. Not so while a bibliography of the manuscript can't be read: its keys are unknown to us, not wrong. */
  readonly isComplete: boolean;
}
