import * as vscode from 'vscode';

/**
 * Calls `listener` with each file or folder that comes to a place in the workspace or leaves it, or is another there now. A folder
 * that is renamed, moved or deleted is reported as a whole: watchers of the files in it don't report it.
 */
export function onMove(listener: (uri: vscode.Uri, isThere: boolean) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(uri => listener(uri, true)),
    // One that leaves while another comes is reported as a change.
    watcher.onDidChange(uri => listener(uri, true)),
    watcher.onDidDelete(uri => listener(uri, false)),
  );
}

/** Whether `folder` is above `uri`, or at the same place. In other letters than on disk it may be the same folder. */
export function isWithin(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const path = folder.path.toLowerCase();
  const inner = uri.path.toLowerCase();
  return inner.startsWith(path) && (inner.length === path.length || inner[path.length] === '/') && folder.scheme === uri.scheme;
}
