import { afterEach, expect, test } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startGraphHarness, type GraphHarness } from '../../support/graph-harness.ts';
import type { Call, Reply } from '../../support/json-server.ts';

let harness: GraphHarness;
const start = async (answer: (call: Call, origin: string) => Reply): Promise<void> => {
  harness = await startGraphHarness(answer);
};
afterEach(() => harness.server.close());

const assignment = (id: string) => ({ id, principalId: `p-${id}`, principalType: 'User', principalDisplayName: 'Ada' });

test('a user is found by sign-in name, is not there, or was not understood', async () => {
  await start(({ path }) => {
    if (path.includes('/users/ada%23EXT%23%40contoso.example?')) return { body: { id: 'u1', displayName: 'Ada' } };
    return path.includes('/users/odd?') ? { body: { displayName: 'Ada' } } : { status: 404, body: { error: {} } };
  });
  const user = (id: string) => harness.graph.person.user({ ...harness.read, id, attributes: [] });
  expect((await user('ada#EXT#@contoso.example'))?.id).toBe('u1');
  expect(await user('nobody')).toBeNull();
  expect((await failureOf(user('odd'))).code).toBe('response-unexpected');
});

test('assignments are whole only where so many pages hold them', async () => {
  await start(({ path }, origin) =>
    path.includes('skiptoken=2')
      ? { body: { value: [assignment('2')] } }
      : { body: { value: [assignment('1')], '@odata.nextLink': `${origin}/v1.0/next?$skiptoken=2` } },
  );
  const read = (mostPages: number) =>
    harness.graph.person.assignments({ ...harness.read, servicePrincipalId: 'sp', mostPages });
  expect(await read(1)).toMatchObject({ assignments: [{ id: '1' }], isWhole: false });
  expect(harness.server.calls).toHaveLength(1);
  expect(await read(2)).toMatchObject({ assignments: [{ id: '1' }, { id: '2' }], isWhole: true });
});

test('assignments are asked for by name, whatever the name holds', async () => {
  await start(() => ({ body: { value: [assignment('1')] } }));
  const { graph, read, server } = harness;
  expect(await graph.person.assignmentsNamed({ ...read, name: "O'Neil & Co", servicePrincipalId: 'sp' })).toHaveLength(
    1,
  );
  expect(server.calls[0]?.url.searchParams.get('$filter')).toBe("principalDisplayName eq 'O''Neil & Co'");
});
