import { placeAt, type Silence } from './caret.ts';
import { citationQueryAt, isCrossReference } from './citations.ts';
import type { Reading } from './reading.ts';

/** What decides whether studies are suggested at the caret. */
export interface Situation {
  /** The text as it was read; absent where it is longer than we read. */
  readonly reading?: Reading | undefined;
  /** The caret's offset. */
  readonly caret: number;
  /** Whether the document's language is one that we serve; its name as VS Code shows it in settings, `plaintext`. */
  readonly isManuscript: boolean;
  readonly language: string;
  /** `editor.suggestOnTriggerCharacters` */
  readonly opensByItself: boolean;
  /** `editor.suggest.showReferences` */
  readonly showsReferences: boolean;
  readonly isKey: (key: string) => boolean;
  /** Whether some key begins so. */
  readonly beginsKey?: (start: string) => boolean;
}

export interface Answer {
  /** Whether studies are, or would be, suggested here. */
  readonly isOffered: boolean;
  /** What is so, and what to do: one or two plain sentences. */
  readonly message: string;
  /** The setting of the editor that keeps the list away. */
  readonly setting?: string;
}

/**
 * Why no studies are suggested at the caret, or that they are. A bar in the examples is the caret.
 */
export function whySilent(situation: Situation): Answer {
  const { reading, caret, isManuscript, language, isKey, beginsKey } = situation;
  if (!isManuscript) {
    return no(`The document’s language is ${language}. Studies are suggested in Markdown, R Markdown and Quarto.`);
  }
  if (!reading) {
    return no('The document is longer than is read. Split it into several.');
  }
  const { text } = reading;
  const query = citationQueryAt(reading, caret, isKey, beginsKey);
  const { silent: opaque, nocite } = query?.place ?? placeAt(reading, caret);
  const silent = nocite ? undefined : opaque;
  if (!query && silent === 'front matter') {
    return no('The caret is in the metadata, where studies are suggested only in nocite. A citation that you type elsewhere counts, too.');
  }
  if (!query && silent) {
    return no(`The caret is in ${silentPlaces[silent]}, where Pandoc reads no citation.`);
  }
  const mark = query ? -1 : text.lastIndexOf('@', caret - 1);
  const behind = text.slice(mark, caret);
  if (!query && mark > text.lastIndexOf('\n', caret - 1) && !(/\s/.test(text[caret - 1]!) && behind.includes(']'))) {
    return no(behindMark(text, mark, caret, isKey));
  }
  return offered(query?.text, situation);
}

function no(message: string): Answer {
  return { isOffered: false, message };
}

const silentPlaces: Readonly<Record<Silence, string>> = {
  'front matter': 'the metadata',
  code: 'code',
  comment: 'a comment',
  'raw HTML': 'raw HTML',
  math: 'math',
  address: 'an address',
  'link target': 'the target of a link',
  'raw TeX': 'raw TeX',
  attributes: 'attributes',
  definition: 'the definition of a link',
};

// Of a longer text no more is looked at: it is no key.
const longestTyped = 1000;

/** `name@exa|`, `\@a|`, `@feder2021 found|`, `@fig-1|`: what keeps the text behind the `@` from being searched. */
function behindMark(text: string, mark: number, caret: number, isKey: (key: string) => boolean): string {
  const before = text[mark - 1] ?? ' ';
  const typed = text.slice(mark + 1, Math.min(caret, mark + longestTyped));
  const [first = ''] = typed.split(/[\s;,\]]/);
  const key = first.replace(/^\{|[}.:]+$/g, '');
  if (before === '\\') {
    return 'The backslash makes the @ a plain character. Type @ without it.';
  }
  if (/[\p{L}\p{N}_]/u.test(before)) {
    return 'A letter or digit stands before the @, as in an e-mail address. Put a blank before it.';
  }
  if (/[/@.]/.test(before)) {
    return `A ${before} stands before the @, as in an address. Put a blank before it.`;
  }
  if (isCrossReference(key)) {
    return `Quarto takes @${key} for a cross-reference.`;
  }
  if (typed.includes(']')) {
    return 'Studies are suggested behind a blank: type @ and a word or two there.';
  }
  if (isKey(key) && typed.length > first.length) {
    return `@${key} is a whole citekey, and what stands behind it is prose. Type @ for another study.`;
  }
  return 'What follows the @ is too long, or has characters that no search has. Type @ anew.';
}

function offered(query: string | undefined, { opensByItself, showsReferences }: Situation): Answer {
  const what = query ? `Studies that match “${query}” are suggested here` : 'Studies are suggested here';
  if (!showsReferences) {
    const setting = 'editor.suggest.showReferences';
    return { isOffered: false, message: `The setting ${setting} is off and hides studies from the list.`, setting };
  }
  if (!opensByItself) {
    const setting = 'editor.suggestOnTriggerCharacters';
    return { isOffered: true, message: `${what}, but ${setting} is off: press Ctrl+Space behind the @.`, setting };
  }
  return { isOffered: true, message: query === undefined ? `${what}: type @ and a word or two.` : `${what}.` };
}
