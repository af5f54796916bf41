import type { LogRecord } from '../../../core/model/log.ts';
import type { Statements } from '../statements.ts';
import { classWords, internClass } from './log-classes.ts';
import { hourOfSeq, perSecond, secondSeq } from './log-seq.ts';
import { searchWords } from './search-words.ts';

/** What of a stored row is needed to replace it. */
interface StoredRow {
  seq: number;
  class_id: number;
  error_code: string | null;
  issue_key: string | null;
  cycle_id: string | null;
  at: string;
  source_id: string | null;
  source_name: string | null;
  source_upn: string | null;
  target_id: string | null;
  target_name: string | null;
  reason: string | null;
  change_id: string | null;
  raw: string;
}

const insertRow = `INSERT INTO log_rows (seq, id, at, class_id, subject_type, source_id, source_name, source_upn,
  target_id, target_name, error_code, reason, cycle_id, change_id, issue_key)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
const insertBody = 'INSERT INTO log_bodies (seq, raw) VALUES (?, ?)';
const insertSearch = 'INSERT INTO log_search (rowid, words, class) VALUES (?, ?, ?)';
const storedRow = `SELECT r.seq, r.class_id, r.error_code, r.issue_key, r.cycle_id, r.at, r.source_id, r.source_name,
  r.source_upn, r.target_id, r.target_name, r.reason, r.change_id, b.raw
  FROM log_rows r JOIN log_bodies b ON b.seq = r.seq WHERE r.id = ?`;
const lastSeq = 'SELECT max(seq) AS seq FROM log_rows WHERE seq >= ? AND seq < ?';
const deletes = ['log_rows WHERE seq', 'log_bodies WHERE seq', 'log_search WHERE rowid'].map(
  (rows) => `DELETE FROM ${rows} = ?`,
);
const addCount = `INSERT INTO log_counts (hour, class_id, error_code, issue_key, cycle_id, count)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`;
const dropEmptyCount = `DELETE FROM log_counts
  WHERE hour = ? AND class_id = ? AND error_code = ? AND issue_key = ? AND cycle_id = ? AND count <= 0`;
const saveLink = `INSERT INTO links (source_id, target_id, seq, at, log_id) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq, at = excluded.at, log_id = excluded.log_id WHERE excluded.seq >= seq`;
const saveHint = `INSERT INTO scope_hints (source_id, hint, seq) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq, hint = excluded.hint WHERE excluded.seq >= seq`;

const reasonLength = 300;

/** As lists show it: the skip's reason, else the service's text. */
const shownReason = (record: LogRecord): string | null => {
  const text = record.status === 'skipped' && record.skipReason !== null ? record.skipReason : record.reason;
  return text === null || text.length <= reasonLength ? text : text.slice(0, reasonLength).toWellFormed();
};

/** A row read again in an overlapping window is the same; one read by a newer version of this program may differ. */
const isSame = (stored: StoredRow, record: LogRecord, classId: number): boolean =>
  stored.raw === record.raw &&
  stored.class_id === classId &&
  stored.at === record.at &&
  stored.error_code === record.errorCode &&
  stored.issue_key === record.issueKey &&
  stored.cycle_id === record.cycleId &&
  stored.change_id === record.changeId &&
  stored.source_id === record.sourceId &&
  stored.source_name === record.sourceName &&
  stored.source_upn === record.sourceUpn &&
  stored.target_id === record.targetId &&
  stored.target_name === record.targetName &&
  stored.reason === shownReason(record);

/** A row with its number and its class. */
interface NumberedRow {
  record: LogRecord;
  seq: number;
  classId: number;
}

type CountKey = [hour: number, classId: number, errorCode: string, issueKey: string, cycleId: string];

/**
 * Stores rows, newest version by id, in one transaction: the row, its JSON, its words, the hourly counts, and what it
 * says about links and scope. A row keeps its number unless its time changed. `updated` counts rows that differ from
 * what was stored.
 */
export const saveLog = (statements: Statements, records: LogRecord[]): { inserted: number; updated: number } => {
  const work = (): { inserted: number; updated: number } => {
    const result = { inserted: 0, updated: 0 };
    const counts = new Map<string, { key: CountKey; change: number }>();
    const links = new Map<string, unknown[]>();
    const hints = new Map<string, unknown[]>();
    const lastOfSecond = new Map<number, number>();
    const classIds = new Map<string, number>();

    const count = (key: CountKey, change: number): void => {
      const name = key.join('\u0000');
      const entry = counts.get(name);
      if (entry) entry.change += change;
      else counts.set(name, { key, change });
    };
    const classOf = (record: LogRecord): number => {
      const name = `${record.status}\u0000${record.action}\u0000${record.benign}`;
      let id = classIds.get(name);
      if (id === undefined) {
        id = internClass(statements, record.status, record.action, record.benign);
        classIds.set(name, id);
      }
      return id;
    };
    const nextSeq = (second: number): number => {
      const last =
        lastOfSecond.get(second) ??
        statements.get<[number, number], { seq: number | null }>(lastSeq).get(second, second + perSecond)?.seq ??
        second - 1;
      lastOfSecond.set(second, last + 1);
      return last + 1;
    };
    const rowInsert = statements.get(insertRow);
    const insert = (record: LogRecord, seq: number, classId: number): boolean =>
      rowInsert.run(
        seq,
        record.id,
        record.at,
        classId,
        record.subjectType,
        record.sourceId,
        record.sourceName,
        record.sourceUpn,
        record.targetId,
        record.targetName,
        record.errorCode,
        shownReason(record),
        record.cycleId,
        record.changeId,
        record.issueKey,
      ).changes === 1;
    const bodyInsert = statements.get(insertBody);
    const searchInsert = statements.get(insertSearch);
    // Table by table: going from one to another with every row costs more than the list of them.
    const insertRest = (rows: NumberedRow[]): void => {
      for (const { record, seq } of rows) bodyInsert.run(seq, record.raw);
      for (const { record, seq, classId } of rows) {
        searchInsert.run(seq, searchWords(record), classWords(classId, record.issueKey));
      }
      for (const row of rows) derive(row);
    };
    const derive = ({ record, seq, classId }: NumberedRow): void => {
      const { errorCode, issueKey, cycleId, sourceId, targetId } = record;
      count([hourOfSeq(seq), classId, errorCode ?? '', issueKey ?? '', cycleId ?? ''], 1);
      if (sourceId === null) return;
      if (targetId !== null) {
        const name = `${sourceId}\u0000${targetId}`;
        if (Number(links.get(name)?.[2] ?? 0) <= seq) links.set(name, [sourceId, targetId, seq, record.at, record.id]);
      }
      if (record.scopeHint !== null && Number(hints.get(sourceId)?.[2] ?? 0) <= seq) {
        hints.set(sourceId, [sourceId, record.scopeHint, seq]);
      }
    };

    // In time order: the full-text index writes out its memory whenever a number is lower than the one before.
    const sorted = records
      .map((record) => ({ record, second: secondSeq(record.at) }))
      .sort((a, b) => a.second - b.second);
    const inserted: NumberedRow[] = [];
    const replacements: { record: LogRecord; second: number }[] = [];
    for (const { record, second } of sorted) {
      const classId = classOf(record);
      const seq = nextSeq(second);
      if (insert(record, seq, classId)) {
        inserted.push({ record, seq, classId });
      } else {
        lastOfSecond.set(second, seq - 1);
        replacements.push({ record, second });
      }
    }
    insertRest(inserted);
    result.inserted = inserted.length;
    for (const { record, second } of replacements) {
      const stored = statements.get<[string], StoredRow>(storedRow).get(record.id);
      if (!stored) throw new Error('a log row is without its body');
      const classId = classOf(record);
      if (isSame(stored, record, classId)) continue;
      for (const statement of deletes) statements.get(statement).run(stored.seq);
      const { seq, class_id, error_code, issue_key, cycle_id } = stored;
      count([hourOfSeq(seq), class_id, error_code ?? '', issue_key ?? '', cycle_id ?? ''], -1);
      const sameSecond = seq >= second && seq < second + perSecond;
      const newSeq = sameSecond ? seq : nextSeq(second);
      insert(record, newSeq, classId);
      insertRest([{ record, seq: newSeq, classId }]);
      result.updated += 1;
    }
    for (const { key, change } of counts.values()) {
      if (change === 0) continue;
      statements.get(addCount).run(...key, change);
      if (change < 0) statements.get(dropEmptyCount).run(...key);
    }
    for (const link of links.values()) statements.get(saveLink).run(...link);
    for (const hint of hints.values()) statements.get(saveHint).run(...hint);
    return result;
  };
  return statements.database.transaction(work).immediate();
};
