import type { Database } from 'better-sqlite3';

/** An earlier run, and the moment that its state stands for (ISO 8601). */
export interface PastRun {
  run: number;
  at: string;
  /** The same of the newest run that was evaluated by then. */
  evaluatedAt: string;
}

/*
 * Temporary views and tables take precedence over tables of the same name, so that every reading statement, written for
 * the present, finds the state of the run. The log is cut by time instead (past-log.ts): its rows never change.
 */

/** Versions of lists, members and documents: a key is looked up in two tables instead of one. */
const views = (run: number, at: string): string => `
CREATE TEMP VIEW runs AS SELECT * FROM main.runs WHERE id <= ${run};
CREATE TEMP VIEW run_sources AS SELECT * FROM main.run_sources WHERE run_id <= ${run};
CREATE TEMP VIEW evaluations AS SELECT * FROM main.evaluations WHERE run_id <= ${run};
CREATE TEMP VIEW log_gaps AS SELECT * FROM main.log_gaps WHERE from_at < '${at}';
CREATE TEMP VIEW audit_events AS SELECT * FROM main.audit_events WHERE at_ms <= ${Date.parse(at)};
CREATE TEMP VIEW snapshot_lists AS
  SELECT l.id, l.name, iif(l.first_full_run <= ${run}, l.first_full_run, NULL) AS first_full_run,
    coalesce((SELECT c.item_count FROM main.list_counts c WHERE c.list = l.id AND c.run_id <= ${run}
      ORDER BY c.run_id DESC LIMIT 1), 0) AS item_count
  FROM main.snapshot_lists l;
CREATE TEMP VIEW current_versions AS
  SELECT object_key, since_run, json FROM main.current_versions WHERE since_run <= ${run}
  UNION ALL SELECT object_key, valid_from, json FROM main.closed_versions WHERE valid_from <= ${run} AND valid_to > ${run};
CREATE TEMP VIEW closed_versions AS SELECT * FROM main.closed_versions WHERE valid_to <= ${run};
CREATE TEMP VIEW current_members AS
  SELECT group_key, member_key, since_run FROM main.current_members WHERE since_run <= ${run}
  UNION ALL SELECT group_key, member_key, valid_from FROM main.closed_members
    WHERE valid_from <= ${run} AND valid_to > ${run};
CREATE TEMP VIEW closed_members AS SELECT * FROM main.closed_members WHERE valid_to <= ${run};
CREATE TEMP VIEW closed_people AS SELECT * FROM main.closed_people WHERE valid_to <= ${run};
CREATE TEMP VIEW finding_states AS SELECT * FROM main.finding_states WHERE run_id <= ${run};
-- A document is seen by every run whose source of the same name was complete.
CREATE TEMP VIEW documents AS
  SELECT d.name, d.since_run, d.version, d.json, coalesce((SELECT max(s.run_id) FROM main.run_sources s
      WHERE s.source = d.name AND s.status = 'complete' AND s.run_id <= min(${run}, d.seen_run)), d.since_run) AS seen_run
  FROM main.documents d WHERE d.since_run <= ${run};
`;

/** People, small enough to write out; only what changed after the run comes from the closed rows. */
const people = (run: number): string => `
CREATE TEMP TABLE people (
  person_key INTEGER PRIMARY KEY, scim_key INTEGER, joined_by TEXT, source_state TEXT NOT NULL,
  target_state TEXT NOT NULL, since_run INTEGER NOT NULL
) STRICT;
INSERT INTO temp.people SELECT person_key, scim_key, joined_by, source_state, target_state, since_run
  FROM main.people WHERE since_run <= ${run} ORDER BY person_key;
INSERT INTO temp.people SELECT person_key, scim_key, joined_by, source_state, target_state, valid_from
  FROM main.closed_people WHERE valid_to > ${run} AND valid_from <= ${run} ORDER BY person_key;
`;

/**
 * Findings with the version that was valid, how it was verified, and whom it concerns. A line of finding_states says
 * from which run on a finding was there; a null state, that it was dropped.
 */
const findings = (run: number, at: string): string => `
CREATE TEMP TABLE findings (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL, severity TEXT NOT NULL,
  sort_key TEXT NOT NULL, search_text TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
WITH present AS MATERIALIZED (
  SELECT finding_id, max(run_id), state FROM main.finding_states WHERE run_id <= ${run} GROUP BY finding_id
), version AS MATERIALIZED (
  SELECT p.finding_id,
    (SELECT min(c.valid_to) FROM main.closed_findings c WHERE c.finding_id = p.finding_id AND c.valid_to > ${run}) AS ended,
    (SELECT min(v.valid_to) FROM main.closed_verifications v
      WHERE v.finding_id = p.finding_id AND v.valid_to > ${run}) AS checked
  FROM present p WHERE p.state IS NOT NULL
), found AS (
  SELECT v.finding_id AS id, v.checked, c.kind, c.state, c.severity, c.sort_key, c.search_text, c.json
  FROM version v JOIN main.closed_findings c ON c.finding_id = v.finding_id AND c.valid_to = v.ended
  UNION ALL
  SELECT f.id, v.checked, f.kind, f.state, f.severity, f.sort_key, f.search_text, f.json
  FROM version v JOIN main.findings f ON f.id = v.finding_id WHERE v.ended IS NULL
)
INSERT INTO temp.findings (id, kind, state, severity, sort_key, search_text, json)
  SELECT f.id, f.kind, f.state, f.severity, f.sort_key, f.search_text, iif(f.state = 'resolved', f.json, json_set(f.json,
    '$.verified', json(iif(coalesce(k.verified, f.json ->> '$.verified'), 'true', 'false')),
    '$.lastSeen', iif(coalesce(k.verified, f.json ->> '$.verified'), '${at}',
      coalesce(k.last_seen, f.json ->> '$.lastSeen'))))
  FROM found f LEFT JOIN main.closed_verifications k ON k.finding_id = f.id AND k.valid_to = f.checked
  ORDER BY f.sort_key;
CREATE TEMP TABLE finding_subjects (
  subject_key INTEGER NOT NULL, finding_number INTEGER NOT NULL, PRIMARY KEY (subject_key, finding_number)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO temp.finding_subjects (subject_key, finding_number)
  SELECT o.key, f.number FROM temp.findings f CROSS JOIN main.objects o
    ON o.list = iif(f.json ->> '$.subject.type' = 'user', 1, 3) AND o.id = f.json ->> '$.subject.entraId'
  UNION ALL SELECT o.key, f.number FROM temp.findings f CROSS JOIN main.objects o
    ON o.list = iif(f.json ->> '$.subject.type' = 'user', 6, 7) AND o.id = f.json ->> '$.subject.scimId'
  UNION ALL SELECT o.key, f.number FROM temp.findings f CROSS JOIN main.objects o
    ON o.list = 1 AND o.id = f.json ->> '$.member.entraId'
  UNION ALL SELECT o.key, f.number FROM temp.findings f CROSS JOIN main.objects o
    ON o.list = 6 AND o.id = f.json ->> '$.member.scimId';
`;

/**
 * The name that each person was sorted by. Two sorted parts, which SQLite merges; whoever came later has no line in
 * people, and so stays out of lists.
 */
const names = (run: number): string => `
CREATE TEMP TABLE renamed (person_key INTEGER PRIMARY KEY, sort_name TEXT NOT NULL) STRICT;
INSERT INTO temp.renamed SELECT person_key, sort_name FROM (
  SELECT person_key, sort_name, min(valid_to) FROM main.closed_names WHERE valid_to > ${run} GROUP BY person_key);
CREATE INDEX temp.renamed_by_name ON renamed (sort_name);
CREATE TEMP VIEW person_names AS
  SELECT person_key, sort_name FROM main.person_names WHERE person_key NOT IN (SELECT person_key FROM temp.renamed)
  UNION ALL SELECT person_key, sort_name FROM temp.renamed;
`;

/** The SQL that makes a connection show the history as of a run; inside one transaction. */
export const pastTables = ({ run, at, evaluatedAt }: PastRun): string =>
  [views(run, at), people(run), findings(run, evaluatedAt), names(run)].join('\n');

/** Makes this connection show the history as of a run; for a connection that nothing else uses. */
export const mountPast = (database: Database, past: PastRun): void => {
  // One read transaction: what a collection writes meanwhile must not come between the parts.
  database.exec(`BEGIN;${pastTables(past)}COMMIT;`);
};
