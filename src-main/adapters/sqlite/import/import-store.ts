import type { LogRecord } from '../../../core/model/log.ts';
import type { ImportStore } from '../../../services/ports.ts';
import { saveLog } from '../log/log-save.ts';
import { withholdLog } from '../purge/withhold-evidence.ts';
import type { Withholding } from '../purge/withholding.ts';
import type { Statements } from '../statements.ts';

const start = 'INSERT INTO log_imports (at, files, format) VALUES (?, ?, ?) RETURNING id';
const known = `SELECT r.id FROM json_each(?) w CROSS JOIN log_rows r ON r.id = w.value`;
const mark = 'INSERT OR IGNORE INTO imported_rows (log_id, import_id) VALUES (?, ?)';
const changes = 'SELECT change_id FROM log_rows WHERE change_id IS NOT NULL';

/** Rows of the log that come from files. What was collected stays as it is: a file never replaces it. */
export const createImportStore = (statements: Statements, withholding: Withholding): ImportStore => ({
  async start({ at, files, format }) {
    const row = statements.get<[string, string, string], { id: number }>(start).get(at, JSON.stringify(files), format);
    if (!row) throw new Error('the import was not stored');
    return String(row.id);
  },
  async save(importId, rows) {
    const work = (): { inserted: number; withheld: number } => {
      const ids = JSON.stringify(rows.map(({ id }) => id));
      const there = new Set(
        statements
          .get<[string], { id: string }>(known)
          .all(ids)
          .map(({ id }) => id),
      );
      const fresh = new Map<string, LogRecord>();
      for (const row of rows) if (!there.has(row.id)) fresh.set(row.id, row);
      const from = withholding.current();
      const all = [...fresh.values()];
      const { items, withheld } = from ? withholdLog(all, from) : { items: all, withheld: 0 };
      saveLog(statements, items);
      for (const { id } of items) statements.get<[string, number]>(mark).run(id, Number(importId));
      return { inserted: items.length, withheld };
    };
    return statements.database.transaction(work).immediate();
  },
  changeIds: async () => new Set(statements.get<[], string>(changes).pluck().all()),
});
