import { startProduct } from '../support/product.ts';
import { expect, test } from '../support/window-test.ts';

test('opens from the printed address, and the token leaves the address at once', async ({ page, emptyProduct }) => {
  await page.goto(emptyProduct.address);
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  expect(page.url()).not.toContain('token');
  const token = new URL(emptyProduct.address).hash;
  expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain(
    token.slice('#token='.length),
  );
});

test('keeps its session over a reload, and in a second tab opened from the same address', async ({
  page,
  emptyProduct,
}) => {
  await page.goto(emptyProduct.address);
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(emptyProduct.address);
  await expect(second.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
});

test('shows nothing without the token, although the cookie is there', async ({ page, emptyProduct }) => {
  await page.goto(emptyProduct.address);
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  const stranger = await page.context().newPage();
  await stranger.goto(emptyProduct.origin);
  await expect(stranger.getByText('session has ended', { exact: false }).first()).toBeVisible();
  await expect(stranger.getByRole('button', { name: 'Open the demo tenant' })).toBeHidden();
});

test('keeps its cookie from scripts, and gives a page of another origin nothing', async ({ page, emptyProduct }) => {
  await page.goto(emptyProduct.address);
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const [cookie] = await page.context().cookies(emptyProduct.origin);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });

  const evil = await page.context().newPage();
  await evil.route('http://evil.localhost/**', (route) => route.fulfill({ contentType: 'text/html', body: 'evil' }));
  await evil.goto('http://evil.localhost/');
  const tries = await evil.evaluate(async (origin) => {
    const attempt = (path: string, options: RequestInit): Promise<string> =>
      fetch(origin + path, { credentials: 'include', ...options }).then(
        (response) => `${response.type} ${response.status}`,
        () => 'refused',
      );
    return [
      await attempt('/api/call/listConnections', { method: 'POST', body: '{}' }),
      await attempt('/api/call/listConnections', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-unifi-monitor-key': 'x' },
      }),
      await attempt('/api/events', {}),
    ];
  }, emptyProduct.origin);
  expect(tries).toEqual(['refused', 'refused', 'refused']);
});

test('runs under its policy: nothing that the window does violates it', async ({ page, demoProduct }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(demoProduct.address);
  for (const view of ['overview', 'findings', 'log', 'people']) {
    await page.goto(`${demoProduct.origin}/c/${encodeURIComponent(demoProduct.connection)}/${view}`);
    await expect(page.getByRole('main')).toBeVisible();
    await page.waitForLoadState('load');
  }
  expect(complaints).toEqual([]);
});

test('says that the program has ended when it has', async ({ page }) => {
  const product = await startProduct();
  await page.goto(product.address);
  await expect(page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  await product.close();
  await page.getByRole('button', { name: 'Open the demo tenant' }).click();
  await expect(page.getByText('does not answer', { exact: false }).first()).toBeVisible();
});
