import * as vscode from 'vscode';
import { markedKey } from '../../core/citekeys.ts';
import { byline, gistOrTitle, oneLine, plural, shortAuthors, wordingLabel, yearOf } from '../../core/describe.ts';
import type { Offer } from '../../core/offers.ts';
import type { QualifierCompletion } from '../../core/search/complete.ts';
import { wordingRemark } from '../../core/quotes.ts';
import type { Vocabulary } from '../../core/study.ts';
import { commandId, type Accepted } from '../../manifest.ts';
import type { Row } from './rows.ts';

/** VS Code looks at no more of an item's filter text. */
const searchedCharacters = 128;

/** Every key that may come next, twice. */
const anythingNext = ' abcdefghijklmnopqrstuvwxyz0123456789-:<>,"'.repeat(2);

/**
 * VS Code scores an item by its filter text, sorts by that, and drops the item when what was typed is not in there in
 * this order. What was typed comes first, so that all score alike and our rank decides. The study's own names follow:
 * a writer quicker than our next answer, who types on and presses Enter, gets the study whose name that is. Then comes
 * whatever else may be typed, so that the list outlives it and is asked again.
 */
function filterTextOf(typed: string, names: string): string {
  const room = Math.max(0, searchedCharacters - typed.length - anythingNext.length);
  return `${typed}${` ${names}`.slice(0, room)}${anythingNext}`;
}

/** By its rank VS Code sorts what it scores alike. */
function sortTextOf(rank: number): string {
  return String(rank).padStart(4, '0');
}

/** What all items of a list share. */
interface Where {
  /** Offset at which their ranges begin, of the `@`, for VS Code ranks items of unlike ranges unlike. */
  readonly start: number;
  readonly typed: string;
  /** Offset of the caret. */
  readonly caret: number;
  readonly text: string;
  readonly rangeOf: (start: number, end: number) => vscode.Range;
}

/** The place of a list: `start` is the offset at which what was typed for it begins. */
export function whereOf(document: vscode.TextDocument, text: string, caret: number, start: number): Where {
  const known = new Map<number, vscode.Position>();
  const positionAt = (offset: number): vscode.Position => {
    const found = known.get(offset) ?? document.positionAt(offset);
    known.set(offset, found);
    return found;
  };
  return {
    start,
    typed: text.slice(start, caret),
    caret,
    text,
    rangeOf: (from, to) => new vscode.Range(positionAt(from), positionAt(to)),
  };
}

/** One line of the list: everything but the card, which is made when the line is looked at. */
export class StudyItem extends vscode.CompletionItem {
  readonly offer: Offer;
  /** Its place in the list, from 0. */
  readonly rank: number;

  constructor({ offer, insertion, otherEnd }: Row, where: Where, rank: number, vocabulary: Vocabulary) {
    const { edit, further, caret } = insertion;
    const { start, typed, text, rangeOf } = where;
    const from = Math.max(start, edit.start);
    super(labelOf(offer, vocabulary), kinds[offer.form]);
    this.offer = offer;
    this.rank = rank;
    const [inserting, replacing] = [rangeOf(from, Math.min(edit.end, otherEnd)), rangeOf(from, Math.max(edit.end, otherEnd))];
    this.range = edit.end === otherEnd ? inserting : { inserting, replacing };
    this.sortText = sortTextOf(rank);
    this.filterText = filterTextOf(typed, `${offer.study.id} ${shortAuthors(offer.study.csl)}`);
    this.insertText = insertTextOf(edit.text, caret);
    // VS Code would indent the lines of a quote like the line it comes into.
    this.keepWhitespace = true;
    this.detail = detailOf(offer, vocabulary);
    if (edit.start < start || further) {
      this.additionalTextEdits = [
        ...(edit.start < start ? [vscode.TextEdit.delete(rangeOf(edit.start, start))] : []),
        ...(further ? [vscode.TextEdit.replace(rangeOf(further.start, further.end), further.text)] : []),
      ];
    }
    if (offer.study.notices.some(notice => notice.type === 'retraction')) {
      this.tags = [vscode.CompletionItemTag.Deprecated];
    }
    const accepted: Accepted = {
      rank,
      text: edit.text,
      replaced: [edit.end, otherEnd].map(end => text.slice(from, end)),
      afterCaret: edit.end - where.caret,
      hasFurther: this.additionalTextEdits !== undefined,
      remark: offer.quote && wordingRemark(offer.quote),
    };
    this.command = { command: commandId('_accepted'), title: '', arguments: [accepted] };
  }
}

/** A value of a qualifier that is being typed: `comparator:placebo`. The list is asked for again with it. */
export class ValueItem extends vscode.CompletionItem {
  /** `query` is what was typed after the `@`. */
  constructor({ label, detail, count = 0, query: whole }: QualifierCompletion, query: string, { start, typed, caret, rangeOf }: Where, rank: number) {
    super({ label: detail, detail: `  ${[label, plural(count, 'study')].join(' · ')}` }, vscode.CompletionItemKind.EnumMember);
    this.range = rangeOf(start, caret);
    this.sortText = sortTextOf(rank);
    this.filterText = filterTextOf(typed, label);
    this.insertText = `${typed.slice(0, typed.length - query.length)}${whole}`;
    this.detail = vscode.l10n.t('Narrows the search');
    this.command = { command: 'editor.action.triggerSuggest', title: '' };
  }
}

function insertTextOf(text: string, caret: number): string | vscode.SnippetString {
  return caret === text.length
    ? text
    : new vscode.SnippetString().appendText(text.slice(0, caret)).appendTabstop(0).appendText(text.slice(caret));
}

const kinds = {
  citation: vscode.CompletionItemKind.Reference,
  quote: vscode.CompletionItemKind.Text,
  reference: vscode.CompletionItemKind.File,
} as const;

function labelOf({ study, form, mode, quote, isOther }: Offer, vocabulary: Vocabulary): vscode.CompletionItemLabel {
  const who = `${shortAuthors(study.csl)} ${yearOf(study.csl)}`;
  switch (form) {
    case 'quote':
      return { label: `“${quote?.text ?? ''}`, description: study.id };
    case 'reference':
      return { label: vscode.l10n.t('Reference: {0}', who), description: study.id };
    case 'citation':
      return isOther
        ? {
            label: mode === 'in-text' ? `@${markedKey(study.id)}` : `[@${markedKey(study.id)}]`,
            detail: `  ${mode === 'in-text' ? vscode.l10n.t('in the text') : vscode.l10n.t('in parentheses')}`,
          }
        : { label: study.id, detail: `  ${study.origin ? gistOrTitle(study) : oneLine(study, vocabulary)}` };
  }
}

function detailOf({ study, form, mode, quote }: Offer, vocabulary: Vocabulary): string {
  switch (form) {
    case 'quote':
      return [vscode.l10n.t('Quote'), quote?.location, quote && wordingLabel(quote)].filter(Boolean).join(' · ');
    case 'reference':
      return vscode.l10n.t('Reference');
    case 'citation':
      return `${mode === 'in-text' ? vscode.l10n.t('In-text citation') : vscode.l10n.t('Citation')} · ${byline(study, vocabulary)}`;
  }
}
