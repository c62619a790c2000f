import * as vscode from 'vscode';
import { studiesOf, type OutlineNode } from '../../core/outline.ts';
import { rowsOfStudies } from '../../core/evidenceTable/records.ts';
import type { Library } from '../../core/library.ts';
import { isStudy, type Study } from '../../core/study.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { registerCommand } from '../../manifest.ts';
import { insertTable } from './insert.ts';
import { registerTableLens } from './lens.ts';
import { tellLeft } from './questions.ts';
import { sourcesFor, type TableNeeds } from './sources.ts';
import { updateInFront, updateOnSave } from './update.ts';

/** Tables of what the studies found: inserted, written to files, and kept current. */
export function registerEvidenceTable(needs: TableNeeds, memory: vscode.Memento): vscode.Disposable {
  const { log } = needs;
  return vscode.Disposable.from(
    registerCommand('insertEvidenceTable', atTheEdge(log, given => insertTable(needs, memory, given))),
    registerCommand('insertEvidenceTableOf', atTheEdge(log, (chosen, selected) => insertTableOf(needs, memory, chosen, selected))),
    registerCommand('updateEvidenceTables', atTheEdge(log, () => updateInFront(needs))),
    registerTableLens(needs),
    updateOnSave(needs),
  );
}

/** The table of a group of the sidebar, or of the rows selected there. */
async function insertTableOf(
  needs: TableNeeds,
  memory: vscode.Memento,
  chosen: OutlineNode | undefined,
  selected: readonly OutlineNode[] = [],
): Promise<void> {
  if (!chosen) {
    await insertTable(needs, memory);
    return;
  }
  const nodes = selected.some(({ id }) => id === chosen.id) ? selected : [chosen];
  const studies = studiesOf<Study>(nodes.flatMap((node): readonly OutlineNode[] => (node.kind === 'group' ? node.children : [node])));
  const query = nodes.length === 1 ? queryOf(chosen, studies, await needs.shelf.get()) : undefined;
  if (query !== undefined) {
    await insertTable(needs, memory, { studies: query });
    return;
  }
  const { rows, left } = rowsOfStudies(studies, (await sourcesFor(needs, needs.manuscripts.inFront())).sources);
  tellLeft(left);
  if (rows.length > 0) {
    await insertTable(needs, memory, { studies: rows.map(({ key }) => key) });
  }
}

/** The filter that finds a group's studies, so that an update finds new ones too; none where the sidebar itself is filtered. */
function queryOf({ kind, id }: OutlineNode, studies: readonly Study[], shelf: Library): string | undefined {
  const query = id.replace('/', ':');
  if (kind !== 'group' || query.endsWith(':none')) {
    return undefined;
  }
  const found = shelf.find(query, { limit: Infinity, guesses: false, fits: isStudy }).found.map(({ study }) => study.id);
  const shown = new Set(studies.map(study => study.id));
  return found.length === shown.size && found.every(key => shown.has(key)) ? query : undefined;
}
