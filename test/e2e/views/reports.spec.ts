import { readFile } from 'node:fs/promises';
import { findProblemsInLooks, lightAndDark } from './accessibility.ts';
import { test as fakeTest, expect } from './fake-window-test.ts';
import { enterWindow } from '../support/enter-window.ts';
import { test } from '../support/window-test.ts';

fakeTest(
  'shows a preview without scripts, hands over both files of a CSV report, and saves it',
  async ({ page, open }) => {
    const { origin } = await open();
    await page.goto(`${origin}/c/fabrikam/reports`);
    const frame = page.frameLocator('iframe[title="Preview of the report"]');
    await expect(frame.getByRole('heading', { name: 'Reconciliation' })).toBeVisible();
    // The style came in by another way than markup: the window's policy allows none there.
    await expect(frame.locator('body')).toHaveCSS('color', 'rgb(1, 2, 3)');
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    await page.getByRole('combobox', { name: 'File', exact: true }).selectOption('csv');
    const downloads: Promise<string[]> = new Promise((resolve) => {
      const names: string[] = [];
      page.on('download', (download) => {
        names.push(download.suggestedFilename());
        if (names.length === 2) resolve(names);
      });
    });
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    expect(await downloads).toEqual(['fabrikam-reconciliation-2026-11-23.csv', 'fabrikam.csv.report.json']);
    await expect(page.getByText('was handed to your downloads')).toBeVisible();
    await page.getByRole('button', { name: 'Monthly for the board', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue('de');
    await expect(page.getByRole('radio', { name: /^Health summary/ })).toBeChecked();
    await page.getByRole('radio', { name: /^Evidence/ }).check();
    await expect(page.getByText('Name a person or a finding on the left')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Download', exact: true })).toBeDisabled();
  },
);

fakeTest('axe finds nothing in the reports view, light and dark', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/reports`);
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Reconciliation' })).toBeVisible();
  expect(await findProblemsInLooks(page, lightAndDark)).toEqual([]);
});

test('a report of the demo tenant is previewed and downloaded as it was written', async ({ page, demoProduct }) => {
  await enterWindow(page, demoProduct.address);
  await page.goto(`${demoProduct.origin}/c/${demoProduct.connection}/reports`);
  const frame = page.frameLocator('iframe[title="Preview of the report"]');
  await expect(frame.getByRole('heading', { name: 'Findings by kind' })).toBeVisible();
  const pending = page.waitForEvent('download');
  await page.getByRole('combobox', { name: 'File', exact: true }).selectOption('xlsx');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const download = await pending;
  expect(download.suggestedFilename()).toMatch(/-reconciliation-\d{4}-\d\d-\d\d\.xlsx$/u);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  await expect(page.getByText('SHA-256 over the data')).toBeVisible();
});
