import * as vscode from 'vscode';
import { foundRow } from '../core/describe.ts';
import type { Library, Matched } from '../core/library.ts';
import type { QualifierCompletion } from '../core/search/complete.ts';
import type { Entry } from '../core/study.ts';
import { completionRows, keepOrder, type QueryRow } from './filterPicker.ts';

/** An action on one row, by mouse or by Ctrl+→ and Enter. */
export interface RowButton extends vscode.QuickInputButton {
  fits(study: Entry): boolean;
  /** Whether the picker closes, as it does when the text goes into the manuscript. */
  readonly closes: boolean;
  run(study: Entry): Promise<void>;
}

export interface PickOptions {
  readonly title: string;
  readonly fits?: (study: Entry) => boolean;
  readonly buttons?: readonly RowButton[];
  /** Offers to tick several; `at once` begins so. */
  readonly several?: boolean | 'at once';
  /** Offers to go back, where this is one of several questions; the picker then answers nothing. */
  readonly onBack?: () => void;
  /** The keys cited in the manuscript; they break ties. */
  readonly cited?: ReadonlySet<string>;
}

interface Row extends QueryRow {
  readonly study?: Entry;
  /** Shows all qualifiers. */
  readonly opens?: boolean;
}

const most = 50;

/**
 * Searches while the writer types; answers the studies chosen, or nothing on Escape. It opens before the studies are
 * read, for a quick writer's first letters would go into the manuscript otherwise.
 */
export async function pickStudies(
  source: Promise<Library>,
  options: PickOptions,
): Promise<readonly Entry[] | undefined> {
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = options.title;
  picker.placeholder = vscode.l10n.t('Words of a study, or condition: design: comparator: result: n: …');
  picker.busy = true;
  let isHidden = false;
  picker.onDidHide(() => (isHidden = true));
  picker.show();
  try {
    const library = await source;
    picker.busy = false;
    // Escape may have come before the studies.
    return isHidden ? undefined : await choose(picker, library, options);
  } finally {
    picker.dispose();
  }
}

function choose(
  picker: vscode.QuickPick<Row>,
  library: Library,
  options: PickOptions,
): Promise<readonly Entry[] | undefined> {
  return new Promise(resolve => {
    const session = new Session(picker, library, options);
    const end = (studies: readonly Entry[] | undefined): void => {
      resolve(studies);
      picker.hide();
    };
    picker.onDidChangeValue(() => session.refresh());
    picker.onDidChangeSelection(rows => session.keep(rows));
    picker.onDidTriggerButton(button => {
      if (button === vscode.QuickInputButtons.Back) {
        options.onBack?.();
        end(undefined);
      } else {
        session.toggleSeveral();
      }
    });
    picker.onDidTriggerItemButton(({ item, button }) => void press(item, button as RowButton, end));
    picker.onDidAccept(() => {
      const studies = session.accept();
      if (studies) {
        end(studies);
      }
    });
    picker.onDidHide(() => resolve(undefined));
    session.refresh();
  });
}

async function press({ study }: Row, button: RowButton, end: (studies: undefined) => void): Promise<void> {
  if (button.closes) {
    end(undefined);
  }
  if (study) {
    await button.run(study);
  }
}

class Session {
  readonly #picker: vscode.QuickPick<Row>;
  readonly #library: Library;
  readonly #options: PickOptions;
  /** What is ticked stays so while the query changes. */
  readonly #ticked = new Map<string, Entry>();
  #isRefreshing = false;
  /** The query for which all qualifiers are shown. */
  #opened: string | undefined;

  constructor(picker: vscode.QuickPick<Row>, library: Library, options: PickOptions) {
    this.#picker = picker;
    this.#library = library;
    this.#options = options;
    keepOrder(picker);
    picker.canSelectMany = options.several === 'at once';
    this.#showButtons();
  }

  #showButtons(): void {
    const { several, onBack } = this.#options;
    const icon = new vscode.ThemeIcon(this.#picker.canSelectMany ? 'list-flat' : 'checklist');
    const tooltip = this.#picker.canSelectMany ? vscode.l10n.t('Choose One') : vscode.l10n.t('Choose Several');
    this.#picker.buttons = [...(onBack ? [vscode.QuickInputButtons.Back] : []), ...(several === true ? [{ iconPath: icon, tooltip }] : [])];
  }

  toggleSeveral(): void {
    this.#picker.canSelectMany = !this.#picker.canSelectMany;
    this.#ticked.clear();
    this.#showButtons();
    this.refresh();
  }

  keep(rows: readonly Row[]): void {
    if (this.#isRefreshing || !this.#picker.canSelectMany) {
      return;
    }
    this.#ticked.clear();
    for (const { study } of rows) {
      if (study) {
        this.#ticked.set(study.id, study);
      }
    }
  }

  /** The studies to go with, or nothing where the row only completed the query. */
  accept(): readonly Entry[] | undefined {
    const { canSelectMany, activeItems } = this.#picker;
    if (canSelectMany && this.#ticked.size > 0) {
      return [...this.#ticked.values()];
    }
    const [row] = activeItems;
    if (row?.opens) {
      this.#opened = this.#picker.value;
      this.refresh();
    }
    if (row?.completes !== undefined) {
      this.#picker.value = row.completes;
      this.refresh();
    }
    return row?.study && [row.study];
  }

  refresh(): void {
    this.#isRefreshing = true;
    const rows = this.#rows(this.#picker.value);
    this.#picker.items = rows;
    this.#picker.selectedItems = this.#picker.canSelectMany
      ? rows.filter(({ study }) => study && this.#ticked.has(study.id))
      : [];
    this.#isRefreshing = false;
  }

  #rows(query: string): Row[] {
    const { fits = () => true, cited = new Set<string>() } = this.#options;
    const { found, problems, completions } = this.#library.find(query, { limit: most, cited, fits });
    const ticked = [...this.#ticked.values()];
    const offered = this.#picker.canSelectMany ? [] : this.#offered(query, completions);
    // Enter after a space still takes the first study.
    const isBetweenWords = query.endsWith(' ') && this.#opened !== query;
    const rows: Row[] = [
      ...problems.map(problem => ({ label: `$(warning) ${problem}`, alwaysShow: true })),
      ...(isBetweenWords ? [] : offered),
      ...ticked.map(study => this.#row(study, [])),
      ...found
        .filter(({ study }) => !this.#ticked.has(study.id))
        .map(({ study, matched }) => this.#row(study, query.trim() === '' ? [] : matched())),
      ...(isBetweenWords ? offered : []),
    ];
    return rows.length > 0 ? rows : [nothingRow(query)];
  }

  /** Where a word may begin all qualifiers would push the studies out of sight: one row opens them. */
  #offered(query: string, completions: readonly QualifierCompletion[]): Row[] {
    const isOpen = this.#opened === query;
    if (isOpen || (query !== '' && !query.endsWith(' '))) {
      return completionRows(completions);
    }
    const more = { label: `$(filter) ${vscode.l10n.t('Narrow by condition, design, comparator, result…')}`, opens: true, alwaysShow: true };
    return completions.length > 0 ? [more] : [];
  }

  #row(study: Entry, matched: readonly Matched[]): Row {
    return {
      label: study.id,
      ...foundRow(study, this.#library.vocabulary, matched),
      alwaysShow: true,
      buttons: this.#options.buttons?.filter(button => button.fits(study)) ?? [],
      study,
    };
  }
}

function nothingRow(query: string): Row {
  return {
    label: `$(search) ${vscode.l10n.t('No study matches “{0}”', query)}`,
    detail: vscode.l10n.t(
      'Try fewer words, or a qualifier such as condition:ptsd. The dataset is a selection; a study’s absence means nothing.',
    ),
    alwaysShow: true,
  };
}
