import { expect, findAccessibilityProblems, test } from './fake-window-test.ts';

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
const colourful = places.filter((place) => /overview|setup|[?&](?:id|who)=/.test(place));
const looks = [
  { name: 'light', media: { colorScheme: 'light' }, seen: places },
  { name: 'dark', media: { colorScheme: 'dark' }, seen: places },
  { name: 'more contrast', media: { colorScheme: 'light', contrast: 'more' }, seen: colourful },
  { name: 'dark with more contrast', media: { colorScheme: 'dark', contrast: 'more' }, seen: colourful },
  { name: 'forced colours', media: { forcedColors: 'active' }, seen: colourful },
] as const;

for (const { name, media, seen } of looks) {
  test(`axe finds nothing in any view: ${name}`, async ({ page, open }) => {
    // axe takes seconds for a full page where processors are few.
    test.slow();
    const { origin } = await open();
    await page.emulateMedia(media);
    for (const place of seen) {
      await page.goto(origin + place);
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expect(page.locator('h1').first()).toBeAttached();
      expect(await findAccessibilityProblems(page), place).toEqual([]);
    }
  });
}

test('axe finds nothing on the first screen and where nothing was collected', async ({ page, open }) => {
  await open({ connections: [] });
  await expect(page.getByRole('link', { name: 'Connect a tenant' })).toBeVisible();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  const { origin } = await open({ neverCollected: true, logRows: 0, findings: 0, people: 0 });
  for (const view of ['overview', 'setup', 'findings', 'log', 'people', 'runs']) {
    await page.goto(`${origin}/c/fabrikam/${view}`);
    await expect(page.getByText('Loading…')).toHaveCount(0);
    expect(await findAccessibilityProblems(page), view).toEqual([]);
  }
});

test('no view scrolls sideways as a whole, down to 900 by 600', async ({ page, open }) => {
  const { origin } = await open();
  await page.setViewportSize({ width: 900, height: 600 });
  for (const place of places) {
    await page.goto(origin + place);
    await expect(page.locator('h1').first()).toBeAttached();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, place).toBeLessThanOrEqual(0);
  }
});
