import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { Verdict } from '../../contract/models/investigation.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { is } from '../health/job-facts.ts';
import { evidence } from './case-base.ts';
import { groupMappingOn } from './group-rules.ts';
import { jobRules } from './job-rules.ts';
import { noRow, rowEvidence, rowVerdict } from './log-rules.ts';
import { cameBack, removedThere } from './lost-member-rules.ts';
import type { MemberCase } from './member-case.ts';
import { unexplainedAbsence } from './unexplained.ts';
import { cause, ruledOut, type Rule } from './rule.ts';
import { isUnseen } from './standstill.ts';

const directMember: Rule<MemberCase> = {
  id: 'M1',
  title: 'Is the person a direct member of the group in Entra?',
  needs: ['groups'],
  decide(subject) {
    const { facts, person, group, nested } = subject;
    if (facts.isDirect)
      return ruledOut(evidence('groups', group.group?.id, 'A direct member in Entra.', facts.directSince));
    const named = (id: string): string =>
      `"${person.facts.groups.find((one) => one.id === id)?.group?.displayName ?? id}"`;
    const inner = nested?.[0];
    if (nested === null || inner === undefined) {
      return cause(
        {
          cause: 'M1',
          sentence: `${subject.complaint} because the person is not a member of the group in Entra.`,
          steps: [
            `If ${person.name} should be in the group, add the person to it in Entra.`,
            'Wait for the next provisioning cycle.',
          ],
        },
        evidence('groups', group.group?.id, 'Neither a direct member, nor a member of a group inside of it.'),
      );
    }
    return cause(
      {
        cause: 'M1',
        sentence: `${subject.complaint} because the person is only in ${named(inner)}, which is nested in it; Entra does not provision nested members.`,
        words: { inner: named(inner) },
      },
      ...[...nested, group.group?.id ?? ''].map((id, index) =>
        evidence(
          'groups',
          id,
          `${index === 0 ? `${person.name} is a direct member of` : 'which is a member of'} ${named(id)}.`,
        ),
      ),
    );
  },
};

/** M2: the cause lies with the person; `own` is what is found about the person alone. */
const ownAccount = (own: Verdict): Rule<MemberCase> => ({
  id: 'M2',
  title: "Is the member's own account in UNIFI?",
  needs: ['users', 'scim-users'],
  decide(subject) {
    const { person } = subject;
    const found = evidence('scim-users', person.account?.id, own.sentence, person.account?.lastModifiedAt ?? null);
    if (person.target === 'absent' || (person.source !== 'in-scope' && person.source !== 'unknown')) {
      const state = person.target === 'absent' ? 'has no account there' : 'is not meant to be active there';
      return cause(
        {
          cause: 'M2',
          sentence: `${subject.complaint} because the person ${state}: ${own.sentence}`,
          certainty: own.certainty,
          ...(own.cause === null ? {} : { actor: own.actor, steps: own.steps }),
          ...(own.expectedBy === undefined ? {} : { expectedBy: own.expectedBy }),
        },
        found,
      );
    }
    return ruledOut(found);
  },
});

const membersTold: Rule<MemberCase> = {
  id: 'M5',
  title: 'Does UNIFI name the members of the group?',
  needs: ['scim-groups'],
  decide(subject) {
    const { target } = subject.group;
    if (target?.memberCount !== null)
      return ruledOut(evidence('scim-groups', target?.id, `UNIFI names ${target?.memberCount ?? 0} members.`));
    return cause(
      {
        cause: 'M5',
        sentence: `Whether ${subject.person.name} is in ${subject.group.name} in UNIFI cannot be told, because UNIFI answers for this group without its members.`,
      },
      evidence('scim-groups', target.id, 'UNIFI gives neither in its list nor for the group alone who is in it.'),
    );
  },
};

const isReference = (row: LogRowDetail): boolean =>
  is(row.errorCode ?? '', 'unabletoresolvereferenceattributevalue') ||
  row.steps.some(({ type, status }) => is(type, 'referenceresolution') && status === 'failure');

/** The newest row about this membership, when it failed; not one from before a change that the job has not seen. */
const failedRow = (subject: MemberCase): LogRowDetail | null => {
  const [row] = subject.memberRows;
  if (isUnseen(subject, subject.membershipEvents[0]?.at)) return null;
  return row?.status === 'failure' || row?.status === 'warning' ? row : null;
};

const noFailure = (subject: MemberCase) =>
  ruledOut(
    evidence('provisioning-log', subject.memberRows[0]?.id, 'No row of the group failed because of this member last.'),
  );

const unresolved: Rule<MemberCase> = {
  id: 'M3',
  title: 'Could Entra not resolve the member?',
  needs: ['provisioning-log'],
  decide(subject) {
    const row = failedRow(subject);
    if (!row || !isReference(row)) return noFailure(subject);
    const moment = describeMoment(timeOf(row.at) ?? subject.nowMs, subject.nowMs);
    return cause(
      {
        cause: 'M3',
        sentence: `${subject.complaint} because Entra could not find the account of the person when it wrote the members on ${moment}.`,
      },
      rowEvidence(row),
    );
  },
};

/** M8: the change of this membership was refused. */
export const memberRefused: Rule<MemberCase> = {
  id: 'M8',
  title: 'Was the change of the membership refused?',
  needs: ['provisioning-log'],
  decide(subject) {
    const row = failedRow(subject);
    if (!row || isReference(row)) return noFailure(subject);
    return cause(rowVerdict(subject, 'M8', row), rowEvidence(row));
  },
};

/** Why a member is not in the group in UNIFI. provisioning-semantics.md 10, "member missing" and "extra member". */
export const missingMemberRules = (own: Verdict): readonly Rule<MemberCase>[] => [
  directMember,
  ownAccount(own),
  ...jobRules,
  { ...groupMappingOn, decide: (subject) => groupMappingOn.decide(subject.group) },
  membersTold,
  unresolved,
  memberRefused,
  cameBack,
  removedThere,
  noRow,
  unexplainedAbsence,
];
