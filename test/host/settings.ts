/** The two extension hosts: Node's, and the web worker in which vscode.dev runs extensions. */
export type HostKind = 'node' | 'web';

export type Settings = Readonly<Record<string, unknown>>;

/** Keeps a run calm: nothing opens by itself, nothing asks, nothing saves behind a test's back. What a writer has is left alone. */
export const calm: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Settings which put extensions into the given host. */
export function inHost(host: HostKind, ...ids: readonly string[]): Settings {
  const kind = host === 'web' ? ['web'] : ['workspace'];
  return { 'remote.extensionKind': Object.fromEntries(ids.map(id => [id, kind])) };
}
