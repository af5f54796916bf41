import { expect, test } from 'vitest';
import { drain, errorCode, get, rowsOf, startSmallTenant, type Got } from './tenant-under-test.ts';

const deltaLinkOf = (pages: Got[]): string => String(pages.at(-1)?.body['@odata.deltaLink']);

const start = async () => {
  const { tenant, world } = await startSmallTenant();
  const token = await tenant.issueToken();
  return { tenant, world, token, users: `${tenant.graph}/v1.0/users/delta` };
};

test('the first round brings everybody, with repeats, and ends with a delta link', async () => {
  const { token, users } = await start();
  const { pages, rows } = await drain(`${users}?$select=displayName,accountEnabled`, token);
  expect(new Set(rows.map((row) => row['id'])).size).toBe(250);
  expect(rows.length).toBeGreaterThan(250);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['accountEnabled', 'displayName', 'id']);
  expect(pages[0]?.body['@odata.nextLink']).not.toContain('select');
  expect(deltaLinkOf(pages)).toContain('$deltatoken=');
});

test('a later round brings what changed since, and how people left', async () => {
  const { tenant, world, token, users } = await start();
  const first = await drain(`${users}?$select=displayName`, token);
  const [changed, left, gone] = [3, 4, 5].map((index) => String(world.directory.userAt(index)['id']));
  const atMs = tenant.nowMs + 60_000;
  world.changes.push(
    { atMs, id: changed as string, state: 'present' },
    { atMs, id: left as string, state: 'soft-deleted' },
    { atMs, id: gone as string, state: 'deleted' },
  );
  await tenant.advanceTo(tenant.nowMs + 120_000);
  const second = await drain(deltaLinkOf(first.pages), token);
  expect(new Map(second.rows.map((row) => [row['id'], row['@removed'] ?? row['displayName']]))).toEqual(
    new Map<unknown, unknown>([
      [changed, 'Person 3'],
      [left, { reason: 'changed' }],
      [gone, { reason: 'deleted' }],
    ]),
  );
  expect((await drain(deltaLinkOf(second.pages), token)).rows).toEqual([]);
});

test('a round can start from now, and can be limited to some ids', async () => {
  const { world, token, users } = await start();
  const latest = await get(`${users}?$deltatoken=latest`, token);
  expect(rowsOf(latest)).toEqual([]);
  expect(latest.body['@odata.deltaLink']).toBeTruthy();
  const filter = encodeURIComponent(`id eq '${world.ids.adminId}'`);
  expect(new Set((await drain(`${users}?$filter=${filter}`, token)).rows.map((row) => row['id']))).toEqual(
    new Set([world.ids.adminId]),
  );
});

test('$top, other filters and options after the first request are refused; the page size is a preference', async () => {
  const { token, users } = await start();
  expect((await get(`${users}?$top=10`, token)).status).toBe(400);
  expect((await get(`${users}?$filter=${encodeURIComponent("displayName eq 'x'")}`, token)).status).toBe(400);
  const page = await get(users, token, { Prefer: 'odata.maxpagesize=30' });
  expect(rowsOf(page)).toHaveLength(30);
  expect((await get(`${String(page.body['@odata.nextLink'])}&$select=id`, token)).status).toBe(400);
});

test('an expired link is answered with syncStateNotFound, or with 410 and where to begin again', async () => {
  const { tenant, token, users } = await start();
  const link = deltaLinkOf((await drain(`${users}?$select=displayName`, token)).pages);
  await tenant.configure({ deltaLinks: 'gone' });
  const gone = await get(link, token);
  expect([gone.status, gone.headers.get('location')]).toEqual([410, `${users}?$select=displayName&$deltatoken=`]);
  expect((await drain(String(gone.headers.get('location')), token)).rows.length).toBeGreaterThan(249);
  await tenant.configure({ deltaLinks: 'valid' });
  expect((await get(link, token)).status).toBe(200);
  await tenant.advanceTo(tenant.nowMs + 8 * 86_400_000);
  const expired = await get(link, token);
  expect([expired.status, errorCode(expired)]).toEqual([400, 'syncStateNotFound']);
});

test('groups bring their members, later only the changes of them', async () => {
  const { tenant, world, token } = await start();
  const groups = `${tenant.graph}/v1.0/groups/delta?$select=displayName,members`;
  const first = await drain(groups, token);
  const groupId = String(world.directory.groups()[5]?.['id']);
  const membersOf = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
    (rows.find((row) => row['id'] === groupId)?.['members@delta'] ?? []) as Record<string, unknown>[];
  expect(membersOf(first.rows)).toHaveLength(10);
  const members = world.memberIds.get(groupId) ?? [];
  const removed = members.shift();
  members.push(world.ids.adminId);
  world.groupChanges.push({ atMs: tenant.nowMs + 1, id: groupId, state: 'present' });
  await tenant.advanceTo(tenant.nowMs + 2);
  const second = await drain(deltaLinkOf(first.pages), token);
  expect(membersOf(second.rows)).toEqual([
    { '@odata.type': '#microsoft.graph.user', id: world.ids.adminId },
    { '@odata.type': '#microsoft.graph.user', id: removed, '@removed': { reason: 'deleted' } },
  ]);
});
