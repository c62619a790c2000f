import * as vscode from 'vscode';
import { linksOf } from '../core/links.ts';
import type { Entry } from '../core/study.ts';
import { atTheEdge } from '../editor/edges.ts';
import type { InFront } from '../editor/inFront.ts';
import type { LibraryAtHand } from '../editor/library.ts';
import type { Inserter } from '../editor/inserter.ts';
import { pickStudies, type RowButton } from '../editor/picker.ts';
import type { Manuscripts } from '../editor/manuscripts.ts';
import { commandId, settingsFor, registerCommand, type Commands } from '../manifest.ts';

/** `Ketamine Citations: Search Studies`: Enter inserts the default form, the rows' buttons everything else. */
export function registerSearch(
  source: LibraryAtHand,
  inserter: Inserter,
  manuscripts: Manuscripts,
  inFront: InFront,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return registerCommand(
    'search',
    atTheEdge(log, async () => {
      const manuscript = manuscripts.inFront();
      const isInText = settingsFor(manuscript)('insert.citation') === 'in-text';
      const studies = await pickStudies(source.get(), {
        title: isInText ? vscode.l10n.t('Insert an in-text citation') : vscode.l10n.t('Insert a citation'),
        cited: await inFront.citedKeys(),
        buttons: rowButtons(),
        several: true,
      });
      if (studies && studies.length > 0) {
        await inserter.insert({ form: 'citation', studies });
      }
    }),
  );
}

function rowButtons(): RowButton[] {
  const { t } = vscode.l10n;
  return [
    button('insertCitation', 'insert', t('Insert citation [@…]')),
    button('insertInTextCitation', 'mention', t('Insert in-text citation @…')),
    button('insertQuote', 'quote', t('Insert quote'), { fits: study => study.quotes.length > 0 }),
    button('insertReference', 'references', t('Insert reference')),
    button('insertFinding', 'lightbulb', t('Insert finding')),
    button('copyReference', 'copy', t('Copy reference'), { closes: false }),
    button('openDoi', 'link-external', t('Open DOI'), {
      fits: study => linksOf(study.csl).doi !== undefined,
      closes: false,
    }),
  ];
}

function button(
  command: keyof Commands,
  icon: string,
  tooltip: string,
  { fits = () => true, closes = true }: { fits?: (study: Entry) => boolean; closes?: boolean } = {},
): RowButton {
  return {
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    closes,
    fits,
    run: async study => vscode.commands.executeCommand(commandId(command), study.id),
  };
}
