import type { LogGap } from '../../../contract/models/run.ts';
import type { LogPosition, LogStore } from '../../../services/ports.ts';
import { withholdLog } from '../purge/withhold-evidence.ts';
import { createWithholding } from '../purge/withholding.ts';
import type { Statements } from '../statements.ts';
import { readLines } from './log-lines.ts';
import { facetLog } from './log-facets.ts';
import { forgetLog } from './log-forget.ts';
import { dayOutcomes } from './log-outcomes.ts';
import { secondSeq } from './log-seq.ts';
import { pageLog, readLogRow, readRowsOf } from './log-page.ts';
import { saveLog } from './log-save.ts';

interface PositionRow {
  complete_from_at: string | null;
  complete_to_at: string | null;
  open_windows: string;
}

const readPosition = 'SELECT complete_from_at, complete_to_at, open_windows FROM log_positions';
const writePosition = `INSERT OR REPLACE INTO log_positions (id, complete_from_at, complete_to_at, open_windows)
  VALUES (1, ?, ?, ?)`;
const allGaps = 'SELECT from_at AS "from", to_at AS "to" FROM log_gaps';
const firstFrom = 'SELECT at FROM log_rows WHERE seq >= ? ORDER BY seq LIMIT 1';
const newest = 'SELECT at FROM log_rows ORDER BY seq DESC LIMIT 1';
const hintCounts = 'SELECT hint, count(*) AS count FROM scope_hints GROUP BY hint';

/** The provisioning log: kept for ever unless the user set a retention, newest version of a row by its id. */
export const createLogStore = (statements: Statements, withholding = createWithholding(statements, null)): LogStore => {
  const position = (): LogPosition => {
    const row = statements.get<[], PositionRow>(readPosition).get();
    return {
      completeFrom: row?.complete_from_at ?? null,
      completeTo: row?.complete_to_at ?? null,
      open: row ? (JSON.parse(row.open_windows) as LogPosition['open']) : [],
    };
  };

  return {
    async save(rows) {
      const work = (): Awaited<ReturnType<LogStore['save']>> => {
        const from = withholding.current();
        const { items, withheld } = from ? withholdLog(rows, from) : { items: rows, withheld: 0 };
        return { ...saveLog(statements, items), ...(withheld > 0 ? { withheld } : {}) };
      };
      return statements.database.transaction(work).immediate();
    },
    position: async () => position(),
    async savePosition(next) {
      statements.get(writePosition).run(next.completeFrom, next.completeTo, JSON.stringify(next.open));
    },
    page: async (filter, page) => pageLog(statements, filter, page),
    lines: async (filter, lot) => readLines(statements, filter, lot),
    row: async (id) => readLogRow(statements, id),
    rowsOf: async (entraId, limit) => readRowsOf(statements, entraId, limit),
    facets: (filter, facets, options) => facetLog(statements, filter, facets, options),
    async outcomes(from, to) {
      const gaps = statements.get<[], LogGap>(allGaps).all();
      return dayOutcomes(statements, position(), gaps, { from, to });
    },
    async scopeHints() {
      const counts = new Map(
        statements
          .get<[], { hint: string; count: number }>(hintCounts)
          .all()
          .map((row) => [row.hint, row.count]),
      );
      return { assignedOnly: counts.get('assigned-only') ?? 0, syncAll: counts.get('sync-all') ?? 0 };
    },
    newestAt: async () => statements.get<[], { at: string }>(newest).get()?.at ?? null,
    firstAt: async (from) => statements.get<[number], { at: string }>(firstFrom).get(secondSeq(from))?.at ?? null,
    forget: async (before) => forgetLog(statements, before),
  };
};
