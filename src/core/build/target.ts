/** What a manuscript can be built into, the file's ending for each. */
export const formats = ['docx', 'pdf', 'html'] as const;

export type Format = (typeof formats)[number];

export const tools = ['pandoc', 'quarto'] as const;

export type Tool = (typeof tools)[number];

/** What to build a manuscript into, and with what. */
export interface Target {
  readonly format: Format;
  readonly tool: Tool;
}

export function isTarget(value: unknown): value is Target {
  const { format, tool } = (value ?? {}) as Partial<Target>;
  return formats.some(each => each === format) && tools.some(each => each === tool);
}

/** The name of the file that is built of a manuscript with this name: `paper.docx` of `paper.md`. */
export function outputName(name: string, format: Format): string {
  return `${name.replace(/(?<=.)\.(?:md|markdown|mdown|mkdn?|mdwn|mdtxt|mdtext|workbook|qmd|rmd)$/i, '')}.${format}`;
}

/** Whether a manuscript may hold code to be run, and syntax of Quarto's own, by its name. */
export function isForQuarto(name: string): boolean {
  return /\.[qr]md$/i.test(name);
}

/**
 * What may be chosen, the likeliest first: what was chosen last, then what suits the manuscript.
 *
 * @param found the tools that are there
 */
export function targetsFor(name: string, found: readonly Tool[], last: Target | undefined): readonly Target[] {
  const inOrder = isForQuarto(name) ? [...tools].reverse() : tools;
  const all = inOrder.filter(tool => found.includes(tool)).flatMap(tool => formats.map(format => ({ format, tool })));
  const isLast = ({ format, tool }: Target): boolean => format === last?.format && tool === last.tool;
  return [...all.filter(isLast), ...all.filter(each => !isLast(each))];
}
