import * as vscode from 'vscode';
import { linksOf } from '../../core/links.ts';
import type { Span } from '../../core/reading.ts';
import type { Entry } from '../../core/study.ts';
import { commandId, type Commands } from '../../manifest.ts';

type Command = keyof Commands;

/** Markdown in which links run exactly the commands named. Text of records must be escaped in it. */
export function linked(markdown: string, commands: readonly Command[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown, true);
  text.isTrusted = { enabledCommands: commands.map(commandId) };
  return text;
}

/** What can be done with a study whose citation is at `offset` of a document. */
export function studyLinks({ id, csl, quotes, origin }: Entry, uri: vscode.Uri, offset: number): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { doi, pubmed, page } = linksOf(csl);
  const links: readonly (readonly [Command, string, readonly unknown[]] | false | undefined | '')[] = [
    quotes.length > 0 && ['_insertQuoteBehind', `$(quote) ${t('Insert quote')}`, [uri.toString(), offset, id]],
    ['copyReference', `$(copy) ${t('Copy reference')}`, [id]],
    doi && ['openDoi', `$(link-external) ${t('Open DOI')}`, [id]],
    !doi && pubmed && ['openPubmed', `$(link-external) ${t('Open PubMed')}`, [id]],
    origin && ['_goTo', `$(go-to-file) ${t('Go to entry')}`, [origin.file, origin.start, origin.end]],
    ['showStudy', `$(book) ${t('Show card')}`, [id]],
  ];
  const shown = links.filter(link => link !== undefined && link !== false && link !== '');
  const written = shown.map(([command, label, given]) => `[${label}](${address(command, given)})`);
  return linked(
    [...written, ...(page ? [`[$(link-external) ${t('Open page')}](${page})`] : [])].join(' &nbsp; '),
    shown.map(([command]) => command),
  );
}

/** A label that leads to a study's card. */
export function cardLink(label: string, key: string): string {
  return `[${label}](${address('showStudy', [key])})`;
}

/** A label that leads to a place of a document. */
export function goToLink(label: string, uri: vscode.Uri, { start, end }: Span): vscode.MarkdownString {
  return linked(`[$(go-to-file) ${label}](${address('_goTo', [uri.toString(), start, end])})`, ['_goTo']);
}

function address(command: Command, given: readonly unknown[]): string {
  const encoded = encodeURIComponent(JSON.stringify(given)).replace(/[()]/g, mark => (mark === '(' ? '%28' : '%29'));
  return `command:${commandId(command)}?${encoded}`;
}
