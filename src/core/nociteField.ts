import { escapedIn } from './yamlScalar.ts';

/** How a text of `nocite:` is written in YAML: in quotation marks, in lines of its own after `|` or `>`, or plain. */
export type NociteStyle = 'plain' | "'" | '"' | 'block';

// What goes on with the field of a line above: white space, an item of a list, a comment, the end of a list in brackets.
const goesOn = /^(?:[ \t\r#\]}]|-[ \t\r]|-?$)/;
const nociteField = /^["']?nocite["']?[ \t]*:(?=\s|$)/;

/**
 * How the text of `nocite:` around the offset is written, where the offset is in one of YAML metadata; a bar is the offset:
 * `nocite: '@a, @b|'`. Looks at the lines of the field only.
 */
export function nociteAt(text: string, offset: number): NociteStyle | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let start = lineStart;
  while (start > 0 && goesOn.test(lineAt(text, start))) {
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  const name = nociteField.exec(lineAt(text, start));
  const from = start + (name?.[0].length ?? 0);
  // Before a line's indentation nothing belongs to the field.
  return name && from < offset && offset > lineStart ? styleAt(text.slice(from, offset)) : undefined;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** Where a line of the field ends: in a kind of text, in a comment, or after the mark of a block. */
interface State {
  readonly style: NociteStyle | 'comment' | 'mark';
  /** The lines of a block are indented further than this. */
  readonly indent: number;
}

function styleAt(field: string): NociteStyle | undefined {
  let state: State = { style: 'plain', indent: 0 };
  for (const [index, line] of field.split('\n').entries()) {
    state = afterLine(state, line, index === 0);
  }
  return state.style === 'comment' || state.style === 'mark' ? undefined : state.style;
}

const blockMark = /^[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#.*)?\r?$/;

function afterLine({ style: before, indent }: State, line: string, isFirst: boolean): State {
  const ownIndent = /^[ \t]*/.exec(line)![0].length;
  if ((before === 'mark' || before === 'block') && (line.trim() === '' || ownIndent > indent)) {
    return { style: 'block', indent };
  }
  let style: State['style'] = before === "'" || before === '"' ? before : 'plain';
  let mayBegin = style === 'plain';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]!;
    if (style !== 'plain') {
      const isEscape: boolean = style === '"' ? char === '\\' : line.startsWith("''", at);
      style = char === style && !isEscape ? 'plain' : style;
      at += isEscape ? 1 : 0;
    } else if (mayBegin && (char === "'" || char === '"')) {
      style = char;
    } else if (char === '#' && /\s/.test(line[at - 1] ?? ' ')) {
      return { style: 'comment', indent: 0 };
    } else if (mayBegin && blockMark.test(line.slice(at))) {
      return { style: 'mark', indent: isFirst ? 0 : ownIndent };
    }
    mayBegin = style === 'plain' && ('[{,'.includes(char) || (mayBegin && /[\s-]/.test(char)));
  }
  return { style, indent: 0 };
}

/** A text as it is written in YAML of this style. */
export function escapedFor(style: NociteStyle, text: string): string {
  return escapedIn(style === 'plain' || style === 'block' ? '' : style, text);
}
