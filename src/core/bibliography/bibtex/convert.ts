import type { CslItem } from '../../study.ts';
import type { Convert, ConvertHelp, ScanContext } from '../scan.ts';
import { itemOf } from './fields.ts';
import { withInherited } from './inheritance.ts';
import { SilentCommands, wellKnownSilent } from './preamble.ts';
import { groupsOf, head, readEntry, type Macros, type RawEntry } from './syntax.ts';

/**
 * Makes the CSL item of a BibTeX or BibLaTeX entry, as Pandoc reads BibLaTeX, for what a writer is shown has to be what Pandoc prints.
 *
 * No library does that. Of the 372 entries of the test against Pandoc, which lists 19 reasons for which ours differ,
 * citation-js 0.8.2 reads 278 in another way and can't do without Node’s fetching; biblatex-csl-converter 3.2.2 (LGPL) 335;
 * \@retorquere/bibtex-parser 9.0.29 makes no CSL and takes a millisecond for an entry.
 */
export const convertBibtex: Convert = (text, help) => {
  const { macros, silent } = definitionsOf(help.context);
  const entry = readWhole(text, macros, silent);
  return entry ? itemOf(entry.type, withInherited(entry, finder(help, macros, silent))) : nothing;
};

interface Definitions {
  readonly macros: Macros;
  readonly silent: SilentCommands;
}

/** By what a file defines: some define a thousand macros, and each of their entries needs them. */
const known = new WeakMap<ScanContext, Definitions>();

function definitionsOf(context: ScanContext): Definitions {
  const found = known.get(context) ?? {
    macros: new Map(Object.entries(context.strings ?? {})),
    silent: context.silent ? new SilentCommands(Object.entries(context.silent)) : wellKnownSilent,
  };
  known.set(context, found);
  return found;
}

const nothing: CslItem = { type: 'document', title: '', author: [] };

function finder({ textOf }: ConvertHelp, macros: Macros, silent: SilentCommands): (key: string) => RawEntry | undefined {
  return key => {
    const text = textOf(key);
    return text === undefined ? undefined : readWhole(text, macros, silent);
  };
}

function readWhole(text: string, macros: Macros, silent: SilentCommands): RawEntry | undefined {
  head.lastIndex = 0;
  if (!head.test(text)) {
    return undefined;
  }
  const bodyStart = head.lastIndex;
  const groups = groupsOf(text, bodyStart, text.length - 1) ?? groupsOf(text, bodyStart, text.length - 1, true) ?? [];
  return readEntry(text, 0, text.length, groups, macros, silent);
}
