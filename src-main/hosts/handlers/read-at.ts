import type { AsOf, OnConnection } from '../../contract/methods/call.ts';
import { findState, readChoices } from '../../services/history/find-state.ts';
import type { Clock, HistoryReads } from '../../services/ports.ts';
import type { HostContext } from '../host-context.ts';

/** A history to read, and the moment from which its ages count. */
export interface ReadableHistory {
  store: HistoryReads;
  clock: Clock;
  jobId: string | null;
}

/**
 * The history that a caller asks for: of now, or as of an earlier run, when also the clock stands at that run's moment.
 *
 * Throws `connection-unknown`, `selection-ambiguous`, and what `findState` throws.
 */
export const readAt = async (
  { sessions }: Pick<HostContext, 'sessions'>,
  input: OnConnection & AsOf,
): Promise<ReadableHistory> => {
  const { connection, clock, history } = await sessions.of(input.connection);
  const store = await history();
  const jobId = connection.jobId ?? null;
  if (input.asOf === undefined) return { store, clock, jobId };
  const choices = await readChoices(store.runs, clock);
  const { run, at } = await findState(store.runs, choices, { choice: input.asOf, field: 'asOf' });
  return { store: store.at(run.id), clock: { now: () => new Date(at) }, jobId };
};
