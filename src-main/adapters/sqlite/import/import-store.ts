import { readLogRecord } from '../../../core/log/read-log-record.ts';
import type { LogRecord } from '../../../core/model/log.ts';
import type { ImportStore } from '../../../services/ports.ts';
import { countIssues } from '../issue/count-issues.ts';
import { saveLog } from '../log/log-save.ts';
import { withholdLog } from '../purge/withhold-evidence.ts';
import type { Withholding } from '../purge/withholding.ts';
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

type Brought = Awaited<ReturnType<ImportStore['apply']>>[number];

const apply = (
  statements: Statements,
  withholding: Withholding,
  downloads: Parameters<ImportStore['apply']>[0],
  progress: (rows: number) => void,
): Brought[] => {
  let seen = 0;
  const one = ({ at, files, format }: (typeof downloads)[number], download: number): Brought => {
    const made = statements.get<[string, string, string], { id: number }>(start).get(at, JSON.stringify(files), format);
    if (!made) throw new Error('the import was not stored');
    if (statements.get<[number]>(goesByChange).get(download) !== undefined) {
      statements.get(forgetChanges).run();
      statements.get(knownChanges).run();
    }
    const brought: Brought = { inserted: 0, withheld: 0 };
    const from = withholding.current();
    for (const { lot, rows } of statements.get<[number], { lot: number; rows: number }>(lots).all(download)) {
      const fresh = statements.get<[number], { id: string; raw: string }>(freshOfLot).all(lot).map(recordOf);
      const { items, withheld } = from ? withholdLog(fresh, from) : { items: fresh, withheld: 0 };
      saveLog(statements, items);
      for (const { id } of items) statements.get<[string, number]>(mark).run(id, made.id);
      brought.inserted += items.length;
      brought.withheld += withheld;
      seen += rows;
      progress(seen);
    }
    return brought;
  };
  const work = (): Brought[] => {
    const brought = downloads.map(one);
    // A part of it: what was stored is never without its counts.
    if (brought.some(({ inserted }) => inserted > 0)) countIssues(statements);
    return brought;
  };
  return statements.database.transaction(work).immediate();
};

/** Rows of the log that come from files. What was collected stays as it is: a file never replaces it. */
export const createImportStore = (statements: Statements, withholding: Withholding): ImportStore => ({
  clear: async () => clearStage(statements),
  stage: async (download, rows) => stageRows(statements, download, rows),
  stageParts: async (parts) => stageParts(statements, parts),
  partsOf: async (change, longest) => readParts(statements, change, longest),
  apply: async (downloads, progress) => apply(statements, withholding, downloads, progress),
});
