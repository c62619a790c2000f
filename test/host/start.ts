import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.ts';
import { removeAtEnd, start } from './children.ts';
import { installedDesktop, reachableDesktop } from './desktop.ts';
import { endWithNpm } from './npmAbove.ts';
import { cache, root } from './paths.ts';
import { Failure, main, say } from './run.ts';
import { serve } from './serve.ts';
import { findServer } from './server.ts';
import { calm } from './settings.ts';
import { hasDisplay } from './system.ts';
import { address } from './window.ts';

/** The writer's own copy of the sample: kept between runs, so that nothing typed is lost, and out of git's sight. */
const folder = path.join(cache, 'sample');
const file = path.join(folder, 'manuscript.md');
/** As the tests have it, but a writer's text is saved as VS Code does it. */
const { 'files.autoSave': _, ...settings } = calm;

/**
 * Opens VS Code with the extension on a sample manuscript: the desktop where one is installed or can be downloaded and shown,
 * else the server from npm, in a window of an installed browser or, without a display, at an address on the loopback.
 * VSCODE_TEST_HOST=desktop|server chooses; `--once` starts the server, checks that it answers, and ends.
 */
main(async () => {
  endWithNpm();
  if (!existsSync(file)) {
    cpSync(path.join(root, 'test', 'fixtures', 'sample'), folder, { recursive: true });
  }
  const isOnce = process.argv.includes('--once');
  const desktop = isOnce || process.env['VSCODE_TEST_HOST'] === 'server' ? undefined : installedDesktop() ?? await reachableDesktop();
  if (desktop) {
    return openDesktop(desktop);
  }
  if (process.env['VSCODE_TEST_HOST'] === 'desktop') {
    throw new Failure('VSCODE_TEST_HOST asks for the desktop, which needs a display, and to be installed or downloadable.');
  }
  await openServer(isOnce);
});

async function openDesktop(program: string): Promise<void> {
  const profile = freshFolder();
  mkdirSync(path.join(profile, 'User'));
  writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  say(`VS Code (${program}) opens with the extension, in a profile of its own. Ctrl+C ends it.`);
  // With a profile of its own it is not handed over to a VS Code that already runs, which Ctrl+C would not end.
  const child = start(program, [
    folder, file, `--extensionDevelopmentPath=${root}`, '--user-data-dir', profile, '--extensions-dir', path.join(profile, 'extensions'),
    '--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', '--new-window', ...sandbox(),
  ], { stdio: 'ignore' });
  await once(child, 'exit');
}

async function openServer(isOnce: boolean): Promise<void> {
  const served = await serve(await findServer(), { extensions: [root], settings });
  const url = address(served.authority, { folder, file });
  if (isOnce) {
    await checkAnswer(url);
    await served.end();
    say('VS Code started, answered and ended.');
    return;
  }
  say(`\nVS Code is ready, with the extension and a sample manuscript:\n\n  ${url}\n`);
  if (hasDisplay()) {
    const browser = start(await findBrowser(), [
      `--app=${url}`, `--user-data-dir=${freshFolder()}`, '--no-first-run', '--no-default-browser-check', ...sandbox(),
    ], { stdio: 'ignore' });
    say('It opens in a window of its own; closing that, or Ctrl+C, ends it.');
    await Promise.race([served.ended, once(browser, 'exit')]);
  } else {
    say('Open this address in a browser on this machine. Ctrl+C ends VS Code.');
    await served.ended;
  }
}

async function checkAnswer(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok || !(await answer.text()).includes('vscode-workbench-web-configuration')) {
    throw new Failure(`VS Code's server does not give out its workbench at ${url} (status ${answer.status}).`);
  }
}

function freshFolder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'vscode-'));
  removeAtEnd(made);
  return made;
}

/** Chromium's sandbox can't be made by root. */
function sandbox(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
