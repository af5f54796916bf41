import type { FindingKind } from '../../contract/models/finding.ts';
import type {
  AttributeComparison,
  Investigation,
  InvestigationQuestion,
  RuleTried,
  Verdict,
} from '../../contract/models/investigation.ts';
import { normalText } from '../cross-check/compare-text.ts';
import { isEmpty, isUnknown, textOf, type Read } from '../mapping/evaluated.ts';
import type { DirectoryGroup } from '../model/directory.ts';
import { buildGroupTimeline } from './build-timeline.ts';
import { evidence } from './case-base.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { openGroupCase, type GroupCase, type GroupInput } from './group-case.ts';
import { groupFilter, missingGroupRules } from './group-rules.ts';
import { cannotTell, tryRules, type Rule } from './rule.ts';
import { renamedGroupRules, surplusGroupRules } from './surplus-group-rules.ts';
import { asOfRow } from './scope-seen.ts';
import { silentLog, unknownSources } from './unknown-sources.ts';

/** Every rule about a group, whatever is asked. */
export const groupRules: readonly Rule<GroupCase>[] = [
  ...missingGroupRules,
  ...surplusGroupRules,
  ...renamedGroupRules,
];

/** Both sides of what is mapped for groups. */
const compareGroup = ({ group, target, rules }: GroupCase): AttributeComparison[] => {
  const compare = (
    attribute: string,
    read: Read<DirectoryGroup> | null,
    held: string | null,
  ): AttributeComparison[] => {
    if (!read) return [];
    const value = group ? read(group) : null;
    const expected = isUnknown(value) || isEmpty(value) ? null : textOf(value);
    const sides = { attribute, expected, actual: held };
    if (!group || !target) return [{ ...sides, agreement: 'unknown', note: 'Only one side is there.' }];
    if (isUnknown(value)) return [{ ...sides, agreement: 'unknown', note: value.problem }];
    const isSame = normalText(expected ?? '') === normalText(held ?? '');
    return [{ ...sides, agreement: isSame ? 'same' : 'different', note: null }];
  };
  return [
    ...compare('displayName', rules?.displayName ?? null, target?.displayName ?? null),
    ...compare('externalId', rules?.externalId ?? null, target?.externalId ?? null),
  ];
};

const isRenamed = ({ group, target, further }: GroupCase): boolean =>
  further.length > 0 || normalText(group?.displayName ?? '') !== normalText(target?.displayName ?? '');

const questionOf = (subject: GroupCase): InvestigationQuestion => {
  const { targetState, wanted, existence } = subject;
  if (targetState === 'absent') return 'missing';
  if (targetState === 'unknown' || wanted === 'unknown') return 'as-it-should-be';
  return wanted === 'no' || existence !== 'present' ? 'still-active' : 'as-it-should-be';
};

const targetStep = (subject: GroupCase): RuleTried => {
  const { target, targetState } = subject;
  const members =
    target?.memberCount === null
      ? 'without telling its members'
      : `with ${target?.memberCount ?? 0} ${target?.memberCount === 1 ? 'member' : 'members'}`;
  const text = target
    ? `UNIFI has the group "${target.displayName ?? target.id}", ${members}.`
    : targetState === 'absent'
      ? 'UNIFI has no group that belongs to this one.'
      : 'The list of groups is not whole, so that a missing group proves nothing.';
  return {
    rule: 'A0',
    title: 'What does UNIFI have?',
    outcome: targetState === 'unknown' ? 'blind' : 'note',
    evidence: [evidence('scim-groups', target?.id, text, target?.lastModifiedAt ?? null)],
  };
};

const undecided = (subject: GroupCase): Verdict => {
  const missing = (['groups', 'assignments', 'schema'] as const).find((source) => !subject.isComplete(source));
  return cannotTell(subject, missing ?? 'schema', missing ? undefined : (subject.doubt ?? undefined));
};

const people = (count: number, what: string): string =>
  `${count} ${count === 1 ? `person is ${what}` : `people are ${what}`}`;

/** What differs in who is in the group, as the last part of a sentence; null when nothing that is due is known to differ. */
const memberDifferences = ({ findings }: GroupCase): string | null => {
  const count = (kind: FindingKind): number =>
    findings.filter((finding) => finding.kind === kind && finding.state === 'open').length;
  const [missing, extra] = [count('member-missing'), count('member-extra')];
  const parts = [
    ...(missing > 0 ? [people(missing, 'missing there')] : []),
    ...(extra > 0 ? [`${people(extra, 'in it')} there alone`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', and ');
};

/** Nothing is wrong with the group itself; who is in it may still differ, and each member has a cause of its own. */
const wellVerdict = (subject: GroupCase): Verdict => {
  const { name, target, isShaky } = subject;
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const certainty = isShaky ? 'likely' : 'certain';
  const differing = memberDifferences(subject);
  if (differing !== null) {
    return {
      cause: null,
      sentence: `${title} is in UNIFI under the same name, but its members are not those of Entra: ${differing}.${asOfRow(subject.scopeSeen, 'group')}`,
      certainty,
      actor: 'entra-admin',
      steps: ['Ask about each of these people as a member of the group: every one has a cause of its own.'],
    };
  }
  const count = target?.memberCount ?? null;
  const members =
    count === null ? 'its members could not be read' : `with ${count} ${count === 1 ? 'member' : 'members'}`;
  return {
    cause: null,
    sentence: `${title} is as it should be: it is in UNIFI under the same name, ${members}.${asOfRow(subject.scopeSeen, 'group')}`,
    certainty,
    actor: 'nobody',
    steps: [],
  };
};

/** The question about a group, with the rules that answer it; null: nothing is wrong, or it cannot be told. */
export const judgeGroup = (
  subject: GroupCase,
): { question: InvestigationQuestion; verdict: Verdict; path: RuleTried[]; tried: boolean } => {
  const question = questionOf(subject);
  const first = targetStep(subject);
  const answer = (rules: readonly Rule<GroupCase>[]): ReturnType<typeof judgeGroup> => {
    const { verdict, path } = tryRules(subject, rules);
    return { question, verdict, path: [first, ...path], tried: true };
  };
  const plain = (verdict: Verdict): ReturnType<typeof judgeGroup> => ({
    question,
    verdict,
    // Nothing else would show the row on which it rests.
    path: subject.scopeSeen ? [first, ...tryRules(subject, [groupFilter]).path] : [first],
    tried: false,
  });
  // Of two groups of one name the one that UNIFI has is as it should be.
  if (question === 'missing') return answer(missingGroupRules);
  if (question === 'still-active') return answer(surplusGroupRules);
  if (subject.targetState === 'unknown') return plain(cannotTell(subject, 'scim-groups'));
  if (subject.wanted === 'unknown') return plain(undecided(subject));
  return isRenamed(subject) ? answer(renamedGroupRules) : plain(wellVerdict(subject));
};

/** What a ticket about a group must not show when it is redacted. */
export const namesOf = ({ facts, target, further }: GroupCase): string[] =>
  [
    ...facts.holders.map(({ group }) => group?.displayName),
    target?.displayName,
    ...further.map((one) => one.displayName),
  ].filter((name) => typeof name === 'string');

/** How a group is named in the answer. */
export const groupSubject = ({ id, group, target }: GroupCase): Investigation['subject'] => ({
  type: 'group',
  id,
  entraId: group?.id ?? null,
  scimId: target?.id ?? null,
  name: group?.displayName ?? target?.displayName ?? group?.id ?? id,
  userPrincipalName: null,
  userName: null,
});

/** One group's verdict with its evidence. provisioning-semantics.md 10. */
export const investigateGroup = (input: GroupInput): Investigation => {
  const subject = openGroupCase(input);
  const { question, verdict, path, tried } = judgeGroup(subject);
  return finishInvestigation(
    {
      subject: groupSubject(subject),
      question,
      verdict,
      path,
      attributes: compareGroup(subject),
      timeline: buildGroupTimeline(subject),
      unknown: [
        ...unknownSources(input.sources, groupRules, subject.nowMs),
        ...(tried && verdict.certainty === 'cannot-tell' ? silentLog(subject, groupRules) : []),
      ],
    },
    { at: input.observedAt, names: namesOf(subject) },
  );
};
