import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TargetGroup, TargetUser } from '../../../src-main/core/model/target.ts';
import { createFaultBook } from '../../../src-main/demo/servers/faults.ts';
import { startHttpServer } from '../../../src-main/demo/servers/http-server.ts';
import type { HttpServer } from '../../../src-main/demo/servers/http-server.ts';
import { createRequestCounts } from '../../../src-main/demo/servers/request-counts.ts';
import { quirkNames } from '../../../src-main/demo/servers/scim/quirks.ts';
import type { Quirk } from '../../../src-main/demo/servers/scim/quirks.ts';
import { createScimHandler, scimPath } from '../../../src-main/demo/servers/scim/scim-server.ts';
import { createSigning } from '../../../src-main/demo/servers/signing.ts';
import { changeSettings } from '../../../src-main/demo/servers/tenant-settings.ts';
import type { DemoWorld, Json } from '../../../src-main/demo/world.ts';
import type { ListEnd, ScimDirectory } from '../../../src-main/services/ports.ts';
import { directoryAt, drain, fastTiming, reading } from './scim-server.ts';

/** The demo tenant's SCIM server, with each of its quirks, over a small list of accounts and groups. */
const users: Json[] = Array.from({ length: 430 }, (_, index) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: String(1000 + index),
  userName: `person${index}@contoso.example`,
  active: index % 7 !== 0,
  name: { givenName: `Given${index}`, familyName: 'Brandt' },
  meta: { resourceType: 'User', created: '2026-08-11T09:14:20Z', lastModified: '2026-08-11T09:14:20Z' },
}));
const groups: Json[] = [0, 1, 3, 26, 99, 100, 140].map((size, index) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: String(9000 + index),
  displayName: `Group of ${size}`,
  members: users.slice(0, size).map(({ id }) => ({ value: id, type: 'User' })),
}));
const sizes = new Map(groups.map(({ id, members }) => [id as string, (members as Json[]).length]));

const find =
  (all: Json[]) =>
  (attribute: string, value: string): Json[] =>
    all.filter((item) => String(item[attribute]).toLowerCase() === value.toLowerCase());

const world = {
  scim: {
    userCount: () => users.length,
    userAt: (index: number) => users[index],
    user: (id: string) => users.find((user) => user['id'] === id) ?? null,
    findUsers: find(users),
    groupCount: () => groups.length,
    groupAt: (index: number) => groups[index],
    group: (id: string) => groups.find((group) => group['id'] === id) ?? null,
    findGroups: find(groups),
  },
} as unknown as DemoWorld;

let server: HttpServer;
let active: Quirk[];
let counts: ReturnType<typeof createRequestCounts>;
let directory: ScimDirectory;

beforeAll(async () => {
  counts = createRequestCounts();
  server = await startHttpServer(
    createScimHandler({
      world,
      signing: await createSigning(),
      credentials: { clientSecret: 'client-secret', scimToken: 'token-4711' },
      counts,
      faults: createFaultBook(() => []),
      settings: () => changeSettings({ quirks: active }),
      realNowMs: () => Date.now(),
    }),
  );
});
beforeEach(() => {
  active = [];
  directory = directoryAt(`${server.origin}${scimPath}`, { timing: fastTiming() });
});
afterAll(() => server.close());

const readUsers = (): Promise<{ items: TargetUser[]; end: ListEnd }> =>
  drain(directory.readUsers({ ...reading(), attributes: ['userName', 'name.givenName'] }));
const readGroups = (): Promise<{ items: TargetGroup[]; end: ListEnd }> => drain(directory.readGroups(reading()));

/** Quirks under which no client can have the whole list; it has to say so. */
const partialUsers: Quirk[] = [
  'start-index-ignored',
  'total-too-high',
  'loses-items',
  'empty-page-when-count-below-start',
];

describe.each(quirkNames)('a server with the quirk %s', (quirk) => {
  beforeEach(() => {
    active = quirk === 'cursor-expires' ? ['cursor-forced', quirk] : [quirk];
  });

  test('gives all accounts, or a list that calls itself partial', async () => {
    const { items, end } = await readUsers();
    const expected = [...partialUsers, 'cursor-expires'].includes(quirk);
    expect(end.complete).toBe(!expected);
    expect(end.failure === null).toBe(!expected);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    if (!expected) expect(items).toHaveLength(users.length);
    for (const { id, active: isActive, attributes, userName } of items) {
      const index = Number(id) - 1000;
      expect(userName).toBe(`person${index}@contoso.example`);
      expect(attributes['name.givenName']).toBe(`Given${index}`);
      expect(isActive).toBe(quirk === 'active-missing' ? null : index % 7 !== 0);
    }
  });

  test('gives the members of every group, or none at all', async () => {
    const { items, end } = await readGroups();
    if (quirk === 'groups-not-found') {
      expect(end).toMatchObject({ complete: false, failure: { status: 404 } });
      return;
    }
    expect(end.complete).toBe(quirk !== 'total-too-high');
    expect(items).toHaveLength(groups.length);
    const unknown = items.filter(({ memberIds }) => memberIds === null).map(({ id }) => sizes.get(id));
    expect(unknown.sort()).toEqual(quirk === 'members-capped-at-100' ? [100, 140] : []);
    for (const { id, memberIds } of items) if (memberIds !== null) expect(memberIds).toHaveLength(sizes.get(id) ?? -1);
  });

  test("answers Entra's probe, or the reason why not is told", async () => {
    const told: Partial<Record<Quirk, string>> = {
      'filter-ignored': 'response-unexpected',
      'nobody-is-404': 'scim-rejected',
      'total-too-high': 'response-unexpected',
    };
    const result = await directory.probe({ ...reading(), resource: 'Users' }).then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    expect(result).toBe(told[quirk]);
  });
});

test('huge groups that no request can read stay unknown, beside others that are read', async () => {
  active = ['large-group-fails', 'large-group-times-out'];
  const { items, end } = await readGroups();
  expect(end.complete).toBe(true);
  expect(items.filter(({ memberIds }) => memberIds === null)).toHaveLength(4);
  expect(items.filter(({ memberIds }) => memberIds !== null)).toHaveLength(3);
});

test('many quirks at once still end in the whole list', async () => {
  active = [
    'small-pages',
    'overlapping-pages',
    'total-is-page-size',
    'keys-in-other-casing',
    'id-as-number',
    'nulls-sent',
  ];
  const { items, end } = await readUsers();
  expect(end.complete).toBe(true);
  expect(items).toHaveLength(users.length);
});

test('nothing but reading is ever asked for', async () => {
  await readUsers();
  await readGroups();
  await directory.probe({ ...reading(), resource: 'Users' });
  expect(JSON.stringify(counts)).not.toMatch(/"scimWrites":[1-9]/);
});
