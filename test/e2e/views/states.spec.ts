import type { ConnectionSummary } from '../../../src-main/contract/models/connection.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { expect, test } from './fake-window-test.ts';

test('nothing collected is never shown as healthy', async ({ page, open }) => {
  const { origin } = await open({ neverCollected: true, logRows: 0, findings: 0, people: 0 });
  await page.goto(`${origin}/c/fabrikam/overview`);
  await expect(page.getByText('Nothing collected yet')).toBeVisible();
  await expect(page.getByText('Healthy')).toHaveCount(0);
  await page.goto(`${origin}/c/fabrikam/findings`);
  await expect(page.getByText('Nothing was collected yet, so nothing could be compared.')).toBeVisible();
});

test('a source that failed says what to do, a gap is named, and uncovered days are no zeros', async ({
  page,
  open,
}) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/overview`);
  await expect(page.getByText('2 of 13 sources incomplete')).toBeVisible();
  await expect(page.getByText(/Grant AuditLog\.Read\.All/)).toBeVisible();
  await expect(page.getByText(/was never\s+collected/)).toBeVisible();
  await page.getByText('Show as table').click();
  const first = page.getByRole('row', { name: /2026-10-25/ });
  await expect(first).toContainText('Not completely');
  await expect(first.getByRole('cell').nth(1)).toHaveText('');
});

test('the ledger says of every run what was read, and of one run why a source was not', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/overview`);
  await page.getByRole('link', { name: 'All runs' }).click();
  await expect(page.getByText('30 runs')).toBeVisible();
  await expect(page.getByText(/was never\s+collected/)).toBeVisible();
  const runs = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
  await expect(runs.nth(1)).toContainText('11 of 13');
  await expect(runs.nth(1)).toContainText('Audit log failed, UNIFI groups partial');
  await expect(runs.nth(5)).toContainText('not ended');
  await runs.nth(1).click();
  await expect(page).toHaveURL(/\/runs\?id=30$/);
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail).toContainText('waited 2 min for the service');
  await expect(detail).toContainText('Grant AuditLog.Read.All');
  await page.goto(`${origin}/c/fabrikam/runs?id=999`);
  await expect(page.getByText('There is no run with this number.')).toBeVisible();
});

test('a list that cannot be read says why and is tried again', async ({ page, open }) => {
  const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;
  const failures: { listLog?: typeof failure } = { listLog: failure };
  const { origin } = await open({ failures });
  await page.goto(`${origin}/c/fabrikam/log`);
  await expect(page.getByText('The database is in use')).toBeVisible();
  await expect(page.getByText('Not read', { exact: true })).toBeVisible();
  delete failures.listLog;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('5,000 rows')).toBeVisible();
});

test('a status that cannot be read is named on every view', async ({ page, open }) => {
  const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;
  const { origin } = await open({ failures: { getStatus: failure } });
  await page.goto(`${origin}/c/fabrikam/people`);
  await expect(page.getByText('The status could not be read')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'People' })).toBeVisible();
});

test('the demo tenant of an earlier start can be read, not collected', async ({ page, open }) => {
  const connection: ConnectionSummary = {
    id: 'demo-tenant',
    name: 'Demo tenant',
    tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
    cloudLabel: '127.0.0.1:1',
    demo: true,
    lastRunAt: '2026-11-23T19:48:12Z',
    databaseFile: 'history.db',
    signedIn: false,
    hasScimToken: false,
  };
  const { origin } = await open({ connections: [connection] });
  await page.goto(`${origin}/c/demo-tenant/overview`);
  await expect(page.getByText('The demo tenant is not running')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Collect now' })).toBeDisabled();
  await page.getByRole('link', { name: 'Open it again' }).click();
  await expect(page.getByRole('cell', { name: 'Not running' })).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

test('collecting shows its progress, can be cancelled, and ends with fresh data', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/overview`);
  await page.getByRole('button', { name: 'Collect now' }).click();
  await expect(page.getByText(/4,000 of 20,000/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Collect now' })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => fake.calls.map(({ method }) => method)).toContain('cancel');
  await expect(page.getByRole('button', { name: 'Collect now' })).toBeEnabled();
});

test('a session that ended says how to get back in', async ({ page, open }) => {
  const { origin } = await open();
  await expect(page.getByText('Entries failing').first()).toBeVisible();
  expect(page.url()).not.toContain('token');
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${origin}/c/fabrikam/log`);
  await expect(page.getByText('Open the address printed by the program again.')).toBeVisible();
});

test('a program that went away is named, and the data shown before stays', async ({ page, open }) => {
  const opened = await open();
  await expect(page.getByText('Entries failing').first()).toBeVisible();
  await opened.close();
  await expect(page.getByText('The program does not answer; trying again')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
});

test('connecting marks wrong fields, offers the candidates, and names missing permissions', async ({ page, open }) => {
  const failures: NonNullable<Parameters<typeof open>[0]>['failures'] = {
    connect: {
      code: 'input-invalid',
      message: 'Not accepted.',
      advice: 'Correct the named fields and try again.',
      fields: [{ field: 'connection.scim.baseUrl', reason: 'must be an https address' }],
    },
  };
  const { origin, fake } = await open({ connections: [], failures });
  await page.goto(`${origin}/connect`);
  await page.getByLabel('Name').fill('Contoso');
  await page.getByLabel('SCIM base address').fill('http://unifi.example/scim');
  await page.getByLabel('SCIM token').fill('not-a-real-token');
  await page.getByRole('button', { name: 'Test and save' }).click();
  await expect(page.getByText('This must be an https address.')).toBeVisible();
  await expect(page.getByLabel('SCIM base address')).toHaveAttribute('aria-invalid', 'true');

  delete failures.connect;
  await page.getByLabel('SCIM base address').fill('https://unifi.example/scim');
  await page.getByRole('checkbox', { name: /unifi\.example/ }).check();
  await page.getByRole('button', { name: 'Test and save' }).click();
  await page.getByRole('button', { name: 'Use UNIFI test, customappsso.1' }).click();
  await expect(page.getByText('Contoso is saved')).toBeVisible();
  await expect(page.getByText('AuditLog.Read.All')).toBeVisible();
  const sent = fake.calls.findLast(({ method }) => method === 'connect')?.input;
  expect(sent).toMatchObject({
    trustHost: true,
    secrets: { 'scim-token': 'not-a-real-token' },
    connection: { name: 'Contoso', jobId: 'customappsso.1' },
  });
});
