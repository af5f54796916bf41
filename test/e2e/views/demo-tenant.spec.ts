import { expect, test } from '../support/window-test.ts';
import { findAccessibilityProblems } from './fake-window-test.ts';

test('from the first screen to the demo tenant, a collection, a finding and its log rows', async ({
  page,
  emptyProduct,
}) => {
  await page.goto(emptyProduct.address);
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
