import { describe, expect, test } from 'vitest';
import type { SourceName, SourceReport } from '../../../src-main/contract/models/run.ts';
import { failureOf } from '../../support/failure-of.ts';
import { openHistory } from './store-fixture.ts';

const report = (source: SourceName, own: Partial<SourceReport> = {}): SourceReport => ({
  source,
  status: 'complete',
  items: 3,
  pages: 1,
  requests: 2,
  throttledMs: 10,
  malformed: 0,
  from: null,
  to: null,
  startedAt: '2026-11-01T00:00:01.000Z',
  endedAt: '2026-11-01T00:00:02.000Z',
  failure: null,
  ...own,
});

describe('the ledger of runs', () => {
  test('keeps what a run got from each source, also of a run that never ended', async () => {
    const { runs } = await openHistory();
    expect(await runs.latest()).toBeNull();
    const run = await runs.start('2026-11-01T00:00:00.000Z');
    const failed = report('scim-users', {
      status: 'failed',
      failure: { code: 'scim-unavailable', message: 'UNIFI did not answer.', advice: 'Try again.', status: 503 },
    });
    await runs.saveSource(run.id, failed);
    expect(await runs.latest()).toEqual({ run: { ...run, endedAt: null }, sources: [failed] });
    await runs.finish(run.id, '2026-11-01T00:01:00.000Z');
    expect((await runs.latest())?.run.endedAt).toBe('2026-11-01T00:01:00.000Z');
  });

  test('says of every source how the newest run went and when it was last complete', async () => {
    const { runs } = await openHistory();
    const first = await runs.start('2026-11-01T00:00:00.000Z');
    await runs.saveSource(first.id, report('users'));
    await runs.saveSource(first.id, report('jobs', { status: 'failed' }));
    await runs.finish(first.id, '2026-11-01T00:05:00.000Z');
    const second = await runs.start('2026-11-02T00:00:00.000Z');
    await runs.saveSource(second.id, report('users', { status: 'partial', items: 1 }));
    await runs.finish(second.id, '2026-11-02T00:05:00.000Z');
    const third = await runs.start('2026-11-03T00:00:00.000Z');
    await runs.saveSource(third.id, report('audit', { endedAt: '2026-11-03T00:00:09.000Z' }));
    const freshness = await runs.freshness();
    expect(freshness.map(({ source, status, lastCompleteAt }) => [source, status, lastCompleteAt])).toEqual([
      ['jobs', 'failed', null],
      ['users', 'partial', '2026-11-01T00:05:00.000Z'],
      ['audit', 'complete', '2026-11-03T00:00:09.000Z'],
    ]);
  });

  test('lists runs, the newest first, page by page', async () => {
    const { runs } = await openHistory();
    for (let day = 1; day <= 5; day += 1) {
      const { id } = await runs.start(`2026-11-0${day}T00:00:00.000Z`);
      await runs.saveSource(id, report('users', { items: day }));
    }
    const first = await runs.list({ limit: 2, withTotal: true });
    expect(first.total).toBe(5);
    expect(first.rows.map((run) => run.sources[0]?.items)).toEqual([5, 4]);
    const second = await runs.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.rows.map((run) => run.sources[0]?.items)).toEqual([3, 2]);
    const jump = await runs.list({ limit: 2, offset: 4 });
    expect(jump.rows.map((run) => run.sources[0]?.items)).toEqual([1]);
    expect(jump.nextCursor).toBeNull();
  });

  test('keeps gaps, and refuses runs that it does not know', async () => {
    const { runs } = await openHistory();
    const gap = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
    await runs.saveGap(gap);
    await runs.saveGap(gap);
    expect(await runs.gaps()).toEqual([gap]);
    for (const id of ['99', 'x', '0', '1 OR 1', '']) {
      expect((await failureOf(runs.finish(id, '2026-11-01T00:00:00.000Z'))).code).toBe('run-unknown');
    }
  });
});
