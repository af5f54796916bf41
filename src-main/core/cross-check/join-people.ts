import { isUnknown } from '../mapping/evaluated.ts';
import type { DirectoryUser } from '../model/directory.ts';
import type { TargetUser } from '../model/target.ts';
import { matchKey, normalText } from './compare-text.ts';
import type { TargetLink } from './input.ts';
import type { AccountRecord, JoinedBy, MatchSlot, PersonRecord } from './records.ts';
import { comparable, type Rules } from './rules.ts';

const none: readonly never[] = [];

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
  linked: null,
  matched: none,
  slot: null,
  matchValue: null,
  matchProblem: null,
  account: null,
  joinedBy: null,
  further: none,
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
  sharesExternalId: false,
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
}

type Slots = Map<string, MatchSlot>;

const slotOf = (slots: Slots, key: string): MatchSlot => {
  let slot = slots.get(key);
  if (!slot) {
    slot = { accounts: none, people: none };
    slots.set(key, slot);
  }
  return slot;
};

/** Lists are made longer by copying: nearly all have one entry, and stay as they were made. */
const added = <T>(list: readonly T[], item: T): readonly T[] => (list.length === 0 ? [item] : [...list, item]);

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
  for (const user of lists.users) byId.set(user.id, createPerson(user, user.deletedAt !== null));
  for (const user of lists.deletedUsers) if (!byId.has(user.id)) byId.set(user.id, createPerson(user, true));
  const people = [...byId.values()];
  const accountById = new Map<string, AccountRecord>();
  for (const account of lists.accounts) accountById.set(account.id, createAccount(account));
  const accounts = [...accountById.values()];

  const matchers = rules.matchers.map((matcher) => ({ ...matcher, slots: new Map<string, MatchSlot>() }));
  const byExternalId = new Map<string, readonly AccountRecord[]>();
  for (const record of accounts) {
    const { account } = record;
    for (const { target, slots } of matchers) {
      const value = target(account);
      const key = value === null ? '' : matchKey(value);
      if (key === '') continue;
      const slot = slotOf(slots, key);
      slot.accounts = added(slot.accounts, record);
    }
    if (!rules.externalId || account.externalId === null || account.externalId === '') continue;
    const key = normalText(account.externalId);
    const present = byExternalId.get(key);
    byExternalId.set(key, present ? [...present, record] : [record]);
    if (present) for (const sharer of [...present, record]) sharer.sharesExternalId = true;
  }

  for (const link of lists.links) {
    const person = byId.get(link.sourceId);
    const account = accountById.get(link.targetId) ?? null;
    if (person) {
      if (person.link && person.link.at >= link.at) continue;
      person.link = link;
      person.linked = account;
    } else if (account && (!account.goneLink || account.goneLink.at < link.at)) account.goneLink = link;
  }

  for (const person of people) {
    for (const { attribute, read, slots } of matchers) {
      const value = comparable(read(person));
      if (isUnknown(value)) {
        person.matchProblem = { attribute, problem: value };
        break;
      }
      if (value === null) continue;
      const slot = slotOf(slots, matchKey(value));
      if (!person.slot) {
        person.slot = slot;
        person.matchValue = value;
      }
      if (slot.accounts.length > 0) {
        person.matched = slot.accounts;
        break;
      }
    }
    if (person.isDeleted) continue;
    if (person.slot) person.slot.people = added(person.slot.people, person);
    if (person.linked) person.linked.isClaimed = true;
    for (const account of person.matched) account.isClaimed = true;
  }

  /** Whether the account's match value is that of other people, and not this person's. */
  const holdsForeignValue = (account: AccountRecord, person: PersonRecord): boolean => {
    const hits = matchers.flatMap(({ target, slots }) => {
      const value = target(account.account);
      return value === null ? [] : (slots.get(matchKey(value))?.people ?? []);
    });
    return hits.length > 0 && !hits.includes(person);
  };
  const join = (person: PersonRecord, account: AccountRecord, joinedBy: JoinedBy): void => {
    person.account = account;
    person.joinedBy = joinedBy;
    if (!account.holder || holdsBefore(person, account.holder)) account.holder = person;
  };

  const settle = (person: PersonRecord): void => {
    const isAllowed = (account: AccountRecord): boolean => !person.isDeleted || !account.isClaimed;
    const { linked } = person;
    const own = linked && isAllowed(linked) ? linked : null;
    const matched = person.isDeleted ? person.matched.filter(isAllowed) : person.matched;
    const found = own ?? matched[0];
    const externalId = rules.externalId ? comparable(rules.externalId(person)) : null;
    // Nearly everyone has one account, which carries an externalId of its own: nothing else is to be looked for.
    const isAlone = found && matched.length < 2 && !found.sharesExternalId && found.account.externalId === externalId;
    const identified =
      isAlone || externalId === null || isUnknown(externalId)
        ? none
        : (byExternalId.get(externalId) ?? none).filter(
            (account) => !account.isClaimed || account === own || matched.includes(account),
          );
    const only = found ?? identified[0];
    if (!only) return;
    if (matched.every((account) => account === only) && identified.every((account) => account === only)) {
      if (own) join(person, own, 'link');
      else {
        join(person, only, matched.length > 0 ? 'match-value' : 'external-id');
        person.isLinkStale = person.link !== null && linked === null;
      }
      return;
    }
    const others = [...new Set([...matched, ...identified])].filter((account) => account !== own);
    const isForeign = own !== null && others.length > 0 && holdsForeignValue(own, person);
    if (own && !isForeign) {
      join(person, own, 'link');
      person.further = others;
      return;
    }
    const rest = matched.filter((account) => account !== own);
    const chosen = best(rest, identified) ?? best(others, identified);
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
  return { people, byId, accounts, accountById };
};
