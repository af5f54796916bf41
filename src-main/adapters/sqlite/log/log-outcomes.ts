import type { LogGap } from '../../../contract/models/run.ts';
import type { DayOutcome, LogStatus } from '../../../contract/models/provisioning-event.ts';
import type { LogPosition } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

/** Rows of one kind in a bucket: a day or an hour since 1970. */
export interface OutcomeCount {
  bucket: number;
  status: LogStatus;
  benign: number;
  count: number;
}

const perDay = `SELECT n.hour / 24 AS bucket, c.status, c.benign, sum(n.count) AS count
  FROM log_counts n JOIN log_classes c ON c.id = n.class_id
  WHERE n.hour >= ? AND n.hour < ? GROUP BY 1, 2, 3`;

const dayMs = 86_400_000;

/** Under which name rows of this kind are counted; null: not at all. */
export const outcomeName = (row: OutcomeCount): keyof Omit<DayOutcome, 'day' | 'covered'> | null => {
  switch (row.status) {
    case 'success':
    case 'failure':
    case 'warning':
      return row.status;
    case 'skipped':
      return row.benign === 1 ? 'skippedBenign' : 'skippedOther';
    case 'unknown':
      return null;
  }
};

/**
 * Every UTC day that begins in [from, to) or holds `from`, counted as a whole. A day is covered when a complete pull
 * reaches over all of it and no gap touches it.
 */
export const dayOutcomes = (
  statements: Statements,
  position: LogPosition,
  gaps: readonly LogGap[],
  bounds: { from: string; to: string },
): DayOutcome[] => {
  const firstDay = Math.floor(Date.parse(bounds.from) / dayMs);
  const endDay = Math.ceil(Date.parse(bounds.to) / dayMs);
  const completeFrom = Date.parse(position.completeFrom ?? '');
  const completeTo = Date.parse(position.completeTo ?? '');
  const days: DayOutcome[] = [];
  for (let day = firstDay; day < endDay; day += 1) {
    const start = day * dayMs;
    const end = start + dayMs;
    const lost = gaps.some((gap) => Date.parse(gap.from) < end && Date.parse(gap.to) > start);
    days.push({
      day: new Date(start).toISOString().slice(0, 10),
      ...{ success: 0, failure: 0, skippedBenign: 0, skippedOther: 0, warning: 0 },
      covered: completeFrom <= start && completeTo >= end && !lost,
    });
  }
  for (const row of statements.get<[number, number], OutcomeCount>(perDay).all(firstDay * 24, endDay * 24)) {
    const outcome = days[row.bucket - firstDay];
    const name = outcomeName(row);
    if (outcome && name) outcome[name] += row.count;
  }
  return days;
};
