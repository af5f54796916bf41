import type { Finding } from '../../contract/models/finding.ts';
import type { Person, SourceState, TargetState } from '../../contract/models/person.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { Changes, Timing } from '../cross-check/changes.ts';
import { decideScopeMode, markEntitled } from '../cross-check/entitlement.ts';
import { createGroups } from '../cross-check/join-groups.ts';
import { createPerson } from '../cross-check/join-people.ts';
import type { PersonRecord } from '../cross-check/records.ts';
import { comparable, compileRules, type Rules } from '../cross-check/rules.ts';
import { decideSourceState } from '../cross-check/source-state.ts';
import { timeOf } from '../health/describe-time.ts';
import { isUnknown } from '../mapping/evaluated.ts';
import type { DirectoryUser } from '../model/directory.ts';
import type { FindingPast } from '../model/finding-past.ts';
import type { PersonFacts } from '../model/person-facts.ts';
import type { ObjectMapping } from '../model/synchronization.ts';
import type { TargetUser } from '../model/target.ts';
import { userMapping } from '../schema/object-mappings.ts';
import { completeSources, rowsSinceChange, type CaseBase, type JobContext } from './case-base.ts';
import { datedChanges, describeTiming, dueText } from './case-timing.ts';
import { findScopeSeen, type ScopeSeen } from './scope-seen.ts';
import { isStale } from './source-age.ts';
import { standstillOf } from './standstill.ts';
import { unreadFilter, type Missing } from './why-unread.ts';

/** What a look at one person changes about times. The job is still as the collection saw it. */
export interface LookTimes {
  /** The moment that everything stands for by which a change counts as due, ISO 8601. */
  moment: string;
  /** Since when a change that only the look saw counts; null: it saw none. findings.md 5. */
  changedAt: string | null;
}

/** What is stored about one person, the job and the collection. */
export interface CaseInput extends JobContext {
  /** Where Entra and UNIFI were asked about this person after the collection. */
  look?: LookTimes;
  person: Person;
  facts: Omit<PersonFacts, 'applicationAudit'>;
  /** Findings about the person that are not resolved. */
  findings: readonly Finding[];
  /** Everything that was ever found about the person. */
  past: readonly FindingPast[];
  /** Rows of this person and this job, newest first. */
  rows: readonly LogRowDetail[];
  /** Rows of this person by another job, newest first. */
  otherRows: readonly LogRowDetail[];
}

/** The case with everything decided that several rules look at. */
export interface PersonCase extends CaseBase, CaseInput {
  /** The Entra user as listed, soft-deleted, or as last seen. */
  user: DirectoryUser | null;
  /** `gone`: in no list any more; `none`: Entra never had such a user. */
  existence: 'present' | 'soft-deleted' | 'gone' | 'none';
  record: PersonRecord | null;
  source: SourceState;
  /** The account that counts as this person's; an account of another person with the same match value does not. */
  account: TargetUser | null;
  target: TargetState;
  rules: Rules;
  mapping: ObjectMapping | null;
  /** What the log says of the scoping filter, where it cannot be evaluated here. */
  scopeSeen: ScopeSeen | null;
  duplicate: Finding | null;
  further: Finding | null;
  past: readonly FindingPast[];
  rows: readonly LogRowDetail[];
  otherRows: readonly LogRowDetail[];
}

const decideExistence = ({ facts, person }: CaseInput): PersonCase['existence'] => {
  if (facts.user) return facts.user.deletedAt === null ? 'present' : 'soft-deleted';
  if (facts.deletedUser) return 'soft-deleted';
  return person.entra ? 'gone' : 'none';
};

/** Link or `externalId` prove whose account it is where several people share the match value. provisioning-semantics.md 8, A0. */
const isOwn = (input: CaseInput, rules: Rules, record: PersonRecord | null, account: TargetUser): boolean => {
  if (input.person.joinedBy === 'link') return true;
  const value = record && rules.user.externalId ? comparable(rules.user.externalId(record)) : null;
  return value !== null && !isUnknown(value) && value === account.externalId;
};

const targetState = (account: TargetUser | null, isListWhole: boolean): TargetState => {
  if (!account) return isListWhole ? 'absent' : 'unknown';
  if (account.active === null) return 'unknown';
  return account.active ? 'active' : 'inactive';
};

/** A scoping filter that nobody can evaluate, and of which the log says nothing either. */
const isFilterUnread = (record: PersonRecord, { user }: Rules, scopeSeen: ScopeSeen | null): boolean =>
  (scopeSeen === null && user.scope(record) === 'unknown') || user.inputFilter(record) === 'unknown';

/** A filter or a match value that nobody can evaluate here decides nothing. provisioning-semantics.md 2. */
const doubtOf = (
  name: string,
  record: PersonRecord | null,
  rules: Rules,
  scopeSeen: ScopeSeen | null,
): Missing | null => {
  if (!record || rules.mappingAssumed) return null;
  const steps = [`Provision ${name} on demand in Entra: each step then says at once what it did.`];
  if (isFilterUnread(record, rules, scopeSeen)) return { why: unreadFilter, steps };
  const isMatchUnknown = rules.user.matchers.some(({ read }) => isUnknown(read(record)));
  return isMatchUnknown
    ? { why: 'the user name in UNIFI is made by an expression that cannot be evaluated here', steps }
    : null;
};

const complaintOf = (name: string, source: SourceState, target: TargetState): string => {
  if (target === 'active') return `${name} is still active in UNIFI`;
  if (target === 'inactive') return `The UNIFI account of ${name} is switched off`;
  if (target === 'unknown') return `Whether ${name} is in UNIFI is not known`;
  return source === 'in-scope' ? `${name} is missing in UNIFI` : `${name} is not in UNIFI`;
};

/** Decides everything about a person that several rules look at. */
export const openCase = (input: CaseInput): PersonCase => {
  const { facts, person } = input;
  const complete = completeSources(input.sources);
  const isComplete: CaseBase['isComplete'] = (source) => complete.has(source);
  const rules = compileRules(input.schema);
  const mapping = input.schema ? userMapping(input.schema) : null;
  const mode = decideScopeMode(input);
  const existence = decideExistence(input);
  const user = facts.user ?? facts.deletedUser ?? facts.formerUser?.item ?? null;

  const record = user ? createPerson(user, existence !== 'present') : null;
  let source: SourceState = existence === 'none' ? 'none' : 'deleted';
  let scopeSeen: ScopeSeen | null = null;
  if (record && existence !== 'gone') {
    const byId = new Map([[record.user.id, record]]);
    const direct = facts.groups.flatMap(({ group, through }) => (group && through.length === 0 ? [group] : []));
    const members = { ids: [record.user.id], groups: direct.map(({ id }) => ({ groupId: id, places: [0] })) };
    markEntitled(facts.assignments, byId, createGroups(direct, members, byId));
    const entitlementKnown = isComplete('assignments') && isComplete('groups');
    const options = { everyoneEntitled: mode.everyone, entitlementKnown };
    const problem = decideSourceState(record, rules.user, options);
    if (problem === 'filter-unknown' && rules.user.scope(record) === 'unknown' && isComplete('schema')) {
      scopeSeen = findScopeSeen(input, input.rows, mapping?.scope?.groups ?? []);
      if (scopeSeen) {
        const { passes } = scopeSeen;
        record.undecided = 0;
        decideSourceState(record, { ...rules.user, scope: () => (passes ? 'pass' : 'fail') }, options);
      }
    }
    source = record.source;
  } else if (!(isComplete('users') && isComplete('deleted-users'))) source = 'unknown';

  const findingOf = (kind: Finding['kind']): Finding | null =>
    input.findings.find((finding) => finding.kind === kind && finding.subject.type === 'user') ?? null;
  const duplicate = findingOf('duplicate-match-value');
  const account = facts.account && (!duplicate || isOwn(input, rules, record, facts.account)) ? facts.account : null;

  const { look } = input;
  const standstill = standstillOf(input);
  const changes: Changes = datedChanges(input, facts.audit, look && { id: person.id, ...look });
  const own = record && existence !== 'gone' ? changes.ofPerson(record) : changes.ofGoneUser(person.id);
  // What changed since the collection is news to its findings.
  const isNews = look !== undefined && (timeOf(own.changedAt) ?? -Infinity) >= Date.parse(input.observedAt);
  const timing: Timing = describeTiming(
    isNews ? [] : input.findings.filter(({ subject }) => subject.type === 'user'),
    own,
    { observedAt: look?.moment ?? input.observedAt, standstill },
  );
  const { name } = person;
  const due = dueText(timing, Date.parse(input.now));
  const target = targetState(account, isComplete('scim-users'));
  return {
    ...input,
    nowMs: Date.parse(input.now),
    name,
    complaint: complaintOf(name, source, target),
    due,
    words: { person: name, due },
    user,
    existence,
    record,
    source,
    account,
    target,
    mode,
    rules,
    mapping,
    scopeSeen,
    duplicate,
    further: findingOf('duplicate-in-target'),
    standstill,
    timing,
    ...rowsSinceChange(timing, input.rows, input.logFrom),
    // What the log says of the filter is as of its row.
    isShaky: mode.assumed || !isComplete('scim-users') || isStale(input) || scopeSeen !== null,
    doubt: doubtOf(name, record, rules, scopeSeen),
    isComplete,
  };
};
