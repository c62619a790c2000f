import * as vscode from 'vscode';
import { toBibtex } from '../core/export.ts';
import { linksOf, type Links } from '../core/links.ts';
import type { Form, Mode } from '../core/forms.ts';
import { studiesOf } from '../core/outline.ts';
import type { Quote, Entry } from '../core/study.ts';
import type { Bibliographies } from '../editor/bibliographies.ts';
import type { BibliographyFiles } from '../editor/bibliographyFiles.ts';
import { showCard } from '../editor/card.ts';
import { atTheEdge } from '../editor/edges.ts';
import { goToEntry } from '../editor/goToEntry.ts';
import type { Inserter } from '../editor/inserter.ts';
import type { LibraryAtHand } from '../editor/library.ts';
import { pickStudies } from '../editor/picker.ts';
import { registerCommand, type Chosen, type Commands } from '../manifest.ts';

/** A row of one of our trees. */
type Row = Exclude<Chosen, string>;

/** What a command works on: the rows selected in the tree, the study of a citekey, or what the writer picks now. */
interface Target {
  readonly studies: readonly Entry[];
  readonly quote?: Quote;
}

/** What a study must have for an action, and the sentence for one that has not. */
interface Need {
  readonly fits: (study: Entry) => boolean;
  readonly lacking: (key: string) => string;
}

const nothing: Need = { fits: () => true, lacking: () => '' };

/** Every action on a study, for the palette, the tree and links alike. */
export function registerStudyActions(
  source: LibraryAtHand,
  inserter: Inserter,
  bibliographies: Bibliographies,
  files: BibliographyFiles,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const on = (
    name: StudyCommand,
    title: string,
    act: (target: Target) => Promise<void>,
    needs: Need = nothing,
  ): vscode.Disposable =>
    registerCommand(
      name,
      atTheEdge(log, async (chosen?: Chosen, selected?: readonly Row[]) => {
        const target = await targetOf(source, title, needs, chosen, selected);
        if (target && target.studies.length > 0) {
          await act(target);
        }
      }),
    );
  const insert = (form: Form, mode?: Mode) => (target: Target) => insertEach(inserter, target, form, mode);
  const { t } = vscode.l10n;
  // A report or a law may have none, and that none is known does not mean that there is none.
  const doi = hasLink('doi', key => t('No DOI is known for {0}.', key));

  return vscode.Disposable.from(
    on('insertCitation', t('Insert citation'), insert('citation', 'parenthetical')),
    on('insertInTextCitation', t('Insert in-text citation'), insert('citation', 'in-text')),
    on('insertQuote', t('Insert quote'), insert('quote'), { fits: study => study.quotes.length > 0, lacking: key => t('{0} has no quotes.', key) }),
    on('insertReference', t('Insert reference'), insert('reference')),
    on('insertFinding', t('Insert finding'), insert('finding')),
    on('copyCitation', t('Copy citation'), async target =>
      copied(await inserter.text({ form: 'citation', studies: target.studies }), t('Citation copied.')),
    ),
    on('copyReference', t('Copy reference'), async target =>
      copied(await inserter.text({ form: 'reference', studies: target.studies }), t('Reference copied.')),
    ),
    on('copyBibtex', t('Copy BibTeX'), async ({ studies }) =>
      copied(toBibtex(studies.map(({ id, csl }) => ({ id, ...csl }))), t('BibTeX copied.')),
    ),
    on(
      'copyDoi',
      t('Copy DOI'),
      async ({ studies }) => copied(studies.map(study => study.csl.DOI).join('\n'), t('DOI copied.')),
      doi,
    ),
    on('openDoi', t('Open DOI'), open('doi'), doi),
    on('openPubmed', t('Open PubMed'), open('pubmed'), hasLink('pubmed', key => t('No PubMed number is known for {0}.', key))),
    on('openPmc', t('Open PubMed Central'), open('pmc'), hasLink('pmc', key => t('No PubMed Central number is known for {0}.', key))),
    on('showStudy', t('Show card'), async ({ studies: [study] }) => study && showCard(study.id)),
    on(
      'goToEntry',
      t('Go to entry in file'),
      async ({ studies: [study] }) => study && goToEntry(study, bibliographies, files),
      { fits: ({ origin }) => origin !== undefined, lacking: key => t('{0} is a bundled study, not an entry in a file.', key) },
    ),
  );
}

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4000;

type StudyCommand = {
  [Name in keyof Commands]: Commands[Name] extends (chosen?: Chosen, selected?: readonly Row[]) => Promise<void>
    ? Name
    : never;
}[keyof Commands];

async function targetOf(
  source: LibraryAtHand,
  title: string,
  { fits, lacking }: Need,
  chosen: Chosen | undefined,
  selected: readonly Row[] | undefined,
): Promise<Target | undefined> {
  if (typeof chosen === 'string') {
    const study = (await source.get()).get(chosen);
    if (!study) {
      throw new Error(vscode.l10n.t('there is no study with the citekey {0}.', chosen));
    }
    if (!fits(study)) {
      void vscode.window.showInformationMessage(lacking(chosen));
      return undefined;
    }
    return { studies: [study] };
  }
  if (chosen && chosen.kind !== 'group') {
    const rows = selected?.some(row => row.id === chosen.id) ? selected : [chosen];
    return ofRows(rows, fits);
  }
  const studies = await pickStudies(source.get(), { title, fits });
  return studies && { studies };
}

function ofRows(rows: readonly Row[], fits: (study: Entry) => boolean): Target {
  const studies = studiesOf<Entry>(rows).filter(fits);
  const [first] = rows;
  return { studies, ...(rows.length === 1 && first?.kind === 'quote' && { quote: first.quote }) };
}

async function insertEach(
  inserter: Inserter,
  { studies, quote }: Target,
  form: Form,
  mode: Mode | undefined,
): Promise<void> {
  if (form === 'citation' || form === 'reference') {
    await inserter.insert({ form, studies, ...(mode && { mode }) });
    return;
  }
  for (const study of studies) {
    const chosenQuote = form === 'quote' ? (quote ?? (await chooseQuote(study))) : undefined;
    if (form === 'quote' && !chosenQuote) {
      return;
    }
    await inserter.insert({ form, studies: [study], ...(chosenQuote && { quote: chosenQuote }) });
  }
}

async function chooseQuote({ quotes }: Entry): Promise<Quote | undefined> {
  if (quotes.length < 2) {
    return quotes[0];
  }
  const items = quotes.map(quote => ({ label: `“${quote.text}”`, detail: quote.location, quote }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which quote?') }))?.quote;
}

function hasLink(name: keyof Links, lacking: Need['lacking']): Need {
  return { fits: study => linksOf(study.csl)[name] !== undefined, lacking };
}

function open(name: keyof Links): (target: Target) => Promise<void> {
  return async ({ studies: [study] }) => {
    const address = study && linksOf(study.csl)[name];
    if (address) {
      await vscode.env.openExternal(vscode.Uri.parse(address, true));
    }
  };
}

async function copied(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${message}`, timeToSee);
}
