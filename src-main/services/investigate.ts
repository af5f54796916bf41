import type { Investigation } from '../contract/models/investigation.ts';
import type { Person } from '../contract/models/person.ts';
import { investigateNobody } from '../core/investigation/investigate-nobody.ts';
import { investigatePerson } from '../core/investigation/investigate-person.ts';
import type { PersonFacts } from '../core/model/person-facts.ts';
import { findPeople, namesRead } from './investigation/find-people.ts';
import { loadCase, loadSharedCase, type SharedCase } from './investigation/load-case.ts';
import type { Clock, HistoryStore } from './ports.ts';

/**
 * The verdict about whoever was found for a name: one person is investigated, several are listed, nobody is an answer.
 *
 * @param asked `facts` of the one person, when they were read already
 * Throws the store's failures.
 */
export const investigateFound = async (
  store: HistoryStore,
  shared: SharedCase,
  asked: { who: string; found: readonly Person[]; facts?: PersonFacts },
): Promise<Investigation> => {
  const { who, found } = asked;
  const [person] = found;
  if (person && found.length === 1) return investigatePerson(await loadCase(store, shared, person, asked.facts));
  const { sources, now } = shared.common;
  return investigateNobody({ who, candidates: found, isCut: found.length >= namesRead, sources, now });
};

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
  return investigateFound(store, shared, { who, found });
};
