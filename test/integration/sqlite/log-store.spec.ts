import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogFilter } from '../../../src-main/contract/models/provisioning-event.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';
import { logRecord } from './log-record.ts';
import { openHistory } from './store-fixture.ts';

const startMs = Date.parse('2026-11-01T00:00:00Z');
const statuses = ['success', 'failure', 'skipped', 'warning'] as const;
const actions = ['create', 'update', 'delete'] as const;
const codes = [null, null, 'EntryConflict', 'SystemForCrossDomain', 'Time Out.'] as const;
const people = ['5d1c9a1e-0000-4000-8000-000000000001', '5d1c9a1e-0000-4000-8000-000000000002', null] as const;
const cycles = ['c1', 'c2', null] as const;
const words = ['Zoë Quill', 'Ålesund Nord', 'Mara', 'quill@demo.example'] as const;

/** Times crowd in a few hours, seconds and milliseconds, so that bounds and ties are hit. */
const time = fc
  .record({
    hour: fc.integer({ min: 0, max: 6 }),
    second: fc.constantFrom(0, 1, 1800, 3598, 3599),
    ms: fc.constantFrom(0, 0, 250, 999),
  })
  .map(({ hour, second, ms }) => new Date(startMs + hour * 3_600_000 + second * 1000 + ms).toISOString());

const record: fc.Arbitrary<Omit<LogRecord, 'id'>> = fc
  .record({
    at: time,
    status: fc.constantFrom(...statuses),
    action: fc.constantFrom(...actions),
    errorCode: fc.constantFrom(...codes),
    sourceId: fc.constantFrom(...people),
    cycleId: fc.constantFrom(...cycles),
    sourceName: fc.constantFrom(...words),
    benign: fc.boolean(),
  })
  .map((own) => ({ ...logRecord({ id: '' }), ...own, issueKey: own.errorCode === null ? null : `${own.errorCode}.1` }));

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
const filter: fc.Arbitrary<LogFilter> = fc.record(
  {
    from: time,
    to: time,
    status: some([...statuses, 'unknown' as const]),
    action: some([...actions, 'other']),
    entraId: fc.constantFrom('5d1c9a1e-0000-4000-8000-000000000001', 'nobody'),
    cycleId: fc.constantFrom('c1', 'c2', 'c3'),
    errorCode: some(['EntryConflict', 'Time Out.', 'Unheard']),
    issue: fc.constantFrom('EntryConflict.1', 'none'),
    benign: fc.boolean(),
    text: fc.constantFrom(
      'quill',
      'zoe',
      'ales',
      'mara x',
      'QUILL@demo.example',
      '5d1c9a1e-0000-4000-8000-000000000001',
    ),
  },
  { requiredKeys: [] },
);

/** The same filter, slowly and obviously. */
const fits = (row: LogRecord, wanted: LogFilter): boolean => {
  const at = Date.parse(row.at);
  const fold = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const all = fold([row.sourceName, row.sourceId, row.errorCode, row.cycleId].join(' '));
  return (
    (wanted.from === undefined || at >= Date.parse(wanted.from)) &&
    (wanted.to === undefined || at < Date.parse(wanted.to)) &&
    (!wanted.status?.length || wanted.status.includes(row.status)) &&
    (!wanted.action?.length || wanted.action.includes(row.action)) &&
    (wanted.entraId === undefined || wanted.entraId === row.sourceId) &&
    (wanted.cycleId === undefined || wanted.cycleId === row.cycleId) &&
    (!wanted.errorCode?.length || wanted.errorCode.includes(row.errorCode ?? '')) &&
    (wanted.issue === undefined || wanted.issue === row.issueKey) &&
    (wanted.benign === undefined || wanted.benign === row.benign) &&
    (wanted.text === undefined ||
      fold(wanted.text)
        .split(' ')
        .every((word) => all.includes(word)))
  );
};

const ids = async (store: HistoryStore, wanted: LogFilter, limit: number): Promise<string[]> => {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.log.page>> = await store.log.page(wanted, {
      limit,
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
};

const second = (at: string): number => Math.floor(Date.parse(at) / 1000);

describe('the provisioning log', () => {
  test('pages by cursor visit every fitting row once, in order, and jumps and counts agree with them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 60 }),
        fc.array(filter, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (records, filters, limit) => {
          const store = await openHistory();
          const rows = records.map((row, index) => ({ ...row, id: `row-${index}` }));
          const half = Math.floor(rows.length / 2);
          await store.log.save(rows.slice(0, half));
          await store.log.save(rows.slice(half));
          for (const wanted of filters) {
            const expected = rows.filter((row) => fits(row, wanted));
            const found = await ids(store, wanted, limit);
            expect([...found].sort()).toEqual(expected.map((row) => row.id).sort());
            const times = found.map((id) => second(rows[Number(id.slice(4))]?.at ?? ''));
            expect(times).toEqual([...times].sort((a, b) => b - a));
            const first = await store.log.page(wanted, { limit, withTotal: true });
            expect(first.total).toBe(expected.length);
            for (const offset of [0, 1, Math.floor(found.length / 2), found.length - 1, found.length, 1000]) {
              const jump = await store.log.page(wanted, { limit, offset: Math.max(0, offset) });
              expect(jump.rows.map((row) => row.id)).toEqual(
                found.slice(Math.max(0, offset), Math.max(0, offset) + limit),
              );
              expect(jump.nextCursor === null).toBe(Math.max(0, offset) + limit >= found.length);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('facets count what a walk over all rows counts, each without its own filter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 50 }), filter, async (records, wanted) => {
        const store = await openHistory();
        const rows = records.map((row, index) => ({ ...row, id: `row-${index}` }));
        await store.log.save(rows);
        const facets = await store.log.facets(wanted, ['status', 'errorCode', 'benign'], {
          signal: new AbortController().signal,
        });
        const count = (values: (string | null)[]): Record<string, number> => {
          const sums: Record<string, number> = {};
          for (const value of values) if (value !== null) sums[value] = (sums[value] ?? 0) + 1;
          return sums;
        };
        const { status: _s, ...noStatus } = wanted;
        const { errorCode: _e, ...noCode } = wanted;
        const { benign: _b, ...noBenign } = wanted;
        const expected = [
          count(rows.filter((row) => fits(row, noStatus)).map((row) => row.status)),
          count(rows.filter((row) => fits(row, noCode)).map((row) => row.errorCode)),
          count(rows.filter((row) => fits(row, noBenign)).map((row) => String(row.benign))),
        ];
        expect(facets.map((facet) => Object.fromEntries(facet.values.map((one) => [one.value, one.count])))).toEqual(
          expected,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('saving overlapping windows again changes nothing, and the newest version of a row wins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: fc.integer({ min: 0, max: 12 }), row: record }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        async (saves, size) => {
          const store = await openHistory();
          const last = new Map<string, LogRecord>();
          const rows = saves.map(({ id, row }, index) => ({ ...row, id: `row-${id}`, raw: `{"version":${index}}` }));
          for (let start = 0; start < rows.length; start += size) {
            // Within one answer of the service an id stands once.
            const batch = [...new Map(rows.slice(start, start + size).map((row) => [row.id, row])).values()];
            await store.log.save(batch);
            for (const row of batch) last.set(row.id, row);
            expect(await store.log.save(batch)).toEqual({ inserted: 0, updated: 0 });
          }
          const { total } = await store.log.page({}, { limit: 1, withTotal: true });
          expect(total).toBe(last.size);
          expect((await store.counts()).logRows).toBe(last.size);
          for (const status of statuses) {
            const expected = [...last.values()].filter((row) => row.status === status).map((row) => row.id);
            expect((await ids(store, { status: [status] }, 5)).sort()).toEqual(expected.sort());
          }
          for (const row of last.values()) {
            const found = await store.log.row(row.id);
            expect(found?.raw).toBe(row.raw);
            expect(found?.row.at).toBe(row.at);
          }
          const named = [...last.values()].filter((row) => row.sourceName === 'Mara').map((row) => row.id);
          expect((await ids(store, { text: 'mara' }, 5)).sort()).toEqual(named.sort());
        },
      ),
      { numRuns: 40 },
    );
  });

  test('finds rows by name, accent or not, address, any id and reason', async () => {
    const store = await openHistory();
    await store.log.save([
      logRecord({
        id: '0b7a2c3d-1111-4222-8333-444455556666',
        sourceId: 'a1b2c3d4-0000-4000-8000-0000000000aa',
        sourceName: 'Łucja Müller-Ångström',
        sourceUpn: 'lucja.mueller@demo.example',
        targetId: 'scim-77',
        errorCode: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
        reason: 'The credentials "were" refused: 401 (Unauthorized).',
        cycleId: 'f00dcafe-0000-4000-8000-000000000001',
        raw: '{"modifiedProperties":[{"displayName":"emails[type eq \\"work\\"].value","newValue":"other@mail.example"}]}',
      }),
      logRecord({ id: 'other' }),
    ]);
    const found = [
      'müller',
      'muller',
      'ANGSTROM',
      'lucja.mueller@demo.example',
      'other@mail.example',
      'a1b2c3d4-0000-4000-8000-0000000000aa',
      'A1B2C3D4-0000-40',
      'a1b2c3d4',
      '0b7a2c3d-1111-4222-8333-444455556666',
      'f00dcafe-0000-4000-8000-000000000001',
      'scim-77',
      'SystemForCrossDomain',
      '"were" refused',
      'credentials 401',
    ];
    for (const text of found) {
      expect((await store.log.page({ text }, { limit: 5 })).rows, text).toHaveLength(1);
    }
    for (const text of ['mül ler', 'lucja@demo.example', 'a1b2c3d4-0000-4000-8000-0000000000ab', '"" ***']) {
      expect((await store.log.page({ text }, { limit: 5 })).rows, text).toHaveLength(0);
    }
  });

  test('takes any text as words, never as a query language', async () => {
    const store = await openHistory();
    await store.log.save([logRecord({ id: 'x', sourceName: 'Near "AND" OR' })]);
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'"*()^:{}-+\'\u0000;, aNEARORdclswo'.split('')), maxLength: 40 }),
      fc.constantFrom('"', '""', 'a" OR "b', 'class : k1', 'NEAR(a b)', '\ud800', '\u0000', '-', 'a*', "x') --", '^'),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const page = await store.log.page({ text }, { limit: 5, withTotal: true });
        expect(page.total).toBe(page.rows.length);
      }),
      { numRuns: 500 },
    );
    expect((await store.log.page({ text: 'class:k1' }, { limit: 5 })).rows).toHaveLength(0);
    expect((await store.log.page({ text: 'OR near "and"' }, { limit: 5 })).rows).toHaveLength(1);
  });

  test('refuses cursors that it did not give', async () => {
    const store = await openHistory();
    await store.log.save([logRecord({ id: 'a' }), logRecord({ id: 'b' })]);
    const forge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      '',
      'nonsense',
      forge([1, 'log']),
      forge([2, 'log', 5]),
      forge([1, 'people', 'a', 5]),
      forge([1, 'log', '5']),
      forge([1, 'log', 1.5]),
      forge([1, 'log', 1e300]),
      forge([1, 'log', null]),
      forge({ length: 3 }),
    ];
    for (const cursor of forged) {
      const failure = await failureOf(store.log.page({}, { limit: 1, cursor }));
      expect(failure.code, cursor).toBe('input-invalid');
    }
    const { nextCursor } = await store.log.page({}, { limit: 1 });
    for (const list of [store.findings, store.people, store.runs]) {
      const page = { limit: 1, cursor: nextCursor ?? '' };
      const call = list === store.runs ? store.runs.list(page) : (list as HistoryStore['people']).page({}, page);
      expect((await failureOf(call)).code).toBe('input-invalid');
    }
  });

  test('a count that is cancelled stops', async () => {
    const store = await openHistory();
    await store.log.save([logRecord({ id: 'a', sourceName: 'Mara' })]);
    const failure = await failureOf(store.log.facets({ text: 'mara' }, ['status'], { signal: AbortSignal.abort() }));
    expect(failure.code).toBe('cancelled');
  });

  test('days say what happened, and whether a complete pull covers them', async () => {
    const store = await openHistory();
    await store.log.save([
      logRecord({ id: '1', at: '2026-11-02T00:00:00Z' }),
      logRecord({ id: '2', at: '2026-11-02T23:59:59.999Z', status: 'skipped', benign: true }),
      logRecord({ id: '3', at: '2026-11-03T12:00:00Z', status: 'skipped' }),
      logRecord({ id: '4', at: '2026-11-03T12:00:00Z', status: 'failure' }),
    ]);
    await store.log.savePosition({
      completeFrom: '2026-11-01T06:00:00.000Z',
      completeTo: '2026-11-04T06:00:00.000Z',
      open: [],
    });
    const days = await store.log.outcomes('2026-11-01T00:00:00.000Z', '2026-11-05T00:00:00.000Z');
    expect(
      days.map(({ day, success, failure, skippedBenign, skippedOther, covered }) => [
        day.slice(8),
        success,
        failure,
        skippedBenign,
        skippedOther,
        covered,
      ]),
    ).toEqual([
      ['01', 0, 0, 0, 0, false],
      ['02', 1, 0, 1, 0, true],
      ['03', 0, 1, 0, 1, true],
      ['04', 0, 0, 0, 0, false],
    ]);
    await store.runs.saveGap({ from: '2026-11-02T10:00:00.000Z', to: '2026-11-02T11:00:00.000Z' });
    const again = await store.log.outcomes('2026-11-02T00:00:00.000Z', '2026-11-04T00:00:00.000Z');
    expect(again.map((day) => day.covered)).toEqual([false, true]);
  });

  test('the newest row that names a pair of ids is the link, whatever the order of arrival', async () => {
    const store = await openHistory();
    await store.log.save([
      logRecord({ id: 'new', at: '2026-11-05T00:00:00Z', sourceId: 's1', targetId: 't2' }),
      logRecord({ id: 'other', at: '2026-11-05T00:00:00Z', sourceId: 's2', targetId: 't9' }),
    ]);
    await store.log.save([
      logRecord({ id: 'old', at: '2026-11-01T00:00:00Z', sourceId: 's1', targetId: 't1' }),
      logRecord({ id: 'half', at: '2026-11-06T00:00:00Z', sourceId: 's1' }),
    ]);
    const first = await store.findings.links({ after: null, limit: 1 });
    expect(first.links).toEqual([{ sourceId: 's1', targetId: 't2', at: '2026-11-05T00:00:00Z', logId: 'new' }]);
    const second = await store.findings.links({ after: first.next, limit: 1 });
    expect(second.links.map((link) => link.targetId)).toEqual(['t9']);
    expect(second.next).toBeNull();
  });

  test('the rows about one person come newest first, as the list and the single row have them', async () => {
    const store = await openHistory();
    const at = (second: number): string => new Date(startMs + second * 1000).toISOString();
    const [ada, bo] = ['5d1c9a1e-0000-4000-8000-000000000001', '5d1c9a1e-0000-4000-8000-000000000002'];
    await store.log.save([
      logRecord({ id: 'b', at: at(20), sourceId: ada, raw: '{"id":"b"}' }),
      logRecord({ id: 'a', at: at(10), sourceId: ada, raw: '{"id":"a"}' }),
      logRecord({ id: 'x', at: at(25), sourceId: bo }),
      logRecord({ id: 'c', at: at(30), sourceId: ada, raw: '{"id":"c"}' }),
    ]);
    const found = await store.log.rowsOf(ada, 2);
    expect(found.map(({ raw }) => raw)).toEqual(['{"id":"c"}', '{"id":"b"}']);
    expect(found.map(({ row }) => row)).toEqual((await store.log.page({ entraId: ada }, { limit: 2 })).rows);
    expect(found[0]).toEqual(await store.log.row('c'));
    expect(await store.log.rowsOf('nobody', 2)).toEqual([]);
  });

  test('scope hints count the newest telling row of each object', async () => {
    const store = await openHistory();
    await store.log.save([
      logRecord({ id: '1', at: '2026-11-05T00:00:00Z', sourceId: 's1', scopeHint: 'assigned-only' }),
      logRecord({ id: '2', at: '2026-11-04T00:00:00Z', sourceId: 's1', scopeHint: 'sync-all' }),
      logRecord({ id: '3', at: '2026-11-04T00:00:00Z', sourceId: 's2', scopeHint: 'sync-all' }),
      logRecord({ id: '4', at: '2026-11-06T00:00:00Z', sourceId: 's1' }),
    ]);
    expect(await store.log.scopeHints()).toEqual({ assignedOnly: 1, syncAll: 1 });
  });
});
