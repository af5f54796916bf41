import type { Result } from './failure.ts';
import type { ConnectReport, ConnectionFile, ConnectionSummary } from './models/connection.ts';
import type { DemoOptions } from './models/demo.ts';
import type { CheckResult, Finding, FindingKind, FindingState, NotEvaluated, Severity } from './models/finding.ts';
import type { Investigation } from './models/investigation.ts';
import type { StatusResult } from './models/job-status.ts';
import type { Facet, Page, PageRequest } from './models/page.ts';
import type { Person, PersonFacetName, PersonFilter } from './models/person.ts';
import type { DayOutcome, LogFacetName, LogFilter, LogPage, LogRowDetail } from './models/provisioning-event.ts';
import type { CollectResult, LogGap, Run, SourceReport } from './models/run.ts';

/** Names the connection by id or name; may be left out when there is exactly one. */
export interface OnConnection {
  connection?: string;
}

/** Long work: `cancel` with the same id aborts it, progress events carry it. */
export interface Cancellable {
  callId: string;
}

export interface FindingFilter {
  kind?: FindingKind[];
  state?: FindingState[];
  severity?: Severity[];
  /** Substring of names, UPN, userName or an id. */
  text?: string;
  /** Entra id or `scim:` id of the subject or member. */
  subject?: string;
}

export const findingFacetNames = ['kind', 'state', 'severity'] as const;
export type FindingFacetName = (typeof findingFacetNames)[number];

export interface AppInfo {
  name: string;
  version: string;
  host: 'electron' | 'web' | 'cli';
  dataDirectory: string;
  /** False when no key store of the operating system is there: secrets then live only as long as this process. */
  keyStore: boolean;
  now: string;
}

/** Every method a user interface can call: the single source from which hosts, preload and clients are derived. */
export interface Methods {
  getAppInfo(input: Record<string, never>): AppInfo;
  listConnections(input: Record<string, never>): { connections: ConnectionSummary[] };
  /** Tests everything, and saves unless fields are wrong, the sign-in is refused, or a choice is open. */
  connect(
    input: Cancellable & {
      connection: ConnectionFile;
      /** Confirms custom hosts, so that secrets of the environment may be sent there. */
      trustHost?: boolean;
      /** Overwrites a saved connection of the same name. */
      replace?: boolean;
      /** Write-only: what the tests need before anything is saved. */
      secrets?: Partial<Record<SecretKind, string>>;
    },
  ): ConnectReport;
  /** The same tests on a saved connection, after new secrets or consent. */
  testConnection(input: OnConnection & Cancellable): ConnectReport;
  /** Deletes its database file and its secrets, too. */
  deleteConnection(input: { connection: string }): { deleted: string };
  /** Write-only: no method gives a secret back. */
  setSecret(input: { connection: string; kind: SecretKind; value: string }): { stored: 'key-store' | 'memory' };
  signIn(input: OnConnection & Cancellable & { mode?: 'interactive' | 'device-code' }): SignInReport;
  signOut(input: OnConnection): { signedOut: boolean };
  /** Starts the embedded demo tenant if it does not run, and gives its connection, already signed in. */
  openDemo(input: Cancellable & { options?: DemoOptions }): { connection: ConnectionSummary };
  collect(input: OnConnection & Cancellable): CollectResult;
  /** Collects and cross-checks; `offline` evaluates what is stored. */
  check(input: OnConnection & Cancellable & { offline?: boolean }): CheckResult;
  cancel(input: Cancellable): { cancelled: boolean };
  getStatus(input: OnConnection): StatusResult;
  listRuns(input: OnConnection & { page: PageRequest }): Page<Run & { sources: SourceReport[] }>;
  listGaps(input: OnConnection): { gaps: LogGap[] };
  listFindings(input: OnConnection & { filter: FindingFilter; page: PageRequest }): Page<Finding>;
  getFinding(input: OnConnection & { id: string }): Finding | null;
  findingFacets(input: OnConnection & { filter: FindingFilter; facets: FindingFacetName[] }): {
    facets: Facet[];
    notEvaluated: NotEvaluated[];
  };
  listLog(input: OnConnection & { filter: LogFilter; page: PageRequest }): LogPage;
  getLogRow(input: OnConnection & { id: string }): LogRowDetail | null;
  /** Counts may take up to 2 s on a million rows; they can be cancelled. */
  logFacets(input: OnConnection & Cancellable & { filter: LogFilter; facets: LogFacetName[] }): { facets: Facet[] };
  logOutcomes(input: OnConnection & { days: number }): { days: DayOutcome[] };
  listPeople(input: OnConnection & { filter: PersonFilter; page: PageRequest }): Page<Person>;
  getPerson(input: OnConnection & { id: string }): Person | null;
  /** The values of `withFindings` are `true` and `false`. */
  peopleFacets(input: OnConnection & { filter: PersonFilter; facets: PersonFacetName[] }): { facets: Facet[] };
  /** Why somebody is in UNIFI as they are, from what is stored. `who`: any name, address or id. */
  investigate(input: OnConnection & { who: string }): Investigation;
}

export type SecretKind = 'scim-token' | 'client-secret' | 'access-token';

export interface SignInReport {
  /** Display of who signed in: the account's user name, or the application for unattended modes. */
  account: string;
  /** False when nothing outlives this process, because no key store is there. */
  persistent: boolean;
  expiresAt: string | null;
}

export type MethodName = keyof Methods;
export type Input<M extends MethodName> = Parameters<Methods[M]>[0];
export type Output<M extends MethodName> = ReturnType<Methods[M]>;
export type Api = { readonly [M in MethodName]: (input: Input<M>) => Promise<Result<Output<M>>> };

const names: Record<MethodName, true> = {
  getAppInfo: true,
  listConnections: true,
  connect: true,
  testConnection: true,
  deleteConnection: true,
  setSecret: true,
  signIn: true,
  signOut: true,
  openDemo: true,
  collect: true,
  check: true,
  cancel: true,
  getStatus: true,
  listRuns: true,
  listGaps: true,
  listFindings: true,
  getFinding: true,
  findingFacets: true,
  listLog: true,
  getLogRow: true,
  logFacets: true,
  logOutcomes: true,
  listPeople: true,
  getPerson: true,
  peopleFacets: true,
  investigate: true,
};
export const methodNames = Object.keys(names) as MethodName[];
