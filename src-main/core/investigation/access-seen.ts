import type { AccessSeen, GroupOnWay, MembershipWay } from '../../contract/models/investigation.ts';
import { readUserAttribute } from '../mapping/directory-attribute.ts';
import { clausesSeen } from './clause-evidence.ts';
import type { PersonCase } from './person-case.ts';

/** More ways than anybody looks at. */
const waysShown = 20;

/** Where a way ends; only direct members of assigned security groups have access. provisioning-semantics.md 2. */
const whereBroken = (groups: readonly GroupOnWay[]): MembershipWay['broken'] => {
  const last = groups.at(-1);
  // Directly assigned.
  if (!last) return null;
  if (groups.length > 1) return { link: 1, why: 'nested' };
  if (!last.assigned) return { link: 1, why: 'not-assigned' };
  if (last.securityEnabled === true) return null;
  return { link: 1, why: last.securityEnabled === false ? 'not-security-enabled' : 'not-known' };
};

/** Ways that give access, then those that lead to an assignment and break before it, then the shortest. */
const rankOf = ({ groups, broken }: MembershipWay): number => {
  if (broken === null) return 0;
  return groups.at(-1)?.assigned ? groups.length : 100 + groups.length;
};

/**
 * By which ways a person would have access to UNIFI, where each of them ends, and how every clause of the scoping
 * filters went. Undefined for somebody whom Entra does not know.
 */
export const accessSeen = (person: PersonCase): AccessSeen | undefined => {
  const { facts, record, user, mode, mapping } = person;
  if (!record || !user) return undefined;
  const isAssigned = (id: string): boolean => facts.assignments.some(({ principalId }) => principalId === id);
  const known = new Map(facts.groups.map(({ id, group }) => [id, group]));
  const onWay = (id: string): GroupOnWay => {
    const group = known.get(id) ?? null;
    return {
      id,
      name: group?.displayName ?? null,
      securityEnabled: group?.securityEnabled ?? null,
      dynamic: group?.groupTypes.includes('DynamicMembership') ?? false,
      assigned: isAssigned(id),
    };
  };
  const chains = [
    ...(isAssigned(user.id) ? [[]] : []),
    ...facts.groups
      // A nested group matters where UNIFI is assigned to it; the others say no more than those inside them.
      .filter(({ id, through }) => through.length === 0 || isAssigned(id))
      .map(({ id, through }) => [...through, id].map(onWay)),
  ];
  // What ends at a group that is not assigned is told already by a longer way that begins with it.
  const isTold = (groups: readonly GroupOnWay[]): boolean =>
    groups.length === 1 &&
    !groups[0]?.assigned &&
    chains.some((other) => other.length > 1 && other[0]?.id === groups[0]?.id);
  const ways = chains
    .filter((groups) => !isTold(groups))
    .map((groups): MembershipWay => ({ groups, broken: whereBroken(groups) }))
    .sort((one, other) => rankOf(one) - rankOf(other));
  return {
    everyone: mode.everyone,
    ways: ways.slice(0, waysShown),
    wayCount: ways.length,
    clauses: clausesSeen(mapping, record, (name) => readUserAttribute(name, { inExpression: true })).map(
      ({ clause }) => clause,
    ),
  };
};
