import type { Person } from '../../contract/models/person.ts';
import type { GroupRef } from '../../core/model/group-facts.ts';
import type { HistoryReads } from '../ports.ts';
import { findPeople, isCalled } from './find-people.ts';

/** More groups than anybody chooses from. */
const groupsRead = 50;

/** Whom or what a text can mean. */
export interface FoundSubjects {
  people: Person[];
  groups: GroupRef[];
}

const isGroupCalled = ({ id, scimId, name }: GroupRef, who: string): boolean => {
  const wanted = who.trim().toLowerCase();
  return [id, scimId, scimId === null ? null : `scim:${scimId}`, name].some(
    (text) => text?.trim().toLowerCase() === wanted,
  );
};

/** Groups that a text can mean, whole names and ids before parts. Throws the store's failures. */
export const findGroups = async (store: HistoryReads, who: string): Promise<GroupRef[]> => {
  const groups = await store.groups.find(who, groupsRead);
  const exact = groups.filter((group) => isGroupCalled(group, who));
  return exact.length > 0 ? exact : groups;
};

/**
 * People and groups that a text can mean. Whoever is called exactly so goes before all who only share a part of it; an
 * address or an id of a person is never looked for among the groups.
 *
 * Throws the store's failures.
 */
export const findSubjects = async (store: HistoryReads, who: string): Promise<FoundSubjects> => {
  const people = await findPeople(store, who);
  const exact = people.filter((person) => isCalled(person, who));
  if (exact.length > 0 && /[@:]|^[0-9a-f]{8}-/iu.test(who)) return { people: exact, groups: [] };
  const groups = await findGroups(store, who);
  const exactGroups = groups.filter((group) => isGroupCalled(group, who));
  if (exact.length + exactGroups.length > 0) return { people: exact, groups: exactGroups };
  return { people, groups };
};
