/** Why Pandoc gave up, by its exit code; nothing where the code says no more than that it did. Source: the Pandoc User's Guide, "Exit codes". */
export function pandocFailure(code: number): string | undefined {
  return failures[code];
}

const failures: Readonly<Record<number, string>> = {
  1: 'a file could not be read or written',
  3: 'there were warnings, and the arguments say that none may be',
  4: 'the arguments do not go together',
  5: 'the template could not be used',
  6: 'an argument is unknown',
  21: 'the format to read is unknown',
  22: 'the format to write is unknown',
  23: 'an extension of the format is unknown',
  24: 'the citations could not be processed; the style may be damaged',
  25: 'a bibliography could not be read',
  43: 'LaTeX could not make the PDF',
  47: 'the program that makes PDFs was not found; install LaTeX, or name another one in ketamineCitations.build.arguments: "--pdf-engine=typst"',
  64: 'the manuscript or a file that it names could not be parsed',
  83: 'a filter failed',
  84: 'a Lua filter failed',
  92: 'a file is not in UTF-8',
  97: 'a data file is missing',
  98: 'a file of metadata is missing',
  99: 'a file is missing that the manuscript or the arguments name, such as a bibliography or a style',
};
