import * as vscode from 'vscode';
import type { Citation, Reading, Span } from '../../core/reading.ts';
import type { CitedSyntax } from '../../core/rewrite/cited.ts';
import type { Conversion } from '../../core/rewrite/convert.ts';
import { citeAt, placeText } from '../../core/rewrite/locator.ts';
import { merge } from '../../core/rewrite/merge.ts';
import type { Rewriting } from '../../core/rewrite/rewriting.ts';
import { toggle, toggleAuthor } from '../../core/rewrite/toggle.ts';
import { commandId, type Commands } from '../../manifest.ts';
import { syntaxes, type Converter } from './converter.ts';
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

/** What can be done to the citation at a range, or to those selected. What can't be done says why. */
export async function refactorings(
  document: vscode.TextDocument,
  scope: Span,
  reading: Reading,
  converter: Converter,
  isWanted: (kind: vscode.CodeActionKind) => boolean,
): Promise<vscode.CodeAction[]> {
  const citation = soleCitation(reading, scope);
  const own = citation ? ofCitation(document, reading, citation, scope.start) : [];
  const wanted = own.filter(({ kind }) => kind && isWanted(kind));
  return isWanted(kinds.convert)
    ? [...wanted, ...(await conversions(document, scope, reading, converter))]
    : wanted;
}

/** The citation around the caret, or the only one that is selected. */
function soleCitation(reading: Reading, { start, end }: Span): Citation | undefined {
  if (start === end) {
    return reading.citationAt(start)?.citation;
  }
  const [first, second] = reading.citations.filter(each => each.start < end && each.end > start);
  return second ? undefined : first;
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
  const action = new vscode.CodeAction(title, kind);
  if ('edits' in result) {
    action.edit = workspaceEdit(document, result.edits);
  } else {
    action.disabled = { reason: result.unavailable };
  }
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

async function conversions(
  document: vscode.TextDocument,
  scope: Span,
  reading: Reading,
  converter: Converter,
): Promise<vscode.CodeAction[]> {
  const results = await converter.convert(document, reading, scope, syntaxes);
  const isNothing = Array.from(results.values()).every(({ converted, kept }) => converted === 0 && kept.length === 0);
  return isNothing
    ? []
    : Array.from(results).flatMap(([target, result]) => {
        const isThere = result.converted === 0 && result.kept.length === 0;
        return isThere ? [] : [conversion(document, target, result), running(titleOf(target), kinds.convert, commands[target], 'document')];
      });
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
  const one = { pandoc: t('Convert to Pandoc’s syntax'), footnote: t('Convert to a footnote'), link: t('Convert to a link') };
  const several = {
    pandoc: t('Convert {0} citations to Pandoc’s syntax', count),
    footnote: t('Convert {0} citations to footnotes', count),
    link: t('Convert {0} citations to links', count),
  };
  const [first] = result.kept;
  const outcome = result.converted === 0 && first ? { unavailable: sentence(first.unavailable) } : result;
  return rewriting(document, count > 1 ? several[target] : one[target], kinds.convert, outcome);
}

function titleOf(target: CitedSyntax): string {
  const { t } = vscode.l10n;
  return {
    pandoc: t('Convert the whole document to Pandoc’s syntax'),
    footnote: t('Convert the whole document to footnotes'),
    link: t('Convert the whole document to links'),
  }[target];
}

function sentence(reason: string): string {
  return vscode.l10n.t('It stays as it is: {0}.', reason);
}
