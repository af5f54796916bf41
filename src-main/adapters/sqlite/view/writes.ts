import { readProperties } from '../../../core/log/read-properties.ts';
import type { OftenUpdated } from '../../../core/views/phantom-updates.ts';
import type { WriteRow } from '../../../core/views/written-properties.ts';
import { readClasses } from '../log/log-classes.ts';
import { secondSeq } from '../log/log-seq.ts';
import type { Statements } from '../statements.ts';

interface StoredWrite {
  id: string;
  at: string;
  status: string;
  action: string;
  benign: number;
  cycle_id: string | null;
  reason: string | null;
  raw: string;
}

const writeColumns = `r.id, r.at, c.status, c.action, c.benign, r.cycle_id, r.reason, b.raw`;
const newestWrites = `SELECT ${writeColumns} FROM log_rows r INDEXED BY log_rows_by_source
  JOIN log_classes c ON c.id = r.class_id JOIN log_bodies b ON b.seq = r.seq
  WHERE r.source_id = ? ORDER BY r.seq DESC LIMIT ?`;

const propertiesOf = (raw: string): WriteRow['properties'] => {
  try {
    return readProperties((JSON.parse(raw) as { modifiedProperties?: unknown } | null)?.modifiedProperties);
  } catch {
    // The stored text is damaged: nothing is known of what was written.
    return [];
  }
};

const toWrite = ({ cycle_id: cycleId, benign, raw, ...row }: StoredWrite): WriteRow => ({
  ...row,
  cycleId,
  benign: benign === 1,
  properties: propertiesOf(raw),
});

/** The newest rows of each Entra object, newest first, with what they changed; only the first `limit` rows of each. */
export const readWrites = (statements: Statements, entraIds: readonly string[], limit: number): WriteRow[][] =>
  entraIds.map((id) => statements.get<[string, number], StoredWrite>(newestWrites).all(id, limit).map(toWrite));

interface BusyRow {
  source_id: string;
  subject_type: string;
  source_name: string | null;
  source_upn: string | null;
  target_id: string | null;
}

/**
 * Whom successful updates since a moment (ISO 8601) named at least `least` times, most often first, with the newest
 * `rows` of those updates; only the first `most` people and groups. `isCut`: there were more.
 */
export const readOftenUpdated = (
  statements: Statements,
  options: { since: string; least: number; most: number; rows: number },
): { found: OftenUpdated[]; isCut: boolean } => {
  const classes = readClasses(statements)
    .filter(({ status, action }) => status === 'success' && action === 'update')
    .map(({ id }) => id);
  if (classes.length === 0) return { found: [], isCut: false };
  const inClasses = `r.class_id IN (${classes.join(', ')})`;
  const from = secondSeq(options.since);
  const busy = statements
    .get<[number, number, number], BusyRow>(
      `SELECT r.source_id, r.subject_type, r.source_name, r.source_upn, r.target_id, max(r.seq), count(*) AS n
        FROM log_rows r INDEXED BY log_rows_by_class WHERE ${inClasses} AND r.seq >= ? AND r.source_id IS NOT NULL
        GROUP BY r.source_id HAVING n >= ? ORDER BY n DESC, r.source_id LIMIT ?`,
    )
    .all(from, options.least, options.most + 1);
  const updates = statements.get<[string, number, number], StoredWrite>(
    `SELECT ${writeColumns} FROM log_rows r INDEXED BY log_rows_by_source
      JOIN log_classes c ON c.id = r.class_id JOIN log_bodies b ON b.seq = r.seq
      WHERE r.source_id = ? AND ${inClasses} AND r.seq >= ? ORDER BY r.seq DESC LIMIT ?`,
  );
  const found = busy.slice(0, options.most).map((row): OftenUpdated => ({
    subject: {
      type: row.subject_type === 'group' ? 'group' : 'user',
      entraId: row.source_id,
      scimId: row.target_id,
      name: row.source_name ?? row.source_upn ?? row.source_id,
    },
    rows: updates.all(row.source_id, from, options.rows).map(toWrite),
  }));
  return { found, isCut: busy.length > options.most };
};
