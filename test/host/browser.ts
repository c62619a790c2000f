import { homedir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { Failure } from './run.ts';
import { installPackages, isExecutable, onPath } from './system.ts';

const commands = [
  'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser', 'brave',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe', 'Chromium\\Application\\chrome.exe',
];

/**
 * Finds a browser of Chromium's family: the one VSCODE_TEST_BROWSER names, else any installed one; on Debian as root it
 * installs one.
 *
 * @throws Failure when there is none; the message says what to do.
 */
export async function findBrowser(): Promise<string> {
  const chosen = process.env['VSCODE_TEST_BROWSER'];
  if (chosen) {
    if (!isExecutable(chosen)) {
      throw new Failure(`VSCODE_TEST_BROWSER names ${chosen}, which is no program.`);
    }
    return chosen;
  }
  const installed = installedBrowser();
  if (installed) {
    return installed;
  }
  await installPackages(
    'No browser of Chromium\'s family was found (Chrome, Chromium, Edge, Brave; VSCODE_TEST_BROWSER may name one).',
    ['chromium', 'fonts-dejavu-core'],
  );
  return installedBrowser() ?? path.join('/usr/bin', 'chromium');
}

function installedBrowser(): string | undefined {
  return onPath(...commands) ?? [...appPaths(), chromium.executablePath()].find(isExecutable);
}

function appPaths(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap(
      folder => macApps.map(app => path.join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map(name => process.env[name] ?? '').filter(Boolean);
  return process.platform === 'win32' ? roots.flatMap(folder => windowsPrograms.map(file => path.join(folder, file))) : [];
}

/** Starts a browser without a window, under the control of the caller. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    // Signals are answered in one place, which ends the browser by ending this process.
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    args: [
      // Chromium's sandbox can't be made as root or in most containers; only our own page on the loopback is shown.
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}
