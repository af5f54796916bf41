import { findAccessibilityProblems, findProblemsInLooks, lightAndDark } from './accessibility.ts';
import { expect, test } from './fake-window-test.ts';

test('a query is written, run, counted, narrowed and exported', async ({ page, open }) => {
  const { origin, fake } = await open();
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.goto(`${origin}/c/fabrikam/console`);
  const editor = page.getByRole('textbox', { name: 'Query in SQL' });
  await expect(editor).toHaveValue('SELECT name FROM v_people');
  expect(await findProblemsInLooks(page, lightAndDark)).toEqual([]);

  await editor.fill('SELECT * FROM v_log');
  await editor.press('Control+Enter');
  await expect(page.getByText('250 rows in 128 ms')).toBeVisible();
  await page.getByLabel('Count the values of a column').selectOption('source_state');
  await page.getByRole('checkbox', { name: /in-scope/ }).check();
  await expect
    .poll(() => fake.calls.filter(({ method }) => method === 'runQuery').at(-1)?.input)
    .toMatchObject({
      sql: 'SELECT * FROM v_log',
      narrowing: [{ column: 1, value: 'in-scope' }],
    });
  // The values of the narrowed column are counted as if it were not.
  await expect
    .poll(() => fake.calls.filter(({ method }) => method === 'countQuery').at(-1)?.input)
    .toMatchObject({ columns: [1], narrowing: [] });
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByText('/data/reports/contoso-query.csv')).toBeVisible();
  await page.getByRole('row', { name: /Person 3/ }).click();
  await expect(page.getByRole('heading', { name: 'Row 4' })).toBeVisible();
  await page.getByText('v_people', { exact: true }).click();
  expect(await findProblemsInLooks(page, lightAndDark, 'query-console')).toEqual([]);
});

test('a refused query says where, and stays in the list of those that were run', async ({ page, open }) => {
  const { origin } = await open({
    failures: {
      runQuery: {
        code: 'input-invalid',
        message: 'SQLite refuses it: no such column: nme.',
        advice: 'Correct the statement.',
        fields: [{ field: 'sql', reason: 'is refused' }],
        position: 9,
      },
    },
  });
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.goto(`${origin}/c/fabrikam/console`);
  const editor = page.getByRole('textbox', { name: 'Query in SQL' });
  await editor.fill('SELECT\n  nme FROM v_people');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Line 2, column 3.')).toBeVisible();
  await expect(page.getByText('At character 10.')).toBeVisible();
  await page.getByRole('button', { name: 'Go there' }).click();
  const selected = (): Promise<string> =>
    editor.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  await expect.poll(selected).toBe('nme');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/query-console-refused.png' });
});

test('a host without the console says why, and still shows the views', async ({ page, open }) => {
  const { origin } = await open({ queriesUnavailable: 'The query console is off here.' });
  await page.goto(`${origin}/c/fabrikam/console`);
  await expect(page.getByText('The query console is off here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  await expect(page.getByText('v_people', { exact: true })).toBeVisible();
});
