import type { LogGap } from '../../../contract/models/run.ts';
import type { IssueGrowth, LogCycle, LogHour } from '../../../core/model/job-history.ts';
import type { LogPosition } from '../../../services/ports.ts';
import { outcomeName, type OutcomeCount } from '../log/log-outcomes.ts';
import { hourSeq } from '../log/log-seq.ts';
import type { Statements } from '../statements.ts';

const perHour = `SELECT n.hour AS bucket, c.status, c.benign, sum(n.count) AS count
  FROM log_counts n JOIN log_classes c ON c.id = n.class_id
  WHERE n.hour >= ? AND n.hour < ? GROUP BY 1, 2, 3`;
const perCycle = `SELECT min(hour) AS first_hour, max(hour) AS last_hour, sum(count) AS row_count
  FROM log_counts WHERE hour >= ? AND hour < ? AND cycle_id <> '' GROUP BY cycle_id ORDER BY 1, 2`;
const perIssue = `SELECT issue_key, error_code,
    sum(CASE WHEN hour >= @from THEN count ELSE 0 END) AS row_count,
    sum(CASE WHEN hour < @from THEN count ELSE 0 END) AS before_count
  FROM log_counts WHERE hour >= @before AND hour < @to AND issue_key <> ''
  GROUP BY issue_key, error_code HAVING row_count > 0 ORDER BY row_count - before_count DESC, issue_key LIMIT @limit`;
/** The row's own reason is shortened; what UNIFI answered often stands at its end. */
const newestReason = `SELECT coalesce(
    CASE WHEN json_valid(b.raw) THEN b.raw ->> '$.provisioningStatusInfo.errorInformation.reason' END, r.reason) AS reason
  FROM log_rows r INDEXED BY log_rows_by_issue LEFT JOIN log_bodies b ON b.seq = r.seq
  WHERE r.issue_key = ? AND r.seq < ? ORDER BY r.seq DESC LIMIT 1`;

const hourMs = 3_600_000;
const hourOf = (at: string): number => Math.floor(Date.parse(at) / hourMs);
const startOf = (hour: number): string => new Date(hour * hourMs).toISOString();

/** Every hour from the one that holds `from` to before the one that holds `to`, oldest first. */
export const readLogHours = (
  statements: Statements,
  position: LogPosition,
  gaps: readonly LogGap[],
  bounds: { from: string; to: string },
): LogHour[] => {
  const first = hourOf(bounds.from);
  const end = hourOf(bounds.to);
  const completeFrom = Date.parse(position.completeFrom ?? '');
  const completeTo = Date.parse(position.completeTo ?? '');
  const hours = Array.from({ length: Math.max(0, end - first) }, (_, index): LogHour => {
    const startMs = (first + index) * hourMs;
    const lost = gaps.some((gap) => Date.parse(gap.from) < startMs + hourMs && Date.parse(gap.to) > startMs);
    return {
      at: startOf(first + index),
      ...{ success: 0, failure: 0, warning: 0, skippedOther: 0, skippedBenign: 0 },
      covered: completeFrom <= startMs && completeTo >= startMs + hourMs && !lost,
    };
  });
  for (const row of statements.get<[number, number], OutcomeCount>(perHour).all(first, end)) {
    const hour = hours[row.bucket - first];
    const name = outcomeName(row);
    if (hour && name) hour[name] += row.count;
  }
  return hours;
};

/** Cycles with rows in these hours, in the order of their first hour. */
export const readLogCycles = (statements: Statements, bounds: { from: string; to: string }): LogCycle[] =>
  statements
    .get<[number, number], { first_hour: number; last_hour: number; row_count: number }>(perCycle)
    .all(hourOf(bounds.from), hourOf(bounds.to))
    .map((row) => ({ firstHour: startOf(row.first_hour), lastHour: startOf(row.last_hour), rows: row.row_count }));

/** The issues that grew most from the hours [before, from) to the hours [from, to). */
export const readIssueGrowth = (
  statements: Statements,
  bounds: { before: string; from: string; to: string; limit: number },
): IssueGrowth[] => {
  const to = hourOf(bounds.to);
  return statements
    .get<[object], { issue_key: string; error_code: string; row_count: number; before_count: number }>(perIssue)
    .all({ before: hourOf(bounds.before), from: hourOf(bounds.from), to, limit: bounds.limit })
    .map((row) => ({
      issueKey: row.issue_key,
      errorCode: row.error_code === '' ? null : row.error_code,
      reason:
        statements.get<[string, number], { reason: string | null }>(newestReason).get(row.issue_key, hourSeq(to))
          ?.reason ?? null,
      rows: row.row_count,
      rowsBefore: row.before_count,
    }));
};
