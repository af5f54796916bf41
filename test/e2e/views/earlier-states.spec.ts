import { sampleConnection } from '../../support/fake-api.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { expect, test } from './fake-window-test.ts';

test('the date control shows an earlier state in every view until somebody returns to now', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/people`);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByText('The past:')).toHaveCount(0);

  await page.getByLabel('State', { exact: true }).selectOption('date');
  await page.getByLabel('State: date as year-month-day, UTC').fill('2026-11-15');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The past:')).toBeVisible();
  await expect(page.getByText('Nothing was collected on 15 November 2026.')).toBeVisible();
  await expect(page).toHaveURL(/asOf=2026-11-15/);
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'listPeople')?.input)
    .toMatchObject({
      asOf: '2026-11-15',
    });

  await page.getByRole('link', { name: /^Findings/u }).click();
  await expect(page).toHaveURL(/findings\?asOf=2026-11-15/);
  await expect(page.getByText('The past:')).toBeVisible();
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'listFindings')?.input)
    .toMatchObject({
      asOf: '2026-11-15',
    });
  await page.reload();
  await expect(page.getByText('The past:')).toBeVisible();

  await page.getByRole('link', { name: 'Query console' }).click();
  await expect(page.getByText('This view always shows the present.')).toBeVisible();

  await page.getByRole('button', { name: 'Return to now' }).click();
  await expect(page.getByText('This view always shows the present.')).toHaveCount(0);
  await expect(page).not.toHaveURL(/asOf/);
});

test('a state that is not there is named, and nothing else is shown in its place', async ({ page, open }) => {
  const { origin } = await open({
    failures: {
      findState: {
        code: 'run-unknown',
        message: '1 January 2020 lies before the first run of this history.',
        advice: 'List the runs, and take one of them or a later date.',
      },
    },
  });
  await page.goto(`${origin}/c/fabrikam/people?asOf=2020-01-01`);
  await expect(page.getByText('1 January 2020 lies before the first run of this history.')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveCount(0);
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

test('with a single collection there is nothing to compare yet, and nothing is wrong', async ({ page, open }) => {
  const only = { code: 'run-unknown' as const, message: 'There is only one run, and so none before it.', advice: '' };
  const { origin } = await open({ failures: { diffSummary: only, listDifferences: only } });
  await page.goto(`${origin}/c/fabrikam/changes`);
  await expect(page.getByText('There is only one run, and so none before it. What changes until')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await page.goto(`${origin}/c/fabrikam/changes?from=7`);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('changes come with a summary, narrow by kind, and show before and after', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/changes`);
  await expect(page.getByText('119 differences')).toBeVisible();
  await expect(page.getByText('The scoping filter of users now leaves out the department "Guest desk".')).toBeVisible();
  await expect(page.getByText('Quarantined since 20 November: credentials refused.')).toBeVisible();

  await page.getByRole('group', { name: 'Accounts in UNIFI' }).getByLabel('Switched off').check();
  await expect(page).toHaveURL(/section=accounts&kind=disabled/);
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'listDifferences')?.input)
    .toMatchObject({
      from: 'previous',
      to: 'last',
      filter: { section: ['accounts'], kind: ['disabled'] },
    });

  await page.getByLabel('From', { exact: true }).selectOption('first');
  await expect(page.getByText('Run 1 of')).toBeVisible();
  await page.getByRole('row').nth(1).click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details.getByRole('row', { name: 'displayName Ada Brandt Ada Okafor 0' })).toBeVisible();
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(details).toHaveCount(0);
});

test('two states that cannot be compared say why', async ({ page, open }) => {
  const failure = {
    code: 'input-invalid' as const,
    message: '"last" is run 12 and lies after "first", which is run 1.',
    advice: 'Choose an earlier state to begin with and a later one to end with.',
  };
  const { origin } = await open({ failures: { diffSummary: failure, listDifferences: failure } });
  await page.goto(`${origin}/c/fabrikam/changes?from=last&to=first`);
  await expect(page.getByText(failure.message)).toHaveCount(1);
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

test('the set-up is compared with that of another connection', async ({ page, open }) => {
  const { origin } = await open({ connections: [sampleConnection, { ...sampleConnection, id: 'test', name: 'Test' }] });
  await page.goto(`${origin}/c/fabrikam/changes`);
  await page.getByLabel('Compare the set-up with another connection').selectOption('test');
  const comparison = page.getByRole('region', { name: 'Set-up of two connections' });
  await expect(comparison.getByText('The job writes to "https://unifi.example/scim"')).toBeVisible();
  await expect(comparison.getByText("not compared: UNIFI's description of its service")).toBeVisible();
  await expect(page).toHaveURL(/with=test/);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByLabel('Compare the set-up with another connection').selectOption('');
  await expect(comparison).toHaveCount(0);
});
