import type {
  Investigation,
  InvestigationCandidate,
  InvestigationQuestion,
  RuleTried,
  UnknownSource,
  Verdict,
  VerdictActor,
} from '../../contract/models/investigation.ts';
import type { Person } from '../../contract/models/person.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { buildTimeline } from './build-timeline.ts';
import { compareSides } from './compare-sides.ts';
import { inactiveRules } from './inactive-rules.ts';
import { missingRules } from './missing-rules.ts';
import { evidence, openCase, type CaseInput, type PersonCase } from './person-case.ts';
import { cannotTell, tryRules, wordsFor, type Rule } from './rule.ts';
import { stillActiveRules } from './still-active-rules.ts';
import { writeTicket } from './write-ticket.ts';

const allRules: readonly Rule[] = [...missingRules, ...inactiveRules, ...stillActiveRules];

/** Every source that was not read completely, with the rules that cannot do without it. */
const unknownSources = (sources: readonly SourceFreshness[], nowMs: number): UnknownSource[] =>
  sources
    .filter(({ status }) => status !== 'complete')
    .map(({ source, status, lastCompleteAt, failure }) => {
      const last = timeOf(lastCompleteAt);
      const before = last === null ? 'It was never read whole.' : `Last read whole on ${describeMoment(last, nowMs)}.`;
      const what = status === 'partial' ? 'was read only in part' : 'could not be read';
      const words = wordsFor(source);
      const reason = `${words.charAt(0).toUpperCase()}${words.slice(1)} ${what}. ${before}${failure ? ` ${failure.message}` : ''}`;
      const blinds = [...new Set(allRules.filter(({ needs }) => needs.includes(source)).map(({ id }) => id))];
      return { source, reason, blinds: source === 'scim-users' ? ['A0', 'B0', ...blinds] : blinds };
    });

/** The log was read, and still says nothing about a change from before it begins. */
const shortLog = (person: PersonCase): UnknownSource[] => {
  const from = timeOf(person.logFrom);
  if (!person.isBeforeLog || from === null || !person.isComplete('provisioning-log')) return [];
  const reason = `The provisioning log reaches back only to ${describeMoment(from, person.nowMs)}, and the change behind this is older.`;
  return [{ source: 'provisioning-log', reason, blinds: ['A11', 'A11s', 'I1', 'B10', 'B11'] }];
};

/** The question that the two sides ask. provisioning-semantics.md 8 A0, 9 B0 and B1. */
const questionOf = ({ source, target, further }: PersonCase): InvestigationQuestion => {
  const isWanted = source === 'in-scope';
  if (target === 'absent') return 'missing';
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
  const missing = neededForScope.find((source) => !person.isComplete(source));
  const why = missing
    ? `${wordsFor(missing)} could not be read completely`
    : 'a scoping filter of the job asks for something that cannot be evaluated here';
  return {
    cause: null,
    sentence: `Whether ${person.name} should have access to UNIFI cannot be told, because ${why}.`,
    certainty: 'cannot-tell',
    actor: 'entra-admin',
    steps: missing
      ? [`Give the signed-in account the right to read ${wordsFor(missing)}.`, 'Collect again, and ask again.']
      : ['Look the person up in the scoping filter of the job in Entra, or provision the person on demand there.'],
  };
};

const rulesFor: Partial<Record<InvestigationQuestion, readonly Rule[]>> = {
  missing: missingRules,
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

const actorWords: Record<VerdictActor, string> = {
  'entra-admin': 'the Entra administrator',
  'group-owner': 'the owner of the group',
  'unifi-admin': 'the UNIFI administrator',
  microsoft: 'Microsoft support',
  wait: 'nobody; waiting is enough',
  nobody: 'nobody',
};

const finish = (found: Omit<Investigation, 'ticket'>, at: string, others: readonly string[]): Investigation => ({
  ...found,
  ticket: writeTicket(found, {
    actor: actorWords[found.verdict.actor],
    at,
    names: [
      found.subject.name,
      ...(found.subject.userPrincipalName ? [found.subject.userPrincipalName] : []),
      ...(found.subject.userName ? [found.subject.userName] : []),
      ...(found.subject.scimId ? [found.subject.scimId] : []),
      ...others,
    ],
  }),
});

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
  } else if (person.target === 'unknown') verdict = cannotTell(person.name, 'scim-users');
  else if (person.source === 'unknown') verdict = undecided(person);
  else {
    const differing = attributes.filter(({ agreement }) => agreement === 'different').length;
    verdict = {
      cause: null,
      sentence: wellSentence(person, person.target === 'active' ? differing : 0),
      certainty: person.isComplete('scim-users') && person.isComplete('users') ? 'certain' : 'likely',
      actor: 'nobody',
      steps: [],
    };
  }
  const { user, account } = person;
  const groups = person.facts.groups.flatMap(({ group }) => (group?.displayName ? [group.displayName] : []));
  return finish(
    {
      subject: {
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
        ...unknownSources(input.sources, person.nowMs),
        ...(rules && verdict.certainty === 'cannot-tell' ? shortLog(person) : []),
      ],
    },
    input.observedAt,
    [...groups, ...(person.duplicate?.related.map(({ name }) => name) ?? [])],
  );
};

/** More choices than anybody reads; a longer name narrows them. */
const mostCandidates = 20;

/** Of several people who fit, or of nobody: what is known without deciding. */
export const investigateNobody = (options: {
  who: string;
  candidates: readonly Person[];
  /** More people fit than were read. */
  isCut?: boolean;
  sources: readonly SourceFreshness[];
  now: string;
}): Investigation => {
  const { who, sources } = options;
  const nowMs = Date.parse(options.now);
  const candidates = options.candidates.slice(0, mostCandidates).map((person): InvestigationCandidate => ({
    id: person.id,
    name: person.name,
    detail: [
      person.entra?.userPrincipalName ?? person.scim?.userName,
      person.entra?.mail === person.entra?.userPrincipalName ? null : person.entra?.mail,
      person.entra ? `in Entra since ${person.entra.createdAt?.slice(0, 10) ?? 'an unknown day'}` : 'only in UNIFI',
      person.state.target === 'absent' ? 'no account in UNIFI' : `account ${person.state.target}`,
    ]
      .filter((text) => text)
      .join(', '),
  }));
  const unknown = unknownSources(sources, nowMs);
  const isWhole = (['users', 'deleted-users', 'scim-users', 'provisioning-log'] as const).every((name) =>
    sources.some(({ source, status }) => source === name && status === 'complete'),
  );
  const several = candidates.length > 0;
  return finish(
    {
      subject: { id: null, entraId: null, scimId: null, name: who, userPrincipalName: null, userName: null },
      ...(several ? { candidates } : {}),
      question: 'unknown-person',
      verdict: {
        cause: null,
        sentence: several
          ? `"${who}" fits ${options.isCut ? 'at least ' : ''}${options.candidates.length} people; say which of them is meant.`
          : `Nobody called "${who}" is known in Entra, in UNIFI, or in the provisioning log.`,
        certainty: several || !isWhole ? 'cannot-tell' : 'certain',
        actor: several ? 'nobody' : 'entra-admin',
        steps: several
          ? ['Ask again with the sign-in name or the id of the person.']
          : ['Check the spelling; try the sign-in name, the mail address, or the object id.'],
      },
      path: [],
      attributes: [],
      timeline: [],
      unknown,
    },
    options.now,
    candidates.map(({ name }) => name),
  );
};
