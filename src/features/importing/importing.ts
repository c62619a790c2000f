import * as vscode from 'vscode';
import { declarationsIn } from '../../core/declarations.ts';
import { append, entryText } from '../../core/importing/append.ts';
import { citekeyFor, keyFault } from '../../core/importing/citekey.ts';
import { identify, type WorkId } from '../../core/importing/identify.ts';
import { entryOf } from '../../core/importing/known.ts';
import { nameBibliography } from '../../core/importing/nameFile.ts';
import type { CslItem, Entry } from '../../core/study.ts';
import { nameOf } from '../../editor/files.ts';
import type { BibliographyFiles } from '../../editor/bibliographyFiles.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { Inserter } from '../../editor/inserter.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { registerCommand } from '../../manifest.ts';
import { askIdentifier, fetchWork, mayAsk, requestOf } from './ask.ts';
import { keyMessage } from './messages.ts';
import { Preview } from './preview.ts';
import { chooseTarget, type Target } from './target.ts';
import { addTo, takeBack, type Written } from './write.ts';

const { t } = vscode.l10n;

/** What importing works with. */
export interface ImportNeeds {
  readonly inserter: Inserter;
  readonly manuscripts: Manuscripts;
  readonly known: KnownKeys;
  readonly files: BibliographyFiles;
  readonly readings: Readings;
  readonly references: References;
  readonly log: vscode.LogOutputChannel;
  /** The work at hand with that identifier; looked up in the manuscript's library, the writer's entries with it, unless given. */
  readonly find?: (asked: WorkId, manuscript: vscode.TextDocument | undefined) => Promise<Entry | undefined>;
}

/** `Cite by DOI, PMID or Address…`: a work at hand is cited; another is fetched, shown and added, each only as the writer says. */
export function registerImporting(needs: ImportNeeds): vscode.Disposable {
  const preview = new Preview();
  const run = async (given?: string): Promise<void> => {
    const asked = typeof given === 'string' ? identify(given) : await askIdentifier();
    if (typeof given === 'string' && !asked) {
      throw new Error(t('{0} holds no DOI, PMID or PMCID.', given));
    }
    if (asked) {
      await cite(asked, needs, preview);
    }
  };
  return vscode.Disposable.from(preview, registerCommand('citeByIdentifier', atTheEdge(needs.log, run)));
}

async function cite(asked: WorkId, needs: ImportNeeds, preview: Preview): Promise<void> {
  const manuscript = needs.manuscripts.inFront();
  const find = needs.find ?? (async () => entryOf((await needs.known.libraryFor(manuscript)).entries, asked));
  const known = await find(asked, manuscript);
  if (known) {
    await needs.inserter.insert({ form: 'citation', studies: [known] });
    return;
  }
  const request = requestOf(asked);
  const csl = (await mayAsk(asked, request)) ? await fetchWork(asked, request) : undefined;
  // What the registry names may be at hand under another of its identifiers.
  const same = csl && (await ownOf(csl, find, manuscript));
  if (same) {
    await needs.inserter.insert({ form: 'citation', studies: [same] });
    return;
  }
  if (csl) {
    await add(csl, request.from, manuscript, needs, preview);
  }
}

async function ownOf(csl: CslItem, find: NonNullable<ImportNeeds['find']>, manuscript: vscode.TextDocument | undefined): Promise<Entry | undefined> {
  for (const id of [csl.DOI, csl.PMID, csl.PMCID]) {
    const asked = id === undefined ? undefined : identify(id);
    const found = asked && (await find(asked, manuscript));
    if (found) {
      return found;
    }
  }
  return undefined;
}

async function add(csl: CslItem, from: string, manuscript: vscode.TextDocument | undefined, needs: ImportNeeds, preview: Preview): Promise<void> {
  const target = await chooseTarget(manuscript, needs.known, needs.files);
  const key = target && (await chooseKey(csl, target, manuscript, needs));
  if (!target || key === undefined) {
    return;
  }
  const item = { ...csl, id: key };
  const entry = entryFor(key, csl, target);
  // Under an id of its own: what was printed of another work with this key may be kept.
  const [listed] = await needs.references.bibliography([{ ...csl, id: ` ${key} ${Date.now()}` }], manuscript);
  const shown = { reference: listed?.text.plain ?? csl.title, entry: await entryText(item, target.format), format: target.format, file: nameOf(target.uri), key, from };
  if (!(await preview.agrees(shown))) {
    return;
  }
  const written = await addTo(target.uri, text => append(text, target.format, item));
  if (manuscript && target.named !== undefined) {
    await offerName(manuscript, target.named, needs.readings);
  }
  await needs.inserter.insert({ form: 'citation', studies: [entry] });
  tell(key, written);
}

function entryFor(id: string, csl: CslItem, { uri }: Target): Entry {
  const origin = { file: uri.toString(), name: nameOf(uri), start: 0, end: 0, keywords: [] };
  return { id, csl, quotes: [], notices: [], origin };
}

/** The key as the bundled studies' are made; the writer may change it. */
async function chooseKey(csl: CslItem, target: Target, manuscript: vscode.TextDocument | undefined, { known }: ImportNeeds): Promise<string | undefined> {
  const inFile = new Set(await keysIn(target));
  const all = await known.libraryFor(manuscript);
  const own = manuscript && (await known.of(manuscript));
  const isTaken = (key: string): boolean => inFile.has(key) || all.has(key) || (own?.has(key) ?? false);
  return vscode.window.showInputBox({
    title: t('The citekey of the new entry'),
    prompt: t('It is written into {0}.', nameOf(target.uri)),
    value: citekeyFor(csl, isTaken),
    ignoreFocusOut: true,
    validateInput: key => {
      const fault = keyFault(key, target.format, isTaken);
      return fault && keyMessage(fault, key);
    },
  });
}

async function keysIn({ uri, format, isNew }: Target): Promise<readonly string[]> {
  if (isNew) {
    return [];
  }
  const open = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
  const text = open?.getText() ?? (await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri }));
  return declarationsIn(text, format).map(({ key }) => key);
}

/** Names the new file in the manuscript's metadata, if the writer wants it, in one step to undo. */
async function offerName(manuscript: vscode.TextDocument, name: string, readings: Readings): Promise<void> {
  const yes = { label: `$(check) ${t('Write “bibliography: {0}” into the manuscript’s metadata', name)}`, detail: t('Pandoc and Quarto find the entry then.') };
  const no = { label: `$(close) ${t('Leave the metadata as they are')}` };
  const picked = await vscode.window.showQuickPick([yes, no], { title: t('Name the new file in the manuscript?'), ignoreFocusOut: true });
  if (picked !== yes || manuscript.isClosed) {
    return;
  }
  const reading = await readings.of(manuscript);
  const { offset, insert } = nameBibliography(manuscript.getText(), reading?.frontMatter, name);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(manuscript.uri, manuscript.positionAt(offset), insert);
  await vscode.workspace.applyEdit(edit);
}

/** Says what was done, and takes it back on request; not waited for. */
function tell(key: string, written: Written): void {
  const file = nameOf(written.uri);
  if ('unsaved' in written) {
    void vscode.window.showInformationMessage(t('{0} stands in {1}, which is not saved yet.', key, file));
    return;
  }
  const [undo, show] = [t('Take It Back'), t('Show')];
  void vscode.window.showInformationMessage(t('{0} was added to {1}.', key, file), undo, show).then(async picked => {
    if (picked === undo) {
      await takeBack(written).catch((error: Error) => vscode.window.showErrorMessage(t('Ketamine Citations: {0}', error.message)));
    } else if (picked === show) {
      const document = await vscode.workspace.openTextDocument(written.uri);
      const end = document.positionAt(document.getText().length);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
    }
  });
}
