import type { Database } from 'better-sqlite3';
import type { HistoryDiffStore } from '../../../services/ports.ts';
import { openForReading } from '../past/reading-connection.ts';
import { runNumber } from '../run-store.ts';
import { createStatements, type Statements } from '../statements.ts';
import { createChangedKeys, type RunRange } from './changed-keys.ts';
import { countDifferences, pageDifferences } from './list-differences.ts';
import { readSetups } from './setup-documents.ts';

/** What changed between two runs, read from the versions that began or ended between them. */
const createDifferences = (statements: Statements): HistoryDiffStore => {
  const changed = createChangedKeys(statements);
  const inOneRead = <T>(work: () => T): T => statements.database.transaction(work).deferred();
  const numbers = (range: { from: string; to: string }): RunRange => ({
    from: runNumber(range.from),
    to: runNumber(range.to),
  });
  return {
    counts: async (range) =>
      inOneRead(() => {
        changed.use(numbers(range));
        return countDifferences(statements, numbers(range));
      }),
    page: async (range, filter, page) =>
      inOneRead(() => {
        changed.use(numbers(range));
        return pageDifferences(statements, numbers(range), filter, page);
      }),
    setups: async (range) => inOneRead(() => readSetups(statements, numbers(range))),
  };
};

/** The same on a connection of its own, opened when something is compared first. */
export const createDiffStore = (file: string): { store: HistoryDiffStore; close(): void } => {
  let opened: { database: Database; store: HistoryDiffStore } | null = null;
  const open = (): HistoryDiffStore => {
    if (opened === null) {
      const database = openForReading(file);
      opened = { database, store: createDifferences(createStatements(database)) };
    }
    return opened.store;
  };
  return {
    store: {
      counts: (range) => open().counts(range),
      page: (range, filter, page) => open().page(range, filter, page),
      setups: (range) => open().setups(range),
    },
    close() {
      opened?.database.close();
      opened = null;
    },
  };
};
