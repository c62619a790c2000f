import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import type { EntryNode, FileNode, LibraryGroup, LibraryNode, ShelfFile } from '../../core/libraryOutline.ts';
import type { Entry, Vocabulary } from '../../core/study.ts';
import type { BibliographySource } from '../../editor/bibliographySources.ts';
import { commandId } from '../../manifest.ts';

/** A row of the tree. `isOpen` says that it shall stand open at first, if it can. */
export function treeItem(node: LibraryNode, source: BibliographySource | undefined, isOpen: boolean): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node, isOpen);
    case 'file':
      return fileItem(node, source);
    case 'entry':
      return entryItem(node);
  }
}

function rowOf(node: LibraryNode, state = vscode.TreeItemCollapsibleState.None): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.id;
  item.description = node.description;
  item.accessibilityInformation = { label: node.spoken };
  return item;
}

function groupItem(node: LibraryGroup, isOpen: boolean): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const isEmpty = node.holds.of === 'entries' && node.holds.entries.length === 0;
  const item = rowOf(node, isEmpty ? None : isOpen ? Expanded : Collapsed);
  item.contextValue = 'group';
  item.tooltip = node.file ? [addressOf(node.file), node.file.failure].filter(Boolean).join('\n') : node.spoken;
  if (node.file) {
    item.iconPath = iconOfFile(node.file);
  }
  return item;
}

function fileItem(node: FileNode, source: BibliographySource | undefined): vscode.TreeItem {
  const item = rowOf(node);
  const { file } = node;
  item.contextValue = file.state;
  item.iconPath = iconOfFile(file);
  item.tooltip = [addressOf(file), file.failure ?? vscode.l10n.t('It is being read.')].join('\n');
  if (file.state === 'failed' && source) {
    item.command = whereNamed(source);
  }
  return item;
}

/** Leads to where the file is named, for there it can be put right. */
function whereNamed({ named }: BibliographySource): vscode.Command {
  const title = vscode.l10n.t('Go to Where It Is Named');
  return named
    ? { command: commandId('_goTo'), title, arguments: [named.in.toString(), named.start, named.end] }
    : { command: commandId('setBibliographies'), title };
}

function addressOf({ uri }: ShelfFile): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
}

function iconOfFile({ state, entries }: ShelfFile): vscode.ThemeIcon {
  if (state === 'failed') {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
  return new vscode.ThemeIcon(state === 'reading' && !entries ? 'loading~spin' : 'library');
}

function entryItem(node: EntryNode): vscode.TreeItem {
  const item = rowOf(node);
  const { study } = node;
  item.iconPath = new vscode.ThemeIcon(typeIcons[study.summary?.type ?? ''] ?? 'file');
  item.contextValue = contextOf(study);
  item.command = { command: commandId('_browseEntry'), title: vscode.l10n.t('Show Card'), arguments: [study.id] };
  return item;
}

/** The entry's card, for the row the pointer rests on: the only thing in the tree for which an entry is converted. */
export function cardTooltip({ study, spoken, isShadowed }: EntryNode, vocabulary: Vocabulary): vscode.MarkdownString | string {
  return isShadowed ? spoken : new vscode.MarkdownString(card(study, { vocabulary }, 'brief'));
}

/** What the menus' `when` clauses read: `entry hasQuote hasDoi hasPubmed`. */
function contextOf({ quotes, summary }: Entry): string {
  return ['entry', quotes.length > 0 && 'hasQuote', summary?.doi && 'hasDoi', summary?.pmid && 'hasPubmed'].filter(Boolean).join(' ');
}

const typeIcons: Readonly<Record<string, string>> = {
  book: 'book',
  chapter: 'notebook',
  dataset: 'database',
  legislation: 'law',
  legal_case: 'law',
  motion_picture: 'device-camera-video',
  'paper-conference': 'comment-discussion',
  patent: 'lightbulb',
  report: 'output',
  software: 'code',
  speech: 'megaphone',
  thesis: 'mortar-board',
  webpage: 'globe',
  'post-weblog': 'globe',
};
