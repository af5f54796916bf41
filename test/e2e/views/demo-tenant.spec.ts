import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { enterWindow } from '../support/enter-window.ts';
import { expect, test } from '../support/window-test.ts';
import { findAccessibilityProblems } from './accessibility.ts';

test('from the first screen to the demo tenant, a collection, a finding and its log rows', async ({
  page,
  ownProduct,
}) => {
  await page.goto(ownProduct.address);
  await page.getByRole('button', { name: 'Open the demo tenant' }).click();
  await expect(page).toHaveURL(/\/overview$/, { timeout: 60_000 });
  await expect(page.getByText('Nothing collected yet')).toBeVisible();
  await page.getByRole('button', { name: 'Collect now' }).first().click();
  await expect(page.getByRole('table').first()).toContainText('Missing in UNIFI', { timeout: 90_000 });
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);

  await page.getByRole('link', { name: 'Missing in UNIFI', exact: true }).click();
  await page.getByRole('grid').getByRole('row').nth(1).click();
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail.getByText('What to do')).toBeVisible();
  await detail.getByRole('link', { name: 'Provisioning log' }).click();
  await expect(page).toHaveURL(/\/log\?person=/);
  await expect(page.getByRole('grid', { name: 'Provisioning log' })).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

const picture = fileURLToPath(new URL('../../../docs/window.png', import.meta.url));
const updatePictures = process.env['UNIFI_MONITOR_UPDATE_PICTURES'] === '1';

test('the picture of the README shows the findings with one of them open', async ({ page, demoProduct }) => {
  const { connection } = demoProduct;
  const { rows } = await demoProduct.call('listFindings', {
    connection,
    filter: { kind: ['active-source-gone'], state: ['open'] },
    page: { limit: 100 },
  });
  // One that the log proves, so that the picture shows a way from the finding to its row.
  const shown = rows.find(({ evidence }) => evidence.some(({ source }) => source === 'provisioning-log'));
  if (!shown) throw new Error('The demo tenant has no such finding to show.');

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await enterWindow(page, demoProduct.address);
  await page.goto(`${demoProduct.origin}/c/${connection}/findings?id=${shown.id}`);
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('What to do');
  await expect(page.getByRole('grid', { name: 'Findings' })).toContainText(shown.subject.name);
  await expect(page.getByText('Loading…')).toHaveCount(0);
  await page.screenshot({ path: updatePictures ? picture : 'test-results/window.png' });
  expect(existsSync(picture), 'docs/window.png is missing: see CONTRIBUTING.md').toBe(true);
});
