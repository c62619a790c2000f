import { Char, skipSpace } from './chars.ts';
import { matchingPairs } from './pairs.ts';

/**
 * What a TeX command takes after its name, as Pandoc reads it. Most take any number of options in brackets and then any
 * number of groups in braces; brackets after a brace are never the command's.
 */
interface Taking {
  readonly options: boolean;
  /** How many groups in braces; so many there have to be, or Pandoc takes it for no command. */
  readonly groups: number | 'any';
  /** One character may stand in place of the group. */
  readonly orCharacter?: true;
}

const asMost: Taking = { options: true, groups: 'any' };

/** What the names of commands that Pandoc knows take. */
const known: ReadonlyMap<string, Taking> = new Map(
  (
    [
      [
        { options: false, groups: 0 },
        'textbackslash backslash slash ldots vdots dots mdots sim sep P S qed lq rq textquoteleft textquoteright textquotedblleft textquotedblright aa AA ss o O L l ae AE oe OE pounds euro copyright textasciicircum textasciitilde i j ps TeX LaTeX bar textless textgreater bshyp fshyp dothyp colonhyp hyp faCheck faClose adddot adddotspace addabbrvspace hyphen figurename refname bibname prefacename chaptername partname contentsname listfigurename listtablename indexname abstractname tablename pagename seename seealsoname proofname glossaryname hrule strut footnotesize tiny scriptsize small normalsize large Large LARGE huge Huge raggedright',
      ],
      [{ options: true, groups: 0 }, 'par item'],
      [
        { options: false, groups: 1, orCharacter: true },
        'emph textit textsl textsc textsf textmd textrm textup texttt sout textsuperscript textsubscript textbf textnormal H b c G h d f r t U v u k textogonekcentered newtie textcircled nohyphens textnhtt nhttfamily mkbibquote mkbibemph autocap uline ul uppercase lowercase MakeUppercase MakeLowercase MakeTextUppercase underline',
      ],
      [{ options: true, groups: 1, orCharacter: true }, 'textgreek enquote si unit subtitle address date opening closing centerline caption alert textlatin'],
      [
        { options: true, groups: 1 },
        'thanks footnote includegraphics blockquote cite Cite citep citet citealp citeauthor citeyear autocite parencite textcite footcite nocite supercite num ang numlist title author part chapter section subsection subsubsection paragraph subparagraph frametitle bibliography addbibresource',
      ],
      [{ options: false, groups: 1 }, 'ensuremath url bibstring gls Gls glspl Glspl acrlong acrfull acrshort ac acf acs acl acp Ac'],
      [{ options: false, groups: 2 }, 'href hyperlink foreignlanguage'],
      [{ options: true, groups: 2 }, 'textcolor colorbox'],
    ] as const
  ).flatMap(([taking, names]) => names.split(' ').map(name => [name, taking] as const)),
);

/** Old switches of the font, which hold for all that follows in their group. */
const switches: ReadonlySet<string> = new Set('em it sl bf rm itshape slshape scshape bfseries'.split(' '));

const verbatim: ReadonlySet<string> = new Set(['verb', 'Verb', 'lstinline']);

const command = /\\([A-Za-z]+)(?:[ \t]*\*)?/y;
const blanks = /[ \t]*/y;
/** On which slides of Beamer. */
const overlay = /<[\d+.,|()-]{1,50}>/y;
// Without a bound a text of nothing but `\verb|` would take quadratic time.
const longestVerbatim = 2000;

/** The name of the command that begins at the offset, without its star. */
export function commandNameAt(text: string, at: number): string | undefined {
  command.lastIndex = at;
  return command.exec(text)?.[1];
}

/** The commands of one text: where its braces and options end is found out once. */
export class TexCommands {
  readonly #text: string;
  /** For each `{` where its `}` ends. */
  readonly #braces: ReadonlyMap<number, number>;
  #optionEnds: Int32Array | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#braces = matchingPairs(text, '{', '}');
  }

  /** After the command at an offset, arguments included. */
  endOf(at: number): number | undefined {
    command.lastIndex = at;
    const found = command.exec(this.#text);
    if (!found) {
      return undefined;
    }
    const [{ length }, name = ''] = found;
    const end = at + length;
    if (verbatim.has(name) && !/[[{]/.test(this.#text.charAt(end))) {
      return verbatimEnd(this.#text, end);
    }
    if (switches.has(name)) {
      return this.#groupEnd(end);
    }
    const taking = known.get(name) ?? asMost;
    const behind = taking.options ? this.#behindOptions(end) : end;
    return taking.groups === 'any' ? this.#behindAnyGroups(behind) : this.#behindGroups(behind, taking.groups, taking.orCharacter);
  }

  #behindAnyGroups(at: number): number {
    // Blanks may stand before the first group alone.
    blanks.lastIndex = at;
    let end = this.#braces.get(at + blanks.exec(this.#text)![0].length) ?? at;
    for (let next = this.#braces.get(end); next !== undefined; next = this.#braces.get(end)) {
      end = next;
    }
    return end;
  }

  #behindGroups(at: number, count: number, orCharacter?: true): number | undefined {
    const text = this.#text;
    let end = at;
    for (let i = 0; i < count; i += 1) {
      const next = skipSpace(text, end, text.length);
      const close = this.#braces.get(next);
      if (close === undefined && !orCharacter) {
        return undefined;
      }
      // A command in place of the group is read for itself.
      end = close ?? (next >= text.length || text.charCodeAt(next) === Char.backslash ? end : next + 1);
    }
    return end;
  }

  #behindOptions(at: number): number {
    const text = this.#text;
    overlay.lastIndex = at;
    let end = at + (overlay.exec(text)?.[0].length ?? 0);
    for (;;) {
      const open = skipSpace(text, end, text.length);
      const close = text.charCodeAt(open) === Char.openBracket ? this.#closingOption(open + 1) : 0;
      if (close === 0) {
        return end;
      }
      end = close;
    }
  }

  /** The first `]` that stands in no braces closes an option: brackets in it don't count. `0` where there is none. */
  #closingOption(at: number): number {
    this.#optionEnds ??= optionEnds(this.#text, this.#braces);
    return this.#optionEnds[at] ?? 0;
  }

  /** In front of the `}` that closes the group around. */
  #groupEnd(from: number): number {
    const text = this.#text;
    for (let at = from; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (code === Char.closeBrace) {
        return at;
      }
      at = code === Char.backslash ? at + 2 : (this.#braces.get(at) ?? at + 1);
    }
    return text.length;
  }
}

/** For each offset, after the `]` that closes an option read from there on. In one pass, however many options begin. */
function optionEnds(text: string, braces: ReadonlyMap<number, number>): Int32Array {
  const ends = new Int32Array(text.length + 2);
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const code = text.charCodeAt(at);
    ends[at] = code === Char.closeBracket ? at + 1 : ends[code === Char.backslash ? at + 2 : (braces.get(at) ?? at + 1)]!;
  }
  return ends;
}

/** `\verb|x|`: any mark opens it, and the same one closes it in the same line. */
function verbatimEnd(text: string, at: number): number | undefined {
  const mark = text.charAt(at);
  if (mark === '' || /[\s\p{L}\p{N}]/u.test(mark)) {
    return undefined;
  }
  const [line = ''] = text.slice(at + 1, at + longestVerbatim).split('\n', 1);
  const close = line.indexOf(mark);
  return close < 0 ? undefined : at + close + 2;
}
