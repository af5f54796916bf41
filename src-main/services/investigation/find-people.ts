import type { Person } from '../../contract/models/person.ts';
import type { LogRow } from '../../contract/models/provisioning-event.ts';
import type { HistoryReads } from '../ports.ts';

/** Enough to find a whole name among all that begin like it; so many candidates nobody reads. */
export const namesRead = 200;

/** Somebody of whom only the log knows. */
const personOfRow = ({ subject }: LogRow, entraId: string): Person => ({
  id: entraId,
  name: subject.name,
  entra: {
    id: entraId,
    userPrincipalName: subject.upn,
    mail: null,
    displayName: subject.name,
    accountEnabled: null,
    createdAt: null,
    deletedAt: null,
  },
  scim: null,
  joinedBy: null,
  state: { source: 'deleted', target: 'absent' },
  findings: [],
});

/** People of whom the log tells, by any name that they ever had. */
const findInLog = async (store: HistoryReads, who: string): Promise<Person[]> => {
  const byId = await store.log.page({ entraId: who.toLowerCase() }, { limit: 1 });
  const rows = byId.rows.length > 0 ? byId.rows : (await store.log.page({ text: who }, { limit: 100 })).rows;
  const found = new Map<string, Person>();
  for (const row of rows) {
    const { entraId, type } = row.subject;
    if (entraId === null || type !== 'user' || found.has(entraId)) continue;
    found.set(entraId, (await store.people.get(entraId)) ?? personOfRow(row, entraId));
  }
  return [...found.values()];
};

/** The newest row of the log that holds a text and names no user of Entra; null: there is none. */
export const findUnidentified = async (store: HistoryReads, text: string): Promise<LogRow | null> => {
  const { rows } = await store.log.page({ text }, { limit: 20 });
  return rows.find(({ subject }) => subject.entraId === null && subject.type !== 'group') ?? null;
};

/** Whether a whole name, address or id of the person, on either side, is this text; in any case. */
export const isCalled = ({ id, entra, scim }: Person, who: string): boolean => {
  const wanted = who.trim().toLowerCase();
  return [
    id,
    entra?.userPrincipalName,
    entra?.mail,
    entra?.displayName,
    scim?.id,
    scim?.userName,
    scim?.externalId,
    scim?.displayName,
  ].some((value) => value?.toLowerCase() === wanted);
};

/**
 * Everybody whom `who` can mean: an id, a whole address or name before a part of one, then what the log and the history
 * remember. At most `namesRead` people, by name; empty when nobody fits.
 *
 * Throws the store's failures.
 */
export const findPeople = async (store: HistoryReads, who: string): Promise<Person[]> => {
  const byId =
    (await store.people.get(who)) ??
    (await store.people.get(who.toLowerCase())) ??
    (await store.people.get(`scim:${who}`));
  if (byId) return [byId];
  const exact = (await store.people.named(who, namesRead)).filter((person) => isCalled(person, who));
  if (exact.length > 0) return exact;
  const { rows } = await store.people.page({ text: who }, { limit: namesRead });
  if (rows.length > 0) return rows;
  const logged = await findInLog(store, who);
  return logged.length > 0 ? logged : store.people.formerly(who, namesRead);
};
