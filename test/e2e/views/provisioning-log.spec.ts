import { expect, test, waitForRows } from './fake-window-test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a million log rows: scrolled to the end by keyboard, scroll bar and wheel', async ({ page, open }) => {
  const { origin } = await open({ logRows: 1_000_000 });
  await page.goto(`${origin}/c/fabrikam/log`);
  await expect(page.getByText('1,000,000 rows')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Provisioning log' });
  await waitForRows(grid);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.locator('[aria-rowindex="1000001"]')).toBeVisible();
  // The first goes to the top of what is seen, the next to what is above.
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(grid.locator('[aria-rowindex="1000001"]')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeVisible();

  await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect(grid.locator('[aria-rowindex="1000001"]')).toBeVisible();
  await grid.evaluate((element) => (element.scrollTop = 0));
  await expect(grid.locator('[aria-rowindex="2"]')).toBeVisible();

  await grid.hover();
  await page.mouse.wheel(0, 280);
  await expect(grid.locator('[aria-rowindex="12"]')).toBeVisible();
  await expect(grid.locator('[aria-rowindex="400"]')).toHaveCount(0);
});

test('the filter stands in the address, and an address brings it back', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.goto(`${origin}/c/fabrikam/log`);
  await page.getByRole('checkbox', { name: /^Failure/ }).check();
  await expect(page).toHaveURL(/status=failure/);
  await page.getByRole('searchbox').fill('ada');
  await expect(page).toHaveURL(/q=ada/);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: /^Failure/ })).toBeChecked();
  await expect(page.getByRole('searchbox')).toHaveValue('ada');
  await expect
    .poll(() => (fake.calls.findLast(({ method }) => method === 'listLog')?.input as { filter: object }).filter)
    .toEqual({ status: ['failure'], text: 'ada' });
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(`${origin}/c/fabrikam/log`);
});

test('a row shows its cause, its changes, the explained error and the JSON', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/log`);
  await page.getByRole('row').filter({ hasText: 'Failure' }).first().click();
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail.getByText('The cause: the first step that did not succeed.')).toBeVisible();
  await expect(detail.getByText('name.familyName')).toBeVisible();
  await expect(detail.getByText('Likely causes')).toBeVisible();
  await detail.getByText('As received (JSON)').click();
  await expect(detail.getByText('"provisioningAction"')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('columns are hidden, widened and remembered; selected rows are copied as a table', async ({ page, open }) => {
  const { origin } = await open();
  await page.goto(`${origin}/c/fabrikam/log`);
  await page.getByText('Columns', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Error code' }).uncheck();
  await expect(page.getByRole('columnheader', { name: /Error code/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  const widthOfTime = async (): Promise<number | undefined> =>
    (await page.getByRole('columnheader', { name: /Time/ }).first().boundingBox())?.width;
  const narrow = await widthOfTime();
  const handle = page.getByRole('separator', { name: 'Width of Time' });
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(widthOfTime).not.toBe(narrow);
  const wide = await widthOfTime();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: /Error code/ })).toHaveCount(0);
  await expect.poll(widthOfTime).toBe(wide);

  await waitForRows(page.getByRole('grid'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 2 rows.').first()).toBeAttached();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.split('\n')).toHaveLength(3);
  expect(text.split('\n')[0]).toBe('Time\tStatus\tAction\tPerson or group\tReason');
});
