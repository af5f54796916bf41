import type { Investigation } from '../contract/models/investigation.ts';
import { investigatePerson } from '../core/investigation/investigate-person.ts';
import { AppError } from '../core/app-error.ts';
import { investigateFound } from './investigate.ts';
import { findSubjects } from './investigation/find-subjects.ts';
import { loadCase, loadSharedCase } from './investigation/load-case.ts';
import { lookAtPerson, type LookDependencies } from './investigation/look-at-person.ts';
import type { Clock, HistoryReads } from './ports.ts';

/**
 * Why one person is in UNIFI as they are, after a look at this person alone: at most 12 requests. Where several fit, or
 * nobody, nothing is asked. What was read is not stored.
 *
 * Throws `input-invalid` for a group, `run-unknown` before the first cross-check, `cancelled`, and the store's failures.
 */
export const investigateLive = async (
  dependencies: LookDependencies,
  options: {
    store: HistoryReads;
    clock: Clock;
    jobId: string | null;
    servicePrincipalId: string | null;
    who: string;
    signal: AbortSignal;
  },
): Promise<Investigation> => {
  const { store, who, clock, signal, servicePrincipalId } = options;
  const [shared, { people, groups }] = await Promise.all([loadSharedCase(options), findSubjects(store, who)]);
  const [person] = people;
  if (!person && groups.length === 1) {
    throw new AppError({
      code: 'input-invalid',
      message: `"${who}" is a group, and only a person can be looked at alone.`,
      advice: 'Ask about the group from what is stored, or collect first.',
      fields: [{ field: 'live', reason: 'goes with a person only' }],
    });
  }
  if (!person || people.length > 1 || groups.length > 0)
    return investigateFound(store, shared, { who, found: people, groups });
  const { input, look } = await lookAtPerson(dependencies, {
    store,
    shared,
    input: await loadCase(store, shared, person),
    servicePrincipalId,
    signal,
    now: clock.now().toISOString(),
  });
  return { ...investigatePerson(input), live: look };
};
