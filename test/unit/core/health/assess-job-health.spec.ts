import { describe, expect, test } from 'vitest';
import type { JobState } from '../../../../src-main/contract/models/job-status.ts';
import type { SourceFreshness } from '../../../../src-main/contract/models/run.ts';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import type { JobHealthInput } from '../../../../src-main/core/health/job-facts.ts';
import type { JobReading } from '../../../../src-main/core/model/job-history.ts';
import type { JobExecution, SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';

const now = '2026-08-11T12:00:00.000Z';

const execution: JobExecution = {
  state: 'Succeeded',
  activityId: 'a',
  startedAt: '2026-08-11T11:30:00Z',
  endedAt: '2026-08-11T11:32:00Z',
  countImported: 14,
  countEntitled: 6,
  countEntitledForProvisioning: 6,
  countExports: 5,
  countExported: 5,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  error: null,
};

const status: SynchronizationJob['status'] = {
  code: 'Active',
  countSuccessiveCompleteFailures: 0,
  escrowsPruned: false,
  steadyStateFirstAchievedAt: '2026-05-02T11:03:40Z',
  steadyStateLastAchievedAt: '2026-08-11T11:32:00Z',
  lastExecution: execution,
  lastSuccessfulExecution: null,
  lastSuccessfulExecutionWithExports: null,
  progress: [],
  synchronizedEntryCountByType: {},
  quarantine: null,
  troubleshootingUrl: null,
};

const job = (over: Partial<SynchronizationJob['status']> = {}, schedule = 'Active'): SynchronizationJob => ({
  id: 'unifi.job',
  templateId: 'unifi',
  schedule: { state: schedule, intervalMs: 40 * 60_000, expiresAt: null },
  status: { ...status, ...over },
  settings: {},
});

const source = (name: 'jobs' | 'provisioning-log', over: Partial<SourceFreshness> = {}): SourceFreshness => ({
  source: name,
  status: 'complete',
  items: 1,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: null,
  to: null,
  startedAt: now,
  endedAt: now,
  failure: null,
  lastCompleteAt: now,
  ...over,
});

const assess = (over: Partial<JobHealthInput>): ReturnType<typeof assessJobHealth> =>
  assessJobHealth({
    jobId: 'unifi.job',
    job: job(),
    sources: [source('jobs'), source('provisioning-log')],
    now: new Date(now),
    logNewestAt: '2026-08-11T11:31:00Z',
    ...over,
  });

const quarantine = {
  reason: 'EncounteredQuarantineException',
  error: {
    code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
    message: 'The credentials are not valid.',
    tenantActionable: true,
  },
  currentBegan: '2026-08-10T02:00:11Z',
  seriesBegan: '2026-08-08T02:00:09Z',
  seriesCount: 4,
  nextAttempt: '2026-08-12T02:00:00Z',
};

describe('a job', () => {
  test('that runs on time is healthy, with its last cycle and when the next is due', () => {
    expect(assess({})).toEqual({
      id: 'unifi.job',
      state: 'healthy',
      title: 'Healthy',
      sentence: 'Healthy: the last cycle ended on 11 August at 11:32 UTC.',
      actor: 'nobody',
      steps: [],
      forecast: {
        level: 'far',
        failed: 0,
        share: 0,
        threshold: 40_000,
        perDay: null,
        reachedAt: null,
        sentence: expect.stringMatching(/^No entry fails; /u) as string,
      },
      lastExecution: {
        state: 'Succeeded',
        startedAt: '2026-08-11T11:30:00Z',
        endedAt: '2026-08-11T11:32:00Z',
        imported: 14,
        entitled: 6,
        exported: 5,
        escrowed: 0,
        errorCode: null,
        errorMessage: null,
      },
      nextExpectedAt: '2026-08-11T12:10:00.000Z',
      intervalMs: 40 * 60_000,
    });
  });

  test('in quarantine says since when, why, and what Entra does next', () => {
    const health = assess({ job: job({ code: 'Quarantine', quarantine }) });
    expect(health).toMatchObject({
      state: 'quarantined',
      since: '2026-08-08T02:00:09.000Z',
      nextExpectedAt: '2026-08-12T02:00:00.000Z',
      quarantine: { nextAttempt: '2026-08-12T02:00:00.000Z', disabledAfter: '2026-09-05T02:00:09.000Z' },
    });
    expect(health.sentence).toBe(
      'Quarantined since 8 August: UNIFI refused the credentials; Entra tries again on 12 August at 02:00 UTC; ' +
        'Entra disables the job about 5 September.',
    );
  });

  test.each([
    ['EncounteredEscrowProportionThreshold', null, 'more than 40 %'],
    ['TooManyDeletes', null, 'deletion guard'],
    ['QuarantinedOnDemand', null, 'by hand'],
    ['Unknown', null, 'no reason'],
    ['Brandnew', null, '"Brandnew"'],
    ['EncounteredQuarantineException', 'CredentialValidationUnavailable', 'could not be reached'],
    ['EncounteredQuarantineException', 'UnifiServiceIncompatible', 'does not understand'],
    ['EncounteredQuarantineException', 'UnifiInvalidCredentials', 'refused the credentials'],
  ])('in quarantine for %s (%s) says that %s', (reason, code, words) => {
    const error = code === null ? null : { code, message: null, tenantActionable: null };
    const health = assess({ job: job({ code: 'Quarantine', quarantine: { ...quarantine, reason, error } }) });
    expect(health.quarantine?.meaning).toContain(words);
  });

  test('in quarantine without any details is still quarantined', () => {
    expect(assess({ job: job({ code: 'Quarantine' }) })).toMatchObject({
      state: 'quarantined',
      quarantine: { since: null, nextAttempt: null, disabledAfter: null },
    });
  });

  const cases: [JobState, string, Partial<JobHealthInput>][] = [
    ['disabled', 'is switched off', { job: job({}, 'Disabled') }],
    ['paused', 'is paused', { job: job({}, 'Paused') }],
    ['paused', 'says "Paused" only in its code', { job: job({ code: 'Paused' }) }],
    ['failing', 'failed as a whole several times', { job: job({ countSuccessiveCompleteFailures: 3 }) }],
    ['failing', 'failed last', { job: job({ lastExecution: { ...execution, state: 'Failed' } }) }],
    ['never-run', 'was never set up', { job: job({ code: 'NotConfigured', lastExecution: null }) }],
    ['initial', 'is in its initial cycle, however long', { job: longInitialCycle() }],
    [
      'silent',
      'shows neither cycles nor rows for a day',
      { job: stoppedAt('2026-08-10T08:00:00Z'), logNewestAt: null },
    ],
    ['late', 'shows no sign for three intervals', { job: stoppedAt('2026-08-11T09:30:00Z'), logNewestAt: null }],
    ['healthy', 'writes rows now although the last cycle is old', { job: stoppedAt('2026-08-11T08:00:00Z') }],
    ['escrows', 'fails for more entries than before', { job: escrowed(4, 50), readings: [dayBefore(2)] }],
    ['escrows', 'fails for most entries', { job: escrowed(30, 50) }],
    ['escrows', 'threw errors away', { job: job({ escrowsPruned: true }) }],
    ['healthy', 'has a few failed entries, as always', { job: escrowed(1, 5), readings: [dayBefore(1)] }],
    ['healthy-quiet', 'runs on time with nothing to do', { logNewestAt: '2026-08-09T11:31:00Z' }],
    ['unknown', 'reports a state that nobody documented', { job: job({ code: 'Hibernating' }) }],
  ];
  test.each(cases)('is %s when it %s', (state, _when, over) => {
    const health = assess(over);
    expect(health.state).toBe(state);
    expect(health.sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('that never ran is not failing, although Graph shows a failed execution of the year 1', () => {
    const never = { ...execution, state: 'Failed', startedAt: '0001-01-01T00:00:00Z', endedAt: '0001-01-01T00:00:00Z' };
    const health = assess({
      job: job({ code: 'NotRun', lastExecution: never, steadyStateFirstAchievedAt: '0001-01-01T00:00:00Z' }),
    });
    expect(health.state).toBe('never-run');
    expect(health).not.toHaveProperty('lastExecution');
    expect(health).not.toHaveProperty('nextExpectedAt');
  });

  test('is late, not silent, while the log was not read: missing rows prove nothing', () => {
    const sources = [source('jobs'), source('provisioning-log', { status: 'failed' })];
    const health = assess({ job: stoppedAt('2026-08-09T09:30:00Z'), logNewestAt: null, sources });
    expect(health.state).toBe('late');
    expect(health.sentence).toContain('proves nothing');
  });

  test('whose log was not read is not called quiet', () => {
    const sources = [source('jobs'), source('provisioning-log', { status: 'partial' })];
    expect(assess({ sources, logNewestAt: null }).state).toBe('healthy');
  });

  test('uses the usual interval when the schedule says none', () => {
    const silent = stoppedAt('2026-08-11T09:30:00Z');
    const health = assess({
      job: { ...silent, schedule: { ...silent.schedule, intervalMs: null } },
      logNewestAt: null,
    });
    expect(health).toMatchObject({ state: 'late', intervalMs: null });
  });
});

describe('absence of data', () => {
  test('is never health: no report, no job, a failed reading', () => {
    const failure = { code: 'graph-forbidden' as const, message: 'Graph refused.', advice: 'Ask.' };
    const failed = [source('jobs', { status: 'failed', failure, lastCompleteAt: null })];
    expect(assess({ sources: [] }).state).toBe('unknown');
    expect(assess({ jobId: null, job: null })).toMatchObject({ id: '', state: 'unknown' });
    expect(assess({ job: null }).sentence).toContain('does not list');
    expect(assess({ job: null, sources: failed })).toMatchObject({
      state: 'unknown',
      sentence: 'Unknown: the job could not be read. Graph refused.',
    });
  });

  test('keeps what was known before a reading failed', () => {
    const sources = [source('jobs', { status: 'failed', lastCompleteAt: '2026-08-11T11:40:00Z' })];
    const health = assess({ sources, job: job({ code: 'Quarantine', quarantine }) });
    expect(health.state).toBe('unknown');
    expect(health.sentence).toContain('Before that it was: Quarantined since 8 August');
    expect(health.quarantine?.reason).toBe('EncounteredQuarantineException');
  });

  test('is told when the job was last read long ago, but a stopped job stays stopped', () => {
    const sources = [source('jobs'), source('provisioning-log')];
    const later = new Date('2026-08-14T12:00:00Z');
    expect(assess({ sources, now: later })).toMatchObject({ state: 'unknown' });
    expect(assess({ sources, now: later }).sentence).toContain('3 days ago');
    expect(assess({ sources, now: later, job: job({}, 'Disabled') }).state).toBe('disabled');
  });
});

function stoppedAt(at: string): SynchronizationJob {
  return job({ lastExecution: { ...execution, startedAt: at, endedAt: at } });
}

function dayBefore(escrowed: number): JobReading {
  const at = '2026-08-10T11:30:00Z';
  return {
    since: at,
    seenAt: at,
    scheduleState: 'Active',
    intervalMs: 2_400_000,
    statusCode: 'Active',
    successiveFailures: 0,
    quarantineReason: null,
    execution: { state: 'EntryLevelErrors', startedAt: at, endedAt: at, exports: 50, exported: 48, escrowed },
  };
}

function escrowed(count: number, exports: number): SynchronizationJob {
  const counts = { countEscrowed: count, countExports: exports };
  return job({ lastExecution: { ...execution, state: 'EntryLevelErrors', ...counts } });
}

function longInitialCycle(): SynchronizationJob {
  return job({
    steadyStateFirstAchievedAt: null,
    lastExecution: { ...execution, startedAt: '2026-08-10T01:00:00Z', endedAt: '2026-08-10T02:00:00Z' },
    progress: [{ completedUnits: 30, totalUnits: 90, units: null, observedAt: null }],
  });
}
