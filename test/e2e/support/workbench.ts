import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Locator, Page } from 'playwright-core';
import { type Activation, ActivationWatch } from '../../host/activation.ts';
import { root } from '../../host/paths.ts';
import { type HostKind, type Settings, calm } from '../../host/settings.ts';
import { type VSCodeWindow, openWindow } from '../../host/window.ts';
import { makeWorkspace } from '../../host/workspace.ts';
import { QuickInput } from './quickInput.ts';
import { Sidebar } from './sidebar.ts';

export interface WorkbenchOptions {
  /** The extension's folder, or a packed `.vsix` to install; this repository unless given. */
  readonly extensionPath?: string;
  /** A folder whose copy is opened. */
  readonly folder?: string;
  /** Texts by file name, written into the folder before it is opened. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings beside those that keep a run calm. */
  readonly settings?: Settings;
  /** Those that only a user may have. */
  readonly userSettings?: Settings;
  /** Whether the folder has to be trusted first. */
  readonly asksForTrust?: boolean;
  /** The extension host; Node's unless given. */
  readonly host?: HostKind;
  readonly size?: { readonly width: number; readonly height: number };
}

const extensionId = 'ketamine-citations.ketamine-citations';

/** Opens a real VS Code with the extension, for a test that acts as a person at the keyboard. Call `close()` at the end. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { extensionPath = root, folder: copyOf, files = {}, settings, userSettings, asksForTrust = false, host = 'node', size } = options;
  const folder = makeWorkspace({ files, ...(copyOf && { copyOf }) });
  const watch = new ActivationWatch(extensionId, host);
  const window = await openWindow({
    folder,
    settings: { ...calm, ...watch.settings, ...settings },
    extensions: [extensionPath, watch.extension],
    asksForTrust,
    ...(userSettings && { userSettings }),
    ...(size && { size }),
  });
  const workbench = new Workbench(window, folder, watch);
  try {
    await window.page.locator('.monaco-workbench .statusbar').waitFor();
    return workbench;
  } catch (error) {
    await workbench.close();
    throw error;
  }
}

/** A VS Code window and what a person does in it. Every method waits for what it needs to see, none for a time. */
export class Workbench {
  readonly page: Page;
  /** The opened folder on disk. */
  readonly folder: string;
  /** The folder of installed extensions. */
  readonly extensions: string;
  /** Quick pickers and the command palette. */
  readonly quickInput: QuickInput;
  readonly sidebar: Sidebar;
  /** What the extension hosts and the workbench wrote to their consoles. */
  readonly console: string[] = [];
  readonly #window: VSCodeWindow;
  readonly #watch: ActivationWatch;

  constructor(window: VSCodeWindow, folder: string, watch: ActivationWatch) {
    this.#window = window;
    this.#watch = watch;
    this.page = window.page;
    this.folder = folder;
    this.extensions = window.served.extensions;
    this.quickInput = new QuickInput(window.page);
    this.sidebar = new Sidebar(window.page);
    window.onConsole = line => this.console.push(line);
  }

  /** Opens a file of the folder with Ctrl+P; waits until its text is shown and, for a manuscript, the extension is active. */
  async openFile(name: string): Promise<void> {
    await this.press('Control+P');
    await this.quickInput.type(name);
    await this.quickInput.accept(path.basename(name));
    await this.editor(name).locator('.view-line').first().waitFor();
    if (/\.(md|qmd|rmd)$/i.test(name)) {
      await this.activation();
    }
  }

  /** Waits until the extension is active; in which host and from which folder. */
  async activation(): Promise<Activation> {
    return this.#watch.active();
  }

  /** The editor which shows a file. */
  editor(name: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="${encodeURI(name)}"]`).first();
  }

  /** Types letter by letter, as a quick writer would. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** Presses keys one after the other: `press('Control+S')`, `press('ArrowDown', 'Enter')`. `Control` is Command on a Mac. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key.replace(/^Control\b/, 'ControlOrMeta'));
    }
  }

  /** Puts the caret into the active editor; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.quickInput.type(`${line}:${column}`);
    await this.press('Enter');
    await this.quickInput.closed();
    await this.page.locator('.statusbar-item a', { hasText: `Ln ${line}, Col ${column}` }).first().waitFor();
  }

  /** The visible rows of the suggest widget, as text, once there are some. */
  async suggestions(): Promise<readonly string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map(oneLine);
  }

  /** Waits for a row of the suggest widget which contains a text. */
  async suggestion(text: string): Promise<Locator> {
    const row = this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Waits until the first row of the suggest widget contains a text: what Enter then takes. */
  async firstSuggestion(text: string): Promise<void> {
    await this.page.locator('.suggest-widget.visible .monaco-list-row[data-index="0"]', { hasText: text }).waitFor();
  }

  /** Whether the suggest widget shows at this moment. */
  async suggests(): Promise<boolean> {
    return this.page.locator('.suggest-widget.visible').isVisible();
  }

  /** The active document's exact text, saved with Ctrl+S and read from disk. */
  async text(name: string): Promise<string> {
    const saved = this.page.locator('.tabs-container .tab.active:not(.dirty)');
    // What the extension writes after the key was pressed makes the tab dirty again; then it is saved once more.
    for (let tries = 0; ; tries += 1) {
      await this.press('Control+S');
      try {
        await saved.waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        if (tries === 9) {
          throw error;
        }
      }
    }
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** Saves until the active document's text is this one; returns the last text seen, for an exact comparison, when it never is. */
  async textOnce(name: string, expected: string, timeout = 5000): Promise<string> {
    for (const until = Date.now() + timeout; ; await sleep(50)) {
      const text = await this.text(name);
      if (text === expected || Date.now() > until) {
        return text;
      }
    }
  }

  /** The frame of a webview that shows this. */
  async frameWith(selector: string): Promise<Frame> {
    for (let tries = 0; ; tries += 1) {
      for (const frame of this.page.frames()) {
        if ((await frame.locator(selector).count().catch(() => 0)) > 0) {
          return frame;
        }
      }
      if (tries === 200) {
        throw new Error(`No frame shows ${selector}.`);
      }
      await this.page.waitForTimeout(100);
    }
  }

  /** Runs a command through the palette, by its whole title with its category: `Ketamine Citations: Search Studies`. */
  async runCommand(title: string): Promise<void> {
    await this.press('F1');
    await this.quickInput.type(title);
    await this.quickInput.accept(title);
  }

  /** Waits until something in the text is underlined as a problem of this severity. */
  async squiggles(severity: 'error' | 'warning' | 'info'): Promise<void> {
    await this.page.locator(`.monaco-editor .squiggly-${severity}`).first().waitFor();
  }

  /** Waits for an action in the lightbulb's menu whose title contains a text. */
  async action(title: string): Promise<Locator> {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await row.waitFor();
    return row;
  }

  /** The words of the problem that F8 shows in the editor. */
  async problemInView(): Promise<string> {
    const zone = this.page.locator('.zone-widget .marker-widget, .marker-widget').first();
    await zone.waitFor();
    return oneLine(await zone.innerText());
  }

  /** The text of the hover in the editor. */
  async hover(): Promise<string> {
    const content = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    await content.waitFor();
    return this.page.locator('.monaco-hover:not(.hidden)').first().innerText();
  }

  /** The texts of the notifications on screen. */
  async notifications(): Promise<readonly string[]> {
    return (await this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts()).map(oneLine);
  }

  /** Takes a picture of the window, in every run; `npm run screenshots` keeps those that the README shows. */
  async picture(name: string): Promise<void> {
    const file = `media/${name}.png`;
    const isKept = process.env['SCREENSHOTS'] && readFileSync(path.join(root, 'README.md'), 'utf8').includes(`(${file})`);
    await this.page.screenshot({ path: isKept ? path.join(root, file) : path.join(tmpdir(), `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#window.close();
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
