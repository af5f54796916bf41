import type { FindingKind } from '../../contract/models/finding.ts';
import type { Company } from './company.ts';
import type { Account, Group, Person, TargetGroup } from './model.ts';
import { isGroupInScope, mappedValues, matchValue, sourceState, type MappedValues, type SourceState } from './rules.ts';
import type { JobRules } from './job-rules.ts';
import { accountValues, type TargetDirectory } from './target.ts';
import { dayMs, minuteMs } from './time.ts';

/** What a perfect cross-check says about one person or group: the simulation's own reading of findings.md. */
export interface Disagreement {
  kind: FindingKind;
  attribute?: keyof MappedValues;
  scimId: string | null;
  /** Person (by index) whose membership it is; for members in the target that nobody owns, the account's id. */
  member?: { person: Person | null; accountId: string | null };
}

export interface Disagreements {
  ofPerson(person: Person): Disagreement[];
  ofGroup(group: Group): Disagreement[];
  /** Accounts and groups of the target that belong to nobody in Entra. */
  orphanAccounts(): Account[];
  orphanGroups(): TargetGroup[];
}

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/**
 * Looks at both sides as they are at `nowMs`. Links are known only through rows that the log still serves. Built anew
 * for every moment, since it keeps indexes.
 */
export const findDisagreements = (options: {
  company: Company;
  target: TargetDirectory;
  rules: JobRules;
  nowMs: number;
}): Disagreements => {
  const { company, target, rules, nowMs } = options;
  const { people, groups } = company;

  const byExternalId = new Map<string, Account[]>();
  for (const account of target.accountList()) {
    if (account.externalId === null) continue;
    const known = byExternalId.get(account.externalId);
    if (known) known.push(account);
    else byExternalId.set(account.externalId, [account]);
  }
  const states: SourceState[] = people.map((person) => sourceState(person, groups, rules.mode));
  const matchCounts = new Map<string, number>();
  people.forEach((person, index) => {
    const value = states[index] === 'in-scope' ? matchValue(person) : null;
    if (value !== null) matchCounts.set(fold(value), (matchCounts.get(fold(value)) ?? 0) + 1);
  });

  const isLogged = (object: { loggedMs: number }): boolean =>
    object.loggedMs > nowMs - 30 * dayMs && object.loggedMs < nowMs - 15 * minuteMs;

  /** The UPN without the object id that soft deletion puts in front. */
  const comparedValue = (person: Person): string | null => {
    const value = matchValue(person);
    return value !== null && person.deletedMs > 0 ? value.slice(32) : value;
  };

  const accountsOf = (person: Person): { linked: Account | null; all: Account[] } => {
    const linked = person.link !== null && isLogged(person) ? (target.accounts.get(person.link) ?? null) : null;
    const isKnown = person.purgedMs === 0;
    const value = isKnown ? comparedValue(person) : null;
    const match = value === null ? null : target.findByUserName(value);
    const external = isKnown && person.employeeId !== null ? (byExternalId.get(person.employeeId) ?? []) : [];
    const all = new Set<Account>();
    for (const account of [linked, match, ...external]) if (account) all.add(account);
    return { linked, all: [...all] };
  };

  const drifts = (person: Person, account: Account): Disagreement[] => {
    const values = mappedValues(person, rules.nameOrder);
    const held = accountValues(account);
    return (Object.keys(values) as (keyof MappedValues)[])
      .filter((name) => (values[name] ?? '').normalize('NFC').trim() !== (held[name] ?? '').normalize('NFC').trim())
      .map((name) => ({ kind: 'attribute-drift', attribute: name, scimId: account.id }));
  };

  const inScope = (person: Person): Disagreement[] => {
    const value = matchValue(person);
    const { linked, all } = accountsOf(person);
    const account = linked ?? all[0] ?? null;
    const one = (kind: FindingKind): Disagreement[] => [{ kind, scimId: account?.id ?? null }];
    if (value === null) return one('missing-match-value');
    if ((matchCounts.get(fold(value)) ?? 0) > 1) return one('duplicate-match-value');
    if (all.filter(({ active }) => active).length > 1) return one('duplicate-in-target');
    if (account === null) return one('missing-in-target');
    if (!account.active) return one('inactive-in-target');
    if (linked === null && person.link !== null && isLogged(person) && person.link !== account.id) {
      return one('stale-link');
    }
    return drifts(person, account);
  };

  const outOfScope = (person: Person, state: SourceState): Disagreement[] => {
    const { all } = accountsOf(person);
    const account = all.find(({ active }) => active);
    if (!account) return [];
    const kind = state === 'not-entitled' || state === 'filtered-out' ? 'active-not-entitled' : 'active-source-gone';
    return [{ kind, scimId: account.id }];
  };

  const groupsBy = (key: (group: TargetGroup) => string | null): Map<string, TargetGroup[]> =>
    Map.groupBy(
      target.groupList().filter((group) => key(group) !== null),
      (group) => key(group) ?? '',
    );
  const groupsByExternalId = groupsBy(({ externalId }) => externalId);
  const groupsByName = groupsBy(({ displayName }) => fold(displayName));

  const counterpartsOf = (group: Group): TargetGroup[] => {
    const linked = group.link !== null && isLogged(group) ? target.groups.get(group.link) : undefined;
    const named = group.name === null ? undefined : groupsByName.get(fold(group.name));
    return [...new Set([...(linked ? [linked] : []), ...(named ?? []), ...(groupsByExternalId.get(group.id) ?? [])])];
  };

  const ownerOf = (): Map<string, Person> => {
    const owners = new Map<string, Person>();
    people.forEach((person) => {
      for (const account of accountsOf(person).all) owners.set(account.id, person);
    });
    return owners;
  };
  let owners: Map<string, Person> | null = null;
  let orphans: Account[] | null = null;

  const members = (group: Group, counterpart: TargetGroup): Disagreement[] => {
    const found: Disagreement[] = [];
    for (const index of group.people) {
      const person = people[index] as Person;
      if (states[index] !== 'in-scope') continue;
      const { all } = accountsOf(person);
      if (all.length === 0 || all.some((account) => counterpart.members.has(account.id))) continue;
      const accountId = all[0]?.id ?? null;
      found.push({ kind: 'member-missing', scimId: counterpart.id, member: { person, accountId } });
    }
    owners ??= ownerOf();
    for (const accountId of counterpart.members) {
      const person = owners.get(accountId) ?? null;
      if (person !== null && group.people.has(person.index)) continue;
      found.push({ kind: 'member-extra', scimId: counterpart.id, member: { person, accountId } });
    }
    return found;
  };

  const groupNames = new Map<string, number>();
  for (const group of groups) {
    if (group.name === null || !isGroupInScope(group, rules.mode)) continue;
    groupNames.set(fold(group.name), (groupNames.get(fold(group.name)) ?? 0) + 1);
  }

  return {
    ofPerson(person) {
      const state = states[person.index] as SourceState;
      return state === 'in-scope' ? inScope(person) : outOfScope(person, state);
    },
    ofGroup(group) {
      const all = counterpartsOf(group);
      const counterpart = all[0] ?? null;
      const one = (kind: FindingKind): Disagreement[] => [{ kind, scimId: counterpart?.id ?? null }];
      if (!rules.groupMapping || !isGroupInScope(group, rules.mode)) {
        return counterpart === null || !group.securityEnabled ? [] : one('group-orphan-in-target');
      }
      if (group.name === null) return one('missing-match-value');
      if ((groupNames.get(fold(group.name)) ?? 0) > 1) return one('duplicate-match-value');
      if (counterpart === null) return one('group-missing-in-target');
      if (all.length > 1) return one('duplicate-in-target');
      const drift: Disagreement[] =
        counterpart.displayName === group.name
          ? []
          : [{ kind: 'attribute-drift', attribute: 'displayName', scimId: counterpart.id }];
      return [...drift, ...members(group, counterpart)];
    },
    orphanAccounts() {
      owners ??= ownerOf();
      const known = owners;
      orphans ??= target.accountList().filter((account) => account.active && !known.has(account.id));
      return orphans;
    },
    orphanGroups() {
      const known = new Set<string>();
      for (const group of groups) {
        if (group.deletedMs === 0) for (const one of counterpartsOf(group)) known.add(one.id);
      }
      return target.groupList().filter((one) => !known.has(one.id));
    },
  };
};
