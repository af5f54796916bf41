import { everyLook, findAccessibilityProblems, findProblemsInLooks, keepAxe, lightAndDark } from './accessibility.ts';
import { expect, test, waitForView } from './fake-window-test.ts';

const logRow = '00000003-0000-4000-8000-000000000004';
const person = '00000001-0000-4000-8000-00000000000b';
const places = [
  '/connections',
  '/connections/fabrikam',
  '/connect',
  '/c/fabrikam/overview',
  '/c/fabrikam/setup',
  '/c/fabrikam/findings',
  '/c/fabrikam/findings?state=open&id=f000000000000003',
  '/c/fabrikam/log',
  `/c/fabrikam/log?id=${logRow}`,
  '/c/fabrikam/issues',
  '/c/fabrikam/issues?id=UnifiEntryConflict.fake0',
  '/c/fabrikam/issues?view=leaver-clock',
  '/c/fabrikam/issues?view=stale-link&id=stale-link:1',
  `/c/fabrikam/investigate?who=${person}`,
  '/c/fabrikam/investigate?mode=list',
  '/c/fabrikam/people',
  `/c/fabrikam/people?id=${person}`,
  '/c/fabrikam/changes',
  '/c/fabrikam/changes?from=3&to=2026-11-15&id=people+00000000-0000-4000-8000-000000000000+person0%40contoso.example',
  '/c/fabrikam/people?asOf=2026-11-15',
  '/c/fabrikam/runs',
  '/c/fabrikam/runs?id=29',
  '/c/fabrikam/console',
  '/c/fabrikam/care',
];
/** Where every component with colours of its own can be seen. */
const isColourful = (place: string): boolean => /overview|setup|[?&](?:id|who)=/.test(place);
const viewOf = (place: string): string => /^\/(?:c\/fabrikam\/)?(\w+)/u.exec(place)?.[1] ?? place;

// The longest file: the workers share it.
test.describe.configure({ mode: 'parallel' });

for (const [view, shown] of Map.groupBy(places, viewOf)) {
  test(`axe finds nothing, however the window looks: ${view}`, async ({ page, open }) => {
    const { origin } = await open();
    await keepAxe(page);
    for (const place of shown) {
      await page.goto(origin + place);
      await waitForView(page);
      const looks = isColourful(place) ? everyLook : lightAndDark;
      expect(await findProblemsInLooks(page, looks), place).toEqual([]);
    }
  });
}

test('axe finds nothing on the first screen and where nothing was collected', async ({ page, open }) => {
  await open({ connections: [] });
  await expect(page.getByRole('link', { name: 'Connect a tenant' })).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  const { origin } = await open({ neverCollected: true, logRows: 0, findings: 0, people: 0 });
  await keepAxe(page);
  for (const view of ['overview', 'setup', 'findings', 'log', 'people', 'runs']) {
    await page.goto(`${origin}/c/fabrikam/${view}`);
    await waitForView(page);
    expect(await findAccessibilityProblems(page), view).toEqual([]);
  }
});

test('no view scrolls sideways as a whole, down to 900 by 600', async ({ page, open }) => {
  const { origin } = await open();
  await page.setViewportSize({ width: 900, height: 600 });
  for (const place of places) {
    await page.goto(origin + place);
    await waitForView(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, place).toBeLessThanOrEqual(0);
  }
});
