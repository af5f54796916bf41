import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DirectoryUser, GroupMembers } from '../../../src-main/core/model/directory.ts';
import type { TargetGroup } from '../../../src-main/core/model/target.ts';
import type { HistoryStore, SnapshotItems, SnapshotName, Versioned } from '../../../src-main/services/ports.ts';
import { openHistory } from './store-fixture.ts';

const user = (id: string, own: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id,
  userPrincipalName: `${id}@demo.example`,
  mail: null,
  displayName: id,
  accountEnabled: true,
  createdAt: null,
  deletedAt: null,
  attributes: {},
  ...own,
});

const targetGroup = (id: string, memberIds: string[] | null): TargetGroup => ({
  id,
  displayName: id,
  externalId: null,
  createdAt: null,
  lastModifiedAt: null,
  memberIds,
});

const startRun = async (store: HistoryStore, number: number): Promise<string> =>
  (await store.runs.start(new Date(Date.UTC(2026, 10, 1, number)).toISOString())).id;

const readAll = async <N extends SnapshotName>(
  store: HistoryStore,
  name: N,
  asOfRun?: string,
): Promise<Versioned<SnapshotItems[N]>[]> => {
  const items: Versioned<SnapshotItems[N]>[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.snapshots.read<N>>> = await store.snapshots.read(name, {
      after,
      limit: 3,
      ...(asOfRun === undefined ? {} : { asOfRun }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
};

const sortedMembers = (group: GroupMembers): GroupMembers => ({
  groupId: group.groupId,
  userIds: [...group.userIds].sort(),
  groupIds: [...group.groupIds].sort(),
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

describe('versioned lists', () => {
  test('every run can be read back as it was, after any history of full, partial and delta runs', async () => {
    const staged = fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), value: fc.integer({ min: 0, max: 2 }) }), {
      selector: (entry) => entry.id,
      maxLength: 7,
    });
    const step = fc.record({ staged, removed: fc.subarray(ids), full: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const store = await openHistory();
        let model = new Map<string, number>();
        const history: { run: string; state: Map<string, number> }[] = [];
        const closed: { id: string; value: number; at: number }[] = [];
        for (const [index, { staged: items, removed, full }] of steps.entries()) {
          const run = await startRun(store, index);
          await store.snapshots.begin('users');
          await store.snapshots.stageRemoved('users', removed);
          await store.snapshots.stage(
            'users',
            items.map(({ id, value }) => user(id, { attributes: { department: `d${value}` } })),
          );
          const next = new Map(full ? [] : model);
          if (!full) for (const id of removed) next.delete(id);
          for (const { id, value } of items) next.set(id, value);
          const before = model;
          const outcome = await store.snapshots.apply('users', { runId: run, full });
          expect(outcome).toEqual({
            added: [...next.keys()].filter((id) => !before.has(id)).length,
            changed: [...next].filter(([id, value]) => before.has(id) && before.get(id) !== value).length,
            closed: [...before.keys()].filter((id) => !next.has(id)).length,
            unchanged: items.filter(({ id, value }) => before.get(id) === value).length,
          });
          for (const [id, value] of before) if (next.get(id) !== value) closed.push({ id, value, at: index });
          model = next;
          history.push({ run, state: next });
          expect((await store.counts()).users).toBe(next.size);
        }
        for (const { run, state } of history) {
          const read = await readAll(store, 'users', run);
          expect(read.map(({ item }) => [item.id, item.attributes['department']])).toEqual(
            [...state].sort().map(([id, value]) => [id, `d${value}`]),
          );
        }
        const current = await readAll(store, 'users');
        expect(current.map(({ item }) => item.id)).toEqual([...model.keys()].sort());
        for (const { item, since } of current) {
          let first = history.length - 1;
          while (first > 0 && history[first - 1]?.state.get(item.id) === model.get(item.id)) first -= 1;
          expect(new Date(since).getUTCHours()).toBe(first);
        }
        const since = Math.floor(steps.length / 2);
        const gone = await store.snapshots.closedSince('users', new Date(Date.UTC(2026, 10, 1, since)).toISOString());
        expect(
          gone.map(({ item, at }) => `${item.id} ${String(item.attributes['department'])} ${at.slice(11, 13)}`).sort(),
        ).toEqual(
          closed
            .filter((entry) => entry.at > since)
            .map((entry) => `${entry.id} d${entry.value} ${String(entry.at).padStart(2, '0')}`)
            .sort(),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('members come back as they were, however the groups changed', async () => {
    const group = fc.record({
      id: fc.constantFrom('g1', 'g2', 'g3'),
      userIds: fc.subarray(ids),
      groupIds: fc.subarray(['g1', 'g2', 'g3']),
    });
    const step = fc.record({
      groups: fc.uniqueArray(group, { selector: (entry) => entry.id, maxLength: 3 }),
      full: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
        const store = await openHistory();
        let model = new Map<string, GroupMembers>();
        const history: { run: string; state: Map<string, GroupMembers> }[] = [];
        for (const [index, { groups, full }] of steps.entries()) {
          const run = await startRun(store, index);
          const next = new Map(full ? [] : model);
          for (const { id, userIds, groupIds } of groups) next.set(id, { groupId: id, userIds, groupIds });
          await store.snapshots.begin('group-members');
          await store.snapshots.stage(
            'group-members',
            groups.map(({ id, userIds, groupIds }) => ({ groupId: id, userIds: userIds.toReversed(), groupIds })),
          );
          await store.snapshots.apply('group-members', { runId: run, full });
          model = next;
          history.push({ run, state: next });
        }
        const expected = (state: Map<string, GroupMembers>): GroupMembers[] =>
          [...state.values()].sort((a, b) => (a.groupId < b.groupId ? -1 : 1)).map(sortedMembers);
        for (const { run, state } of history) {
          const read = await readAll(store, 'group-members', run);
          expect(read.map(({ item }) => sortedMembers(item))).toEqual(expected(state));
        }
        const current = await readAll(store, 'group-members');
        expect(current.map(({ item }) => sortedMembers(item))).toEqual(expected(model));
      }),
      { numRuns: 60 },
    );
  });

  test('an object that nobody changed costs nothing in a further run', async () => {
    const store = await openHistory();
    const list = Array.from({ length: 2000 }, (_, index) => user(`user-${index}`));
    const members = { groupId: 'g', userIds: list.map((entry) => entry.id), groupIds: [] };
    const collect = async (number: number, own: GroupMembers): Promise<void> => {
      const run = await startRun(store, number);
      await store.snapshots.begin('users');
      await store.snapshots.stage('users', list);
      await store.snapshots.apply('users', { runId: run, full: true });
      await store.snapshots.begin('group-members');
      await store.snapshots.stage('group-members', [own]);
      await store.snapshots.apply('group-members', { runId: run, full: true });
    };
    await collect(0, members);
    for (let number = 1; number < 5; number += 1) await collect(number, members);
    expect(await store.snapshots.closedSince('users', '2026-01-01T00:00:00.000Z')).toEqual([]);
    await collect(5, { ...members, userIds: members.userIds.slice(1) });
    const closed = await store.snapshots.closedSince('group-members', '2026-01-01T00:00:00.000Z');
    expect(closed).toHaveLength(1);
    expect(closed[0]?.item.userIds).toHaveLength(2000);
    const [now] = (await store.snapshots.read('group-members', { after: null, limit: 5 })).items;
    expect(now?.item.userIds).toHaveLength(1999);
    expect(now).toMatchObject({ since: '2026-11-01T05:00:00.000Z', firstRun: false });
  });

  test('members that could not be read are unknown, not gone', async () => {
    const store = await openHistory();
    const states: (string[] | null)[] = [['u1', 'u2'], null, ['u2'], []];
    const runs: string[] = [];
    for (const [index, memberIds] of states.entries()) {
      const run = await startRun(store, index);
      await store.snapshots.begin('scim-groups');
      await store.snapshots.stage('scim-groups', [targetGroup('t1', memberIds)]);
      await store.snapshots.apply('scim-groups', { runId: run, full: true });
      runs.push(run);
    }
    for (const [index, memberIds] of states.entries()) {
      const [read] = await readAll(store, 'scim-groups', runs[index] ?? '');
      expect(read?.item).toEqual(targetGroup('t1', memberIds));
    }
  });

  test('until a list was read as a whole once, its objects count as seen in the first run', async () => {
    const store = await openHistory();
    const apply = async (number: number, list: string[], full: boolean): Promise<void> => {
      const run = await startRun(store, number);
      await store.snapshots.begin('users');
      await store.snapshots.stage(
        'users',
        list.map((id) => user(id)),
      );
      await store.snapshots.apply('users', { runId: run, full });
    };
    await apply(0, ['a'], false);
    await apply(1, ['a', 'b'], true);
    await apply(2, ['a', 'b', 'c'], true);
    const read = await readAll(store, 'users');
    expect(read.map(({ item, firstRun }) => [item.id, firstRun])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
  });

  test('a stage that was begun anew forgets what lay in it', async () => {
    const store = await openHistory();
    const run = await startRun(store, 0);
    await store.snapshots.begin('users');
    await store.snapshots.stage('users', [user('a')]);
    await store.snapshots.begin('users');
    await store.snapshots.stage('users', [user('b')]);
    await store.snapshots.apply('users', { runId: run, full: true });
    expect((await readAll(store, 'users')).map(({ item }) => item.id)).toEqual(['b']);
  });

  test('keeps a document by version, or by its text where it has none', async () => {
    const store = await openHistory();
    const runs = [await startRun(store, 0), await startRun(store, 1), await startRun(store, 2)] as const;
    expect(await store.snapshots.document('schema')).toBeNull();
    await store.snapshots.saveDocument('schema', 'v1', '{"a":1}', runs[0]);
    await store.snapshots.saveDocument('schema', 'v1', '{"a":1,"etag":2}', runs[1]);
    expect(await store.snapshots.document('schema')).toEqual({
      json: '{"a":1}',
      since: { runId: runs[0], at: '2026-11-01T00:00:00.000Z' },
      seenAt: '2026-11-01T01:00:00.000Z',
    });
    await store.snapshots.saveDocument('schema', 'v2', '{"a":2}', runs[2]);
    expect((await store.snapshots.document('schema'))?.json).toBe('{"a":2}');
    await store.snapshots.saveDocument('jobs', null, '[1]', runs[0]);
    await store.snapshots.saveDocument('jobs', null, '[1]', runs[1]);
    await store.snapshots.saveDocument('jobs', null, '[2]', runs[2]);
    expect((await store.snapshots.document('jobs'))?.since.runId).toBe(runs[2]);
  });

  test('keeps delta links and audit events, the newest version of each', async () => {
    const store = await openHistory();
    await store.snapshots.saveDeltaLink('users:a', 'https://graph.example/delta?1');
    await store.snapshots.saveDeltaLink('users:a', 'https://graph.example/delta?2');
    expect(await store.snapshots.deltaLink('users:a')).toBe('https://graph.example/delta?2');
    await store.snapshots.saveDeltaLink('users:a', null);
    expect(await store.snapshots.deltaLink('users:a')).toBeNull();
    const event = {
      id: 'e1',
      at: '2026-11-01T10:00:00.5Z',
      activity: 'Add member to group',
      category: 'GroupManagement',
      result: null,
      initiatedBy: 'admin@demo.example',
      targets: [{ id: 'u1', type: 'User', name: null }],
      properties: [{ name: 'Group.ObjectID', oldValue: null, newValue: 'g1' }],
    };
    await store.snapshots.saveAudit([event, { ...event, id: 'e2', at: '2026-11-01T10:00:00Z' }]);
    await store.snapshots.saveAudit([{ ...event, result: 'success' }]);
    const read = await store.snapshots.audit('2026-11-01T10:00:00.000Z', '2026-11-01T10:00:00.501Z');
    expect(read.map((entry) => entry.id)).toEqual(['e2', 'e1']);
    expect(read[1]).toEqual({ ...event, result: 'success' });
    expect(await store.snapshots.audit('2026-11-01T10:00:00.000Z', '2026-11-01T10:00:00.500Z')).toHaveLength(1);
  });
});
