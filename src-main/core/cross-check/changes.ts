import type { Evidence, FindingState } from '../../contract/models/finding.ts';
import { isoTime, timeOf } from '../health/describe-time.ts';
import type { AuditEvent } from '../model/directory.ts';
import type { CrossCheckInput } from './input.ts';
import { jobTiming } from './job-timing.ts';
import type { GroupRecord, PersonRecord } from './records.ts';

/** What is known about when something changed in Entra, newest first decided by `newest`. */
export interface Change {
  at: string;
  evidence: Evidence | null;
}

export interface Timing {
  state: Exclude<FindingState, 'resolved'>;
  changedAt?: string;
  expectedBy?: string;
  evidence: Evidence[];
}

/** Events that can change who is provisioned, with which values; licences, passwords and sign-ins cannot. */
const relevant = /\b(?:user|account|group|member|app role assignment)\b/iu;
const irrelevant = /\b(?:licen[cs]e|password|token|owner|sign-?in|authentication|invite|device)\b/iu;
const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/giu;

const pairKey = (groupId: string, userId: string): string => `${groupId} ${userId}`;

const toEvidence = (event: AuditEvent): Evidence => ({
  source: 'audit',
  ref: event.id,
  at: event.at,
  text: `${event.activity}${event.initiatedBy ? ` by ${event.initiatedBy}` : ''}.`,
});

/** Ids in the changed properties, such as the group of a membership event; values come quoted. */
const idsIn = (event: AuditEvent): string[] =>
  event.properties.flatMap(({ oldValue, newValue }) => `${oldValue ?? ''} ${newValue ?? ''}`.match(guid) ?? []);

const keepNewest = (map: Map<string, AuditEvent>, key: string, event: AuditEvent): void => {
  const present = map.get(key);
  if (!present || present.at < event.at) map.set(key, event);
};

export interface Changes {
  ofPerson(person: PersonRecord): Timing;
  ofGroup(group: GroupRecord): Timing;
  ofMembership(group: GroupRecord, person: PersonRecord | null): Timing;
  /** For what was changed in the target, or has no moment in Entra: open at once. */
  readonly immediate: Timing;
  /** For a user who is in no list any more. */
  ofGoneUser(entraId: string): Timing;
  /** For a group that is not listed any more; null: none is known. */
  ofGoneGroup(entraId: string | null): Timing;
}

/**
 * Dates what is behind a finding: the newest of creation, assignment, deletion and audit events. What a run saw first
 * counts as well, unless the audit log covers the time in which the service may still act: then a change that it does
 * not name is older. findings.md 5.
 */
export const createChanges = (input: CrossCheckInput): Changes => {
  const nowMs = Date.parse(input.observedAt);
  const { horizonMs, isStopped } = jobTiming(input.job);
  const auditFromMs = timeOf(input.auditFrom);
  const isCovered = auditFromMs !== null && auditFromMs <= nowMs - horizonMs;
  const immediate: Timing = { state: 'open', evidence: [] };

  const byTarget = new Map<string, AuditEvent>();
  const byPair = new Map<string, AuditEvent>();
  for (const event of input.audit) {
    if (event.category?.toLowerCase() === 'provisioningmanagement') continue;
    if (!relevant.test(event.activity) || irrelevant.test(event.activity)) continue;
    if (event.result !== null && /^fail/iu.test(event.result)) continue;
    const isMembership = /\bmember\b/iu.test(event.activity);
    const targets = event.targets.flatMap(({ id }) => (id === null ? [] : [id]));
    const others = isMembership || /assignment/iu.test(event.activity) ? idsIn(event) : [];
    for (const target of targets) {
      keepNewest(byTarget, target, event);
      for (const other of [...targets, ...others]) {
        if (other === target) continue;
        keepNewest(byPair, pairKey(other, target), event);
        keepNewest(byPair, pairKey(target, other), event);
      }
    }
  }

  const decide = (changes: readonly (Change | null)[]): Timing => {
    if (isStopped) return immediate;
    let newest: Change | null = null;
    let newestMs = -Infinity;
    for (const change of changes) {
      const ms = timeOf(change?.at);
      if (change === null || ms === null || ms <= newestMs) continue;
      newest = change;
      newestMs = ms;
    }
    if (!newest) return immediate;
    const expectedMs = newestMs + horizonMs;
    return {
      state: nowMs < expectedMs ? 'pending' : 'open',
      changedAt: newest.at,
      expectedBy: isoTime(expectedMs),
      evidence: newest.evidence ? [newest.evidence] : [],
    };
  };

  const dated = (at: string | null | undefined): Change | null => (at ? { at, evidence: null } : null);
  const audited = (event: AuditEvent | undefined): Change | null =>
    event ? { at: event.at, evidence: toEvidence(event) } : null;
  const seen = (map: ReadonlyMap<string, string>, key: string): Change | null =>
    isCovered ? null : dated(map.get(key));

  const personChanges = (person: PersonRecord): (Change | null)[] => [
    dated(person.user.createdAt),
    dated(person.user.deletedAt),
    dated(person.assignment?.createdAt),
    audited(byTarget.get(person.user.id)),
    seen(input.seen.people, person.user.id),
  ];
  const groupChanges = (group: GroupRecord): (Change | null)[] => [
    dated(group.group.createdAt),
    dated(group.assignment?.createdAt),
  ];

  return {
    immediate,
    ofPerson: (person) => decide(personChanges(person)),
    ofGroup: (group) =>
      decide([...groupChanges(group), audited(byTarget.get(group.group.id)), seen(input.seen.groups, group.group.id)]),
    ofMembership(group, person) {
      if (!person) return immediate;
      const key = pairKey(group.group.id, person.user.id);
      return decide([
        ...groupChanges(group),
        ...personChanges(person),
        audited(byPair.get(key)),
        seen(input.seen.memberships, key),
      ]);
    },
    ofGoneGroup: (entraId) =>
      entraId === null ? immediate : decide([audited(byTarget.get(entraId)), seen(input.seen.groups, entraId)]),
    ofGoneUser: (entraId) => decide([audited(byTarget.get(entraId)), seen(input.seen.people, entraId)]),
  };
};
