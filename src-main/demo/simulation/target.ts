import type { Account, TargetGroup } from './model.ts';
import type { MappedValues } from './rules.ts';

/** UNIFI's accounts and groups. Written by the provisioning service, and by hand. */
export interface TargetDirectory {
  readonly accounts: Map<string, Account>;
  readonly groups: Map<string, TargetGroup>;
  /** Without regard to case, as SCIM has it for `userName`. */
  findByUserName(userName: string): Account | null;
  findGroupByName(name: string): TargetGroup | null;
  create(values: MappedValues, atMs: number): Account;
  /** Changes what is not null; the account's own `lastModified` follows. */
  update(account: Account, values: Partial<MappedValues> & { active?: boolean }, atMs: number): void;
  remove(account: Account): void;
  createGroup(name: string, externalId: string | null, atMs: number): TargetGroup;
  renameGroup(group: TargetGroup, name: string, atMs: number): void;
  removeGroup(group: TargetGroup): void;
  addMember(group: TargetGroup, accountId: string, atMs: number): void;
  removeMember(group: TargetGroup, accountId: string, atMs: number): void;
  /** Accounts and groups in the order of their making, for lists by index. */
  accountList(): Account[];
  groupList(): TargetGroup[];
}

export const createTargetDirectory = (): TargetDirectory => {
  const accounts = new Map<string, Account>();
  const groups = new Map<string, TargetGroup>();
  const byUserName = new Map<string, string>();
  const memberships = new Map<string, Set<string>>();
  let accountNumber = 20_000;
  let groupNumber = 400;
  let accountList: Account[] | null = null;
  let groupList: TargetGroup[] | null = null;

  const key = (userName: string): string => userName.toLowerCase();

  return {
    accounts,
    groups,
    findByUserName: (userName) => accounts.get(byUserName.get(key(userName)) ?? '') ?? null,
    findGroupByName(name) {
      for (const group of groups.values()) if (key(group.displayName) === key(name)) return group;
      return null;
    },
    create(values, atMs) {
      accountNumber += 1;
      const account: Account = {
        id: `u-${String(accountNumber)}`,
        userName: values.userName ?? '',
        externalId: values.externalId,
        active: true,
        given: values['name.givenName'] ?? '',
        family: values['name.familyName'] ?? '',
        display: values.displayName ?? '',
        createdMs: atMs,
        modifiedMs: atMs,
      };
      accounts.set(account.id, account);
      byUserName.set(key(account.userName), account.id);
      accountList = null;
      return account;
    },
    update(account, values, atMs) {
      const { userName, externalId, displayName, active } = values;
      if (typeof userName === 'string') {
        if (byUserName.get(key(account.userName)) === account.id) byUserName.delete(key(account.userName));
        account.userName = userName;
        byUserName.set(key(userName), account.id);
      }
      account.externalId = externalId ?? account.externalId;
      account.display = displayName ?? account.display;
      account.given = values['name.givenName'] ?? account.given;
      account.family = values['name.familyName'] ?? account.family;
      account.active = active ?? account.active;
      account.modifiedMs = atMs;
    },
    remove(account) {
      accounts.delete(account.id);
      if (byUserName.get(key(account.userName)) === account.id) byUserName.delete(key(account.userName));
      for (const groupId of memberships.get(account.id) ?? []) groups.get(groupId)?.members.delete(account.id);
      memberships.delete(account.id);
      accountList = null;
    },
    createGroup(name, externalId, atMs) {
      groupNumber += 1;
      const id = `g-${String(groupNumber)}`;
      const group = {
        id,
        displayName: name,
        externalId,
        members: new Set<string>(),
        hidesMembers: false,
        createdMs: atMs,
        modifiedMs: atMs,
      };
      groups.set(id, group);
      groupList = null;
      return group;
    },
    renameGroup(group, name, atMs) {
      group.displayName = name;
      group.modifiedMs = atMs;
    },
    removeGroup(group) {
      for (const accountId of group.members) memberships.get(accountId)?.delete(group.id);
      groups.delete(group.id);
      groupList = null;
    },
    addMember(group, accountId, atMs) {
      group.members.add(accountId);
      group.modifiedMs = atMs;
      const known = memberships.get(accountId);
      if (known) known.add(group.id);
      else memberships.set(accountId, new Set([group.id]));
    },
    removeMember(group, accountId, atMs) {
      group.members.delete(accountId);
      group.modifiedMs = atMs;
      memberships.get(accountId)?.delete(group.id);
    },
    accountList: () => (accountList ??= [...accounts.values()]),
    groupList: () => (groupList ??= [...groups.values()]),
  };
};

/** What the account holds for each mapped attribute. */
export const accountValues = (account: Account): MappedValues => ({
  userName: account.userName,
  'name.givenName': account.given,
  'name.familyName': account.family,
  displayName: account.display,
  externalId: account.externalId,
});
