import type { FindingKind, FindingReason } from '../../contract/models/finding.ts';
import type { Changes } from './changes.ts';
import { normalText } from './compare-text.ts';
import { createCandidate, groupSubject, targetGroupSubject, type Candidate, type CandidateParts } from './findings.ts';
import type { JoinedGroups } from './join-groups.ts';
import { groupKinds } from './kinds.ts';
import type { NotEvaluatedCounts } from './not-evaluated.ts';
import type { GroupRecord, TargetGroupRecord } from './records.ts';

export interface GroupsCheck {
  groups: ReadonlyMap<string, GroupRecord>;
  joined: JoinedGroups;
  changes: Changes;
  notEvaluated: NotEvaluatedCounts;
  isScopeModeAssumed: boolean;
}

const groupEvidence = (record: GroupRecord): Candidate['evidence'] => {
  const evidence: Candidate['evidence'] = [
    { source: 'groups', ref: record.group.id, at: record.group.createdAt, text: 'A security-enabled group in Entra.' },
  ];
  if (record.assignment) {
    const { id, createdAt } = record.assignment;
    evidence.push({ source: 'assignments', ref: id, at: createdAt, text: 'The group is assigned to UNIFI.' });
  }
  if (record.link) {
    const text = `The provisioning log names the group ${record.link.targetId} in UNIFI for it.`;
    evidence.push({ source: 'provisioning-log', ref: record.link.logId, at: record.link.at, text });
  }
  return evidence;
};

/** Findings of groups themselves; members are compared elsewhere. findings.md 3. */
export const checkGroups = (check: GroupsCheck): Candidate[] => {
  const { joined, changes, notEvaluated } = check;
  const candidates: Candidate[] = [];

  const add = (record: GroupRecord, parts: Pick<CandidateParts, 'kind'> & Partial<CandidateParts>): void => {
    const related = record.further.map((target) => targetGroupSubject(target, record.group.id));
    candidates.push(
      createCandidate({
        related,
        subject: groupSubject(record),
        timing: changes.ofGroup(record),
        assumed: [],
        evidence: groupEvidence(record),
        ...parts,
      }),
    );
  };

  const checkInScope = (record: GroupRecord): void => {
    const { nameKey, target, group } = record;
    if (nameKey === null) {
      add(record, { kind: 'missing-match-value', expected: null, actual: null });
      return;
    }
    const sharing = joined.inScopeByName.get(nameKey) ?? [];
    if (sharing.length > 1) {
      const related = sharing.filter((other) => other !== record).map(groupSubject);
      add(record, { kind: 'duplicate-match-value', actual: group.displayName, related });
      return;
    }
    if (record.further.length > 0) {
      add(record, { kind: 'duplicate-in-target', actual: group.displayName, timing: changes.immediate });
      return;
    }
    if (!target) {
      add(record, { kind: 'group-missing-in-target', expected: group.displayName, actual: null });
      return;
    }
    const expected = normalText(group.displayName ?? '');
    const actual = normalText(target.group.displayName ?? '');
    if (expected === actual) return;
    const difference = expected.toLowerCase() === actual.toLowerCase() ? 'case-only' : 'value';
    const values = { expected: group.displayName, actual: target.group.displayName };
    add(record, { kind: 'attribute-drift', attribute: 'displayName', difference, ...values });
  };

  const checkAlone = (target: TargetGroupRecord): void => {
    if (target.holders.length > 0 || target.furtherOf) return;
    const { group } = target;
    const link = joined.linkByTarget.get(group.id) ?? null;
    const linked = link && check.groups.get(link.sourceId);
    const related = [
      ...(linked ? [linked] : []),
      ...(joined.byName.get(normalText(group.displayName ?? '').toLowerCase()) ?? []),
      ...(group.externalId ? (joined.byExternalId.get(normalText(group.externalId)) ?? []) : []),
    ];
    if (related.some(({ scope }) => scope === 'not-security' || scope === 'unmapped')) return;
    if (related.some(({ scope }) => scope === 'unknown')) {
      target.undecided = groupKinds;
      return;
    }
    const [entra] = related;
    const entraId = entra?.group.id ?? link?.sourceId ?? null;
    let reason: FindingReason = 'local';
    if (entra) reason = 'not-entitled';
    // These kinds need the groups complete, and those behind a group of UNIFI are read whether assigned or not.
    else if (entraId !== null) reason = 'source-gone';
    const text = 'A group in UNIFI without a group of Entra in scope.';
    const kind: FindingKind = 'group-orphan-in-target';
    candidates.push(
      createCandidate({
        kind,
        subject: targetGroupSubject(target, entraId),
        reason,
        expected: null,
        actual: group.displayName,
        timing: entra ? changes.ofGroup(entra) : changes.ofGoneGroup(entraId),
        assumed: reason === 'not-entitled' && check.isScopeModeAssumed ? ['scope-mode'] : [],
        evidence: [
          { source: 'scim-groups', ref: group.id, at: group.lastModifiedAt ?? group.createdAt, text },
          ...(entra ? groupEvidence(entra) : []),
        ],
      }),
    );
  };

  for (const record of check.groups.values()) {
    if (record.scope === 'in-scope') checkInScope(record);
    else if (record.scope === 'unknown') notEvaluated.add({ reason: 'whether a group is in scope cannot be told' });
  }
  for (const target of joined.targets) checkAlone(target);
  return candidates;
};
