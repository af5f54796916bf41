import type { MethodName } from '../../../src-main/contract/api.ts';
import type { Failure } from '../../../src-main/contract/failure.ts';
import { expect, test } from './fake-window-test.ts';

const ada = '00000001-0000-4000-8000-000000000000';
const locked: Failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' };

test('before the first check, the view says so and offers to collect', async ({ page, open }) => {
  const failure: Failure = { code: 'run-unknown', message: 'Nothing was checked yet.', advice: 'Run "check" first.' };
  const { origin, fake } = await open({ failures: { investigate: failure } });
  await page.goto(`${origin}/c/fabrikam/investigate?who=${ada}`);
  await expect(page.getByRole('heading', { name: 'Nothing was checked yet' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Collect now' }).click();
  await expect.poll(() => fake.calls.filter(({ method }) => method === 'check').length).toBe(1);
});

test('a verdict that cannot be read says why; one that was there stays, and is tried again', async ({ page, open }) => {
  const failures: Partial<Record<MethodName, Failure>> = {};
  const { origin, fake } = await open({ failures });
  await page.goto(`${origin}/c/fabrikam/investigate?who=${ada}`);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('nested in the assigned group "Design"');
  failures.investigate = locked;
  fake.emit('dataChanged', { connectionId: 'fabrikam', what: 'findings' });
  await expect(page.getByText('What is shown below was found before.')).toBeVisible();
  await expect(verdict).toBeVisible();
  // Somebody else's verdict is never shown.
  await page.getByRole('searchbox').fill('nobody');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByText('Another program uses the database.')).toBeVisible();
  await expect(verdict).toHaveCount(0);
  delete failures.investigate;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nobody called "nobody" is known')).toBeVisible();
});

test('the path, the ways, the clauses, and what was not known are told as they are', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/investigate?who=${ada}`);
  const ways = page.getByRole('region', { name: 'Ways to UNIFI' });
  await expect(ways.getByRole('listitem').first()).toContainText(/Design EMEA.*nested: not read.*Design.*UNIFI/s);
  await expect(ways).toContainText('a group that was not read');
  await expect(ways).toContainText('And 21 more ways.');
  const filters = page.getByRole('region', { name: 'Scoping filters' });
  await expect(filters).toContainText('Whether a filter lets Ada Abel through cannot be told here.');
  await expect(filters).toContainText('it cannot be used in a filter');
  await expect(page.getByRole('region', { name: 'What was not known' })).toContainText(
    'Cannot be judged without it: A12, B13.',
  );
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await page.getByRole('button', { name: 'Show all 17 moments' }).click();
  await expect(timeline.getByRole('row')).toHaveCount(18);
  await expect(timeline).toContainText(/The log was not collected until 2026-11-05 \d\d:12\./);
  await expect(timeline.getByRole('link', { name: 'Collected.' })).toHaveAttribute('href', /\/runs\?id=30$/);
});

test('a list that cannot be investigated says why and keeps what was typed', async ({ page, open }) => {
  const failures: Partial<Record<MethodName, Failure>> = { investigateBatch: locked };
  const { origin } = await open({ failures });
  await page.goto(`${origin}/c/fabrikam/investigate?mode=list`);
  const list = page.getByLabel(/One person or group a line/);
  await expect(page.getByRole('button', { name: 'Investigate the list' })).toBeDisabled();
  await list.fill('Ada\nBo\nCarla\nDeniz\nElif');
  await page.getByRole('button', { name: 'Investigate 5 lines' }).click();
  await expect(page.getByText('The database is in use')).toBeVisible();
  await expect(list).toHaveValue('Ada\nBo\nCarla\nDeniz\nElif');
  delete failures.investigateBatch;
  await page.getByRole('button', { name: 'Investigate 5 lines' }).click();
  await expect(page.getByText('5 verdicts')).toBeVisible();
  await expect(page.getByText('The database is in use')).toHaveCount(0);
});

test('a finding about a member leads to the verdict about the membership, and from there to group and person', async ({
  page,
  open,
}) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/findings?id=f000000000000008`);
  await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Why?' }).click();
  await expect(page).toHaveURL(/\/investigate\?who=[0-9a-f-]+8&member=[0-9a-f-]+9$/);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('is not in the group "Sales North" in UNIFI');
  await expect(page.getByRole('heading', { name: / in Sales North$/ })).toBeVisible();
  // Only one person alone can be asked for.
  await expect(page.getByRole('button', { name: 'Ask Entra and UNIFI now' })).toHaveCount(0);
  await page.getByRole('button', { name: 'The group itself' }).click();
  await expect(verdict).toContainText('The group "Sales North" is as it should be.');
  await page.getByRole('textbox', { name: 'A member of this group' }).fill('00000001-0000-4000-8000-000000000003');
  await page.getByRole('button', { name: 'Ask about the member' }).click();
  await expect(verdict).toContainText('Deniz');
  await page.getByRole('link', { name: 'The member alone' }).click();
  await expect(verdict).toContainText('nested in the assigned group');
});
