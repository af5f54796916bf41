import type { Investigation, InvestigationQuestion, RuleTried, Verdict } from '../../contract/models/investigation.ts';
import { accessSeen } from './access-seen.ts';
import { buildTimeline } from './build-timeline.ts';
import { compareSides } from './compare-sides.ts';
import { inactiveRules } from './inactive-rules.ts';
import { missingRules } from './missing-rules.ts';
import { evidence } from './case-base.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { openCase, type CaseInput, type PersonCase } from './person-case.ts';
import { personRules } from './person-rules.ts';
import { cannotTell, tryRules, type Rule } from './rule.ts';
import { asOfRow } from './scope-seen.ts';
import { shouldBeActive, stillActiveRules } from './still-active-rules.ts';
import { filterUnread, silentLog, unknownSources } from './unknown-sources.ts';
import { unreadFilter, whyUnread } from './why-unread.ts';

/** Nothing assigns the person, and nothing that is stored shows that this was ever different. */
const wasNeverInScope = ({ source, existence, facts, rows, past, timing }: PersonCase): boolean =>
  source === 'not-entitled' &&
  existence === 'present' &&
  facts.groups.every(({ id }) => facts.assignments.every(({ principalId }) => principalId !== id)) &&
  !facts.wasInScope &&
  past.length === 0 &&
  !facts.audit.some(({ activity }) => /\b(?:assignment|member)\b/iu.test(activity)) &&
  rows.every(({ status }) => status === 'skipped') &&
  timing.state !== 'pending';

/** The question that the two sides ask. provisioning-semantics.md 8 A0, 9 B0 and B1. */
const questionOf = (person: PersonCase): InvestigationQuestion => {
  const { source, target, further } = person;
  const isWanted = source === 'in-scope';
  if (target === 'absent') return wasNeverInScope(person) ? 'never-in-scope' : 'missing';
  if (target === 'inactive') return isWanted ? 'inactive' : 'as-it-should-be';
  // Where it cannot be told what should be, nothing is said to be wrong.
  if (target !== 'active' || source === 'unknown') return 'as-it-should-be';
  return isWanted && !further ? 'as-it-should-be' : 'still-active';
};

const wellSentence = (person: PersonCase, differing: number): string => {
  const { name, target, existence } = person;
  if (target === 'inactive') {
    const why = existence === 'none' ? 'belongs to nobody in Entra and' : 'is not meant to be used and';
    return `${name} is as it should be: the UNIFI account ${why} is switched off.`;
  }
  if (differing === 0) return `${name} is as it should be: the UNIFI account is there, active, and like Entra has it.`;
  const what = differing === 1 ? 'one value differs' : `${differing} values differ`;
  return `${name} can work in UNIFI: the account is there and active, but ${what} from Entra.`;
};

const neededForScope = ['users', 'deleted-users', 'assignments', 'groups', 'schema'] as const;

/** Whether somebody should have access is not known: a source is missing, or a filter cannot be evaluated here. */
const undecided = (person: PersonCase): Verdict => {
  const source = neededForScope.find((name) => !person.isComplete(name));
  const missing = source && whyUnread(person, source);
  const why = missing?.why ?? unreadFilter;
  return {
    cause: null,
    sentence: `Whether ${person.name} should have access to UNIFI cannot be told, because ${why}.`,
    certainty: 'cannot-tell',
    actor: 'entra-admin',
    steps: missing?.steps ?? [
      'Look the person up in the scoping filter of the job in Entra, or provision the person on demand there.',
    ],
  };
};

const rulesFor: Partial<Record<InvestigationQuestion, readonly Rule<PersonCase>[]>> = {
  missing: missingRules,
  'never-in-scope': missingRules,
  inactive: inactiveRules,
  'still-active': stillActiveRules,
};

const accountStep = (person: PersonCase, question: InvestigationQuestion): RuleTried => {
  const { account, target } = person;
  const isKnown = target !== 'unknown';
  const found = account
    ? `UNIFI has the account ${account.userName ?? account.id}, ${target === 'active' ? 'active' : target === 'inactive' ? 'switched off' : 'which does not say whether it is active'}.`
    : person.isComplete('scim-users')
      ? 'UNIFI has no account that belongs to this person.'
      : 'The list of accounts is not whole, so that a missing account proves nothing.';
  return {
    rule: question === 'still-active' ? 'B0' : 'A0',
    title: 'What does UNIFI have?',
    outcome: isKnown ? 'note' : 'blind',
    evidence: [evidence('scim-users', account?.id, found, account?.lastModifiedAt ?? null)],
  };
};

/**
 * One person's verdict with its evidence: the question that both sides ask, the rules of the tree in their order, both
 * sides, the timeline, and what was not known. provisioning-semantics.md 8 and 9.
 */
export const investigatePerson = (input: CaseInput): Investigation => {
  const person = openCase(input);
  const question = questionOf(person);
  const attributes = compareSides(person);
  const rules = rulesFor[question];
  const first = accountStep(person, question);
  let verdict: Verdict;
  let path = [first];
  if (rules) {
    const tried = tryRules(person, rules);
    verdict = tried.verdict;
    path = [first, ...tried.path];
  } else if (person.target === 'unknown') verdict = cannotTell(person, 'scim-users');
  else if (person.source === 'unknown') verdict = undecided(person);
  else {
    // Nothing else would show the row on which it rests.
    if (person.scopeSeen) path = [first, ...tryRules(person, [shouldBeActive]).path];
    const differing = attributes.filter(({ agreement }) => agreement === 'different').length;
    verdict = {
      cause: null,
      sentence: `${wellSentence(person, person.target === 'active' ? differing : 0)}${asOfRow(person.scopeSeen, 'person')}`,
      certainty: person.isShaky || !person.isComplete('users') ? 'likely' : 'certain',
      actor: 'nobody',
      steps: [],
    };
  }
  const { user, account } = person;
  const access = accessSeen(person);
  const groups = person.facts.groups.flatMap(({ group }) => (group?.displayName ? [group.displayName] : []));
  return finishInvestigation(
    {
      subject: {
        type: 'user',
        id: input.person.id,
        entraId: input.person.entra?.id ?? null,
        scimId: account?.id ?? input.person.scim?.id ?? null,
        name: person.name,
        userPrincipalName: user?.userPrincipalName ?? input.person.entra?.userPrincipalName ?? null,
        userName: account?.userName ?? null,
      },
      question,
      verdict,
      path,
      attributes,
      timeline: buildTimeline(person),
      unknown: [
        ...unknownSources(input.sources, personRules, person.nowMs),
        ...filterUnread(person),
        ...(rules && verdict.certainty === 'cannot-tell' ? silentLog(person, personRules) : []),
      ],
      ...(access ? { access } : {}),
    },
    {
      at: input.look?.moment ?? input.observedAt,
      names: [...groups, ...(person.duplicate?.related.map(({ name }) => name) ?? [])],
    },
  );
};
