import { Chance } from '../bench/chance.ts';

/** A text that nobody would write, as long as is asked for (code units). */
export interface HostileText {
  readonly name: string;
  make(length: number): string;
}

/** One piece again and again. */
function repeated(piece: string, name = JSON.stringify(piece)): HostileText {
  return { name, make: length => piece.repeat(Math.ceil(length / piece.length)).slice(0, length) };
}

/** Pieces with a number each, so that no two are the same. */
function numbered(name: string, piece: (index: number) => string): HostileText {
  return {
    name,
    make(length) {
      const pieces: string[] = [];
      for (let size = 0; size < length; size += pieces.at(-1)!.length) {
        pieces.push(piece(pieces.length));
      }
      return pieces.join('');
    },
  };
}

/** A beginning that is never ended, and much behind it. */
function begun(start: string, piece: string): HostileText {
  return { name: `${JSON.stringify(start)} and ${JSON.stringify(piece)}`, make: length => start + repeated(piece).make(length) };
}

/** Code units below a bound, by chance but always the same. */
function noise(name: string, bound: number, among: readonly string[] = []): HostileText {
  return {
    name,
    make(length) {
      const chance = new Chance(17);
      const unit = (): string => (chance.is(0.1) && among.length > 0 ? chance.one(among) : String.fromCharCode(chance.below(bound)));
      return Array.from({ length }, unit).join('').slice(0, length);
    },
  };
}

const marks = ['[', ']', '(', ')', '[@', '@a', '; ', '`', '$', '*', '_', '<!--', '-->', '\n', '\n\n', '> ', '- ', '| ', '"', '{', '}', '\\', '^[', '@feder2021'];

/** What opens and is never closed, or closes what was never opened. */
const unbalanced = [
  '[', ']', '](', '[](', '![', '[[]', '[a](b "', '][', '[@', '[@a', '[@a; ', '[see @a, p. 3; ', '@{', '@a [', '@a [p. 3; ', '[-@', ';', '@', '-@',
  '`', '`a ', '``a`', '$', '$a ', '$ ', '$$a ', '<', '<a ', '<a b="', '</', '<!--', '<!-- ', '-->', '<https://a ', '{', '{a=', '{.a ', '}', '&', '(', '10.1000/(', 'doi:',
  '*', '**a ', '*a ', '***a', '_a ', '__', '*_', '**a*', '~', '~~a ', '^', '^a', '^[', '^[a ', '"', '"a ', "'a ", '“', '“a ', '”', '‘a ', '\\', '\\a{', '\\begin{a}', '\\cite[',
].map(piece => repeated(piece));

/** The same behind line ends, and what only stands at the beginning of a line. */
const lines = [
  '[\n', '[@a;\n', '`\n', '$\n', '<!--\n', '<!--\n\n', '\\begin{a}\n', '\\begin{a}\n\n', '*\n', '“\n\n', '@a [\n\n', '[@a\n\n', '[^1\n', '[^1]\n', '[^1]: \n', '[^1]: a\n\n', '[a]: b\n', '[a]:\n',
  '> ', '>', '>\n', '> a\n', '> > a\n', '- ', '- a\n', '- a\n\n', '- \n', '1. ', '1. a\n', '(@) a\n', '(@a) b\n\n', '* ', '+ ', '    a\n', '\ta\n', '\t', ' ', '\n', 'a\n', 'a\n\n', 'a\n: b\n', ': a\n', '~ a\n\n',
  '#', '# ', '# a\n', '# }\n', '# {\n\n', 'a\n=\n', '---\n', '---\na: b\n', '---\n\n', '...\n', '***\n', '%\n', '```\n', '``` a\n\n', '```a', '~~~\n\n', '~~~ {.a}\n', ':::\n', '::: a\n', '::: {#refs}\n\n',
  '|', '| a ', '| a\n', '| a | b |\n', '|---|\n', 'a | b\n--|--\n', '| a |\n|---|\n\n', '+---+\n', '+---+\n| a |\n', '+-', '--- ---\n', '--- ---\na b\n', '---- \n\n', 'Table: a\n\n', '<div>\n', '</div>\n', '<div>', '<script>\n', '<pre>\n\n', '<b>',
].map(piece => repeated(piece));

const cited = [
  '@a ', '[@a]', '[@a] ', '[@a]\n\n', '@a [p. 3] ', '[@a, p. 3, p. 3; @a] ', '[@a [@a] @a] ', '[@feder2021] ', '[@feder2021; @feder2021] ', '@feder2021 [p. 3] ', '[@fedr2021]\n\n', '@fedr2021 ', '*@a*', '“a” [@feder2021] ', '“ketamine” [@feder2021]\n\n', '> a [@feder2021]\n\n',
  '10.1000/a ', 'doi: 10.1000/a\n\n', 'PMID: 17 ', 'https://a.b/@c ', 'a@b.c ', '@fig-a ', '[@a](b) ', '`@a` ', '$@a$ ', '<!-- @a -->\n\n', '| [@a] | @b |\n', '[^1]: [@a]\n\n',
].map(piece => repeated(piece));

const numberedOnes: readonly HostileText[] = [
  numbered('keys of their own', index => `@author${index} `),
  numbered('groups of their own', index => `[@author${index}; see @work${index}, p. ${index}]\n\n`),
  numbered('cross-references of their own', index => `@fig-${index} `),
  numbered('link definitions of their own', index => `[a${index}]: b\n`),
  numbered('examples of their own', index => `(@a${index}) b\n`),
  numbered('notes of their own', index => `[^${index}]: a\n`),
  numbered('backticks in runs of every length', index => `${'`'.repeat((index % 2000) + 1)}a`),
  numbered('fences of every length', index => `${'`'.repeat((index % 500) + 3)}\na\n\n`),
  numbered('lists in lists', index => `${' '.repeat(2 * (index % 200))}- a\n`),
  numbered('quotes in quotes', index => `${'> '.repeat(index % 200)}a\n`),
  numbered('divisions in divisions', index => `::: {.a${index}}\n\n`),
  numbered('environments of their own', index => `\\begin{${'a'.repeat((index % 500) + 1)}}\n\n`),
  numbered('comments in lists', index => `${' '.repeat(index % 40)}- <!-- a\n`),
];

const unclosed: readonly HostileText[] = [
  begun('---\n', 'a: b\n'), begun('---\n', 'a'), begun('---\na: |\n', '  b\n\n'), begun('```\n', 'a @b ```'), begun('```\n', 'a\n\n'), begun('<!--', 'a\n\n'), begun('<script>\n', 'a\n'), begun('[^1]: ', 'a\n'), begun('| a\n', ' b\n'),
  begun('[', 'a\n'), begun('[@a, ', 'p. 3, '), begun('[@a ', '"b" '), begun('[@', 'a'), begun('@', ']'), begun('@a ', '}'), begun('@', '\\'), begun('$', 'a '), begun('“', 'a '), begun('> ', 'a\n'), begun('- ', 'a\n'), begun('- a\n\n', '  b\n\n'),
  begun('+---+---+\n', '| a | b |\n'), begun('| a | b |\n|---|---|\n', '| c | d |\n'), begun('`a <!-- ', '`a ``b '), begun('# ', '{'), begun('# ', '#'), begun('&', 'a'), begun('<a ', 'b="c" '), begun('{', '.a '), begun('\\a', '[b]'), begun('(', 'b '),
];

const characters: readonly HostileText[] = [
  repeated('a'), repeated('word '), repeated('😀'), repeated('e\u0301'), repeated('\u0301'), repeated('\u0000'), repeated('a\u0000@b '), repeated('\ud800'), repeated('\udc00'), repeated('\ufeff'),
  repeated('\r'), repeated('\r\n'), repeated('a\r'), repeated('a\r\n\r\n'), repeated('a\u2028'), repeated('a\u0085'), repeated('\n\r'), repeated('a\r\nb\rc\nd\u2028e\u2029\n\n', 'mixed line ends'),
  repeated('\u05d0\u05d1 [@feder2021, \u05e2\u05de\u05f3 3] \u200f\u202e\u05d2. ', 'right to left'), repeated('\u0645\u0631\u062d\u0628\u0627 @feder2021\u060c\n\n', 'right to left, in paragraphs'),
  noise('bytes', 256), noise('code units', 65536), noise('bytes and marks', 256, marks), noise('marks', 1, marks), noise('ASCII and marks', 128, marks),
];

/** All of them, each at its worst for something that reads manuscripts. */
export const hostileTexts: readonly HostileText[] = [...unbalanced, ...lines, ...cited, ...numberedOnes, ...unclosed, ...characters];
