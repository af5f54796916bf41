import { investigate } from '../../services/investigate.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { readAt } from './read-at.ts';

/** Verdicts about people and groups, from the stored history alone. */
export const createInvestigationHandlers = (context: HostContext): Pick<Handlers, 'investigate'> => ({
  async investigate(input) {
    const { who, member } = input;
    return investigate({ ...(await readAt(context, input)), who, ...(member === undefined ? {} : { member }) });
  },
});
