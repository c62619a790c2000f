import * as vscode from 'vscode';
import { isForQuarto, outputName, targetsFor, type Format, type Target, type Tool } from '../../core/build/target.ts';
import { nameOf } from '../../editor/files.ts';
import type { Found } from './host.ts';

const { t } = vscode.l10n;

export const toolNames: Readonly<Record<Tool, string>> = { pandoc: 'Pandoc', quarto: 'Quarto' };

const icons: Readonly<Record<Format, string>> = { docx: '$(file)', pdf: '$(file-pdf)', html: '$(globe)' };

function formatName(format: Format): string {
  return format === 'docx' ? t('Word') : format === 'pdf' ? t('PDF') : t('HTML');
}

interface Row extends vscode.QuickPickItem {
  readonly target: Target;
}

/** Asks what to build, the last choice first. Nothing on Escape. */
export async function chooseTarget({ uri }: vscode.TextDocument, found: readonly Found[], last: Target | undefined): Promise<Target | undefined> {
  const name = nameOf(uri);
  const hasQuarto = found.some(({ tool }) => tool === 'quarto');
  const rows = targetsFor(name, found.map(({ tool }) => tool), last).map((target): Row => {
    const { format, tool } = target;
    const isLast = format === last?.format && tool === last.tool;
    const description = t('with {0}, {1}', toolNames[tool], outputName(name, format));
    return { target, label: `${icons[format]} ${formatName(format)}`, description: isLast ? t('{0} (last time)', description) : description };
  });
  const note = isForQuarto(name) && !hasQuarto ? t('Quarto was not found. Pandoc runs no code and knows none of Quarto’s own syntax.') : undefined;
  const placeHolder = note ?? t('What to build of {0}', name);
  return (await vscode.window.showQuickPick(rows, { title: t('Build {0}', name), placeHolder, matchOnDescription: true }))?.target;
}

const homepages: Readonly<Record<Tool, string>> = { pandoc: 'https://pandoc.org/installing.html', quarto: 'https://quarto.org/docs/get-started/' };

/** Says that a tool is not there, where to get it, and which setting tells where it is. */
export async function tellMissing(tool: Tool): Promise<void> {
  const [get, set] = [t('Get {0}', toolNames[tool]), t('Open Settings')];
  const setting = `ketamineCitations.build.${tool}`;
  const words = t('{0} was not found on this machine. Install it, or tell in the setting {1} where it is.', toolNames[tool], setting);
  const chosen = await vscode.window.showErrorMessage(words, get, set);
  if (chosen === get) {
    await vscode.env.openExternal(vscode.Uri.parse(homepages[tool]));
  } else if (chosen === set) {
    await vscode.commands.executeCommand('workbench.action.openSettings', setting);
  }
}
