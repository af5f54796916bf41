import { expect, test } from './fake-window-test.ts';

test('failures by cause: state, explanation, people, and the way to the rows', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/issues`);
  await expect(page.getByText('5 issues', { exact: true })).toBeVisible();
  await expect(page.getByText('12 of 48,211 skips of the last 30 days matter.')).toBeVisible();
  await page.getByRole('row', { name: /UnifiEntryConflict/ }).click();
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail).toContainText('41 people and groups still wait for a success.');
  await expect(detail).toContainText('Not a documented code; explained as EntryConflict');
  await expect(detail.getByRole('img', { name: /in the last 7 days/ })).toBeVisible();
  await expect(detail.getByRole('link', { name: 'Person 0' })).toHaveAttribute('href', /\/people\?id=0000000e/);
  await detail.getByRole('link', { name: /^All .* rows in the log$/ }).click();
  await expect(page).toHaveURL(/\/log\?issue=UnifiEntryConflict\.fake0$/);
  await page.goBack();
  await page.getByRole('link', { name: 'Show them' }).click();
  await expect(page).toHaveURL(/\/log\?status=skipped&benign=false&from=/);
});

test('an issue is muted with a note, and the mute is taken back', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/issues?id=Timeout.fake2`);
  await page.getByLabel('Why it may wait (optional)').fill('The vendor is on it.');
  await page.getByRole('button', { name: 'Mute until it grows' }).click();
  await expect
    .poll(() => fake.calls.findLast(({ method }) => method === 'muteIssue')?.input)
    .toMatchObject({ id: 'Timeout.fake2', note: 'The vendor is on it.' });
  await page.getByRole('row', { name: /InsufficientRights/ }).click();
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail).toContainText('by admin@example.com');
  await expect(detail).toContainText('Owners cannot be changed.');
  await detail.getByRole('button', { name: 'Unmute' }).click();
  await expect.poll(() => fake.calls.some(({ method }) => method === 'unmuteIssue')).toBe(true);
});

test('a mute that cannot be stored says why', async ({ page, open }) => {
  const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;
  const { origin } = await open({ failures: { muteIssue: failure } });
  await page.goto(`${origin}/c/fabrikam/issues?id=Timeout.fake2`);
  await page.getByRole('button', { name: 'Mute until it grows' }).click();
  await expect(page.getByText('The database is in use')).toBeVisible();
});

test('filters by state, and says when nothing fits', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/issues`);
  await page.getByRole('checkbox', { name: /Muted/ }).check();
  await expect(page).toHaveURL(/state=muted/);
  await expect(page.getByText('1 issue', { exact: true })).toBeVisible();
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('Nothing fits these filters.')).toBeVisible();
});

const views = [
  ['stale-link', 'Stale links', 'UNIFI listed 118 of 124 groups.'],
  ['silent-success', 'Successes without effect', 'Entra was told of success'],
  ['phantom-updates', 'Phantom updates', 'PERSON 1'],
  ['leaver-clock', 'Leavers', 'Past due'],
] as const;

for (const [view, title, shown] of views) {
  test(`the view "${title}" lists its rows, and one of them with what it means`, async ({ page, open }) => {
    const { origin } = await open();
    await page.goto(`${origin}/c/fabrikam/issues`);
    await page.getByRole('link', { name: title, exact: true }).click();
    await expect(page).toHaveURL(`${origin}/c/fabrikam/issues?view=${view}`);
    await expect(page.getByText('60 rows', { exact: true })).toBeVisible();
    await expect(page.getByText(shown).first()).toBeVisible();
    await page.getByRole('grid', { name: title }).getByRole('row').nth(2).click();
    const detail = page.getByRole('region', { name: 'Details' });
    await expect(detail.getByRole('heading', { name: 'Person 1' })).toBeVisible();
    await expect(detail.getByRole('link', { name: 'Person', exact: true })).toBeVisible();
    // The address alone leads to the same row.
    await page.reload();
    await expect(detail.getByRole('heading', { name: 'Person 1' })).toBeVisible();
  });
}

test('nothing collected is never shown as nothing wrong', async ({ page, open }) => {
  const { origin } = await open({ neverCollected: true, logRows: 0, findings: 0, people: 0 });
  await page.goto(`${origin}/c/fabrikam/issues`);
  await expect(page.getByText('The provisioning log was not collected yet')).toBeVisible();
  await page.goto(`${origin}/c/fabrikam/issues?view=leaver-clock`);
  await expect(page.getByText('Nothing was checked yet, so nothing is known.')).toBeVisible();
  await page.goto(`${origin}/c/fabrikam/issues?id=none`);
  await expect(page.getByText('The stored log has no rows of this issue any more.')).toBeVisible();
});

test('a list that cannot be read says why and is tried again', async ({ page, open }) => {
  const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;
  const failures: NonNullable<Parameters<typeof open>[0]>['failures'] = { listIssues: failure, listView: failure };
  const { origin } = await open({ failures });
  await page.goto(`${origin}/c/fabrikam/issues?view=stale-link`);
  await expect(page.getByText('The database is in use').first()).toBeVisible();
  delete failures.listView;
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByText('60 rows', { exact: true })).toBeVisible();
});
