import { readUserAttribute } from '../mapping/directory-attribute.ts';
import { isEmpty, isUnknown, textOf } from '../mapping/evaluated.ts';
import { describeDay, timeOf } from '../health/describe-time.ts';
import { evidence } from './case-base.ts';
import { clausesSeen } from './clause-evidence.ts';
import { everythingRead } from './path-notes.ts';
import type { PersonCase } from './person-case.ts';
import { jobRules } from './job-rules.ts';
import { lastAttempt, noRow, silentSuccess } from './log-rules.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';
import { unexplainedAbsence } from './unexplained.ts';

const dayMs = 86_400_000;
/** For so long a deleted user can be restored. provisioning-semantics.md 4. */
const restorableDays = 30;

const groupName = (group: PersonCase['facts']['groups'][number]): string => `"${group.group?.displayName ?? group.id}"`;

const existence: Rule<PersonCase> = {
  id: 'A2',
  title: 'Does the person exist in Entra?',
  needs: ['users', 'deleted-users'],
  decide(person) {
    const { user, name, facts, nowMs } = person;
    if (person.existence === 'present') return ruledOut(evidence('users', user?.id, 'Entra lists the user.'));
    if (person.existence === 'soft-deleted') {
      const at = timeOf(user?.deletedAt);
      const day = at === null ? '' : ` on ${describeDay(at, nowMs)}`;
      const until =
        at === null ? '' : `, and can be restored there until ${describeDay(at + restorableDays * dayMs, nowMs)}`;
      return cause(
        {
          cause: 'A2-soft-deleted',
          sentence: `${name} is not in UNIFI because the person was deleted in Entra${day}${until}.`,
        },
        evidence('deleted-users', user?.id, 'Entra lists the user as deleted.', user?.deletedAt ?? null),
      );
    }
    const gone = facts.formerUser?.goneAt ?? null;
    return cause(
      {
        cause: 'A2-not-found',
        sentence:
          person.existence === 'none'
            ? `${name} is not in UNIFI any more, and Entra never had such a person: the account was made in UNIFI itself.`
            : `${name} is not in UNIFI because Entra has no such person any more.`,
      },
      evidence('users', person.person.id, 'Neither the users nor the deleted users of Entra name this person.', gone),
    );
  },
};

const createFlow: Rule<PersonCase> = {
  id: 'A6',
  title: 'Does the job create users at all?',
  needs: ['schema'],
  decide(person) {
    const { mapping } = person;
    if (mapping?.enabled && mapping.flowTypes.add) {
      return ruledOut(evidence('schema', mapping.name, 'The mapping of users is on and creates accounts.'));
    }
    const why = mapping?.enabled
      ? 'the provisioning job does not create accounts: "Create" is switched off'
      : 'the provisioning job does not handle users: their mapping is switched off';
    return cause(
      {
        cause: 'A6',
        sentence: `${person.complaint} because ${why}.`,
      },
      evidence(
        'schema',
        mapping?.name,
        mapping ? 'The mapping of users creates no accounts.' : 'The job maps no users.',
      ),
    );
  },
};

const enabled: Rule<PersonCase> = {
  id: 'A7',
  title: 'Is the person enabled in Entra?',
  needs: ['users'],
  decide(person) {
    const { user, name } = person;
    if (user?.accountEnabled === true) return ruledOut(evidence('users', user.id, 'Sign-in is allowed.'));
    if (user?.accountEnabled !== false)
      return note(evidence('users', user?.id, 'Entra does not say whether sign-in is allowed.'));
    return cause(
      {
        cause: 'A7',
        sentence: `${name} is not in UNIFI because the person is disabled in Entra, and disabled people are never created.`,
      },
      evidence('users', user.id, 'Sign-in is blocked.'),
    );
  },
};

const isAssignment = /\b(?:assignment|member)\b/iu;

/** Whether the newest change is what entitles: an assignment or a membership. */
const isFreshEntitlement = ({ timing, record, facts, user }: PersonCase): boolean => {
  if (timing.state !== 'pending') return false;
  if (timing.evidence.length > 0) return timing.evidence.some(({ text }) => isAssignment.test(text));
  if (timing.changedAt === user?.createdAt) return false;
  return (
    record?.assignment?.createdAt === timing.changedAt ||
    facts.assignments.some(({ createdAt }) => createdAt === timing.changedAt)
  );
};

const entitlement: Rule<PersonCase> = {
  id: 'A8',
  title: 'Is the person assigned to UNIFI, directly or by direct membership of an assigned group?',
  needs: ['assignments', 'groups'],
  decide(person) {
    const { facts, name, user, record, mode, timing } = person;
    if (mode.everyone)
      return ruledOut(evidence('job-settings', null, 'The job provisions everybody, assigned or not.'));
    const assignedTo = (id: string) => facts.assignments.find(({ principalId }) => principalId === id);
    if (record?.entitled === 'yes') {
      const way = record.through
        ? `through the group "${record.through.group.displayName ?? record.through.group.id}"`
        : 'directly';
      const found = evidence(
        'assignments',
        record.assignment?.id,
        `Assigned ${way}.`,
        record.assignment?.createdAt ?? null,
      );
      if (!isFreshEntitlement(person)) return ruledOut(found);
      return cause(
        {
          cause: 'A8-too-recent',
          sentence: `${person.complaint} because the assignment was made only a moment ago; the account should be there by ${person.due}.`,
          ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
        },
        found,
        ...timing.evidence,
      );
    }
    if (record?.entitled === 'unknown') {
      return {
        outcome: 'blind',
        source: 'groups',
        evidence: [evidence('groups', null, 'An assigned group does not say whether it is a security group.')],
      };
    }
    const direct = facts.groups.find(({ id, through }) => through.length === 0 && assignedTo(id));
    if (direct) {
      return cause(
        {
          cause: 'A8-not-security-enabled',
          sentence: `${name} is not in UNIFI because the assigned group ${groupName(direct)} is not a security group; Entra provisions only members of security groups.`,
          words: { group: groupName(direct) },
        },
        evidence('groups', direct.id, `The group ${groupName(direct)} is assigned, and is not a security group.`),
      );
    }
    const nested = facts.groups.find(({ id, through }) => through.length > 0 && assignedTo(id));
    if (nested) {
      const inner = facts.groups.find(({ id }) => id === nested.through[0]) ?? nested;
      return cause(
        {
          cause: 'A8-nested-group',
          sentence: `${name} is not in UNIFI because the person is only in ${groupName(inner)}, which is nested in the assigned group ${groupName(nested)}; Entra does not provision nested members.`,
          words: { group: groupName(nested), inner: groupName(inner) },
        },
        ...[...nested.through, nested.id].map((id, index) => {
          const group = facts.groups.find((one) => one.id === id);
          const hop = index === 0 ? `${name} is a direct member of` : 'which is a member of';
          return evidence('groups', id, `${hop} ${group ? groupName(group) : id}.`);
        }),
      );
    }
    return cause(
      {
        cause: 'A8-not-assigned',
        sentence: `${name} is not in UNIFI because nobody assigned UNIFI to the person, neither directly nor through a group.`,
      },
      evidence('assignments', user?.id, "No assignment names the person or one of the person's groups."),
    );
  },
};

const scopingFilter: Rule<PersonCase> = {
  id: 'A9',
  title: 'Does the scoping filter let the person through?',
  needs: ['schema'],
  uses: ['provisioning-log'],
  decide(person) {
    const { record, name, rules, scopeSeen } = person;
    const clauses = record
      ? clausesSeen(person.mapping, record, (attribute) => readUserAttribute(attribute, { inExpression: true }))
      : [];
    const found = clauses.map((clause) => clause.evidence);
    const answer = record ? rules.user.scope(record) : 'unknown';
    if (answer === 'pass') return ruledOut(...found);
    if (scopeSeen?.passes) return ruledOut(scopeSeen.evidence, ...found);
    if (scopeSeen) {
      return cause(
        {
          cause: 'A9',
          sentence: `${name} is not in UNIFI because the scoping filter of the provisioning job left the person out when Entra last looked, on ${scopeSeen.moment}; the log says so, since the filter itself cannot be evaluated here.`,
          certainty: 'likely',
        },
        scopeSeen.evidence,
        ...found,
      );
    }
    if (answer === 'unknown') return note(...found);
    const values = [...new Set(clauses.filter((clause) => clause.answer === 'fail').map((clause) => clause.text))];
    return cause(
      {
        cause: 'A9',
        sentence: `${name} is not in UNIFI because the scoping filter of the provisioning job leaves the person out: ${values.join(', ')}.`,
      },
      ...found,
    );
  },
};

const matchValue: Rule<PersonCase> = {
  id: 'A10',
  title: 'Can Entra tell by which name to look for the account?',
  needs: ['schema', 'users'],
  decide(person) {
    const { rules, record, name, duplicate } = person;
    const values = record ? rules.user.matchers.map(({ attribute, read }) => ({ attribute, value: read(record) })) : [];
    const found = values.map(({ attribute, value }) =>
      evidence(
        'users',
        person.user?.id,
        `The value for ${attribute} ${isUnknown(value) ? `cannot be told: ${value.problem}` : isEmpty(value) ? 'is empty' : `is "${textOf(value)}"`}.`,
      ),
    );
    if (duplicate) {
      const others = duplicate.related.map((other) => other.name).join(', ');
      return cause(
        {
          cause: 'A10-duplicate',
          sentence: `${name} is missing in UNIFI because ${others === name ? `another person called ${name}` : others || 'somebody else'} has the same user name once Entra has translated it, and the account belongs to that person.`,
        },
        ...found,
        ...duplicate.evidence,
      );
    }
    if (values.some(({ value }) => isUnknown(value))) return note(...found);
    if (values.some(({ value }) => !isUnknown(value) && !isEmpty(value))) return ruledOut(...found);
    return cause(
      {
        cause: 'A10-missing',
        sentence: `${name} is missing in UNIFI because the person has no value in Entra from which the user name is made.`,
      },
      ...found,
    );
  },
};

/** Tree A: why somebody has no account. provisioning-semantics.md 8. */
export const missingRules: readonly Rule<PersonCase>[] = [
  everythingRead,
  existence,
  ...jobRules,
  createFlow,
  enabled,
  entitlement,
  scopingFilter,
  matchValue,
  lastAttempt,
  silentSuccess('scim-users'),
  noRow,
  unexplainedAbsence,
];
