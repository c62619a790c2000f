import { isCitable, markedKey } from './citekeys.ts';
import { escapedFor, type NociteStyle } from './nociteField.ts';
import { hasUnprintable } from './yamlScalar.ts';

/** The key that a writer means by what was typed for it: `@{feder2021}` and `@feder2021` name `feder2021`. */
export function typedKey(typed: string): string {
  const [, braced, plain = ''] = /^@?(?:\{(.*)\}|(.*))$/s.exec(typed.trim()) ?? [];
  return (braced ?? plain).trim();
}

/** Why a text can't be a citekey, in one sentence; `undefined` where it can. Source: the Pandoc User's Guide, "Citation syntax". */
export function faultOfKey(key: string): string | undefined {
  if (key === '') {
    return 'A citekey has at least one letter or digit.';
  }
  if (/[\s{}]/.test(key)) {
    return `${key} can’t be a citekey: write it without spaces and braces.`;
  }
  return isCitable(key) ? undefined : `${key.slice(0, 40)}… can’t be a citekey: it is too long, or holds half of a character.`;
}

/** Why one key can't be renamed to another: the studies' own names stay, and no two works may come to share one. */
export interface RenameRules {
  readonly isBundled: (key: string) => boolean;
  /** Where the key is declared, as a writer would name the place; `undefined` where it is not. */
  readonly declaredIn: (key: string) => string | undefined;
}

/** Why the key itself can't be renamed. */
export function faultOfOldName(key: string, { isBundled, declaredIn }: RenameRules): string | undefined {
  return isBundled(key) && declaredIn(key) === undefined
    ? `${key} is the citekey of a bundled study; its name is fixed.`
    : undefined;
}

/** Why the key can't get that name. */
export function faultOfNewName(key: string, { isBundled, declaredIn }: RenameRules): string | undefined {
  const fault = faultOfKey(key);
  if (fault) {
    return fault;
  }
  if (isBundled(key)) {
    return `${key} is the citekey of a bundled study already; choose another.`;
  }
  const place = declaredIn(key);
  return place && `${key} is declared in ${place} already; choose another.`;
}

/**
 * The same in YAML, `nocite: '@old'`; nothing where it would end the text there, or YAML has no such sign.
 *
 * @param style how the text around the mark is written, where that is known
 */
export function withKeyInYaml(mark: string, key: string, style: NociteStyle | undefined): string | undefined {
  const written = withKey(mark, key);
  if (hasUnprintable(key) || /\p{Cc}/u.test(key)) {
    return undefined;
  }
  if (style === undefined || style === 'plain') {
    // New braces would end a list in braces.
    const isSame = written.endsWith('}') === mark.endsWith('}');
    return isSame && !/['"\\,[\]{}]/.test(key) ? written : undefined;
  }
  return escapedFor(style, written);
}

/** A cite's mark with another key: `-@old` gives `-@new`; braces stay, and come where Pandoc needs them. */
export function withKey(mark: string, key: string): string {
  const sign = mark.startsWith('-') ? '-@' : '@';
  return `${sign}${mark.endsWith('}') ? `{${key}}` : markedKey(key)}`;
}
