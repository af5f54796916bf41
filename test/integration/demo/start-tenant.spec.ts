import { afterEach, expect, test } from 'vitest';
import { startDemoTenant, type DemoTenant, type StartOptions } from '../../../src-main/demo/start-tenant.ts';
import { drain, get } from './tenant-under-test.ts';

const workerUrl = new URL('./small-tenant-worker.ts', import.meta.url);
const open: DemoTenant[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tenant) => tenant.close()));
});

const start = async (options: StartOptions = {}): Promise<DemoTenant> => {
  const tenant = await startDemoTenant({ workerUrl, ...options });
  open.push(tenant);
  return tenant;
};

test('a tenant in a thread takes options and settings, and can be steered', async () => {
  const tenant = await start({ people: 7, throttling: false, denied: ['log'] });
  const token = await tenant.issueToken();
  const log = `${tenant.graph}/v1.0/auditLogs/provisioning?$top=1000`;
  expect((await drain(`${tenant.graph}/v1.0/users`, token)).rows).toHaveLength(7);
  expect((await get(log, token)).status).toBe(403);
  await tenant.configure({ denied: [] });
  expect((await get(log, token)).status).toBe(200);
  const later = tenant.nowMs + 3_600_000;
  await tenant.advanceTo(later);
  expect(tenant.nowMs).toBe(later);
  expect(await tenant.truth()).toEqual([]);
  expect((await tenant.stats()).requests['graph GET /auditLogs/provisioning']).toBe(2);
});

test('secrets are random at each start, and one tenant does not take the token of another', async () => {
  const [one, other] = [await start(), await start()];
  expect(one.credentials.clientSecret).not.toBe(other.credentials.clientSecret);
  expect(one.credentials.scimToken).not.toBe(other.credentials.scimToken);
  expect((await get(`${one.graph}/v1.0/users`, await other.issueToken())).status).toBe(401);
});

test('a world that cannot be made says why', async () => {
  await expect(start({ scenario: 'impossible' })).rejects.toThrow('there is no scenario "impossible"');
});

test('a start that is aborted ends with the reason', async () => {
  const controller = new AbortController();
  const starting = start({ signal: controller.signal });
  controller.abort(new Error('changed my mind'));
  await expect(starting).rejects.toThrow('changed my mind');
});

test('closing ends every connection, twice does no harm, and later calls fail', async () => {
  const tenant = await start();
  const token = await tenant.issueToken();
  const url = `${tenant.graph}/v1.0/users`;
  await get(url, token);
  await tenant.close();
  await tenant.close();
  await expect(get(url, token)).rejects.toThrow();
  await expect(tenant.truth()).rejects.toThrow();
});

test('the simulated company is served from its own thread, and its job names the SCIM address', async () => {
  const tenant = await startDemoTenant({
    people: 60,
    days: 10,
    seed: 3,
    now: '2026-11-23T09:00:00Z',
    throttling: false,
  });
  open.push(tenant);
  const token = await tenant.issueToken();
  const { servicePrincipalId, jobId } = tenant.ids;
  const base = `${tenant.graph}/v1.0/servicePrincipals/${servicePrincipalId}/synchronization`;
  expect((await get(`${base}/jobs/${jobId}`, token)).status).toBe(200);
  const { rows: settings } = await drain(`${base}/secrets`, token);
  expect(settings).toContainEqual({ key: 'BaseAddress', value: tenant.scimBaseUrl });
  const filter = encodeURIComponent(`servicePrincipal/id eq '${servicePrincipalId}'`);
  const { rows } = await drain(`${tenant.graph}/v1.0/auditLogs/provisioning?$filter=${filter}`, token);
  expect(rows.length).toBeGreaterThan(0);
  expect(
    (await get(`${tenant.scimBaseUrl}Users?count=1`, tenant.credentials.scimToken)).body['totalResults'],
  ).toBeGreaterThan(0);
  expect((await tenant.truth()).length).toBeGreaterThan(0);
});
