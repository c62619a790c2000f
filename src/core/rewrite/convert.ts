import { isCitable, uncitableBecause, type UncitableBecause } from '../citekeys.ts';
import { isInlineNote } from '../inlineNotes.ts';
import type { TextEdit } from '../insertion.ts';
import { doiAddress } from '../links.ts';
import { readManuscript, type Reading, type Span } from '../reading.ts';
import type { Entry } from '../study.ts';
import { citedInPandoc, inPandoc, touchesAny, type Cited, type CitedSyntax, type Kept, type Works } from './cited.ts';
import { citedInLinks, inLinks, lossInLinks } from './links.ts';
import { addedDefinitions, Labels, removedDefinitions } from './definitions.ts';
import { authorsOf, citedInNotes, endsWithAuthors, keyOfLabel, lossInNote, noteOf, notesOf, type Notes } from './notes.ts';
import { firstFrom, rereadAfter, sensesOf, type Rewritten } from './rewriting.ts';

/** What was converted, and what was left as it is because it would have lost something. */
export interface Conversion extends Rewritten {
  readonly converted: number;
  readonly kept: readonly Kept[];
}

/**
 * Writes every citation that touches a scope in another syntax, in whatever syntax it stands; one that would lose
 * anything stays and is told. Back again, the text is what it was, but for white space and a missing comma within a
 * citation's brackets, and but for a note's mark, before which a space is written. `taken` are the labels of notes in
 * further texts of the manuscript, which new ones are not to repeat.
 */
export function convert(
  reading: Reading,
  target: CitedSyntax,
  printed: Works,
  scopes: readonly Span[],
  taken: ReadonlySet<string> = new Set(),
): Conversion {
  const own = notesOf(reading);
  const notes = { ...own, labels: new Set([...own.labels, ...taken]) };
  const kept: Kept[] = [];
  let chosen: Cited[] = [];
  for (const each of citationsIn(reading, notes, target, printed, scopes)) {
    const loss = 'unavailable' in each ? each.unavailable : lossOf(reading, each, target, printed);
    if (loss !== undefined) {
      kept.push({ start: each.start, end: each.end, unavailable: loss });
    } else if ('works' in each) {
      chosen.push(each);
    }
  }
  for (;;) {
    const edits = editsFor(reading, chosen, notes, target, printed);
    const misread = new Set(misreadAfter(reading, edits, chosen, target));
    if (misread.size === 0) {
      kept.sort((a, b) => a.start - b.start);
      return { edits: edits.all, converted: chosen.length, kept };
    }
    chosen = chosen.filter(each => !misread.has(each));
    kept.push(...Array.from(misread, ({ start, end }) => ({ start, end, unavailable: besideText })));
  }
}

/** Why no citation is written otherwise there: Pandoc alone reads what stands in its place. */
export const inMetadata = 'it stands in the metadata';

const besideText = 'written so, it would be read together with the text beside it';

/** The keys of the studies that must be printed before what touches a scope is converted. */
export function keysToPrint(
  { text, citations }: Reading,
  studies: readonly Entry[],
  scopes: readonly Span[],
): ReadonlySet<string> {
  const known = new Set(studies.map(({ id }) => id));
  // A note may name any study beside the one that its label names.
  const hasNotes = Array.from(text.matchAll(/\[\^([^\]\s]+)\]:/g)).some(
    ([, label = '']) => keyOfLabel(label, key => known.has(key)) !== undefined,
  );
  if (hasNotes) {
    return known;
  }
  const linked = text.includes('](https://doi.org/')
    ? studies.filter(({ csl }) => csl.DOI && text.includes(doiAddress(csl.DOI))).map(({ id }) => id)
    : [];
  const cited = citations
    .filter(each => touchesAny(each, scopes))
    .flatMap(({ cites }) => cites.map(({ key }) => key));
  return new Set([...cited.filter(key => known.has(key)), ...linked]);
}

function citationsIn(
  reading: Reading,
  notes: Notes,
  target: CitedSyntax,
  printed: Works,
  scopes: readonly Span[],
): readonly (Cited | Kept)[] {
  const touches = (each: Span): boolean => touchesAny(each, scopes);
  const found = [
    ...(target === 'pandoc' ? [] : citedInPandoc(reading, scopes)),
    ...(target === 'footnote' ? [] : citedInNotes(reading, notes, printed).filter(touches)),
    ...(target === 'link' ? [] : citedInLinks(reading, printed).filter(touches)),
  ];
  found.sort((a, b) => a.start - b.start);
  // What stands within another, a mark in a citation's suffix, is left to the other.
  let end = -1;
  return found.filter(each => {
    const isFree = each.start >= end;
    end = isFree ? each.end : end;
    return isFree;
  });
}

const faults: Readonly<Record<UncitableBecause, string>> = {
  empty: 'is empty',
  space: 'has a space',
  braces: 'has a single brace',
  half: 'has half of a sign',
  length: 'is too long',
};

function lossOf(reading: Reading, cited: Cited, target: CitedSyntax, printed: Works): string | undefined {
  const unknown = cited.works.find(({ key }) => !printed.has(key));
  if (unknown) {
    return `no work has the citekey ${unknown.key}`;
  }
  if (target === 'pandoc') {
    const uncitable = cited.works.find(({ key }) => !isCitable(key));
    return uncitable && `Pandoc reads no citation of ${uncitable.key}, whose key ${faults[uncitableBecause(uncitable.key) ?? 'space']}`;
  }
  const { block, start } = reading.blockAt(cited.start);
  if (block.kind === 'front matter') {
    return inMetadata;
  }
  const around = block.brackets.filter(
    bracket => bracket.closed && bracket.start + start < cited.start && bracket.end + start > cited.end,
  );
  if (around.some(bracket => '(['.includes(reading.text[bracket.end + start] ?? ' '))) {
    return 'it stands in the text of a link';
  }
  if (target === 'link') {
    return lossInLinks(cited, printed, reading.text.slice(Math.max(start, cited.start - 200), cited.start));
  }
  const isInNote = block.inNote || around.some(bracket => isInlineNote(reading.text, bracket.start + start));
  return isInNote ? 'it stands in a note already' : lossInNote(cited, printed);
}

interface Edits {
  /** One for each citation, in their order. */
  readonly ofCitations: readonly TextEdit[];
  readonly all: readonly TextEdit[];
}

function editsFor(
  reading: Reading,
  chosen: readonly Cited[],
  notes: Notes,
  target: CitedSyntax,
  printed: Works,
): Edits {
  const { text } = reading;
  const labels = new Labels(notes);
  const ofCitations = chosen.map(cited => {
    switch (target) {
      case 'footnote':
        return noteEdit(text, cited, labels, printed);
      case 'pandoc':
        return { start: cited.start, end: cited.end, text: `${spaceBefore(text, cited)}${inPandoc(cited, text.slice(cited.end, cited.end + 4))}` };
      case 'link':
        return { start: cited.start, end: cited.end, text: `${spaceBefore(text, cited)}${inLinks(cited, printed)}` };
    }
  });
  const added = addedDefinitions(text, labels.made);
  const removed = removedDefinitions(text, notes, chosen);
  const all = [...ofCitations, ...removed, ...added];
  all.sort((a, b) => a.start - b.start || a.end - b.end);
  return { ofCitations, all };
}

/** A note's mark stands directly behind the word, a citation does not. */
function spaceBefore(text: string, { syntax, start, inText }: Cited): string {
  return syntax === 'footnote' && !inText && /[^\s([{“‘„«"'—–/-]/.test(text[start - 1] ?? ' ') ? ' ' : '';
}

function noteEdit(text: string, cited: Cited, labels: Labels, printed: Works): TextEdit {
  const { key } = cited.works[0]!;
  const mark = `[^${labels.of(key, noteOf(cited.works, printed))}]`;
  const authors = authorsOf(key, printed);
  if (cited.inText) {
    return { start: cited.start, end: cited.end, text: `${authors}${mark}` };
  }
  const takesSpace = /\S $/.test(text.slice(Math.max(0, cited.start - 2), cited.start)) && !endsWithAuthors(text, cited.start - 1, authors);
  return { start: takesSpace ? cited.start - 1 : cited.start, end: cited.end, text: mark };
}

/** The citations that Pandoc would read otherwise, the text being as it then is. */
function misreadAfter(
  reading: Reading,
  { ofCitations, all }: Edits,
  chosen: readonly Cited[],
  target: CitedSyntax,
): readonly Cited[] {
  if (target !== 'pandoc' || chosen.length === 0) {
    return [];
  }
  const after = rereadAfter(reading, all);
  let grown = 0;
  let next = 0;
  return chosen.filter((cited, index) => {
    const edit = ofCitations[index]!;
    for (; all[next] !== edit; next += 1) {
      grown += all[next]!.text.length - (all[next]!.end - all[next]!.start);
    }
    const start = edit.start + grown + spaceBefore(reading.text, cited).length;
    const citation = after.citations[firstFrom(after.citations, start)];
    const written = inPandoc(cited);
    const meant = sensesOf(written, readManuscript(written).citations[0]!);
    return citation?.start !== start || sensesOf(after.text, citation).join() !== meant.join();
  });
}
