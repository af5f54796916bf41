/**
 * Issues of the provisioning log: what was counted after the newest collection, and what people said of them. Times of
 * rows are their numbers (`log_rows.seq`).
 */
export const issues = `
-- One line for each issue, written anew after each collection from the tables below.
CREATE TABLE issues (
  issue_key TEXT PRIMARY KEY,
  error_code TEXT,
  attribute TEXT,
  reason TEXT,
  newest_log_id TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  people INTEGER NOT NULL,
  groups INTEGER NOT NULL,
  recovered INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The hours that were counted: an hour whose count in log_counts differs is counted again, all others cost nothing.
CREATE TABLE issue_hours (
  issue_key TEXT NOT NULL,
  hour INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  PRIMARY KEY (issue_key, hour)
) STRICT, WITHOUT ROWID;

-- Whom an issue affects. good_seq: the row after last_seq that succeeded or rightly skipped them, once there is one.
CREATE TABLE issue_subjects (
  issue_key TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  good_seq INTEGER,
  PRIMARY KEY (issue_key, subject)
) STRICT, WITHOUT ROWID;

-- What a person decided; it outlives every count.
CREATE TABLE issue_mutes (
  issue_key TEXT PRIMARY KEY,
  muted_at TEXT NOT NULL,
  muted_by TEXT,
  note TEXT,
  affected INTEGER NOT NULL,
  rows_per_week INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
