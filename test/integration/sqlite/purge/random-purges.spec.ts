import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { purgeHashesOf } from '../../../../src-main/adapters/files/purge-key.ts';
import { verifyHistory } from '../../../../src-main/adapters/sqlite/care/verify-history.ts';
import { openSqliteHistory } from '../../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { rehearsePurge, runPurge } from '../../../../src-main/adapters/sqlite/purge/run-purge.ts';
import type { HistoryStore, SnapshotName } from '../../../../src-main/services/ports.ts';
import { RandomHistory } from '../../../support/random-history.ts';
import { logRecord } from '../log-record.ts';
import { makeTemplate } from '../store-fixture.ts';

const key = purgeHashesOf(Buffer.alloc(32, 5));
const options = { now: () => '2026-11-30T00:00:00.000Z', progress: () => undefined };
const lists = [
  'users',
  'deleted-users',
  'groups',
  'group-members',
  'assignments',
  'scim-users',
  'scim-groups',
] as const satisfies SnapshotName[];
const page = { limit: 500, withTotal: true };

const victim = {
  id: 'victim-7f3c',
  upn: 'zenobia.quartz@demo.example',
  name: 'Zenobia Quartz-Ünal',
  mail: 'z.quartz@mail.demo.example',
  account: 'account-zq-99',
};
/** What no byte of the file may hold, in any case or composition. */
const bytes = [
  ...Object.values(victim),
  victim.id.toUpperCase(),
  victim.name.normalize('NFD'),
  'zenobia quartz-unal',
  'Quartz-\\u00dcnal',
  'zenobia.quartz',
  'z.quartz@mail',
];

const user = {
  id: victim.id,
  userPrincipalName: victim.upn,
  mail: victim.mail,
  displayName: victim.name,
  accountEnabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
  attributes: { givenName: 'Zenobia', surname: 'Quartz-Ünal', department: 'Sales' },
};
const account = {
  id: victim.account,
  userName: victim.upn,
  externalId: victim.id,
  active: true,
  displayName: victim.name,
  attributes: { 'name.familyName': 'Quartz-Ünal' },
  createdAt: null,
  lastModifiedAt: '2026-02-01T00:00:00Z',
};

/** Rows and events about the person and about others that name them. */
const addEvidence = async (store: HistoryStore, runId: string, at: string, number: number): Promise<void> => {
  const rowAt = new Date(Date.parse(at) - 60_000).toISOString();
  const id = (name: string): string => `row-${name}-${String(number)}`;
  await store.log.save([
    logRecord({
      id: id('own'),
      at: rowAt,
      sourceId: victim.id,
      sourceName: victim.name,
      sourceUpn: victim.upn,
      targetId: victim.account,
      status: 'failure',
      errorCode: 'EntryConflict',
      issueKey: 'EntryConflict.own',
      reason: `${victim.upn} is taken`,
      raw: JSON.stringify({ reason: `${victim.upn} is taken`, of: victim.name }),
    }),
    logRecord({
      id: id('other'),
      at: rowAt,
      sourceId: 'user-1',
      sourceName: 'Mara Quill',
      status: 'failure',
      errorCode: 'EntryConflict',
      issueKey: 'EntryConflict.shared',
      reason: `Conflicts with ${victim.upn.toUpperCase()} of ${victim.name}.`,
      raw: `{"note":"manager is Zenobia Quartz-\\u00dcnal","members":["${victim.account}"],"id":"${id('other')}"}`,
    }),
    logRecord({ id: id('plain'), at: rowAt, sourceId: 'user-2', sourceName: 'Ada Silva' }),
  ]);
  await store.snapshots.saveAudit([
    {
      id: `event-own-${String(number)}`,
      at: rowAt,
      activity: 'Update user',
      category: 'UserManagement',
      result: 'success',
      initiatedBy: 'admin@demo.example',
      targets: [{ id: victim.id, type: 'User', name: victim.name }],
      properties: [{ name: 'mail', oldValue: null, newValue: victim.mail }],
    },
    {
      id: `event-both-${String(number)}`,
      at: rowAt,
      activity: 'Add member to group',
      category: 'GroupManagement',
      result: 'success',
      initiatedBy: victim.upn,
      targets: [
        { id: victim.id, type: 'User', name: victim.name },
        { id: 'group-0', type: 'Group', name: 'Sales' },
      ],
      properties: [{ name: 'Group.Member', oldValue: null, newValue: `"${victim.name}"` }],
    },
    {
      id: `event-manager-${String(number)}`,
      at: rowAt,
      activity: 'Update user',
      category: 'UserManagement',
      result: 'success',
      initiatedBy: 'admin@demo.example',
      targets: [{ id: 'user-1', type: 'User', name: 'Mara Quill' }],
      properties: [{ name: 'Manager', oldValue: null, newValue: `["${victim.id}"]` }],
    },
  ]);
  await store.runs.keepAside(runId, 'users', [`{"id":"${victim.id}","x":1}`, '{"id":"somebody"}']);
};

type State = Record<string, unknown>;

const isVictims = (row: unknown): boolean =>
  JSON.stringify(row).includes(victim.id) || JSON.stringify(row).includes(victim.account);
/** Members have no order. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, list: unknown) => (/Ids$/u.test(name) ? (list as string[] | null)?.toSorted() : list)),
  );
const withoutMember = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, list: unknown) =>
      /Ids$/u.test(name) && Array.isArray(list) ? list.filter((id) => id !== victim.id && id !== victim.account) : list,
    ),
  );

/** What everybody else is as of a run: the lists, states, findings and rows of a history without the person's. */
const stateOf = async (store: HistoryStore, runId: string): Promise<State> => {
  const past = store.at(runId);
  const state: State = {};
  for (const name of lists) {
    const { items } = await past.snapshots.read(name, { after: null, limit: 500 });
    state[name] = items
      .map((entry) =>
        // A group of which only the person's membership changed did not change any more.
        sorted(
          withoutMember({
            item: entry.item,
            ...('memberIds' in entry.item || 'userIds' in entry.item ? {} : { firstRun: entry.firstRun }),
          }),
        ),
      )
      .filter((entry) => !isVictims(entry));
  }
  const people = await past.people.page({}, page);
  state['people'] = people.rows.filter((person) => !isVictims(person));
  const counts = await past.counts();
  state['sizes'] = {
    users: counts.users,
    accounts: counts.accounts,
    groups: counts.groups,
    listed: (await past.snapshots.read('users', { after: null, limit: 500 })).items.length,
    listedAccounts: (await past.snapshots.read('scim-users', { after: null, limit: 500 })).items.length,
    peopleTotal: people.total,
  };
  state['findings'] = (await past.findings.page({}, page)).rows
    .filter(({ subject, member }) => !isVictims({ subject, member }))
    .map(({ related: _, ...finding }) => finding);
  state['log'] = (await past.log.page({}, page)).rows
    .map(({ id, at, status }) => ({ id, at, status }))
    .filter((row) => !row.id.includes('own'));
  return state;
};

/** What differs between the first and the last run, without the person. */
const differencesOf = async (store: HistoryStore, runs: readonly { id: string }[]): Promise<unknown[]> => {
  const range = { from: runs[0]?.id ?? '', to: runs.at(-1)?.id ?? '' };
  const { rows } = await store.differences.page(range, {}, page);
  return rows
    .filter((row) => !isVictims(row))
    .map(({ seenAt: _, finding: __, ...row }) => JSON.stringify(row))
    .sort();
};

const withoutSizes = ({ sizes: _, ...state }: State): State => state;

const rawOf = (file: string): Buffer[] =>
  ['', '-wal', '-shm', '-journal'].flatMap((end) => (existsSync(file + end) ? [readFileSync(file + end)] : []));

const expectNoTrace = (file: string): void => {
  for (const content of rawOf(file)) {
    const text = content.toString('latin1');
    const lower = text.toLowerCase();
    for (const trace of bytes) {
      const found = [Buffer.from(trace).toString('latin1'), Buffer.from(trace).toString('latin1').toLowerCase()];
      expect({ trace, there: found.some((one) => text.includes(one) || lower.includes(one)) }).toEqual({
        trace,
        there: false,
      });
    }
  }
};

test('a purge leaves no byte of the person, and everybody else as they were', async () => {
  const { template, file } = await makeTemplate();
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      await copyFile(template, file);
      let store = openSqliteHistory({ file, purgeKey: key });
      const before: [string, State][] = [];
      try {
        const history = new RandomHistory(store, seed);
        history.include({ user, account });
        for (let number = 0; number < 3; number += 1) {
          const run = await history.run();
          await addEvidence(store, run.id, run.at, number);
          await store.issues.count();
        }
        for (const run of history.runs) before.push([run.id, await stateOf(store, run.id)]);
        const differences = await differencesOf(store, history.runs);
        await store.close();

        const rehearsal = rehearsePurge(file, { entraIds: [victim.id], scimIds: [] }, () => undefined);
        const done = runPurge({ file, ids: { entraIds: [victim.id], scimIds: [] }, connection: 'demo', key }, options);
        expect(done.unfinished).toBeNull();
        expect(done.receipt.tables).toEqual(rehearsal.tables);
        expectNoTrace(file);
        expect(verifyHistory(file, () => undefined).checks.filter(({ good }) => !good)).toEqual([]);

        store = openSqliteHistory({ file, purgeKey: key });
        for (const [runId, state] of before) {
          const after = await stateOf(store, runId);
          expect(withoutSizes(after)).toEqual(withoutSizes(state));
          const sizes = after['sizes'] as Record<string, number>;
          expect([sizes['users'], sizes['accounts']]).toEqual([sizes['listed'], sizes['listedAccounts']]);
        }
        expect(await differencesOf(store, history.runs)).toEqual(differences);
        expect((await store.log.page({ text: 'zenobia' }, page)).rows).toEqual([]);
        expect((await store.people.page({ text: 'zenobia' }, page)).rows).toEqual([]);

        // The same tenant is collected again: the same person in every list, row and event.
        const again = new RandomHistory(store, seed + 1);
        again.include({ user, account });
        const run = await again.run('2026-12-05T06:00:00Z');
        await addEvidence(store, run.id, run.at, 7);
        await store.issues.count();
        await store.close();
        const raw = rawOf(file).map((content) => content.toString('latin1').toLowerCase());
        for (const trace of [victim.id, victim.upn, victim.mail, victim.account]) {
          expect({ trace, there: raw.some((content) => content.includes(trace)) }).toEqual({ trace, there: false });
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: 25 },
  );
}, 240_000);
