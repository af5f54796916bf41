import { describe, expect, test } from 'vitest';
import type { Quirk } from '../../../src-main/demo/servers/scim/quirks.ts';
import { quirkNames } from '../../../src-main/demo/servers/scim/quirks.ts';
import { get, startSmallTenant, type Got, type Row } from './tenant-under-test.ts';

const start = async (quirks: Quirk[] = []) => {
  const { tenant, world } = await startSmallTenant({ quirks });
  const token = tenant.credentials.scimToken;
  const read = (path: string): Promise<Got> => get(new URL(path, tenant.scimBaseUrl).href, token);
  return { tenant, world, token, read };
};

const resources = (got: Got): Row[] => got.body['Resources'] as Row[];
const ids = (got: Got): unknown[] => resources(got).map((resource) => resource['id']);
const byName = (name: string): string => `Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
const member = (got: Got): Row[] => (got.body['members'] ?? []) as Row[];

describe('the SCIM server', () => {
  test('pages by startIndex and count, and never above its limit', async () => {
    const { read } = await start();
    const first = await read('Users?startIndex=1&count=100');
    const last = await read('Users?startIndex=201&count=100');
    expect(first.headers.get('content-type')).toContain('application/scim+json');
    expect([first.body['totalResults'], first.body['startIndex'], first.body['itemsPerPage']]).toEqual([250, 1, 100]);
    expect(ids(last)).toHaveLength(50);
    expect(ids(await read('Users?count=1000'))).toHaveLength(200);
    const totals = await read('Users?count=-1');
    expect([totals.body['totalResults'], ids(totals)]).toEqual([250, []]);
    expect(ids(await read('Users?startIndex=0&count=2'))).toEqual(ids(await read('Users?startIndex=1&count=2')));
  });

  test('filters by its one attribute in any casing, answers 200 for nobody, and 400 for other filters', async () => {
    const { read } = await start();
    expect(ids(await read(byName('USER7@lindholm.example')))).toEqual(['20007']);
    expect((await read(byName('nobody'))).body).toMatchObject({ totalResults: 0, Resources: [] });
    const groups = await read(
      `Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "group 1"')}`,
    );
    expect(resources(groups)[0]).not.toHaveProperty('members');
    for (const filter of [
      'externalId eq "ext-1"',
      'userName sw "u"',
      'userName eq user7',
      'userName eq true',
      'nonsense',
    ]) {
      const answer = await read(`Users?filter=${encodeURIComponent(filter)}`);
      expect([answer.status, answer.body['scimType'], answer.body['status']], filter).toEqual([
        400,
        'invalidFilter',
        '400',
      ]);
    }
  });

  test('gives one resource by id, 404 for none, and only the attributes asked for', async () => {
    const { read } = await start();
    expect((await read('Users/20001')).body['userName']).toBe('user1@lindholm.example');
    expect((await read('Users/none')).status).toBe(404);
    expect((await read('Groups/none')).status).toBe(404);
    const { body } = await read('Users/20001?attributes=userName,name.familyName');
    expect(body).toEqual({
      schemas: expect.any(Array) as unknown[],
      id: '20001',
      userName: 'user1@lindholm.example',
      name: { familyName: '1' },
    });
    expect((await read('Users?attributes=id&excludedAttributes=name')).status).toBe(400);
    expect((await read('ServiceProviderConfig')).body).not.toHaveProperty('pagination');
    expect((await read('Schemas')).body['totalResults']).toBe(2);
    expect((await read('Nothing')).status).toBe(404);
  });

  test('refuses a wrong token', async () => {
    const { tenant } = await start();
    expect((await get(`${tenant.scimBaseUrl}Users`, 'wrong')).status).toBe(401);
  });

  test('refuses and counts every writing verb', async () => {
    const { tenant, token } = await start();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fetch(`${tenant.scimBaseUrl}Users`, {
        method,
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(405);
    }
    const stats = await tenant.stats();
    expect(stats.scimWrites).toBe(4);
    expect(stats.requests['scim DELETE /Users']).toBe(1);
  });

  test('answers POST .search like a list, without counting a write', async () => {
    const { tenant, token } = await start(['filter-sensitive']);
    const answer = await fetch(`${tenant.scimBaseUrl}Users/.search`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ filter: 'userName eq "user7@lindholm.example"', startIndex: 1, count: 5 }),
    });
    expect(await answer.json()).toMatchObject({ totalResults: 1 });
    expect((await tenant.stats()).scimWrites).toBe(0);
  });
});

test('resources with numbers for ids are found by them', async () => {
  const { read } = await start(['id-as-number']);
  expect(ids(await read('Groups')).slice(0, 3)).toEqual([0, 1, 2]);
  expect((await read('Groups/1')).body['displayName']).toBe('Group 1');
});

describe('cursors', () => {
  const walk = async (quirks: Quirk[], first: string): Promise<{ seen: unknown[]; last: Got }> => {
    const { read } = await start(quirks);
    let page = await read(first);
    const seen = [...ids(page)];
    while (page.body['nextCursor'] !== undefined) {
      page = await read(`Users?count=60&cursor=${page.body['nextCursor'] as string}`);
      if (page.status === 200) seen.push(...ids(page));
    }
    return { seen, last: page };
  };

  test('reach everybody, and must keep count and request', async () => {
    const { seen } = await walk(['cursor-paging'], 'Users?count=60&cursor=');
    expect(new Set(seen).size).toBe(250);
    const { read } = await start(['cursor-paging']);
    expect((await read('ServiceProviderConfig')).body['pagination']).toMatchObject({ cursor: true });
    const cursor = String((await read('Users?count=60&cursor=')).body['nextCursor']);
    expect((await read(`Users?count=50&cursor=${cursor}`)).body['scimType']).toBe('invalidCount');
    expect((await read(`Groups?count=60&cursor=${cursor}`)).body['scimType']).toBe('invalidCursor');
    expect((await read('Users?count=60')).body).not.toHaveProperty('nextCursor');
  });

  test('can be forced on a client, and can expire', async () => {
    expect((await walk(['cursor-forced'], 'Users?count=60')).seen).toHaveLength(250);
    const expired = await walk(['cursor-paging', 'cursor-expires'], 'Users?count=60&cursor=');
    expect([expired.last.status, expired.last.body['scimType'], expired.seen.length]).toEqual([
      400,
      'expiredCursor',
      120,
    ]);
  });
});

/** Each quirk does what its line says; the value is what the test looks at with the quirk on. */
const expectations: Partial<
  Record<Quirk, { look(read: (path: string) => Promise<Got>): Promise<unknown>; on: unknown; off: unknown }>
> = {
  'total-is-page-size': { look: async (read) => (await read('Users?count=10')).body['totalResults'], on: 10, off: 250 },
  'total-too-low': { look: async (read) => (await read('Users')).body['totalResults'], on: 125, off: 250 },
  'total-too-high': { look: async (read) => (await read('Users')).body['totalResults'], on: 257, off: 250 },
  'start-index-ignored': {
    look: async (read) => ids(await read('Users?startIndex=50&count=1')),
    on: ['20000'],
    off: ['20049'],
  },
  'overlapping-pages': {
    look: async (read) => ids(await read('Users?startIndex=50&count=1')),
    on: ['20044'],
    off: ['20049'],
  },
  'results-beyond-end': {
    look: async (read) => ids(await read('Users?startIndex=900&count=1')),
    on: ['20249'],
    off: [],
  },
  'zero-based-start-index': {
    look: async (read) => ids(await read('Users?startIndex=1&count=1')),
    on: ['20001'],
    off: ['20000'],
  },
  'empty-page-when-count-below-start': {
    look: async (read) => ids(await read('Users?startIndex=50&count=1')),
    on: [],
    off: ['20049'],
  },
  'small-pages': { look: async (read) => ids(await read('Users?count=100')).length, on: 20, off: 100 },
  'too-many-refused': {
    look: async (read) => (await read('Users?count=100')).body['scimType'],
    on: 'tooMany',
    off: undefined,
  },
  'loses-items': { look: async (read) => ids(await read('Users?count=40')).length, on: 39, off: 40 },
  'filter-case-sensitive': {
    look: async (read) => ids(await read(byName('USER7@lindholm.example'))).length,
    on: 0,
    off: 1,
  },
  'filter-ignored': { look: async (read) => (await read(byName('nobody'))).body['totalResults'], on: 250, off: 0 },
  'unquoted-filter-ignored': {
    look: async (read) => (await read('Users?filter=userName%20eq%20nobody')).body['totalResults'],
    on: 250,
    off: undefined,
  },
  'filter-sensitive': {
    look: async (read) => (await read(byName('nobody'))).body['scimType'],
    on: 'sensitive',
    off: undefined,
  },
  'nobody-is-404': { look: async (read) => (await read(byName('nobody'))).status, on: 404, off: 200 },
  'resources-absent-when-empty': {
    look: async (read) => 'Resources' in (await read(byName('nobody'))).body,
    on: false,
    off: true,
  },
  'members-omitted-in-list': {
    look: async (read) => resources(await read('Groups')).some((group) => 'members' in group),
    on: false,
    off: true,
  },
  'members-capped-at-100': { look: async (read) => member(await read('Groups/g-0')).length, on: 100, off: 250 },
  'large-group-fails': {
    look: async (read) => [(await read('Groups')).status, (await read('Groups?excludedAttributes=members')).status],
    on: [500, 200],
    off: [200, 200],
  },
  'large-group-times-out': {
    look: async (read) => [(await read('Groups/g-0')).status, (await read('Groups/g-1')).status],
    on: [504, 200],
    off: [200, 200],
  },
  'nested-members': {
    look: async (read) => member(await read('Groups/g-1')).filter((one) => one['type'] === 'Group').length,
    on: 1,
    off: 0,
  },
  'active-as-text': { look: async (read) => (await read('Users/20001')).body['active'], on: 'True', off: true },
  'active-as-number': { look: async (read) => (await read('Users/20001')).body['active'], on: 1, off: true },
  'active-missing': { look: async (read) => 'active' in (await read('Users/20001')).body, on: false, off: true },
  'throttles-with-tiny-wait': { look: async (read) => await fifth(read), on: [429, '0'], off: [200, null] },
  'throttles-without-wait': { look: async (read) => await fifth(read), on: [429, null], off: [200, null] },
  'resource-type-plural': {
    look: async (read) => ((await read('Users/20001')).body['meta'] as Row)['resourceType'],
    on: 'Users',
    off: 'User',
  },
  'meta-missing': { look: async (read) => 'meta' in (await read('Users/20001')).body, on: false, off: true },
  'groups-not-found': { look: async (read) => (await read('Groups')).status, on: 404, off: 200 },
  'keys-in-other-casing': { look: async (read) => 'resources' in (await read('Users')).body, on: true, off: false },
  'id-as-number': { look: async (read) => (await read('Users/20001')).body['id'], on: 20_001, off: '20001' },
  'nulls-sent': { look: async (read) => (await read('Users/20001')).body['title'], on: null, off: undefined },
  'plain-json': {
    look: async (read) => (await read('Users/20001')).headers.get('content-type'),
    on: 'application/json',
    off: 'application/scim+json; charset=utf-8',
  },
  'errors-bare': { look: async (read) => (await read('Users/none')).body['status'], on: undefined, off: '404' },
  'attributes-ignored': {
    look: async (read) => 'userName' in (await read('Users/20001?attributes=id')).body,
    on: true,
    off: false,
  },
  'config-not-found': { look: async (read) => (await read('ServiceProviderConfig')).status, on: 404, off: 200 },
  'config-refused': { look: async (read) => (await read('ServiceProviderConfig')).status, on: 401, off: 200 },
  'cursor-paging': { look: async (read) => 'nextCursor' in (await read('Users?cursor=')).body, on: true, off: false },
  'cursor-forced': { look: async (read) => 'nextCursor' in (await read('Users')).body, on: true, off: false },
};

const fifth = async (read: (path: string) => Promise<Got>): Promise<unknown> => {
  for (let count = 0; count < 4; count += 1) await read('Users?count=1');
  const answer = await read('Users?count=1');
  return [answer.status, answer.headers.get('retry-after')];
};

describe('the quirk', () => {
  test.each(quirkNames.filter((name) => name !== 'cursor-expires'))(
    '%s is off, and can be switched on',
    async (quirk) => {
      const expectation = expectations[quirk];
      if (!expectation) throw new Error(`no test for the quirk ${quirk}`);
      const { tenant, read } = await start();
      expect(await expectation.look(read)).toEqual(expectation.off);
      await tenant.configure({ quirks: [quirk] });
      // The throttling quirks count all requests.
      if (quirk.startsWith('throttles')) await tenant.close();
      const { read: readOn } = quirk.startsWith('throttles') ? await start([quirk]) : { read };
      expect(await expectation.look(readOn)).toEqual(expectation.on);
    },
  );
});
