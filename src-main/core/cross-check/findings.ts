import type { Evidence, Finding, FindingKind, SubjectRef } from '../../contract/models/finding.ts';
import type { Timing } from './changes.ts';
import { findingId } from './finding-id.ts';
import type { AccountRecord, GroupRecord, PersonRecord, TargetGroupRecord } from './records.ts';

/** A finding of this evaluation, before it is compared with those of the last one. */
export type Candidate = Omit<Finding, 'severity' | 'firstSeen' | 'lastSeen' | 'openedAt' | 'verified' | 'advice'>;

export const accountName = ({ account }: AccountRecord): string =>
  account.displayName ?? account.userName ?? account.externalId ?? account.id;
const personName = ({ user }: PersonRecord): string =>
  user.displayName ?? user.userPrincipalName ?? user.mail ?? user.id;

export const personSubject = (person: PersonRecord): SubjectRef => ({
  type: 'user',
  entraId: person.user.id,
  scimId: person.account?.account.id ?? null,
  name: personName(person),
});
export const accountSubject = (account: AccountRecord, entraId: string | null = null): SubjectRef => ({
  type: 'user',
  entraId,
  scimId: account.account.id,
  name: accountName(account),
});
export const groupSubject = (group: GroupRecord): SubjectRef => ({
  type: 'group',
  entraId: group.group.id,
  scimId: group.target?.group.id ?? null,
  name: group.group.displayName ?? group.group.id,
});
export const targetGroupSubject = (target: TargetGroupRecord, entraId: string | null = null): SubjectRef => ({
  type: 'group',
  entraId,
  scimId: target.group.id,
  name: target.group.displayName ?? target.group.id,
});

/** Optional parts are given as undefined when they do not apply, so that each finding is one expression. */
export interface CandidateParts {
  kind: FindingKind;
  subject: SubjectRef;
  member?: SubjectRef | undefined;
  attribute?: string | undefined;
  difference?: Finding['difference'] | undefined;
  reason?: Finding['reason'] | undefined;
  expected?: Finding['expected'] | undefined;
  actual?: Finding['actual'] | undefined;
  related?: SubjectRef[] | undefined;
  timing: Timing;
  assumed: string[];
  evidence: Evidence[];
}

export const createCandidate = (parts: CandidateParts): Candidate => {
  const { kind, subject, timing } = parts;
  const member = parts.member && {
    entraId: parts.member.entraId,
    scimId: parts.member.scimId,
    name: parts.member.name,
  };
  const identity = {
    ...(member && { member }),
    ...(parts.attribute !== undefined && { attribute: parts.attribute }),
  };
  return {
    id: findingId({ kind, subject, ...identity }),
    kind,
    state: timing.state,
    subject,
    ...identity,
    ...(parts.difference && { difference: parts.difference }),
    ...(parts.reason && { reason: parts.reason }),
    ...(parts.expected !== undefined && { expected: parts.expected }),
    ...(parts.actual !== undefined && { actual: parts.actual }),
    related: parts.related ?? [],
    ...(timing.changedAt !== undefined && { changedAt: timing.changedAt }),
    ...(timing.expectedBy !== undefined && { expectedBy: timing.expectedBy }),
    assumed: parts.assumed,
    evidence: [...parts.evidence, ...timing.evidence],
  };
};
