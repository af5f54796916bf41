import { expect, test } from './fake-window-test.ts';

const place = '/c/fabrikam/setup';

test('the set-up check shows the steps of the article, what is wrong whole, and asks when told to', async ({
  page,
  open,
}) => {
  const { origin, fake } = await open();
  await page.goto(origin + place);
  await expect(page.getByRole('heading', { name: 'Set-up check' })).toBeVisible();
  await expect(page.getByText('3 wrong')).toBeVisible();
  await expect(page.getByText('3 not checkable')).toBeVisible();
  await expect(page.getByText('The stored state, read')).toBeVisible();
  const titles = ['Application', 'Single sign-on', 'Assignments', 'Provisioning job', 'Mappings', 'Scope', 'Safety'];
  await expect(page.locator('#content h2')).toHaveText([...titles, 'Permissions']);

  const usable = page.locator('#assignments-usable');
  await expect(usable.getByText('Assign the inner groups themselves')).toBeVisible();
  await expect(usable.getByText('"Visualisation Guild" is not security-enabled')).toBeVisible();
  await usable.locator('summary').click();
  await expect(usable.getByText('Assign the inner groups themselves')).toBeHidden();
  const right = page.locator('#job-on');
  await expect(right.getByText('Entra says so.')).toBeHidden();
  await right.locator('summary').click();
  await expect(right.getByText('Entra says so.')).toBeVisible();
  await page.getByRole('link', { name: 'Clauses of the scoping filter' }).click();
  await expect(page.locator('#scope-clauses-valid')).toBeInViewport();

  expect(fake.calls.filter(({ method }) => method === 'runSetUpCheck').map(({ input }) => input)).toEqual([
    expect.objectContaining({ connection: 'fabrikam', offline: true }),
  ]);
  await page.getByRole('button', { name: 'Ask Entra and UNIFI' }).click();
  await expect(page.getByText('What Entra and UNIFI answered just now, and the stored state, read')).toBeVisible();
  await expect(page.getByText('0 not checkable')).toBeVisible();
  expect(fake.calls.findLast(({ method }) => method === 'runSetUpCheck')?.input).not.toHaveProperty('offline');
});

test('before a collection nothing looks right, and a failure keeps what was shown', async ({ page, open }) => {
  const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;
  const failures: { runSetUpCheck?: typeof failure } = {};
  const { origin } = await open({ neverCollected: true, failures });
  await page.goto(origin + place);
  await expect(page.getByText('0 right')).toBeVisible();
  await expect(page.getByText('The stored state: nothing was collected yet.')).toBeVisible();
  await expect(page.getByText('Collect first.').first()).toBeHidden();
  failures.runSetUpCheck = failure;
  await page.getByRole('button', { name: 'Ask Entra and UNIFI' }).click();
  await expect(page.getByText('Shown below is the check made before.')).toBeVisible();
  await expect(page.getByText('25 not checkable')).toBeVisible();
});
