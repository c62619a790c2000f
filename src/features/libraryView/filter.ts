import * as vscode from 'vscode';
import { filterRemark } from '../../core/libraryOutline.ts';
import { printFilter, parseQuery } from '../../core/search/query.ts';
import type { Filter } from '../../core/search/filter.ts';
import type { Vocabulary } from '../../core/study.ts';

/** The writer has paused for this long (ms) before the rows follow. */
const pause = 200;

/**
 * Lets the writer type a filter, in the words and qualifiers of the search; the rows follow. Enter keeps it, Escape brings
 * back the one that was there before.
 */
export async function editFilter(vocabulary: Vocabulary, before: Filter, apply: (filter: Filter) => Promise<void>): Promise<void> {
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
