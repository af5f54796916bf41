import type { SourceState, TargetState } from '../../contract/models/person.ts';
import type { JoinedPeople } from './join-people.ts';
import type { AccountRecord, JoinedBy } from './records.ts';

/** What the cross-check decided about one person or account. */
export interface DecidedState {
  id: string;
  entraId: string | null;
  scimId: string | null;
  joinedBy: JoinedBy | null;
  source: SourceState;
  target: TargetState;
}

const targetState = (account: AccountRecord | null, isListComplete: boolean): TargetState => {
  if (!account) return isListComplete ? 'absent' : 'unknown';
  const { active } = account.account;
  if (active === null) return 'unknown';
  return active ? 'active' : 'inactive';
};

const personless = (goneId: string | null, isKnown: boolean): SourceState => {
  if (!isKnown) return 'unknown';
  return goneId === null ? 'none' : 'deleted';
};

/** Everyone on either side: users with their account, deleted users, and accounts without one of them. */
export const personStates = (
  { people, accounts }: JoinedPeople,
  known: { users: boolean; deletedUsers: boolean; accounts: boolean },
): DecidedState[] => {
  const states: DecidedState[] = people.map((person) => ({
    id: person.user.id,
    entraId: person.user.id,
    scimId: person.account?.account.id ?? null,
    joinedBy: person.joinedBy,
    source: person.source,
    target: targetState(person.account, known.accounts),
  }));
  const isKnown = known.users && known.deletedUsers;
  for (const account of accounts) {
    if (account.holder) continue;
    const goneId = isKnown && !account.furtherOf ? (account.goneLink?.sourceId ?? null) : null;
    states.push({
      id: goneId ?? `scim:${account.account.id}`,
      entraId: goneId,
      scimId: account.account.id,
      joinedBy: goneId === null ? null : 'link',
      source: personless(goneId, isKnown),
      target: targetState(account, known.accounts),
    });
  }
  return states;
};
