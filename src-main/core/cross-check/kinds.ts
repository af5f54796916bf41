import { findingKinds, type FindingKind } from '../../contract/models/finding.ts';
import type { SourceName } from '../../contract/models/run.ts';

/** A set of kinds as bits, so that a hundred thousand people cost a number each. */
export type KindSet = number;

const bits = new Map<FindingKind, number>(findingKinds.map((kind, index) => [kind, 1 << index]));

export const setOf = (...kinds: FindingKind[]): KindSet => kinds.reduce((set, kind) => set | (bits.get(kind) ?? 0), 0);
export const has = (set: KindSet, kind: FindingKind): boolean => (set & (bits.get(kind) ?? 0)) !== 0;

/** What people and groups in scope can get. */
export const inScopeKinds = setOf(
  'missing-in-target',
  'inactive-in-target',
  'attribute-drift',
  'duplicate-in-target',
  'duplicate-match-value',
  'missing-match-value',
  'stale-link',
);
export const notEntitledKinds = inScopeKinds | setOf('active-not-entitled');
export const personKinds = notEntitledKinds | setOf('active-source-gone', 'orphan-in-target');
export const memberKinds = setOf('member-missing', 'member-extra');
export const groupKinds = setOf('group-missing-in-target', 'group-orphan-in-target') | memberKinds;

/** Why a kind is not evaluated: the source that was not complete. */
export interface MissingSource {
  source: SourceName;
  reason: string;
}

/** Which sources every kind needs to be complete. findings.md 4. */
export const neededSources = (options: { everyoneEntitled: boolean }): Record<FindingKind, SourceName[]> => {
  const always: SourceName[] = ['users', 'scim-users'];
  const entitlement: SourceName[] = options.everyoneEntitled ? always : [...always, 'assignments', 'groups'];
  const groups: SourceName[] = [...new Set([...entitlement, 'groups' as const]), 'scim-groups'];
  return {
    'missing-in-target': entitlement,
    'inactive-in-target': entitlement,
    'active-not-entitled': entitlement,
    'active-source-gone': always,
    'orphan-in-target': [...always, 'deleted-users'],
    'attribute-drift': entitlement,
    'duplicate-in-target': entitlement,
    'duplicate-match-value': entitlement,
    'missing-match-value': entitlement,
    'stale-link': [...entitlement, 'provisioning-log'],
    'group-missing-in-target': groups,
    'group-orphan-in-target': groups,
    'member-missing': groups,
    'member-extra': groups,
  };
};
