import * as vscode from 'vscode';
import type { Citation, Reading, Span } from '../../core/reading.ts';
import type { CitedSyntax } from '../../core/rewrite/cited.ts';
import type { Conversion } from '../../core/rewrite/convert.ts';
import { citeAt, placeText } from '../../core/rewrite/locator.ts';
import { merge } from '../../core/rewrite/merge.ts';
import type { Rewriting } from '../../core/rewrite/rewriting.ts';
import { toggle, toggleAuthor } from '../../core/rewrite/toggle.ts';
import { commandId, type Commands } from '../../manifest.ts';
import { notebookOf } from '../../editor/readings.ts';
import { syntaxes, type Converter } from './converter.ts';
import { noCitation } from './desk.ts';
import { workspaceEdit } from './edits.ts';

/** All refactorings of citations. */
export const rewrite = vscode.CodeActionKind.RefactorRewrite.append('citation');

/** The kind of each refactoring, for keybindings of `editor.action.codeAction`. */
export const kinds = {
  toggle: rewrite.append('toggle'),
  locator: rewrite.append('locator'),
  author: rewrite.append('author'),
  merge: rewrite.append('merge'),
  convert: rewrite.append('convert'),
} as const;

/** What a writer has selected in a manuscript. */
export interface Selected {
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
  readonly scope: Span;
}

/** What can be done to the citation at a range, or to those selected. What can't be done says why. */
export async function refactorings(
  selected: Selected,
  converter: Converter,
  only: vscode.CodeActionKind | undefined,
): Promise<vscode.CodeAction[]> {
  const isWanted = ({ kind }: vscode.CodeAction): boolean => !only || (kind !== undefined && only.contains(kind));
  const citations = citationsAt(selected);
  const [citation] = citations;
  const own =
    citation && citations.length === 1
      ? ofCitation(selected.document, selected.reading, citation, selected.scope.start)
      : unavailable(only, citation ? severalSelected() : noCitation([selected.scope]));
  const wanted = own.filter(isWanted);
  if (only && !only.contains(kinds.convert)) {
    return wanted;
  }
  const all = await conversions(selected, converter);
  const isNothing = all.length === 0 && only !== undefined && rewrite.contains(only);
  return [...wanted, ...(isNothing ? noConversions(noCitation([selected.scope])) : all)];
}

/** The citation around the caret, or those selected. */
function citationsAt({ reading, scope: { start, end } }: Selected): readonly Citation[] {
  if (start === end) {
    const citation = reading.citationAt(start)?.citation;
    return citation ? [citation] : [];
  }
  return reading.citations.filter(each => each.start < end && each.end > start);
}

/** Why the refactorings of one citation are not there, for a writer who asks for them alone, as a key does. */
function unavailable(only: vscode.CodeActionKind | undefined, reason: string): vscode.CodeAction[] {
  if (!only || !rewrite.contains(only)) {
    return [];
  }
  const { t } = vscode.l10n;
  return [
    disabled(t('Cite in the text or in brackets'), kinds.toggle, reason),
    disabled(t('Add a locator…'), kinds.locator, reason),
    disabled(t('Suppress the author'), kinds.author, reason),
    disabled(t('Merge with the citation beside it'), kinds.merge, reason),
  ];
}

function severalSelected(): string {
  return vscode.l10n.t('Several citations are selected; put the caret into one, or use the command, which does all of them.');
}

function disabled(title: string, kind: vscode.CodeActionKind, reason: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.disabled = { reason };
  return action;
}

function ofCitation(
  document: vscode.TextDocument,
  reading: Reading,
  citation: Citation,
  offset: number,
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const cite = citeAt(citation, offset);
  const action = (title: string, kind: vscode.CodeActionKind, result: Rewriting): vscode.CodeAction =>
    rewriting(document, title, kind, result);
  const hasPlace = placeText(reading.text, cite) !== '';
  return [
    citation.kind === 'group'
      ? action(t('Cite in the text'), kinds.toggle, toggle(reading, citation))
      : action(t('Cite in brackets'), kinds.toggle, toggle(reading, citation)),
    running(hasPlace ? t('Change the locator…') : t('Add a locator…'), kinds.locator, 'addLocator'),
    cite.mode === 'suppress-author'
      ? action(t('Restore the author'), kinds.author, toggleAuthor(reading, citation, cite))
      : action(t('Suppress the author'), kinds.author, toggleAuthor(reading, citation, cite)),
    action(t('Merge with the citation beside it'), kinds.merge, merge(reading, citation)),
  ];
}

function rewriting(
  document: vscode.TextDocument,
  title: string,
  kind: vscode.CodeActionKind,
  result: Rewriting,
): vscode.CodeAction {
  if ('unavailable' in result) {
    return disabled(title, kind, result.unavailable);
  }
  const action = new vscode.CodeAction(title, kind);
  action.edit = workspaceEdit(document, result.edits);
  return action;
}

function running(
  title: string,
  kind: vscode.CodeActionKind,
  name: keyof Commands,
  ...given: readonly unknown[]
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.command = { title, command: commandId(name), arguments: [...given] };
  return action;
}

async function conversions({ document, reading, scope }: Selected, converter: Converter): Promise<vscode.CodeAction[]> {
  const results = await converter.convert(document, reading, [scope], syntaxes);
  const isNothing = Array.from(results.values()).every(({ converted, kept }) => converted === 0 && kept.length === 0);
  return isNothing
    ? []
    : Array.from(results).flatMap(([target, result]) => {
        const isThere = result.converted === 0 && result.kept.length === 0;
        const whole = running(titleOf(target, document), kinds.convert, commands[target], 'document');
        return isThere ? [] : [conversion(document, target, result), whole];
      }).concat(intoPlain(document));
}

/** Made when it is chosen, for it needs the whole manuscript printed. */
function intoPlain(document: vscode.TextDocument): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  return notebookOf(document)
    ? []
    : [
        running(t('Convert to plain text'), kinds.convert, 'convertToPlain'),
        running(t('Convert the whole document to plain text'), kinds.convert, 'convertToPlain', 'document'),
      ];
}

function noConversions(reason: string): vscode.CodeAction[] {
  return syntaxes.map(target => disabled(titlesOfOne()[target], kinds.convert, reason));
}

/** The command that converts into each syntax. */
const commands = {
  pandoc: 'convertToPandoc',
  footnote: 'convertToFootnotes',
  link: 'convertToLinks',
} as const satisfies Record<CitedSyntax, keyof Commands>;

function conversion(document: vscode.TextDocument, target: CitedSyntax, result: Conversion): vscode.CodeAction {
  const { t } = vscode.l10n;
  const count = result.converted + result.kept.length;
  const several = {
    pandoc: t('Convert {0} citations to Pandoc’s syntax', count),
    footnote: t('Convert {0} citations to footnotes', count),
    link: t('Convert {0} citations to links', count),
  };
  const [first] = result.kept;
  const outcome = result.converted === 0 && first ? { unavailable: sentence(first.unavailable) } : result;
  return rewriting(document, count > 1 ? several[target] : titlesOfOne()[target], kinds.convert, outcome);
}

function titlesOfOne(): Readonly<Record<CitedSyntax, string>> {
  const { t } = vscode.l10n;
  return { pandoc: t('Convert to Pandoc’s syntax'), footnote: t('Convert to a footnote'), link: t('Convert to a link') };
}

function titleOf(target: CitedSyntax, document: vscode.TextDocument): string {
  const { t } = vscode.l10n;
  if (notebookOf(document)) {
    return {
      pandoc: t('Convert the whole notebook to Pandoc’s syntax'),
      footnote: t('Convert the whole notebook to footnotes'),
      link: t('Convert the whole notebook to links'),
    }[target];
  }
  return {
    pandoc: t('Convert the whole document to Pandoc’s syntax'),
    footnote: t('Convert the whole document to footnotes'),
    link: t('Convert the whole document to links'),
  }[target];
}

function sentence(reason: string): string {
  return vscode.l10n.t('It stays as it is: {0}.', reason);
}
