import * as vscode from 'vscode';
import type { StylePrinter } from '../../core/printing/stylePrinter.ts';
import { sampleOf } from '../../core/styleSample.ts';
import type { NamedStyle, StyleCatalogue } from '../../core/styleCatalogue.ts';
import { StyleSearch } from '../../core/styleSearch.ts';
import { styles as common } from '../../core/styles.ts';
import type { CitationToPrint } from '../../core/typeset/typesetter.ts';
import { aTurn, inSlices, quietly, Stopped } from '../../editor/edges.ts';

interface Row extends vscode.QuickPickItem {
  readonly style?: NamedStyle;
}

/** What the picker works with. */
export interface StyleChoosing {
  readonly title: string;
  /** The name in force, and the names chosen lately. */
  readonly inForce: string;
  readonly recent: readonly string[];
  readonly catalogue: Promise<StyleCatalogue>;
  /** What samples print. */
  readonly citation: Promise<CitationToPrint | undefined>;
  /** To be ended. Rejects in plain words where the style can't be used. */
  printer(name: string): Promise<StylePrinter>;
  readonly log: vscode.LogOutputChannel;
}

const most = 60;
/** The writer has paused for so long (ms) before samples are printed: each takes a tenth of a second. */
const pause = 250;

/** Lets the writer choose a style; nothing on Escape. */
export function pickStyle(choosing: StyleChoosing): Promise<NamedStyle | undefined> {
  return new Promise(resolve => {
    const session = new Session(choosing, resolve);
    session.show();
  });
}

class Session {
  readonly #choosing: StyleChoosing;
  readonly #picker = vscode.window.createQuickPick<Row>();
  readonly #samples = new Map<string, string>();
  #catalogue: StyleCatalogue | undefined;
  #search: StyleSearch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #stop = new vscode.CancellationTokenSource();

  constructor(choosing: StyleChoosing, end: (style: NamedStyle | undefined) => void) {
    this.#choosing = choosing;
    const picker = this.#picker;
    picker.title = choosing.title;
    picker.placeholder = vscode.l10n.t('A journal, a style, a field (medicine) or a format (numeric, author-date, footnotes)');
    picker.keepScrollPosition = true;
    if ('sortByLabel' in picker) {
      picker.sortByLabel = false;
    }
    picker.onDidChangeValue(() => this.#list());
    picker.onDidAccept(() => {
      const style = picker.activeItems[0]?.style;
      if (style) {
        end(style);
        picker.hide();
      }
    });
    picker.onDidHide(() => {
      end(undefined);
      clearTimeout(this.#timer);
      this.#turn += 1;
      this.#stop.cancel();
      picker.dispose();
    });
  }

  show(): void {
    const { log } = this.#choosing;
    this.#picker.busy = true;
    this.#picker.show();
    void quietly(log, async () => {
      try {
        this.#catalogue = await this.#choosing.catalogue;
        this.#list();
        this.#search = await inSlices(StyleSearch.of(this.#catalogue), this.#stop.token);
        this.#list();
      } catch (error) {
        if (!(error instanceof Stopped)) {
          this.#picker.items = [{ label: vscode.l10n.t('The styles can’t be read: {0} Reinstall the extension to mend it.', text(error)), alwaysShow: true }];
          throw error;
        }
      } finally {
        this.#picker.busy = false;
      }
    });
  }

  #list(): void {
    if (!this.#catalogue) {
      return;
    }
    const query = this.#picker.value.trim();
    if (query !== '' && !this.#search) {
      return;
    }
    this.#turn += 1;
    const sections = query === '' ? this.#sections(this.#catalogue) : [{ label: undefined, styles: this.#search!.find(query, most) }];
    this.#set(sections);
    clearTimeout(this.#timer);
    const turn = this.#turn;
    this.#timer = setTimeout(() => void quietly(this.#choosing.log, () => this.#print(sections, turn)), pause);
  }

  #sections(catalogue: StyleCatalogue): readonly Section[] {
    const { t } = vscode.l10n;
    const named = (names: readonly string[]): NamedStyle[] => [...new Set(names)].flatMap(name => catalogue.named(name) ?? []);
    const recent = named([this.#choosing.inForce, ...this.#choosing.recent]);
    const others = named(common.map(({ id }) => id)).filter(style => !recent.some(each => nameOf(each) === nameOf(style)));
    return [{ label: t('in force, and chosen lately'), styles: recent }, { label: t('common styles; type to search all'), styles: others }];
  }

  #set(sections: readonly Section[]): void {
    const active = this.#picker.activeItems[0]?.style;
    const rows = sections.flatMap(({ label, styles }) => [
      ...(label !== undefined && styles.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }] : []),
      ...styles.map(style => this.#row(style)),
    ]);
    const none = vscode.l10n.t('No journal and no style is named so. Style files of your own: the setting “Style File”, or csl: in the metadata.');
    this.#picker.items = rows.length > 0 ? rows : [{ label: none, alwaysShow: true }];
    const again = active && rows.find((row): row is Row => 'style' in row && row.style === active);
    if (again) {
      this.#picker.activeItems = [again];
    }
  }

  #row(style: NamedStyle): Row {
    const shown = commonLabel(style);
    const isInForce = nameOf(style) === this.#choosing.inForce;
    return {
      label: `${isInForce ? '$(check) ' : ''}${shown ?? style.label}`,
      description: [...(shown !== undefined ? [style.label] : []), ...(style.title === undefined ? [] : [style.title]), formatLabel(style.format)].filter(Boolean).join(' · '),
      // Never empty: a row that gets its second line later would push the others down.
      detail: this.#samples.get(style.name) ?? '…',
      alwaysShow: true,
      style,
    };
  }

  /** Prints samples one after the other, for as long as the list stays the same. */
  async #print(sections: readonly Section[], turn: number): Promise<void> {
    const citation = await this.#choosing.citation;
    const names = [...new Set(sections.flatMap(({ styles }) => styles.map(({ name }) => name)))];
    for (const name of names) {
      if (turn !== this.#turn || !citation) {
        return;
      }
      if (!this.#samples.has(name)) {
        this.#samples.set(name, await this.#sample(name, citation));
        if (turn === this.#turn) {
          this.#set(sections);
        }
        await aTurn();
      }
    }
  }

  async #sample(name: string, citation: CitationToPrint): Promise<string> {
    try {
      const printer = await this.#choosing.printer(name);
      return await sampleOf(printer.document(), citation).finally(() => printer.end());
    } catch (error) {
      return vscode.l10n.t('This style can’t be used: {0}', text(error));
    }
  }
}

interface Section {
  readonly label: string | undefined;
  readonly styles: readonly NamedStyle[];
}

/** What settings hold: a journal by its own name, so that a reader of the settings knows it again. */
export function nameOf({ name, label, title }: NamedStyle): string {
  return title === undefined ? name : label;
}

function commonLabel({ name, title }: NamedStyle): string | undefined {
  return title === undefined ? common.find(({ id }) => id === name)?.label : undefined;
}

function formatLabel(format: string): string {
  const { t } = vscode.l10n;
  const labels: Readonly<Record<string, string>> = {
    'author-date': t('author and date'), author: t('author'), numeric: t('numbers'), note: t('footnotes'), label: t('labels'),
  };
  return labels[format] ?? '';
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
