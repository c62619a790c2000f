import * as vscode from 'vscode';

/** What a question answers: part of what is being chosen, the wish to go back, or nothing on Escape. */
export type Answer<D> = Partial<D> | 'back' | undefined;

/** Where a question stands among the others. */
export interface Turn {
  readonly step: number;
  readonly of: number;
  readonly canGoBack: boolean;
}

export interface Question<D> {
  readonly applies: (draft: Partial<D>) => boolean;
  readonly ask: (draft: Partial<D>, turn: Turn) => Promise<Answer<D>>;
}

/** Asks one question after the other, back and forth; what was answered stays. Nothing on Escape. */
export async function askAll<D>(given: Partial<D>, questions: readonly Question<D>[]): Promise<Partial<D> | undefined> {
  const asked: number[] = [];
  let draft = given;
  for (let index = 0; index < questions.length; ) {
    const question = questions[index]!;
    if (!question.applies(draft)) {
      index += 1;
      continue;
    }
    const of = questions.filter(each => each.applies(draft)).length;
    const answer = await question.ask(draft, { step: asked.length + 1, of: Math.max(of, asked.length + 1), canGoBack: asked.length > 0 });
    if (answer === undefined) {
      return undefined;
    }
    if (answer === 'back') {
      index = asked.pop() ?? 0;
    } else {
      asked.push(index);
      draft = { ...draft, ...answer };
      index += 1;
    }
  }
  return draft;
}

export interface ListOptions<T extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly turn: Turn;
  readonly items: readonly T[];
  readonly several?: boolean;
  /** The row at which the list begins. */
  readonly active?: T | undefined;
  /** Why these rows can't be taken; the list stays open and says so. */
  readonly fault?: (rows: readonly T[]) => string | undefined;
}

/** A list to choose from, with a way back. */
export function askList<T extends vscode.QuickPickItem>(options: ListOptions<T>): Promise<readonly T[] | 'back' | undefined> {
  const picker = vscode.window.createQuickPick<T>();
  prepare(picker, options.title, options.turn);
  picker.placeholder = options.placeholder;
  picker.canSelectMany = options.several === true;
  picker.items = options.items;
  picker.selectedItems = options.several ? options.items.filter(({ picked }) => picked) : [];
  if (options.active) {
    picker.activeItems = [options.active];
  }
  return answerOf(picker, () => {
    const rows = options.several ? picker.selectedItems : picker.activeItems;
    const fault = rows.length === 0 ? options.placeholder : options.fault?.(rows);
    picker.placeholder = fault ?? options.placeholder;
    return fault === undefined ? rows : undefined;
  });
}

export function prepare(picker: vscode.QuickPick<vscode.QuickPickItem>, title: string, { step, of, canGoBack }: Turn): void {
  picker.title = title;
  picker.step = step;
  picker.totalSteps = of;
  picker.ignoreFocusOut = true;
  picker.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

/** Shows a list until it is accepted (with what `accept` then answers, if it does), left, or gone back from. */
export function answerOf<R>(picker: vscode.QuickPick<vscode.QuickPickItem>, accept: () => R | undefined): Promise<R | 'back' | undefined> {
  return new Promise<R | 'back' | undefined>(resolve => {
    picker.onDidAccept(() => {
      const answer = accept();
      if (answer !== undefined) {
        resolve(answer);
      }
    });
    picker.onDidTriggerButton(() => resolve('back'));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  }).finally(() => picker.dispose());
}
