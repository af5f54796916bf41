import type { CaseScope, CaseStates } from '../../../contract/models/case-file.ts';
import type { RunMark } from '../../../core/history-diff/choose-state.ts';
import { perSecond, secondSeq } from '../log/log-seq.ts';
import { pastTables } from '../past/past-views.ts';
import { readMarks } from '../run-store.ts';
import type { Statements } from '../statements.ts';

/*
 * A period is a history of its own: it ends with the state of the last collection before its end, begins with the one
 * that its beginning found, and knows the log, the audit log and whatever changed in between. Temporary views take the
 * place of the tables, so that what copies a whole history copies the period.
 */

interface Period {
  fromMs: number;
  toMs: number;
  /** Numbers of the runs whose states it begins and ends with; 0: none was made by then. */
  first: number;
  last: number;
}

/** What happened in the period; it says of itself that it reaches no further. */
const happenings = ({ fromMs, toMs, last }: Period): string => {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  const ms = `round(unixepoch(at, 'subsec') * 1000)`;
  return `
DROP VIEW temp.log_gaps;
DROP VIEW temp.audit_events;
DROP VIEW temp.run_sources;
CREATE TEMP VIEW log_rows AS SELECT * FROM main.log_rows
  WHERE seq >= ${secondSeq(from)} AND seq < ${secondSeq(to) + perSecond} AND ${ms} >= ${fromMs} AND ${ms} < ${toMs};
CREATE TEMP VIEW log_bodies AS SELECT b.seq, b.raw FROM temp.log_rows r CROSS JOIN main.log_bodies b ON b.seq = r.seq;
CREATE TEMP VIEW log_gaps AS SELECT * FROM main.log_gaps WHERE to_at > '${from}' AND from_at < '${to}';
CREATE TEMP VIEW log_positions AS
  SELECT id, iif(since < until, since, NULL) AS complete_from_at, iif(since < until, until, NULL) AS complete_to_at,
    open_windows
  FROM (SELECT id, max(complete_from_at, '${from}') AS since, min(complete_to_at, '${to}') AS until, open_windows
    FROM main.log_positions);
CREATE TEMP VIEW imported_rows AS SELECT * FROM main.imported_rows WHERE log_id IN (SELECT id FROM temp.log_rows);
CREATE TEMP VIEW log_imports AS SELECT * FROM main.log_imports WHERE id IN (SELECT import_id FROM temp.imported_rows);
CREATE TEMP VIEW audit_events AS SELECT * FROM main.audit_events WHERE at_ms >= ${fromMs} AND at_ms < ${toMs};
CREATE TEMP VIEW run_sources AS
  SELECT run_id, source, status, items, pages, requests, throttled_ms, malformed,
    iif(source IN ('audit', 'provisioning-log'), max(covered_from_at, '${from}'), covered_from_at) AS covered_from_at,
    covered_to_at, started_at, ended_at, failure, withheld
  FROM main.run_sources WHERE run_id <= ${last};
-- Issues are counted from the rows that are there.
CREATE TEMP VIEW issues AS SELECT * FROM main.issues WHERE false;
CREATE TEMP VIEW issue_hours AS SELECT * FROM main.issue_hours WHERE false;
CREATE TEMP VIEW issue_subjects AS SELECT * FROM main.issue_subjects WHERE false;
CREATE TEMP VIEW issue_mutes AS SELECT * FROM main.issue_mutes
  WHERE muted_at < '${to}' AND issue_key IN (SELECT issue_key FROM temp.log_rows);
`;
};

/** What ended between the two states; what ended before the first is told by neither. */
const endings = ({ first, last }: Period): string =>
  ['closed_versions', 'closed_members', 'closed_people']
    .map((table) => `DROP VIEW temp.${table};`)
    .concat(
      ['closed_versions', 'closed_members', 'closed_people', 'closed_findings', 'closed_verifications'].map(
        (table) =>
          `CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE valid_to > ${first} AND valid_to <= ${last};`,
      ),
    )
    .join('\n');

/** Whoever is in one of the states or in a change between them; nobody who left before or came later. */
const subjects = ({ first, last, toMs }: Period): string => `
CREATE TEMP TABLE case_keys (key INTEGER PRIMARY KEY) STRICT;
INSERT OR IGNORE INTO temp.case_keys
  SELECT object_key FROM temp.current_versions UNION SELECT object_key FROM temp.closed_versions
  UNION SELECT group_key FROM temp.current_members UNION SELECT member_key FROM temp.current_members
  UNION SELECT group_key FROM temp.closed_members UNION SELECT member_key FROM temp.closed_members
  UNION SELECT person_key FROM temp.people UNION SELECT person_key FROM temp.closed_people
  UNION SELECT scim_key FROM temp.people WHERE scim_key IS NOT NULL
  UNION SELECT scim_key FROM temp.closed_people WHERE scim_key IS NOT NULL
  UNION SELECT subject_key FROM temp.finding_subjects;
-- Whoever is named, such as a member, without being in a list of the period: by the name that was known last.
CREATE TEMP TABLE case_former (version INTEGER PRIMARY KEY) STRICT;
INSERT INTO temp.case_former
  SELECT version FROM (
    SELECT v.rowid AS version, max(v.valid_to) FROM main.objects o JOIN main.closed_versions v ON v.object_key = o.key
    WHERE o.id IN (SELECT n.id FROM main.objects n WHERE n.key IN (SELECT key FROM temp.case_keys)) AND v.valid_to <= ${first}
      AND o.key NOT IN (SELECT object_key FROM temp.current_versions UNION SELECT object_key FROM temp.closed_versions)
    GROUP BY o.key);
INSERT OR IGNORE INTO temp.case_keys
  SELECT object_key FROM main.closed_versions WHERE rowid IN (SELECT version FROM temp.case_former);
DROP VIEW temp.closed_versions;
CREATE TEMP VIEW closed_versions AS SELECT * FROM main.closed_versions
  WHERE (valid_to > ${first} AND valid_to <= ${last}) OR rowid IN (SELECT version FROM temp.case_former);
DROP VIEW temp.person_names;
DROP VIEW temp.finding_states;
CREATE TEMP VIEW objects AS SELECT * FROM main.objects WHERE key IN (SELECT key FROM temp.case_keys);
CREATE TEMP VIEW person_names AS
  SELECT person_key, sort_name FROM main.person_names
    WHERE person_key IN (SELECT key FROM temp.case_keys) AND person_key NOT IN (SELECT person_key FROM temp.renamed)
  UNION ALL SELECT person_key, sort_name FROM temp.renamed WHERE person_key IN (SELECT key FROM temp.case_keys);
CREATE TEMP VIEW closed_names AS SELECT * FROM main.closed_names
  WHERE valid_to > ${first} AND valid_to <= ${last} AND person_key IN (SELECT key FROM temp.case_keys);
-- How long a finding was there is told also from before.
CREATE TEMP VIEW finding_states AS SELECT * FROM main.finding_states WHERE run_id <= ${last}
  AND finding_id IN (SELECT id FROM temp.findings UNION SELECT finding_id FROM temp.closed_findings);
CREATE TEMP VIEW list_counts AS SELECT * FROM main.list_counts WHERE run_id <= ${last};
-- Only the newest row of each pair is kept: whose account it led to by the end, or by a row of then.
CREATE TEMP VIEW links AS SELECT * FROM main.links WHERE source_id IN (SELECT id FROM temp.objects)
  AND (seq < ${secondSeq(new Date(toMs).toISOString())} OR target_id IN (SELECT id FROM temp.objects));
CREATE TEMP VIEW scope_hints AS SELECT * FROM main.scope_hints WHERE source_id IN (SELECT id FROM temp.objects);
`;

const stateOf = ({ id, at }: RunMark): CaseStates['first'] => ({ run: id, at });

/**
 * Makes a connection show a period, which ends before `to`, in place of its history: inside a transaction, and for good.
 * Gives the states that it begins and ends with; null when nothing was collected by its end.
 */
export const mountPeriod = (
  statements: Statements,
  { from, to }: CaseScope & { what: 'period' },
): CaseStates | null => {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const marks = readMarks(statements).filter(({ collected, at }) => collected && Date.parse(at) < toMs);
  const last = marks.at(-1);
  const first = marks.findLast(({ at }) => Date.parse(at) <= fromMs) ?? marks[0];
  const evaluated = last === undefined ? undefined : evaluatedBy(statements, last);
  const end = new Date(toMs - 1).toISOString();
  const period = { fromMs, toMs, first: Number(first?.id ?? 0), last: Number(last?.id ?? 0) };
  const past = { run: period.last, at: end, evaluatedAt: evaluated ?? last?.at ?? end };
  const { database } = statements;
  database.exec([pastTables(past), happenings(period), endings(period), subjects(period)].join('\n'));
  return first && last ? { first: stateOf(first), last: stateOf(last) } : null;
};

/** The moment of the newest run that was evaluated by then. */
const evaluatedBy = (statements: Statements, last: RunMark): string | undefined => {
  const run = statements
    .get<[number], { run: number | null }>('SELECT max(run_id) AS run FROM evaluations WHERE run_id <= ?')
    .get(Number(last.id))?.run;
  return readMarks(statements).find(({ id }) => id === String(run))?.at;
};
