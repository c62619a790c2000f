import * as vscode from 'vscode';
import type { ConvertTarget } from '../../core/rewrite/cited.ts';
import type { Conversion } from '../../core/rewrite/convert.ts';
import { manuscriptInFocus } from '../../editor/inFront.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';
import type { ConvertedText, Converter } from './converter.ts';
import { areCarets, onDesk, tellNone, tellTooLong } from './desk.ts';
import { changedMeanwhile, writeAll } from './edits.ts';
import { inform, tell } from './telling.ts';

/** Converts the citations at the carets and in the selections; where none is, and if asked, those of the manuscript. */
export async function convertHere(readings: Readings, converter: Converter, target: ConvertTarget): Promise<void> {
  const document = manuscriptInFocus();
  if (document && vscode.window.activeTextEditor?.document !== document) {
    // A notebook of which no cell is being edited has no caret.
    await convertAll(document, converter, target, isWholeMeant(document));
    return;
  }
  await onDesk(readings, async ({ editor, reading, scopes }) => {
    const here = (await converter.convert(editor.document, reading, scopes, [target])).get(target)!;
    if (here.converted + here.kept.length > 0) {
      await finish([{ document: editor.document, reading, conversion: here }]);
    } else if (areCarets(scopes)) {
      await convertAll(editor.document, converter, target, isWholeMeant(editor.document));
    } else {
      inform(vscode.l10n.t('The selection holds no citation to convert.'));
    }
  });
}

/** Converts all citations of the manuscript in front, of a notebook those in all its cells. */
export async function convertManuscript(converter: Converter, target: ConvertTarget): Promise<void> {
  const document = manuscriptInFocus();
  await (document ? convertAll(document, converter, target) : tellNone());
}

async function convertAll(
  document: vscode.TextDocument,
  converter: Converter,
  target: ConvertTarget,
  isMeant: (count: number) => Promise<boolean> = () => Promise.resolve(true),
): Promise<void> {
  const all = await converter.convertAll(document, target);
  const count = all.reduce((sum, { conversion }) => sum + conversion.converted, 0);
  if (all.length === 0) {
    tellTooLong();
  } else if (count === 0 || (await isMeant(count))) {
    await finish(all);
  }
}

function isWholeMeant(document: vscode.TextDocument): (count: number) => Promise<boolean> {
  const { t } = vscode.l10n;
  return async count => {
    const label = count === 1 ? t('Convert the one citation') : t('Convert all {0} citations', count);
    const placeHolder = notebookOf(document)
      ? t('No citation to convert stands at the caret. Convert the whole notebook?')
      : t('No citation to convert stands at the caret. Convert the whole document?');
    return (await vscode.window.showQuickPick([{ label }], { placeHolder })) !== undefined;
  };
}

async function finish(texts: readonly ConvertedText[]): Promise<void> {
  const { t } = vscode.l10n;
  const converted = texts.reduce((sum, { conversion }) => sum + conversion.converted, 0);
  const kept = texts.flatMap(({ conversion }) => conversion.kept);
  if (converted > 0) {
    // Printing the works, and the writer's answer, may take their time.
    if (texts.some(({ document, reading }) => document.getText() !== reading.text)) {
      throw changedMeanwhile();
    }
    await writeAll(texts.map(({ document, conversion }) => ({ document, edits: editsOf(conversion) })));
    tell(converted === 1 ? t('1 citation converted') : t('{0} citations converted', converted), kept);
    return;
  }
  const [first] = kept;
  inform(
    first
      ? t('Nothing was converted: {0} kept, for {1}.', kept.length, first.unavailable)
      : t('There is no citation to convert.'),
  );
}

function editsOf({ converted, edits }: Conversion): Conversion['edits'] {
  return converted > 0 ? edits : [];
}
