import { readLogRecord } from '../../../core/log/read-log-record.ts';
import type { LogRecord } from '../../../core/model/log.ts';
import type { ImportStore } from '../../../services/ports.ts';
import { countIssues } from '../issue/count-issues.ts';
import { saveLog } from '../log/log-save.ts';
import type { Statements } from '../statements.ts';
import { clearStage, readParts, stageParts, stageRows } from './import-stage.ts';

const start = 'INSERT INTO log_imports (at, files, format) VALUES (?, ?, ?) RETURNING id';
const mark = 'INSERT OR IGNORE INTO imported_rows (log_id, import_id) VALUES (?, ?)';
const goesByChange = 'SELECT 1 FROM temp.import_rows WHERE download = ? AND change IS NOT NULL LIMIT 1';
const forgetChanges = 'DELETE FROM temp.import_changes';
const knownChanges = `INSERT OR IGNORE INTO temp.import_changes (change)
  SELECT change_id FROM log_rows WHERE change_id IS NOT NULL`;
const lots = 'SELECT lot, count(*) AS rows FROM temp.import_rows WHERE download = ? GROUP BY lot ORDER BY lot';
const freshOfLot = `SELECT s.id, s.raw FROM temp.import_rows s WHERE s.lot = ?
  AND NOT EXISTS (SELECT 1 FROM log_rows r WHERE r.id = s.id)
  AND (s.change IS NULL OR NOT EXISTS (SELECT 1 FROM temp.import_changes c WHERE c.change = s.change))
  ORDER BY s.rowid`;

const recordOf = ({ id, raw }: { id: string; raw: string }): LogRecord => {
  const record = readLogRecord(JSON.parse(raw), raw);
  if (record === null) throw new Error(`the row ${id} was put aside and is none`);
  return record;
};

const apply = (
  statements: Statements,
  downloads: Parameters<ImportStore['apply']>[0],
  progress: (rows: number) => void,
): number[] => {
  let seen = 0;
  const one = ({ at, files, format }: (typeof downloads)[number], download: number): number => {
    const made = statements.get<[string, string, string], { id: number }>(start).get(at, JSON.stringify(files), format);
    if (!made) throw new Error('the import was not stored');
    if (statements.get<[number]>(goesByChange).get(download) !== undefined) {
      statements.get(forgetChanges).run();
      statements.get(knownChanges).run();
    }
    let inserted = 0;
    for (const { lot, rows } of statements.get<[number], { lot: number; rows: number }>(lots).all(download)) {
      const fresh = statements.get<[number], { id: string; raw: string }>(freshOfLot).all(lot).map(recordOf);
      saveLog(statements, fresh);
      for (const { id } of fresh) statements.get<[string, number]>(mark).run(id, made.id);
      inserted += fresh.length;
      seen += rows;
      progress(seen);
    }
    return inserted;
  };
  const work = (): number[] => {
    const inserted = downloads.map(one);
    // A part of it: what was stored is never without its counts.
    if (inserted.some((rows) => rows > 0)) countIssues(statements);
    return inserted;
  };
  return statements.database.transaction(work).immediate();
};

/** Rows of the log that come from files. What was collected stays as it is: a file never replaces it. */
export const createImportStore = (statements: Statements): ImportStore => ({
  clear: async () => clearStage(statements),
  stage: async (download, rows) => stageRows(statements, download, rows),
  stageParts: async (parts) => stageParts(statements, parts),
  partsOf: async (change, longest) => readParts(statements, change, longest),
  apply: async (downloads, progress) => apply(statements, downloads, progress),
});
