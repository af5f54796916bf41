import type { FindingKind, Severity } from './finding.ts';

/** Findings.md 1, the first that fits; `none` for an account without an Entra user. */
export const sourceStates = [
  'in-scope',
  'filtered-out',
  'not-entitled',
  'disabled',
  'soft-deleted',
  'deleted',
  'none',
  'unknown',
] as const;
export type SourceState = (typeof sourceStates)[number];

/** `unknown`: the list was not complete, or the account says nothing about `active`. */
export const targetStates = ['active', 'inactive', 'absent', 'unknown'] as const;
export type TargetState = (typeof targetStates)[number];

/** One person: the Entra side, the UNIFI side, what the cross-check made of them. */
export interface Person {
  /** Entra object id, else `scim:` and the SCIM id. */
  id: string;
  name: string;
  entra: {
    id: string;
    userPrincipalName: string | null;
    mail: string | null;
    displayName: string | null;
    accountEnabled: boolean | null;
    createdAt: string | null;
    deletedAt: string | null;
  } | null;
  scim: {
    id: string;
    userName: string | null;
    externalId: string | null;
    active: boolean | null;
    displayName: string | null;
    createdAt: string | null;
    lastModifiedAt: string | null;
  } | null;
  /** How the two sides were joined. */
  joinedBy: 'link' | 'match-value' | 'external-id' | null;
  state: { source: SourceState; target: TargetState };
  findings: { id: string; kind: FindingKind; severity: Severity }[];
}

export const personFacetNames = ['source', 'target', 'withFindings'] as const;
export type PersonFacetName = (typeof personFacetNames)[number];

export interface PersonFilter {
  text?: string;
  source?: SourceState[];
  target?: TargetState[];
  withFindings?: boolean;
}
