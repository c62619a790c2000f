import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withNotebook } from '../support/actions.ts';
import { read, run, withSettings, write } from '../support/editor.ts';
import { addressOf, withFiles } from '../support/files.ts';

const choice = '"columns":["citation","n"],"order":"cited"';
const given = { studies: 'cited', columns: ['citation', 'n'], order: 'cited', to: 'caret' };
const empty = `<!-- evidence-table: {"studies":"cited",${choice}} -->\n\n<!-- evidence-table:end -->`;
const rows = (...keys: readonly string[]): string => keys.map(key => `| [@${key}] | ${sizes[key]} |\n`).join('');
const sizes: Readonly<Record<string, string>> = { feder2021: '30', dore2019: '235' };
const table = (body: string): RegExp =>
  new RegExp(`<!-- evidence-table: ${escaped(`{"studies":"cited",${choice}}`)} -->\\n\\n\\| Study \\| n \\|\\n\\| :-+ \\| -+: \\|\\n${escaped(body)}\\n<!-- evidence-table:end [0-9a-f]{8} -->`);

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Presses Enter until the command has come to its end: each question's first answer goes on. */
async function accepting(command: Promise<void>): Promise<void> {
  let isDone = false;
  const end = command.then(() => (isDone = true));
  for (let tries = 0; tries < 60 && !isDone; tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  await end;
}

const undo = (): Thenable<unknown> => vscode.commands.executeCommand('undo');

describe('Evidence tables', () => {
  it('are inserted at the caret, as one step to undo', async () => {
    const editor = await write('As shown [@feder2021; @dore2019].\n\n|\n\nMore.\n');
    const before = editor.document.getText();
    await run('insertEvidenceTable', given);
    const text = read(editor);
    assert.match(text, table(rows('feder2021', 'dore2019')));
    assert.match(text, /^As shown \[@feder2021; @dore2019\]\.\n\n<!--/);
    assert.match(text, /-->\n\|\n\nMore\.\n$/);
    await undo();
    assert.equal(editor.document.getText(), before);
  });
  it('go behind the paragraph in which the caret stands', async () => {
    const editor = await write('As shown| [@feder2021].\nIt goes on.\n\nMore.\n');
    await run('insertEvidenceTable', given);
    assert.match(editor.document.getText(), /^As shown \[@feder2021\]\.\nIt goes on\.\n\n<!-- evidence-table: [^]* -->\n\nMore\.\n$/);
  });
  it('are written in CRLF where the manuscript is', async () => {
    const editor = await write('As shown [@feder2021].\n\n|', 'markdown', vscode.EndOfLine.CRLF);
    await run('insertEvidenceTable', given);
    const text = editor.document.getText();
    assert.equal(text.replaceAll('\r\n', '').match(/[\r\n]/), null);
    await run('updateEvidenceTables');
    assert.equal(editor.document.getText(), text);
  });
  it('are not made of nothing', async () => {
    const editor = await write('Nothing yet.\n\n|');
    await run('insertEvidenceTable', given);
    assert.equal(read(editor), 'Nothing yet.\n\n|');
  });
  it('ask for what is not given; Enter takes the first answer', async () => {
    const editor = await write('As shown [@feder2021].\n\n|');
    await accepting(run('insertEvidenceTable'));
    assert.match(editor.document.getText(), /^As shown \[@feder2021\]\.\n\n<!-- evidence-table: \{"studies":"cited","columns":\["citation",[^\]]*\],"order":"cited"\} -->\n\n\| Study \|/);
  });
  it('are of what a filter finds, and keep the filter', async () => {
    const editor = await write('|');
    await run('insertEvidenceTable', { ...given, studies: 'condition:ocd', order: 'year' });
    assert.match(editor.document.getText(), /^<!-- evidence-table: \{"studies":"condition:ocd",/);
  });
  it('are updated when what is cited changes, all as one step to undo, and nothing else is', async () => {
    const editor = await write(`A [@feder2021].\n\n${empty}\n\nB [@dore2019]|.\n\n${empty}\n\nC\n`);
    const before = editor.document.getText();
    await run('updateEvidenceTables');
    const both = rows('feder2021', 'dore2019');
    const text = editor.document.getText();
    assert.match(text, new RegExp(`^A \\[@feder2021\\]\\.\\n\\n${table(both).source}\\n\\nB \\[@dore2019\\]\\.\\n\\n${table(both).source}\\n\\nC\\n$`));
    await run('updateEvidenceTables');
    assert.equal(editor.document.getText(), text);
    await undo();
    assert.equal(editor.document.getText(), before);
  });
  it('are left as they are where their mark is not understood or a cell was changed by hand', async () => {
    const broken = empty.replace('"order"', '"ordre"');
    const editor = await write(`A [@feder2021].\n\n${broken}\n\n${empty}\n|`);
    await run('updateEvidenceTables');
    const text = editor.document.getText();
    assert.ok(text.includes(broken));
    assert.match(text, table(rows('feder2021')));
    const at = editor.document.positionAt(text.indexOf('| 30 |') + 2);
    await editor.edit(builder => builder.insert(at, 'about '));
    await run('updateEvidenceTables');
    assert.ok(editor.document.getText().includes('| about 30 |'));
  });
  it('have an action above them', async () => {
    const editor = await write(`A\n\n${empty}\n\n\`\`\`\n${empty}\n\`\`\`\n|`);
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', editor.document.uri, 100);
    const ours = all.filter(({ command }) => command?.command === 'ketamineCitations.updateEvidenceTables');
    assert.deepEqual(ours.map(({ range }) => range.start.line), [2]);
  });
  for (const [isOn, expected] of [[true, rows('feder2021')], [false, '']] as const) {
    it(`are ${isOn ? '' : 'not '}updated on save where the writer ${isOn ? 'wants' : 'does not want'} it`, () =>
      withSettings({ 'evidenceTable.updateOnSave': isOn }, () =>
        withFiles({ 'm.md': `A [@feder2021].\n\n${empty}\n` }, async () => {
          const document = await vscode.workspace.openTextDocument(addressOf('m.md'));
          const editor = await vscode.window.showTextDocument(document);
          // The editor asks for these by itself, and before a writer's first save.
          await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);
          await editor.edit(builder => builder.insert(new vscode.Position(0, 0), 'So. '));
          await document.save();
          const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf('m.md')));
          assert.equal(saved, document.getText());
          assert.equal(table(expected).test(saved), isOn);
        }),
      ));
  }
  it('are written into a file, and no file is replaced unasked', () =>
    withFiles({ 'm.md': 'A [@feder2021].\n' }, async () => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(addressOf('m.md')));
      const file = addressOf('table.csv');
      const text = async (): Promise<string> => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(file));
      await run('insertEvidenceTable', { ...given, to: 'csv', file: file.toString() });
      assert.equal(await text(), '\ufeffStudy,n\r\n[@feder2021],30\r\n');
      await run('insertEvidenceTable', { ...given, studies: ['dore2019'], to: 'csv', file: file.toString() });
      assert.equal(await text(), '\ufeffStudy,n\r\n[@feder2021],30\r\n');
      const tsv = addressOf('table.tsv');
      await run('insertEvidenceTable', { ...given, studies: ['dore2019'], to: 'tsv', file: tsv.toString() });
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(tsv)), 'Study\tn\n[@dore2019]\t235\n');
      assert.equal(editor.document.getText(), 'A [@feder2021].\n');
    }));
  it('of a notebook tell what all its cells cite', () =>
    withNotebook([`A [@feder2021].\n\n${empty}`, 'B [@dore2019].'], async ([first]) => {
      await run('updateEvidenceTables');
      assert.match(first!.getText(), table(rows('feder2021', 'dore2019')));
    }));
});
