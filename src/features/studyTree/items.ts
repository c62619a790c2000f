import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import { isGrave } from '../../core/describe.ts';
import { linksOf } from '../../core/links.ts';
import { spokenGroup, type DetailNode, type OutlineNode, type StudyNode } from '../../core/outline.ts';
import type { Study, Vocabulary } from '../../core/study.ts';
import { commandId } from '../../manifest.ts';

/** A row of the tree. Its tooltip, the card, is made when the pointer rests on it. */
export function treeItem(node: OutlineNode): vscode.TreeItem {
  const isOpen = node.kind === 'group' || node.kind === 'study';
  const item = new vscode.TreeItem(
    node.label,
    isOpen ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = node.id;
  if (node.kind === 'group') {
    item.description = String(node.children.length);
    item.contextValue = 'group';
    item.accessibilityInformation = { label: spokenGroup(node) };
    item.tooltip = spokenGroup(node);
    return item;
  }
  item.iconPath = iconOf(node);
  item.description = node.description;
  item.contextValue = contextOf(node.kind, node.study);
  item.accessibilityInformation = { label: node.spoken };
  item.command = { command: commandId('_browse'), title: vscode.l10n.t('Show Card'), arguments: [node.study.id] };
  if (node.kind !== 'study') {
    item.tooltip = node.spoken;
  }
  return item;
}

/** The study's card, for the row the pointer rests on. */
export function cardTooltip(study: Study, vocabulary: Vocabulary): vscode.MarkdownString {
  return new vscode.MarkdownString(card(study, { vocabulary }, 'brief'));
}

/** What the menus' `when` clauses read: `study hasQuote hasDoi hasPubmed hasPmc`. */
function contextOf(kind: string, study: Study): string {
  const { doi, pubmed, pmc } = linksOf(study.csl);
  return [kind, study.quotes.length > 0 && 'hasQuote', doi && 'hasDoi', pubmed && 'hasPubmed', pmc && 'hasPmc']
    .filter(Boolean)
    .join(' ');
}

const designIcons: Readonly<Record<string, string>> = {
  'randomized-controlled-trial': 'beaker',
  'crossover-trial': 'arrow-swap',
  'open-label-trial': 'eye',
  cohort: 'organization',
  'retrospective-study': 'history',
  'case-series': 'list-ordered',
  'case-report': 'person',
  'qualitative-study': 'comment-discussion',
  survey: 'checklist',
  'systematic-review': 'search',
  'meta-analysis': 'graph',
  'narrative-review': 'book',
  guideline: 'law',
  preclinical: 'microscope',
  protocol: 'clippy',
};

function iconOf(node: StudyNode | DetailNode): vscode.ThemeIcon {
  switch (node.kind) {
    case 'study':
      return new vscode.ThemeIcon(designIcons[node.study.design] ?? 'file', colorOf(node.study));
    case 'quote':
      return new vscode.ThemeIcon('quote');
    case 'finding':
      return new vscode.ThemeIcon('lightbulb');
    case 'notice':
      return new vscode.ThemeIcon(
        node.isGrave ? 'error' : 'info',
        new vscode.ThemeColor(node.isGrave ? 'list.errorForeground' : 'list.warningForeground'),
      );
    case 'reference':
      return new vscode.ThemeIcon('references');
  }
}

/** The mark of a notice: the icon in the theme's warning colour, beside the word in the row's description. */
function colorOf({ notices }: Study): vscode.ThemeColor | undefined {
  if (notices.length === 0) {
    return undefined;
  }
  return new vscode.ThemeColor(notices.some(isGrave) ? 'list.errorForeground' : 'list.warningForeground');
}
