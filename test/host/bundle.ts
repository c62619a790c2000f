import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Plugin, build } from 'esbuild';
import { root, testBuild } from './paths.ts';
import type { HostKind } from './settings.ts';

const mochaForBrowsers = path.join(root, 'node_modules', 'mocha', 'mocha.js');
const folder = path.join(root, 'test', 'integration');

/** What stands in for Node's modules, and for those made for Node, in the web worker. */
const forWeb: Plugin = {
  name: 'for-web',
  setup(context) {
    context.onResolve({ filter: /^mocha$/ }, () => ({ path: path.join(folder, 'web', 'mocha.ts') }));
    // In a namespace of its own the file is taken for what it is, CommonJS, though its package says ES modules; taken for
    // the latter, it would replace the exports of the whole bundle.
    context.onResolve({ filter: /^mocha\/mocha\.js$/ }, () => ({ path: mochaForBrowsers, namespace: 'for-web' }));
    context.onLoad({ filter: /./, namespace: 'for-web' }, ({ path: file }) => ({ contents: readFileSync(file, 'utf8') }));
    context.onResolve({ filter: /^node:assert(\/strict)?$/ }, () => ({ path: path.join(folder, 'web', 'assert.ts') }));
  },
};

/**
 * Bundles all integration tests for an extension host; returns the file, a module with `run()`.
 *
 * @param grep only tests whose title contains it run; all, when it is empty.
 * @param registry the address of a registry of works, which answers while the tests run.
 */
export async function bundleTests(host: HostKind, grep: string, registry: string): Promise<string> {
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts')).sort();
  // The index comes first: it makes `describe` and `it`, which the test files call while they are loaded.
  const modules = ['index.ts', ...tests.map(file => file.replaceAll('\\', '/'))];
  const outfile = path.join(testBuild, `integration.${host}.js`);
  await build({
    stdin: { contents: modules.map(file => `export * from './${file}';`).join('\n'), resolveDir: folder, loader: 'ts' },
    bundle: true,
    format: 'cjs',
    platform: host === 'web' ? 'browser' : 'node',
    target: 'es2022',
    external: ['vscode'],
    define: { TEST_HOST: JSON.stringify(host), TEST_GREP: JSON.stringify(grep), TEST_REGISTRY: JSON.stringify(registry) },
    plugins: host === 'web' ? [forWeb] : [],
    sourcemap: 'inline',
    // Mocha looks for its parallel workers with `require.resolve`; they are not used here.
    logOverride: { 'require-resolve-not-external': 'silent' },
    logLevel: 'warning',
    outfile,
  });
  return outfile;
}
