import { findProblemsInLooks, lightAndDark } from './accessibility.ts';
import { expect, test, waitForView } from './fake-window-test.ts';

const view = '/c/fabrikam/job';
const unavailable = {
  code: 'store-locked' as const,
  message: 'The history is used by another program.',
  advice: 'Close it, and try again.',
};

test('shows state, cadence, failing entries, blame, settings and changes, and leads to the log', async ({
  page,
  open,
}) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/overview`);
  await page.getByRole('main').getByRole('link', { name: 'Job health' }).click();
  await expect(page.getByRole('heading', { name: 'Cadence, 7 days' })).toBeVisible();
  await expect(page.getByText('Entries failing: Runs every 40 min')).toBeVisible();
  await expect(page.getByText('Who acts: The Entra administrator')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Log rows by the hour, and known cycles' })).toBeVisible();
  await expect(page.getByText(/Far from a quarantine/u)).toBeVisible();
  const blame = page.getByRole('region', { name: 'What changed just before' });
  await expect(blame.getByRole('listitem').first()).toContainText('Likely');
  await expect(blame.getByRole('listitem').first()).toContainText('It concerns "displayName"');
  await expect(page.getByRole('region', { name: 'Settings' })).toContainText('nobody is deactivated');
  await expect(page.getByRole('region', { name: 'Changes of the set-up, 90 days' })).toContainText(
    '3 assignments added',
  );
  await blame.getByRole('link', { name: 'Rows of the log' }).click();
  await expect(page).toHaveURL(/\/log\?status=failure&from=/u);
});

test('shows how Entra goes on with a quarantine', async ({ page, open }) => {
  const { origin } = await open({ job: 'quarantined' });
  await page.goto(origin + view);
  const quarantine = page.getByRole('region', { name: 'Quarantine', exact: true });
  await expect(quarantine.getByRole('listitem')).toHaveCount(4);
  await expect(quarantine).toContainText('Credentials refused: UNIFI refused the credentials.');
  await expect(quarantine).toContainText(/\d+ whole days until Entra disables the job/u);
  await expect(page.getByText('Next attempt').first()).toBeVisible();
});

test('says that a job that cannot be read proves nothing', async ({ page, open }) => {
  const { origin } = await open({ job: 'unread' });
  await page.goto(origin + view);
  await expect(page.getByText('The job could not be read, or no job is chosen')).toBeVisible();
  await expect(page.getByText('This is no statement about its health.')).toBeVisible();
});

test('offers to collect where nothing was collected', async ({ page, open }) => {
  const { origin, fake } = await open({ neverCollected: true, logRows: 0, findings: 0, people: 0 });
  await page.goto(origin + view);
  await page.getByRole('main').getByRole('button', { name: 'Collect now' }).click();
  await expect.poll(() => fake.calls.map(({ method }) => method)).toContain('check');
});

test('says what failed to be read, and tries again', async ({ page, open }) => {
  const { origin } = await open({ failures: { getJobHealth: unavailable, blameChanges: unavailable } });
  await page.goto(origin + view);
  await expect(page.getByText('The history is used by another program.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
});

test('does not scroll sideways as a whole, down to 900 by 600', async ({ page, open }) => {
  const { origin } = await open({ job: 'quarantined' });
  await page.setViewportSize({ width: 900, height: 600 });
  await page.goto(origin + view);
  await expect(page.getByRole('region', { name: 'Quarantine', exact: true })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('axe finds nothing in any of its states, light and dark', async ({ page, open }) => {
  const worlds = [{}, { job: 'quarantined' }, { neverCollected: true, logRows: 0 }] as const;
  for (const world of worlds) {
    const { origin } = await open(world);
    await page.goto(origin + view);
    await waitForView(page);
    await expect(page.locator('h2').first()).toBeVisible();
    expect(await findProblemsInLooks(page, lightAndDark), JSON.stringify(world)).toEqual([]);
  }
});
