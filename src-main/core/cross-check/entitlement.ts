import type { Assignment } from '../model/directory.ts';
import type { CrossCheckInput } from './input.ts';
import type { GroupRecord, PersonRecord } from './records.ts';

/** Whether everyone is entitled, and whether that had to be taken for granted. findings.md 4. */
export interface ScopeMode {
  everyone: boolean;
  assumed: boolean;
}

/** From the job settings when they say it, else from what the log shows, else "assigned only" is taken. */
export const decideScopeMode = ({
  settings,
  scopeHints,
}: Pick<CrossCheckInput, 'settings' | 'scopeHints'>): ScopeMode => {
  const word = settings?.SyncAll?.trim().toLowerCase();
  if (word === 'true' || word === 'false') return { everyone: word === 'true', assumed: false };
  if (scopeHints.syncAll > 0 && scopeHints.assignedOnly === 0) return { everyone: true, assumed: false };
  return { everyone: false, assumed: scopeHints.assignedOnly === 0 || scopeHints.syncAll > 0 };
};

const newer = (one: Assignment | null, other: Assignment): Assignment =>
  one === null || (other.createdAt ?? '') > (one.createdAt ?? '') ? other : one;

/**
 * Marks who is entitled by assignment: directly, or as a direct member of an assigned, security-enabled group. Where a
 * group does not say whether it is security-enabled, its members' entitlement is unknown. provisioning-semantics.md 2.
 */
export const markEntitled = (
  assignments: readonly Assignment[],
  people: ReadonlyMap<string, PersonRecord>,
  groups: ReadonlyMap<string, GroupRecord>,
): void => {
  for (const assignment of assignments) {
    const person = people.get(assignment.principalId);
    if (person) {
      person.entitled = 'yes';
      person.assignment = newer(person.assignment, assignment);
      continue;
    }
    const group = groups.get(assignment.principalId);
    if (group) group.assignment = newer(group.assignment, assignment);
  }
  for (const group of groups.values()) {
    const { assignment } = group;
    const { securityEnabled } = group.group;
    if (!assignment || securityEnabled === false) continue;
    for (const person of group.members) {
      if (securityEnabled === null) {
        if (person.entitled === 'no') person.entitled = 'unknown';
        continue;
      }
      person.entitled = 'yes';
      const chosen = newer(person.assignment, assignment);
      if (chosen === assignment) {
        person.assignment = assignment;
        person.through = group;
      }
    }
  }
};
