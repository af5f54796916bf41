import type { Page } from '@playwright/test';
import { expect, test, waitForRows, waitForView } from './fake-window-test.ts';

const failure = { code: 'store-locked', message: 'Another program uses the database.', advice: 'Close it.' } as const;

/** The first row that shows in a grid, below its header. */
const firstShown = async (page: Page): Promise<string> =>
  page.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const top = (grid?.getBoundingClientRect().top ?? 0) + 40;
    const rows = [...(grid?.querySelectorAll('[role=row][aria-selected]') ?? [])];
    return rows.find((row) => row.getBoundingClientRect().bottom > top)?.getAttribute('aria-rowindex') ?? '';
  });

test('from a row far down to the verdict and back: the same rows show, and the keyboard goes on there', async ({
  page,
  open,
}) => {
  const { origin } = await open({ logRows: 50_000 });
  await page.goto(`${origin}/c/fabrikam/log`);
  const grid = page.getByRole('grid', { name: 'Provisioning log' });
  await expect(page.getByText('50,000 rows')).toBeVisible();
  await waitForRows(grid);
  await grid.focus();
  await page.keyboard.press('End');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail.getByRole('link', { name: 'Why?' })).toBeVisible();
  await expect.poll(async () => Number(await firstShown(page))).toBeGreaterThan(49_000);
  const before = await firstShown(page);
  await detail.getByRole('link', { name: 'Why?' }).click();
  await expect(page.getByRole('heading', { name: 'For the ticket' })).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(detail.getByRole('link', { name: 'Why?' })).toBeVisible();
  await expect.poll(() => firstShown(page)).toBe(before);
  await grid.focus();
  const openRow = grid.locator('[role=row].open');
  const index = Number(await openRow.getAttribute('aria-rowindex'));
  await page.keyboard.press('ArrowDown');
  await expect(openRow).toHaveAttribute('aria-rowindex', String(index + 1));
});

test('another filter begins at its top, also when somebody went down before', async ({ page, open }) => {
  const { origin } = await open({ logRows: 50_000 });
  await page.goto(`${origin}/c/fabrikam/log`);
  await expect(page.getByText('50,000 rows')).toBeVisible();
  await waitForRows(page.getByRole('grid'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect.poll(async () => Number(await firstShown(page))).toBeGreaterThan(49_000);
  await page.getByRole('searchbox').fill('ada');
  await expect(page.getByText('10,000 rows')).toBeVisible();
  await expect.poll(() => firstShown(page)).toBe('2');
});

test('a long page is where it was when somebody comes back to it', async ({ page, open }) => {
  const { origin } = await open();
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto(`${origin}/c/fabrikam/overview`);
  const link = page.getByRole('link', { name: 'All runs' });
  await waitForView(page);
  // It comes last, and moves what is below it.
  await expect(page.getByRole('heading', { name: 'What to do first' })).toBeVisible();
  await link.scrollIntoViewIfNeeded();
  const top = (): Promise<number> => page.evaluate(() => document.querySelector('main .page')?.scrollTop ?? 0);
  const kept = (): Promise<number> => page.evaluate(() => (history.state as { scroll?: number } | null)?.scroll ?? 0);
  await page.evaluate(() => document.querySelector('main .page')?.dispatchEvent(new WheelEvent('wheel')));
  await page.evaluate(() => document.querySelector('main .page')?.scrollBy(0, 60));
  await expect.poll(async () => (await kept()) - (await top())).toBe(0);
  const before = await top();
  expect(before).toBeGreaterThan(50);
  await link.click();
  await expect(page.getByText('30 runs')).toBeVisible();
  await page.goBack();
  await expect.poll(top).toBe(before);
});

test('Escape in the detail closes it and gives the keyboard back to the list', async ({ page, open }) => {
  const { origin } = await open();
  for (const [view, name] of [
    ['findings', 'Findings'],
    ['runs', 'Runs'],
    ['changes', 'Changes'],
  ] as const) {
    await page.goto(`${origin}/c/fabrikam/${view}`);
    const grid = page.getByRole('grid', { name });
    await waitForRows(grid);
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const detail = page.getByRole('region', { name: 'Details' });
    await detail.getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Escape');
    await expect(detail, view).toHaveCount(0);
    await expect(grid, view).toBeFocused();
  }
});

test('every list leads to the verdict: a view, an issue, a difference', async ({ page, open }) => {
  const { origin } = await open();
  const why = page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Why?' }).first();
  await page.goto(`${origin}/c/fabrikam/issues?view=stale-link&id=stale-link:1`);
  await expect(why).toHaveAttribute('href', /\/investigate\?who=/);
  await page.goto(`${origin}/c/fabrikam/issues?id=UnifiEntryConflict.fake0`);
  await expect(why).toHaveAttribute('href', /\/investigate\?who=0000000e-/);
  await page.goto(
    `${origin}/c/fabrikam/changes?id=${encodeURIComponent('people 00000000-0000-4000-8000-000000000000 person0@contoso.example')}`,
  );
  await expect(why).toHaveAttribute('href', /\/investigate\?who=00000000-/);
});

test('of a group, the members that differ are named, with the verdict about each', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/investigate?who=00000001-0000-4000-8000-000000000008`);
  const members = page.getByRole('region', { name: 'Members' });
  await expect(members.getByRole('link', { name: 'Why?' }).first()).toHaveAttribute('href', /who=.+&member=.+/);
  expect(fake.calls.findLast(({ method }) => method === 'listFindings')?.input).toMatchObject({
    filter: { kind: ['member-missing', 'member-extra'] },
  });
});

test('in the past an unfiltered log is not called filtered, and only views of the past are tinted', async ({
  page,
  open,
}) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/log?asOf=2026-11-15`);
  await expect(page.getByText('5,000 rows')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear filters' })).toHaveCount(0);
  await expect(page.locator('.side.past')).toHaveCount(1);
  await page.goto(`${origin}/c/fabrikam/setup?asOf=2026-11-15`);
  await expect(page.getByText('This view always shows the present.')).toBeVisible();
  await expect(page.getByText('The stored state of now.')).toBeVisible();
  await expect(page.locator('.side.past')).toHaveCount(0);
  await page.goto(`${origin}/c/fabrikam/runs?asOf=2026-11-15`);
  await expect(page.getByText('This view has its own choice of runs.')).toBeVisible();
  await expect(page.getByText('The past:')).toHaveCount(0);
});

test('where a state cannot be read, another one can still be chosen', async ({ page, open }) => {
  const { origin } = await open({ failures: { getStatus: failure } });
  await page.goto(`${origin}/c/fabrikam/people?asOf=2026-11-15`);
  await expect(page.getByText('The status could not be read')).toBeVisible();
  await page.getByLabel('State', { exact: true }).selectOption('now');
  await expect(page).not.toHaveURL(/asOf/);
});

test('counts that cannot be read are not called counting, and are tried again with the list', async ({
  page,
  open,
}) => {
  const failures: Record<string, typeof failure> = { listFindings: failure, findingFacets: failure };
  const { origin } = await open({ failures });
  await page.goto(`${origin}/c/fabrikam/findings`);
  await expect(page.getByText('Not counted')).toHaveCount(3);
  await expect(page.getByText('The database is in use')).toHaveCount(1);
  delete failures['listFindings'];
  delete failures['findingFacets'];
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('240 findings')).toBeVisible();
  await expect(page.getByText('Not counted')).toHaveCount(0);
});

test('runs that cannot be read are said once', async ({ page, open }) => {
  const { origin } = await open({ failures: { listRuns: failure, listGaps: failure } });
  await page.goto(`${origin}/c/fabrikam/runs`);
  await expect(page.getByText('The database is in use')).toHaveCount(1);
});

test('a browser that refuses the clipboard is not taken for a copy', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/log?id=00000003-0000-4000-8000-000000000004`);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } });
  });
  await page.getByText('As received (JSON)').click();
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await expect(page.getByText('The browser did not allow copying.')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Provisioning log' });
  await grid.getByRole('row').nth(2).click();
  await page.keyboard.press('Shift+ArrowDown');
  await grid.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: 'Copy as table' }).click();
  await expect(page.getByText('Not copied: the browser did not allow it.').first()).toBeAttached();
});

test('at 200 % zoom nothing lies on top of another, and the view that is shown is in sight', async ({ page, open }) => {
  const { origin } = await open();
  await page.setViewportSize({ width: 640, height: 400 });
  for (const view of ['overview', 'reports', 'console']) {
    await page.goto(`${origin}/c/fabrikam/${view}`);
    await waitForView(page);
    await expect(page.locator('nav [aria-current=page]').first(), view).toBeInViewport({ ratio: 0.9 });
    const boxes = await page.locator('.side > header > *:visible').evaluateAll((parts) =>
      parts.map((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.right <= other.left + 1 ||
          other.right <= one.left + 1 ||
          one.bottom <= other.top + 1 ||
          other.bottom <= one.top + 1;
        expect(apart, `${view}: parts of the status line overlap`).toBe(true);
      }
    }
  }
  await page.goto(`${origin}/c/fabrikam/reports`);
  await waitForView(page);
  await page.getByRole('radio', { name: /Reconciliation/ }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('radio', { name: /Reconciliation/ })).toBeInViewport();
});
