import type { Locator, Page } from 'playwright-core';

// The view of references stands below it.
const studies = '.part.sidebar .pane:has(> .pane-header[aria-label^="Studies"])';

/** The activity bar, and the view of studies that it opens. Rows are found by a text they contain. */
export class Sidebar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens a view container by its title. */
  async open(title: string): Promise<void> {
    const item = this.#page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`).first();
    await item.waitFor();
    if ((await item.getAttribute('aria-selected')) !== 'true') {
      await item.click();
    }
    await this.#page.locator('.part.sidebar .composite.title').getByText(title, { exact: false }).first().waitFor();
  }

  /** The visible rows as text, once there are some. */
  async rows(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    return (await this.#rows().allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());
  }

  /** What a screen reader says of the visible rows. */
  async spoken(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    return this.#rows().evaluateAll(rows => rows.map(row => row.getAttribute('aria-label') ?? ''));
  }

  async row(text: string): Promise<Locator> {
    const row = this.#rows().filter({ hasText: text }).first();
    await this.#rows().first().waitFor();
    for (let tries = 1; tries <= 40 && !(await row.isVisible()); tries += 1) {
      // Rows out of sight are not there at all; down the list, and up again.
      if (tries > 10) {
        await this.#rows().first().hover();
        await this.#page.mouse.wheel(0, tries <= 25 ? 80 : -80);
      }
      await this.#page.waitForTimeout(50);
    }
    await row.waitFor();
    return row;
  }

  async click(text: string): Promise<void> {
    await (await this.row(text)).click();
  }

  /** Opens a row's children; a row that is open stays so. */
  async expand(text: string): Promise<void> {
    const row = await this.row(text);
    if ((await row.getAttribute('aria-expanded')) === 'false') {
      await row.locator('.monaco-tl-twistie').click();
    }
    await this.#page.locator(`${studies} .monaco-list-row[aria-expanded="true"]`, { hasText: text }).first().waitFor();
  }

  /** Clicks an inline action of a row, by its title. */
  async action(text: string, title: string): Promise<void> {
    await inlineAction(await this.row(text), title);
  }

  /** Clicks an entry of a row's context menu, by its title. */
  async menu(text: string, title: string): Promise<void> {
    await (await this.row(text)).click({ button: 'right' });
    await this.#choose(title);
  }

  /** Opens a menu in the view's title, and clicks an entry of it; both by their titles. A title that is drawn again closes its menu. */
  async titleMenu(menu: string, title: string): Promise<void> {
    const entry = this.#page.locator('.monaco-menu .action-item', { hasText: title }).first();
    for (let tries = 1; tries <= 5; tries += 1) {
      await this.titleAction(menu);
      if (await entry.hover({ timeout: 3000 }).then(() => true, () => false)) {
        break;
      }
    }
    await this.#choose(title);
  }

  async #choose(title: string): Promise<void> {
    const item = this.#page.locator('.monaco-menu .action-item', { hasText: title }).first();
    // A menu that has just opened takes no click, lest the one that opened it chose something.
    for (let tries = 1; tries <= 5; tries += 1) {
      await item.hover();
      await this.#page.waitForTimeout(200);
      await item.click();
      if (await item.waitFor({ state: 'hidden', timeout: 1000 }).then(() => true, () => false)) {
        return;
      }
    }
  }

  /** Clicks an action in the view's title, by its title. */
  async titleAction(title: string): Promise<void> {
    await this.#page.locator(`${studies} > .pane-header`).hover();
    await this.#page.locator(`${studies} .action-label[aria-label^="${title}"]`).first().click();
  }

  #rows(): Locator {
    return this.#page.locator(`${studies} .monaco-list-row`);
  }
}

/** Clicks an inline action of a row. Rows that are drawn anew under a resting mouse hide theirs until it moves. */
export async function inlineAction(row: Locator, title: string): Promise<void> {
  const action = row.locator(`.action-label[aria-label^="${title}"]`);
  for (let tries = 1; ; tries += 1) {
    await row.hover({ position: { x: 60 + tries, y: 8 } });
    try {
      return await action.click({ timeout: 2000 });
    } catch (error) {
      if (tries === 10) {
        throw error;
      }
    }
  }
}
