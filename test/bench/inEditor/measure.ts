import * as vscode from 'vscode';

/** The queries to type, and a long manuscript to rest the mouse in; set by the bundler. */
declare const QUERIES: readonly string[];
declare const MANUSCRIPT: string;

const hovers = 200;
/** Queries that are typed in the long manuscript. */
const longQueries = 40;

interface Captured {
  readonly provider: vscode.CompletionItemProvider;
  readonly hover: vscode.HoverProvider;
  /** Milliseconds. */
  readonly loaded: number;
  readonly activated: number;
}

/** Runs in the extension host of a real VS Code; prints its figures as one line behind `FIGURES`. */
export async function run(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: QUERIES.map(query => `As shown @${query}`).join('\n'),
  });
  await vscode.window.showTextDocument(document);
  const { provider, hover, loaded, activated } = (await vscode.extensions
    .getExtension('ketamine-citations.ketamine-citations')!
    .activate()) as Captured;
  const ask = async (line: number, character: number): Promise<number> => {
    const position = new vscode.Position(line, character);
    const started = performance.now();
    await provider.provideCompletionItems(document, position, new vscode.CancellationTokenSource().token, {
      triggerKind: vscode.CompletionTriggerKind.Invoke,
      triggerCharacter: undefined,
    });
    return performance.now() - started;
  };
  const start = 'As shown @'.length;
  const first = await ask(0, start);
  const times: number[] = [];
  for (const [line, query] of QUERIES.entries()) {
    for (let typed = 1; typed <= query.length; typed += 1) {
      times.push(await ask(line, start + typed));
    }
  }
  const longTimes = await timeKeys(provider);
  const hoverTimes = await timeHovers(hover);
  const activation = await activationTimes();
  console.log(`FIGURES ${JSON.stringify({ loaded, activated, first, times, longTimes, hoverTimes, activation })}`);
}

/** Types queries in the middle of a long manuscript; milliseconds of the list after each key. */
async function timeKeys(provider: vscode.CompletionItemProvider): Promise<readonly number[]> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: MANUSCRIPT });
  const editor = await vscode.window.showTextDocument(document);
  const middle = MANUSCRIPT.indexOf('\n\n', MANUSCRIPT.length >> 1) + 2;
  let offset = middle;
  const type = async (text: string): Promise<void> => {
    await editor.edit(builder => builder.insert(document.positionAt(offset), text));
    offset += text.length;
  };
  const times: number[] = [];
  for (const query of QUERIES.slice(0, longQueries)) {
    await type('As shown @');
    for (const char of query) {
      await type(char);
      const started = performance.now();
      await provider.provideCompletionItems(document, document.positionAt(offset), new vscode.CancellationTokenSource().token, {
        triggerKind: vscode.CompletionTriggerKind.TriggerForIncompleteCompletions,
        triggerCharacter: undefined,
      });
      times.push(performance.now() - started);
    }
    await type('.\n\n');
  }
  return times;
}

/** Rests the mouse on citations all over a long manuscript that has been read; milliseconds of each. */
async function timeHovers(provider: vscode.HoverProvider): Promise<readonly number[]> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: MANUSCRIPT });
  const keys = Array.from(MANUSCRIPT.matchAll(/(?<=[[ -]@)\w+/g), ({ index }) => document.positionAt(index + 1));
  const ask = async (position: vscode.Position): Promise<number> => {
    const started = performance.now();
    await provider.provideHover(document, position, new vscode.CancellationTokenSource().token);
    return performance.now() - started;
  };
  await ask(keys[0]!);
  const times: number[] = [];
  for (let index = 0; index < hovers; index += 1) {
    times.push(await ask(keys[Math.floor((index * keys.length) / hovers)]!));
  }
  return times;
}

/** VS Code's own account of "Call Activate" (ms), for us and for its Markdown extension. */
async function activationTimes(): Promise<Readonly<Record<string, number>>> {
  // The built-in extension is activated by opening a Markdown file; asking makes sure that it is done.
  await vscode.extensions.getExtension('vscode.markdown-language-features')?.activate();
  await vscode.commands.executeCommand('perfview.show');
  for (let tries = 0; tries < 50; tries += 1) {
    const text = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
    const rows = Array.from(
      text.matchAll(/^\|\s*([\w.-]+)\s*\|[^|]*\|\s*\d+\s*\|\s*(\d+)\s*\|/gm),
      ([, id = '', call = '']) => [id, Number(call)] as const,
    );
    if (rows.length > 0) {
      return Object.fromEntries(rows);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return {};
}
