/** The whole history of one connection: runs, provisioning log, versioned lists, findings and people. */
export const history = `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;

CREATE TABLE run_sources (
  run_id INTEGER NOT NULL REFERENCES runs (id),
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  items INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  throttled_ms INTEGER NOT NULL,
  malformed INTEGER NOT NULL,
  covered_from_at TEXT,
  covered_to_at TEXT,
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  failure TEXT,
  PRIMARY KEY (source, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_sources_by_run ON run_sources (run_id);

-- Entries that were not understood: rows of the log as received, of anything else what they look like.
CREATE TABLE kept_aside (
  source TEXT NOT NULL,
  text TEXT NOT NULL,
  first_run INTEGER NOT NULL REFERENCES runs (id),
  last_run INTEGER NOT NULL REFERENCES runs (id),
  PRIMARY KEY (source, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_gaps (
  from_at TEXT NOT NULL,
  to_at TEXT NOT NULL,
  PRIMARY KEY (from_at, to_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_positions (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  complete_from_at TEXT,
  complete_to_at TEXT,
  open_windows TEXT NOT NULL
) STRICT;

-- Every combination of status, action and benign that occurs: one small number to index and to count by.
CREATE TABLE log_classes (
  id INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  action TEXT NOT NULL,
  benign INTEGER NOT NULL,
  UNIQUE (status, action, benign)
) STRICT;

-- seq: epoch seconds times 2^20, plus a counter within the second. Rowid order is time order, and so every index
-- below ends in time order.
CREATE TABLE log_rows (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  class_id INTEGER NOT NULL REFERENCES log_classes (id),
  subject_type TEXT NOT NULL,
  source_id TEXT,
  source_name TEXT,
  source_upn TEXT,
  target_id TEXT,
  target_name TEXT,
  error_code TEXT,
  reason TEXT,
  cycle_id TEXT,
  change_id TEXT,
  issue_key TEXT
) STRICT;
CREATE INDEX log_rows_by_class ON log_rows (class_id);
CREATE INDEX log_rows_by_source ON log_rows (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX log_rows_by_error ON log_rows (error_code) WHERE error_code IS NOT NULL;
CREATE INDEX log_rows_by_issue ON log_rows (issue_key) WHERE issue_key IS NOT NULL;

-- The JSON as received, apart from what is scanned.
CREATE TABLE log_bodies (
  seq INTEGER PRIMARY KEY,
  raw TEXT NOT NULL
) STRICT;

-- words: names, addresses, ids and error texts. class: the row's class and issue as a word each, so that a question
-- for words and a filter meet inside the index.
CREATE VIRTUAL TABLE log_search USING fts5 (
  words, class, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Merging less often makes storing a fifth cheaper, and reading hardly dearer.
INSERT INTO log_search (log_search, rank) VALUES ('automerge', 8);

-- How many rows of each kind every hour holds: counts, days and jumps without reading rows. Empty text: none.
CREATE TABLE log_counts (
  hour INTEGER NOT NULL,
  class_id INTEGER NOT NULL,
  error_code TEXT NOT NULL,
  issue_key TEXT NOT NULL,
  cycle_id TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, class_id, error_code, issue_key, cycle_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX log_counts_by_cycle ON log_counts (cycle_id, hour);
CREATE INDEX log_counts_by_issue ON log_counts (issue_key, hour);
CREATE INDEX log_counts_by_error ON log_counts (error_code, hour);

-- Every pair of source and target object that a log row named, and the newest row that did.
CREATE TABLE links (
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  log_id TEXT NOT NULL,
  PRIMARY KEY (source_id, target_id)
) STRICT, WITHOUT ROWID;

-- What the newest telling row of each object says about the scope mode.
CREATE TABLE scope_hints (
  source_id TEXT PRIMARY KEY,
  hint TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot_lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  first_full_run INTEGER,
  item_count INTEGER NOT NULL
) STRICT;
INSERT INTO snapshot_lists (id, name, item_count) VALUES
  (1, 'users', 0), (2, 'deleted-users', 0), (3, 'groups', 0), (4, 'group-members', 0), (5, 'assignments', 0),
  (6, 'scim-users', 0), (7, 'scim-groups', 0);

-- Every id that was ever seen in a list, or as a member, under one small number.
CREATE TABLE objects (
  key INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES snapshot_lists (id),
  id TEXT NOT NULL,
  UNIQUE (list, id)
) STRICT;

CREATE TABLE current_versions (
  object_key INTEGER PRIMARY KEY REFERENCES objects (key),
  since_run INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;

-- valid_from: first run that saw the version; valid_to: first run that no longer did.
CREATE TABLE closed_versions (
  object_key INTEGER NOT NULL REFERENCES objects (key),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX closed_versions_by_object ON closed_versions (object_key, valid_from);
CREATE INDEX closed_versions_by_end ON closed_versions (valid_to);

CREATE TABLE current_members (
  group_key INTEGER NOT NULL REFERENCES objects (key),
  member_key INTEGER NOT NULL REFERENCES objects (key),
  since_run INTEGER NOT NULL,
  PRIMARY KEY (group_key, member_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_members (
  group_key INTEGER NOT NULL REFERENCES objects (key),
  member_key INTEGER NOT NULL REFERENCES objects (key),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  PRIMARY KEY (group_key, member_key, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  name TEXT NOT NULL,
  since_run INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  version TEXT,
  json TEXT NOT NULL,
  PRIMARY KEY (name, since_run)
) STRICT;

CREATE TABLE delta_links (
  key TEXT PRIMARY KEY,
  link TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  activity TEXT NOT NULL,
  category TEXT,
  result TEXT,
  initiated_by TEXT,
  targets TEXT NOT NULL,
  properties TEXT NOT NULL
) STRICT;
CREATE INDEX audit_events_by_time ON audit_events (at_ms);

-- A person goes by the object of the Entra user (list 1), else by that of the account (list 6).
CREATE TABLE person_names (
  person_key INTEGER PRIMARY KEY REFERENCES objects (key),
  sort_name TEXT NOT NULL
) STRICT;
CREATE INDEX person_names_by_name ON person_names (sort_name);

CREATE VIRTUAL TABLE person_search USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Both keys are those of objects. Said here and not to SQLite: looking both up would be most of the cost of saving a
-- hundred thousand people.
CREATE TABLE people (
  person_key INTEGER PRIMARY KEY,
  scim_key INTEGER,
  joined_by TEXT,
  source_state TEXT NOT NULL,
  target_state TEXT NOT NULL,
  since_run INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_account ON people (scim_key) WHERE scim_key IS NOT NULL;

CREATE TABLE closed_people (
  person_key INTEGER NOT NULL REFERENCES objects (key),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  scim_key INTEGER,
  joined_by TEXT,
  source_state TEXT NOT NULL,
  target_state TEXT NOT NULL,
  PRIMARY KEY (person_key, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id),
  at TEXT NOT NULL,
  not_evaluated TEXT NOT NULL
) STRICT;

CREATE TABLE findings (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  sort_key TEXT NOT NULL UNIQUE,
  search_text TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

-- Whom a finding concerns: its subject and its member, on either side.
CREATE TABLE finding_subjects (
  subject_key INTEGER NOT NULL REFERENCES objects (key),
  finding_number INTEGER NOT NULL REFERENCES findings (number),
  PRIMARY KEY (subject_key, finding_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_subjects_by_finding ON finding_subjects (finding_number);

-- A line for each change of state; null: the finding was dropped without ever being resolved.
CREATE TABLE finding_states (
  finding_id TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs (id),
  state TEXT,
  PRIMARY KEY (finding_id, run_id)
) STRICT, WITHOUT ROWID;
`;
