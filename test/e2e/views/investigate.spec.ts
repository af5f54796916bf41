import { readFile } from 'node:fs/promises';
import { enterWindow } from '../support/enter-window.ts';
import { expect, test } from '../support/window-test.ts';
import { findAccessibilityProblems, findProblemsInLooks, lightAndDark } from './accessibility.ts';

/** Somebody of the demo tenant with an open finding of a kind, and the verdict about them. */
const someone = async (
  { call, connection }: Parameters<Parameters<typeof test>[2]>[0]['demoProduct'],
  kind: 'missing-in-target' | 'active-source-gone',
) => {
  const { rows } = await call('listFindings', {
    connection,
    filter: { kind: [kind], state: ['open'] },
    page: { limit: 1 },
  });
  const [finding] = rows;
  if (!finding?.subject.entraId) throw new Error(`The demo tenant has no finding of the kind ${kind}.`);
  return { finding, verdict: await call('investigate', { connection, who: finding.subject.entraId }) };
};

test.beforeEach(async ({ page, demoProduct }) => {
  await enterWindow(page, demoProduct.address);
});

test('from a finding to the verdict: the sentence, who acts, the path, the ways, the timeline, the ticket', async ({
  page,
  context,
  demoProduct,
}) => {
  const { origin, connection } = demoProduct;
  const { finding, verdict } = await someone(demoProduct, 'missing-in-target');
  await page.goto(`${origin}/c/${connection}/findings?id=${finding.id}`);
  await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Why?' }).click();
  await expect(page).toHaveURL(new RegExp(`/investigate\\?who=${finding.subject.entraId ?? ''}$`));
  await expect(page.getByText(verdict.verdict.sentence).first()).toBeVisible();
  for (const [index, step] of verdict.verdict.steps.entries()) {
    await expect(page.getByRole('region', { name: 'Verdict' }).getByRole('listitem').nth(index)).toHaveText(step);
  }
  const path = page.getByRole('region', { name: 'What was looked at, in this order' }).locator('ol > li');
  await expect(path).toHaveCount(verdict.path.length);
  await expect(path.filter({ hasText: 'The cause' })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Ways to UNIFI' })).toContainText('UNIFI');
  await expect(page.getByRole('region', { name: 'Scoping filters' }).getByRole('row')).not.toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Both sides' })).toContainText('userName');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('row')).toHaveCount(1 + Math.min(12, verdict.timeline.length));
  expect(await findProblemsInLooks(page, lightAndDark, 'investigate')).toEqual([]);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Redacted' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('Redacted text copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(verdict.ticket.redacted);
});

test('a part of a name lists who could be meant; one of them is chosen, and people and log rows lead here too', async ({
  page,
  demoProduct,
}) => {
  const { origin, connection } = demoProduct;
  await page.goto(`${origin}/c/${connection}/investigate`);
  await expect(page.getByRole('heading', { name: 'People with findings' })).toBeVisible();
  await page.getByRole('searchbox').fill('studio');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/\/investigate\?who=studio$/);
  await expect(page.getByText('Several fit')).toBeVisible();
  await page.getByRole('table').getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Several fit')).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('studio');

  for (const view of ['people', 'log']) {
    await page.goto(`${origin}/c/${connection}/${view}`);
    const row = page.getByRole('grid').getByRole('row').nth(1);
    // A row that is still on its way cannot be opened.
    await expect(row).toContainText(/\w/);
    await row.click();
    await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Why?' }).click();
    await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
  }
});

test('one person is asked for anew, and everything says how old it is', async ({ page, demoProduct }) => {
  const { origin, connection } = demoProduct;
  const { verdict, finding } = await someone(demoProduct, 'missing-in-target');
  await page.goto(`${origin}/c/${connection}/investigate?who=${finding.subject.entraId ?? ''}`);
  await page.getByRole('button', { name: 'Ask Entra and UNIFI now' }).click();
  const ages = page.getByRole('region', { name: 'How old this is' });
  await expect(ages).toContainText('Asked just now');
  await expect(ages).toContainText('from the collection');
  await expect(ages).toContainText(/\d+ requests to Entra and UNIFI; nothing of it is stored\./);
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(verdict.verdict.sentence);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/investigate-live.png' });
});

test('a list is pasted or chosen, gets a verdict for everybody, and is downloaded', async ({ page, demoProduct }) => {
  const { origin, connection } = demoProduct;
  const { finding, verdict } = await someone(demoProduct, 'active-source-gone');
  const who = finding.subject.entraId ?? '';
  await page.goto(`${origin}/c/${connection}/investigate?mode=list`);
  const choose = page.getByLabel('CSV file of people');
  await page.getByRole('textbox', { name: 'Column' }).fill('employee');
  await choose.setInputFiles({
    name: 'sites.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Ticket,Site\n17,Oslo\n'),
  });
  await expect(page.getByText('The list sites.csv has no column "employee".')).toBeVisible();
  await expect(page.getByText('Its first line names: "Ticket", "Site".')).toBeVisible();

  const csv = `Ticket;Employee\n17;${who}\n18;=1+1\n19;${who}\n`;
  await choose.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const grid = page.getByRole('grid', { name: 'Verdicts' });
  await expect(grid.getByRole('row').nth(1)).toContainText(verdict.verdict.sentence);
  await expect(grid.getByRole('row').nth(2)).toContainText('Not found');
  await expect(page.getByText('1 line left out: an earlier line names the same')).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/investigate-list.png' });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved).toContain("\r\n3,'=1+1,,");
  expect(saved).toContain(verdict.verdict.cause ?? '');

  await page.getByLabel('Not found').check();
  await expect(page.getByText('1 verdict of 2')).toBeVisible();
  await page.getByLabel('Not found').uncheck();
  await grid.getByRole('row').nth(1).click();
  await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'The whole investigation' }).click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(verdict.verdict.sentence);
  // The verdicts are still there.
  await page.goBack();
  await expect(grid.getByRole('row').nth(1)).toContainText(verdict.verdict.sentence);

  await page.getByRole('button', { name: 'Another list' }).click();
  await page.getByLabel(/One person or group a line/).fill(`${finding.subject.name}\n\nnobody-of-that-name`);
  await page.getByRole('button', { name: 'Investigate 2 lines' }).click();
  await expect(page.getByText('2 verdicts')).toBeVisible();
});
