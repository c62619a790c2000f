import { Chance } from '../../../../bench/chance.ts';
import { goodFormats } from './goodFiles.ts';

/** What means something to some format, what no text has, and names that every object has. */
const signs = [
  ...['{', '}', '[', ']', '(', ')', '<', '>', '"', "'", '\\', ',', ':', ';', '=', '#', '&', '*', '!', '|', '>', '%', '@', '`', '~', '-', '?', '$', '/'],
  ...['\n', '\r', '\r\n', '\n\n', '\t', ' ', '  ', '\n  ', '\n- ', '\n  - ', '\0', '\u001f', '\ud800', '\udc00', '\ufeff', '\ufffd', '\u00a0', '\u2028', 'é', '😀'],
  ...['<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE x [<!ENTITY a "b">]>', '&a;', '&#x0;', '&#xffffffff;', '</record>', '<record>', '</', '/>'],
  ...['@', '@article{', '@string{', '@comment{', '@preamble{', '@misc(', '\n@', '\\}', '\\{', 'title = {', '#', 'crossref = {alpha},', 'xdata = {bravo},'],
  ...['ER  - ', '\nER  - \n', 'TY  - JOUR\n', '\nID  - x\n', 'PMID- ', '\nPMID- 1\n', '      ', 'KW  - ', '  - '],
  ...['{"id":', '"id"', 'null', '1e999', '\\u12', '},{', '],', '&x ', '*x', '*nothing', '<<: *x', '? ', '!!binary ', '|\n', '>\n', '\n...\n', '%YAML 1.2\n'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '"__proto__":{"polluted":1},', '\n  __proto__: {polluted: 1}\n', '__proto__ = {x},', '<__proto__>1</__proto__>', '__proto__:\n    polluted: 1\n'],
];

/** A stretch of a good file in any format, which may end in the middle of something. */
function piece(chance: Chance): string {
  const { shapes, between } = chance.one(Object.values(goodFormats));
  const text = chance.one(shapes)('golf') + between;
  const from = chance.below(text.length);
  return text.slice(from, from + 1 + chance.below(60));
}

type Damage = (text: string, at: number, chance: Chance) => string;

const damages: readonly Damage[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at, chance) => text.slice(0, at) + text.slice(at + 1 + chance.below(4)),
  (text, at, chance) => text.slice(0, at) + text.slice(at + chance.below(text.length)),
  (text, at, chance) => text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << chance.below(8))) + text.slice(at + 1),
  (text, at, chance) => text.slice(0, at) + chance.one(signs) + text.slice(at),
  (text, at, chance) => text.slice(0, at) + chance.one(signs) + text.slice(at + 1 + chance.below(3)),
  (text, at, chance) => text.slice(0, at) + chance.one(signs).repeat(1 + chance.below(40)) + text.slice(at),
  (text, at, chance) => text.slice(0, at) + piece(chance) + text.slice(at),
  (text, _, chance) => {
    const lines = text.split('\n');
    const line = chance.below(lines.length);
    const count = chance.below(3);
    return [...lines.slice(0, line), ...Array<string>(count).fill(lines[line]!), ...lines.slice(line + 1)].join('\n');
  },
  (text, _, chance) => {
    const lines = text.split('\n');
    const line = chance.below(lines.length);
    lines[line] = chance.is(0.5) ? ` ${lines[line]!}` : lines[line]!.replace(/^\s+/, '');
    return lines.join('\n');
  },
];

/** The text with one to four faults. */
export function damaged(text: string, chance: Chance): string {
  let made = text;
  for (let left = 1 + chance.below(4); left > 0; left -= 1) {
    made = chance.one(damages)(made, chance.below(made.length + 1), chance);
  }
  return made;
}

/** Nothing but what means something, in any order. */
export function anything(chance: Chance): string {
  return Array.from({ length: chance.below(40) }, () => (chance.is(0.8) ? chance.one(signs) : piece(chance))).join('');
}
