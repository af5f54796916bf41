import type { SourceFreshness } from '../../../../src-main/contract/models/run.ts';
import type { JobReading, LogHour } from '../../../../src-main/core/model/job-history.ts';
import type { JobExecution, SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const minuteMs = 60_000;
export const nowMs = Date.parse('2026-08-11T12:00:00Z');
export const iso = (ms: number): string => new Date(ms).toISOString();

/** A reading of the job while the cycle of that start was its last one; seen at one moment unless told. */
export const reading = (
  startedMs: number,
  own: { sinceMs?: number; seenMs?: number; escrowed?: number; exports?: number } & Partial<
    Omit<JobReading, 'execution'>
  > = {},
): JobReading => {
  const { sinceMs = startedMs + 2 * minuteMs, seenMs = sinceMs, escrowed = 0, exports = 10, ...rest } = own;
  return {
    since: iso(sinceMs),
    seenAt: iso(seenMs),
    scheduleState: 'Active',
    intervalMs: 40 * minuteMs,
    statusCode: 'Active',
    successiveFailures: 0,
    quarantineReason: null,
    execution: {
      state: escrowed > 0 ? 'EntryLevelErrors' : 'Succeeded',
      startedAt: iso(startedMs),
      endedAt: iso(startedMs + minuteMs),
      exports,
      exported: Math.max(0, exports - escrowed),
      escrowed,
    },
    ...rest,
  };
};

/** Whole days of log up to the present, with `rows(hourOfDay, day)` rows in each hour; day 0 is the oldest. */
export const hoursOf = (
  days: number,
  rows: (hour: number, day: number) => number,
  own: (at: number) => Partial<LogHour> = () => ({}),
): LogHour[] =>
  Array.from({ length: days * 24 }, (_, index) => {
    const at = nowMs - days * dayMs + index * hourMs;
    return {
      at: iso(at),
      ...{ success: rows(new Date(at).getUTCHours(), Math.floor(index / 24)), failure: 0, warning: 0 },
      ...{ skippedOther: 0, skippedBenign: 0, covered: true },
      ...own(at),
    };
  });

export const execution = (own: Partial<JobExecution> = {}): JobExecution => ({
  state: 'Succeeded',
  activityId: 'a',
  startedAt: iso(nowMs - 30 * minuteMs),
  endedAt: iso(nowMs - 28 * minuteMs),
  countImported: 14,
  countEntitled: 6,
  countEntitledForProvisioning: 6,
  countExports: 5,
  countExported: 5,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  error: null,
  ...own,
});

export const job = (own: Partial<SynchronizationJob['status']> = {}, scheduleState = 'Active'): SynchronizationJob => ({
  id: 'unifi.job',
  templateId: 'unifi',
  schedule: { state: scheduleState, intervalMs: 40 * minuteMs, expiresAt: null },
  status: {
    code: 'Active',
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    steadyStateFirstAchievedAt: '2026-05-02T11:03:40Z',
    steadyStateLastAchievedAt: '2026-08-11T11:32:00Z',
    lastExecution: execution(),
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    progress: [],
    synchronizedEntryCountByType: {},
    quarantine: null,
    troubleshootingUrl: null,
    ...own,
  },
  settings: {},
});

/** Job and log read completely at the present moment. */
export const sources: SourceFreshness[] = (['jobs', 'provisioning-log'] as const).map((source) => ({
  source,
  status: 'complete',
  items: 1,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: null,
  to: null,
  startedAt: iso(nowMs),
  endedAt: iso(nowMs),
  failure: null,
  lastCompleteAt: iso(nowMs),
}));
