import { cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeAtEnd } from './children.ts';

/** What a fresh folder to write in contains. */
export interface WorkspaceContent {
  /** A folder whose content is copied first. */
  readonly copyOf?: string;
  /** Texts by file name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Makes a folder, named `paper`, which is removed when this process ends; returns its path. */
export function makeWorkspace(content: WorkspaceContent): string {
  // Resolved, as macOS's temporary folder is a link and the editor shows where it leads.
  const temporary = realpathSync(mkdtempSync(path.join(tmpdir(), 'manuscripts-')));
  removeAtEnd(temporary);
  const folder = path.join(temporary, 'paper');
  mkdirSync(folder);
  if (content.copyOf !== undefined) {
    cpSync(content.copyOf, folder, { recursive: true });
  }
  for (const [name, text] of Object.entries(content.files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
