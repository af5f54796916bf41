import { randomBytes } from 'node:crypto';
import type { PurgeOutcome, PurgePreview, PurgeReceipt } from '../../../contract/models/purge.ts';
import { AppError, isAppError } from '../../../core/app-error.ts';
import { purgeNotes } from '../../../core/purge/receipt.ts';
import type { Trace } from '../../../core/purge/traces.ts';
import type { PurgeKey } from '../../../services/ports.ts';
import { openDatabase } from '../open-database.ts';
import { toStoreError } from '../sqlite-failure.ts';
import { createStatements, type Statements } from '../statements.ts';
import type { PurgedIds } from './find-person.ts';
import { finishPurges } from './finish-purges.ts';
import { purgeRows, type PurgedRows } from './purge-person.ts';

const savePurge = `INSERT INTO purges (id, at, finished_at, lifted_at, key_id, receipt) VALUES (?, ?, NULL, NULL, ?, ?)`;
const saveHash = 'INSERT OR IGNORE INTO purge_hashes (hash, purge_id) VALUES (?, ?)';

type Progress = (note: string, items: number) => void;

/** A connection that overwrites what it deletes. */
const openForPurge = (file: string): Statements => {
  const database = openDatabase({ file });
  database.pragma('secure_delete = ON');
  return createStatements(database);
};

const work = <T>(file: string, use: (statements: Statements) => T): T => {
  const statements = openForPurge(file);
  try {
    return use(statements);
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    statements.database.close();
  }
};

const called = (traces: PurgedRows['found']['traces']): string[] =>
  [...new Set(traces.filter(({ sort }) => sort !== 'id').map(({ text }) => text))].sort();

const nobody = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'Nobody of this id is stored.',
    advice: 'Look the person up again; somebody else may have purged them meanwhile.',
    fields: [{ field: 'id', reason: 'is not known' }],
  });

const isNothing = ({ tables }: PurgedRows): boolean => tables.every(({ deleted, changed }) => deleted + changed === 0);

/** What a purge would do, and by what files around the history are looked through. */
export type RehearsedPurge = Omit<PurgePreview, 'id' | 'name' | 'queries' | 'reports'> & { traces: Trace[] };

/**
 * What a purge would do, by doing it and taking it back: the counts are those of the purge itself. The file is as it was
 * afterwards. Throws `input-invalid` when nothing is stored of these ids, and the store's failures.
 */
export const rehearsePurge = (file: string, ids: PurgedIds, progress: Progress): RehearsedPurge =>
  work(file, (statements) => {
    let done: PurgedRows;
    statements.database.exec('BEGIN IMMEDIATE');
    try {
      done = purgeRows(statements, ids, progress);
    } finally {
      // A full disk has taken it back already.
      if (statements.database.inTransaction) statements.database.exec('ROLLBACK');
    }
    if (isNothing(done)) throw nobody();
    return {
      entraIds: done.entraIds,
      scimIds: done.scimIds,
      called: called(done.found.traces),
      shared: called(done.found.shared),
      short: called(done.found.short),
      tables: done.tables,
      collections: done.collections,
      traces: done.found.traces,
    };
  });

/** What is left to do when the last part of a purge failed. */
const leftOver = (error: unknown, file: string): AppError => {
  const known = toStoreError(error, file);
  if (!isAppError(known)) throw known;
  const { failure } = known;
  return new AppError(
    {
      ...failure,
      message: `The rows of the person are gone and will not come back, but free parts of the file may still hold their text: ${failure.message}`,
      advice: `${failure.code === 'store-full' ? 'Make room for a second copy of the history file' : failure.advice.replace(/\.$/u, '')}, then finish the purge: unifi-monitor purge --finish.`,
    },
    { cause: error },
  );
};

const finish = (
  statements: Statements,
  options: { file: string; now(): string; progress: Progress },
): PurgeReceipt[] => {
  try {
    return finishPurges(statements, options);
  } catch (error) {
    throw leftOver(error, options.file);
  }
};

/** By `traces` files around the history are looked through; then they are forgotten. */
export interface DonePurge extends PurgeOutcome {
  traces: Trace[];
}

/**
 * Purges one person: first all rows, in one transaction, with the receipt and the hashes by which collections recognise
 * them; then what deleted rows leave behind. When that second part fails, `unfinished` says so, and `resumePurges` goes
 * on. Throws `input-invalid` when nothing is stored of these ids, and the store's failures; nothing was changed then.
 */
export const runPurge = (
  order: { file: string; ids: PurgedIds; connection: string; key: PurgeKey },
  options: { now(): string; progress: Progress },
): DonePurge =>
  work(order.file, (statements) => {
    const { ids, connection, key } = order;
    const purge = (): { receipt: PurgeReceipt; rows: PurgedRows } => {
      const rows = purgeRows(statements, ids, options.progress);
      if (isNothing(rows)) throw nobody();
      const { found, remember } = rows;
      const receipt: PurgeReceipt = {
        format: 1,
        id: `purge-${randomBytes(6).toString('hex')}`,
        connection,
        at: options.now(),
        finishedAt: null,
        liftedAt: null,
        tables: rows.tables,
        collections: rows.collections,
        soughtIds: rows.entraIds.length + rows.scimIds.length,
        soughtTexts: found.traces.filter(({ sort }) => sort !== 'id').length,
        keptShared: found.shared.length,
        keptShort: found.short.length,
        hashes: remember.length,
        keyId: key.id,
        queries: 0,
        reports: 0,
        repeatedAt: [],
        notes: [...purgeNotes],
      };
      statements.get(savePurge).run(receipt.id, receipt.at, key.id, JSON.stringify(receipt));
      for (const text of remember) statements.get(saveHash).run(key.hash(text), receipt.id);
      return { receipt, rows };
    };
    const { receipt, rows } = statements.database.transaction(purge).immediate();
    const { traces } = rows.found;
    try {
      const finished = finish(statements, { file: order.file, ...options });
      return { receipt: finished.find(({ id }) => id === receipt.id) ?? receipt, unfinished: null, traces };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { receipt, unfinished: error.failure, traces };
    }
  });

/** Finishes purges whose last part failed. Throws the store's failures, which say what is left. */
export const resumePurges = (file: string, options: { now(): string; progress: Progress }): PurgeReceipt[] =>
  work(file, (statements) => finish(statements, { file, ...options }));
