import type { PurgeReceipt } from '../../../contract/models/purge.ts';
import { AppError } from '../../../core/app-error.ts';
import type { Statements } from '../statements.ts';

const unfinished = 'SELECT id, receipt FROM purges WHERE finished_at IS NULL ORDER BY at, id';
const putReceipt = 'UPDATE purges SET finished_at = ?, receipt = ? WHERE id = ?';
const indices = ['log_search', 'person_search'];

const inUse = (file: string): AppError =>
  new AppError({
    code: 'store-locked',
    message: `The history file ${file} is being read, so that its write-ahead log cannot be emptied.`,
    advice: 'Wait until the report or collection that reads it has ended.',
    file,
  });

/** Moves the write-ahead log into the file and cuts it to nothing. Throws `store-locked` while somebody reads it. */
const emptyLog = ({ database }: Statements, file: string): void => {
  const [done] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (done?.busy !== 0) throw inUse(file);
};

/**
 * Clears what deleted rows left behind: words in the full-text indices, free pages, the write-ahead log. Needs room for
 * a second copy of the file. Gives the receipts of the purges that are finished with it; none when all were before.
 * Can be done again at any time. Throws `store-locked`, and SQLite's errors.
 */
export const finishPurges = (
  statements: Statements,
  options: { file: string; now(): string; progress(note: string, items: number): void },
): PurgeReceipt[] => {
  const { database } = statements;
  const open = statements.get<[], { id: string; receipt: string }>(unfinished).all();
  if (open.length === 0) return [];
  options.progress('Clearing the full-text indices', 0);
  // A word of a deleted row stays in its segment until segments are merged.
  for (const index of indices) database.exec(`INSERT INTO ${index} (${index}) VALUES ('optimize')`);
  options.progress('Clearing free pages', 0);
  emptyLog(statements, options.file);
  database.exec('VACUUM');
  emptyLog(statements, options.file);
  const finishedAt = options.now();
  const done = open.map(({ id, receipt }): [string, PurgeReceipt] => [
    id,
    { ...(JSON.parse(receipt) as PurgeReceipt), finishedAt },
  ]);
  database
    .transaction(() => {
      for (const [id, receipt] of done) statements.get(putReceipt).run(finishedAt, JSON.stringify(receipt), id);
    })
    .immediate();
  return done.map(([, receipt]) => receipt);
};
