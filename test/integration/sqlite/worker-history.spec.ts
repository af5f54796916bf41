import { writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { isAppError } from '../../../src-main/core/app-error.ts';
import { openWorkerHistory } from '../../../src-main/adapters/sqlite/open-worker-history.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';
import { logRecord } from './log-record.ts';
import { makeFile } from './store-fixture.ts';

const open = async (file: string): Promise<HistoryStore> => {
  const store = await openWorkerHistory({ file });
  onTestFinished(() => store.close());
  return store;
};

const manyRows = (count: number): ReturnType<typeof logRecord>[] =>
  Array.from({ length: count }, (_, index) =>
    logRecord({
      id: `row-${index}`,
      at: new Date(Date.parse('2026-11-01T00:00:00Z') + index * 60_000).toISOString(),
      sourceName: 'Mara Quill',
    }),
  );

test('stores and reads through its threads what a history in this thread would', async () => {
  const store = await open(await makeFile());
  const run = await store.runs.start('2026-11-01T00:00:00.000Z');
  await store.log.save(manyRows(50));
  await store.snapshots.begin('groups');
  await store.snapshots.stage('groups', [
    {
      id: 'g1',
      displayName: 'Sales',
      mail: null,
      securityEnabled: true,
      groupTypes: [],
      createdAt: null,
      attributes: {},
    },
  ]);
  expect(await store.snapshots.apply('groups', { runId: run.id, full: true })).toEqual({
    added: 1,
    changed: 0,
    closed: 0,
    unchanged: 0,
  });
  const page = await store.log.page({ text: 'mara' }, { limit: 10, withTotal: true });
  expect(page.total).toBe(50);
  expect(page.rows[0]?.id).toBe('row-49');
  expect((await store.snapshots.read('groups', { after: null, limit: 10 })).items[0]?.item.displayName).toBe('Sales');
  expect(await store.counts()).toMatchObject({ logRows: 50, groups: 1 });
});

test('a Failure keeps all it says across the threads', async () => {
  const file = await makeFile();
  const store = await open(file);
  const failure = await failureOf(store.log.page({}, { limit: 1, cursor: 'forged' }));
  expect(failure).toMatchObject({ code: 'input-invalid', fields: [{ field: 'page.cursor' }] });
  const damaged = await makeFile();
  await writeFile(damaged, 'this is no database, and long enough to be read as one '.repeat(100));
  expect(await failureOf(openWorkerHistory({ file: damaged }))).toMatchObject({ code: 'store-damaged', file: damaged });
});

test('a count reports its progress and can be cancelled from here', async () => {
  const store = await open(await makeFile());
  for (let index = 0; index < 3; index += 1) await store.log.save(manyRows(40_000));
  const { signal } = new AbortController();
  let steps = 0;
  const facets = store.log.facets({ text: 'mara' }, ['status', 'action', 'benign'], {
    signal,
    progress: () => {
      steps += 1;
    },
  });
  expect((await facets)[0]?.values).toEqual([{ value: 'success', count: 40_000 }]);
  expect(steps).toBeGreaterThan(0);
  // Where processors are busy, the other thread may have counted before this one comes to cancel: it is asked again.
  const outcomes: string[] = [];
  while (outcomes.length < 10 && !outcomes.includes('cancelled')) {
    const cancel = new AbortController();
    const count = store.log.facets({ text: 'mara' }, ['status', 'action', 'benign'], { signal: cancel.signal });
    cancel.abort();
    outcomes.push(
      await count.then(
        () => 'counted',
        (error: unknown) => (isAppError(error) ? error.failure.code : String(error)),
      ),
    );
  }
  expect(outcomes.at(-1)).toBe('cancelled');
});

test('calls after closing fail instead of waiting for ever', async () => {
  const store = await openWorkerHistory({ file: await makeFile() });
  await store.runs.latest();
  const late = store.log.page({}, { limit: 1 });
  await store.close();
  await late;
  await expect(store.log.page({}, { limit: 1 })).rejects.toThrow();
  await store.close();
});
