const marks = [
  [/\*\*(?=\S)([^*]*\S)\*\*/g, 'b'],
  [/(?<![\p{L}\p{N}])__(?=\S)([^_]*\S)__(?![\p{L}\p{N}])/gu, 'b'],
  [/\*(?=\S)([^*]*\S)\*/g, 'i'],
  [/(?<![\p{L}\p{N}])_(?=\S)([^_]*\S)_(?![\p{L}\p{N}])/gu, 'i'],
  [/\^(?=\S)([^^\s]+)\^/g, 'sup'],
  [/~(?=\S)([^~\s]+)~/g, 'sub'],
] as const;

// After these, each with a point, Pandoc lets no line end. Source: its `data/abbreviations`.
const abbreviations =
  'aet aetat al Apr Aug bk Bros c Capt cf ch chap chs Co col Corp cp d Dec Dr e.g ed eds esp f fasc Feb ff fig fl fol fols Fr Gen Gov Hon i.e ill Inc ' +
  'incl Jan Jr Jul Jun Ltd M.A M.D Mar Mr Mrs Ms n n.b nn No Nov Oct p Ph.D pp Pres Prof pt q.v Rep Rev s.v s.vv saec sec Sen Sep Sept Sgt Sr St univ ' +
  'viz vol vs';

const abbreviation = new RegExp(`(?<=(?:^|[\\s(])(?:${abbreviations.replaceAll('.', '\\.').replaceAll(' ', '|')})\\.) (?=\\S)`, 'g');

// Letters that stand for characters which were escaped, so that they are not read as markup.
const escapedFrom = 0xe000;

/**
 * A prefix, suffix or locator as the engine takes it: emphasis as tags, escapes resolved, and dashes, points, quotation marks and
 * the blanks behind abbreviations as Pandoc prints them.
 */
export function markedUp(markdown: string): string {
  const plain = markdown
    .replace(/\r?\n[ \t]*(?:>[ \t]?)*/g, ' ')
    .replace(/\\([!-/:-@[-`{-~])/g, (_, char: string) => String.fromCharCode(escapedFrom + char.charCodeAt(0)))
    .replace(/\\ /g, '\u00a0')
    .replace(abbreviation, '\u00a0')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/\.\.\./g, '…')
    .replace(/(?<=^|[\s([{—–-])"/g, '“')
    .replace(/"/g, '”')
    .replace(/(?<=^|[\s([{—–-])'(?=\S)/g, '‘')
    .replace(/'/g, '’');
  const tagged = marks.reduce((text, [pattern, tag]) => text.replace(pattern, `<${tag}>$1</${tag}>`), plain);
  return tagged.replace(/[\ue000-\ue0ff]/g, char => String.fromCharCode(char.charCodeAt(0) - escapedFrom));
}
