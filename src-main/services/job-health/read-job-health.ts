import type { JobHealth, PastExecution } from '../../contract/models/job-health.ts';
import { assessJobHealth } from '../../core/health/assess-job-health.ts';
import { describeSettings } from '../../core/health/describe-settings.ts';
import type { JobReading } from '../../core/model/job-history.ts';
import type { Clock, HistoryReads } from '../ports.ts';
import { loadChanges } from './load-changes.ts';
import { loadJob } from './load-job.ts';

const dayMs = 86_400_000;
const changesMs = 90 * dayMs;
const hoursShown = 7 * 24;

/** A cycle stays the last one over several readings: each is told once, as it was last read. */
const executionsOf = (readings: readonly JobReading[]): PastExecution[] => {
  const byStart = new Map<string, PastExecution>();
  for (const { execution } of readings) if (execution) byStart.set(execution.startedAt, execution);
  return [...byStart.values()].sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
};

/** Everything that is stored about the job's health: state, cadence, past cycles, settings, and what changed. */
export const readJobHealth = async (store: HistoryReads, clock: Clock, jobId: string | null): Promise<JobHealth> => {
  const now = clock.now();
  const from = new Date(now.getTime() - changesMs).toISOString();
  const { choice, input, settings, readings, hours } = await loadJob(store, now, jobId, { withCycles: true });
  const changes = await loadChanges(store, { from, jobId: choice.jobId });
  const report = input.sources.find(({ source }) => source === 'jobs');
  return {
    now: now.toISOString(),
    readAt: (report?.status === 'complete' ? report.endedAt : report?.lastCompleteAt) ?? null,
    job: report ? assessJobHealth(input) : null,
    cadence: input.job ? (input.cadence ?? null) : null,
    hours: hours.slice(-hoursShown).map((hour) => ({
      at: hour.at,
      rows: hour.success + hour.failure + hour.warning + hour.skippedOther + hour.skippedBenign,
      failures: hour.failure,
      covered: hour.covered,
    })),
    executions: executionsOf(readings),
    settings: input.job ? describeSettings(input.job, settings) : [],
    changes,
  };
};
