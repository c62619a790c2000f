import * as vscode from 'vscode';
import { filterRemark } from '../../core/libraryOutline.ts';
import { emptyFilter, isEmptyFilter, type Filter } from '../../core/search/filter.ts';
import { parseQuery, printFilter } from '../../core/search/query.ts';
import type { Vocabulary } from '../../core/study.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { LiveView } from '../../editor/liveView.ts';
import { libraryView, registerCommand, setContext } from '../../manifest.ts';
import type { LibraryTree } from './tree.ts';

interface Needs {
  readonly library: LibraryAtHand;
  readonly log: vscode.LogOutputChannel;
}

/** The writer has paused for this long (ms) before the rows follow. */
const pause = 200;

/** The commands that narrow the shelf. A filter is not remembered: left behind, it would hide entries from who has forgotten it. */
export function registerLibraryFilter({ library, log }: Needs, tree: LibraryTree, live: LiveView): vscode.Disposable {
  const apply = atTheEdge(log, async (filter: Filter) => {
    tree.filter = filter;
    setContext('isLibraryFiltered', !isEmptyFilter(filter));
    await vscode.window.withProgress({ location: { viewId: libraryView } }, () => live.now());
  });
  const ask = atTheEdge(log, async (query?: string) => {
    await vscode.commands.executeCommand(`${libraryView}.focus`);
    const { vocabulary } = await library.get();
    await (typeof query === 'string' ? apply(parseQuery(query, vocabulary).filter) : editFilter(vocabulary, tree.filter, apply));
  });
  return vscode.Disposable.from(
    registerCommand('filterLibrary', ask),
    registerCommand('changeLibraryFilter', () => ask()),
    registerCommand('clearLibraryFilter', () => apply(emptyFilter)),
  );
}

/**
 * Lets the writer type a filter, in the words and qualifiers of the search; the rows follow. Enter keeps it, Escape brings
 * back the one that was there before.
 */
async function editFilter(vocabulary: Vocabulary, before: Filter, apply: (filter: Filter) => Promise<void>): Promise<void> {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Filter the Library');
  box.placeholder = vscode.l10n.t('ketamine year:2019- author:murrough');
  box.prompt = vscode.l10n.t('Words in any order, and year:, author:, journal: or has:quote. Enter keeps the filter; empty shows all entries');
  box.value = printFilter(before);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const typing = box.onDidChangeValue(value => {
    const query = parseQuery(value, vocabulary);
    const remark = filterRemark(query);
    box.validationMessage = remark && { message: remark, severity: vscode.InputBoxValidationSeverity.Warning };
    clearTimeout(timer);
    timer = setTimeout(() => void apply(query.filter), pause);
  });
  try {
    const kept = await answerOf(box);
    clearTimeout(timer);
    await apply(kept === undefined ? before : parseQuery(kept, vocabulary).filter);
  } finally {
    typing.dispose();
    box.dispose();
  }
}

/** What stands in the box at Enter; nothing on Escape, or when something else takes its place. */
function answerOf(box: vscode.InputBox): Promise<string | undefined> {
  return new Promise(resolve => {
    box.onDidAccept(() => resolve(box.value));
    box.onDidHide(() => resolve(undefined));
    box.show();
  });
}
