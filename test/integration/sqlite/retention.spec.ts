import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { verifyHistory } from '../../../src-main/adapters/sqlite/care/verify-history.ts';
import { findState, readChoices } from '../../../src-main/services/history/find-state.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';
import { RandomHistory } from '../../support/random-history.ts';
import { makeFile, openHistory } from './store-fixture.ts';

const page = { limit: 200, withTotal: true };
const clock = { now: () => new Date('2026-11-20T00:00:00Z') };

const stateOf = async (store: HistoryStore, runId: string): Promise<unknown> => {
  const past = store.at(runId);
  const lists = ['users', 'groups', 'assignments', 'scim-users'] as const;
  const items = await Promise.all(lists.map((name) => past.snapshots.read(name, { after: null, limit: 200 })));
  const { rows } = await past.findings.page({ state: ['open', 'pending'] }, page);
  return { items, rows, people: await past.people.page({}, page), counts: await past.counts() };
};
/** One after the other: a store keeps two past states open. */
const statesOf = async (store: HistoryStore, runs: readonly { id: string }[]): Promise<unknown[]> => {
  const states: unknown[] = [];
  for (const { id } of runs) states.push(await stateOf(store, id));
  return states;
};
const choose = async ({ runs }: HistoryStore, choice: string) =>
  findState(runs, await readChoices(runs, clock), { choice, field: 'asOf' });

test.each([3, 11, 42])('past states go before a run, and from it on all is as it was (seed %s)', async (seed) => {
  const file = await makeFile();
  const store = await openHistory(file);
  const history = new RandomHistory(store, seed);
  for (let number = 0; number < 5; number += 1) await history.run();
  const kept = history.runs.slice(2);
  const before = await statesOf(store, kept);
  const third = history.runs[2]?.at ?? '';

  expect(await store.retention.forgetStates(third)).toBeGreaterThan(0);
  expect(await statesOf(store, kept)).toEqual(before);
  for (const early of ['1', '2', history.runs[1]?.at ?? '']) {
    const failure = await failureOf(choose(store, early));
    expect(failure).toMatchObject({
      code: 'run-unknown',
      message: expect.stringContaining('the retention of this connection'),
    });
  }
  expect((await choose(store, 'first')).run.id).toBe('3');
  expect(await store.retention.forgetStates(third)).toBe(0);

  await store.retention.forgetRuns(history.runs[3]?.at ?? '');
  expect((await store.runs.list(page)).rows.map(({ id }) => id)).toEqual(['5', '4']);
  expect((await choose(store, 'first')).run.id).toBe('4');
  expect((await store.runs.freshness()).length).toBeGreaterThan(0);
  expect(verifyHistory(file, () => undefined).checks.filter(({ good }) => !good)).toEqual([]);
});

test('audit events before a moment go, and marks of imported rows go with their rows', async () => {
  const file = await makeFile();
  const store = await openHistory(file);
  const event = { activity: 'Update user', category: null, result: null, initiatedBy: null, properties: [] };
  const targets = [{ id: 'user-1', type: 'User', name: null }];
  await store.snapshots.saveAudit([
    { id: 'old', at: '2026-10-01T00:00:00Z', targets, ...event },
    { id: 'new', at: '2026-11-01T00:00:00Z', targets, ...event },
  ]);
  expect(await store.retention.forgetAudit('2026-10-15T00:00:00Z')).toBe(1);
  expect((await store.snapshots.audit('2026-01-01T00:00:00Z', '2026-12-01T00:00:00Z')).map(({ id }) => id)).toEqual([
    'new',
  ]);

  const rows = ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'].map((at, place) => {
    const id = `row-${String(place)}`;
    return { id, raw: JSON.stringify({ id, activityDateTime: at }), change: null };
  });
  await store.imports.clear();
  await store.imports.stage(0, rows);
  const brought = await store.imports.apply(
    [{ at: '2026-11-01T00:00:00Z', files: ['a.json'], format: 'portal-json' }],
    () => undefined,
  );
  expect(brought).toEqual([{ inserted: 2, withheld: 0 }]);
  expect(await store.log.forget('2026-10-15T00:00:00Z')).toBe(1);
  const database = new Database(file, { readonly: true });
  expect(database.prepare('SELECT log_id FROM imported_rows').pluck().all()).toEqual(['row-1']);
  expect(database.prepare('SELECT event_id FROM audit_targets').pluck().all()).toEqual(['new']);
  database.close();
});
