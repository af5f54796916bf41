import { noMembers } from '../model/members.ts';
import type { Finding } from '../../contract/models/finding.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { decideScopeMode } from '../cross-check/entitlement.ts';
import { matchKey } from '../cross-check/compare-text.ts';
import { createGroups, joinGroups } from '../cross-check/join-groups.ts';
import type { GroupRecord } from '../cross-check/records.ts';
import { compileRules, type Rules } from '../cross-check/rules.ts';
import type { DirectoryGroup } from '../model/directory.ts';
import type { FindingPast } from '../model/finding-past.ts';
import type { CountedTargetGroup, GroupFacts } from '../model/group-facts.ts';
import type { ObjectMapping } from '../model/synchronization.ts';
import { groupMapping } from '../schema/object-mappings.ts';
import { completeSources, rowsSinceChange, type CaseBase, type JobContext } from './case-base.ts';
import { datedChanges, describeTiming, dueText } from './case-timing.ts';
import { findScopeSeen, type ScopeSeen } from './scope-seen.ts';
import { isStale } from './source-age.ts';
import { standstillOf } from './standstill.ts';
import { unreadFilter } from './why-unread.ts';

/** What is stored about one group, the job and the collection. */
export interface GroupInput extends JobContext {
  /** Entra object id, else `scim:` and the SCIM id. */
  id: string;
  facts: GroupFacts;
  /** Findings about the group and its members that are not resolved. */
  findings: readonly Finding[];
  /** Everything that was ever found about the group and its members. */
  past: readonly FindingPast[];
  /** Rows of this group and this job, newest first. */
  rows: readonly LogRowDetail[];
  /** Rows of this group by another job, newest first. */
  otherRows: readonly LogRowDetail[];
}

/** A group with everything decided that several rules look at. */
export interface GroupCase extends CaseBase, GroupInput {
  past: readonly FindingPast[];
  rows: readonly LogRowDetail[];
  otherRows: readonly LogRowDetail[];
  /** The group as Entra lists it, or as last seen. */
  group: DirectoryGroup | null;
  /** `gone`: in no list any more; `none`: Entra has no group for it. */
  existence: 'present' | 'gone' | 'none';
  /** Null for a group that Entra does not list. */
  record: GroupRecord | null;
  isAssigned: boolean;
  rules: Rules['group'];
  mapping: ObjectMapping | null;
  /** What the log says of the scoping filter, where it cannot be evaluated here; `rules` answer so for this group. */
  scopeSeen: ScopeSeen | null;
  target: CountedTargetGroup | null;
  /** `unknown`: the list of UNIFI's groups was not complete. */
  targetState: 'present' | 'absent' | 'unknown';
  /** Whether the group should be in UNIFI. */
  wanted: 'yes' | 'no' | 'unknown';
  /** Further groups of UNIFI that are this group. */
  further: readonly CountedTargetGroup[];
  /** The findings about the group itself, not about a member. */
  ownFindings: readonly Finding[];
}

const noLists = new Map();

/** The group and its namesakes joined as in the cross-check, with what UNIFI has for them. */
const joinRecord = (
  input: GroupInput,
  rules: NonNullable<Rules['group']>,
  everyone: boolean,
): { record: GroupRecord | null; further: string[] } => {
  const { facts } = input;
  if (!facts.group) return { record: null, further: [] };
  const groups = createGroups([facts.group, ...facts.namesakes.map(({ group }) => group)], noMembers, noLists);
  for (const { group, assignment } of facts.namesakes) {
    const other = groups.get(group.id);
    if (other) other.assignment = assignment;
  }
  const record = groups.get(facts.group.id) ?? null;
  if (!record) return { record, further: [] };
  record.assignment = facts.assignments.find(({ principalId }) => principalId === record.group.id) ?? null;
  const { link } = facts;
  joinGroups(rules, {
    groups,
    targetGroups: facts.targets,
    links: link ? [{ sourceId: record.group.id, ...link }] : [],
    everyoneEntitled: everyone,
  });
  return { record, further: record.further.map(({ group }) => group.id) };
};

/** The same where only the log tells what the scoping filter makes of this group. provisioning-semantics.md 2. */
const joinAsSeen = (
  input: GroupInput,
  job: {
    rules: NonNullable<Rules['group']>;
    mapping: ObjectMapping | null;
    everyone: boolean;
    /** False: these may not be the filters of now. */
    isSchemaRead: boolean;
  },
): { rules: NonNullable<Rules['group']>; joined: ReturnType<typeof joinRecord>; scopeSeen: ScopeSeen | null } => {
  const { rules, mapping, everyone, isSchemaRead } = job;
  const joined = joinRecord(input, rules, everyone);
  const { group } = input.facts;
  const isUnread =
    isSchemaRead && group !== null && joined.record?.scope === 'unknown' && rules.scope(group) === 'unknown';
  const scopeSeen = isUnread ? findScopeSeen(input, input.rows, mapping?.scope?.groups ?? []) : null;
  if (!group || !scopeSeen) return { rules, joined, scopeSeen: null };
  const answer = scopeSeen.passes ? 'pass' : 'fail';
  const asSeen = { ...rules, scope: (other: DirectoryGroup) => (other.id === group.id ? answer : rules.scope(other)) };
  return { rules: asSeen, joined: joinRecord(input, asSeen, everyone), scopeSeen };
};

/** What UNIFI has for a group that should not be there: by link, by name, by external id. findings.md 3. */
const looseTarget = ({ facts, id }: GroupInput, group: DirectoryGroup | null): CountedTargetGroup | null => {
  const byId = (targetId: string | undefined): CountedTargetGroup | undefined =>
    facts.targets.find((target) => target.id === targetId);
  return (
    byId(facts.link?.targetId) ??
    (id.startsWith('scim:') ? byId(id.slice('scim:'.length)) : undefined) ??
    facts.targets.find(
      ({ displayName }) => group && matchKey(displayName ?? '') === matchKey(group.displayName ?? ''),
    ) ??
    facts.targets[0] ??
    null
  );
};

/** Whether the group should be in UNIFI, by its scope; what is not known stays so. */
const decideWanted = (input: GroupInput, record: GroupRecord | null, knows: boolean): GroupCase['wanted'] => {
  if (!input.facts.group) return 'no';
  if (!knows || !record || record.scope === 'unknown') return 'unknown';
  return record.scope === 'in-scope' ? 'yes' : 'no';
};

const complaintOf = (name: string, found: Pick<GroupCase, 'targetState' | 'wanted'>): string => {
  const start = `The group ${name}`;
  if (found.targetState === 'unknown') return `Whether the group ${name} is in UNIFI is not known`;
  if (found.targetState === 'present') return `${start} is still in UNIFI`;
  return found.wanted === 'yes' ? `${start} is missing in UNIFI` : `${start} is not in UNIFI`;
};

/** Decides everything about a group that several rules look at. */
export const openGroupCase = (input: GroupInput): GroupCase => {
  const { facts } = input;
  const complete = completeSources(input.sources);
  const isComplete: CaseBase['isComplete'] = (source) => complete.has(source);
  const compiled = compileRules(input.schema);
  const mapping = input.schema ? groupMapping(input.schema) : null;
  const mode = decideScopeMode(input);
  const group = facts.group ?? facts.formerGroup?.item ?? null;
  const existence = facts.group ? 'present' : facts.formerGroup || facts.link ? 'gone' : 'none';
  const { everyone } = mode;
  const isSchemaRead = isComplete('schema');
  const seen = compiled.group && joinAsSeen(input, { rules: compiled.group, mapping, everyone, isSchemaRead });
  const { rules = null, scopeSeen = null } = seen ?? {};
  const { record, further } = seen?.joined ?? { record: null, further: [] };
  const target = facts.targets.find(({ id }) => id === record?.target?.group.id) ?? looseTarget(input, group);
  // Of several groups with one name it is that of the linked one, or of the one whose id it carries.
  const isShared = (record?.target?.holders.length ?? 0) > 1;
  const isOwn = target?.id === facts.link?.targetId || (target?.externalId ?? '') === group?.id;
  const own = target !== null && (isOwn || !isShared) ? target : null;
  const targetState = own ? 'present' : isComplete('scim-groups') ? 'absent' : 'unknown';
  const knows = isComplete('groups') && (everyone || isComplete('assignments')) && !compiled.mappingAssumed;
  const wanted = decideWanted(input, record, knows);
  const ownFindings = input.findings.filter(({ member }) => member === undefined);
  const standstill = standstillOf(input);
  const changes = datedChanges(input, facts.audit);
  const timing = describeTiming(
    ownFindings,
    record ? changes.ofGroup(record) : changes.ofGoneGroup(group?.id ?? null),
    { observedAt: input.observedAt, standstill },
  );
  const nowMs = Date.parse(input.now);
  const due = dueText(timing, nowMs);
  const name = `"${group?.displayName ?? own?.displayName ?? group?.id ?? input.id}"`;
  return {
    ...input,
    nowMs,
    name: `the group ${name}`,
    due,
    complaint: complaintOf(name, { targetState, wanted }),
    words: { person: `the group ${name}`, group: name, due },
    mode,
    group,
    existence,
    record,
    isAssigned: facts.assignments.some(({ principalId }) => principalId === group?.id),
    rules,
    mapping,
    scopeSeen,
    target: own,
    targetState,
    wanted,
    further: facts.targets.filter(({ id }) => further.includes(id)),
    ownFindings,
    standstill,
    timing,
    ...rowsSinceChange(timing, input.rows, input.logFrom),
    // What the log says of the filter is as of its row.
    isShaky: mode.assumed || !isComplete('scim-groups') || isStale(input) || scopeSeen !== null,
    doubt:
      record?.scope === 'unknown' && isSchemaRead
        ? {
            why: unreadFilter,
            steps: [`Provision ${name} on demand in Entra: each step then says at once what it did.`],
          }
        : null,
    isComplete,
  };
};
