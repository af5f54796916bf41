import { evidence } from '../investigation/case-base.ts';
import { counted, isWhole, listNames, notCheckable, right, rightAlready, wrong, type CheckRule } from './check-rule.ts';
import type { AssignedGroup } from './facts.ts';

const everyone = 'Provisioning covers everyone in the directory, so nobody has to be assigned.';

const exist: CheckRule = {
  id: 'assignments-exist',
  needs: ['assignments'],
  decide(facts) {
    const users = facts.assignments.filter(({ principalType }) => principalType === 'User').length;
    const groups = facts.assignments.filter(({ principalType }) => principalType === 'Group').length;
    if (facts.scopeMode.everyone && !facts.scopeMode.assumed) {
      return right(everyone, evidence('job-settings', null, 'The scope of the job is "Sync all users and groups".'));
    }
    if (users + groups > 0) {
      return rightAlready(
        `${counted(groups, 'group')} and ${counted(users, 'user')} are assigned to the application.`,
        evidence(
          'assignments',
          facts.connection.servicePrincipalId,
          `${counted(facts.assignments.length, 'assignment')} in all.`,
        ),
      );
    }
    if (!isWhole(facts, 'assignments'))
      return notCheckable('The assignments could not be read whole; none was among what was read.');
    const others = facts.assignments.length;
    return wrong(
      others === 0
        ? 'Nobody is assigned to the application, so nobody is provisioned.'
        : 'Neither users nor groups are assigned to the application, only other applications: nobody is provisioned.',
      'Assign the groups or users who should have an account under "Users and groups" of the enterprise application.',
      evidence('assignments', facts.connection.servicePrincipalId, `${counted(others, 'assignment')} in all.`),
    );
  },
};

const nameOf = ({ assignment, group }: AssignedGroup): string =>
  `"${group?.displayName ?? assignment.principalName ?? assignment.principalId}"`;

/** Provisioning reads direct members of security-enabled groups alone. provisioning-semantics.md 2. */
const usable: CheckRule = {
  id: 'assignments-usable',
  needs: ['assignments', 'groups'],
  decide(facts) {
    const { assignedGroups } = facts;
    if (facts.scopeMode.everyone && !facts.scopeMode.assumed) return right(everyone);
    if (assignedGroups.length === 0) {
      return facts.assignments.length === 0
        ? notCheckable('No group is assigned, so there is none to look at.')
        : right('Only single users are assigned; there is no group that could be misread.');
    }
    const open = assignedGroups.filter(({ group }) => group?.securityEnabled === false);
    const nesting = assignedGroups.filter(({ nestedGroupNames }) => (nestedGroupNames?.length ?? 0) > 0);
    const gone = isWhole(facts, 'groups') ? assignedGroups.filter(({ group }) => group === null) : [];
    const unknown = assignedGroups.filter(
      ({ group, nestedGroupNames }) =>
        (group === null && !isWhole(facts, 'groups')) ||
        (group !== null && (group.securityEnabled === null || nestedGroupNames === null)),
    );
    const found = [
      ...open.map((one) =>
        evidence(
          'groups',
          one.assignment.principalId,
          `${nameOf(one)} is not security-enabled; its members get no account through it.`,
        ),
      ),
      ...nesting.map((one) =>
        evidence(
          'groups',
          one.assignment.principalId,
          `${nameOf(one)} contains ${counted(one.nestedGroupNames?.length ?? 0, 'group')} (${listNames(one.nestedGroupNames ?? [])}); people who are only in there get no account.`,
        ),
      ),
      ...gone.map((one) =>
        evidence('assignments', one.assignment.id, `${nameOf(one)} is assigned, but does not exist any more.`),
      ),
    ];
    if (found.length > 0) {
      const parts = [
        ...(nesting.length > 0 ? [`${counted(nesting.length, 'group')} with groups inside`] : []),
        ...(open.length > 0 ? [`${counted(open.length, 'group')} not security-enabled`] : []),
        ...(gone.length > 0 ? [`${counted(gone.length, 'group')} that ${gone.length === 1 ? 'is' : 'are'} gone`] : []),
      ];
      return wrong(
        `Of ${counted(assignedGroups.length, 'assigned group')}, provisioning cannot use all: ${listNames(parts)}.`,
        'Assign the inner groups themselves or make their people direct members, and replace groups that are not security-enabled by ones that are.',
        ...found,
      );
    }
    if (unknown.length > 0) {
      return notCheckable(
        `${counted(unknown.length, 'assigned group')} could not be read whole: ${listNames(unknown.map(nameOf))}.`,
      );
    }
    return right(
      `Provisioning can read ${assignedGroups.length === 1 ? 'the assigned group' : `all ${String(assignedGroups.length)} assigned groups`}: security-enabled, and no group inside.`,
      ...assignedGroups
        .slice(0, 5)
        .map((one) =>
          evidence(
            'groups',
            one.assignment.principalId,
            `${nameOf(one)} has ${counted(one.userCount ?? 0, 'direct member')}.`,
          ),
        ),
    );
  },
};

/** Who is assigned, and whether provisioning can read it. */
export const assignmentChecks: readonly CheckRule[] = [exist, usable];
