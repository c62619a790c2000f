import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import { isGrave } from '../../core/describe.ts';
import { linksOf } from '../../core/links.ts';
import type { Occurrence } from '../../core/worksCited.ts';
import type { ReferenceNode, WorkNode } from '../../core/referencesOutline.ts';
import type { Entry, Vocabulary } from '../../core/study.ts';
import { commandId } from '../../manifest.ts';

/** A row of the tree. `addressOf` tells in which document an occurrence stands. */
export function treeItem(node: ReferenceNode, addressOf: (occurrence: Occurrence) => string | undefined): vscode.TreeItem {
  const isOpen = node.kind === 'work' || node.kind === 'unused';
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, isOpen ? Collapsed : None);
  item.id = node.id;
  item.description = node.description;
  item.accessibilityInformation = { label: node.spoken };
  item.contextValue = contextOf(node);
  const icon = iconOf(node);
  if (icon) {
    item.iconPath = icon;
  }
  if (node.kind !== 'work' || !node.study) {
    item.tooltip = tooltipOf(node);
  }
  const command = commandOf(node, addressOf);
  if (command) {
    item.command = command;
  }
  return item;
}

/** The study's card, for the row the pointer rests on. */
export function cardTooltip(study: Entry, vocabulary: Vocabulary): vscode.MarkdownString {
  return new vscode.MarkdownString(card(study, { vocabulary }, 'brief'));
}

function tooltipOf(node: ReferenceNode): string {
  if (node.kind !== 'work') {
    return node.spoken;
  }
  const { key, kind } = node.work;
  switch (kind) {
    case 'unknown':
      return vscode.l10n.t('There is no entry {0}. The lightbulb at its place offers the nearest keys.', key);
    case 'unread':
      return vscode.l10n.t('{0} is not known. It may stand in a bibliography that is not read yet, or can’t be; the status menu tells.', key);
    default:
      return node.spoken;
  }
}

function commandOf(node: ReferenceNode, addressOf: (occurrence: Occurrence) => string | undefined): vscode.Command | undefined {
  const occurrence = node.kind === 'work' ? node.work.occurrences[0] : node.kind === 'occurrence' ? node.occurrence : undefined;
  const address = occurrence && addressOf(occurrence);
  if (occurrence && address) {
    const title = vscode.l10n.t('Go to the Citation');
    return { command: commandId('_goTo'), title, arguments: [address, occurrence.start, occurrence.end] };
  }
  return node.kind === 'quote'
    ? { command: commandId('showStudy'), title: vscode.l10n.t('Show Card'), arguments: [node.study.id] }
    : undefined;
}

/** What the menus' `when` clauses read: `work hasStudy hasQuote hasDoi hasPubmed`. */
function contextOf(node: ReferenceNode): string {
  const { study } = node;
  const { doi, pubmed, pmc } = study ? linksOf(study.csl) : {};
  return [
    node.kind === 'work' && !study ? node.work.kind : node.kind,
    study && 'hasStudy',
    study && study.quotes.length > 0 && 'hasQuote',
    doi && 'hasDoi',
    pubmed && 'hasPubmed',
    pmc && 'hasPmc',
  ]
    .filter(Boolean)
    .join(' ');
}

function iconOf(node: ReferenceNode): vscode.ThemeIcon | undefined {
  switch (node.kind) {
    case 'work':
      return iconOfWork(node);
    case 'unused':
    case 'quote':
      return new vscode.ThemeIcon('quote');
    case 'occurrence':
      return undefined;
  }
}

function iconOfWork({ work: { kind }, study }: WorkNode): vscode.ThemeIcon {
  switch (kind) {
    case 'unknown':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'unread':
      return new vscode.ThemeIcon('question');
    case 'declared':
      return new vscode.ThemeIcon('book');
    case 'study': {
      const notices = study?.notices ?? [];
      const color = notices.some(isGrave) ? 'list.errorForeground' : 'list.warningForeground';
      return new vscode.ThemeIcon('book', notices.length > 0 ? new vscode.ThemeColor(color) : undefined);
    }
  }
}
