import { isForQuarto, type Format } from './target.ts';

/** A build. Paths are those of the machine that the tool runs on; it runs in the manuscript's folder. */
export interface Job {
  readonly format: Format;
  /** The manuscript's name, and that of the file to build, both in the folder in which the tool runs. */
  readonly input: string;
  readonly output: string;
  /** Bibliographies in place of those that the manuscript names; of a key in several the last one counts. None: its own serve. */
  readonly bibliographies: readonly string[];
  /** A style in place of the manuscript's own. */
  readonly csl?: string;
  /** The folder in which a path is looked up that is not in the manuscript's. */
  readonly folder?: string;
  /** Where the tool writes what it has to say. */
  readonly log: string;
  /** The writer's own arguments; they come last, so that they count. */
  readonly extra: readonly string[];
}

/** The arguments of `pandoc`, each as it is: no shell reads them. */
export function pandocArguments(job: Job): readonly string[] {
  const { input, output, folder, log, extra } = job;
  const hasReader = extra.some(each => /^(?:--(?:from|read)\b|-[fr])/.test(each));
  return [
    plain(input),
    `--output=${plain(output)}`,
    // Pandoc knows no .qmd and says so at each build.
    ...(isForQuarto(input) && !hasReader ? ['--from=markdown'] : []),
    '--standalone',
    '--citeproc',
    ...citing(job),
    ...(folder === undefined || !isListable(folder) ? [] : [`--resource-path=.${separatorOf(folder)}${folder}`]),
    `--log=${log}`,
    ...extra,
  ];
}

/** The arguments of `quarto`. It names the file itself, and puts it where the manuscript's project says. */
export function quartoArguments(job: Job): readonly string[] {
  const { format, input, log, extra } = job;
  return ['render', plain(input), '--to', format, '--log', log, '--log-format', 'json-stream', ...citing(job), ...extra];
}

function citing({ bibliographies, csl }: Job): readonly string[] {
  return [...bibliographies.map(path => `--bibliography=${path}`), ...(csl === undefined ? [] : [`--csl=${csl}`])];
}

/** A name that begins with a dash is no option. */
function plain(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

function isWindows(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
}

function separatorOf(path: string): string {
  return isWindows(path) ? ';' : ':';
}

/** Pandoc would read a path that holds the separator as two. */
function isListable(path: string): boolean {
  return !path.includes(separatorOf(path));
}
