import * as vscode from 'vscode';

/** What is typed, and a key of each file; set by the bundler. */
declare const QUERIES: readonly string[];
declare const KEYS: { readonly small: string; readonly large: string };

/** Runs in the extension host of a real VS Code; prints its figures as one line behind `FIGURES`. */
export async function run(): Promise<void> {
  const loadedSmall = await loaded('small.md', KEYS.small);
  const times = await timeKeys(await open('small.md'));
  const baselineTimes = await timeBaseline();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const before = process.memoryUsage().heapUsed;
  const quiet = await longestGap(() => new Promise(resolve => setTimeout(resolve, 3000)));
  let loadedLarge = 0;
  const longest = await longestGap(async () => {
    loadedLarge = await loaded('large.md', KEYS.large);
  });
  const heap = process.memoryUsage().heapUsed - before;
  console.log(`FIGURES ${JSON.stringify({ loadedSmall, loadedLarge, times, baselineTimes, quiet, longest, heap })}`);
}

function open(name: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name));
}

/** Milliseconds until an entry of the manuscript's bibliography is offered. */
async function loaded(name: string, key: string): Promise<number> {
  const document = await open(name);
  const started = performance.now();
  await vscode.window.showTextDocument(document);
  const line = document.getText().split('\n').indexOf(`@${key}`);
  for (;;) {
    const list = await ask(document, new vscode.Position(line, key.length + 1));
    if (list.items.some(({ label }) => label === key || (typeof label === 'object' && label.label === key))) {
      return performance.now() - started;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function ask(document: vscode.TextDocument, position: vscode.Position): Thenable<vscode.CompletionList> {
  return vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
}

async function timeKeys(document: vscode.TextDocument): Promise<readonly number[]> {
  const lines = document.getText().split('\n');
  const times: number[] = [];
  for (const query of QUERIES) {
    const line = lines.indexOf(`@${query}`);
    for (let typed = 1; typed <= query.length; typed += 1) {
      const started = performance.now();
      await ask(document, new vscode.Position(line, typed + 1));
      times.push(performance.now() - started);
    }
  }
  return times;
}

/**
 * What the common extension for Pandoc citations does at every key: it makes an item of each entry whose text holds what was
 * typed, and hands all of them over.
 */
async function timeBaseline(): Promise<readonly number[]> {
  const bibliography = (await open('small.bib')).getText();
  const entries = bibliography.split(/^(?=@)/m).map(text => ({ key: /\{([^,]*),/.exec(text)?.[1] ?? '', text }));
  const provider = vscode.languages.registerCompletionItemProvider({ language: 'plaintext' }, {
    provideCompletionItems: (document, position) => {
      const word = /@(.*)$/.exec(document.lineAt(position).text.slice(0, position.character))?.[1]?.toLowerCase() ?? '';
      return entries
        .filter(({ text }) => text.toLowerCase().includes(word))
        .map(({ key, text }) => {
          const item = new vscode.CompletionItem(key, vscode.CompletionItemKind.Reference);
          item.documentation = new vscode.MarkdownString(text);
          item.filterText = text;
          return item;
        });
    },
  });
  const content = QUERIES.map(query => `@${query}`).join('\n');
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
  const times = (await timeKeys(document)).slice();
  provider.dispose();
  return times;
}

interface Gap {
  /** The longest time (ms) for which nothing else in the extension host got its turn. */
  readonly wall: number;
  /** The most that the host’s thread worked (ms) between two turns: without what it waited for other processes. */
  readonly work: number;
}

async function longestGap(work: () => Promise<void>): Promise<Gap> {
  let longest: Gap = { wall: 0, work: 0 };
  let last = performance.now();
  let worked = threadTime();
  const timer = setInterval(() => {
    const [now, ofThread] = [performance.now(), threadTime()];
    longest = { wall: Math.max(longest.wall, now - last - 1), work: Math.max(longest.work, ofThread - worked) };
    [last, worked] = [now, ofThread];
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

/** VS Code's own Node has this; the floor of the scripts, to which the types belong, has not. */
const host = process as NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage };

function threadTime(): number {
  const { user, system } = host.threadCpuUsage();
  return (user + system) / 1000;
}
