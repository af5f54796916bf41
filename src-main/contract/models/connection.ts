import type { Failure } from '../failure.ts';
import type { CaseManifest } from './case-file.ts';

/** The sovereign cloud of the tenant, or hosts given by hand (loopback, or https after confirmation). graph-provisioning.md 1. */
export type Cloud = 'global' | 'usgov' | 'usgov-dod' | 'china' | { authority: string; graph: string };

export const signInModes = [
  'interactive',
  'device-code',
  'client-certificate',
  'client-secret',
  'access-token',
] as const;
export type SignInMode = (typeof signInModes)[number];

/** What a connection file holds, and what the connect wizard fills in. Never a secret. */
export interface ConnectionFile {
  name: string;
  cloud: Cloud;
  tenantId: string;
  clientId: string;
  signIn: SignInMode;
  servicePrincipalId?: string;
  jobId?: string;
  scim: { baseUrl: string };
  /** Log rows older than so many days are deleted after each collection; left out: they are kept for ever. */
  keepLogsDays?: number;
  /** The same for past states of lists, people and findings. */
  keepStatesDays?: number;
  /** The same for events of the audit log. */
  keepAuditDays?: number;
  /** The same for the ledger of collections, and for entries that were not understood. */
  keepRunsDays?: number;
}

/** A saved connection. `id` is the folder name below `connections/` in the data directory. */
export interface Connection extends ConnectionFile {
  id: string;
  createdAt: string;
  /** True for the embedded demo tenant: its own connection, never served by secrets of the environment. */
  demo: boolean;
  /** There for a case file: what it says about itself. No tenant stands behind such a connection. */
  caseFile?: Omit<CaseManifest, 'tables'>;
  /** Custom non-loopback hosts that a person confirmed with `--trust-host` (or in the wizard). */
  trustedHosts: string[];
}

/** A line of the connection chooser. */
export interface ConnectionSummary {
  id: string;
  name: string;
  tenantId: string;
  cloudLabel: string;
  demo: boolean;
  lastRunAt: string | null;
  /** Where the history lies. */
  databaseFile: string;
  /** Whether an account or unattended secret is available, as far as that can be told without the network. */
  signedIn: boolean;
  hasScimToken: boolean;
  /** There for a case file: nothing can be collected or signed in. */
  caseFile?: Omit<CaseManifest, 'tables'>;
  /** Why its history cannot be read; the other connections are listed all the same. */
  failure?: Failure;
}

export const capabilities = [
  'log',
  'job',
  'schema',
  'job-settings',
  'assignments',
  'directory',
  'deleted-users',
  'audit',
] as const;
/** What the signed-in identity can read; decided by a real call each, never by granted scopes. graph-provisioning.md 2. */
export type Capability = (typeof capabilities)[number];

/** One test of `connect`. Ids: `token`, every capability, `application`, `scim-users`, `scim-groups`. */
export interface ConnectTest {
  id: 'token' | 'application' | Capability | 'scim-users' | 'scim-groups';
  state: 'works' | 'fails' | 'not-tested';
  sentence: string;
  /** The Graph permission that would give what is missing. */
  permission?: string;
  /** The Entra role that would give what is missing, next to the permission. */
  role?: string;
  failure: Failure | null;
}

/** A provisioning job that could be the UNIFI one. */
export interface JobCandidate {
  servicePrincipalId: string;
  applicationId: string;
  applicationName: string;
  jobId: string;
  templateId: string | null;
  /** Why it was taken for UNIFI: template, name or SCIM base address. */
  because: ('template' | 'name' | 'base-address')[];
  state: string;
}

export interface ConnectReport {
  connection: Connection;
  /** False while wrong fields, a refused sign-in or an open choice keep the connection from being saved. */
  saved: boolean;
  tests: ConnectTest[];
  /** Present when several applications or jobs fit, or one that is not the named one; the caller calls again with `jobId`. */
  candidates?: JobCandidate[];
}
