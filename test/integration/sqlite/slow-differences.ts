import type {
  AttributeChange,
  Difference,
  DiffKind,
  DiffSection,
} from '../../../src-main/contract/models/history-diff.ts';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { CopiedRun } from '../../support/random-history.ts';

/*
 * What differs between two full copies, written down slowly: every object of both is looked at, with rules of its own.
 * It shares nothing with the program but the shape of the result.
 */

type Plain = Record<string, unknown>;

const show = (value: unknown): string | null =>
  value === null || value === undefined ? null : Array.isArray(value) ? value.join(', ') : String(value as string);

const rules: Record<
  string,
  {
    list: 'users' | 'scim-users' | 'groups' | 'scim-groups' | 'assignments';
    on?: string;
    names: string[];
    plain: string[];
  }
> = {
  people: { list: 'users', on: 'accountEnabled', names: ['displayName', 'userPrincipalName'], plain: ['mail'] },
  accounts: { list: 'scim-users', on: 'active', names: ['displayName', 'userName'], plain: ['externalId'] },
  groups: { list: 'groups', names: ['displayName'], plain: ['mail', 'securityEnabled', 'groupTypes'] },
  'target-groups': { list: 'scim-groups', names: ['displayName'], plain: ['externalId'] },
  assignments: { list: 'assignments', names: ['principalName'], plain: ['principalId', 'principalType', 'appRoleId'] },
};

const nameOf: Record<string, (item: Plain) => unknown> = {
  people: (user) => user['displayName'] ?? user['userPrincipalName'],
  accounts: (account) => account['displayName'] ?? account['userName'],
  groups: (group) => group['displayName'],
  'target-groups': (group) => group['displayName'],
  assignments: (assignment) => assignment['principalName'],
};
const detailOf: Record<string, string> = {
  people: 'userPrincipalName',
  accounts: 'userName',
  groups: 'mail',
  'target-groups': 'externalId',
  assignments: 'principalType',
};

const compareObjects = (section: string, from: CopiedRun, to: CopiedRun): Difference[] => {
  const rule = rules[section];
  if (!rule) return [];
  const before = from.lists[rule.list] as unknown as Map<string, Plain>;
  const after = to.lists[rule.list] as unknown as Map<string, Plain>;
  const found: Difference[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(id), after.get(id)];
    const item = (now ?? old) as Plain;
    const kinds = new Set<DiffKind>();
    const changes: AttributeChange[] = [];
    if (!old) kinds.add('added');
    else if (!now) kinds.add('removed');
    else {
      const look = (attribute: string, one: unknown, other: unknown, kind: DiffKind): void => {
        if (show(one) === show(other)) return;
        kinds.add(kind);
        changes.push({ attribute, before: show(one), after: show(other) });
      };
      if (rule.on) {
        const [was, is] = [old[rule.on], now[rule.on]];
        look(
          rule.on,
          was,
          is,
          was === true && is === false ? 'disabled' : was === false && is === true ? 'enabled' : 'changed',
        );
      }
      for (const name of rule.names) look(name, old[name], now[name], 'renamed');
      for (const name of rule.plain) look(name, old[name], now[name], 'changed');
      const attributes = { ...(now['attributes'] as Plain | undefined) };
      // The world's accounts have one attribute that is a fixed property as well.
      delete attributes['userName'];
      for (const name of Object.keys(attributes).sort()) {
        const oldAttributes = old['attributes'] as Plain;
        if (name in oldAttributes) look(name, oldAttributes[name], attributes[name], 'changed');
      }
    }
    if (kinds.size === 0) continue;
    found.push({
      section: section as DiffSection,
      kinds: [...kinds],
      id,
      name: show(nameOf[section]?.(item)) ?? id,
      detail: show(item[detailOf[section] ?? '']),
      changes,
      seenAt: '',
    });
  }
  return found;
};

/** The name as it was at the end, else as it was last seen by then; of somebody who was never seen, the id. */
const nameIn = (earlier: readonly CopiedRun[], id: string): string => {
  for (const { lists } of earlier.toReversed()) {
    const user = lists.users.get(id);
    if (user) return user.displayName ?? user.userPrincipalName ?? id;
    const account = lists['scim-users'].get(id);
    if (account) return account.displayName ?? account.userName ?? id;
    const group = lists.groups.get(id) ?? lists['scim-groups'].get(id);
    if (group) return group.displayName ?? id;
  }
  return id;
};

const memberPairs = (run: CopiedRun, section: DiffSection): Map<string, { group: string; member: string }> => {
  const pairs = new Map<string, { group: string; member: string }>();
  if (section === 'group-members') {
    for (const { groupId, userIds, groupIds } of run.lists['group-members'].values()) {
      for (const member of [...userIds, ...groupIds]) pairs.set(`${groupId} ${member}`, { group: groupId, member });
    }
  } else {
    for (const { id, memberIds } of run.lists['scim-groups'].values()) {
      for (const member of memberIds ?? []) pairs.set(`${id} ${member}`, { group: id, member });
    }
  }
  return pairs;
};

const compareMembers = (
  section: DiffSection,
  from: CopiedRun,
  to: CopiedRun,
  earlier: readonly CopiedRun[],
): Difference[] => {
  const [before, after] = [memberPairs(from, section), memberPairs(to, section)];
  const describe = (key: string, kind: DiffKind): Difference => {
    const { group, member } = (after.get(key) ?? before.get(key)) as { group: string; member: string };
    return {
      section,
      kinds: [kind],
      id: member,
      name: nameIn(earlier, member),
      detail: nameIn(earlier, group),
      changes: [],
      seenAt: '',
    };
  };
  return [
    ...[...after.keys()].filter((key) => !before.has(key)).map((key) => describe(key, 'added')),
    ...[...before.keys()].filter((key) => !after.has(key)).map((key) => describe(key, 'removed')),
  ];
};

const compareFindings = (from: CopiedRun, to: CopiedRun): Difference[] => {
  const [before, after] = [from, to].map(({ findings }) => new Map(findings.map((one) => [one.id, one]))) as [
    Map<string, Finding>,
    Map<string, Finding>,
  ];
  const found: Difference[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(id), after.get(id)];
    const isThere = now?.state === 'open' || now?.state === 'pending';
    let kind: DiffKind | null = null;
    if (old?.state === 'open') kind = isThere ? 'still-open' : 'resolved';
    else if (now?.state === 'open') kind = 'opened';
    if (kind === null) continue;
    const finding = (kind === 'resolved' ? old : now) as Finding;
    found.push({
      section: 'findings',
      kinds: [kind],
      id,
      name: finding.subject.name,
      detail: finding.attribute ?? null,
      changes:
        kind === 'still-open' ? [] : [{ attribute: 'state', before: old?.state ?? null, after: now?.state ?? null }],
      seenAt: '',
    });
  }
  return found;
};

/**
 * Everything that differs between two full copies, in no order.
 *
 * @param earlier every run until the second one, which is the last of them
 */
export const slowDifferences = (from: CopiedRun, to: CopiedRun, earlier: readonly CopiedRun[]): Difference[] => [
  ...Object.keys(rules).flatMap((section) => compareObjects(section, from, to)),
  ...compareMembers('group-members', from, to, earlier),
  ...compareMembers('target-group-members', from, to, earlier),
  ...compareFindings(from, to),
];
