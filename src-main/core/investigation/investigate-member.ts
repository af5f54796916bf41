import type { Investigation, InvestigationQuestion, RuleTried, Verdict } from '../../contract/models/investigation.ts';
import type { MembershipFacts } from '../model/group-facts.ts';
import { buildMemberTimeline } from './build-timeline.ts';
import { evidence } from './case-base.ts';
import { extraMemberRules } from './extra-member-rules.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { openGroupCase, type GroupInput } from './group-case.ts';
import { groupSubject, judgeGroup, namesOf } from './investigate-group.ts';
import { investigatePerson } from './investigate-person.ts';
import { openMemberCase, type MemberCase } from './member-case.ts';
import { missingMemberRules } from './member-rules.ts';
import { openCase, type CaseInput } from './person-case.ts';
import { cannotTell, tryRules, type Rule } from './rule.ts';
import { silentLog, unknownSources } from './unknown-sources.ts';

interface Judged {
  question: InvestigationQuestion;
  verdict: Verdict;
  path: RuleTried[];
  rules: readonly Rule<MemberCase>[];
}

const memberStep = ({ facts, group, person }: MemberCase): RuleTried => {
  const isTold = group.target !== null && group.target.memberCount !== null;
  const text = facts.isListed
    ? `UNIFI names ${person.name} as a member.`
    : isTold
      ? `UNIFI does not name ${person.name} as a member.`
      : 'Who is in the group in UNIFI is not known.';
  return {
    rule: 'A0',
    title: 'What does UNIFI have?',
    outcome: isTold ? 'note' : 'blind',
    evidence: [evidence('scim-groups', group.target?.id, text, group.target?.lastModifiedAt ?? null)],
  };
};

/** Both sides agree about the membership. */
const wellVerdict = ({ group, person, facts, isShaky }: MemberCase): Verdict => ({
  cause: null,
  sentence: facts.isListed
    ? `${person.name} is as it should be in ${group.name}: a member in Entra and in UNIFI.`
    : `${person.name} is as it should be in ${group.name}: a member neither in Entra nor in UNIFI.`,
  certainty: isShaky ? 'likely' : 'certain',
  actor: 'nobody',
  steps: [],
});

/** Only the members of groups that matter for provisioning are read. */
const membersUnread = (subject: MemberCase): Verdict =>
  subject.isComplete('assignments')
    ? cannotTell(subject, 'groups', {
        why: 'the group is not assigned to UNIFI, and the members of such groups are not read',
        steps: ['Look at the members of the group in Entra and in UNIFI.'],
      })
    : cannotTell(subject, 'assignments');

const judgeMember = (subject: MemberCase, own: Verdict): Judged => {
  const { group, person, facts } = subject;
  const first = memberStep(subject);
  const missing = missingMemberRules(own);
  const plain = (question: InvestigationQuestion, verdict: Verdict): Judged => ({
    question,
    verdict,
    path: [first],
    rules: [],
  });
  const answer = (question: InvestigationQuestion, rules: readonly Rule<MemberCase>[]): Judged => {
    const { verdict, path } = tryRules(subject, rules);
    return { question, verdict, path: [first, ...path], rules };
  };
  if (group.targetState === 'unknown') return plain('as-it-should-be', cannotTell(subject, 'scim-groups'));
  if (group.targetState === 'absent' && facts.isDirect) {
    const whole = judgeGroup(group);
    const verdict = {
      ...whole.verdict,
      sentence: `${subject.complaint} because the group itself is not there: ${whole.verdict.sentence.replace(/^The group/u, 'the group')}`,
    };
    return { question: 'missing', verdict, path: [first, ...whole.path.slice(1)], rules: missing };
  }
  if (!subject.isComplete('groups')) return plain('as-it-should-be', cannotTell(subject, 'groups'));
  if (group.facts.memberCount === null) return plain('as-it-should-be', membersUnread(subject));
  // Whose account an id among the members is cannot be told then.
  if (!facts.isListed && !subject.isComplete('scim-users'))
    return plain('as-it-should-be', cannotTell(subject, 'scim-users'));
  if (facts.isListed) {
    // Somebody out of scope who is a member is the person's own question, not one of the group.
    return facts.isDirect ? plain('as-it-should-be', wellVerdict(subject)) : answer('still-active', extraMemberRules);
  }
  const isTold = group.target !== null && group.target.memberCount !== null;
  if (!facts.isDirect && person.existence === 'none' && isTold) return plain('as-it-should-be', wellVerdict(subject));
  return answer('missing', missing);
};

/**
 * The verdict about one person in one group, with its evidence; the path of a group that is missing itself is the
 * group's. provisioning-semantics.md 10.
 */
export const investigateMember = (input: {
  group: GroupInput;
  person: CaseInput;
  facts: MembershipFacts;
}): Investigation => {
  const own = investigatePerson(input.person);
  const subject = openMemberCase({
    group: openGroupCase(input.group),
    person: openCase(input.person),
    facts: input.facts,
  });
  const { group, person } = subject;
  const { question, verdict, path, rules } = judgeMember(subject, own.verdict);
  return finishInvestigation(
    {
      subject: groupSubject(group),
      member: {
        id: person.person.id,
        entraId: own.subject.entraId,
        scimId: own.subject.scimId,
        name: person.name,
        verdict: own.verdict,
      },
      question,
      verdict,
      path,
      attributes: own.attributes,
      timeline: buildMemberTimeline(subject),
      unknown: [
        ...unknownSources(
          input.group.sources,
          [...missingMemberRules(own.verdict), ...extraMemberRules],
          subject.nowMs,
        ),
        ...(rules.length > 0 && verdict.certainty === 'cannot-tell' ? silentLog(subject, rules) : []),
      ],
    },
    {
      at: input.group.observedAt,
      names: [...namesOf(group), ...person.facts.groups.flatMap(({ group: one }) => one?.displayName ?? [])],
    },
  );
};
