import type { AffectedSubject, IssueMute } from '../../../contract/models/issue.ts';
import type { StoredIssue } from '../../../core/model/issue.ts';
import type { IssueStore } from '../../../services/ports.ts';
import { hourOfSeq, secondSeq } from '../log/log-seq.ts';
import type { Statements } from '../statements.ts';
import { countIssues } from './count-issues.ts';

interface IssueRow {
  issue_key: string;
  error_code: string | null;
  attribute: string | null;
  reason: string | null;
  newest_log_id: string;
  row_count: number;
  first_at: string;
  last_at: string;
  people: number;
  groups: number;
  recovered: number;
  muted_at: string | null;
  muted_by: string | null;
  note: string | null;
  affected: number | null;
  rows_per_week: number | null;
}

interface SubjectRow {
  subject: string;
  subject_type: string;
  name: string | null;
  target_id: string | null;
  first_at: string;
  last_at: string;
  good_at: string | null;
}

const withMutes = `SELECT i.*, m.muted_at, m.muted_by, m.note, m.affected, m.rows_per_week
  FROM issues i LEFT JOIN issue_mutes m ON m.issue_key = i.issue_key`;
const days = 14;
/** Hours are counted back from the end, so that every span has 24 of them. Bound numbers are real ones otherwise. */
const perDay = `SELECT issue_key, (CAST(? AS INTEGER) - 1 - hour) / 24 AS ago, sum(row_count) AS n FROM issue_hours
  WHERE hour >= ? AND hour < ? GROUP BY 1, 2`;
const perDayOfOne = `SELECT issue_key, (CAST(? AS INTEGER) - 1 - hour) / 24 AS ago, sum(row_count) AS n FROM issue_hours
  WHERE hour >= ? AND hour < ? AND issue_key = ? GROUP BY 1, 2`;
const isUncounted = `SELECT EXISTS (SELECT 1 FROM log_counts INDEXED BY log_counts_by_issue WHERE issue_key > '')
  AND NOT EXISTS (SELECT 1 FROM issue_hours) AS n`;
// The shown ones are chosen before anything is looked up for them.
const subjects = `WITH s AS MATERIALIZED (SELECT * FROM issue_subjects WHERE issue_key = ?
    ORDER BY good_seq IS NOT NULL, last_seq DESC, subject LIMIT ?)
  SELECT s.subject, s.subject_type, coalesce(l.source_name, l.source_upn, l.target_name) AS name,
    l.target_id, f.at AS first_at, l.at AS last_at, g.at AS good_at
  FROM s JOIN log_rows f ON f.seq = s.first_seq JOIN log_rows l ON l.seq = s.last_seq
  LEFT JOIN log_rows g ON g.seq = s.good_seq
  ORDER BY s.good_seq IS NOT NULL, s.last_seq DESC, s.subject`;
const saveMute = `INSERT OR REPLACE INTO issue_mutes (issue_key, muted_at, muted_by, note, affected, rows_per_week)
  VALUES (?, ?, ?, ?, ?, ?)`;
const dropMute = 'DELETE FROM issue_mutes WHERE issue_key = ?';

const muteOf = (row: IssueRow): IssueMute | null =>
  row.muted_at === null
    ? null
    : {
        at: row.muted_at,
        by: row.muted_by,
        note: row.note,
        affected: row.affected ?? 0,
        rowsPerWeek: row.rows_per_week ?? 0,
      };

const toIssue = (row: IssueRow, counts: readonly number[]): StoredIssue => ({
  id: row.issue_key,
  errorCode: row.error_code,
  attribute: row.attribute,
  reason: row.reason,
  newestRowId: row.newest_log_id,
  rows: row.row_count,
  firstAt: row.first_at,
  lastAt: row.last_at,
  people: row.people,
  groups: row.groups,
  recovered: row.recovered,
  perDay: [...counts],
  mute: muteOf(row),
});

const toAffected = (row: SubjectRow): AffectedSubject => {
  const [, prefix] = /^(scim|name):/u.exec(row.subject) ?? [];
  const plain = prefix === undefined ? row.subject : row.subject.slice(prefix.length + 1);
  return {
    subject: {
      type: row.subject_type === 'group' ? 'group' : 'user',
      entraId: prefix === undefined ? plain : null,
      scimId: prefix === 'scim' ? plain : row.target_id,
      name: row.name ?? plain,
    },
    firstSeen: row.first_at,
    lastSeen: row.last_at,
    recoveredAt: row.good_at,
  };
};

/** Issues as counted after the newest collection, and who muted which. */
export const createIssueStore = (statements: Statements): IssueStore => {
  /** Rows per span of 24 hours of each issue, oldest span first; spans end with the hour of `end`. */
  const countDays = (end: string, id: string | null): ((key: string) => number[]) => {
    const to = hourOfSeq(secondSeq(end)) + 1;
    const bounds = [to, to - days * 24, to];
    const rows = statements
      .get<unknown[], { issue_key: string; ago: number; n: number }>(id === null ? perDay : perDayOfOne)
      .all(...bounds, ...(id === null ? [] : [id]));
    const found = Map.groupBy(rows, (row) => row.issue_key);
    return (key) => {
      const counts = Array.from({ length: days }, () => 0);
      for (const { ago, n } of found.get(key) ?? []) counts[days - 1 - ago] = n;
      return counts;
    };
  };

  return {
    count: async () => countIssues(statements),
    isUncounted: async () => statements.get<[], { n: number }>(isUncounted).get()?.n === 1,
    async list(end) {
      const counts = countDays(end, null);
      return statements
        .get<[], IssueRow>(withMutes)
        .all()
        .map((row) => toIssue(row, counts(row.issue_key)));
    },
    async get(id, end) {
      const row = statements.get<[string], IssueRow>(`${withMutes} WHERE i.issue_key = ?`).get(id);
      return row ? toIssue(row, countDays(end, id)(id)) : null;
    },
    affected: async (id, limit) =>
      statements.get<[string, number], SubjectRow>(subjects).all(id, limit).map(toAffected),
    async mute(id, mute) {
      statements.get(saveMute).run(id, mute.at, mute.by, mute.note, mute.affected, mute.rowsPerWeek);
    },
    async unmute(id) {
      statements.get(dropMute).run(id);
    },
  };
};
