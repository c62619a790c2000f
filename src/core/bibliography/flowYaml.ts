/** `[from, to)` of a map in a list. */
export interface FlowItem {
  readonly from: number;
  readonly to: number;
}

const Char = { open: 91, close: 93, brace: 123, unbrace: 125, comma: 44, colon: 58, hash: 35, single: 39, double: 34, backslash: 92, feed: 10, return: 13, space: 32, tab: 9 } as const;

/**
 * Where the maps stand in a list in YAML's brackets, `[{id: a}, {id: b}]`, found by brackets and quotation marks alone, in one
 * quick walk. Nothing where the text is another one, something is not closed, or stands between the maps.
 */
export function flowItems(text: string): readonly FlowItem[] | undefined {
  const items: FlowItem[] = [];
  let depth = 0;
  let from = 0;
  /** The last sign that was no blank: behind a bracket, comma or colon a scalar begins, and only there a quotation mark opens one. */
  let before = 0;
  /** Where a quoted scalar or a bracket was closed last: directly behind it a colon needs no blank. */
  let closed = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (isBlank(char)) {
      continue;
    }
    if (char === Char.hash && (at === 0 || isBlank(text.charCodeAt(at - 1)))) {
      at = endOfLine(text, at);
      continue;
    }
    if (depth === 0) {
      if (char !== Char.open || items.length > 0) {
        return items.length > 0 && /^(?:---|\.\.\.)/.test(text.slice(at, at + 3)) ? items : undefined;
      }
      depth = 1;
    } else if ((char === Char.double || char === Char.single) && startsScalar(before)) {
      at = endOfQuoted(text, at, char);
      closed = at;
    } else if (char === Char.open || char === Char.brace) {
      if (depth === 1 && char === Char.brace) {
        from = at;
      } else if (depth === 1) {
        return undefined;
      }
      depth += 1;
    } else if (char === Char.close || char === Char.unbrace) {
      depth -= 1;
      closed = at;
      if (depth === 1) {
        items.push({ from, to: at + 1 });
      }
    } else if (depth === 1 && char !== Char.comma) {
      return undefined;
    }
    const isPlain = char === Char.colon && closed !== at - 1 && !isBlank(text.charCodeAt(at + 1));
    before = isPlain ? 0 : char;
  }
  return depth === 0 && items.length > 0 ? items : undefined;
}

function isBlank(char: number): boolean {
  return char === Char.space || char === Char.feed || char === Char.return || char === Char.tab;
}

function startsScalar(before: number): boolean {
  return before === Char.open || before === Char.brace || before === Char.comma || before === Char.colon;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Of the mark that closes a scalar, or the text's end. */
function endOfQuoted(text: string, open: number, mark: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === Char.backslash && mark === Char.double) {
      at += 1;
    } else if (char === mark) {
      if (mark !== Char.single || text.charCodeAt(at + 1) !== Char.single) {
        return at;
      }
      at += 1;
    }
  }
  return text.length;
}
