import { describe, expect, test } from 'vitest';
import { drain, errorCode, get, rowsOf, startSmallTenant, type Row } from './tenant-under-test.ts';

const idsOf = (rows: Row[]): unknown[] => rows.map((row) => row['id']);

const startWithToken = async (changes: Parameters<typeof startSmallTenant>[0] = {}) => {
  const { tenant, world } = await startSmallTenant(changes);
  const token = await tenant.issueToken();
  return { tenant, world, token, v1: `${tenant.graph}/v1.0` };
};

describe('the provisioning log', () => {
  const window = (from: string, to: string): string =>
    encodeURIComponent(`activityDateTime gt ${from} and activityDateTime lt ${to}`);

  test('is drained by opaque links: every row once, unsorted inside a page, with an empty page on the way', async () => {
    const { world, token, v1 } = await startWithToken();
    const filter = encodeURIComponent(`servicePrincipal/id eq '${world.ids.servicePrincipalId}'`);
    const { pages, rows } = await drain(`${v1}/auditLogs/provisioning?$filter=${filter}&$top=500`, token);
    expect(rows).toHaveLength(2_400);
    expect(new Set(idsOf(rows)).size).toBe(2_400);
    expect(pages.some((page) => rowsOf(page).length === 0 && page.body['@odata.nextLink'])).toBe(true);
    const times = rowsOf(pages[0] as (typeof pages)[0]).map((row) => String(row['activityDateTime']));
    expect(times).not.toEqual([...times].sort());
    expect(times).not.toEqual([...times].sort().reverse());
    // The same request gives the same answer.
    const again = await get(`${v1}/auditLogs/provisioning?$filter=${filter}&$top=500`, token);
    expect(rowsOf(again)).toEqual(rowsOf(pages[0] as (typeof pages)[0]));
  });

  test.each([0, 1, 99, 100, 101, 200, 250])('ends after %i rows, whatever the page size', async (logRows) => {
    const { tenant, token, v1 } = await startWithToken({ size: { logRows } });
    for (const emptyPages of [true, false]) {
      await tenant.configure({ emptyPages });
      for (const query of ['', '?$top=1000', '?$top=99', "?$top=50&$filter=provisioningAction eq 'create'"]) {
        const { rows } = await drain(`${v1}/auditLogs/provisioning${query}`, token);
        const expected = query.includes('filter') ? Math.ceil(logRows / 3) : logRows;
        expect(new Set(idsOf(rows)).size, query).toBe(expected);
        expect(rows, query).toHaveLength(expected);
      }
    }
  });

  test('reaches back as far as the retention, and so does the audit log', async () => {
    const { token, v1 } = await startWithToken({ retentionDays: 1 });
    expect((await drain(`${v1}/auditLogs/provisioning?$top=500`, token)).rows).toHaveLength(24 * 60 - 1);
    expect((await drain(`${v1}/auditLogs/directoryAudits`, token)).rows).toHaveLength(24);
  });

  test('can refuse single filters and old page links', async () => {
    const { tenant, world, token, v1 } = await startWithToken({ refusedLogFilters: ['servicePrincipal/id'] });
    const by = (filter: string): string => `${v1}/auditLogs/provisioning?$top=10&$filter=${encodeURIComponent(filter)}`;
    expect((await get(by(`servicePrincipal/id eq '${world.ids.servicePrincipalId}'`), token)).status).toBe(400);
    const page = await get(by(`jobId eq '${world.ids.jobId}'`), token);
    expect(rowsOf(page)).toHaveLength(10);
    await tenant.configure({ pageLinks: 'expired' });
    const late = await get(String(page.body['@odata.nextLink']), token);
    expect([late.status, errorCode(late)]).toEqual([400, 'Directory_ExpiredPageToken']);
  });

  test('takes times strictly: neither bound is inside', async () => {
    const { token, v1 } = await startWithToken();
    const filter = window('2026-08-11T09:00:00Z', '2026-08-11T09:03:00Z');
    const { rows } = await drain(`${v1}/auditLogs/provisioning?$filter=${filter}`, token);
    expect(rows.map((row) => row['activityDateTime']).sort()).toEqual(['2026-08-11T09:01:00Z', '2026-08-11T09:02:00Z']);
  });

  test('compares text with regard to case, and tolower() helps', async () => {
    const { token, v1 } = await startWithToken({ size: { logRows: 100 } });
    const count = async (filter: string): Promise<number> =>
      (await drain(`${v1}/auditLogs/provisioning?$filter=${encodeURIComponent(filter)}`, token)).rows.length;
    expect(await count("provisioningStatusInfo/status eq 'failure'")).toBe(15);
    expect(await count("provisioningStatusInfo/status eq 'Failure'")).toBe(0);
    expect(await count("sourceIdentity/displayName eq 'Person 7'")).toBe(1);
    expect(await count("contains(sourceIdentity/displayName,'person')")).toBe(0);
    expect(await count("contains(tolower(sourceIdentity/displayName),'person')")).toBe(100);
  });

  test.each([
    ['an undocumented property', "$filter=errorCode eq 'x'"],
    ['an operator of another property', "$filter=provisioningAction gt 'a'"],
    ['ge', '$filter=activityDateTime ge 2026-08-11T09:00:00Z'],
    ['or', "$filter=provisioningAction eq 'create' or provisioningAction eq 'update'"],
    ['a filter that cannot be read', '$filter=activityDateTime gt'],
    ['$select', '$select=id'],
    ['$count', '$count=true'],
    ['sorting by anything but the time', '$orderby=id'],
    ['a page above 1000', '$top=1001'],
    ['a token made by somebody else', '$skiptoken=abc.def'],
  ])('refuses %s with 400 and an error body', async (_, query) => {
    const { token, v1 } = await startWithToken();
    const answer = await get(`${v1}/auditLogs/provisioning?${query}`, token);
    expect(answer.status).toBe(400);
    const error = answer.body['error'] as { innerError: Record<string, unknown> };
    expect(error.innerError['request-id']).toBe(answer.headers.get('request-id'));
  });

  test('passes rows on as the text that the world holds', async () => {
    const { world, token, v1 } = await startWithToken({ size: { logRows: 10 } });
    const { rows } = world.log;
    const spaced = (row: string): string => row.replace('{', '{   ');
    Object.assign(world.log, { rows: (start: number, end: number) => rows(start, end).map(spaced) });
    const filter = encodeURIComponent(`jobId eq '${world.ids.jobId}'`);
    const page = await get(`${v1}/auditLogs/provisioning?$filter=${filter}`, token);
    for (const row of rows(0, 10)) expect(page.text).toContain(spaced(row));
  });

  test('takes a link for the request that it was made for only', async () => {
    const { token, v1 } = await startWithToken();
    const first = await get(`${v1}/auditLogs/provisioning?$top=10`, token);
    const link = String(first.body['@odata.nextLink']);
    expect((await get(link, token)).status).toBe(200);
    expect((await get(link.replace(/top=10/u, 'top=20'), token)).status).toBe(400);
  });

  test('gives pages as small as it is set to, with links to the origin that the client used', async () => {
    const { tenant, token } = await startWithToken({ logPageLimit: 50, emptyPages: false });
    const origin = tenant.graph.replace('127.0.0.1', 'localhost');
    const page = await get(`${origin}/v1.0/auditLogs/provisioning?$top=500`, token);
    expect(rowsOf(page)).toHaveLength(50);
    expect(String(page.body['@odata.nextLink'])).toContain(origin);
  });
});

describe('directory lists', () => {
  test('come in pages of 100, with the usual properties or the selected ones', async () => {
    const { token, v1 } = await startWithToken();
    const { pages, rows } = await drain(`${v1}/users`, token);
    expect(new Set(idsOf(rows)).size).toBe(250);
    expect(pages.map((page) => rowsOf(page).length)).toEqual([100, 0, 100, 50]);
    expect(rows[0]).not.toHaveProperty('accountEnabled');
    const selected = rowsOf(await get(`${v1}/users?$select=id,accountEnabled,employeeId&$top=1`, token));
    expect(selected).toEqual([{ id: expect.any(String) as string, accountEnabled: false, employeeId: null }]);
  });

  test('are filtered by documented properties without regard to case', async () => {
    const { world, token, v1 } = await startWithToken();
    const find = async (path: string, filter: string): Promise<number> =>
      (await drain(`${v1}${path}?$filter=${encodeURIComponent(filter)}`, token)).rows.length;
    expect(await find('/users', "userPrincipalName eq 'USER7@lindholm.example'")).toBe(1);
    expect(await find('/users', "startswith(displayName,'person 1')")).toBe(111);
    expect(await find('/users', `id in ('${world.ids.adminId}', 'nobody')`)).toBe(1);
    expect(await find('/groups', "displayName eq 'Group 3' and securityEnabled eq false")).toBe(1);
    expect(await find('/servicePrincipals', "startswith(displayName,'unifi')")).toBe(1);
    expect(await find('/servicePrincipals', "displayName eq 'O''Neill tools'")).toBe(1);
    expect(await find('/servicePrincipals', "tags/any(t:t eq 'WindowsAzureActiveDirectoryIntegratedApp')")).toBe(1);
    const refused = await get(`${v1}/users?$filter=${encodeURIComponent("city eq 'Oslo'")}`, token);
    expect([refused.status, errorCode(refused)]).toEqual([400, 'Request_UnsupportedQuery']);
    expect((await get(`${v1}/users?$select=shoeSize`, token)).status).toBe(400);
    expect((await get(`${v1}/users?$top=1000`, token)).status).toBe(400);
  });

  test('count on request', async () => {
    const { token, v1 } = await startWithToken();
    expect((await get(`${v1}/groups?$count=true&$top=5`, token)).body['@odata.count']).toBe(12);
  });

  test('know direct and nested members, in both directions', async () => {
    const { world, token, v1 } = await startWithToken();
    const group = world.directory.groups()[1]?.['id'] as string;
    const direct = await drain(`${v1}/groups/${group}/members?$select=id&$top=4`, token);
    expect(direct.rows).toHaveLength(11);
    expect(direct.rows.map((row) => row['@odata.type'])).toContain('#microsoft.graph.group');
    expect((await drain(`${v1}/groups/${group}/transitiveMembers`, token)).rows).toHaveLength(21);
    expect((await drain(`${v1}/groups/${group}/members/microsoft.graph.user`, token)).rows).toHaveLength(10);
    const person = world.directory.userAt(25)['id'] as string;
    const names = async (path: string): Promise<unknown[]> =>
      (await drain(`${v1}/users/${person}/${path}`, token)).rows.map((row) => row['displayName']).sort();
    expect(await names('memberOf')).toEqual(['Group 0', 'Group 2']);
    expect(await names('transitiveMemberOf')).toEqual(['Group 0', 'Group 1', 'Group 2']);
  });

  test('need the type cast for deleted objects', async () => {
    const { token, v1 } = await startWithToken();
    expect((await get(`${v1}/directory/deletedItems`, token)).status).toBe(400);
    const { rows } = await drain(`${v1}/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime`, token);
    expect(rows[0]?.['deletedDateTime']).toBe('2026-08-01T00:00:00Z');
  });

  test('hold the audit log, filtered by time and service but not by category', async () => {
    const { token, v1 } = await startWithToken();
    const filter = "activityDateTime gt 2026-08-10T10:00:00Z and loggedByService eq 'Account Provisioning'";
    const { rows } = await drain(`${v1}/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=5`, token);
    expect(rows).toHaveLength(12);
    const refused = await get(`${v1}/auditLogs/directoryAudits?$filter=category eq 'x'`, token);
    expect(refused.status).toBe(400);
  });

  test('answer single objects, and 404 for what does not exist', async () => {
    const { world, token, v1 } = await startWithToken();
    const { servicePrincipalId, applicationId, adminUpn } = world.ids;
    for (const path of [
      `/users/${adminUpn}`,
      `/servicePrincipals/${servicePrincipalId}`,
      `/servicePrincipals(appId='${applicationId}')`,
      `/groups/${String(world.directory.groups()[0]?.['id'])}`,
    ]) {
      expect((await get(`${v1}${path}`, token)).status, path).toBe(200);
    }
    for (const path of [
      '/users/nobody',
      '/groups/none',
      '/groups/none/members',
      '/servicePrincipals/none/appRoleAssignedTo',
    ]) {
      const answer = await get(`${v1}${path}`, token);
      expect([answer.status, errorCode(answer)], path).toEqual([404, 'Request_ResourceNotFound']);
    }
    expect((await get(`${v1}/me/drive`, token)).status).toBe(400);
  });
});

describe('the application and its job', () => {
  test('are read with assignments, schema and settings', async () => {
    const { world, token, v1, tenant } = await startWithToken();
    const { servicePrincipalId, jobId } = world.ids;
    const base = `${v1}/servicePrincipals/${servicePrincipalId}`;
    expect((await drain(`${base}/appRoleAssignedTo?$top=5`, token)).rows).toHaveLength(12);
    expect(idsOf(rowsOf(await get(`${base}/synchronization/jobs`, token)))).toEqual([jobId]);
    expect((await get(`${base}/synchronization/jobs/${jobId}`, token)).body['templateId']).toBe('unifi');
    expect((await get(`${base}/synchronization/jobs/${jobId}/schema`, token)).body['version']).toBe('v1');
    for (const version of ['v1.0', 'beta']) {
      const secrets = await get(
        `${tenant.graph}/${version}/servicePrincipals/${servicePrincipalId}/synchronization/secrets`,
        token,
      );
      expect(rowsOf(secrets).map((entry) => entry['key'])).toEqual(['SyncAll', 'SecretToken']);
    }
    expect((await get(`${base}/synchronization/jobs/other/schema`, token)).status).toBe(404);
    expect((await get(`${base}/synchronization/jobs?$top=5`, token)).status).toBe(400);
  });
});
