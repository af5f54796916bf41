import { accountSubject, createCandidate, personSubject, type Candidate } from '../cross-check/findings.ts';
import { createPerson, joinPeople } from '../cross-check/join-people.ts';
import { accountEvidence } from '../cross-check/person-evidence.ts';
import type { JoinedBy, PersonRecord } from '../cross-check/records.ts';
import { comparable, compileRules } from '../cross-check/rules.ts';
import { isUnknown } from '../mapping/evaluated.ts';
import type { DirectoryUser } from '../model/directory.ts';
import type { SyncSchema } from '../model/synchronization.ts';
import type { TargetUser } from '../model/target.ts';

/** The account of a person, and what joins the two; both null: no account is this person's. */
export interface JoinedAccount {
  account: TargetUser | null;
  joinedBy: JoinedBy | null;
  /** More than one active account is this person's: as the cross-check would find it. */
  several: Candidate | null;
}

/** findings.md 2, `duplicate-in-target`. */
const severalAccounts = (person: PersonRecord): Candidate | null => {
  const all = [...(person.account ? [person.account] : []), ...person.further];
  if (all.filter(({ account }) => account.active === true).length < 2) return null;
  return createCandidate({
    kind: 'duplicate-in-target',
    subject: personSubject(person),
    actual: person.account?.account.userName ?? null,
    related: person.further.map((account) => accountSubject(account, person.user.id)),
    timing: { state: 'open', evidence: [] },
    assumed: [],
    evidence: all.map(accountEvidence),
  });
};

/** Accounts that may be one person's. */
export interface AccountQuestion {
  schema: SyncSchema | null;
  /** The person in Entra, as last seen where Entra has no such user any more; null: never seen. */
  user: { user: DirectoryUser; isDeleted: boolean } | null;
  /** People whose user name one of the accounts holds. */
  others: readonly DirectoryUser[];
  accounts: readonly TargetUser[];
  /** The newest target id that the log or the history names for the person. */
  link: { targetId: string; at: string } | null;
}

/** Which of some accounts is this person's: as the cross-check joins them, which also ranks several. findings.md 1. */
export const joinAccount = ({ schema, user, others, accounts, link }: AccountQuestion): JoinedAccount => {
  if (!user) {
    const linked = accounts.find(({ id }) => id === link?.targetId) ?? null;
    return { account: linked, joinedBy: linked && 'link', several: null };
  }
  const { id } = user.user;
  const joined = joinPeople(compileRules(schema).user, {
    users: [...(user.isDeleted ? [] : [user.user]), ...others.filter((other) => other.id !== id)],
    deletedUsers: user.isDeleted ? [user.user] : [],
    accounts,
    links: link ? [{ sourceId: id, targetId: link.targetId, at: link.at, logId: '' }] : [],
  });
  const person = joined.byId.get(id);
  return {
    account: person?.account?.account ?? null,
    joinedBy: person?.joinedBy ?? null,
    several: person ? severalAccounts(person) : null,
  };
};

/** The user name by which Entra looks for the account; null when it is empty or cannot be told. */
export const expectedUserName = (schema: SyncSchema | null, user: DirectoryUser, isDeleted: boolean): string | null => {
  const matcher = compileRules(schema).user.matchers.find(({ attribute }) => attribute.toLowerCase() === 'username');
  const value = matcher ? comparable(matcher.read(createPerson(user, isDeleted))) : null;
  return isUnknown(value) ? null : value;
};
