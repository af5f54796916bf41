/**
 * Purges of people and retention: what was purged and when, by whom it is recognised again, and from which run on the
 * past is still whole.
 */
export const care = `
-- Entries that a collection withheld because of a purge.
ALTER TABLE run_sources ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;

-- finished_at: when indexes and free pages were clean. The receipt tells counts, never whom it was about.
CREATE TABLE purges (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  finished_at TEXT,
  lifted_at TEXT,
  key_id TEXT NOT NULL,
  receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keyed hashes of ids and addresses; the key is not in this file.
CREATE TABLE purge_hashes (
  hash TEXT NOT NULL,
  purge_id TEXT NOT NULL REFERENCES purges (id),
  PRIMARY KEY (hash, purge_id)
) STRICT, WITHOUT ROWID;

-- Up to where a retention has forgotten: states before the run, events before the time.
CREATE TABLE horizons (
  kind TEXT PRIMARY KEY,
  run_id INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was last done for this file, and what it came to.
CREATE TABLE care_notes (
  task TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Marks of rows that a retention has forgotten, left behind by earlier versions.
DELETE FROM imported_rows WHERE log_id NOT IN (SELECT id FROM log_rows);
`;
