/**
 * Glob patterns as one, in braces. VS Code does not nest braces, so those of a pattern are written out:
 * `a/*.{b,c}` and `d` give `{a/*.b,a/*.c,d}`.
 */
export function joinedGlobs(patterns: readonly string[]): string {
  return `{${patterns.flatMap(writtenOut).join(',')}}`;
}

/**
 * A pattern for one file's name in capitals or small letters, for on some file systems they are the same: `refs.bib` gives
 * `[rR][eE][fF][sS].[bB][iI][bB]`. Marks that mean something in a pattern stand for any one character.
 */
export function anyCase(name: string): string {
  return Array.from(name, char => {
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    const isLetter = lower !== upper && lower.length === 1 && upper.length === 1;
    return isLetter ? `[${lower}${upper}]` : char.replace(/[[\]{}*?!^,\\]/, '?');
  }).join('');
}

/** A pattern with so many alternatives is not taken apart any further. */
const mostAlternatives = 64;

function writtenOut(pattern: string): string[] {
  let done: string[] = [pattern];
  for (;;) {
    const next = done.flatMap(each => {
      const [whole, before = '', inside = '', after = ''] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(each) ?? [];
      return whole === undefined ? [each] : inside.split(',').map(option => `${before}${option}${after}`);
    });
    if (next.length === done.length && next.every((each, index) => each === done[index])) {
      return [...new Set(done)].filter(each => !/[{}]/.test(each));
    }
    if (next.length > mostAlternatives) {
      return [];
    }
    done = next;
  }
}
