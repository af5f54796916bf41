import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { methodNames } from '../../../src-main/contract/api.ts';
import { startBuiltElectronApp, type BuiltElectronApp } from '../support/built-electron-app.ts';

type Bridge = Record<string, (...args: unknown[]) => Promise<Record<string, unknown>>>;

declare global {
  interface Window {
    unifiMonitor: Bridge;
  }
}

const test = base.extend<{ app: BuiltElectronApp }>({
  // Playwright reads the fixtures that this one needs from its pattern: none.
  app: async ({}, use) => {
    const app = await startBuiltElectronApp();
    await use(app);
    await app.dispose();
  },
});

test('opens one sandboxed, isolated window that shows the first screen', async ({ app }) => {
  await expect(app.page.getByRole('button', { name: 'Open the demo tenant' })).toBeVisible();
  await expect.poll(() => app.seen.map((one) => one.type)).toContain('shown');
  expect(app.seen.filter((one) => one.type === 'window')).toHaveLength(1);
  expect(app.seen.find((one) => one.type === 'window')?.['webPreferences']).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(app.seen.map((one) => one.type)).toContain('sandbox');
  expect(app.seen.find((one) => one.type === 'path')).toMatchObject({
    name: 'userData',
    path: join(app.dataDirectory, 'window'),
  });
});

test('carries every method of the contract over the bridge', async ({ app }) => {
  const answers = await app.page.evaluate(async (names) => {
    const results: [string, Record<string, unknown>][] = [];
    for (const name of names) results.push([name, (await window.unifiMonitor[name]?.({ noSuchField: 1 })) ?? {}]);
    return results;
  }, methodNames);
  for (const [name, result] of answers) {
    expect([name, result]).toMatchObject([name, { version: 1, ok: false, failure: { code: 'input-invalid' } }]);
    const { fields } = result['failure'] as { fields: { field: string }[] };
    expect([name, fields.map((problem) => problem.field)]).toEqual([name, expect.arrayContaining(['noSuchField'])]);
  }
  const info = await app.page.evaluate(() => window.unifiMonitor['getAppInfo']?.({}));
  expect(info).toMatchObject({ version: 1, ok: true, value: { host: 'electron', dataDirectory: app.dataDirectory } });
  const list = await app.page.evaluate(() => window.unifiMonitor['listConnections']?.({}));
  expect(list).toEqual({ version: 1, ok: true, value: { connections: [] } });
});

test('pushes events to subscribers, and no more once they unsubscribe', async ({ app }) => {
  const events = await app.page.evaluate(async () => {
    const heard: unknown[] = [];
    const subscribe = window.unifiMonitor['subscribe'] as unknown as (
      name: string,
      listener: (payload: unknown) => void,
    ) => () => void;
    const stopFirst = subscribe('progress', () => heard.push('never'));
    stopFirst();
    const stop = subscribe('dataChanged', (payload) => heard.push(payload));
    const opened = await window.unifiMonitor['openDemo']?.({ callId: 'demo', options: { people: 20, days: 2 } });
    const { connection } = opened?.['value'] as { connection: { id: string } };
    await window.unifiMonitor['collect']?.({ callId: 'collect', connection: connection.id });
    stop();
    return heard;
  });
  expect(events).toContainEqual({ connectionId: expect.any(String), what: 'run' });
  expect(events).not.toContain('never');
  await expect(
    app.page.evaluate(() => {
      (window.unifiMonitor['subscribe'] as unknown as (name: string, listener: () => void) => void)('other', () => 0);
    }),
  ).rejects.toThrow('no such event');
});

test('runs collection and cross-check in the threads that were built beside it', async ({ app }) => {
  const result = await app.page.evaluate(async () => {
    const opened = await window.unifiMonitor['openDemo']?.({ callId: 'demo', options: { people: 30, days: 5 } });
    const { connection } = opened?.['value'] as { connection: { id: string } };
    return window.unifiMonitor['check']?.({ callId: 'check', connection: connection.id });
  });
  expect(result).toMatchObject({ ok: true, value: { sources: expect.any(Array), findings: expect.any(Array) } });
});

test('shows the page nothing but the bridge', async ({ app }) => {
  const own = await app.page.evaluate(() => Object.getOwnPropertyNames(window));
  // A page of a secure origin, as ours is: Chromium gives others fewer names.
  const bare = await app.page.context().newPage();
  await bare.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await bare.goto('http://bare.localhost/');
  const usual = new Set(await bare.evaluate(() => Object.getOwnPropertyNames(window)));
  await bare.close();
  // Svelte's runtime, which is the page's own, leaves its version.
  expect(own.filter((name) => !usual.has(name) && name !== '__svelte')).toEqual(['unifiMonitor']);
  const names = await app.page.evaluate(() => Object.keys(window.unifiMonitor));
  expect(names.toSorted()).toEqual([...methodNames, 'subscribe'].toSorted());
  const types = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__standInToMain'].map(
      (name) => typeof (window as unknown as Record<string, unknown>)[name],
    ),
  );
  expect(new Set(types)).toEqual(new Set(['undefined']));
});

test('loads its page under the policy of the web host, without inline scripts', async ({ app }) => {
  const violations = await app.page.evaluate(async () => {
    const seen: string[] = [];
    const bothHeard = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        seen.push(effectiveDirective);
        if (seen.includes('script-src-elem') && seen.includes('connect-src')) resolve();
      });
    });
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    await fetch('https://evil.example/').catch(() => seen.push('fetch refused'));
    await Promise.race([bothHeard, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    return { seen, injected: 'injected' in window };
  });
  expect(violations.injected).toBe(false);
  expect(violations.seen).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src', 'fetch refused']));
});

test('stays on its page, and opens only known https links outside', async ({ app }) => {
  const address = app.page.url();
  const follow = (href: string, target: string): Promise<void> =>
    app.page.evaluate(
      ([to, where]) => {
        const link = document.createElement('a');
        link.href = to ?? '';
        link.target = where ?? '';
        document.body.append(link);
        link.click();
      },
      [href, target],
    );
  await follow('https://evil.example/', '');
  await expect.poll(() => app.seen.find((one) => one.type === 'will-navigate')).toMatchObject({ prevented: true });
  expect(app.page.url()).toBe(address);

  await follow('https://evil.example/', '_blank');
  await follow('http://login.microsoftonline.com/', '_blank');
  await follow('https://login.microsoftonline.com/common', '_blank');
  await expect.poll(() => app.seen.filter((one) => one.type === 'window-open')).toHaveLength(3);
  expect(app.seen.filter((one) => one.type === 'window-open').map((one) => one['action'])).toEqual(
    Array(3).fill('deny'),
  );
  expect(app.seen.filter((one) => one.type === 'open-external').map((one) => one['url'])).toEqual([
    'https://login.microsoftonline.com/common',
  ]);
});

test('refuses a frame inside the page and a foreign page in the window', async ({ app }) => {
  const inFrame = await app.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow;
    return inner?.unifiMonitor['getAppInfo']?.({}).then(
      () => 'answered',
      (error: Error) => error.message,
    );
  });
  expect(inFrame).toContain('Refused');

  await app.page.goto('http://evil.localhost/forced');
  const onForeignPage = await app.page.evaluate(() =>
    window.unifiMonitor['listConnections']?.({}).then(
      () => 'answered',
      (error: Error) => error.message,
    ),
  );
  expect(onForeignPage).toContain('Refused');
  const log = join(app.dataDirectory, 'logs', 'unifi-monitor.log');
  await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain('"context":"ipc"');
});

test("goes through the operating system's proxy", async ({ app }) => {
  const connected = await app.page.evaluate(() =>
    window.unifiMonitor['connect']?.({
      callId: 'connect',
      connection: {
        name: 'contoso',
        cloud: 'global',
        tenantId: '11111111-1111-4111-8111-111111111111',
        clientId: '22222222-2222-4222-8222-222222222222',
        signIn: 'device-code',
        scim: { baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/' },
      },
    }),
  );
  expect(connected).toMatchObject({ ok: false, failure: { code: 'network-unreachable' } });
  expect(app.seen.filter((one) => one.type === 'resolve-proxy').map((one) => one['url'])).toContain(
    'https://login.microsoftonline.com/',
  );
});

test('comes to the front when it is started again, and ends with its window', async ({ app }) => {
  app.send({ type: 'second-instance' });
  await expect.poll(() => app.seen.map((one) => one.type)).toContain('focused');
  expect(await app.closeWindow()).toBe(0);
});
