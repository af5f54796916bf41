import { expect, test as base, type Locator, type Page } from '@playwright/test';
import type { FakeApiOptions } from '../../support/fake-api.ts';
import { startFakeWindow, type FakeWindow } from '../../support/fake-window.ts';
import { enterWindow } from '../support/enter-window.ts';

interface Fixtures {
  /** Opens a window over a fake program, and fails the test on any error of the page or violation of its policy. */
  open(options?: FakeApiOptions): Promise<FakeWindow>;
}

/** Playwright's test with windows over invented data of any size. */
export const test = base.extend<Fixtures>({
  open: async ({ page }, use) => {
    const windows: FakeWindow[] = [];
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await use(async (options) => {
      const opened = await startFakeWindow(options);
      windows.push(opened);
      await enterWindow(page, opened.address);
      return opened;
    });
    await Promise.all(windows.map((opened) => opened.close()));
    expect(complaints).toEqual([]);
  },
});

/** Waits for the first rows of a grid: keys go nowhere before. */
export const waitForRows = async (grid: Locator): Promise<void> => {
  await expect(grid.locator('[role=row][aria-selected]').first().getByRole('gridcell').first()).toHaveText(/\S/u);
};

/** Waits until nothing of a view is on its way any more: before, most of what could be wrong is not there. */
export const waitForView = async (page: Page): Promise<void> => {
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.getByText('Loading…').or(page.locator('[aria-busy=true], [aria-label=Loading]'))).toHaveCount(0);
};

export { expect } from '@playwright/test';
