import { findProblemsInLooks, lightAndDark } from './accessibility.ts';
import { expect, test } from './fake-window-test.ts';

test('a person is purged after a preview and a word of confirmation', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.setViewportSize({ width: 1360, height: 1500 });
  await page.goto(`${origin}/c/fabrikam/care`);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The history agrees with itself.')).toBeVisible();
  await page.getByLabel('Person', { exact: true }).fill('ada.brandt');
  await page.getByRole('button', { name: 'Show what would go' }).click();
  await expect(page.getByRole('heading', { name: 'Ada Brandt' })).toBeVisible();
  const purge = page.getByRole('button', { name: 'Purge this person' });
  await expect(purge).toBeDisabled();
  await page.getByLabel('Type purge to confirm').fill('purge');
  expect(await findProblemsInLooks(page, lightAndDark, 'care-preview')).toEqual([]);
  await purge.click();
  await expect(page.getByText('Ada Brandt')).toHaveCount(0);
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'purgePerson')?.input)
    .toMatchObject({ id: '0d9d1a52-0000-4000-8000-000000000001' });
  await page.getByRole('status').getByRole('button', { name: 'purge-4c1d90aa7b21' }).click();
  await expect(page.getByText('Receipt of a purge')).toBeVisible();
  expect(await findProblemsInLooks(page, lightAndDark, 'care-receipt')).toEqual([]);
});

test('retention is set for each kind, and a purge is lifted after a question', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/care`);
  await expect(page.getByLabel('Log rows')).toHaveValue('400');
  await page.getByLabel('Past states').fill('many');
  await expect(page.getByText('must be a whole number of days')).toBeVisible();
  await page.getByLabel('Past states').fill('730');
  await page.getByRole('button', { name: 'Save retention' }).click();
  await expect(page.getByText('It is applied after the next collection.')).toBeVisible();
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'setRetention')?.input)
    .toMatchObject({ retention: { logs: 400, states: 730, audit: null, runs: null } });
  await page.getByRole('button', { name: 'Lift purge-4c1d90aa7b21…' }).click();
  await page.getByRole('button', { name: 'Lift', exact: true }).click();
  // The receipt that comes back shows that it was done.
  await expect(page.getByText('Receipt of a purge')).toBeVisible();
  expect(fake.calls.filter(({ method }) => method === 'liftPurge')).toHaveLength(1);
});
