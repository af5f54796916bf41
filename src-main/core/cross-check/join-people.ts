import { isUnknown } from '../mapping/evaluated.ts';
import type { DirectoryUser } from '../model/directory.ts';
import type { TargetUser } from '../model/target.ts';
import { matchKey, normalText } from './compare-text.ts';
import type { TargetLink } from './input.ts';
import type { AccountRecord, JoinedBy, PersonRecord } from './records.ts';
import { comparable, type Rules } from './rules.ts';

/** One or more under a key; most keys have one, so a list is made only when it is needed. */
type Index<T> = Map<string, T | T[]>;

const addTo = <T>(index: Index<T>, key: string, item: T): void => {
  const present = index.get(key);
  if (present === undefined) index.set(key, item);
  else if (Array.isArray(present)) present.push(item);
  else index.set(key, [present, item]);
};

const none: readonly never[] = [];
const all = <T>(index: Index<T>, key: string | null): readonly T[] => {
  const found = key === null ? undefined : index.get(key);
  if (found === undefined) return none;
  return Array.isArray(found) ? found : [found];
};

export const createPerson = (user: DirectoryUser, isDeleted: boolean): PersonRecord => ({
  user,
  isDeleted,
  isSoftDeleted: null,
  entitled: 'no',
  assignment: null,
  through: null,
  source: 'unknown',
  inputFiltered: false,
  link: null,
  matchKey: null,
  matchValue: null,
  matchProblem: null,
  account: null,
  joinedBy: null,
  further: [],
  isLinkStale: false,
  undecided: 0,
  mark: 0,
});

export const createAccount = (account: TargetUser): AccountRecord => ({
  account,
  holder: null,
  hasInScopeHolder: false,
  hasUnknownHolder: false,
  furtherOf: null,
  isClaimed: false,
  goneLink: null,
  undecided: 0,
  mark: 0,
});

/**
 * Of several accounts under one value: an active one, then one with the person's `externalId`, then the smallest id,
 * so that the order in which they were read does not matter.
 */
const best = (accounts: readonly AccountRecord[], identified: readonly AccountRecord[]): AccountRecord | null => {
  const rank = (record: AccountRecord): number =>
    Number(record.account.active === true) * 2 + Number(identified.includes(record));
  const better = (one: AccountRecord, other: AccountRecord): AccountRecord => {
    const difference = rank(other) - rank(one);
    if (difference !== 0) return difference > 0 ? other : one;
    return other.account.id < one.account.id ? other : one;
  };
  return accounts.length === 0 ? null : accounts.reduce(better);
};

/** Of several people with one account, whose it is: the linked one's, then the smaller id's; never by the order read. */
const holdsBefore = (one: PersonRecord, other: PersonRecord): boolean => {
  if (one.isDeleted !== other.isDeleted) return other.isDeleted;
  const difference = Number(one.joinedBy === 'link') - Number(other.joinedBy === 'link');
  return difference === 0 ? one.user.id < other.user.id : difference > 0;
};

export interface JoinedPeople {
  people: PersonRecord[];
  /** By Entra id; a user who is in both lists counts as present. */
  byId: Map<string, PersonRecord>;
  accounts: AccountRecord[];
  accountById: Map<string, AccountRecord>;
  /** Living people who share a match value with others. */
  sharing: Map<string, PersonRecord[]>;
}

/**
 * Joins people and accounts: by link, then match value, then `externalId`. findings.md 1.
 *
 * Where several people claim one account: a living person goes before a deleted one, and link or match value before
 * `externalId`. A linked account that holds another person's match value gives way to an account that is this
 * person's own; the link is stale then.
 */
export const joinPeople = (
  rules: Rules['user'],
  lists: {
    users: readonly DirectoryUser[];
    deletedUsers: readonly DirectoryUser[];
    accounts: readonly TargetUser[];
    links: readonly TargetLink[];
  },
): JoinedPeople => {
  const byId = new Map<string, PersonRecord>();
  const people: PersonRecord[] = [];
  const addPerson = (user: DirectoryUser, isDeleted: boolean): void => {
    if (byId.has(user.id)) return;
    const person = createPerson(user, isDeleted);
    byId.set(user.id, person);
    people.push(person);
  };
  for (const user of lists.users) addPerson(user, user.deletedAt !== null);
  for (const user of lists.deletedUsers) addPerson(user, true);

  const { matchers } = rules;
  const accounts: AccountRecord[] = [];
  const accountById = new Map<string, AccountRecord>();
  const byMatch: Index<AccountRecord>[] = matchers.map((): Index<AccountRecord> => new Map());
  const byExternal: Index<AccountRecord> = new Map();
  for (const account of lists.accounts) {
    if (accountById.has(account.id)) continue;
    const record = createAccount(account);
    accountById.set(account.id, record);
    accounts.push(record);
    for (const [index, matcher] of matchers.entries()) {
      const value = matcher.target(account);
      const key = value === null ? '' : matchKey(value);
      const accountsByValue = byMatch[index];
      if (key !== '' && accountsByValue) addTo(accountsByValue, key, record);
    }
    if (rules.externalId && account.externalId !== null && account.externalId !== '') {
      addTo(byExternal, normalText(account.externalId), record);
    }
  }

  for (const link of lists.links) {
    const person = byId.get(link.sourceId);
    if (person) {
      if (!person.link || person.link.at < link.at) person.link = link;
      continue;
    }
    const account = accountById.get(link.targetId);
    if (account && (!account.goneLink || account.goneLink.at < link.at)) account.goneLink = link;
  }

  const found = new Map<PersonRecord, readonly AccountRecord[]>();
  const byValue: Index<PersonRecord> = new Map();
  for (const person of people) {
    let hits: readonly AccountRecord[] = none;
    for (const [index, matcher] of matchers.entries()) {
      const value = comparable(matcher.read(person));
      if (isUnknown(value)) {
        person.matchProblem = { attribute: matcher.attribute, problem: value };
        break;
      }
      if (value === null) continue;
      const key = matchKey(value);
      if (person.matchKey === null) {
        person.matchKey = `${index} ${key}`;
        person.matchValue = value;
      }
      const matched = byMatch[index];
      hits = matched ? all(matched, key) : [];
      if (hits.length > 0) break;
    }
    if (hits.length > 0) found.set(person, hits);
    if (!person.isDeleted && person.matchKey !== null) addTo(byValue, person.matchKey, person);
  }

  const linkedAccount = (person: PersonRecord): AccountRecord | null =>
    person.link ? (accountById.get(person.link.targetId) ?? null) : null;
  for (const person of people) {
    if (person.isDeleted) continue;
    const linked = linkedAccount(person);
    if (linked) linked.isClaimed = true;
    for (const account of found.get(person) ?? none) account.isClaimed = true;
  }

  /** Whether the account's match value is that of other people, and not this person's. */
  const holdsForeignValue = (account: AccountRecord, person: PersonRecord): boolean => {
    const hits = matchers.flatMap((matcher, index) => {
      const value = matcher.target(account.account);
      return value === null ? [] : [...all(byValue, `${index} ${matchKey(value)}`)];
    });
    return hits.length > 0 && !hits.includes(person);
  };
  const isFree = (account: AccountRecord): boolean => !account.isClaimed;
  const join = (person: PersonRecord, account: AccountRecord, joinedBy: JoinedBy): void => {
    person.account = account;
    person.joinedBy = joinedBy;
    if (!account.holder || holdsBefore(person, account.holder)) account.holder = person;
  };

  const settle = (person: PersonRecord): void => {
    const isAllowed = (account: AccountRecord): boolean => !person.isDeleted || isFree(account);
    const linked = linkedAccount(person);
    const own = linked && isAllowed(linked) ? linked : null;
    const matched = (found.get(person) ?? none).filter(isAllowed);
    const value = rules.externalId ? comparable(rules.externalId(person)) : null;
    const byExternalId = isUnknown(value)
      ? none
      : all(byExternal, value).filter((account) => isFree(account) || account === own || matched.includes(account));

    // The common case first: one account, however it is found.
    const only = own ?? matched[0] ?? byExternalId[0];
    if (!only) return;
    if (matched.every((account) => account === only) && byExternalId.every((account) => account === only)) {
      if (own) join(person, own, 'link');
      else {
        join(person, only, matched.length > 0 ? 'match-value' : 'external-id');
        person.isLinkStale = person.link !== null && linked === null;
      }
      return;
    }
    const others = [...new Set([...matched, ...byExternalId])].filter((account) => account !== own);
    const isForeign = own !== null && others.length > 0 && holdsForeignValue(own, person);
    if (own && !isForeign) {
      join(person, own, 'link');
      person.further = others;
      return;
    }
    const rest = matched.filter((account) => account !== own);
    const chosen = best(rest, byExternalId) ?? best(others, byExternalId);
    if (!chosen) return;
    join(person, chosen, rest.length > 0 ? 'match-value' : 'external-id');
    person.isLinkStale = person.link !== null && (linked === null || isForeign);
    person.further = others.filter((account) => account !== chosen);
  };
  for (const person of people) if (!person.isDeleted) settle(person);
  for (const person of people) if (person.isDeleted) settle(person);

  for (const person of people) {
    if (person.further.length === 0) continue;
    person.further = person.further
      .filter((account) => account.holder === null)
      .sort((one, other) => (one.account.id < other.account.id ? -1 : 1));
    for (const account of person.further) {
      if (!account.furtherOf || person.user.id < account.furtherOf.user.id) account.furtherOf = person;
    }
  }

  const sharing = new Map<string, PersonRecord[]>();
  for (const [key, value] of byValue) if (Array.isArray(value)) sharing.set(key, value);
  return { people, byId, accounts, accountById, sharing };
};
