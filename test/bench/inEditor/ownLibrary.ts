import * as vscode from 'vscode';
import { ask, loaded, open } from './asking.ts';

/** What is typed, and a key of the file; set by the bundler. */
declare const QUERIES: readonly string[];
declare const KEY: string;

/** Runs in the extension host of a real VS Code; prints its figures as one line behind `FIGURES`. */
export async function run(): Promise<void> {
  const took = await loaded('small.md', KEY);
  const times = await timeKeys(await open('small.md'));
  const baselineTimes = await timeBaseline();
  console.log(`FIGURES ${JSON.stringify({ took, times, baselineTimes })}`);
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
