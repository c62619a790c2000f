import type { KeyedItem } from '../../src/core/export.ts';
import type { CslDate, Name } from '../../src/core/study.ts';

/** Texts that mean something to one of the formats, or to Pandoc's reader of it. */
export const hostileValues: readonly string[] = [
  '\\', 'C:\\papers\\', 'a\\\\', '\\\\{', '{\\', '\\$', '\\%', '\\\n', 'a } b', 'a { b', '{a}', '}{', '{{', '}}', 'a " b', '50% of', '% a', 'a % b\nc', '%\n', 'a\n\nb', 'a # b @ c', '#1', '@x', '@article{a, b}', '(a', 'a)',
  'a and b', 'and', 'and b', 'a and', 'A AND B', 'others', 'a and others', 'a\tand\tb', '$x$', '$x', '$$', 'a_b', '_a_', 'a^b', '^a^', '~a~', 'a~b', '~~a~~', '*a*', '**a', '\'a\'', '"a"', '“a”', '‘a’', 'a’b', '‘', '’',
  '<i>a</i>', '<i>A b</i> c', '<i>a', 'a</i>', '<b>A<i>B</b></i>', '<b>A<i>B</i></b>', '<sup>2 3</sup>', '<sub>x', '<span class="nocase">MDMA</span>', '<span style="font-variant:small-caps;">Ab</span>', '<sc>Ab</sc>', '<script>x</script>', '<!-- a -->', '<', '>', '> a', 'p < 0.05 & q > 1', '&',
  '[a](b)', '[@a]', '![a](b)', '[^1]', '^[a]', '\\alpha', '\\textit{a}', '\\cite{x}', '\\begin{a}', '😀', '👩‍🔬', '\u05d0\u05d1 \u200f x', 'مرحبا', 'e\u0301', '文献', 'a\u0001b', 'a\u007fb', 'a\u0080b', 'a\u0085b', 'a\u2028b', 'a\u2029b', '\ufeffa', 'a\ufffeb', 'a\uffffb', 'a\ud800b', '\udc00',
  'x'.repeat(1000), '  a  ', '    a', '\tA', 'a\u00a0b', 'a\r\nb', 'a\tb', '--', '---', '...', 'a--b', 'a - b', '- a', '* a', '+ a', '1. a', '(1) a', '# a', '| a | b |', '? a', ': a', 'a: b', 'a:', 'null', 'true', 'no', 'N', '1', '1e3', '0x1f', '1:30', '2019-01-01', '~', '=', '<<', '!a', '!!str', '&a', '*a', '|', '%YAML', '---\na', '...\n', ']', ',', 'a, b', ',a', 'a,', ';',
  'TY  - JOUR', 'ER  - ', 'a\nER  - \nTY  - BOOK', 'https://a.b/c_d%20e#f?g=h', '\u200b', '\u00ad', '\u202ea',
];

/** Names as an entry may hold them. */
export const hostileNames: readonly Name[] = [
  {}, { literal: '' }, { family: '' }, { family: ' ', given: ' ' }, { given: 'A' }, { family: 'Author' }, { literal: 'Author' }, { family: 'Author, B', given: 'C' }, { family: 'Au{thor', given: 'B' }, { family: 'Author}', given: 'B{' }, { family: 'Author', given: 'A', suffix: 'Jr.' }, { family: 'Author', given: 'A', suffix: 'Jr, x' },
  { family: 'Author', suffix: 'Jr.' }, { family: 'Author and Other', given: 'A' }, { family: 'and', given: 'B' }, { literal: 'A and B' }, { literal: 'others' }, { family: 'Author', given: 'A', 'non-dropping-particle': 'van der' }, { family: 'Author', given: 'A', 'dropping-particle': 'von' }, { family: 'author', given: 'a' }, { family: 'Author', given: 'a b' },
  { family: 'A\\', given: '\\' }, { family: 'A%', given: '#' }, { family: 'Author', given: 'A', 'non-dropping-particle': '{' }, { literal: 'Group, Inc.' }, { literal: 'a\nb' }, { family: 'A\nB', given: 'C\nD' }, { family: '文', given: '献' }, { family: 'A=B', given: 'x=y' }, { literal: 'A=B, c=d' }, { family: 'O\'Author', given: 'D\'A' }, { family: 'A_B', given: '*C*' },
  { family: 'A', given: '(B)' }, { family: 'A~B', given: 'C~D' }, { family: 'Author', given: 'A', suffix: 'and' }, { family: 'A\ud800', given: 'B\ufffe' }, { family: 'Author', given: 'A', 'dropping-particle': 'de la', suffix: 'Jr.' },
];

/** Dates as the readers make them. */
export const hostileDates: readonly (CslDate | undefined)[] = [
  undefined, { 'date-parts': [[2019]] }, { 'date-parts': [[2019, 5]] }, { 'date-parts': [[2019, 5, 4]] }, { 'date-parts': [[2019, 5], [2021]] }, { 'date-parts': [[2019], [2021, 3, 4]] }, { 'date-parts': [[2010], [0]] }, { 'date-parts': [[2020]], season: 2 }, { 'date-parts': [[2020, 22]] },
  { 'date-parts': [[2020]], circa: true }, { 'date-parts': [[2020, 4], [2021, 5]], circa: true }, { 'date-parts': [[-44]] }, { 'date-parts': [[-44, 3, 15]] }, { 'date-parts': [[-1]] }, { 'date-parts': [[450]] }, { 'date-parts': [[7]] }, { 'date-parts': [[12345]] }, { 'date-parts': [[-12345, 2]] },
  { literal: 'in press' }, { literal: 'n.d.' }, { literal: 'a { b % #' }, { literal: 'a\n\nb' }, { literal: '"' }, { literal: 'a\ud800' },
];

const signs = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter(sign => !/[a-z0-9]/i.test(sign));
const others = ['é', '文', '😀', '\u0301', '…', '\u200b', '\u0085', '\u2028', '\u007f', '\ufffe', '\u0001', '\u00a0', '–', '’', '“', ' ', '\t', '\n', '\ud800'];

/** Keys with every sign of ASCII, and others, first, in the middle, last, alone and doubled. */
export const hostileKeys: readonly string[] = [...new Set([
  ...[...signs, ...others].flatMap(sign => [sign, `${sign}a`, `a${sign}b`, `a${sign}`, `a${sign}${sign}b`, `${sign}${sign}a`, `a${sign}${sign}`, `${sign}a${sign}`, `a${sign}b${sign}c`, `${sign}1`, `1${sign}`]),
  ...['', '1', '01', 'true', 'null', 'N', '1e3', '0x1', '1:30', '2019-01-01', '- a', 'a: b', '# a', '[a](b)', '[a]', '[@a]', '[^1]', '_a_', '&amp;', '<a>', '1.', '1)', '@{a}', 'a{b}c', '10.1002/(SICI)1<1::AID>3', 'https://a.b/_c_/d~e', '---', '...', '__proto__', 'constructor', 'comment', 'x'.repeat(900)],
])];

/** A plain work with one field of another value. */
export function workWith(id: string, type: string, fields: object): KeyedItem {
  return { id, type, title: 'A title of one', author: [{ family: 'Author 17', given: 'A.' }], ...fields };
}
