import { diffSetups, type SetupSide } from '../../services/history/diff-setups.ts';
import { diffStates, findStates } from '../../services/history/diff-states.ts';
import { findState, readChoices } from '../../services/history/find-state.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';

/** Earlier states, and what lies between two of them. */
export const createHistoryHandlers = ({
  calls,
  sessions,
}: HostContext): Pick<Handlers, 'findState' | 'diffSummary' | 'listDifferences' | 'diffSetup'> => {
  const sideOf = async (name: string | undefined): Promise<SetupSide> => {
    const { connection, history } = await sessions.of(name);
    return { connection, store: await history() };
  };
  return {
    async findState(input) {
      const { clock, history } = await sessions.of(input.connection);
      const { runs } = await history();
      return findState(runs, await readChoices(runs, clock), { choice: input.asOf, field: 'asOf' });
    },
    diffSummary: (input) =>
      calls.run(input.callId, async (signal) => {
        const { connection, clock, history } = await sessions.of(input.connection);
        const { from, to } = input;
        return diffStates(await history(), { clock, jobId: connection.jobId ?? null, from, to, signal });
      }),
    async listDifferences(input) {
      const { clock, history } = await sessions.of(input.connection);
      const store = await history();
      const { from, to } = await findStates(store, clock, input);
      return store.differences.page({ from: from.run.id, to: to.run.id }, input.filter, input.page);
    },
    diffSetup: async (input) => diffSetups(await sideOf(input.connection), await sideOf(input.with)),
  };
};
