/** What a line begins with, as containers: `> - text` gives `> - `, continued as `>   `. */
export interface Container {
  /** The marks at the start of this line. */
  readonly lead: string;
  /** What a further line of the same container begins with. */
  readonly continuation: string;
  readonly inQuote: boolean;
  readonly kind: 'paragraph' | 'heading' | 'table' | 'footnote';
}

const leads = /^[ \t]*(?:>[ \t]?|(?:[-*+]|\(?\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\[\^[^\]\s]+\]:[ \t]*)/;

// Deeper nesting than this is no writing.
const deepest = 64;

/** The containers that the line with this text stands in. */
export function containerOf(line: string): Container {
  let rest = line;
  let lead = '';
  let continuation = '';
  let kind: Container['kind'] = 'paragraph';
  for (let depth = 0; depth < deepest; depth += 1) {
    const mark = leads.exec(rest)?.[0];
    if (mark === undefined) {
      break;
    }
    lead += mark;
    continuation += mark.includes('>') ? (mark.endsWith(' ') ? mark : `${mark} `) : continued(mark);
    kind = /\[\^/.test(mark) ? 'footnote' : kind;
    rest = rest.slice(mark.length);
  }
  const indent = /^[ \t]*/.exec(rest)?.[0] ?? '';
  lead += indent;
  continuation += indent;
  rest = rest.slice(indent.length);
  if (/^#{1,6}(?:\s|$)/.test(rest)) {
    kind = 'heading';
  } else if (rest.startsWith('|')) {
    kind = 'table';
  }
  return { lead, continuation, inQuote: lead.includes('>'), kind };
}

/** A list item goes on below its text, a footnote four columns in. */
function continued(mark: string): string {
  return mark.includes('[^') ? '    ' : mark.replace(/\[[ xX]\][ \t]+$/, '').replace(/\S/g, ' ');
}
