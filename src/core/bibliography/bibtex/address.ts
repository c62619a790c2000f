import { signs } from './commands.ts';

/** Values of addresses and DOIs, which have no LaTeX in them but what stands for one sign. */

/**
 * `$\sim$`; a command for a sign, `{\textasciitilde}` or `\textless{}`; a sign with a backslash, also in braces of its own as
 * Mendeley writes it, `{\_}`; and a sign in such braces without a backslash, `{[}`.
 */
const written =
  /\$\\sim\$|\{\\(text[a-z]+|slash|lbrace|rbrace)\s*(?:\{\})?\}|\\(text[a-z]+|slash|lbrace|rbrace)(?:\{\}|\s+|(?![A-Za-z]))|\{\\([^A-Za-z0-9\s])(?:\{\})?\}|\\([~^])\{\}|\\([_%&#$~^{}])|\{([^A-Za-z0-9\s{}\\])\}/g;

/** An address as it is meant: without the backslashes and braces that LaTeX needs. */
export function addressOf(value: string): string {
  const bare = value.trim().replace(/^\\url\s*\{(.*)\}$/s, '$1');
  if (!/[\\{]/.test(bare)) {
    return bare;
  }
  return bare.replace(written, (all: string, ...groups: readonly (string | undefined)[]) => {
    const [inBraces, command, ...plainSigns] = groups.slice(0, 6);
    const name = inBraces ?? command;
    return name === undefined ? (plainSigns.find(sign => sign !== undefined) ?? '~') : (signs.get(name) ?? all);
  });
}
