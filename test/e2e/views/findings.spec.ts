import { expect, test } from './fake-window-test.ts';

test('a kind on the overview leads to its findings, one finding to its person and its log', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/overview`);
  await page.getByRole('link', { name: 'Attribute differs', exact: true }).click();
  await expect(page).toHaveURL(`${origin}/c/fabrikam/findings?kind=attribute-drift`);
  await page.goto(`${origin}/c/fabrikam/findings?id=f000000000000001`);
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail.getByText('Expected from Entra')).toBeVisible();
  await expect(detail.getByText('Verified: every source that it needs was complete')).toBeVisible();
  await detail.getByRole('link', { name: 'Provisioning log' }).click();
  await expect(page).toHaveURL(/\/log\?person=00000001-/);
  await expect(page.getByText('1,000 rows')).toBeVisible();
  await page.goBack();
  await detail.getByRole('link', { name: 'Person' }).click();
  await expect(page.getByRole('region', { name: 'Details' }).getByText('UNIFI', { exact: true })).toBeVisible();
});
