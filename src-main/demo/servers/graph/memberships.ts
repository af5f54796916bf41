import type { DemoWorld, Json } from '../../world.ts';

export interface Memberships {
  /** Members of a group and of all groups inside it, each once. */
  transitiveMembers(groupId: string): Json[];
  /** Groups that name a user or group as a direct member. */
  memberOf(id: string): Json[];
  transitiveMemberOf(id: string): Json[];
}

const idOf = (item: Json): string => String(item['id']);
const isGroup = (item: Json): boolean => item['@odata.type'] === '#microsoft.graph.group';
const typed = (group: Json): Json => ({ '@odata.type': '#microsoft.graph.group', ...group });

/** Nested memberships. The reverse index is built when it is first asked for, once per moment of the simulation. */
export const createMemberships = (world: DemoWorld): Memberships => {
  let index: { nowMs: number; groups: Map<string, string[]> } | null = null;

  const reverse = (): Map<string, string[]> => {
    if (index?.nowMs === world.nowMs) return index.groups;
    const groups = new Map<string, string[]>();
    for (const group of world.directory.groups()) {
      for (const member of world.directory.members(idOf(group))) {
        const list = groups.get(idOf(member)) ?? [];
        list.push(idOf(group));
        groups.set(idOf(member), list);
      }
    }
    index = { nowMs: world.nowMs, groups };
    return groups;
  };

  const asGroups = (ids: Iterable<string>): Json[] =>
    [...ids].flatMap((id) => {
      const group = world.directory.group(id);
      return group ? [typed(group)] : [];
    });

  return {
    transitiveMembers(groupId) {
      const found = new Map<string, Json>();
      const waiting = [groupId];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        for (const member of world.directory.members(id)) {
          if (found.has(idOf(member))) continue;
          found.set(idOf(member), member);
          if (isGroup(member)) waiting.push(idOf(member));
        }
      }
      found.delete(groupId);
      return [...found.values()];
    },
    memberOf: (id) => asGroups(reverse().get(id) ?? []),
    transitiveMemberOf(id) {
      const found = new Set<string>();
      const waiting = [id];
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
        for (const groupId of reverse().get(one) ?? []) {
          if (found.has(groupId)) continue;
          found.add(groupId);
          waiting.push(groupId);
        }
      }
      return asGroups(found);
    },
  };
};
