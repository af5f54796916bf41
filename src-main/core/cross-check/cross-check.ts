import { findingKinds, type Finding, type FindingKind, type NotEvaluated } from '../../contract/models/finding.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { createChanges } from './changes.ts';
import { checkGroups } from './check-groups.ts';
import { checkMembers } from './check-members.ts';
import { checkPeople } from './check-people.ts';
import { compareAttribute } from './compare-attributes.ts';
import { decideScopeMode, markEntitled } from './entitlement.ts';
import type { Candidate } from './findings.ts';
import type { CrossCheckInput } from './input.ts';
import { createGroups, joinGroups } from './join-groups.ts';
import { joinPeople } from './join-people.ts';
import { groupKinds, has, neededSources } from './kinds.ts';
import { createNotEvaluated } from './not-evaluated.ts';
import { personStates, type DecidedState } from './person-states.ts';
import { compileRules } from './rules.ts';
import { settleFindings } from './settle-findings.ts';
import { decideSourceState, type StateProblem } from './source-state.ts';

export interface Evaluation {
  /** Pending, open, and resolved by this evaluation. */
  findings: Finding[];
  people: DecidedState[];
  notEvaluated: NotEvaluated[];
}

/** Without a schema only these can be told. findings.md 6. */
const kindsWithoutSchema: readonly FindingKind[] = ['active-source-gone', 'active-not-entitled'];

const stateProblems: Record<StateProblem, string> = {
  'enabled-unknown': 'Entra does not say whether the person is enabled',
  'entitlement-unknown': 'whether the person is assigned could not be told',
  'filter-unknown': 'a scoping filter could not be evaluated',
  'input-filter': 'the person is left out early by an input filter',
};

const sourceNotComplete = (source: SourceName): string => `the source ${source} was not read completely`;

/**
 * Compares what Entra and its provisioning job ask for with what UNIFI has. Pure: the same input gives the same
 * evaluation, whatever the order of its lists. findings.md, all sections.
 */
export const crossCheck = (input: CrossCheckInput): Evaluation => {
  const { complete } = input;
  const notEvaluated = createNotEvaluated();
  const rules = compileRules(input.schema?.schema ?? null);
  const mode = decideScopeMode(input);
  const changes = createChanges(input);
  const entitlementKnown = mode.everyone || (complete.has('assignments') && complete.has('groups'));
  const knowsDeleted = complete.has('deleted-users');

  const needed = neededSources({ everyoneEntitled: mode.everyone });
  const missing = new Map<FindingKind, SourceName>();
  for (const kind of findingKinds) {
    const source = needed[kind].find((name) => !complete.has(name));
    if (source) missing.set(kind, source);
    else if (rules.mappingAssumed && !kindsWithoutSchema.includes(kind)) missing.set(kind, 'schema');
  }
  const isEvaluated = (kind: FindingKind): boolean => !missing.has(kind);
  const groupsEvaluated = isEvaluated('group-missing-in-target') && rules.group !== null;

  const joined = joinPeople(rules.user, input);
  const groups = createGroups(input.groups, input.groupMembers, joined.byId);
  markEntitled(input.assignments, joined.byId, groups);
  for (const person of joined.people) {
    const problem = decideSourceState(person, rules.user, { everyoneEntitled: mode.everyone, entitlementKnown });
    // A source that is missing is named once, by kind, not once per person.
    if (problem && !(problem === 'entitlement-unknown' && !entitlementKnown) && !rules.mappingAssumed) {
      notEvaluated.add({ reason: stateProblems[problem] });
    }
  }

  const candidates: Candidate[] = checkPeople({
    joined,
    rules,
    changes,
    notEvaluated,
    isEvaluated,
    knowsDeleted,
    isScopeModeAssumed: mode.assumed,
  });
  const joinedGroups =
    groupsEvaluated && rules.group
      ? joinGroups(rules.group, { ...input, groups, everyoneEntitled: mode.everyone })
      : null;
  if (joinedGroups) {
    candidates.push(
      ...checkGroups({
        groups,
        joined: joinedGroups,
        changes,
        notEvaluated,
        isScopeModeAssumed: mode.assumed,
      }),
    );
    const inScope = [...groups.values()].filter(({ scope }) => scope === 'in-scope');
    candidates.push(
      ...checkMembers({
        groups: inScope,
        accountById: joined.accountById,
        targetMembers: input.targetMembers,
        changes,
        notEvaluated,
      }),
    );
  } else if (rules.group === null && !rules.mappingAssumed) {
    for (const kind of findingKinds.filter((name) => has(groupKinds, name) && isEvaluated(name))) {
      notEvaluated.add({ kind, source: 'schema', reason: 'the job maps no groups' }, input.targetGroups.length);
    }
  }

  for (const [kind, source] of missing) {
    const count = has(groupKinds, kind) ? input.targetGroups.length : input.users.length;
    const reason = source === 'schema' ? 'the mappings of the job were never read' : sourceNotComplete(source);
    notEvaluated.add({ kind, source, reason }, count);
  }
  if (!knowsDeleted && isEvaluated('active-source-gone')) {
    const reason = sourceNotComplete('deleted-users');
    notEvaluated.add({ kind: 'active-source-gone', source: 'deleted-users', reason }, input.deletedUsers.length);
  }
  if (input.schema && !complete.has('schema')) {
    notEvaluated.add({ source: 'schema', reason: `the mappings are those last read at ${input.schema.seenAt}` }, 0);
  }

  const isDecided = (finding: Finding): boolean => {
    const { kind, subject } = finding;
    if (!isEvaluated(kind)) return false;
    if (subject.type === 'group') {
      if (!joinedGroups) return false;
      const group = subject.entraId === null ? undefined : groups.get(subject.entraId);
      const target = subject.scimId === null ? undefined : joinedGroups.targetById.get(subject.scimId);
      return !has((group?.undecided ?? 0) | (target?.undecided ?? 0), kind);
    }
    const person = subject.entraId === null ? undefined : joined.byId.get(subject.entraId);
    const account = subject.scimId === null ? undefined : joined.accountById.get(subject.scimId);
    const holder = person ?? account?.holder ?? undefined;
    if (has((holder?.undecided ?? 0) | (account?.undecided ?? 0), kind)) return false;
    // Whether somebody who is no longer listed was deleted cannot be told without the deleted users.
    if (kind === 'active-source-gone' && !knowsDeleted && !(person && !person.isDeleted)) return false;
    if (kind !== 'attribute-drift' || !person?.account || person.source !== 'in-scope') return true;
    const compared = rules.user.compared.find(({ attribute }) => attribute === finding.attribute);
    const result = compared ? compareAttribute(compared, person, person.account.account) : null;
    return result === null || !('problem' in result);
  };
  return {
    findings: settleFindings(candidates, input.previous, { at: input.observedAt, isDecided }),
    people: personStates(joined, {
      users: complete.has('users'),
      deletedUsers: knowsDeleted,
      accounts: complete.has('scim-users'),
    }),
    notEvaluated: notEvaluated.list(),
  };
};
