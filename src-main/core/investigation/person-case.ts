import type { Evidence, Finding } from '../../contract/models/finding.ts';
import type { JobStatus } from '../../contract/models/job-status.ts';
import type { Person, SourceState, TargetState } from '../../contract/models/person.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { LogGap, Run, SourceFreshness, SourceName } from '../../contract/models/run.ts';
import { createChanges, type Timing } from '../cross-check/changes.ts';
import { decideScopeMode, markEntitled, type ScopeMode } from '../cross-check/entitlement.ts';
import { createGroups } from '../cross-check/join-groups.ts';
import { createPerson } from '../cross-check/join-people.ts';
import type { PersonRecord } from '../cross-check/records.ts';
import { comparable, compileRules, type Rules } from '../cross-check/rules.ts';
import { decideSourceState } from '../cross-check/source-state.ts';
import { timeOf } from '../health/describe-time.ts';
import { isUnknown } from '../mapping/evaluated.ts';
import type { DirectoryUser } from '../model/directory.ts';
import type { PersonFacts } from '../model/person-facts.ts';
import type { JobSettings, ObjectMapping, SynchronizationJob, SyncSchema } from '../model/synchronization.ts';
import type { TargetUser } from '../model/target.ts';
import { userMapping } from '../schema/object-mappings.ts';

/** What is stored about one person, the job and the collection. */
export interface CaseInput {
  /** ISO 8601. */
  now: string;
  /** The moment that the collected state stands for. */
  observedAt: string;
  person: Person;
  facts: PersonFacts;
  /** Findings about the person that are not resolved. */
  findings: readonly Finding[];
  /** Null: Graph lists no such job, or it was never read. */
  job: SynchronizationJob | null;
  jobStatus: JobStatus | null;
  schema: SyncSchema | null;
  settings: JobSettings | null;
  scopeHints: { assignedOnly: number; syncAll: number };
  /** Rows of this person and this job, newest first. */
  rows: readonly LogRowDetail[];
  /** From when on the stored log tells everything, ISO 8601; null before the first whole pull. */
  logFrom: string | null;
  sources: readonly SourceFreshness[];
  runs: readonly Run[];
  gaps: readonly LogGap[];
}

/** The case with everything decided that several rules look at. */
export interface PersonCase extends CaseInput {
  nowMs: number;
  name: string;
  /** The Entra user as listed, soft-deleted, or as last seen. */
  user: DirectoryUser | null;
  /** `gone`: in no list any more; `none`: Entra never had such a user. */
  existence: 'present' | 'soft-deleted' | 'gone' | 'none';
  record: PersonRecord | null;
  source: SourceState;
  /** The account that counts as this person's; an account of another person with the same match value does not. */
  account: TargetUser | null;
  target: TargetState;
  mode: ScopeMode;
  rules: Rules;
  mapping: ObjectMapping | null;
  duplicate: Finding | null;
  further: Finding | null;
  /** When the newest change behind the person's state happened, and until when it may take. */
  timing: Timing;
  /** Rows since that change; all rows when it is not known. */
  rowsSince: readonly LogRowDetail[];
  /** The change lies before what the stored log covers: no row about it proves nothing. */
  isBeforeLog: boolean;
  isComplete(source: SourceName): boolean;
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

/** A change without a date is older than the audit log, and so than the provisioning log. */
const isBefore = (changedMs: number | null, logFromMs: number | null): boolean =>
  logFromMs === null || changedMs === null || changedMs < logFromMs;

export const openCase = (input: CaseInput): PersonCase => {
  const { facts, person } = input;
  const complete = new Set(input.sources.filter(({ status }) => status === 'complete').map(({ source }) => source));
  const isComplete = (source: SourceName): boolean => complete.has(source);
  const rules = compileRules(input.schema);
  const mode = decideScopeMode(input);
  const existence = decideExistence(input);
  const user = facts.user ?? facts.deletedUser ?? facts.formerUser?.item ?? null;

  const record = user ? createPerson(user, existence !== 'present') : null;
  let source: SourceState = existence === 'none' ? 'none' : 'deleted';
  if (record && existence !== 'gone') {
    const byId = new Map([[record.user.id, record]]);
    const direct = facts.groups.flatMap(({ group, through }) => (group && through.length === 0 ? [group] : []));
    const members = direct.map(({ id }) => ({ groupId: id, userIds: [record.user.id], groupIds: [] }));
    markEntitled(facts.assignments, byId, createGroups(direct, members, byId));
    const entitlementKnown = isComplete('assignments') && isComplete('groups');
    decideSourceState(record, rules.user, { everyoneEntitled: mode.everyone, entitlementKnown });
    source = record.source;
  } else if (!(isComplete('users') && isComplete('deleted-users'))) source = 'unknown';

  const findingOf = (kind: Finding['kind']): Finding | null =>
    input.findings.find((finding) => finding.kind === kind && finding.subject.type === 'user') ?? null;
  const duplicate = findingOf('duplicate-match-value');
  const account = facts.account && (!duplicate || isOwn(input, rules, record, facts.account)) ? facts.account : null;

  // A stopped job dates nothing in the cross-check; here the change is wanted all the same.
  const audit = input.sources.find((report) => report.source === 'audit');
  const changes = createChanges({
    observedAt: input.observedAt,
    complete,
    schema: null,
    settings: input.settings,
    scopeHints: input.scopeHints,
    job: input.job?.status.quarantine || input.jobStatus?.state === 'paused' ? null : input.job,
    users: [],
    deletedUsers: [],
    groups: [],
    groupMembers: [],
    assignments: [],
    accounts: [],
    targetGroups: [],
    links: [],
    audit: facts.audit,
    auditFrom: audit?.status === 'complete' ? audit.from : null,
    seen: { people: new Map(), groups: new Map(), memberships: new Map() },
    previous: [],
  });
  const dated = input.findings.find((finding) => finding.changedAt !== undefined);
  const own = record && existence !== 'gone' ? changes.ofPerson(record) : changes.ofGoneUser(person.id);
  const timing: Timing = dated?.changedAt
    ? {
        state: dated.state === 'pending' ? 'pending' : 'open',
        changedAt: dated.changedAt,
        ...(dated.expectedBy === undefined ? {} : { expectedBy: dated.expectedBy }),
        evidence: dated.evidence.filter((entry) => entry.source === 'audit'),
      }
    : own;
  const sinceMs = timeOf(timing.changedAt);
  return {
    ...input,
    nowMs: Date.parse(input.now),
    name: person.name,
    user,
    existence,
    record,
    source,
    account,
    target: targetState(account, isComplete('scim-users')),
    mode,
    rules,
    mapping: input.schema ? userMapping(input.schema) : null,
    duplicate,
    further: findingOf('duplicate-in-target'),
    timing,
    rowsSince: sinceMs === null ? input.rows : input.rows.filter((row) => (timeOf(row.at) ?? 0) >= sinceMs),
    isBeforeLog: isBefore(sinceMs, timeOf(input.logFrom)),
    isComplete,
  };
};

export const evidence = (
  source: SourceName,
  ref: string | null | undefined,
  text: string,
  at: string | null = null,
): Evidence => ({ source, ref: ref ?? '', at, text });
