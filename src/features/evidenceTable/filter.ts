import * as vscode from 'vscode';
import { oneLine, studyLabel } from '../../core/describe.ts';
import { rowsOf, type EvidenceSources } from '../../core/evidenceTable/records.ts';
import { faultOfQuery, studiesOfText } from '../../core/evidenceTable/spec.ts';
import { filterRows, keepOrder, type QueryRow } from '../../editor/filterPicker.ts';
import { answerOf, prepare, type Turn } from './wizard.ts';

// More rows would be no list to look over; the count tells of all.
const most = 100;

/** Asks for a filter, in the language of the search; how many studies it finds, and which, shows while it is typed. */
export async function askFilter(sources: EvidenceSources, value: string, turn: Turn): Promise<string | 'back' | undefined> {
  const picker = vscode.window.createQuickPick<QueryRow>();
  prepare(picker, vscode.l10n.t('Evidence Table: Which Studies?'), turn);
  picker.placeholder = vscode.l10n.t('Words, or condition: design: comparator: result: n: …');
  picker.value = value;
  const refresh = (): void => {
    const rows = rowsFor(picker.value, sources);
    picker.items = rows;
    // Ours is the order of the table's studies, and Enter takes the filter.
    picker.activeItems = rows.slice(0, 1);
  };
  keepOrder(picker);
  picker.onDidChangeValue(refresh);
  refresh();
  return answerOf(picker, () => {
    const completes = picker.activeItems[0]?.completes;
    if (completes !== undefined) {
      picker.value = completes;
      refresh();
      return undefined;
    }
    return faultOfQuery(picker.value, sources.shelf.vocabulary) === undefined && found(picker.value, sources).length > 0 ? picker.value.trim() : undefined;
  });
}

function found(query: string, sources: EvidenceSources) {
  const rows = rowsOf({ studies: studiesOfText(query), columns: ['citation'], order: 'year' }, sources);
  return 'rows' in rows ? rows.rows : [];
}

function rowsFor(query: string, sources: EvidenceSources): QueryRow[] {
  const { shelf } = sources;
  const fault = faultOfQuery(query, shelf.vocabulary);
  const studies = fault === undefined ? found(query, sources) : [];
  const { completions } = shelf.find(query, { limit: 0, cited: sources.library.knownAs(new Set(sources.cited)) });
  const head = headOf(query, fault, studies.length);
  return [
    ...filterRows(query, head, completions),
    ...studies.slice(0, most).map(({ study }) => ({
      label: studyLabel(study),
      description: oneLine(study, shelf.vocabulary),
      detail: study.csl.title,
      alwaysShow: true,
    })),
  ];
}

function headOf(query: string, fault: string | undefined, count: number): QueryRow {
  const { t } = vscode.l10n;
  if (query.trim() === '') {
    return { label: `$(filter) ${t('Write a filter')}`, description: t('for example condition:ptsd design:rct n:>50'), alwaysShow: true };
  }
  const label =
    fault !== undefined
      ? `$(warning) ${fault}`
      : count === 0
        ? `$(search) ${t('No study fits')}`
        : `$(check) ${count === 1 ? t('Take this 1 study') : t('Take these {0} studies', count)}`;
  return { label, alwaysShow: true };
}
