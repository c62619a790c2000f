import * as vscode from 'vscode';
import { plural } from '../core/describe.ts';
import type { QualifierCompletion } from '../core/search/complete.ts';
import type { Filter } from '../core/search/filter.ts';
import { parseQuery, printFilter } from '../core/search/query.ts';
import type { Vocabulary } from '../core/study.ts';

/** A row of a list in which a query is typed. */
export interface QueryRow extends vscode.QuickPickItem {
  /** The whole query that this row completes. */
  readonly completes?: string;
}

/** What can follow in a query, as rows. */
export function completionRows(completions: readonly QualifierCompletion[]): QueryRow[] {
  return completions.map(({ label, detail, count, query }) => ({
    label,
    description: count === undefined ? vscode.l10n.t('for example {0}', detail) : `${detail} · ${plural(count, 'study')}`,
    completes: query,
    alwaysShow: true,
  }));
}

/** A filter's rows: the one that takes it first, unless a value is about to be typed. */
export function filterRows(query: string, head: QueryRow, completions: readonly QualifierCompletion[]): QueryRow[] {
  const rows = completionRows(completions);
  return /[:,]$/.test(query) && rows.length > 0 ? [...rows, head] : [head, ...rows];
}

/** VS Code would sort the rows by where the query is in their labels; the order is ours. */
export function keepOrder(picker: vscode.QuickPick<vscode.QuickPickItem>): void {
  if ('sortByLabel' in picker) {
    picker.sortByLabel = false;
  }
}

export interface FilterQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly vocabulary: Vocabulary;
  /** The filter now, which Escape brings back. */
  readonly before: Filter;
  /** The row that takes the filter, and what can follow in the query. */
  readonly answersTo: (query: string) => { readonly head: QueryRow; readonly completions: readonly QualifierCompletion[] };
  readonly apply: (filter: Filter) => Promise<void>;
}

/** The writer has paused for this long (ms) before the view follows. */
const pause = 200;

/** Lets the writer type a filter, in the words and qualifiers of the search, whose values are offered; the view follows. */
export async function editFilter({ title, placeholder, vocabulary, before, answersTo, apply }: FilterQuestion): Promise<void> {
  const picker = vscode.window.createQuickPick<QueryRow>();
  picker.title = title;
  picker.placeholder = placeholder;
  // The rows may be looked at and clicked; only Escape takes the filter back.
  picker.ignoreFocusOut = true;
  keepOrder(picker);
  const filterNow = (): Filter => parseQuery(picker.value, vocabulary).filter;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    const { head, completions } = answersTo(picker.value);
    picker.items = filterRows(picker.value, head, completions);
    picker.activeItems = picker.items.slice(0, 1);
    clearTimeout(timer);
    timer = setTimeout(() => void apply(filterNow()), pause);
  };
  const typed = printFilter(before);
  picker.value = typed === '' ? '' : `${typed} `;
  picker.onDidChangeValue(refresh);
  refresh();
  try {
    const isKept = await acceptedOf(picker, refresh);
    clearTimeout(timer);
    await apply(isKept ? filterNow() : before);
  } finally {
    clearTimeout(timer);
    picker.dispose();
  }
}

/** Whether the writer took the filter, and did not leave it with Escape. */
function acceptedOf(picker: vscode.QuickPick<QueryRow>, refresh: () => void): Promise<boolean> {
  return new Promise(resolve => {
    picker.onDidAccept(() => {
      const completes = picker.activeItems[0]?.completes;
      if (completes === undefined) {
        resolve(true);
        return;
      }
      picker.value = completes;
      refresh();
    });
    picker.onDidHide(() => resolve(false));
    picker.show();
  });
}
