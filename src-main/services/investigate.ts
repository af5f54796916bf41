import type { Investigation } from '../contract/models/investigation.ts';
import { investigateNobody, investigatePerson } from '../core/investigation/investigate-person.ts';
import { findPeople, namesRead } from './investigation/find-people.ts';
import { loadCase, loadSharedCase } from './investigation/load-case.ts';
import type { Clock, HistoryStore } from './ports.ts';

/**
 * Why one person is in UNIFI as they are, from what is stored: finds the person, loads only their facts, and thinks.
 * Several people who fit are listed as candidates; nobody is an answer too.
 *
 * Throws `run-unknown` before the first cross-check, and the store's failures.
 */
export const investigate = async (options: {
  store: HistoryStore;
  clock: Clock;
  jobId: string | null;
  who: string;
}): Promise<Investigation> => {
  const { store, who } = options;
  const [shared, found] = await Promise.all([loadSharedCase(options), findPeople(store, who)]);
  const [person] = found;
  if (person && found.length === 1) return investigatePerson(await loadCase(store, shared, person));
  const { sources, now } = shared.common;
  return investigateNobody({ who, candidates: found, isCut: found.length >= namesRead, sources, now });
};
