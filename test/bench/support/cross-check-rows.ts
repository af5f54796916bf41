import { createHash } from 'node:crypto';
import type { DirectoryGroup, DirectoryUser, GroupMembers } from '../../../src-main/core/model/directory.ts';
import type { TargetGroup, TargetUser } from '../../../src-main/core/model/target.ts';

/** A company whose two sides agree but for about two people and five groups in a hundred. */
export interface Company {
  users: DirectoryUser[];
  deletedUsers: DirectoryUser[];
  groups: DirectoryGroup[];
  members: GroupMembers[];
  accounts: TargetUser[];
  targetGroups: TargetGroup[];
  links: { sourceId: string; targetId: string }[];
}

const at = '2026-01-05T08:00:00Z';
const groupsPerPerson = 5;
const surnames = ['Brandt', 'Okafor', 'Müller', 'Vale', 'Moss', 'Lindqvist', 'Ferrari', 'Nowak', 'Øster', 'Silva'];
const departments = ['Design', 'Sales', 'Support', 'Works', 'Board'];

const guid = (kind: string, index: number): string =>
  createHash('md5')
    .update(`${kind}${index}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
export const entraId = (index: number): string => guid('person', index);
const scimId = (index: number): string => `u-${100_000 + index}`;
export const groupId = (index: number): string => guid('group', index);

/** What is wrong with a person, by the last three digits of the number. */
const fault = (index: number): string => {
  const faults: Record<number, string> = {
    1: 'disabled',
    2: 'not-assigned',
    3: 'filtered',
    4: 'missing',
    5: 'inactive',
    6: 'surname',
    7: 'case',
    8: 'twice',
    9: 'stale',
    10: 'no-upn',
    12: 'shared',
    13: 'soft-deleted',
    14: 'hard-deleted',
    15: 'orphan',
    16: 'empty',
  };
  const digit = index % 1000;
  return faults[digit] ?? (digit >= 20 && digit < 30 ? 'outside' : 'none');
};

/** Rows for `people` people, `groups` groups; each person is in five groups. */
export const createCompany = (people: number, groups: number): Company => {
  const company: Company = {
    users: [],
    deletedUsers: [],
    groups: [],
    members: [],
    accounts: [],
    targetGroups: [],
    links: [],
  };
  const accountOf = new Map<number, string>();
  for (let index = 0; index < people; index += 1) {
    const kind = fault(index);
    const owner = kind === 'shared' ? index - 1 : index;
    const upn = `person.${owner}@contoso.example`;
    const givenName = `Given${index % 997}`;
    const surname = surnames[index % surnames.length] ?? '';
    const user: DirectoryUser = {
      id: entraId(index),
      userPrincipalName: kind === 'no-upn' ? null : upn,
      mail: upn,
      displayName: `${givenName} ${surname}`,
      accountEnabled: kind !== 'disabled',
      createdAt: at,
      deletedAt: kind === 'soft-deleted' ? at : null,
      attributes: {
        givenName: kind === 'empty' ? null : givenName,
        surname,
        mailNickname: `nick${index}`,
        department: kind === 'filtered' ? 'Guest desk' : (departments[index % departments.length] ?? ''),
      },
    };
    if (kind === 'soft-deleted') company.deletedUsers.push(user);
    else if (kind !== 'hard-deleted' && kind !== 'orphan') company.users.push(user);

    if (['missing', 'no-upn', 'outside'].includes(kind)) continue;
    if (kind === 'shared') {
      accountOf.set(index, scimId(index - 1));
      continue;
    }
    const account: TargetUser = {
      id: scimId(index),
      userName: kind === 'case' ? upn.toUpperCase() : upn,
      externalId: `nick${index}`,
      active: kind !== 'inactive',
      displayName: null,
      attributes: {
        'name.givenName': givenName,
        'name.familyName': kind === 'surname' ? 'Formerly' : surname,
      },
      createdAt: at,
      lastModifiedAt: at,
    };
    company.accounts.push(account);
    accountOf.set(index, account.id);
    if (kind === 'twice') company.accounts.push({ ...account, id: `${account.id}-b` });
    if (kind !== 'orphan') {
      company.links.push({ sourceId: user.id, targetId: kind === 'stale' ? `${account.id}-gone` : account.id });
    }
  }

  const outside = new Set(['not-assigned', 'outside', 'soft-deleted', 'hard-deleted', 'orphan']);
  const size = Math.floor((people * groupsPerPerson) / groups);
  for (let index = 0; index < groups; index += 1) {
    const name = `Team ${index}`;
    const id = groupId(index);
    company.groups.push({
      id,
      displayName: name,
      mail: null,
      securityEnabled: true,
      groupTypes: [],
      createdAt: at,
      attributes: {},
    });
    const list: number[] = [];
    for (let member = 0; member < size; member += 1) {
      const person = (index * Math.floor(people / groups) + member) % people;
      if (!outside.has(fault(person))) list.push(person);
    }
    company.members.push({ groupId: id, userIds: list.map(entraId), groupIds: [] });
    const turn = index % 100;
    if (turn === 1) continue;
    let accounts = [...new Set(list.flatMap((person) => accountOf.get(person) ?? []))];
    if (turn === 2) accounts = accounts.slice(0, -3);
    if (turn === 3) accounts.push(scimId((index * Math.floor(people / groups) + size + 100) % people));
    company.targetGroups.push({
      id: `g-${index}`,
      displayName: name,
      externalId: id,
      createdAt: at,
      lastModifiedAt: at,
      memberIds: accounts,
    });
    if (turn === 4) {
      company.targetGroups.push({
        id: `g-solo-${index}`,
        displayName: `Solo ${index}`,
        externalId: null,
        createdAt: at,
        lastModifiedAt: at,
        memberIds: [],
      });
    }
  }
  return company;
};
