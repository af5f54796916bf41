import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src-main/demo/servers/faults.ts';
import { errorCode, get, rowsOf, startSmallTenant } from './tenant-under-test.ts';

const logPath = '/v1.0/auditLogs/provisioning?$top=1';

const start = async (changes: Parameters<typeof startSmallTenant>[0] = {}) => {
  const { tenant, world } = await startSmallTenant(changes);
  return { tenant, world, token: await tenant.issueToken(), log: `${tenant.graph}${logPath}` };
};

describe('tokens', () => {
  test.each([
    ['of another audience', { audience: 'https://vault.example' }],
    ['of another tenant', { tenantId: '00000000-0000-4000-8000-999999999999' }],
    ['that ran out', { lifetimeSeconds: -60 }],
  ])('%s are refused with 401', async (_, request) => {
    const { tenant, log } = await start();
    const answer = await get(log, await tenant.issueToken(request));
    expect([answer.status, errorCode(answer)]).toEqual([401, 'InvalidAuthenticationToken']);
  });

  test('that somebody changed, or none at all, are refused with 401', async () => {
    const { token, log } = await start();
    const [head, , signature] = token.split('.');
    const claims = Buffer.from('{"aud":"https://graph.microsoft.com"}').toString('base64url');
    expect((await get(log, `${head}.${claims}.${signature}`)).status).toBe(401);
    expect((await fetch(log)).status).toBe(401);
  });

  test('without the permission are refused with 403', async () => {
    const { tenant, log } = await start();
    const token = await tenant.issueToken({ permissions: ['User.Read'] });
    expect(errorCode(await get(log, token))).toBe('Authorization_RequestDenied');
  });
});

test('each capability can be switched off by itself', async () => {
  const { tenant, world, token } = await start();
  const base = `/v1.0/servicePrincipals/${world.ids.servicePrincipalId}`;
  const paths = {
    log: logPath,
    job: `${base}/synchronization/jobs`,
    schema: `${base}/synchronization/jobs/${world.ids.jobId}/schema`,
    'job-settings': `${base}/synchronization/secrets`,
    assignments: `${base}/appRoleAssignedTo`,
    directory: '/v1.0/users',
    'deleted-users': '/v1.0/directory/deletedItems/microsoft.graph.user',
    audit: '/v1.0/auditLogs/directoryAudits',
    application: base,
  } as const;
  for (const denied of Object.keys(paths) as (keyof typeof paths)[]) {
    await tenant.configure({ denied: [denied] });
    for (const [area, path] of Object.entries(paths)) {
      const { status } = await get(`${tenant.graph}${path}`, token);
      expect(status, `${area} while ${denied} is denied`).toBe(area === denied ? 403 : 200);
    }
  }
});

test.each([
  ['permission', 403, 'Authorization_RequestDenied'],
  ['role', 403, 'Authentication_MSGraphPermissionMissing'],
  ['licence', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'],
  ['token', 401, 'InvalidAuthenticationToken'],
  ['absent', 404, 'ResourceNotFound'],
] as const)('a refusal because of: %s, has its own status and code', async (denial, status, code) => {
  const { log, token } = await start({ denied: ['log'], denial });
  const answer = await get(log, token);
  expect([answer.status, errorCode(answer)]).toEqual([status, code]);
});

test('the sixth report request in ten seconds is answered with 429 and no Retry-After; the directory is not', async () => {
  const { tenant, log, token } = await start({ throttling: true });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await get(log, token)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  const sixth = await get(`${tenant.graph}/v1.0/auditLogs/directoryAudits?$top=1`, token);
  expect([sixth.status, errorCode(sixth), sixth.headers.get('retry-after')]).toEqual([429, 'TooManyRequests', null]);
  expect((await get(`${tenant.graph}/v1.0/users?$top=1`, token)).status).toBe(200);
  expect((await tenant.stats()).throttled).toBe(1);
});

describe('a fault', () => {
  const withFault = async (fault: Omit<Fault, 'service'>) => {
    const started = await start({ faults: [{ service: 'graph', ...fault }] });
    return { ...started, answer: await get(started.log, started.token) };
  };

  test('hits the paths, and as often, as it says', async () => {
    const { tenant, log, token } = await start({
      faults: [
        { service: 'graph', kind: 'unavailable', path: '/auditLogs/provisioning', after: 1, times: 1, value: 3 },
      ],
    });
    expect((await get(`${tenant.graph}/v1.0/users`, token)).status).toBe(200);
    expect((await get(log, token)).status).toBe(200);
    const hit = await get(log, token);
    expect([hit.status, hit.headers.get('retry-after')]).toEqual([503, '3']);
    expect((await get(log, token)).status).toBe(200);
  });

  test('too-many-requests carries Retry-After', async () => {
    const { answer } = await withFault({ kind: 'too-many-requests', value: 7 });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  test.each([
    ['internal-error', 500],
    ['gateway-timeout', 504],
    ['expired-token', 401],
    ['licence-refusal', 403],
    ['redirect', 302],
    ['redirect-same-host', 307],
  ] as const)('%s answers %i', async (kind, status) => {
    expect((await withFault({ kind })).answer.status).toBe(status);
  });

  test('html and no-list answer something else with 200', async () => {
    expect((await withFault({ kind: 'html' })).answer.text).toContain('<html>');
    expect((await withFault({ kind: 'no-list' })).answer.body).toEqual({ odd: true });
  });

  test('cut-off ends the connection inside the body', async () => {
    const { log, token } = await start({ faults: [{ service: 'graph', kind: 'cut-off' }] });
    await expect(get(log, token)).rejects.toThrow();
  });

  test('broken-json ends the text too early', async () => {
    const { log, token } = await start({ faults: [{ service: 'graph', kind: 'broken-json' }] });
    await expect(get(log, token)).rejects.toThrow(SyntaxError);
  });

  test('slow delays the right answer, and does not hold up the end', async () => {
    const { tenant, log, token } = await start({ faults: [{ service: 'graph', kind: 'slow', value: 150 }] });
    const startedMs = Date.now();
    expect((await get(log, token)).status).toBe(200);
    expect(Date.now() - startedMs).toBeGreaterThan(140);
    await tenant.configure({ faults: [{ service: 'graph', kind: 'slow', value: 600_000 }] });
    const hanging = get(log, token).catch(() => 'ended');
    await tenant.close();
    expect(await hanging).toBe('ended');
  });

  test('malformed-row puts one bad row among the good ones', async () => {
    const { tenant, token } = await start({ faults: [{ service: 'graph', kind: 'malformed-row' }] });
    const rows = rowsOf(await get(`${tenant.graph}/v1.0/auditLogs/provisioning?$top=10`, token));
    expect(rows.filter((row) => typeof row['id'] === 'string')).toHaveLength(10);
    expect(rows.filter((row) => typeof row['id'] === 'number')).toHaveLength(1);
  });
});

test('writing verbs are refused and counted', async () => {
  const { tenant, token, log } = await start();
  const answer = await fetch(log, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: '{}' });
  expect(answer.status).toBe(405);
  expect((await tenant.stats()).graphWrites).toBe(1);
});

test('requests for another host name are refused', async () => {
  const { tenant } = await start();
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(`${tenant.graph}/v1.0/users`, { headers: { Host: 'attacker.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
