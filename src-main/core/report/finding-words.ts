import type { Finding, FindingKind, FindingReason } from '../../contract/models/finding.ts';

/** What each kind says, as a heading. findings.md 2 and 3. */
export const kindTitles: Readonly<Record<FindingKind, string>> = {
  'missing-in-target': 'People without an account in UNIFI',
  'inactive-in-target': 'People whose account in UNIFI is inactive',
  'active-not-entitled': 'Active accounts of people who are not entitled',
  'active-source-gone': 'Active accounts of people who left',
  'orphan-in-target': 'Accounts in UNIFI without anybody in Entra',
  'attribute-drift': 'Accounts with values that differ',
  'duplicate-in-target': 'People or groups with several entries in UNIFI',
  'duplicate-match-value': 'People or groups with the same matching value',
  'missing-match-value': 'People or groups without a matching value',
  'stale-link': 'Links to an account that is gone or somebody else’s',
  'group-missing-in-target': 'Groups missing in UNIFI',
  'group-orphan-in-target': 'Groups in UNIFI without a group in Entra',
  'member-missing': 'Members missing in groups of UNIFI',
  'member-extra': 'Members of groups in UNIFI who should not be there',
};

const reasons: Readonly<Record<FindingReason, string>> = {
  'not-assigned': 'not assigned',
  'filtered-out': 'left out by a scoping filter',
  disabled: 'disabled in Entra',
  'soft-deleted': 'deleted in Entra, restorable',
  deleted: 'deleted in Entra for good',
  local: 'made in UNIFI',
  'not-entitled': 'its Entra group is not entitled',
  'source-gone': 'its Entra group is gone',
};

const differences: Readonly<Record<NonNullable<Finding['difference']>, string>> = {
  'case-only': 'differs only in upper and lower case',
  'source-empty': 'empty in Entra',
  value: 'different value',
};

/** The kind's particulars in words: attribute, difference, reason, assumptions, doubts. Empty when there are none. */
export const describeParticulars = (finding: Finding): string => {
  const parts: string[] = [];
  if (finding.attribute !== undefined) parts.push(finding.attribute);
  if (finding.difference !== undefined) parts.push(differences[finding.difference]);
  if (finding.reason !== undefined) parts.push(reasons[finding.reason]);
  if (finding.assumed.length > 0) parts.push(`assumed: ${finding.assumed.join(', ')}`);
  if (!finding.verified) parts.push('last known state, not verified in the newest run');
  return parts.join('; ');
};

/** `expected` and `actual` as text: null is "nothing", a Boolean a word. */
export const describeValue = (value: string | boolean | null | undefined): string => {
  if (value === undefined) return '';
  if (value === null) return '(nothing)';
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : value;
};
