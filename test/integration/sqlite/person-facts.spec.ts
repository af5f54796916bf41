import { beforeEach, describe, expect, test } from 'vitest';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../../../src-main/core/model/directory.ts';
import type { HistoryStore, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import { openHistory } from './store-fixture.ts';

const user = (id: string): DirectoryUser => ({
  id,
  userPrincipalName: `${id}@demo.example`,
  mail: null,
  displayName: id,
  accountEnabled: true,
  createdAt: null,
  deletedAt: null,
  attributes: { department: 'Design' },
});
const group = (id: string): DirectoryGroup => ({
  id,
  displayName: id,
  mail: null,
  securityEnabled: true,
  groupTypes: [],
  createdAt: null,
  attributes: {},
});
const assignment = (principalId: string): Assignment => ({
  id: `to ${principalId}`,
  principalId,
  principalType: 'Group',
  principalName: null,
  appRoleId: '0',
  createdAt: null,
});

let store: HistoryStore;

const collect = async (at: string, lists: { [N in SnapshotName]?: SnapshotItems[N][] }): Promise<void> => {
  const { id: runId } = await store.runs.start(at);
  for (const name of Object.keys(lists) as SnapshotName[]) {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, (lists[name] ?? []) as SnapshotItems[typeof name][]);
    await store.snapshots.apply(name, { runId, full: true });
  }
  await store.runs.finish(runId, at);
};
const facts = (entraId: string | null, scimId: string | null = null) =>
  store.people.facts({ entraId, scimId, applicationId: 'app', auditFrom: '2026-11-01T00:00:00Z' });

beforeEach(async () => {
  store = await openHistory();
  await collect('2026-11-20T00:00:00.000Z', {
    users: [user('ada'), user('bo')],
    groups: [group('design'), group('emea'), group('other')],
    'group-members': [
      { groupId: 'emea', userIds: ['ada'], groupIds: [] },
      // A ring of groups must not keep anybody walking.
      { groupId: 'design', userIds: [], groupIds: ['emea', 'design'] },
      { groupId: 'other', userIds: ['bo'], groupIds: [] },
    ],
    assignments: [assignment('design'), assignment('other'), assignment('ada')],
    'deleted-users': [],
  });
});

describe('facts of a person', () => {
  test('hold the groups with the way to them, and only the assignments of the person and of these', async () => {
    const found = await facts('ada');
    expect(found.user?.attributes).toEqual({ department: 'Design' });
    expect(found.groups.map(({ id, through }) => ({ id, through }))).toEqual([
      { id: 'emea', through: [] },
      { id: 'design', through: ['emea'] },
    ]);
    expect(found.groups[1]?.group?.displayName).toBe('design');
    expect(found.assignments.map(({ principalId }) => principalId).toSorted()).toEqual(['ada', 'design']);
  });

  test('tell present, soft-deleted and former users apart', async () => {
    await collect('2026-11-21T00:00:00.000Z', {
      users: [user('bo')],
      'deleted-users': [{ ...user('ada'), deletedAt: '2026-11-20T12:00:00Z' }],
    });
    expect(await facts('ada')).toMatchObject({ user: null, deletedUser: { id: 'ada' }, formerUser: null });
    await collect('2026-11-22T00:00:00.000Z', { 'deleted-users': [] });
    const gone = await facts('ada');
    expect(gone).toMatchObject({ user: null, deletedUser: null });
    expect(gone.formerUser).toMatchObject({ item: { id: 'ada' }, goneAt: '2026-11-22T00:00:00.000Z' });
    expect(await facts('bo')).toMatchObject({ user: { id: 'bo' }, formerUser: null });
  });

  test('hold the audit events that name the person, and those of the application, since the given moment', async () => {
    const event = (id: string, at: string, target: string) => ({
      id,
      at,
      activity: 'Update user',
      category: null,
      result: null,
      initiatedBy: null,
      targets: [{ id: target, type: 'User', name: null }],
      properties: [],
    });
    await store.snapshots.saveAudit([
      event('old', '2026-10-01T00:00:00Z', 'ada'),
      event('second', '2026-11-12T00:00:00Z', 'ada'),
      event('first', '2026-11-11T00:00:00Z', 'ada'),
      event('other', '2026-11-12T00:00:00Z', 'bo'),
      event('job', '2026-11-13T00:00:00Z', 'app'),
    ]);
    const found = await facts('ada');
    expect(found.audit.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(found.applicationAudit.map(({ id }) => id)).toEqual(['job']);

    // Saved again, an event may be about somebody else.
    await store.snapshots.saveAudit([event('second', '2026-11-12T00:00:00Z', 'bo')]);
    expect((await facts('ada')).audit.map(({ id }) => id)).toEqual(['first']);
    expect((await facts('bo')).audit.map(({ id }) => id)).toEqual(['other', 'second']);
  });

  test('of many people are those of each of them, in the order asked for', async () => {
    const asked = (entraId: string | null) => ({
      entraId,
      scimId: null,
      applicationId: null,
      auditFrom: '2026-11-01T00:00:00Z',
    });
    const whos = [asked('bo'), asked('ada'), asked('nobody'), asked(null)];
    const alone = await Promise.all(whos.map((who) => store.people.facts(who)));
    const together = await store.people.factsOfMany(whos);
    const comparable = (facts: (typeof together)[number]) => ({
      ...facts,
      assignments: facts.assignments.map(({ id }) => id).toSorted(),
    });
    expect(together.map(comparable)).toEqual(alone.map(comparable));
    expect(together[1]?.groups).toHaveLength(2);
  });

  test('are empty for somebody who was never seen', async () => {
    expect(await facts('nobody', 'u-1')).toEqual({
      user: null,
      deletedUser: null,
      formerUser: null,
      account: null,
      groups: [],
      assignments: [],
      audit: [],
      applicationAudit: [],
      wasInScope: false,
    });
  });
});
