import { describeMoment, isoTime, timeOf } from '../health/describe-time.ts';
import { evidence } from './case-base.ts';
import { foreignChange } from './foreign-change.ts';
import { isInInitialCycle } from './initial-cycle.ts';
import { stoppedJobRule } from './job-rules.ts';
import { rowEvidence } from './log-rules.ts';
import { isRemoval, type MemberCase } from './member-case.ts';
import { memberRefused } from './member-rules.ts';
import { heldBack, notYet } from './removal-rules.ts';
import { unexplainedPresence } from './unexplained.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';

/** When the person was deleted in Entra, which lists such people as members of nothing without saying so. */
const deletedAt = ({ person }: MemberCase): string | null => {
  if (person.existence === 'present') return null;
  const { audit } = person.facts;
  const event =
    audit.findLast(({ activity }) => /^delete user\b/iu.test(activity)) ??
    audit.findLast(({ activity }) => /\bhard delete user\b/iu.test(activity));
  return person.user?.deletedAt ?? event?.at ?? null;
};

/** The newest moment at which the membership ended in Entra, ISO 8601; null: none is known. */
const leftAt = (subject: MemberCase): string | null => {
  const { membershipEvents, facts } = subject;
  const ends = [membershipEvents.find(isRemoval)?.at ?? facts.directUntil, deletedAt(subject)].map(timeOf);
  const known = ends.filter((ms) => ms !== null);
  return known.length === 0 ? null : isoTime(Math.max(...known));
};

const removedLately: Rule<MemberCase> = {
  id: 'M7',
  title: 'Was the membership taken away in Entra only a moment ago?',
  needs: ['audit'],
  decide(subject) {
    const { timing, membershipEvents, facts, job } = subject;
    const event = membershipEvents.find(isRemoval);
    const isDated = event !== undefined || facts.directUntil !== null;
    // The initial cycle takes longer than any other: when it ends, B13 tells.
    if (timing.state !== 'pending' || !isDated || isInInitialCycle(job))
      return ruledOut(evidence('audit', event?.id, 'No change of the last hours is known.', event?.at ?? null));
    return cause(
      {
        cause: 'M7',
        sentence: `${subject.complaint} because the membership was taken away in Entra only a moment ago; it should be gone by ${subject.due}.`,
        ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
      },
      ...(timing.evidence.length > 0
        ? timing.evidence
        : [evidence('audit', event?.id, 'The membership ended.', event?.at ?? facts.directUntil)]),
    );
  },
};

/** M6, the other way round: a member whom Entra never made one, or took away with success. */
const addedThere: Rule<MemberCase> = {
  id: 'M6',
  title: 'Was the member added in UNIFI itself?',
  needs: ['groups', 'scim-groups', 'provisioning-log', 'audit'],
  decide(subject) {
    const { membershipEvents, wroteOut: written, group, person, nowMs } = subject;
    const event = membershipEvents.find(isRemoval);
    const left = leftAt(subject);
    const leftMs = timeOf(left);
    const writtenMs = timeOf(written?.at);
    // Entra owes the removal of somebody who left the group, unless it has carried it out.
    if (leftMs !== null && !(writtenMs !== null && writtenMs >= leftMs))
      return note(evidence('audit', event?.id, 'The membership ended in Entra.', left));
    const held = evidence(
      'scim-groups',
      group.target?.id,
      'The person is among the members in UNIFI.',
      group.target?.lastModifiedAt ?? null,
    );
    const foreign = foreignChange(subject);
    if (leftMs === null && foreign === null) {
      const from = timeOf(subject.logFrom);
      const reach = from === null ? 'is empty' : `reaches back only to ${describeMoment(from, nowMs)}`;
      const instead = {
        why: `the provisioning log ${reach}, and the person came into the group before`,
        steps: [
          `Ask the UNIFI administrator whether somebody added ${person.name} to the group by hand.`,
          'If nobody did, have the person taken out, or restart provisioning, so that Entra writes the members anew.',
        ],
      };
      return { outcome: 'blind', source: 'provisioning-log', evidence: [held], instead };
    }
    const when = foreign === null ? '' : ` on ${describeMoment(foreign, nowMs)}`;
    const sentence =
      leftMs === null
        ? `${person.name} is in ${group.name} in UNIFI without being a member of it in Entra: somebody changed the members in UNIFI itself${when}`
        : `${subject.complaint} although Entra took the membership away: somebody put the person back in UNIFI itself${when}`;
    return cause(
      { cause: 'M6', sentence: `${sentence}; Entra does not notice such changes.`, certainty: 'likely' },
      ...(written ? [rowEvidence(written)] : []),
      held,
    );
  },
};

/** Why somebody is in a group in UNIFI who should not be. provisioning-semantics.md 10, "extra member". */
export const extraMemberRules: readonly Rule<MemberCase>[] = [
  stoppedJobRule,
  heldBack,
  removedLately,
  memberRefused,
  addedThere,
  notYet,
  unexplainedPresence('Have the person taken out of the group in UNIFI by hand.'),
];
