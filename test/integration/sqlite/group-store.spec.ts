import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { assignment, group } from '../../unit/core/investigation/small-case.ts';

const design = '22222222-0000-4000-8000-000000000001';
const studio = '22222222-0000-4000-8000-000000000002';
const person = '11111111-0000-4000-8000-000000000001';
const auditFrom = '2026-01-01T00:00:00Z';
let directory: string;
let store: HistoryStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'unifi-monitor-groups-'));
  store = openSqliteHistory({ file: join(directory, 'history.db') });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

type Lists = { [N in SnapshotName]?: SnapshotItems[N][] };

const collect = async (at: string, lists: Lists): Promise<void> => {
  const run = await store.runs.start(at);
  for (const [name, items] of Object.entries(lists) as [SnapshotName, never[]][]) {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, items);
    await store.snapshots.apply(name, { runId: run.id, full: true });
  }
  await store.runs.finish(run.id, at);
};
const target = (id: string, displayName: string, externalId: string | null, memberIds: string[] | null) => ({
  id,
  displayName,
  externalId,
  createdAt: null,
  lastModifiedAt: null,
  memberIds,
});
const lists: Lists = {
  groups: [group(design, { displayName: 'Entwürfe' }), group(studio, { displayName: 'Studio' })],
  'group-members': [
    { groupId: design, userIds: [person], groupIds: [] },
    { groupId: studio, userIds: [], groupIds: [design] },
  ],
  assignments: [assignment(studio)],
  'scim-groups': [target('g-1', 'Entwürfe', design, ['u-1']), target('g-2', 'Local team', null, null)],
};

describe('the groups of both sides', () => {
  test('are found by id of either side, by whole name in any spelling, and by part of it', async () => {
    await collect('2026-11-01T08:00:00Z', lists);
    for (const text of [design, design.toUpperCase(), 'scim:g-1', 'g-1', 'Entwürfe', 'entwurfe'])
      expect(
        (await store.groups.find(text, 5)).map(({ id }) => id),
        text,
      ).toEqual([design]);
    expect(await store.groups.find('local', 5)).toMatchObject([{ id: 'scim:g-2', entraId: null, isAssigned: false }]);
    expect(await store.groups.find('studio', 5)).toMatchObject([{ id: studio, isAssigned: true, isPresent: true }]);
    expect(await store.groups.find('nothing of that name', 5)).toEqual([]);
    expect(await store.groups.find('  ', 5)).toEqual([]);
  });

  test('are found by what was written since', async () => {
    await collect('2026-11-01T08:00:00Z', lists);
    expect(await store.groups.find('Atelier', 5)).toEqual([]);
    await collect('2026-11-02T08:00:00Z', { groups: [group(studio, { displayName: 'Atelier' })] });
    expect(await store.groups.find('Atelier', 5)).toMatchObject([{ id: studio }]);
    expect(await store.groups.find('Entwürfe', 5)).toMatchObject([{ id: design, isPresent: false }]);
  });

  test('have their facts: what holds them, who has their name, and what UNIFI has', async () => {
    await collect('2026-11-01T08:00:00Z', lists);
    const facts = await store.groups.facts({ entraId: design, scimId: null, auditFrom });
    expect(facts.group?.displayName).toBe('Entwürfe');
    expect(facts.memberCount).toBe(1);
    expect(facts.holders.map(({ id, through }) => ({ id, through }))).toEqual([{ id: studio, through: [] }]);
    expect(facts.assignments.map(({ principalId }) => principalId)).toEqual([studio]);
    expect(facts.targets.map(({ id, memberCount }) => ({ id, memberCount }))).toEqual([{ id: 'g-1', memberCount: 1 }]);
    const local = await store.groups.facts({ entraId: null, scimId: 'g-2', auditFrom });
    expect(local.targets.map(({ id, memberCount }) => ({ id, memberCount }))).toEqual([
      { id: 'g-2', memberCount: null },
    ]);
  });

  test('do not say that they have no members where these were not read', async () => {
    await collect('2026-11-01T08:00:00Z', { groups: [group(design, { displayName: 'Entwürfe' })] });
    expect((await store.groups.facts({ entraId: design, scimId: null, auditFrom })).memberCount).toBeNull();
  });

  test('tell since when somebody is a member, and until when', async () => {
    await collect('2026-11-01T08:00:00Z', lists);
    const empty: Lists = {
      'group-members': [{ groupId: design, userIds: [], groupIds: [] }],
      'scim-groups': [target('g-1', 'Entwürfe', design, [])],
    };
    const who = { groupId: design, targetId: 'g-1', userId: person, accountIds: ['u-1'] };
    expect(await store.groups.membership(who)).toMatchObject({ isDirect: true, directSince: null, isListed: true });
    await collect('2026-11-02T08:00:00Z', empty);
    expect(await store.groups.membership(who)).toMatchObject({
      isDirect: false,
      directUntil: '2026-11-02T08:00:00Z',
      isListed: false,
      listedUntil: '2026-11-02T08:00:00Z',
    });
    await collect('2026-11-03T08:00:00Z', lists);
    expect(await store.groups.membership(who)).toMatchObject({ isDirect: true, directSince: '2026-11-03T08:00:00Z' });
  });
});
