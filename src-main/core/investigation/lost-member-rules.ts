import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { describeMoment, isoTime, timeOf } from '../health/describe-time.ts';
import { evidence } from './case-base.ts';
import { foreignChange } from './foreign-change.ts';
import { rowEvidence } from './log-rules.ts';
import { isRemoval, type MemberCase } from './member-case.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';
import { isUnseen } from './standstill.ts';

const comesBack = /\b(?:restore user|enable account)\b/iu;

/** When the person was last seen to come back into scope: an event of the audit log, else a collection. */
const returnOf = ({ person, facts }: MemberCase): { at: string; ref: string | null; text: string } | null => {
  const event = person.facts.audit.findLast(({ activity }) => comesBack.test(activity));
  if (event) return { at: event.at, ref: event.id, text: `${event.activity}.` };
  return facts.returnedAt === null
    ? null
    : { at: facts.returnedAt, ref: null, text: 'A collection found the person in scope again.' };
};

/** When the membership was given for the last time, as far as the audit log tells. */
const givenAt = ({ membershipEvents }: MemberCase): string | null =>
  membershipEvents.find((event) => !isRemoval(event))?.at ?? null;

/** Since when Entra owes the membership, epoch milliseconds: it was given, or the person came back; null: nobody knows. */
const owedSince = (subject: MemberCase): number | null => {
  const moments = [timeOf(givenAt(subject)), timeOf(returnOf(subject)?.at)].filter((ms) => ms !== null);
  return moments.length === 0 ? null : Math.max(...moments);
};

/** What shows that UNIFI had the member whom Entra owes it: a success in the log, or a collection that saw it. */
const hadMember = (subject: MemberCase): { row: LogRowDetail | null } | null => {
  const { wroteIn, wroteOut, facts } = subject;
  const owedMs = owedSince(subject) ?? 0;
  const writtenMs = timeOf(wroteIn?.at);
  // What Entra took out itself nobody else did.
  if ((timeOf(wroteOut?.at) ?? 0) > (writtenMs ?? 0)) return null;
  if (writtenMs !== null && writtenMs >= owedMs) return { row: wroteIn };
  const listedMs = timeOf(facts.listedUntil);
  return listedMs !== null && listedMs >= owedMs ? { row: null } : null;
};

/** M4: Entra leaves people who return out of their groups. provisioning-semantics.md 1, "reactivation of group membership". */
export const cameBack: Rule<MemberCase> = {
  id: 'M4',
  title: 'Did the person come back after having left?',
  needs: ['provisioning-log'],
  uses: ['audit'],
  decide(subject) {
    const back = returnOf(subject);
    const backMs = timeOf(back?.at);
    if (!back || backMs === null) return ruledOut(evidence('audit', null, 'No return is known.'));
    const other = (text: string) => ruledOut(evidence('audit', back.ref, text, back.at));
    // Whoever is put into the group again, be it in the same moment, is a change like any other.
    if ((timeOf(givenAt(subject)) ?? 0) >= backMs) return other('The membership was given again with the return.');
    if ((timeOf(subject.wroteIn?.at) ?? 0) > backMs) return other('The membership was written after the return.');
    if (isUnseen(subject, back.at)) return other('The job has not worked since the return.');
    return cause(
      {
        cause: 'M4',
        sentence: `${subject.complaint} because the person came back on ${describeMoment(backMs, subject.nowMs)} after having left; Entra does not put people who return back into groups until provisioning is restarted.`,
        certainty: 'likely',
      },
      evidence('audit', back.ref, back.text, back.at),
    );
  },
};

/** M6: shown by a member that UNIFI had, by a success in the log, or by a change of the group that Entra did not make. */
export const removedThere: Rule<MemberCase> = {
  id: 'M6',
  title: 'Was the member taken out in UNIFI itself?',
  needs: ['groups', 'scim-groups', 'provisioning-log', 'audit'],
  decide(subject) {
    const { membershipEvents, group, timing } = subject;
    if (timing.state === 'pending') return note(...timing.evidence);
    const owedMs = owedSince(subject);
    const had = hadMember(subject);
    const foreign = foreignChange(subject);
    const isForeign = foreign !== null && owedMs === null && membershipEvents.length === 0;
    if (!had && !isForeign) {
      const since = owedMs === null ? '' : ' since Entra owes it';
      const at = owedMs === null ? (membershipEvents[0]?.at ?? null) : isoTime(owedMs);
      return note(evidence('groups', null, `Nothing shows that UNIFI had the member${since}.`, at));
    }
    const when = foreign === null ? '' : ` on ${describeMoment(foreign, subject.nowMs)}`;
    return cause(
      {
        cause: 'M6',
        sentence: `${subject.complaint} although the person has long been a member in Entra: somebody changed the members in UNIFI itself${when}, and Entra does not notice such changes.`,
        certainty: 'likely',
      },
      ...(had?.row ? [rowEvidence(had.row)] : []),
      evidence(
        'scim-groups',
        group.target?.id,
        'The person is not among the members in UNIFI.',
        group.target?.lastModifiedAt ?? null,
      ),
    );
  },
};
