import { readGroupAttribute } from '../mapping/directory-attribute.ts';
import { describeDay, timeOf } from '../health/describe-time.ts';
import { evidence } from './case-base.ts';
import { clausesSeen } from './clause-evidence.ts';
import type { GroupCase } from './group-case.ts';
import { jobRules } from './job-rules.ts';
import { lastAttempt, latestRow, noRow, rowEvidence, rowVerdict, silentSuccess } from './log-rules.ts';
import { everythingRead } from './path-notes.ts';
import { unexplainedAbsence } from './unexplained.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';

const groupExists: Rule<GroupCase> = {
  id: 'A2',
  title: 'Does Entra have the group?',
  // Which groups are read follows from the assignments.
  needs: ['assignments', 'groups'],
  decide(subject) {
    const { group, existence, facts, nowMs } = subject;
    if (existence === 'present') return ruledOut(evidence('groups', group?.id, 'Entra lists the group.'));
    const gone = timeOf(facts.formerGroup?.goneAt);
    const since = gone === null ? '' : `; it was seen for the last time before ${describeDay(gone, nowMs)}`;
    return cause(
      {
        cause: 'A2-not-found',
        sentence: `${subject.complaint} because it is not among the groups that matter for UNIFI in Entra any more${since}.`,
        certainty: 'likely',
      },
      evidence(
        'groups',
        group?.id,
        'It is neither assigned, nor inside of an assigned group, nor behind a group of UNIFI.',
        facts.formerGroup?.goneAt ?? null,
      ),
    );
  },
};

/** G1: without a mapping of groups nothing about them is ever sent. provisioning-semantics.md 10. */
export const groupMappingOn: Rule<GroupCase> = {
  id: 'G1',
  title: 'Does the job handle groups?',
  needs: ['schema'],
  decide(subject) {
    const { mapping } = subject;
    if (mapping?.enabled) return ruledOut(evidence('schema', mapping.name, 'The mapping of groups is switched on.'));
    const why = mapping ? 'its mapping of groups is switched off' : 'it has no mapping of groups';
    return cause(
      {
        cause: 'G1',
        sentence: `${subject.complaint} because the provisioning job does not handle groups: ${why}.`,
      },
      evidence('schema', mapping?.name, mapping ? 'The mapping of groups is off.' : 'The job maps no groups.'),
    );
  },
};

const groupsCreated: Rule<GroupCase> = {
  id: 'A6',
  title: 'Does the job create groups?',
  needs: ['schema'],
  decide(subject) {
    const { mapping } = subject;
    if (!mapping || mapping.flowTypes.add)
      return ruledOut(evidence('schema', mapping?.name, 'The mapping of groups creates groups.'));
    return cause(
      {
        cause: 'A6',
        sentence: `${subject.complaint} because the provisioning job does not create groups: "Create" is switched off.`,
      },
      evidence('schema', mapping.name, 'The mapping of groups creates nothing.'),
    );
  },
};

/** G2: only assigned groups are provisioned. provisioning-semantics.md 2 and 10. */
export const groupAssigned: Rule<GroupCase> = {
  id: 'G2',
  title: 'Is the group assigned to UNIFI?',
  needs: ['assignments', 'groups'],
  decide(subject) {
    const { mode, isAssigned, facts, record, group, target } = subject;
    if (mode.everyone)
      return ruledOut(evidence('job-settings', null, 'The job provisions everything, assigned or not.'));
    if (isAssigned) {
      const { assignment } = record ?? {};
      return ruledOut(evidence('assignments', assignment?.id, 'The group is assigned.', assignment?.createdAt ?? null));
    }
    const outer = facts.holders.find(({ id }) => facts.assignments.some(({ principalId }) => principalId === id));
    const inside = outer ? `; it is only inside of the assigned group "${outer.group?.displayName ?? outer.id}"` : '';
    const sentence = target
      ? `${subject.complaint} although it is not assigned to UNIFI any more: Entra leaves such a group as it is.`
      : `${subject.complaint} because it is not assigned to UNIFI${inside}.`;
    return cause(
      { cause: 'G2', sentence },
      evidence('assignments', group?.id, 'No assignment of the application names the group.'),
    );
  },
};

const securityGroup: Rule<GroupCase> = {
  id: 'A8',
  title: 'Is it a security group?',
  needs: ['groups'],
  decide(subject) {
    const { group } = subject;
    if (group?.securityEnabled === true) return ruledOut(evidence('groups', group.id, 'It is a security group.'));
    if (group?.securityEnabled !== false)
      return note(evidence('groups', group?.id, 'Entra does not say whether it is a security group.'));
    return cause(
      {
        cause: 'A8-not-security-enabled',
        sentence: `${subject.complaint} because it is not a security group; Entra provisions security groups only.`,
        steps: [
          `Make a security group with the members of ${subject.words.group ?? 'the group'}, and assign that to UNIFI.`,
          'Wait for the next provisioning cycle.',
        ],
      },
      evidence('groups', group.id, 'It is not a security group.'),
    );
  },
};

/** G3: the scoping filter for groups. */
export const groupFilter: Rule<GroupCase> = {
  id: 'G3',
  title: 'Does the scoping filter let the group through?',
  needs: ['schema'],
  uses: ['provisioning-log'],
  decide(subject) {
    const { group, mapping, rules, scopeSeen } = subject;
    const clauses = group ? clausesSeen(mapping, group, readGroupAttribute) : [];
    const found = [...(scopeSeen ? [scopeSeen.evidence] : []), ...clauses.map((clause) => clause.evidence)];
    const passes = group && rules ? rules.scope(group) : 'unknown';
    const early = group && rules ? rules.inputFilter(group) : 'unknown';
    if (passes === 'pass' && early === 'pass') return ruledOut(...found);
    if (passes !== 'fail' && early !== 'fail') return note(...found);
    if (scopeSeen && early !== 'fail') {
      return cause(
        {
          cause: 'G3',
          sentence: `${subject.complaint} because the scoping filter for groups left it out when Entra last looked, on ${scopeSeen.moment}; the log says so, since the filter itself cannot be evaluated here.`,
          certainty: 'likely',
        },
        ...found,
      );
    }
    const values = [...new Set(clauses.filter(({ answer }) => answer === 'fail').map(({ text }) => text))];
    return cause(
      {
        cause: 'G3',
        sentence: `${subject.complaint} because the scoping filter for groups leaves it out: ${values.join(', ')}.`,
      },
      ...found,
    );
  },
};

const groupName: Rule<GroupCase> = {
  id: 'G4',
  title: 'Has the group a display name of its own?',
  needs: ['groups', 'schema'],
  decide(subject) {
    const { group, record, facts, mode, rules } = subject;
    if (record?.nameKey === null || (group && !record && !group.displayName)) {
      return cause(
        {
          cause: 'G4-missing',
          sentence: `${subject.complaint} because it has no display name in Entra, and UNIFI finds groups by their display name.`,
        },
        evidence('groups', group?.id, 'The display name is empty.'),
      );
    }
    const named = evidence('groups', group?.id, `The display name is "${group?.displayName ?? ''}".`);
    const shared = facts.namesakes.find(
      (other) =>
        (mode.everyone || other.assignment !== null) &&
        other.group.securityEnabled === true &&
        rules?.scope(other.group) === 'pass',
    );
    if (!shared) return ruledOut(named);
    return cause(
      {
        cause: 'G4-duplicate',
        sentence: `${subject.complaint} because another assigned group has the same display name, and the group in UNIFI belongs to that one.`,
      },
      named,
      evidence('groups', shared.group.id, `Another group in scope has this display name: ${shared.group.id}.`),
    );
  },
};

/** G5: what the log says about the last attempt to write the group. */
export const groupWritten: Rule<GroupCase> = {
  id: 'G5',
  title: 'Did the last attempt to write the group fail?',
  needs: ['provisioning-log'],
  decide(subject) {
    const row = latestRow(subject);
    if (row?.status !== 'failure')
      return ruledOut(evidence('provisioning-log', row?.id, 'The newest row about the group is no failure.'));
    return cause(rowVerdict(subject, 'G5', row), rowEvidence(row));
  },
};

/** Why a group is not in UNIFI. provisioning-semantics.md 10, "group missing". */
export const missingGroupRules: readonly Rule<GroupCase>[] = [
  everythingRead,
  groupExists,
  ...jobRules,
  groupMappingOn,
  groupsCreated,
  groupAssigned,
  securityGroup,
  groupFilter,
  groupName,
  groupWritten,
  lastAttempt,
  silentSuccess('scim-groups'),
  noRow,
  unexplainedAbsence,
];
