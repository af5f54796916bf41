import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { logRecord } from './log-record.ts';
import { makeFile, openHistory } from './store-fixture.ts';

const startMs = Date.parse('2026-11-01T00:00:00Z');
const hourMs = 3_600_000;
const end = '2026-11-14T23:59:59Z';
const at = (hours: number): string => new Date(startMs + hours * hourMs).toISOString();

const failed = (id: string, hours: number, own: Partial<LogRecord> = {}): LogRecord =>
  logRecord({
    id,
    at: at(hours),
    status: 'failure',
    sourceId: 'ada',
    sourceName: 'Ada Brandt',
    errorCode: 'EntryConflict',
    issueKey: 'EntryConflict.1',
    reason: 'userName is taken',
    ...own,
  });
const one = async (store: HistoryStore, id = 'EntryConflict.1') =>
  (await store.issues.list(end)).find((i) => i.id === id);

test('an issue is counted with its rows, days, people and first and last time', async () => {
  const store = await openHistory();
  await store.log.save([
    failed('1', 0),
    failed('2', 20, { sourceId: 'bo', sourceName: 'Bo Dahl' }),
    failed('3', 300.5, { sourceId: 'team', sourceName: 'Design', subjectType: 'group', reason: 'externalId is taken' }),
    failed('4', 1, { issueKey: 'Timeout.2', errorCode: 'Timeout', reason: 'no answer' }),
  ]);
  expect(await store.issues.isUncounted()).toBe(true);
  expect(await store.issues.count()).toBe(4);
  expect(await store.issues.isUncounted()).toBe(false);
  expect(await one(store)).toEqual({
    id: 'EntryConflict.1',
    errorCode: 'EntryConflict',
    attribute: 'externalId',
    reason: 'externalId is taken',
    newestRowId: '3',
    rows: 3,
    firstAt: at(0),
    lastAt: at(300.5),
    people: 2,
    groups: 1,
    recovered: 0,
    perDay: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    mute: null,
  });
  expect(await store.issues.get('Timeout.2', end)).toMatchObject({ rows: 1, people: 1, attribute: null });
  expect(await store.issues.get('none', end)).toBeNull();
});

test('counting again reads only the hours that changed', async () => {
  const store = await openHistory();
  await store.log.save([failed('1', 0), failed('2', 50)]);
  await store.issues.count();
  expect(await store.issues.count()).toBe(0);
  await store.log.save([failed('3', 50.2, { sourceId: 'bo' })]);
  expect(await store.issues.count()).toBe(1);
  expect(await one(store)).toMatchObject({ rows: 3, people: 2 });
});

test('somebody recovers by a later success or a rightful skip, and not by an earlier one', async () => {
  const store = await openHistory();
  await store.log.save([
    failed('1', 10),
    failed('2', 10, { sourceId: 'bo' }),
    failed('3', 10, { sourceId: 'caro' }),
    failed('4', 10, { sourceId: 'dora' }),
    logRecord({ id: '5', at: at(11), sourceId: 'ada' }),
    logRecord({ id: '6', at: at(9), sourceId: 'bo' }),
    logRecord({ id: '7', at: at(12), sourceId: 'caro', status: 'skipped', benign: true }),
    logRecord({ id: '8', at: at(12), sourceId: 'dora', status: 'skipped' }),
  ]);
  await store.issues.count();
  expect(await one(store)).toMatchObject({ people: 4, recovered: 2 });
  expect((await store.issues.affected('EntryConflict.1', 10)).map((a) => [a.subject.entraId, a.recoveredAt])).toEqual([
    ['dora', null],
    ['bo', null],
    ['caro', at(12)],
    ['ada', at(11)],
  ]);
  // Failing again takes the recovery back, and a later success brings it again.
  await store.log.save([failed('9', 20)]);
  await store.issues.count();
  expect(await one(store)).toMatchObject({ people: 4, recovered: 1 });
  await store.log.save([logRecord({ id: '10', at: at(21), sourceId: 'ada' })]);
  await store.issues.count();
  expect(await one(store)).toMatchObject({ people: 4, recovered: 2 });
});

test('rows without an Entra id count by what they name, and rows that name nobody count as rows', async () => {
  const store = await openHistory();
  await store.log.save([
    failed('1', 1, { sourceId: null, sourceName: null, targetId: 'u-1' }),
    failed('2', 2, { sourceId: null, sourceName: null, sourceUpn: 'ada@contoso.example' }),
    failed('3', 3, { sourceId: null, sourceName: null }),
  ]);
  await store.issues.count();
  expect(await one(store)).toMatchObject({ rows: 3, people: 2 });
  expect((await store.issues.affected('EntryConflict.1', 10)).map(({ subject }) => subject)).toEqual([
    { type: 'user', entraId: null, scimId: null, name: 'ada@contoso.example' },
    { type: 'user', entraId: null, scimId: 'u-1', name: 'u-1' },
  ]);
});

test('forgotten rows leave the counts, and a mute stays', async () => {
  const store = await openHistory();
  await store.log.save([failed('1', 0), failed('2', 50, { sourceId: 'bo' }), failed('3', 0, { issueKey: 'Old.1' })]);
  await store.issues.count();
  const mute = { at: at(60), by: 'ada', note: 'known', affected: 2, rowsPerWeek: 2 };
  await store.issues.mute('EntryConflict.1', mute);
  await store.log.forget(at(10));
  await store.issues.count();
  expect(await one(store)).toMatchObject({ rows: 1, people: 1, firstAt: at(50), mute });
  expect(await one(store, 'Old.1')).toBeUndefined();
  await store.issues.unmute('EntryConflict.1');
  expect(await one(store)).toMatchObject({ mute: null });
});

test('a mute outlives closing the file', async () => {
  const file = await makeFile();
  const first = await openHistory(file);
  await first.log.save([failed('1', 0)]);
  await first.issues.count();
  await first.issues.mute('EntryConflict.1', { at: at(1), by: null, note: null, affected: 1, rowsPerWeek: 1 });
  await first.close();
  const second = await openHistory(file);
  expect(await one(second)).toMatchObject({ mute: { at: at(1), by: null, affected: 1 } });
});

/** The same counts from all rows, as anybody would write them. */
const slowly = (rows: readonly LogRecord[]): object[] =>
  [...Map.groupBy(rows, (row) => row.issueKey ?? '')]
    .filter(([key]) => key !== '')
    .map(([id, own]) => {
      const sorted = own.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
      const affected = [...Map.groupBy(sorted, (row) => row.sourceId ?? '')].map(([subject, list]) => {
        const last = Date.parse(list.at(-1)?.at ?? '');
        const good = rows.some(
          (row) =>
            row.sourceId === subject &&
            Date.parse(row.at) > last &&
            (row.status === 'success' || (row.status === 'skipped' && row.benign)),
        );
        return { good };
      });
      return {
        id,
        rows: own.length,
        firstAt: sorted[0]?.at,
        lastAt: sorted.at(-1)?.at,
        people: affected.length,
        recovered: affected.filter(({ good }) => good).length,
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));

test('agrees with counting every row, whatever came in which order', async () => {
  const row = fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    status: fc.constantFrom('success', 'failure', 'skipped', 'warning'),
    benign: fc.boolean(),
    issue: fc.constantFrom('A.1', 'B.1'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (lots) => {
      const store = await openHistory();
      const stored = new Map<string, LogRecord>();
      for (const lot of lots) {
        const records = lot.map(({ id, status, benign, issue }) => {
          const isFailing = status === 'failure' || status === 'warning';
          return logRecord({
            id: String(id),
            // A row that is read again keeps its time and its person.
            at: at(id * 1.5),
            status: status as LogRecord['status'],
            benign: status === 'skipped' && benign,
            sourceId: ['ada', 'bo', 'caro'][id % 3] ?? null,
            issueKey: isFailing ? issue : null,
            errorCode: isFailing ? issue : null,
            raw: JSON.stringify({ status, benign, issue }),
          });
        });
        const unique = [...new Map(records.map((record) => [record.id, record])).values()];
        for (const record of unique) stored.set(record.id, record);
        await store.log.save(unique);
        await store.issues.count();
      }
      const found = (await store.issues.list(end))
        .map(({ id, rows, firstAt, lastAt, people, recovered }) => ({ id, rows, firstAt, lastAt, people, recovered }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(found).toEqual(slowly([...stored.values()]));
    }),
    { numRuns: 40 },
  );
});
