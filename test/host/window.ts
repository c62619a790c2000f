import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type ServeOptions, type Served, serve } from './serve.ts';
import { findServer } from './server.ts';

export interface WindowOptions extends ServeOptions {
  /** The folder to open, or the file of a workspace of several, `.code-workspace`. */
  readonly folder: string;
  /** Extensions to run from their source folders. */
  readonly development?: readonly string[];
  /** The compiled module whose `run()` is called in the extension host; inside one of the development folders. */
  readonly tests?: string;
  /** A file to open at the start. */
  readonly file?: string;
  /** Size in pixels; 1400 x 900 unless given. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A VS Code window in a browser without a screen. */
export interface VSCodeWindow {
  readonly page: Page;
  readonly served: Served;
  /** The code with which the tests module ended; never, without one. */
  readonly ended: Promise<number>;
  /** Called with each line which an extension host or the workbench writes to its console. */
  onConsole: (line: string) => void;
  close(): Promise<void>;
}

/** Opens a window of VS Code's server; not before the page is loaded, though its parts may still be on their way. */
export async function openWindow(options: WindowOptions): Promise<VSCodeWindow> {
  const served = await serve(await findServer(), { ...options, driver: options.development !== undefined });
  const browser = await launchBrowser();
  try {
    return await load(browser, served, options);
  } catch (error) {
    await browser.close();
    await served.end();
    throw error;
  }
}

async function load(browser: Browser, served: Served, options: WindowOptions): Promise<VSCodeWindow> {
  const page = await browser.newPage({ viewport: options.size ?? { width: 1400, height: 900 } });
  const window: { onConsole: (line: string) => void } = { onConsole: () => undefined };
  const ended = new Promise<number>(resolve => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (_type: string, values: readonly unknown[]) => window.onConsole(format(...values)));
  await page.goto(address(served.authority, options));
  const close = async () => {
    await browser.close();
    await served.end();
  };
  return Object.assign(window, { page, served, ended, close });
}

/** The workbench's address, with what a desktop would take as arguments. Paths are absolute. */
export function address(authority: string, options: Pick<WindowOptions, 'folder' | 'development' | 'tests' | 'file'>): string {
  const remote = (file: string) => `vscode-remote://${authority}${encodeURI(urlPath(file))}`;
  const payload = [
    ...(options.development ?? []).map(folder => ['extensionDevelopmentPath', remote(folder)]),
    ...(options.tests ? [['extensionTestsPath', remote(options.tests)]] : []),
    ...(options.file ? [['openFile', remote(options.file)]] : []),
  ];
  const kind = options.folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const folder = `${kind}=${encode(urlPath(options.folder))}`;
  return `http://${authority}/?${payload.length > 0 ? `${folder}&payload=${encode(JSON.stringify(payload))}` : folder}`;
}

/** Encodes no more than a query needs, as people read and copy the address. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%(2F|3A|2C)/g, decodeURIComponent);
}

/** `C:\Texts` stands in an address as `/C:/Texts`. */
function urlPath(file: string): string {
  const slashes = file.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
