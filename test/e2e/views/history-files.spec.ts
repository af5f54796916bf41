import { findAccessibilityProblems, findProblemsInLooks, lightAndDark } from './accessibility.ts';
import { expect, test } from './fake-window-test.ts';
import { sampleConnection } from '../../support/fake-api.ts';

const caseFile = {
  format: 1,
  version: '0.1.0',
  connection: 'name-05ado9z51b',
  tenantId: 'id-061c3mzovk',
  jobId: null,
  writtenAt: '2026-11-20T12:00:00.000Z',
  collectedAt: '2026-11-20T11:00:00.000Z',
  scope: { what: 'all' },
  redacted: true,
  redactionKeyId: '5bf8c5c89d05',
  sha256: 'b'.repeat(64),
} as const;

test('a download is imported and a case file written from the runs', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.goto(`${origin}/c/fabrikam/runs`);
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByLabel('Paths of the files on this computer, one a line').fill('/tmp/a.csv\n"/tmp/b c.csv"\n');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/2.400 new rows/)).toBeVisible();
  expect(fake.calls.filter(({ method }) => method === 'importLog').at(-1)?.input).toMatchObject({
    files: ['/tmp/a.csv', '/tmp/b c.csv'],
  });
  expect(await findProblemsInLooks(page, lightAndDark, 'import')).toEqual([]);

  await page.goto(`${origin}/c/fabrikam/runs?casePerson=someone`);
  await expect(page.getByLabel('About')).toHaveValue('person');
  await page.getByRole('button', { name: 'Write case file' }).click();
  await expect(page.getByText('/data/reports/fabrikam-case.db')).toBeVisible();
  expect(fake.calls.filter(({ method }) => method === 'writeCaseFile').at(-1)?.input).toMatchObject({
    scope: { what: 'person', id: 'someone' },
    redact: true,
  });
  expect(await findProblemsInLooks(page, lightAndDark, 'case-file')).toEqual([]);
});

test('an empty log offers the import, and says what a refused file is', async ({ page, open }) => {
  const { origin } = await open({
    logRows: 0,
    failures: {
      importLog: {
        code: 'input-invalid',
        message: '/tmp/a.csv is not imported: its heading lacks the action.',
        advice: 'Download it again, or leave it out. Nothing was changed, also by the other files.',
        fields: [{ field: 'files', reason: 'is refused' }],
      },
    },
  });
  await page.goto(`${origin}/c/fabrikam/log`);
  await page.getByLabel('Paths of the files on this computer, one a line').fill('/tmp/a.csv');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('its heading lacks the action')).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

test('a case file only shows: nothing to collect, to sign in or to import', async ({ page, open }) => {
  const { origin } = await open({
    connections: [{ ...sampleConnection, signedIn: false, hasScimToken: false, cloudLabel: 'Case file', caseFile }],
  });
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.goto(`${origin}/c/fabrikam/runs`);
  await expect(page.getByText('Case file, redacted: only shows what was collected elsewhere')).toBeVisible();
  for (const name of ['Collect now', 'Import…', 'Case file…']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goto(`${origin}/connections`);
  await expect(page.getByText('Only shows, redacted')).toBeVisible();
  await page.getByText('Open a case file').click();
  await page.getByLabel('Path of the file on this computer').fill('/tmp/case.db');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/connections-case.png' });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/\/c\/fabrikam\/overview/u);
});
