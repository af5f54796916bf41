import { namedAttribute } from '../../../core/errors/named-attribute.ts';
import { parseReason } from '../../../core/errors/parse-reason.ts';
import { hourSeq } from '../log/log-seq.ts';
import type { Statements } from '../statements.ts';

interface ChangedHour {
  issue_key: string;
  hour: number;
  row_count: number;
  counted: number | null;
}

const changedHours = `SELECT c.issue_key, c.hour, c.row_count, h.row_count AS counted
  FROM (SELECT issue_key, hour, sum(count) AS row_count FROM log_counts INDEXED BY log_counts_by_issue
    WHERE issue_key > '' GROUP BY issue_key, hour) c
  LEFT JOIN issue_hours h ON h.issue_key = c.issue_key AND h.hour = c.hour
  WHERE h.row_count IS NOT c.row_count`;
const vanishedIssues = `SELECT DISTINCT issue_key FROM issue_hours h WHERE NOT EXISTS (SELECT 1
  FROM log_counts c INDEXED BY log_counts_by_issue WHERE c.issue_key = h.issue_key AND c.hour = h.hour)`;
const hoursOfIssue = `SELECT issue_key, hour, sum(count) AS row_count, NULL AS counted
  FROM log_counts INDEXED BY log_counts_by_issue WHERE issue_key = ? GROUP BY hour`;
const forgetHours = 'DELETE FROM issue_hours WHERE issue_key = ?';
const forgetSubjects = 'DELETE FROM issue_subjects WHERE issue_key = ?';
const forgetIssue = 'DELETE FROM issues WHERE issue_key = ?';
const saveHour = 'INSERT OR REPLACE INTO issue_hours (issue_key, hour, row_count) VALUES (?, ?, ?)';

// Somebody without an Entra id goes by what the row names; a row that names nobody is counted as a row only.
const addSubjects = `INSERT INTO issue_subjects (issue_key, subject, subject_type, first_seq, last_seq)
  SELECT issue_key, coalesce(source_id, 'scim:' || target_id, 'name:' || coalesce(source_upn, source_name)) AS subject,
    max(subject_type), min(seq), max(seq)
  FROM log_rows INDEXED BY log_rows_by_issue
  WHERE issue_key = ? AND seq >= ? AND seq < ? AND coalesce(source_id, target_id, source_upn, source_name) IS NOT NULL
  GROUP BY 2
  ON CONFLICT DO UPDATE SET first_seq = min(first_seq, excluded.first_seq),
    last_seq = max(last_seq, excluded.last_seq),
    good_seq = CASE WHEN excluded.last_seq < good_seq THEN good_seq END`;
const isGood = `(c.status = 'success' OR (c.status = 'skipped' AND c.benign = 1))`;
// A row that was read again by a newer version of this program may no longer count as good.
const dropRecoveries = `UPDATE issue_subjects SET good_seq = NULL
  WHERE good_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM log_rows r JOIN log_classes c ON c.id = r.class_id
    WHERE r.seq = issue_subjects.good_seq AND r.source_id = issue_subjects.subject AND ${isGood})`;
const findRecoveries = `UPDATE issue_subjects SET good_seq = (
    SELECT r.seq FROM log_rows r INDEXED BY log_rows_by_source JOIN log_classes c ON c.id = r.class_id
    WHERE r.source_id = issue_subjects.subject AND r.seq > issue_subjects.last_seq
      AND ${isGood}
    ORDER BY r.seq LIMIT 1)
  WHERE good_seq IS NULL`;
const edge = (order: 'ASC' | 'DESC'): string => `SELECT r.id, r.at, r.error_code, r.reason, b.raw
  FROM log_rows r INDEXED BY log_rows_by_issue JOIN log_bodies b ON b.seq = r.seq
  WHERE r.issue_key = ? ORDER BY r.seq ${order} LIMIT 1`;
const saveIssue = `INSERT INTO issues (issue_key, error_code, attribute, reason, newest_log_id, row_count, first_at,
    last_at, people, groups, recovered)
  VALUES (?, ?, ?, ?, ?, (SELECT sum(row_count) FROM issue_hours WHERE issue_key = ?), ?, ?, 0, 0, 0)
  ON CONFLICT DO UPDATE SET error_code = excluded.error_code, attribute = excluded.attribute,
    reason = excluded.reason, newest_log_id = excluded.newest_log_id, row_count = excluded.row_count,
    first_at = excluded.first_at, last_at = excluded.last_at`;
const countSubjects = `UPDATE issues SET (people, groups, recovered) = (
    SELECT coalesce(sum(subject_type <> 'group'), 0), coalesce(sum(subject_type = 'group'), 0), count(good_seq)
    FROM issue_subjects s WHERE s.issue_key = issues.issue_key)`;

interface EdgeRow {
  id: string;
  at: string;
  error_code: string | null;
  reason: string | null;
  raw: string;
}

/** The whole reason of a row as received; the list's is cut off after 300 characters. */
const wholeReason = ({ raw, reason }: EdgeRow): string | null => {
  try {
    const row = JSON.parse(raw) as { provisioningStatusInfo?: { errorInformation?: { reason?: unknown } | null } };
    const whole = row.provisioningStatusInfo?.errorInformation?.reason;
    return typeof whole === 'string' ? whole : reason;
  } catch {
    // The stored text is damaged: the shortened reason is still worth reading.
    return reason;
  }
};

/** As long as a list shows the reason of a row. */
const wordsLength = 300;

/** The service's own words: UNIFI's where the reason holds its answer, without the wrapping that is always the same. */
const ownWords = (reason: string | null): string | null => {
  if (reason === null) return null;
  const { scimDetail, message } = parseReason(reason);
  const words = scimDetail ?? message;
  return words.length <= wordsLength ? words : words.slice(0, wordsLength).toWellFormed();
};

/**
 * Brings the counts of issues up to the stored log, in one transaction: only hours whose number of failing rows changed
 * are read again, and only people who have not recovered are looked up. Rows that vanished (a retention, or a row that
 * was read again and is another issue's now) make their issue count from the beginning; a row that is read again keeps
 * its time and whom it names. Gives how many hours were read.
 */
export const countIssues = (statements: Statements): number => {
  const work = (): number => {
    const changed = statements.get<[], ChangedHour>(changedHours).all();
    const shrunk = new Set(
      statements
        .get<[], { issue_key: string }>(vanishedIssues)
        .all()
        .map((row) => row.issue_key),
    );
    for (const { issue_key, row_count, counted } of changed) {
      if (counted !== null && row_count < counted) shrunk.add(issue_key);
    }
    for (const key of shrunk) {
      for (const statement of [forgetHours, forgetSubjects, forgetIssue]) statements.get(statement).run(key);
    }
    const hours = [
      ...changed.filter((row) => !shrunk.has(row.issue_key)),
      ...[...shrunk].flatMap((key) => statements.get<[string], ChangedHour>(hoursOfIssue).all(key)),
    ];
    for (const [key, rows] of Map.groupBy(hours, (row) => row.issue_key)) {
      for (const range of rangesOf(rows)) statements.get(addSubjects).run(key, hourSeq(range.from), hourSeq(range.to));
      for (const { hour, row_count } of rows) statements.get(saveHour).run(key, hour, row_count);
      const first = statements.get<[string], EdgeRow>(edge('ASC')).get(key);
      const newest = statements.get<[string], EdgeRow>(edge('DESC')).get(key);
      if (!first || !newest) throw new Error('an issue was counted and has no row');
      const reason = wholeReason(newest);
      const attribute = reason === null ? null : namedAttribute(reason);
      statements
        .get(saveIssue)
        .run(key, newest.error_code, attribute, ownWords(reason), newest.id, key, first.at, newest.at);
    }
    statements.get(dropRecoveries).run();
    statements.get(findRecoveries).run();
    statements.get(countSubjects).run();
    return hours.length;
  };
  return statements.database.transaction(work).immediate();
};

/** Hours that follow each other closely as one range: reading a few hours again costs less than a question each. */
const rangesOf = (hours: readonly ChangedHour[]): { from: number; to: number }[] => {
  const ranges: { from: number; to: number }[] = [];
  for (const { hour } of hours.toSorted((one, other) => one.hour - other.hour)) {
    const last = ranges.at(-1);
    if (last && hour - last.to <= 6) last.to = hour + 1;
    else ranges.push({ from: hour, to: hour + 1 });
  }
  return ranges;
};
