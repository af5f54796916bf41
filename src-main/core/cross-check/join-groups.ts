import { isUnknown, type Read } from '../mapping/evaluated.ts';
import type { DirectoryGroup } from '../model/directory.ts';
import type { MemberTable } from '../model/members.ts';
import type { TargetGroupHead } from '../model/target.ts';
import { matchKey, normalText } from './compare-text.ts';
import type { TargetLink } from './input.ts';
import { groupKinds, inScopeKinds } from './kinds.ts';
import type { GroupRecord, JoinedBy, PersonRecord, TargetGroupRecord } from './records.ts';
import { comparable, type Rules } from './rules.ts';

/** The groups of Entra with their direct user members; ids of users who are in no list are left out. */
export const createGroups = (
  groups: readonly DirectoryGroup[],
  members: MemberTable,
  people: ReadonlyMap<string, PersonRecord>,
): Map<string, GroupRecord> => {
  const records = new Map<string, GroupRecord>();
  for (const group of groups) {
    records.set(group.id, {
      group,
      members: [],
      assignment: null,
      scope: 'unknown',
      nameKey: null,
      link: null,
      target: null,
      further: [],
      joinedBy: null,
      undecided: 0,
    });
  }
  const personAt = members.ids.map((id) => people.get(id) ?? null);
  for (const { groupId, places } of members.groups) {
    const record = records.get(groupId);
    if (!record || !places) continue;
    for (let index = 0; index < places.length; index += 1) {
      const person = personAt[places[index] ?? -1];
      if (person) record.members.push(person);
    }
  }
  return records;
};

export interface JoinedGroups {
  targets: TargetGroupRecord[];
  targetById: Map<string, TargetGroupRecord>;
  /** By the key of the name; of groups in scope only. */
  inScopeByName: Map<string, GroupRecord[]>;
  /** Every group of Entra that is known, by the key of its name. */
  byName: Map<string, GroupRecord[]>;
  byExternalId: Map<string, GroupRecord[]>;
  /** Newest link of each target group, whatever became of the Entra group. */
  linkByTarget: Map<string, TargetLink>;
}

const addTo = <K, T>(index: Map<K, T[]>, key: K, item: T): void => {
  const present = index.get(key);
  if (present) present.push(item);
  else index.set(key, [item]);
};

const known = (read: Read<DirectoryGroup> | null, group: DirectoryGroup): string | null => {
  const value = read ? comparable(read(group)) : null;
  return isUnknown(value) ? null : value;
};

const decideScope = (record: GroupRecord, rules: NonNullable<Rules['group']>, everyone: boolean): void => {
  const { group } = record;
  if (group.securityEnabled === false) record.scope = 'not-security';
  else if (group.securityEnabled === null) record.scope = 'unknown';
  else if (!everyone && !record.assignment) record.scope = 'not-entitled';
  else if (!rules.enabled) record.scope = 'unmapped';
  else {
    const passes = rules.scope(group);
    const early = rules.inputFilter(group);
    if (passes === 'fail') record.scope = 'not-entitled';
    else record.scope = passes === 'pass' && early === 'pass' ? 'in-scope' : 'unknown';
  }
  if (record.scope === 'unknown') record.undecided = inScopeKinds | groupKinds;
};

/** Joins groups of both sides: by link, then display name, then `externalId`. findings.md 3. */
export const joinGroups = (
  rules: NonNullable<Rules['group']>,
  lists: {
    groups: ReadonlyMap<string, GroupRecord>;
    targetGroups: readonly TargetGroupHead[];
    links: readonly TargetLink[];
    everyoneEntitled: boolean;
  },
): JoinedGroups => {
  const targets: TargetGroupRecord[] = [];
  const targetById = new Map<string, TargetGroupRecord>();
  const targetsByName = new Map<string, TargetGroupRecord[]>();
  const targetsByExternalId = new Map<string, TargetGroupRecord[]>();
  for (const group of lists.targetGroups) {
    if (targetById.has(group.id)) continue;
    const record: TargetGroupRecord = { group, holders: [], furtherOf: null, undecided: 0 };
    targets.push(record);
    targetById.set(group.id, record);
    const name = matchKey(group.displayName ?? '');
    if (name !== '') addTo(targetsByName, name, record);
    if (group.externalId) addTo(targetsByExternalId, normalText(group.externalId), record);
  }

  const linkByTarget = new Map<string, TargetLink>();
  for (const link of lists.links) {
    const record = lists.groups.get(link.sourceId);
    if (record && (!record.link || record.link.at < link.at)) record.link = link;
    const present = linkByTarget.get(link.targetId);
    if (targetById.has(link.targetId) && (!present || present.at < link.at)) linkByTarget.set(link.targetId, link);
  }

  const byName = new Map<string, GroupRecord[]>();
  const byExternalId = new Map<string, GroupRecord[]>();
  const inScopeByName = new Map<string, GroupRecord[]>();
  for (const record of lists.groups.values()) {
    decideScope(record, rules, lists.everyoneEntitled);
    const name = known(rules.displayName, record.group);
    if (name !== null) {
      record.nameKey = matchKey(name);
      addTo(byName, record.nameKey, record);
      if (record.scope === 'in-scope') addTo(inScopeByName, record.nameKey, record);
    }
    const external = known(rules.externalId, record.group);
    if (external !== null) addTo(byExternalId, external, record);
  }

  const candidatesOf = (record: GroupRecord): { found: TargetGroupRecord[]; joinedBy: JoinedBy } => {
    const linked = record.link && targetById.get(record.link.targetId);
    const named = record.nameKey === null ? [] : (targetsByName.get(record.nameKey) ?? []);
    const external = known(rules.externalId, record.group);
    const identified = external === null ? [] : (targetsByExternalId.get(external) ?? []);
    // Of several with the name: the one that carries this group's id, then the smallest id of its own.
    const isOwn = (target: TargetGroupRecord): number => Number(identified.includes(target));
    const sorted = [...named].sort(
      (one, other) => isOwn(other) - isOwn(one) || (one.group.id < other.group.id ? -1 : 1),
    );
    const found = [
      ...new Set([
        ...(linked ? [linked] : []),
        ...sorted,
        ...identified.toSorted((one, other) => (one.group.id < other.group.id ? -1 : 1)),
      ]),
    ];
    if (linked) return { found, joinedBy: 'link' };
    return { found, joinedBy: named.length > 0 ? 'match-value' : 'external-id' };
  };
  const inScope = [...lists.groups.values()].filter(({ scope }) => scope === 'in-scope');
  const further = new Map<GroupRecord, TargetGroupRecord[]>();
  for (const record of inScope) {
    const { found, joinedBy } = candidatesOf(record);
    const [first, ...rest] = found;
    if (!first) continue;
    record.target = first;
    record.joinedBy = joinedBy;
    first.holders.push(record);
    further.set(record, rest);
  }
  for (const [record, rest] of further) {
    record.further = rest.filter((target) => target.holders.length === 0);
    for (const target of record.further) target.furtherOf ??= record;
  }
  return { targets, targetById, inScopeByName, byName, byExternalId, linkByTarget };
};
