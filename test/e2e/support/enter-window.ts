import type { Page } from '@playwright/test';

/** Opens the printed address and waits for its session only, since most tests go on to another view at once. */
export const enterWindow = async (page: Page, address: string): Promise<void> => {
  await page.goto(address, { waitUntil: 'commit' });
  // Going elsewhere before the token is exchanged would leave the window without a session.
  await page.waitForFunction(() => sessionStorage.length > 0);
};
