import * as vscode from 'vscode';
import { filterRemark } from '../../core/libraryOutline.ts';
import { mostCounted, type Library } from '../../core/library.ts';
import { completeName, type QualifierCompletion } from '../../core/search/complete.ts';
import { describeFilter, emptyFilter, isEmptyFilter, type Filter } from '../../core/search/filter.ts';
import { parseQuery } from '../../core/search/query.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { editFilter } from '../../editor/filterPicker.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { LiveView } from '../../editor/liveView.ts';
import { libraryView, registerCommand, setContext } from '../../manifest.ts';
import type { LibraryTree } from './tree.ts';

interface Needs {
  readonly library: LibraryAtHand;
  readonly log: vscode.LogOutputChannel;
}

/** The commands that narrow the shelf. A filter is not remembered: left behind, it would hide entries from who has forgotten it. */
export function registerLibraryFilter({ library, log }: Needs, tree: LibraryTree, live: LiveView): vscode.Disposable {
  const apply = atTheEdge(log, async (filter: Filter) => {
    tree.filter = filter;
    setContext('isLibraryFiltered', !isEmptyFilter(filter));
    await vscode.window.withProgress({ location: { viewId: libraryView } }, () => live.now());
  });
  const ask = atTheEdge(log, async (query?: string) => {
    await vscode.commands.executeCommand(`${libraryView}.focus`);
    const atHand = await library.get();
    await (typeof query === 'string' ? apply(parseQuery(query, atHand.vocabulary).filter) : askFilter(atHand, tree.filter, apply));
  });
  return vscode.Disposable.from(
    registerCommand('filterLibrary', ask),
    registerCommand('changeLibraryFilter', () => ask()),
    registerCommand('clearLibraryFilter', () => apply(emptyFilter)),
  );
}

function askFilter(library: Library, before: Filter, apply: (filter: Filter) => Promise<void>): Promise<void> {
  const { t } = vscode.l10n;
  const { vocabulary } = library;
  return editFilter({
    title: t('Filter the Library'),
    placeholder: t('Words in any order, or year: author: journal: has:'),
    vocabulary,
    before,
    answersTo: query => {
      const parsed = parseQuery(query, vocabulary);
      const remark = filterRemark(parsed);
      const label = remark !== undefined ? `$(warning) ${remark}` : isEmptyFilter(parsed.filter) ? `$(check) ${t('Show all entries')}` : `$(check) ${t('Show the entries that fit')}`;
      return { head: { label, description: describeFilter(parsed.filter, vocabulary), alwaysShow: true }, completions: ownQualifiers(query, library) };
    },
    apply,
  });
}

/** The qualifiers that apply to the writer's own entries, and their values; of a large library the names alone, for counting takes too long. */
function ownQualifiers(query: string, library: Library): readonly QualifierCompletion[] {
  const all = library.size > mostCounted ? completeName(query) : library.find(query, { limit: 0 }).completions;
  return all.filter(({ label, detail }) => own.some(name => label === name || detail.replace(/^-/, '').startsWith(name)));
}

const own: readonly string[] = ['year:', 'author:', 'journal:', 'has:', 'cited:'];
