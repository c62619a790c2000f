import * as vscode from 'vscode';
import { label } from '../../core/describe.ts';
import type { Library } from '../../core/library.ts';
import { describeFilter, emptyFilter, isEmptyFilter, type Filter } from '../../core/search/filter.ts';
import type { Study, Term } from '../../core/study.ts';

interface Entry extends vscode.QuickPickItem {
  /** Asks for this part of the filter, or switches it; nothing on Escape. Without it the entry ends the editing. */
  readonly run?: () => Promise<Filter | undefined>;
}

/**
 * Lets the writer change a filter, part by part, until Escape or Done; the tree follows each change at once. Every part
 * says what it is now, so that the list is the filter's description too.
 */
export async function editFilter(
  library: Library,
  filter: Filter,
  apply: (filter: Filter) => Promise<void>,
): Promise<void> {
  const menu = vscode.window.createQuickPick<Entry>();
  menu.title = vscode.l10n.t('Filter Studies');
  let current = filter;
  try {
    for (
      let chosen = await choose(menu, library, current);
      chosen?.run;
      chosen = await choose(menu, library, current)
    ) {
      current = (await chosen.run()) ?? current;
      await apply(current);
    }
  } finally {
    menu.dispose();
  }
}

/** Shows the menu, which stays open while a part is only switched, and answers the entry chosen. */
function choose(menu: vscode.QuickPick<Entry>, library: Library, filter: Filter): Promise<Entry | undefined> {
  const index = menu.items.indexOf(menu.activeItems[0]!);
  menu.items = entries(library, filter);
  menu.placeholder = caption(library, filter);
  menu.value = '';
  menu.activeItems = menu.items.slice(index, index + 1);
  menu.show();
  return new Promise(resolve => {
    const listeners = vscode.Disposable.from(
      menu.onDidAccept(() => end(menu.activeItems[0])),
      menu.onDidHide(() => end(undefined)),
    );
    const end = (entry: Entry | undefined): void => {
      listeners.dispose();
      resolve(entry);
    };
  });
}

function caption(library: Library, filter: Filter): string {
  const { studies, vocabulary } = library;
  const found = library.filtered(filter).length;
  return isEmptyFilter(filter)
    ? vscode.l10n.t('All {0} studies are shown; choose what to filter by', studies.length)
    : vscode.l10n.t('{0}: {1} of {2} studies', describeFilter(filter, vocabulary), found, studies.length);
}

function entries(library: Library, filter: Filter): Entry[] {
  const { conditions, designs, topics } = library.vocabulary;
  const { t } = vscode.l10n;
  const done: Entry = { label: `$(check) ${t('Done')}` };
  const clear: Entry = { label: `$(clear-all) ${t('Clear the Filter')}`, run: async () => emptyFilter };
  return [
    ...(isEmptyFilter(filter) ? [] : [done]),
    { label: `$(case-sensitive) ${t('Text')}`, description: filter.text || t('any'), run: () => askText(filter) },
    facet(library, filter, '$(heart)', t('Condition'), 'conditions', conditions, study => study.conditions),
    facet(library, filter, '$(beaker)', t('Design'), 'designs', designs, study => [study.design]),
    facet(library, filter, '$(tag)', t('Topic'), 'topics', topics, study => study.topics),
    { label: `$(calendar) ${t('Years')}`, description: yearsText(filter) || t('any'), run: () => askYears(filter) },
    mark(filter, '$(quote)', t('Has quotes'), 'hasQuote'),
    mark(filter, '$(info)', t('Has notices'), 'hasNotice'),
    ...(isEmptyFilter(filter) ? [] : [clear]),
  ];
}

function mark(filter: Filter, icon: string, name: string, field: 'hasQuote' | 'hasNotice'): Entry {
  return {
    label: `${icon} ${name}`,
    description: filter[field] ? vscode.l10n.t('yes') : vscode.l10n.t('any'),
    run: async () => ({ ...filter, [field]: !filter[field] }),
  };
}

type Facet = 'conditions' | 'designs' | 'topics';

function facet(
  library: Library,
  filter: Filter,
  icon: string,
  name: string,
  field: Facet,
  terms: readonly Term[],
  wordsOf: (study: Study) => readonly string[],
): Entry {
  const chosen = filter[field];
  const rest = library.filtered({ ...filter, [field]: [] });
  return {
    label: `${icon} ${name}`,
    description: chosen.map(id => label(terms, id)).join(', ') || vscode.l10n.t('any'),
    run: async () => {
      const items = terms.map(term => ({
        id: term.id,
        label: term.label,
        description: String(rest.filter(study => wordsOf(study).includes(term.id)).length),
        picked: chosen.includes(term.id),
      }));
      const picked = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t('Filter Studies: {0}', name),
        placeHolder: vscode.l10n.t('Choose one or several; none means any'),
        canPickMany: true,
      });
      return picked && { ...filter, [field]: picked.map(each => each.id) };
    },
  };
}

async function askText(filter: Filter): Promise<Filter | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Studies: Text'),
    prompt: vscode.l10n.t('Words of the title, the authors, the journal or the finding; empty means any'),
    value: filter.text,
  });
  return text === undefined ? undefined : { ...filter, text: text.trim() };
}

function yearsText({ yearFrom, yearTo }: Filter): string {
  return yearFrom === undefined && yearTo === undefined
    ? ''
    : yearFrom === yearTo
      ? String(yearFrom)
      : `${yearFrom ?? ''}-${yearTo ?? ''}`;
}

const yearsPattern = /^(\d{4})?(\s*[-–]\s*)?(\d{4})?$/;

async function askYears(filter: Filter): Promise<Filter | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Studies: Years'),
    prompt: vscode.l10n.t('A year or a range: 2021, 2019-2024, 2019- or -2015; empty means any'),
    value: yearsText(filter),
    validateInput: value =>
      parseYears(value)
        ? undefined
        : vscode.l10n.t('Write it as 2021, 2019-2024, 2019- or -2015, the earlier year first.'),
  });
  const years = text === undefined ? undefined : parseYears(text);
  if (!years) {
    return undefined;
  }
  const { yearFrom: _from, yearTo: _to, ...rest } = filter;
  return { ...rest, ...years };
}

function parseYears(text: string): Pick<Filter, 'yearFrom' | 'yearTo'> | undefined {
  const match = yearsPattern.exec(text.trim());
  if (!match || (match[1] && match[3] && (!match[2] || match[1] > match[3]))) {
    return undefined;
  }
  const [, from, dash, to] = match;
  const last = to ?? (dash ? undefined : from);
  return { ...(from && { yearFrom: Number(from) }), ...(last && { yearTo: Number(last) }) };
}
