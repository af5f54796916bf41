import { AppError } from '../../core/app-error.ts';
import { findPeople } from '../investigation/find-people.ts';
import type { HistoryStore, SnapshotName } from '../ports.ts';

/** Whom a report is about. Ids are Entra object ids, or `scim:` and a SCIM id. */
export interface Subjects {
  people: string[];
  groups: string[];
  /** As they were asked for, for the report's head. */
  peopleNames: string[];
  groupNames: string[];
}

const lotSize = 1000;

async function* readAll<N extends SnapshotName>(
  store: HistoryStore,
  name: N,
): AsyncGenerator<Awaited<ReturnType<typeof store.snapshots.read<N>>>['items'][number]['item']> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.snapshots.read<N>>> = await store.snapshots.read(name, {
      after,
      limit: lotSize,
    });
    for (const { item } of page.items) yield item;
    after = page.next;
  } while (after !== null);
}

const unknown = (field: 'people' | 'groups', who: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message: field === 'people' ? `Nobody in the stored history is "${who}".` : `No stored group is "${who}".`,
    advice: 'Check the spelling, or collect first.',
    fields: [{ field, reason: `does not know "${who}"` }],
  });

const personId = async (store: HistoryStore, who: string): Promise<string> => {
  const found = await findPeople(store, who);
  const [person] = found;
  if (!person) throw unknown('people', who);
  if (found.length === 1) return person.id;
  throw new AppError({
    code: 'selection-ambiguous',
    message: `Several people fit "${who}".`,
    advice: 'Name one by the object id or the user principal name.',
    candidates: found.slice(0, 20).map(({ id, name, entra, scim }) => ({
      id,
      name,
      detail: entra?.userPrincipalName ?? scim?.userName ?? '',
    })),
  });
};

const fold = (text: string): string => text.normalize('NFC').toLowerCase().trim();

/** Groups by id or whole display name, on either side, and their direct members. */
const readGroups = async (
  store: HistoryStore,
  wanted: readonly string[],
): Promise<{ groups: string[]; members: string[] }> => {
  const asked = new Set(wanted.map(fold));
  const met = new Set<string>();
  const groups = new Set<string>();
  const members = new Set<string>();
  const meet = (id: string, shown: string | null, key: string): boolean => {
    const names = [fold(id), ...(shown === null ? [] : [fold(shown)])].filter((name) => asked.has(name));
    for (const name of names) met.add(name);
    if (names.length > 0) groups.add(key);
    return names.length > 0;
  };
  for await (const group of readAll(store, 'groups')) meet(group.id, group.displayName, group.id);
  for await (const group of readAll(store, 'scim-groups')) {
    if (!meet(group.id, group.displayName, `scim:${group.id}`)) continue;
    for (const id of group.memberIds ?? []) members.add(`scim:${id}`);
  }
  for await (const { groupId, userIds } of readAll(store, 'group-members')) {
    if (groups.has(groupId)) for (const id of userIds) members.add(id);
  }
  for (const name of wanted) if (!met.has(fold(name))) throw unknown('groups', name);
  return { groups: [...groups], members: [...members] };
};

/** Accounts that belong to somebody of Entra go by that person's id. */
const asPersonIds = async (store: HistoryStore, ids: readonly string[]): Promise<string[]> => {
  const known = new Set<string>();
  for (const id of ids) {
    if (!id.startsWith('scim:')) known.add(id);
    else for (const { id: person } of await findPeople(store, id.slice('scim:'.length))) known.add(person);
  }
  return [...known];
};

/**
 * Resolves the people and groups that were asked for; of groups the direct members come along. Null when everybody is
 * meant. Throws `input-invalid` for an unknown and `selection-ambiguous` for an unclear name.
 */
export const selectSubjects = async (
  store: HistoryStore,
  asked: { people?: readonly string[]; groups?: readonly string[] },
): Promise<Subjects | null> => {
  const peopleNames = [...(asked.people ?? [])];
  const groupNames = [...(asked.groups ?? [])];
  if (peopleNames.length === 0 && groupNames.length === 0) return null;
  const people = new Set<string>();
  for (const who of peopleNames) people.add(await personId(store, who));
  const { groups, members } =
    groupNames.length === 0 ? { groups: [], members: [] } : await readGroups(store, groupNames);
  for (const id of await asPersonIds(store, members)) people.add(id);
  return { people: [...people], groups, peopleNames, groupNames };
};
