import { afterEach, describe, expect, test } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { directoryAt, listBody, reading, startServer } from './scim-server.ts';
import type { Answer, SeenRequest, TestServer } from './scim-server.ts';

const servers: TestServer[] = [];
const serve = async (answer: (request: SeenRequest) => Answer): Promise<TestServer> => {
  const server = await startServer(answer);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const find = async (answer: Answer) => {
  const server = await serve(() => answer);
  return directoryAt(server.url).findUsers({ ...reading(), userName: 'ada@contoso.example', attributes: [] });
};

describe('accounts by user name', () => {
  test('are those that the filter finds, in any casing; none is an answer', async () => {
    const found = await find({ body: listBody([{ id: 'u-1', userName: 'Ada@contoso.example' }]) });
    expect(found?.map(({ id }) => id)).toEqual(['u-1']);
    expect(await find({ body: listBody([]) })).toEqual([]);
  });

  test('are not known where the filter is not applied', async () => {
    expect(await find({ body: listBody([{ id: 'u-2', userName: 'bea@contoso.example' }]) })).toBeNull();
  });

  test.each([
    ['an account without an id', { body: listBody([{ userName: 'ada@contoso.example' }]) }],
    ['a total without accounts', { body: listBody([], { totalResults: 1 }) }],
  ])('%s proves nothing', async (_, answer) => {
    expect((await failureOf(find(answer))).code).toBe('response-unexpected');
  });

  test('a 404 may be that of a wrong address', async () => {
    expect((await failureOf(find({ status: 404 }))).code).toBe('scim-rejected');
  });
});

test('an account by id is there, is not there, or was not understood', async () => {
  const server = await serve(({ path }) => {
    if (path.endsWith('/u-1')) return { body: { id: 'u-1', userName: 'ada' } };
    return path.endsWith('/u-2') ? { status: 404 } : { body: { userName: 'ada' } };
  });
  const read = (id: string) => directoryAt(server.url).readUser({ ...reading(), id, attributes: [] });
  expect((await read('u-1'))?.userName).toBe('ada');
  expect(await read('u-2')).toBeNull();
  expect((await failureOf(read('u-3'))).code).toBe('response-unexpected');
});
