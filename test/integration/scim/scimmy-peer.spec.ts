import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directoryAt, drain, reading } from './scim-server.ts';

/** A SCIM server that this project did not write: scimmy behind express. */
interface Peer {
  baseUrl: string;
  server: Server;
}
let peer: Peer;
/** The same without numbers in the query: scimmy-routers on express 5 then ignores `startIndex` and `count`. */
let stuckPeer: Peer;

const users = Array.from({ length: 250 }, (_, index) => ({
  id: `u-${index}`,
  userName: `person${index}@contoso.example`,
  externalId: `person${index}`,
  active: index % 10 !== 0,
  name: { givenName: `Given${index}`, familyName: 'Brandt' },
  meta: { created: new Date('2026-08-11T09:14:20Z'), lastModified: new Date('2026-08-12T09:14:20Z') },
}));
const groups = [
  { id: 'g-1', displayName: 'Design office', members: users.slice(0, 130).map(({ id }) => ({ value: id })) },
  { id: 'g-2', displayName: 'Empty', members: [] },
];

interface Wanted {
  id?: string;
  filter?: { match(all: unknown[]): unknown[] };
}

const egress =
  <T extends { id: string }>(all: T[]) =>
  ({ id: wanted, filter }: Wanted): T | T[] => {
    if (wanted === undefined) return (filter === undefined ? all : filter.match(all)) as T[];
    const one = all.find(({ id }) => id === wanted);
    if (one === undefined) throw new SCIMMY.Types.Error(404, '', 'Not found');
    return one;
  };

const numbersIn = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [
      key,
      ['startIndex', 'count'].includes(key) ? Number(value) : value,
    ]),
  );

const startPeer = async (withNumbers: boolean): Promise<Peer> => {
  const app = express();
  if (withNumbers) app.set('query parser', numbersIn);
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request: { header(name: string): string | undefined }) => {
        if (request.header('Authorization') !== 'Bearer token-4711') throw new Error('Not authorised');
        return 'monitor';
      },
    } as never),
  );
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => {
      resolve(listening);
    });
  });
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2` };
};

beforeAll(async () => {
  SCIMMY.Resources.declare(SCIMMY.Resources.User).egress(egress(users) as never);
  SCIMMY.Resources.declare(SCIMMY.Resources.Group).egress(egress(groups) as never);
  peer = await startPeer(true);
  stuckPeer = await startPeer(false);
});
afterAll(() => {
  for (const { server } of [peer, stuckPeer]) {
    server.closeAllConnections();
    server.close();
  }
});

test("passes Entra's probe for users and groups", async () => {
  await directoryAt(peer.baseUrl).probe({ ...reading(), resource: 'Users' });
  await directoryAt(peer.baseUrl).probe({ ...reading(), resource: 'Groups' });
});

test('gives every account once, with the attributes that were asked for', async () => {
  const attributes = ['userName', 'name.givenName', 'active'];
  const { items, end } = await drain(directoryAt(peer.baseUrl).readUsers({ ...reading(), attributes }));
  expect(end).toEqual({ complete: true, failure: null });
  expect(new Set(items.map(({ id }) => id)).size).toBe(250);
  expect(items.find(({ id }) => id === 'u-20')).toMatchObject({
    userName: 'person20@contoso.example',
    externalId: 'person20',
    active: false,
    attributes: { 'name.givenName': 'Given20', active: false },
  });
});

test('gives groups with all their members, and empty ones as empty', async () => {
  const { items, end } = await drain(directoryAt(peer.baseUrl).readGroups(reading()));
  expect(end.complete).toBe(true);
  expect(items.map(({ displayName, memberIds }) => [displayName, memberIds?.length])).toEqual(
    expect.arrayContaining([
      ['Design office', 130],
      ['Empty', 0],
    ]),
  );
});

test('describes itself in its ServiceProviderConfig', async () => {
  expect(await directoryAt(peer.baseUrl).readConfig(reading())).toMatchObject({ pagination: null });
});

test('refuses a wrong token with a sentence', async () => {
  const wrong = directoryAt(peer.baseUrl, { token: () => Promise.resolve('another') });
  await expect(wrong.probe({ ...reading(), resource: 'Users' })).rejects.toMatchObject({ code: 'scim-unauthorised' });
});

test('that is stuck on its first page makes the list partial, not short', async () => {
  const { items, end } = await drain(directoryAt(stuckPeer.baseUrl).readUsers({ ...reading(), attributes: [] }));
  expect(items.length).toBeLessThan(250);
  expect(end.complete).toBe(false);
  expect(end.failure?.message).toContain('the server says 250 in all');
});
