import { createHash } from 'node:crypto';
import type { CaseTable } from '../../../contract/models/case-file.ts';
import { readLogRecord } from '../../../core/log/read-log-record.ts';
import { countIssues } from '../issue/count-issues.ts';
import { classWords } from '../log/log-classes.ts';
import { perHour } from '../log/log-seq.ts';
import { searchWords } from '../log/search-words.ts';
import { listIds, shapeOf } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { migrations } from '../migrate.ts';
import { caseTablesOf, type CaseTableRule } from './case-tables.ts';
import type { Redact } from './redact-row.ts';

type Row = Record<string, unknown>;

export interface CopyOptions {
  /** Whether the source shows a period of its history: then issues are counted anew. */
  ofPeriod: boolean;
  /** Whether temp tables of the source name what belongs to somebody. */
  ofSubjects: boolean;
  /** Null: everything as it is. */
  redact: Redact | null;
  progress(table: string, rows: number): void;
  /** Of the source's schema; left out: the newest. */
  version?: number;
}

const reportEvery = 5_000;
const rowsAtOnce = 2_000;

const whereOf = ({ ofSubjects: condition }: CaseTableRule, { ofSubjects }: CopyOptions): string =>
  ofSubjects && condition !== undefined ? ` WHERE ${condition}` : '';

const copyTable = (source: Statements, target: Statements, table: CaseTableRule, options: CopyOptions): void => {
  const columns = Object.entries(table.columns);
  const names = columns.map(([name]) => name).join(', ');
  const where = whereOf(table, options);
  const read = source.get<[], unknown[]>(`SELECT ${names} FROM ${table.name}${where} ORDER BY ${table.order}`);
  // OR REPLACE: a new file holds the names of the lists already.
  const insert = target.get<unknown[]>(
    `INSERT OR REPLACE INTO ${table.name} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const { redact } = options;
  let rows = 0;
  for (const values of read.raw().iterate() as Iterable<unknown[]>) {
    const row: Row = redact === null ? {} : Object.fromEntries(columns.map(([name], index) => [name, values[index]]));
    insert.run(...(redact === null ? values : columns.map(([name, rule]) => redact(rule, row[name], row))));
    rows += 1;
    if (rows % reportEvery === 0) options.progress(table.name, rows);
  }
  options.progress(table.name, rows);
};

const logWords = `SELECT r.seq, r.class_id, r.issue_key, b.raw FROM log_rows r JOIN log_bodies b ON b.seq = r.seq
  WHERE r.seq > ? ORDER BY r.seq LIMIT ?`;
const putLogWords = 'INSERT INTO log_search (rowid, words, class) VALUES (?, ?, ?)';
const countHours = `INSERT INTO log_counts (hour, class_id, error_code, issue_key, cycle_id, count)
  SELECT seq / ${perHour}, class_id, coalesce(error_code, ''), coalesce(issue_key, ''), coalesce(cycle_id, ''), count(*)
  FROM log_rows GROUP BY 1, 2, 3, 4, 5`;
const named = 'SELECT person_key AS key FROM person_names WHERE person_key > ? ORDER BY person_key LIMIT ?';
/** The version that was written last of a person, who goes by the key of the user also when deleted; else none. */
const wordsOf = `WITH who (key, list, id) AS (
    SELECT key, list, id FROM objects WHERE key = @key
    UNION ALL SELECT d.key, d.list, d.id FROM objects p
      CROSS JOIN objects d ON d.list = ${listIds['deleted-users']} AND d.id = p.id
      WHERE p.key = @key AND p.list = ${listIds.users})
  SELECT w.list, w.id, v.json, v.since_run AS start, w.list = ${listIds['deleted-users']} AS gone
    FROM who w CROSS JOIN current_versions v ON v.object_key = w.key
  UNION ALL SELECT w.list, w.id, v.json, v.valid_from, w.list = ${listIds['deleted-users']}
    FROM who w CROSS JOIN closed_versions v ON v.object_key = w.key
  UNION ALL SELECT list, id, NULL, -1, 0 FROM objects WHERE key = @key
  ORDER BY 4 DESC, 5 DESC LIMIT 1`;
const putWords = 'INSERT INTO person_search (rowid, words) VALUES (?, ?)';
const countLists = `INSERT OR REPLACE INTO snapshot_lists (id, name, first_full_run, item_count)
  SELECT l.id, l.name, l.first_full_run, (SELECT count(*) FROM current_versions c JOIN objects o ON o.key = c.object_key
    WHERE o.list = l.id) FROM snapshot_lists l`;
const attributes = 'SELECT issue_key, attribute FROM main.issues WHERE attribute IS NOT NULL';
const position = 'SELECT complete_from_at, complete_to_at FROM log_positions';
// Links to the next page are Graph's, and only of use to who collects.
const putPosition = `INSERT INTO log_positions (id, complete_from_at, complete_to_at, open_windows) VALUES (1, ?, ?, '[]')`;

const personListOf = (list: number): 'users' | 'deleted-users' | 'scim-users' =>
  list === listIds['scim-users'] ? 'scim-users' : list === listIds['deleted-users'] ? 'deleted-users' : 'users';

interface LogWords {
  seq: number;
  class_id: number;
  issue_key: string | null;
  raw: string;
}
interface PersonVersion {
  list: number;
  id: string;
  json: string | null;
}

/** Rows in lots, in the order of a number: a connection cannot write while it reads, and not all fit into memory. */
function* inLots<R>(target: Statements, sql: string, numberOf: (row: R) => number): Generator<R> {
  let after = -1;
  for (;;) {
    const rows = target.get<[number, number], R>(sql).all(after, rowsAtOnce);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = numberOf(last);
  }
}

/** Issues of the rows that are there. Which attribute an issue is about is read from words that redaction hides. */
const countPeriod = (source: Statements, target: Statements): void => {
  countIssues(target);
  const name = target.get<[string, string]>('UPDATE issues SET attribute = ? WHERE issue_key = ?');
  for (const { attribute, issue_key } of source
    .get<[], { attribute: string; issue_key: string }>(attributes)
    .iterate()) {
    name.run(attribute, issue_key);
  }
};

/** Makes again what follows from the rows: full-text words, counts by the hour, sizes of the lists. */
const deriveRest = (source: Statements, target: Statements, { ofPeriod }: CopyOptions): void => {
  const putLog = target.get<unknown[]>(putLogWords);
  for (const row of inLots<LogWords>(target, logWords, ({ seq }) => seq)) {
    const record = readLogRecord(JSON.parse(row.raw), row.raw);
    if (record) putLog.run(row.seq, searchWords(record), classWords(row.class_id, row.issue_key));
  }
  target.get(countHours).run();
  if (ofPeriod) countPeriod(source, target);
  const put = target.get<unknown[]>(putWords);
  const version = target.get<{ key: number }, PersonVersion>(wordsOf);
  for (const { key } of inLots<{ key: number }>(target, named, (row) => row.key)) {
    const found = version.get({ key });
    if (found === undefined) continue;
    const { list, id, json } = found;
    const shape = shapeOf(personListOf(list));
    put.run(key, json === null ? id : (shape.person?.(shape.read(json, null) as never).words ?? id));
  }
  target.get(countLists).run();
  const at = source.get<[], { complete_from_at: string | null; complete_to_at: string | null }>(position).get();
  if (at) target.get<unknown[]>(putPosition).run(at.complete_from_at, at.complete_to_at);
};

/**
 * Copies the rows of a scope from one history into an empty one, redacted where that is asked for, and makes again what
 * follows from them. Inside a transaction of both.
 */
export const copyHistory = (source: Statements, target: Statements, options: CopyOptions): void => {
  for (const table of caseTablesOf(options.version ?? migrations.length)) copyTable(source, target, table, options);
  deriveRest(source, target, options);
};

/** How many rows each table of a schema's version holds, with a SHA-256 over them in their order: one line of JSON for each row. */
export const sumTables = (statements: Statements, version = migrations.length): CaseTable[] =>
  caseTablesOf(version).map(({ name, order, columns }) => {
    const hash = createHash('sha256');
    let rows = 0;
    const read = statements.get<[], unknown[]>(
      `SELECT ${Object.keys(columns).join(', ')} FROM ${name} ORDER BY ${order}`,
    );
    for (const row of read.raw().iterate() as Iterable<unknown[]>) {
      hash.update(`${JSON.stringify(row)}\n`);
      rows += 1;
    }
    return { name, rows, sha256: hash.digest('hex') };
  });
