import * as vscode from 'vscode';
import { shortAuthors, yearOf } from '../../core/describe.ts';
import type { Library } from '../../core/library.ts';
import { locatorRemark } from '../../core/quoteBank/locator.ts';
import { joined, readPasted, type Division, type Pasted } from '../../core/quoteBank/pasted.ts';
import type { Entry } from '../../core/study.ts';
import { pickStudies } from '../../editor/picker.ts';

/** The words as they are to be saved: they are shown where they differ from what was selected. Nothing on Escape. */
export async function askWords(pasted: Pasted, raw: string, isUnseen: boolean): Promise<string | undefined> {
  const title = vscode.l10n.t('Save as quote: the words');
  const undivided = pasted.divisions.length > 0 ? await askDivisions(pasted) : [];
  if (!undivided) {
    return undefined;
  }
  const value = joined(pasted.text, undivided);
  if (!isUnseen && value === raw.trim()) {
    return value;
  }
  const prompt = vscode.l10n.t('Compare the words with the source, letter for letter.');
  return vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: words => faultOfWords(words) });
}

function faultOfWords(words: string): string | undefined {
  return words.trim() === '' ? vscode.l10n.t('Write the words of the source.') : undefined;
}

/** Which hyphens at line ends belong to the line's end alone. What likely does is ticked. */
async function askDivisions({ divisions }: Pasted): Promise<readonly Division[] | undefined> {
  const items = divisions.map(division => ({
    label: division.joined,
    description: vscode.l10n.t('instead of {0}', division.written),
    picked: division.isLikely,
    division,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Save as quote: hyphens at line ends'),
    placeHolder: vscode.l10n.t('Tick the words that the source writes without a hyphen'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ division }) => division);
}

/** The citekey: what the manuscript cites behind the words is offered first. Nothing on Escape. */
export async function askKey(source: Promise<Library>, title: string, likely?: string): Promise<string | undefined> {
  const first = likely === undefined ? 'another' : await askLikely(title, likely, (await source).get(likely));
  if (first !== 'another') {
    return first?.key;
  }
  const studies = await pickStudies(source, { title });
  return studies?.[0]?.id;
}

async function askLikely(title: string, key: string, entry: Entry | undefined): Promise<{ key: string } | 'another' | undefined> {
  const { t } = vscode.l10n;
  const items = [
    {
      label: key,
      description: entry ? `${shortAuthors(entry.csl)} ${yearOf(entry.csl)}` : t('cited behind the words, but not in the library'),
      ...(entry && { detail: entry.csl.title }),
      answer: { key: entry?.id ?? key },
    },
    { label: t('Another Work…'), answer: 'another' as const },
  ];
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.answer;
}

/** Where the words stand; may be empty. Nothing on Escape. */
export async function askLocator(key: string, value: string): Promise<string | undefined> {
  const locator = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save as quote: where in {0}', key),
    prompt: vscode.l10n.t('As it is to stand in the citation: p. 3, pp. 3-4, chap. 2'),
    value,
    ignoreFocusOut: true,
    validateInput: written => {
      const remark = locatorRemark(written);
      const { Error: hindrance, Warning: warning } = vscode.InputBoxValidationSeverity;
      return remark && { message: remark.message, severity: remark.isHindrance ? hindrance : warning };
    },
  });
  return locator?.trim();
}

/** Longer texts are no quotes. */
const longest = 20_000;

export function readPassage(raw: string): Pasted {
  if (raw.length > longest) {
    throw new Error(vscode.l10n.t('the words are longer than 20,000 characters; save a shorter passage.'));
  }
  return readPasted(raw);
}
