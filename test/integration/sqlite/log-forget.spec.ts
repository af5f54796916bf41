import { expect, test } from 'vitest';
import { logRecord } from './log-record.ts';
import { openHistory } from './store-fixture.ts';

const startMs = Date.parse('2026-11-01T00:00:00Z');
const at = (minutes: number): string => new Date(startMs + minutes * 60_000).toISOString();

test('forgets whole hours before a moment, in lists, texts, counts and coverage, and keeps what still holds', async () => {
  const { log, findings } = await openHistory();
  const rows = Array.from({ length: 12_000 }, (_, index) =>
    logRecord({
      id: `row-${index}`,
      at: at(index / 50),
      sourceId: '5d1c9a1e-0000-4000-8000-000000000001',
      sourceName: 'Mara Quill',
      targetId: 'u-1',
    }),
  );
  await log.save(rows);
  await log.savePosition({ completeFrom: at(0), completeTo: at(240), open: [] });

  // 02:30: the hours from 00:00 and 01:00 go, the one from 02:00 stays.
  expect(await log.forget(at(150))).toBe(6_000);
  const page = await log.page({}, { limit: 1, withTotal: true });
  expect(page.total).toBe(6_000);
  expect((await log.page({ text: 'quill' }, { limit: 1, withTotal: true })).total).toBe(6_000);
  expect((await log.page({ to: at(120) }, { limit: 1, withTotal: true })).total).toBe(0);
  expect(await log.row('row-0')).toBeNull();
  expect(await log.row('row-6000')).not.toBeNull();
  const [facet] = await log.facets({}, ['status'], { signal: new AbortController().signal });
  expect(facet?.values).toEqual([expect.objectContaining({ value: 'success', count: 6_000 })]);
  expect((await log.position()).completeFrom).toBe(at(120));
  expect((await findings.links({ after: null, limit: 10 })).links).toHaveLength(1);

  expect(await log.forget(at(150))).toBe(0);
  expect((await log.save(rows.slice(-1))).inserted).toBe(0);
});

test('forgets rows that were not understood as well, and nothing that another source kept aside', async () => {
  const { log, runs } = await openHistory();
  const first = await runs.start(at(0));
  await runs.keepAside(first.id, 'provisioning-log', ['{"id":4711}', '{"id":4712}']);
  await runs.keepAside(first.id, 'users', ['{"id":"number"}']);
  const second = await runs.start(at(200));
  await runs.keepAside(second.id, 'provisioning-log', ['{"id":4712}']);

  await log.forget(at(150));
  expect(await runs.keptAside()).toEqual([
    { source: 'provisioning-log', text: '{"id":4712}', firstSeen: at(0), lastSeen: at(200) },
    { source: 'users', text: '{"id":"number"}', firstSeen: at(0), lastSeen: at(0) },
  ]);
});
