import { expect, test } from 'vitest';
import type { SourceReport } from '../../../../src-main/contract/models/run.ts';
import { runMoment } from '../../../../src-main/core/model/run-moment.ts';
import { describeRun, momentOfRun } from '../../../../src-renderer/lib/describe-run.ts';

const source = (own: Partial<SourceReport>): SourceReport => ({
  source: 'users',
  status: 'complete',
  items: 10,
  pages: 1,
  requests: 2,
  throttledMs: 500,
  malformed: 0,
  from: null,
  to: null,
  startedAt: '2026-11-23T09:00:00.000Z',
  endedAt: '2026-11-23T09:00:10.000Z',
  failure: null,
  ...own,
});
const run = { id: '1', startedAt: '2026-11-23T09:00:00.000Z', endedAt: '2026-11-23T09:01:30.000Z' };

test('a run is summed up over its sources, and names those that were not complete', () => {
  const sources = [source({}), source({ source: 'audit', status: 'failed', items: 0 }), source({ status: 'skipped' })];
  expect(describeRun({ ...run, sources })).toEqual({
    durationMs: 90_000,
    tone: 'danger',
    complete: '1 of 2',
    incomplete: 'Audit log failed',
    items: 20,
    requests: 6,
    throttledMs: 1500,
  });
});

test('a run is good only when it ended and everything that was read is complete', () => {
  expect(describeRun({ ...run, sources: [source({})] }).tone).toBe('good');
  expect(describeRun({ ...run, sources: [source({ status: 'partial' })] }).tone).toBe('warning');
  expect(describeRun({ ...run, sources: [] }).tone).toBe('neutral');
  expect(describeRun({ ...run, endedAt: null, sources: [source({})] })).toMatchObject({
    tone: 'neutral',
    durationMs: null,
  });
});

test('a run that never ended stands for the end of its last source, as it does everywhere else', () => {
  const sources = [source({}), source({ source: 'audit', endedAt: '2026-11-23T09:00:40.000Z' }), source({})];
  for (const endedAt of [run.endedAt, null]) {
    const moment = momentOfRun({ ...run, endedAt, sources });
    expect(moment).toBe(endedAt ?? '2026-11-23T09:00:40.000Z');
    expect(moment).toBe(runMoment({ ...run, endedAt }, sources));
  }
});
