import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TestRunFailedError, runTests } from '@vscode/test-electron';
import { bundleTests } from './bundle.ts';
import { reachableDesktop } from './desktop.ts';
import { root } from './paths.ts';
import { startRegistry } from './registry.ts';
import { Failure, main, say } from './run.ts';
import { findServer, serverRuns } from './server.ts';
import type { HostKind } from './settings.ts';
import { makeWorkspace } from './workspace.ts';

interface Result {
  readonly passed: number;
  readonly failed: number;
}

/** The tests that need a workspace of several folders, which can't be made of one without starting anew. */
const several = 'In a workspace of several folders';

const noTests: Result = { passed: 0, failed: 0 };

const severalFolders = {
  'all.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
  'one/manuscript.md': '# One\n',
  'two/manuscript.md': '# Two\n',
};

/** `integration.ts [--host=node|web] [--grep=WORDS]`: runs test/integration in a real VS Code, in both extension hosts. */
main(async () => {
  const hosts = hostsAskedFor();
  const results: [HostKind, Result][] = [];
  for (const host of hosts) {
    say(`\nIntegration tests in the ${name(host)}`);
    results.push([host, await runIn(host)]);
  }
  for (const [host, { passed, failed }] of results) {
    console.log(`integration, ${name(host)}: ${passed} passed, ${failed} failed`);
  }
  if (results.some(([, { passed, failed }]) => failed > 0 || passed === 0)) {
    throw new Failure('The integration tests failed.');
  }
});

async function runIn(host: HostKind): Promise<Result> {
  const grep = argument('grep') ?? '';
  const results = [noTests];
  if (!grep.startsWith(several)) {
    const folder = makeWorkspace({ copyOf: path.join(root, 'test', 'fixtures', 'workspace') });
    results.push(await runOn(folder, folder, host, grep));
  }
  if (new RegExp(grep).test(several)) {
    const folder = makeWorkspace({ files: severalFolders });
    results.push(await runOn(path.join(folder, 'all.code-workspace'), path.join(folder, 'one'), host, several));
  }
  return results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

/** Opens `workspace`, and reads the result in `folder`, the first one in it. */
async function runOn(workspace: string, folder: string, host: HostKind, grep: string): Promise<Result> {
  const registry = await startRegistry();
  const tests = await bundleTests(host, grep, registry.address);
  await runTests({
    vscodeExecutablePath: await program(host),
    extensionDevelopmentPath: root,
    extensionTestsPath: tests,
    launchArgs: [workspace, ...(host === 'web' ? ['--extensionDevelopmentKind=web'] : [])],
  }).catch((error: unknown) => {
    if (!(error instanceof TestRunFailedError)) {
      throw error;
    }
  });
  registry.end();
  return readResult(path.join(folder, 'result.json'), host);
}

/** The tests write this themselves, so a run that never came to them can't count as passed. */
function readResult(file: string, host: HostKind): Result {
  if (!existsSync(file)) {
    throw new Failure(`The tests did not come to an end in the ${name(host)}; what went wrong stands above.`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Node's host is the desktop's where it can be had; the web worker needs the server, as the desktop starts it only at need. */
async function program(host: HostKind): Promise<string> {
  const chosen = process.env['VSCODE_TEST_HOST'];
  const desktop = chosen === 'server' || (host === 'web' && serverRuns()) ? undefined : await reachableDesktop();
  if (desktop) {
    return desktop;
  }
  if (chosen === 'desktop' && host === 'node') {
    throw new Failure('VSCODE_TEST_HOST asks for the desktop, which needs a display and its update server.');
  }
  await findServer();
  return path.join(root, 'test', 'host', 'code.mjs');
}

function hostsAskedFor(): readonly HostKind[] {
  const host = argument('host');
  if (host !== undefined && host !== 'node' && host !== 'web') {
    throw new Failure(`--host is node or web, not ${host}.`);
  }
  return host ? [host] : ['node', 'web'];
}

function argument(flag: string): string | undefined {
  return process.argv.slice(2).find(arg => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);
}

function name(host: HostKind): string {
  return host === 'web' ? 'web worker host' : 'Node host';
}
