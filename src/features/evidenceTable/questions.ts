import * as vscode from 'vscode';
import { plural } from '../../core/describe.ts';
import { columnIds, columnLabel, defaultColumns, isColumn, type Column } from '../../core/evidenceTable/columns.ts';
import { isOrder, orderIds, type Order } from '../../core/evidenceTable/order.ts';
import { rowsOf, rowsOfStudies, type EvidenceSources } from '../../core/evidenceTable/records.ts';
import type { StudiesChosen } from '../../core/evidenceTable/spec.ts';
import { isStudy } from '../../core/study.ts';
import { pickStudies } from '../../editor/picker.ts';
import { askFilter } from './filter.ts';
import { askAll, askList, type Answer, type Question, type Turn } from './wizard.ts';

export type Goal = 'caret' | 'csv' | 'tsv';

/** All that is asked before a table is made. */
export interface Draft {
  readonly way: StudiesChosen['by'];
  readonly studies: StudiesChosen;
  readonly columns: readonly Column[];
  readonly order: Order;
  readonly goal: Goal;
}

const memoryKey = 'evidenceTable';

/** Asks for what is not given; the columns and the order chosen last are offered first. Nothing on Escape. */
export async function askTable(
  given: Partial<Draft>,
  sources: EvidenceSources,
  hasManuscript: boolean,
  memory: vscode.Memento,
): Promise<Draft | undefined> {
  const last = remembered(memory);
  const questions: readonly Question<Draft>[] = [
    { applies: () => !given.studies, ask: (draft, turn) => askWay(draft, sources, hasManuscript, turn) },
    { applies: ({ way }) => !given.studies && way === 'filter', ask: (draft, turn) => askStudiesByFilter(draft, sources, turn) },
    { applies: ({ way }) => !given.studies && way === 'keys', ask: () => askStudiesOneByOne(sources) },
    { applies: () => !given.columns, ask: (draft, turn) => askColumns(draft.columns ?? last.columns, turn) },
    { applies: () => !given.order, ask: (draft, turn) => askOrder(draft.order ?? last.order, hasManuscript, turn) },
    { applies: () => !given.goal, ask: (_, turn) => askGoal(hasManuscript, turn) },
  ];
  const draft = (await askAll(given, questions)) as Draft | undefined;
  if (draft && !(given.columns && given.order)) {
    await memory.update(memoryKey, { columns: draft.columns, order: draft.order });
  }
  return draft;
}

async function askWay({ way }: Partial<Draft>, sources: EvidenceSources, hasManuscript: boolean, turn: Turn): Promise<Answer<Draft>> {
  const { t } = vscode.l10n;
  const rows = rowsOf({ studies: { by: 'cited' }, columns: ['citation'], order: 'cited' }, sources);
  const count = 'rows' in rows ? rows.rows.length : 0;
  const cited = { way: 'cited' as const, label: `$(references) ${t('Those cited in this manuscript')}`, description: plural(count, 'study') };
  const items = [
    ...(hasManuscript ? [cited] : []),
    { way: 'filter' as const, label: `$(filter) ${t('Those that a filter finds')}`, description: 'condition:ptsd design:rct year:2019-' },
    { way: 'keys' as const, label: `$(checklist) ${t('Those that I tick')}` },
  ];
  const answer = await askList({
    title: t('Evidence Table: Which Studies?'),
    placeholder: t('Choose the studies that get a row'),
    turn,
    items,
    active: items.find(each => each.way === way),
    fault: ([row]) => (row === cited && count === 0 ? t('The manuscript cites no study of the dataset yet; choose another way') : undefined),
  });
  return changed(answer, ([row]) => ({ way: row!.way, ...(row === cited && { studies: { by: 'cited' } }) }));
}

async function askStudiesByFilter({ studies }: Partial<Draft>, sources: EvidenceSources, turn: Turn): Promise<Answer<Draft>> {
  const query = await askFilter(sources, studies?.by === 'filter' ? studies.query : '', turn);
  return changed(query, text => ({ studies: { by: 'filter', query: text } }));
}

async function askStudiesOneByOne(sources: EvidenceSources): Promise<Answer<Draft>> {
  let isBack = false;
  const picked = await pickStudies(Promise.resolve(sources.shelf), {
    title: vscode.l10n.t('Evidence Table: Tick the Studies'),
    several: 'at once',
    onBack: () => (isBack = true),
  });
  const { rows, left } = rowsOfStudies(picked?.filter(isStudy) ?? [], sources);
  tellLeft(left);
  return isBack ? 'back' : picked && { studies: { by: 'keys', keys: rows.map(({ key }) => key) } };
}

/** Of studies whose key means another work in this manuscript. */
export function tellLeft(left: readonly string[]): void {
  if (left.length > 0) {
    const keys = left.join(', ');
    void vscode.window.showInformationMessage(vscode.l10n.t('Left out, for in your bibliography these citekeys mean other works: {0}.', keys));
  }
}

async function askColumns(chosen: readonly Column[], turn: Turn): Promise<Answer<Draft>> {
  const { t } = vscode.l10n;
  const tells: { readonly [C in Column]: string } = {
    citation: t('the citation, which the style prints'),
    year: t('of publication'),
    gist: t('what was studied, in the dataset’s words'),
    conditions: t('what was treated'),
    design: t('such as Randomized controlled trial'),
    randomized: t('yes or no'),
    blinding: t('double-blind, single-blind or open'),
    n: t('participants; “not stated” where the record has none'),
    population: t('who took part'),
    intervention: t('drug, route, dose, schedule, psychotherapy'),
    routes: t('such as Intravenous'),
    doses: t('such as 0.5 mg/kg'),
    sessions: t('how often the treatment was given'),
    comparator: t('what it was compared with, in detail'),
    comparedWith: t('the kind of comparator, such as Placebo or saline'),
    outcome: t('measure, time and result'),
    followUp: t('from treatment to the last result, such as 28 days'),
    result: t('the main result on benefit, such as No difference'),
    basis: t('what the record says of that result'),
    finding: t('the result in the dataset’s words'),
    limitations: t('as far as they are stated'),
    notices: t('retractions, concerns and corrections'),
  };
  const items = columnIds.map(column => ({ column, label: columnLabel(column), description: tells[column], picked: chosen.includes(column) }));
  const answer = await askList({ title: t('Evidence Table: Columns'), placeholder: t('Tick one column or several'), turn, items, several: true });
  // In the order of the list, not that in which they were ticked.
  return changed(answer, rows => ({ columns: items.filter(each => rows.includes(each)).map(({ column }) => column) }));
}

async function askOrder(order: Order, hasManuscript: boolean, turn: Turn): Promise<Answer<Draft>> {
  const { t } = vscode.l10n;
  const labels: { readonly [O in Order]: string } = {
    cited: t('As the manuscript cites them'),
    year: t('By year, the newest first'),
    author: t('By author, A to Z'),
    design: t('By design, randomized trials first'),
    n: t('By n, the largest first'),
  };
  const items = orderIds.filter(each => hasManuscript || each !== 'cited').map(each => ({ order: each, label: labels[each] }));
  const active = items.find(each => each.order === order);
  const answer = await askList({ title: t('Evidence Table: Order'), placeholder: t('Choose the order of the rows'), turn, items, active });
  return changed(answer, ([row]) => ({ order: row!.order }));
}

async function askGoal(hasManuscript: boolean, turn: Turn): Promise<Answer<Draft>> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { readonly goal: Goal })[] = [
    ...(hasManuscript ? [{ goal: 'caret' as const, label: `$(table) ${t('Into the manuscript, at the caret')}`, description: t('Update Evidence Tables keeps it current') }] : []),
    { goal: 'csv', label: `$(file) ${t('Into a CSV file')}`, description: t('for spreadsheets') },
    { goal: 'tsv', label: `$(file) ${t('Into a TSV file')}`, description: t('parted by tabs') },
  ];
  const answer = await askList({ title: t('Evidence Table: Where To?'), placeholder: t('Choose where the table goes'), turn, items });
  return changed(answer, ([row]) => ({ goal: row!.goal }));
}

function changed<A>(answer: A | 'back' | undefined, change: (answer: A) => Partial<Draft>): Answer<Draft> {
  return answer === undefined ? undefined : answer === 'back' ? 'back' : change(answer as A);
}

/** What an older or a newer version wrote must not break this one. */
function remembered(memory: vscode.Memento): Pick<Draft, 'columns' | 'order'> {
  const { columns, order } = memory.get<{ columns?: unknown; order?: unknown }>(memoryKey) ?? {};
  const known = Array.isArray(columns) ? columnIds.filter(each => columns.some(column => column === each && isColumn(column))) : [];
  return { columns: known.length > 0 ? known : defaultColumns, order: isOrder(order) ? order : 'cited' };
}
