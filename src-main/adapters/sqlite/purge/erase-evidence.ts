import type { LogRecord } from '../../../core/model/log.ts';
import { readLogRecord } from '../../../core/log/read-log-record.ts';
import type { RecogniseTexts } from '../../../core/purge/recognise-texts.ts';
import type { ListRow } from '../log/log-page.ts';
import { saveLog } from '../log/log-save.ts';
import { toAuditEvent, type AuditRow } from '../snapshot/audit-events.ts';
import type { Statements } from '../statements.ts';
import type { PurgeTally } from './purge-tally.ts';
import { eraseEvent, eraseRecord } from './withhold-evidence.ts';

const rowsAtOnce = 2_000;
const reportEvery = 20_000;

interface StoredLog extends ListRow {
  issue_key: string | null;
  raw: string;
}

const logLot = `SELECT r.*, c.status, c.action, c.benign, b.raw FROM log_rows r JOIN log_classes c ON c.id = r.class_id
  JOIN log_bodies b ON b.seq = r.seq WHERE r.seq > ? ORDER BY r.seq LIMIT ${rowsAtOnce}`;

/** The row as it was stored: what its JSON says, and what the columns say where that is no row of Graph's. */
const recordOf = (row: StoredLog): LogRecord =>
  readLogRecord(parse(row.raw), row.raw) ?? {
    id: row.id,
    at: row.at,
    action: row.action,
    status: row.status as LogRecord['status'],
    subjectType: row.subject_type as LogRecord['subjectType'],
    sourceId: row.source_id,
    sourceName: row.source_name,
    sourceUpn: row.source_upn,
    targetId: row.target_id,
    targetName: row.target_name,
    errorCode: row.error_code,
    reason: row.reason,
    skipReason: null,
    cycleId: row.cycle_id,
    changeId: row.change_id,
    jobId: null,
    servicePrincipalId: null,
    durationMs: null,
    benign: row.benign === 1,
    issueKey: row.issue_key,
    scopeHint: null,
    raw: row.raw,
  };

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A damaged text: the columns are what is left of the row.
    return null;
  }
}

/** Takes the person out of rows of the log that are about others. Inside a write transaction. */
export const eraseLog = (
  statements: Statements,
  recognise: RecogniseTexts,
  tally: PurgeTally,
  progress: (rows: number) => void,
): void => {
  let after = -1;
  let read = 0;
  for (;;) {
    const rows = statements.get<[number], StoredLog>(logLot).all(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
    read += rows.length;
    if (read % reportEvery < rows.length) progress(read);
    const named = rows.filter(({ raw, source_name, source_upn, target_id, target_name, reason }) =>
      [raw, JSON.stringify([source_name, source_upn, target_id, target_name, reason])].some((text) =>
        recognise.mayHold(text),
      ),
    );
    const erased = named.flatMap((row) => {
      const record = recordOf(row);
      const without = eraseRecord(record, recognise);
      return JSON.stringify(without) === JSON.stringify(record) ? [] : [without];
    });
    if (erased.length > 0) saveLog(statements, erased);
    tally.changed('log_rows', erased.length);
  }
};

const eventLot = `SELECT id, at, activity, category, result, initiated_by, targets, properties FROM audit_events
  WHERE id > ? ORDER BY id LIMIT ${rowsAtOnce}`;
const putEvent = `UPDATE audit_events SET activity = ?, category = ?, result = ?, initiated_by = ?, targets = ?, properties = ?
  WHERE id = ?`;
const dropTargets = 'DELETE FROM audit_targets WHERE event_id = ? AND target_id IN (SELECT id FROM temp.purge_ids)';

/** Takes the person out of audit events; those that are about nobody else go. Inside a write transaction. */
export const eraseEvents = (statements: Statements, recognise: RecogniseTexts, tally: PurgeTally): void => {
  const own = new Set(statements.get<[], string>('SELECT id FROM temp.purge_ids').pluck().all() as string[]);
  let after = '';
  for (;;) {
    const rows = statements.get<[string], AuditRow>(eventLot).all(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    for (const row of rows) {
      const texts = [
        JSON.stringify([row.activity, row.category, row.result, row.initiated_by]),
        row.targets,
        row.properties,
      ];
      if (!texts.some((text) => recognise.mayHold(text))) continue;
      const event = toAuditEvent(row);
      const erased = eraseEvent(event, recognise, (id) => id !== null && own.has(id));
      if (erased === null) {
        statements.get('DELETE FROM audit_targets WHERE event_id = ?').run(row.id);
        statements.get('DELETE FROM audit_events WHERE id = ?').run(row.id);
        tally.deleted('audit_events', 1);
      } else if (JSON.stringify(erased) !== JSON.stringify(event)) {
        const { activity, category, result, initiatedBy, targets, properties } = erased;
        statements
          .get(putEvent)
          .run(activity, category, result, initiatedBy, JSON.stringify(targets), JSON.stringify(properties), row.id);
        statements.get(dropTargets).run(row.id);
        tally.changed('audit_events', 1);
      }
    }
  }
};
