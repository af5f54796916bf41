import type { SetupDiff } from '../../contract/models/history-diff.ts';
import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { compareSetups, type Setup } from '../../core/history-diff/compare-setup.ts';
import type { HistoryStore, SetupDocuments } from '../ports.ts';
import { readSetup } from './read-setup.ts';

/** One of the two connections, with its history. */
export interface SetupSide {
  connection: Connection;
  store: HistoryStore;
}

const names = ['schema', 'job-settings', 'jobs', 'application', 'scim-config'] as const;

const newestSetup = async ({ connection, store }: SetupSide): Promise<{ at: string; setup: Setup }> => {
  const documents = {} as SetupDocuments;
  let at = '';
  for (const name of names) {
    const stored = await store.snapshots.document(name);
    documents[name] = stored?.json ?? null;
    if (stored && stored.seenAt > at) at = stored.seenAt;
  }
  if (at === '') {
    throw new AppError({
      code: 'run-unknown',
      message: `Nothing of the set-up of connection "${connection.name}" was collected yet.`,
      advice: 'Collect it first.',
    });
  }
  return { at, setup: readSetup(documents, connection.jobId ?? null) };
};

/**
 * What differs in the set-up of two connections, such as a test application and production; the newest state of each.
 *
 * Throws `input-invalid` for twice the same connection, `run-unknown` where nothing was collected, and the stores'
 * failures.
 */
export const diffSetups = async (left: SetupSide, right: SetupSide): Promise<SetupDiff> => {
  if (left.connection.id === right.connection.id) {
    throw new AppError({
      code: 'input-invalid',
      message: `Both sides are the connection "${left.connection.name}".`,
      advice: 'Name another connection to compare it with.',
      fields: [{ field: 'with', reason: 'is the same connection' }],
    });
  }
  const [one, other] = await Promise.all([newestSetup(left), newestSetup(right)]);
  const { changes, notCompared } = compareSetups(one.setup, other.setup);
  return {
    left: { connection: left.connection.name, at: one.at },
    right: { connection: right.connection.name, at: other.at },
    changes,
    notCompared,
  };
};
