import type { PurgeEntry, PurgeReceipt } from '../../../contract/models/purge.ts';
import { AppError } from '../../../core/app-error.ts';
import type { PurgeStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

interface PurgeRow {
  id: string;
  at: string;
  finished_at: string | null;
  lifted_at: string | null;
  receipt: string;
}

const all = 'SELECT id, at, finished_at, lifted_at, receipt FROM purges ORDER BY at DESC, id';
const one = 'SELECT id, at, finished_at, lifted_at, receipt FROM purges WHERE id = ?';
const put = 'UPDATE purges SET receipt = ? WHERE id = ?';
const lift = 'UPDATE purges SET lifted_at = ?, receipt = ? WHERE id = ?';

const unknown = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'There is no purge of this id in this history.',
    advice: 'List the purges, and take an id from there.',
    fields: [{ field: 'id', reason: 'is not known' }],
  });

const toEntry = (row: PurgeRow): PurgeEntry => ({
  id: row.id,
  at: row.at,
  state: row.lifted_at !== null ? 'lifted' : row.finished_at === null ? 'unfinished' : 'in-force',
  finishedAt: row.finished_at,
  liftedAt: row.lifted_at,
});

/** Receipts of purges. Nothing in it points to anybody. */
export const createPurgeStore = (statements: Statements): PurgeStore => {
  const find = (id: string): PurgeRow => {
    const row = statements.get<[string], PurgeRow>(one).get(id);
    if (!row) throw unknown();
    return row;
  };
  const receiptOf = (row: PurgeRow): PurgeReceipt => JSON.parse(row.receipt) as PurgeReceipt;
  return {
    list: async () => statements.get<[], PurgeRow>(all).all().map(toEntry),
    receipt: async (id) => receiptOf(find(id)),
    async noteSaved(id, { queries, reports }) {
      const work = (): PurgeReceipt => {
        const known = receiptOf(find(id));
        const receipt = { ...known, queries: known.queries + queries, reports: known.reports + reports };
        statements.get(put).run(JSON.stringify(receipt), id);
        return receipt;
      };
      return statements.database.transaction(work).immediate();
    },
    async lift(id, at) {
      const work = (): PurgeReceipt => {
        const row = find(id);
        if (row.lifted_at !== null) return receiptOf(row);
        const receipt = { ...receiptOf(row), liftedAt: at };
        statements.get('DELETE FROM purge_hashes WHERE purge_id = ?').run(id);
        statements.get(lift).run(at, JSON.stringify(receipt), id);
        // A round of changes would not bring somebody who did not change: the next collection reads everybody.
        statements.get('DELETE FROM delta_links').run();
        return receipt;
      };
      return statements.database.transaction(work).immediate();
    },
  };
};
