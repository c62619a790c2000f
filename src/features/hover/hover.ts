import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import { entryCard, groupList, toldAt, unreadWork, type Told, type Work } from '../../core/citeHover.ts';
import type { Cite } from '../../core/reading.ts';
import type { BibliographyFiles, FiledEntry } from '../../editor/bibliographyFiles.ts';
import { quietly } from '../../editor/edges.ts';
import { metadataIn, rangeOf } from '../../editor/keyAtPosition.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import { isManuscript, manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import { settingsFor } from '../../manifest.ts';
import { registerInsertQuoteBehind } from './insertQuoteBehind.ts';
import { cardLink, goToLink, linked, studyLinks } from './links.ts';

/** Tells on a citation what is cited: the study's card, or all the works of a group. */
export function registerHover(
  readings: Readings,
  keys: KnownKeys,
  files: BibliographyFiles,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    provideHover: (document, position, token) =>
      quietly(log, async () => {
        const reading = isManuscript(document) ? await readings.of(document) : undefined;
        const known = reading && (await keys.of(document));
        const told = known && toldAt(reading, document.offsetAt(position), metadataIn(document, known).nocite);
        if (!told || token.isCancellationRequested) {
          return undefined;
        }
        const works = await worksOf(told.cites, known, files);
        const contents = contentsOf(told, works, document);
        return contents && !token.isCancellationRequested
          ? new vscode.Hover(contents, rangeOf(document, told))
          : undefined;
      }),
  };
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(manuscripts, provider),
    registerInsertQuoteBehind(readings, log),
  );
}

/** The works of some keys, and where those are declared that the writer brings. */
interface Works {
  readonly known: KnownOfDocument;
  readonly filed: ReadonlyMap<string, FiledEntry>;
}

async function worksOf(cites: readonly Cite[], known: KnownOfDocument, files: BibliographyFiles): Promise<Works> {
  const filed = new Map<string, FiledEntry>();
  const unread = cites.filter(({ key }) => !known.has(key));
  const named = unread.length > 0 ? files.namedBy(known) : [];
  for (const { key } of unread) {
    const [entry] = await files.findAll(named, key);
    if (entry) {
      filed.set(key, entry);
    }
  }
  return { known, filed };
}

function workOf(key: string, { known, filed }: Works): Work {
  const study = known.study(key);
  const entry = known.declared.find(each => each.key === key);
  const file = filed.get(key)?.uri.path;
  if (entry) {
    return { kind: 'declared', entry };
  }
  if (study) {
    return { kind: 'study', study };
  }
  return file
    ? { kind: 'in a file', file: file.slice(file.lastIndexOf('/') + 1) }
    : { kind: 'unknown', isComplete: known.isComplete };
}

function contentsOf(told: Told, works: Works, document: vscode.TextDocument): vscode.MarkdownString[] | undefined {
  const { cites } = told;
  const { vocabulary } = works.known.library;
  return cites.length === 1
    ? ofOne(cites[0], works, document)
    : [linked(groupList(cites, key => workOf(key, works), vocabulary, cardLink), ['showStudy'])];
}

/** The links come first, where a long card can't push them out of sight. */
function ofOne({ key, mark }: Cite, works: Works, document: vscode.TextDocument): vscode.MarkdownString[] | undefined {
  const { known, filed } = works;
  const work = workOf(key, works);
  switch (work.kind) {
    case 'study':
      return [
        studyLinks(work.study, document.uri, mark.start),
        new vscode.MarkdownString(card(work.study, known.library, 'brief')),
      ];
    case 'declared': {
      const place = vscode.l10n.t('Declared in the metadata of this manuscript');
      const target = known.declaredIn?.uri ?? document.uri;
      return [goToLink(place, target, work.entry), new vscode.MarkdownString(entryCard(work.entry))];
    }
    case 'in a file': {
      const entry = filed.get(key)!;
      const label = vscode.l10n.t('Go to its entry');
      return [new vscode.MarkdownString(unreadWork(key, work)), goToLink(label, entry.uri, entry)];
    }
    case 'unknown':
      return work.isComplete && isReported(document) ? undefined : [new vscode.MarkdownString(unreadWork(key, work))];
  }
}

/** The problem's own message stands in the same box, with its cure. */
function isReported(document: vscode.TextDocument): boolean {
  const setting = settingsFor(document);
  return setting('checks.enabled') && setting('checks.unknownKey') !== 'off';
}
