import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ConnectionFile } from '../../../src-main/contract/models/connection.ts';
import { startDemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { composeApp } from '../../../src-main/hosts/compose.ts';
import { temporaryDirectory } from '../../support/cli.ts';
import { connectionOf, environmentOf } from '../trouble/connected-tenant.ts';

test('a host that knows the proxy of the system reaches through it, in its jobs as well', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const tenant = await startDemoTenant({ people: 20, days: 2, seed: 7, throttling: false });
  const here = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
  const app = await composeApp({
    host: 'electron',
    dataDirectory: await temporaryDirectory(),
    env: environmentOf(tenant),
    systemProxy: async () => `PROXY 127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    openBrowser: () => Promise.resolve(),
    storeWorkerUrl: here('adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('hosts/worker/job-worker.ts'),
    demoWorkerUrl: here('demo/tenant-worker.ts'),
  });
  onTestFinished(async () => {
    await app.close();
    await tenant.close();
    proxy.closeAllConnections();
    proxy.close();
  });
  // Entra and Graph are on loopback and reached directly; UNIFI lies behind the proxy, which lets nobody through.
  const scim = { baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/' };
  const connected = await app.api.connect({
    callId: 'connect',
    connection: { ...connectionOf(tenant), scim } as ConnectionFile,
  });
  expect(asked).toContain('licensing.inviewlabs.com:443');
  asked.length = 0;
  const collected = app.api.collect({ callId: 'collect' });
  await vi.waitFor(() => expect(asked).toContain('licensing.inviewlabs.com:443'), { timeout: 30_000 });
  // It would ask again for a while.
  await app.api.cancel({ callId: 'collect' });
  await collected;
  const text = JSON.stringify(connected);
  expect(text).toContain('the proxy refused the connection');
  expect(text).not.toContain(tenant.credentials.scimToken);
});
