import type { Span } from '../reading.ts';

/** Words in quotation marks: the span holds the marks, `words` what stands between them. */
export interface Quotation extends Span {
  readonly words: Span;
}

const mark = /[“”„‟"«»‹›‘’‚']/gu;

/** Pairs its own marks only, so that a stray one of another kind hides nothing. */
interface Family {
  /** What the mark does; `open` is the mark that stands open. */
  readonly role: (
    mark: string,
    open: string | undefined,
    before: string,
    after: string,
  ) => 'opens' | 'closes' | 'neither';
  /** Whether an apostrophe looks the same, so that the first mark which may close need not. */
  readonly isApostrophe?: boolean;
}

const begins = (before: string): boolean => before === '' || /[\s([{—–>*_/“„"‘'«-]/.test(before);
const ends = (before: string, after: string): boolean => /\S/.test(before) && !/[\p{L}\p{N}]/u.test(after);
const goesOn = (after: string): boolean => /\S/.test(after);

const double: Family = {
  role: (found, open, before, after) =>
    (open === '„' && found !== '„') || (open !== undefined && found === '”')
      ? 'closes'
      : found !== '”' || (begins(before) && goesOn(after))
        ? 'opens'
        : 'neither',
};

const straight: Family = {
  role: (_, open, before, after) =>
    open !== undefined && ends(before, after) ? 'closes' : begins(before) && goesOn(after) ? 'opens' : 'neither',
};

/** «This way» or »that way«. */
const angled: Family = {
  role: (found, open) => (open !== undefined && found !== open ? 'closes' : 'opens'),
};
const singleAngled: Family = { ...angled };

const single: Family = {
  role: (found, open, before, after) =>
    found === '‚' || (found === '‘' && open !== '‚') ? 'opens' : open && ends(before, after) ? 'closes' : 'neither',
  isApostrophe: true,
};

const straightSingle: Family = { ...straight, isApostrophe: true };

const families: Readonly<Record<string, Family>> = {
  '“': double,
  '”': double,
  '„': double,
  '‟': double,
  '"': straight,
  '«': angled,
  '»': angled,
  '‹': singleAngled,
  '›': singleAngled,
  '‘': single,
  '’': single,
  '‚': single,
  "'": straightSingle,
};

interface Open {
  readonly start: number;
  readonly mark: string;
  /** Where the first mark that may close it ends. */
  end?: number;
}

/**
 * The quotations of a block in whichever marks, outer before inner; those in `skipped` (in order) are left out. A `’` that
 * may be an apostrophe closes where a citation follows, else the first one does.
 */
export function quotationsIn(text: string, skipped: readonly Span[], citationStarts: ReadonlySet<number>): Quotation[] {
  const quotations: Quotation[] = [];
  const open = new Map<Family, Open>();
  const close = (family: Family): void => {
    const { start, end } = open.get(family) ?? {};
    open.delete(family);
    if (start !== undefined && end !== undefined) {
      quotations.push({ start, end, words: { start: start + 1, end: end - 1 } });
    }
  };
  for (const at of marksOutside(text, skipped)) {
    const found = text[at]!;
    const family = families[found]!;
    const current = open.get(family);
    const role = family.role(found, current?.mark, text[at - 1] ?? '', text[at + 1] ?? '');
    if (role === 'closes' && current) {
      const isCited = citationStarts.has(citedFrom(text, at + 1));
      current.end = current.end === undefined || isCited ? at + 1 : current.end;
      if (!family.isApostrophe || isCited) {
        close(family);
      }
    } else if (role === 'opens') {
      close(family);
      open.set(family, { start: at, mark: found });
    }
  }
  allFamilies.forEach(close);
  return quotations.sort((a, b) => a.start - b.start || b.end - a.end);
}

const allFamilies = [double, straight, angled, singleAngled, single, straightSingle];

/** Where a citation would stand that follows a closing mark. */
function citedFrom(text: string, offset: number): number {
  return offset + (/^[.,;:!?*_]{0,3}\s{0,3}/.exec(text.slice(offset, offset + 6))?.[0].length ?? 0);
}

function* marksOutside(text: string, skipped: readonly Span[]): Generator<number> {
  let next = 0;
  for (const { index } of text.matchAll(mark)) {
    while (next < skipped.length && skipped[next]!.end <= index) {
      next += 1;
    }
    if ((skipped[next]?.start ?? Infinity) > index) {
      yield index;
    }
  }
}
