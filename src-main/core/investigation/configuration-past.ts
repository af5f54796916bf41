import type { TimelineEntry } from '../../contract/models/investigation.ts';
import { explainQuarantine } from '../health/explain-quarantine.ts';
import { is } from '../health/job-facts.ts';
import type { JobReading } from '../model/job-history.ts';
import { compareSchemas } from '../schema/compare-schemas.ts';
import { parseSyncSchema } from '../schema/parse-sync-schema.ts';
import type { JobContext } from './case-base.ts';

/** More differences of two versions than a line can tell. */
const mostChanges = 5;

/** The state of a job as people say it; null: it runs. */
const stateOf = (reading: JobReading, nowMs: number): string | null => {
  if (reading.quarantineReason !== null || is(reading.statusCode, 'quarantine')) {
    const { meaning } = explainQuarantine(
      {
        reason: reading.quarantineReason ?? 'Unknown',
        error: null,
        currentBegan: null,
        seriesBegan: null,
        seriesCount: 0,
        nextAttempt: null,
      },
      nowMs,
    );
    return `in quarantine: ${meaning}`;
  }
  if (is(reading.scheduleState, 'disabled')) return 'switched off';
  return is(reading.scheduleState, 'paused') || is(reading.statusCode, 'paused') ? 'paused' : null;
};

/** When collections saw the job stop, start or come into quarantine. */
const jobPast = ({ readings, job, now }: JobContext): TimelineEntry[] =>
  readings.flatMap((reading, index): TimelineEntry[] => {
    const before = readings[index - 1];
    const state = stateOf(reading, Date.parse(now));
    if (!before || stateOf(before, Date.parse(now)) === state) return [];
    const text = `A collection found the job ${state ?? 'running again'}.`;
    return [{ at: reading.since, kind: 'job', text, ref: job?.id ?? null }];
  });

/**
 * When collections saw other mappings or scoping filters, and what differed. Versions that do the same are no change; a
 * version that cannot be understood is told as that.
 */
const schemaPast = ({ schemaVersions }: JobContext): TimelineEntry[] =>
  schemaVersions.flatMap((version, index): TimelineEntry[] => {
    const before = schemaVersions[index - 1];
    if (!before) return [];
    const changes = compareSchemas(parseSyncSchema(before.json), parseSyncSchema(version.json));
    if (changes.length === 0) return [];
    const told = changes.slice(0, mostChanges).map(({ sentence }) => sentence);
    const more = changes.length > mostChanges ? [`${changes.length - mostChanges} more changes.`] : [];
    const text = ['A collection found the mappings or scoping filters changed.', ...told, ...more].join(' ');
    return [{ at: version.since, kind: 'job', text, ref: null }];
  });

/** Changes of the job and of its mappings and scoping filters between collections; the audit log has its own lines. */
export const configurationPast = (context: JobContext): TimelineEntry[] => [
  ...jobPast(context),
  ...schemaPast(context),
];
