import { afterEach, describe, expect, test } from 'vitest';
import type { AppError } from '../../../src-main/core/app-error.ts';
import { createScimClient } from '../../../src-main/adapters/scim/scim-client.ts';
import type { ScimRequest } from '../../../src-main/adapters/scim/scim-client.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { directoryAt, drain, fastTiming, listBody, reading, startServer } from './scim-server.ts';
import type { Answer, SeenRequest, TestServer } from './scim-server.ts';

const servers: TestServer[] = [];
const serve = async (answer: (request: SeenRequest) => Answer): Promise<TestServer> => {
  const server = await startServer((request) =>
    request.path.endsWith('/ServiceProviderConfig') ? { status: 404 } : answer(request),
  );
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const failureOf = async (work: Promise<unknown>): Promise<AppError['failure']> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  const { failure } = error as AppError;
  expect(JSON.stringify(failure)).not.toContain('token-4711');
  return failure;
};

const paged =
  (resources: unknown[]) =>
  (request: SeenRequest): Answer => {
    const start = Number(request.query.get('startIndex')) - 1;
    const page = resources.slice(start, start + Number(request.query.get('count')));
    return { body: listBody(page, { totalResults: resources.length, startIndex: start + 1 }) };
  };

describe('accounts', () => {
  test('are read in any casing of keys, with ids as numbers, and keep only what was asked for', async () => {
    const server = await serve(
      paged([
        {
          ID: 17,
          USERNAME: 'ada@contoso.example',
          ExternalID: 'ada',
          Active: 'True',
          Name: { GivenName: 'Ada', familyName: 'Brandt' },
          emails: [
            { type: 'home', value: 'h@x.example' },
            { type: 'work', value: 'w@x.example', primary: true },
          ],
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Design' },
          phoneNumbers: [{ value: '1' }],
          meta: { resourceType: 'Users', created: '2026-08-11T09:14:20Z', lastModified: 'never' },
        },
        { id: 'b', userName: 'b', active: 0 },
        { id: 'c', userName: 'c', active: 'perhaps' },
      ]),
    );
    const attributes = [
      'userName',
      'active',
      'name.givenName',
      'emails[type eq "work"].value',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
      'title',
    ];
    const { items, end } = await drain(directoryAt(server.url).readUsers({ ...reading(), attributes }));
    expect(end).toEqual({ complete: true, failure: null });
    expect(items[0]).toEqual({
      id: '17',
      userName: 'ada@contoso.example',
      externalId: 'ada',
      active: true,
      displayName: null,
      attributes: {
        userName: 'ada@contoso.example',
        active: true,
        'name.givenName': 'Ada',
        'emails[type eq "work"].value': 'w@x.example',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'Design',
        title: null,
      },
      createdAt: '2026-08-11T09:14:20Z',
      lastModifiedAt: null,
    });
    expect(items.map(({ active }) => active)).toEqual([true, false, null]);
  });

  test('come with a count of requests, pages and items, and the token in every request', async () => {
    const server = await serve(paged(Array.from({ length: 230 }, (_, index) => ({ id: `u-${index}` }))));
    const read = reading();
    const { items } = await drain(directoryAt(server.url).readUsers({ ...read, attributes: [] }));
    expect(items).toHaveLength(230);
    expect(read.meter).toMatchObject({ requests: 5, pages: 4, items: 230, total: 230 });
    expect(server.requests.every(({ authorization }) => authorization === 'Bearer token-4711')).toBe(true);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('without an id are counted, and make the list partial where they stand for somebody', async () => {
    const server = await serve(paged([{ id: 'a' }, { userName: 'nobody' }, null, { id: 'b' }]));
    const read = reading();
    const { items, end } = await drain(directoryAt(server.url).readUsers({ ...read, attributes: [] }));
    expect(items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(read.meter.malformed).toBe(2);
    expect(end.complete).toBe(false);
    expect(end.failure?.message).toContain('beside 2 that cannot be understood');
  });

  test('are complete in spite of a stray entry beyond the total on every page', async () => {
    const all = Array.from({ length: 230 }, (_, index) => ({ id: `u-${index}` }));
    const server = await serve((request) => {
      const answer = paged(all)(request);
      const body = answer.body as { Resources: unknown[] };
      if (body.Resources.length > 0) body.Resources.splice(3, 0, { stray: true });
      return answer;
    });
    const read = reading();
    const { items, end } = await drain(directoryAt(server.url).readUsers({ ...read, attributes: [] }));
    expect(end.complete).toBe(true);
    expect(new Set(items.map(({ id }) => id)).size).toBe(230);
    expect(read.meter.malformed).toBe(1);
  });
});

describe('the base address', () => {
  test('keeps its last segment without a slash and loses a flag query', async () => {
    const server = await serve(paged([]));
    const url = `${server.url.slice(0, -1)}?aadOptscim062020`;
    await drain(directoryAt(url).readUsers({ ...reading(), attributes: [] }));
    expect(server.requests.at(-1)?.path).toBe('/scim/v2/Users');
    expect(server.requests.at(-1)?.rawQuery).toBe('?startIndex=1&count=100');
  });

  test.each(['http://unifi.example/scim/', 'ftp://unifi.example/', 'nonsense', 'https://me:secret@unifi.example/'])(
    '%s is refused',
    (url) => {
      expect(() => directoryAt(url)).toThrowError(expect.objectContaining({ code: 'input-invalid' }) as Error);
    },
  );
});

describe("Entra's own probe", () => {
  test('asks for somebody who does not exist, quoted and encoded', async () => {
    const server = await serve(() => ({ body: listBody([], { Resources: undefined }) }));
    await directoryAt(server.url).probe({ ...reading(), resource: 'Users' });
    await directoryAt(server.url).probe({ ...reading(), resource: 'Groups' });
    expect(server.requests[0]?.rawQuery).toMatch(/^\?filter=userName%20eq%20%22[0-9a-f-]{36}%22$/);
    expect(server.requests[1]?.query.get('filter')).toMatch(/^displayName eq "/);
    expect(server.requests[1]?.query.get('excludedAttributes')).toBe('members');
  });

  test.each<[string, Answer, string, string]>([
    ['ignores the filter', { body: listBody([{ id: 'a' }]) }, 'response-unexpected', 'ignored the filter'],
    ['answers no SCIM list', { body: { totalResults: 0 } }, 'response-unexpected', 'does not call itself'],
    ['answers other JSON', { body: { hello: 1 } }, 'response-unexpected', 'not a SCIM list'],
    [
      'answers a web page',
      { text: '<!DOCTYPE html><html><body>Sign in</body></html>' },
      'response-unexpected',
      '<html>',
    ],
    ['refuses the token', { status: 401, text: '' }, 'scim-unauthorised', 'refused the secret token'],
    ['refuses the right', { status: 403, text: 'no' }, 'scim-unauthorised', 'does not let it read'],
    ['answers 404', { status: 404, text: '<html>' }, 'scim-rejected', 'Entra expects an empty list'],
    ['refuses the filter', { status: 400, body: { scimType: 'invalidFilter' } }, 'scim-rejected', 'invalidFilter'],
    [
      'redirects away',
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
      'response-unexpected',
      'elsewhere.example',
    ],
  ])('fails with a sentence when the server %s', async (_name, answer, code, words) => {
    const server = await serve(() => answer);
    const failure = await failureOf(directoryAt(server.url).probe({ ...reading(), resource: 'Users' }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(failure.advice).toMatch(/\.$/);
  });

  test('falls back to POST .search when the server wants no filters in addresses', async () => {
    const server = await serve((request) =>
      request.method === 'POST' ? { body: listBody([]) } : { status: 403, body: { scimType: 'sensitive' } },
    );
    await directoryAt(server.url).probe({ ...reading(), resource: 'Users' });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /scim/v2/Users',
      'POST /scim/v2/Users/.search',
    ]);
  });
});

describe('the client', () => {
  test('follows a redirect within the same origin, and never carries the token to another host', async () => {
    const other = await serve(() => ({ body: listBody([]) }));
    const server = await serve((request) => {
      if (request.path.endsWith('/Users')) return { status: 307, headers: { location: '/scim/v2/People' } };
      if (request.path.endsWith('/People')) return { body: listBody([]) };
      return { status: 308, headers: { location: `${other.url}Groups` } };
    });
    const directory = directoryAt(server.url);
    await directory.probe({ ...reading(), resource: 'Users' });
    const failure = await failureOf(directory.probe({ ...reading(), resource: 'Groups' }));
    expect(failure.code).toBe('response-unexpected');
    expect(other.requests).toEqual([]);
  });

  test('waits as long as the server asks, at least 1 s, and doubles its waits when nothing is said', async () => {
    let refusals = 4;
    const server = await serve(() => {
      refusals -= 1;
      if (refusals >= 3) return { status: 429, headers: { 'retry-after': '7' } };
      if (refusals === 2) return { status: 429, headers: { 'retry-after': '0' } };
      return refusals > 0 ? { status: 429 } : { body: listBody([]) };
    });
    const timing = fastTiming();
    const read = reading();
    await directoryAt(server.url, { timing }).probe({ ...read, resource: 'Users' });
    expect(timing.waits[0]).toBe(7_000);
    expect(timing.waits[1]).toBe(1_000);
    expect(timing.waits[2]).toBeGreaterThanOrEqual(8_000);
    expect(read.meter.throttledMs).toBeGreaterThanOrEqual(16_000);
    expect(read.notes[0]).toMatch(/^Waiting 7 s/);
  });

  test('gives up after five refusals, and says how long the server asked to wait', async () => {
    const server = await serve(() => ({ status: 429, headers: { 'retry-after': '60' } }));
    const work = directoryAt(server.url, { timing: fastTiming() }).probe({ ...reading(), resource: 'Users' });
    expect(await failureOf(work)).toMatchObject({ code: 'scim-unavailable', status: 429, retryAfterMs: 60_000 });
    expect(server.requests).toHaveLength(6);
  });

  test('sends no more than five requests a second and two at once', async () => {
    let open = 0;
    let most = 0;
    const server = await serve(() => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => (open -= 1), 55);
      return { body: listBody([]), delayMs: 60 };
    });
    const directory = directoryAt(server.url, { pace: { concurrent: 2, perSecond: 5 } });
    await Promise.all(Array.from({ length: 8 }, () => directory.probe({ ...reading(), resource: 'Users' })));
    const times = server.requests.map(({ atMs }) => atMs);
    for (let index = 5; index < times.length; index += 1) {
      expect((times[index] ?? 0) - (times[index - 5] ?? 0)).toBeGreaterThan(1_000);
    }
    expect(most).toBe(2);
  });

  test('says so when no token is stored, or one that no token can be', async () => {
    const server = await serve(() => ({ body: listBody([]) }));
    const probe = (token: string | null): Promise<void> =>
      directoryAt(server.url, { token: () => Promise.resolve(token) }).probe({ ...reading(), resource: 'Users' });
    expect((await failureOf(probe(null))).message).toContain('No secret token');
    const failure = await failureOf(probe('line one\nline two'));
    expect(failure.code).toBe('scim-unauthorised');
    expect(JSON.stringify(failure)).not.toContain('line one');
    expect(server.requests).toEqual([]);
  });

  test('can be cancelled while it waits', async () => {
    const server = await serve(() => ({ status: 429, headers: { 'retry-after': '60' } }));
    const controller = new AbortController();
    const work = directoryAt(server.url).probe({ ...reading(), signal: controller.signal, resource: 'Users' });
    setTimeout(() => controller.abort(), 50);
    expect((await failureOf(work)).code).toBe('cancelled');
  });

  test('says that nothing answers when nothing does', async () => {
    const server = await serve(() => ({}));
    await server.close();
    const work = directoryAt(server.url, { timing: fastTiming() }).probe({ ...reading(), resource: 'Users' });
    expect((await failureOf(work)).code).toBe('network-unreachable');
  });

  test('refuses at run time what the types already forbid: any other verb, any way out of the base', async () => {
    const server = await serve(() => ({}));
    const client = createScimClient({
      baseUrl: server.url,
      token: () => Promise.resolve('token-4711'),
      fetch: createFetch({}),
      pace: { concurrent: 1, perSecond: 100 },
      timing: fastTiming(),
    });
    const call = { ...reading(), what: 'Users', timeoutMs: 1_000 };
    for (const request of [
      { verb: 'DELETE', path: 'Users/1' },
      { verb: 'POST', path: 'Users' },
      { verb: 'GET', path: '../../admin' },
      { verb: 'GET', path: 'https://elsewhere.example/Users' },
    ]) {
      await expect(client.send(request as ScimRequest, call)).rejects.toThrow();
    }
    expect(server.requests).toEqual([]);
  });
});

describe('groups', () => {
  const users = (count: number): unknown[] => Array.from({ length: count }, (_, index) => ({ value: `u-${index}` }));
  const serveGroups = (groups: { id: string; list?: unknown[]; one?: unknown[] | number }[]): Promise<TestServer> =>
    serve((request) => {
      const id = decodeURIComponent(/\/Groups\/(.+)$/.exec(request.path)?.[1] ?? '');
      const group = groups.find((candidate) => candidate.id === id);
      if (id === '') {
        return paged(groups.map((item) => ({ id: item.id, displayName: item.id, members: item.list })))(request);
      }
      if (group === undefined) return { status: 404 };
      if (typeof group.one === 'number') return { status: group.one };
      return { body: { id, displayName: id, members: group.one } };
    });
  const membersOf = async (server: TestServer): Promise<Record<string, number | null>> => {
    const { items, end } = await drain(directoryAt(server.url, { timing: fastTiming() }).readGroups(reading()));
    expect(end.complete).toBe(true);
    return Object.fromEntries(items.map(({ id, memberIds }) => [id, memberIds?.length ?? null]));
  };

  test('come with their user members; members of type Group are left out', async () => {
    const server = await serveGroups([
      {
        id: 'g',
        list: [
          { value: 'u-1', type: 'User' },
          { value: 'g-2', type: 'group' },
          { value: 'g-3', $ref: 'https://x.example/Groups/g-3' },
          { value: 7 },
          { value: 7 },
        ],
      },
    ]);
    const { items } = await drain(directoryAt(server.url).readGroups(reading()));
    expect(items).toMatchObject([{ id: 'g', displayName: 'g', memberIds: ['u-1', '7'] }]);
  });

  test('are asked for one by one where the list leaves members out', async () => {
    expect(
      await membersOf(
        await serveGroups([
          { id: 'a/b c', one: users(3) },
          { id: 'empty', one: [] },
        ]),
      ),
    ).toEqual({
      'a/b c': 3,
      empty: 0,
    });
  });

  test('without members in their own answer are empty where the server shows members elsewhere, else unknown', async () => {
    expect(await membersOf(await serveGroups([{ id: 'a' }, { id: 'b', one: users(2) }]))).toEqual({ a: 0, b: 2 });
    expect(await membersOf(await serveGroups([{ id: 'a' }, { id: 'b' }]))).toEqual({ a: null, b: null });
  });

  test('of exactly 100 members are unknown where no list is ever longer, and believed where one is', async () => {
    const cut = { id: 'cut', list: users(100), one: users(100) };
    expect(await membersOf(await serveGroups([cut]))).toEqual({ cut: null });
    expect(await membersOf(await serveGroups([cut, { id: 'long', list: users(101) }]))).toEqual({
      cut: 100,
      long: 101,
    });
    expect(await membersOf(await serveGroups([{ id: 'cut', list: users(100), one: users(140) }]))).toEqual({
      cut: 140,
    });
  });

  test('too large for the server keep the others readable', async () => {
    const server = await serve((request) => {
      if (request.path.endsWith('/Groups')) {
        if (request.query.get('excludedAttributes') !== 'members') return { status: 500 };
        return paged([{ id: 'huge' }, { id: 'small' }])(request);
      }
      return request.path.endsWith('/huge') ? { status: 504 } : { body: { id: 'small', members: users(2) } };
    });
    expect(await membersOf(server)).toEqual({ huge: null, small: 2 });
  });

  test('that vanish while they are read are left out', async () => {
    expect(
      await membersOf(
        await serveGroups([
          { id: 'a', one: 404 },
          { id: 'b', one: users(1) },
        ]),
      ),
    ).toEqual({ b: 1 });
  });

  test('are unsupported, not absent, where the server answers 404', async () => {
    const server = await serve(() => ({ status: 404 }));
    const { items, end } = await drain(directoryAt(server.url).readGroups(reading()));
    expect(items).toEqual([]);
    expect(end).toMatchObject({ complete: false, failure: { code: 'scim-rejected', status: 404 } });
  });
});

describe('ServiceProviderConfig', () => {
  test('is read once, tells the page size and cursors, and proves nothing when it is refused', async () => {
    const server = await startServer((request) => {
      if (request.path.endsWith('/ServiceProviderConfig')) {
        return { body: { filter: { maxResults: 40 }, pagination: { cursor: true, index: false, maxPageSize: 25 } } };
      }
      const cursor = request.query.get('cursor');
      if (cursor === null) return { status: 400, body: { scimType: 'invalidCursor' } };
      return {
        body: { schemas: [], Resources: [{ id: `u${cursor}` }], ...(cursor === '' ? { nextCursor: 'x' } : {}) },
      };
    });
    servers.push(server);
    const directory = directoryAt(server.url);
    expect(await directory.readConfig(reading())).toEqual({
      filterMaxResults: 40,
      pagination: { cursor: true, index: false, maxPageSize: 25 },
    });
    const { items, end } = await drain(directory.readUsers({ ...reading(), attributes: [] }));
    expect(items.map(({ id }) => id)).toEqual(['u', 'ux']);
    expect(end.complete).toBe(true);
    expect(server.requests.filter(({ path }) => path.endsWith('Config'))).toHaveLength(1);
    expect(server.requests.at(-1)?.query.get('count')).toBe('25');

    const silent = await serve(() => ({}));
    expect(await directoryAt(silent.url).readConfig(reading())).toBeNull();
  });
});
