import type { Locator, Page } from 'playwright-core';

/** The input which drops down from the top: command palette, file search, quick pickers. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  get input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  /** Types into the open input letter by letter; a text typed before stays in front. */
  async type(text: string): Promise<void> {
    await this.input.waitFor();
    await this.#page.keyboard.type(text, { delay: 30 });
  }

  /** The labels of the visible rows, in their order, once there are some. */
  async labels(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    return this.#rows().locator('.label-name:not(.quick-input-list-label-meta *)').allInnerTexts();
  }

  /** The visible rows with all their text on one line, once there are some. */
  async rows(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    return (await this.#rows().allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());
  }

  /** Waits for the input with this title: letters typed before would go into the one before it. */
  async titled(title: string): Promise<void> {
    await this.#page.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  /** Waits for the row which contains a text. */
  async row(text: string): Promise<Locator> {
    const row = this.#rows().filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** The labels of the first rows, once they are these; the last ones seen when they never are. */
  async labelsOnce(expected: readonly string[]): Promise<readonly string[]> {
    for (let tries = 0; ; tries += 1) {
      const labels = (await this.labels()).slice(0, expected.length);
      if (tries === 100 || labels.join('\n') === expected.join('\n')) {
        return labels;
      }
      await this.#page.waitForTimeout(50);
    }
  }

  /** Waits until the input holds a text: what is typed sooner goes in front of what an extension writes there. */
  async holds(text: string): Promise<void> {
    for (let tries = 0; tries < 200 && (await this.input.inputValue()) !== text; tries += 1) {
      await this.#page.waitForTimeout(50);
    }
  }

  /** Clicks the row with exactly this label. */
  async accept(label: string): Promise<void> {
    await this.#rows().filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) }).first().click();
  }

  /** Clicks a button on the row which contains a text; the button by its tooltip. */
  async button(text: string, tooltip: string): Promise<void> {
    const row = await this.row(text);
    await row.hover();
    await row.locator(`.action-label[aria-label="${tooltip}"]`).click();
  }

  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  #rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row');
  }
}
