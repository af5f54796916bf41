import type { DocumentName } from '../../../services/ports.ts';
import type { DocumentVersion, JobReading } from '../../../core/model/job-history.ts';
import type { Statements } from '../statements.ts';

interface ReadingRow {
  since_at: string;
  seen_at: string;
  schedule_state: string | null;
  interval_ms: number | null;
  status_code: string | null;
  failures: number | null;
  quarantine_reason: string | null;
  execution_state: string | null;
  began_at: string | null;
  ended_at: string | null;
  exports: number | null;
  exported: number | null;
  escrowed: number | null;
}

/** A job changes with every cycle: what is needed of each version is taken out here, in the store's own thread. */
const readings = `SELECT f.started_at AS since_at, s.started_at AS seen_at,
    j.value ->> '$.schedule.state' AS schedule_state, j.value ->> '$.schedule.intervalMs' AS interval_ms,
    j.value ->> '$.status.code' AS status_code, j.value ->> '$.status.countSuccessiveCompleteFailures' AS failures,
    j.value ->> '$.status.quarantine.reason' AS quarantine_reason,
    j.value ->> '$.status.lastExecution.state' AS execution_state,
    j.value ->> '$.status.lastExecution.startedAt' AS began_at,
    j.value ->> '$.status.lastExecution.endedAt' AS ended_at,
    j.value ->> '$.status.lastExecution.countExports' AS exports,
    j.value ->> '$.status.lastExecution.countExported' AS exported,
    j.value ->> '$.status.lastExecution.countEscrowed' AS escrowed
  FROM documents d JOIN runs f ON f.id = d.since_run JOIN runs s ON s.id = d.seen_run, json_each(d.json) j
  WHERE d.name = 'jobs' AND s.started_at >= @from AND j.value ->> '$.id' = @job
  ORDER BY d.since_run`;

const versions = `SELECT d.json, f.started_at AS since_at, s.started_at AS seen_at,
    d.since_run = (SELECT min(since_run) FROM documents o WHERE o.name = d.name) AS is_first
  FROM documents d JOIN runs f ON f.id = d.since_run JOIN runs s ON s.id = d.seen_run
  WHERE d.name = ? AND s.started_at >= ? ORDER BY d.since_run DESC LIMIT ?`;

/** Graph writes the year 1 for "never". */
const isMoment = (at: string | null): at is string => at !== null && at !== '' && !at.startsWith('0001-');

const toReading = (row: ReadingRow): JobReading => ({
  since: row.since_at,
  seenAt: row.seen_at,
  scheduleState: row.schedule_state ?? '',
  intervalMs: row.interval_ms,
  statusCode: row.status_code ?? '',
  successiveFailures: row.failures ?? 0,
  quarantineReason: row.quarantine_reason,
  execution: isMoment(row.began_at)
    ? {
        state: row.execution_state ?? '',
        startedAt: row.began_at,
        endedAt: isMoment(row.ended_at) ? row.ended_at : null,
        exports: row.exports ?? 0,
        exported: row.exported ?? 0,
        escrowed: row.escrowed ?? 0,
      }
    : null,
});

/** Every version of the job that a run since `from` saw, oldest first. */
export const readReadings = (statements: Statements, jobId: string, from: string): JobReading[] =>
  statements.get<[object], ReadingRow>(readings).all({ from, job: jobId }).map(toReading);

/** The newest `limit` versions of a document that a run since `from` saw, oldest first. */
export const readVersions = (
  statements: Statements,
  options: { name: DocumentName; from: string; limit: number },
): DocumentVersion[] =>
  statements
    .get<[string, string, number], { json: string; since_at: string; seen_at: string; is_first: number }>(versions)
    .all(options.name, options.from, options.limit)
    .map((row) => ({ json: row.json, since: row.since_at, seenAt: row.seen_at, isFirst: row.is_first === 1 }))
    .reverse();
