/**
 * What is kept beside the history, so that an earlier run reads as it was, and so that two runs are compared by what
 * changed between them. Triggers write it: whoever saves findings, names or lists need not know.
 */
export const past = `
-- Objects of the first run, the whole company, stay out of the index: they cost nothing and nothing came before them.
CREATE INDEX current_versions_by_start ON current_versions (since_run) WHERE since_run > 1;
CREATE INDEX closed_versions_by_start ON closed_versions (valid_from);
CREATE INDEX current_members_by_start ON current_members (since_run) WHERE since_run > 1;
CREATE INDEX closed_members_by_end ON closed_members (valid_to);
CREATE INDEX closed_members_by_start ON closed_members (valid_from);
CREATE INDEX closed_people_by_end ON closed_people (valid_to);

-- How many objects a list held after a run that changed the number.
CREATE TABLE list_counts (
  list INTEGER NOT NULL REFERENCES snapshot_lists (id),
  run_id INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  PRIMARY KEY (list, run_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER note_list_count AFTER UPDATE OF item_count ON snapshot_lists
WHEN old.item_count <> new.item_count BEGIN
  INSERT OR REPLACE INTO list_counts (list, run_id, item_count)
  VALUES (new.id, (SELECT max(id) FROM runs), new.item_count);
END;

-- The name that a person was sorted by before the run valid_to.
CREATE TABLE closed_names (
  person_key INTEGER NOT NULL REFERENCES objects (key),
  valid_to INTEGER NOT NULL,
  sort_name TEXT NOT NULL,
  PRIMARY KEY (person_key, valid_to)
) STRICT, WITHOUT ROWID;
CREATE INDEX closed_names_by_end ON closed_names (valid_to);
CREATE TRIGGER close_name AFTER UPDATE OF sort_name ON person_names
WHEN old.sort_name <> new.sort_name BEGIN
  INSERT OR IGNORE INTO closed_names (person_key, valid_to, sort_name)
  VALUES (old.person_key, (SELECT max(id) FROM runs), old.sort_name);
END;

-- A finding as it was before the evaluation valid_to replaced or dropped it; from when on it was there at all,
-- finding_states tells. lastSeen and verified change with every evaluation and are not among what makes a version.
CREATE TABLE closed_findings (
  finding_id TEXT NOT NULL,
  valid_to INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (finding_id, valid_to)
) STRICT;

-- Until the evaluation valid_to a finding was verified by every evaluation, or was not and last seen then.
CREATE TABLE closed_verifications (
  finding_id TEXT NOT NULL,
  valid_to INTEGER NOT NULL,
  verified INTEGER NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (finding_id, valid_to)
) STRICT, WITHOUT ROWID;

-- OR IGNORE: what an evaluation of the same run wrote before was never the state of a run.
CREATE TRIGGER close_finding AFTER UPDATE OF json ON findings
WHEN old.search_text <> new.search_text
  OR json_remove(old.json, '$.lastSeen', '$.verified') <> json_remove(new.json, '$.lastSeen', '$.verified') BEGIN
  INSERT OR IGNORE INTO closed_findings (finding_id, valid_to, kind, state, severity, sort_key, search_text, json)
  VALUES (old.id, (SELECT max(run_id) FROM evaluations), old.kind, old.state, old.severity, old.sort_key,
    old.search_text, old.json);
END;
CREATE TRIGGER close_verification AFTER UPDATE OF json ON findings
WHEN json_extract(old.json, '$.verified') <> json_extract(new.json, '$.verified') BEGIN
  INSERT OR IGNORE INTO closed_verifications (finding_id, valid_to, verified, last_seen)
  VALUES (old.id, (SELECT max(run_id) FROM evaluations), json_extract(old.json, '$.verified'),
    json_extract(old.json, '$.lastSeen'));
END;
CREATE TRIGGER close_dropped_finding AFTER DELETE ON findings BEGIN
  INSERT OR IGNORE INTO closed_findings (finding_id, valid_to, kind, state, severity, sort_key, search_text, json)
  VALUES (old.id, (SELECT max(run_id) FROM evaluations), old.kind, old.state, old.severity, old.sort_key,
    old.search_text, old.json);
  INSERT OR IGNORE INTO closed_verifications (finding_id, valid_to, verified, last_seen)
  VALUES (old.id, (SELECT max(run_id) FROM evaluations), json_extract(old.json, '$.verified'),
    json_extract(old.json, '$.lastSeen'));
END;
`;
