import type { Connection } from '../contract/models/connection.ts';
import { AppError } from '../core/app-error.ts';
import type { HostContext } from './host-context.ts';

/**
 * Does long work that writes into a history, one at a time for each connection: SQLite has one writer, and an import
 * holds it for as long as a collection would never wait. Throws `store-locked` while another one runs in this program.
 */
export const asOnlyWriter = async <T>(
  { connections, writing }: Pick<HostContext, 'connections' | 'writing'>,
  { id, name }: Connection,
  work: () => Promise<T>,
): Promise<T> => {
  if (writing.has(id)) {
    throw new AppError({
      code: 'store-locked',
      message: `Another collection, check or import of connection "${name}" is running.`,
      advice: 'Wait until it ends, or cancel it.',
      file: connections.databaseFile(id),
    });
  }
  writing.add(id);
  try {
    return await work();
  } finally {
    writing.delete(id);
  }
};
