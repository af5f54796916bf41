import type { AuditEvent } from '../../../core/model/directory.ts';
import type { Statements } from '../statements.ts';

/** An event in the terms of its table. */
export interface AuditRow {
  id: string;
  at: string;
  activity: string;
  category: string | null;
  result: string | null;
  initiated_by: string | null;
  targets: string;
  properties: string;
}

const upsert = `INSERT OR REPLACE INTO audit_events
  (id, at, at_ms, activity, category, result, initiated_by, targets, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const configuration = `SELECT * FROM audit_events WHERE at_ms >= ? AND (activity LIKE '%attribute mapping%'
  OR activity LIKE '%provisioning configuration%' OR activity LIKE '%provisioning setting%'
  OR activity LIKE '%credential%' OR activity LIKE 'quarantine%' OR activity LIKE '%app role assignment%')
  ORDER BY at_ms, id`;
const between = 'SELECT * FROM audit_events WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms, id';

/** Stores events, newest version by id, in one transaction. */
export const saveAuditEvents = (statements: Statements, events: readonly AuditEvent[]): void => {
  const work = (): void => {
    for (const event of events) {
      statements
        .get(upsert)
        .run(
          event.id,
          event.at,
          Date.parse(event.at),
          event.activity,
          event.category,
          event.result,
          event.initiatedBy,
          JSON.stringify(event.targets),
          JSON.stringify(event.properties),
        );
    }
  };
  statements.database.transaction(work).immediate();
};

export const toAuditEvent = (row: AuditRow): AuditEvent => ({
  id: row.id,
  at: row.at,
  activity: row.activity,
  category: row.category,
  result: row.result,
  initiatedBy: row.initiated_by,
  targets: JSON.parse(row.targets) as AuditEvent['targets'],
  properties: JSON.parse(row.properties) as AuditEvent['properties'],
});

/** Events from `from` to before `to` (ISO 8601), oldest first. */
export const readAuditEvents = (statements: Statements, from: string, to: string): AuditEvent[] =>
  statements.get<[number, number], AuditRow>(between).all(Date.parse(from), Date.parse(to)).map(toAuditEvent);

/** Events since `from` (ISO 8601) that change how a job works or who is assigned, oldest first. graph-provisioning.md 9. */
export const readConfigurationEvents = (statements: Statements, from: string): AuditEvent[] =>
  statements.get<[number], AuditRow>(configuration).all(Date.parse(from)).map(toAuditEvent);
