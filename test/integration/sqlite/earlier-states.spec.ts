import { expect, onTestFinished, test } from 'vitest';
import { openWorkerHistory } from '../../../src-main/adapters/sqlite/open-worker-history.ts';
import type { HistoryReads, HistoryStore, PersonState } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';
import { logRecord } from './log-record.ts';
import { makeFile, openHistory } from './store-fixture.ts';

const person = (id: string): PersonState => ({
  id,
  entraId: id,
  scimId: null,
  joinedBy: null,
  source: 'in-scope',
  target: 'absent',
});

const evaluate = (store: HistoryStore, runId: string, ids: string[]): Promise<void> =>
  store.findings.saveEvaluation({
    runId,
    at: '2026-11-01T00:00:00.000Z',
    findings: [],
    people: ids.map(person),
    notEvaluated: [],
  });

const runWith = async (store: HistoryStore, day: number, ids: string[]): Promise<string> => {
  const { id } = await store.runs.start(`2026-11-0${String(day)}T00:00:00.000Z`);
  await store.runs.finish(id, `2026-11-0${String(day)}T00:10:00.000Z`);
  await evaluate(store, id, ids);
  return id;
};

const idsAt = async (store: HistoryReads): Promise<string[]> =>
  (await store.people.page({}, { limit: 10 })).rows.map(({ id }) => id);

test('a run that is evaluated again reads as it was evaluated last, also where it was being looked at', async () => {
  const store = await openHistory();
  const run = await runWith(store, 1, ['a', 'b']);
  expect(await idsAt(store.at(run))).toEqual(['a', 'b']);
  await evaluate(store, run, ['a']);
  expect(await idsAt(store.at(run))).toEqual(['a']);
});

test('a question about a state goes on to its end while others are opened', async () => {
  const store = await openHistory();
  const runs = [await runWith(store, 1, ['a']), await runWith(store, 2, ['b']), await runWith(store, 3, ['c'])];
  await store.log.save([logRecord({ id: 'row', at: '2026-11-01T00:05:00.000Z', sourceName: 'Mara Quill' })]);
  const asked = store
    .at(runs[0] ?? '')
    .log.facets({ text: 'mara' }, ['status', 'action'], { signal: new AbortController().signal });
  for (const run of [...runs, ...runs]) await idsAt(store.at(run));
  expect((await asked)[0]?.values).toEqual([{ value: 'success', count: 1 }]);
});

test('earlier states come through the threads as well, and a run that is none is named', async () => {
  const file = await makeFile();
  const store = await openWorkerHistory({ file });
  onTestFinished(() => store.close());
  const first = await runWith(store, 1, ['a']);
  await runWith(store, 2, ['a', 'b']);
  expect(await idsAt(store.at(first))).toEqual(['a']);
  expect(await idsAt(store)).toEqual(['a', 'b']);
  expect((await store.at(first).counts()).logRows).toBe(0);
  for (const run of ['99', 'nonsense', '0']) {
    expect(await failureOf(idsAt(store.at(run)))).toMatchObject({ code: 'run-unknown' });
  }
});

test('what happened after the moment is not in the log of an earlier state, to the minute', async () => {
  const store = await openHistory();
  const run = await runWith(store, 1, ['a']);
  await store.log.save([
    logRecord({ id: 'before', at: '2026-11-01T00:09:00Z' }),
    logRecord({ id: 'after', at: '2026-11-01T00:11:00Z', status: 'failure' }),
  ]);
  const { log } = store.at(run);
  expect((await log.page({}, { limit: 5, withTotal: true })).rows.map(({ id }) => id)).toEqual(['before']);
  expect(await log.row('after')).toBeNull();
  expect(await log.newestAt()).toBe('2026-11-01T00:09:00Z');
  expect(await log.outcomes('2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z')).toEqual([
    { day: '2026-11-01', success: 1, failure: 0, skippedBenign: 0, skippedOther: 0, warning: 0, covered: false },
  ]);
  expect((await log.page({ to: '2026-11-01T00:05:00Z' }, { limit: 5 })).rows).toEqual([]);
});
