/**
 * Everything the services need from outside, as roles. Adapters implement them; hosts put them together. All calls
 * are asynchronous, so that another database or another thread can stand behind them.
 */
import type { EventName, Events } from '../contract/events.ts';
import type { FindingFacetName, FindingFilter } from '../contract/methods/reading.ts';
import type { SecretKind, SignInReport } from '../contract/methods/connections.ts';
import type { Connection, ConnectionFile } from '../contract/models/connection.ts';
import type { ImportFormat } from '../contract/models/import.ts';
import type { Finding, NotEvaluated } from '../contract/models/finding.ts';
import type { AffectedSubject, IssueMute } from '../contract/models/issue.ts';
import type { DiffCount, Difference, DifferenceFilter } from '../contract/models/history-diff.ts';
import type { StatusCounts } from '../contract/models/job-status.ts';
import type { Facet, Page, PageRequest } from '../contract/models/page.ts';
import type { Person, PersonFacetName, PersonFilter, SourceState, TargetState } from '../contract/models/person.ts';
import type { DayOutcome, LogFacetName, LogFilter, LogPage, LogRow } from '../contract/models/provisioning-event.ts';
import type { CareNote, CareTaskName } from '../contract/models/care.ts';
import type { PurgeEntry, PurgeReceipt } from '../contract/models/purge.ts';
import type { Failure } from '../contract/failure.ts';
import type { KeptAside, LogGap, Run, SourceFreshness, SourceName, SourceReport } from '../contract/models/run.ts';
import type {
  ApplicationInfo,
  Assignment,
  AuditEvent,
  DirectoryGroup,
  DirectoryUser,
  GroupMembers,
} from '../core/model/directory.ts';
import type {
  AssignedEntries,
  AssignmentChange,
  DocumentVersion,
  EvaluationChange,
  IssueGrowth,
  JobReading,
  LogCycle,
  LogHour,
} from '../core/model/job-history.ts';
import type { StoredIssue } from '../core/model/issue.ts';
import type { RunMark } from '../core/history-diff/choose-state.ts';
import type { FindingPast } from '../core/model/finding-past.ts';
import type { GroupFacts, GroupRef, MembershipFacts } from '../core/model/group-facts.ts';
import type { LogLine, LogRecord } from '../core/model/log.ts';
import type { KnownNames } from '../core/redaction/vocabulary.ts';
import type { MemberTable } from '../core/model/members.ts';
import type { PersonFacts } from '../core/model/person-facts.ts';
import type { JobSettings, SynchronizationJob } from '../core/model/synchronization.ts';
import type { TargetConfig, TargetGroup, TargetUser } from '../core/model/target.ts';
import type { LeaverFacts } from '../core/views/leaver-clock.ts';
import type { OftenUpdated } from '../core/views/phantom-updates.ts';
import type { LinkFacts } from '../core/views/stale-links.ts';
import type { WriteRow } from '../core/views/written-properties.ts';

export interface Clock {
  now(): Date;
}

export interface EventSink {
  emit<E extends EventName>(name: E, payload: Events[E]): void;
}

/** `fetch` of the host: with its proxy, certificates and time-outs. */
export type Fetch = typeof globalThis.fetch;

/** Counters of one source in one run; adapters add to them as they go, and call `changed` after each step. */
/** Who was purged is recognised by keyed hashes of ids and addresses. */
export interface PurgeKey {
  /** By which a history tells that its hashes were made with it; says nothing about the key. */
  id: string;
  /** Of a folded text (`core/purge/traces.ts`). */
  hash(text: string): string;
}

export interface ReadMeter {
  requests: number;
  pages: number;
  items: number;
  malformed: number;
  /** Entries (objects, memberships, rows) left out because they are about somebody who was purged. */
  withheld: number;
  throttledMs: number;
  /** How many items the service says there are; null when it does not say. */
  total: number | null;
  /** `note` is a sentence for people while something waits. */
  changed(note?: string): void;
  /** Keeps an entry that was not understood, as text; the same text once. */
  keepAside(text: string): void;
}

export interface ReadOptions {
  signal: AbortSignal;
  meter: ReadMeter;
}

// ---------------------------------------------------------------------------------------------- sign-in and secrets

/** Throws `auth-required`, `auth-failed`, `consent-missing`, `network-unreachable`, `timed-out`, `cancelled`. */
export interface TokenProvider {
  /** A Graph access token. `claims` answers a claims challenge; it bypasses the cache. */
  getToken(options: { signal: AbortSignal; claims?: string }): Promise<string>;
}

export interface DeviceCodePrompt {
  userCode: string;
  verificationUri: string;
  message: string;
  expiresAt: string;
}

export interface SignIn extends TokenProvider {
  signIn(options: {
    mode: 'interactive' | 'device-code';
    signal: AbortSignal;
    onDeviceCode(prompt: DeviceCodePrompt): void;
  }): Promise<SignInReport>;
  signOut(): Promise<{ signedOut: boolean }>;
  /** User name of the account that silent renewal would use; null when a sign-in is needed. Without the network. */
  currentAccount(): Promise<string | null>;
}

/**
 * A secret belongs to one connection, one origin and one use; changing any of them loses it. The key of pseudonyms belongs
 * to the computer.
 */
export interface SecretBinding {
  connectionId: string;
  /** Origin of the host that the secret is for, such as `https://licensing.inviewlabs.com`. */
  origin: string;
  kind: SecretKind | 'token-cache' | 'redaction-key';
}

export interface SecretVault {
  /** Whether secrets outlive the process. */
  isPersistent(): Promise<boolean>;
  read(binding: SecretBinding): Promise<string | null>;
  write(binding: SecretBinding, value: string): Promise<void>;
  delete(binding: SecretBinding): Promise<void>;
  deleteConnection(connectionId: string): Promise<void>;
}

/** What a saved connection has beside its file. */
export type SavedConnectionExtra = Pick<Connection, 'demo' | 'trustedHosts' | 'createdAt' | 'caseFile'>;

/** Saved connections, a folder each. Throws `store-damaged` naming the file when one cannot be read. */
export interface ConnectionStore {
  list(): Promise<Connection[]>;
  /** By id, else by name; `connection-unknown` or `selection-ambiguous` otherwise. Without a name: the only one. */
  find(idOrName: string | undefined): Promise<Connection>;
  save(file: ConnectionFile, extra: SavedConnectionExtra): Promise<Connection>;
  delete(id: string): Promise<void>;
  databaseFile(id: string): string;
}

// ------------------------------------------------------------------------------------------------------------ Graph

export interface ProvisioningLogSource {
  /**
   * Pages of one window (`from` and `to` exclusive, ISO 8601), in the order of the service; a page may be empty.
   * `resumeLink` continues an earlier window. Rows that cannot be understood are counted in `meter.malformed`.
   */
  readWindow(
    options: ReadOptions & {
      servicePrincipalId: string;
      jobId: string | null;
      from: string;
      to: string;
      resumeLink: string | null;
    },
  ): AsyncIterable<{ rows: LogRecord[]; nextLink: string | null }>;
}

export interface SynchronizationSource {
  listJobs(options: ReadOptions & { servicePrincipalId: string }): Promise<SynchronizationJob[]>;
  /** The schema as received (JSON text) and its version. */
  readSchema(
    options: ReadOptions & { servicePrincipalId: string; jobId: string },
  ): Promise<{ version: string; raw: string }>;
  readSettings(options: ReadOptions & { servicePrincipalId: string; jobId: string }): Promise<JobSettings>;
}

export interface ApplicationSource {
  /** Service principals that could be UNIFI, by name or tag; `name` defaults to UNIFI. */
  findApplications(options: ReadOptions & { name: string }): Promise<ApplicationInfo[]>;
  readApplication(options: ReadOptions & { servicePrincipalId: string }): Promise<ApplicationInfo>;
  readAssignments(options: ReadOptions & { servicePrincipalId: string }): AsyncIterable<Assignment[]>;
}

export interface UserPage {
  users: DirectoryUser[];
  /** Delta only: users that left the list; `changed` means soft-deleted, `deleted` gone. */
  removed: { id: string; reason: 'changed' | 'deleted' }[];
  /** On the last page: where the next round starts. */
  deltaLink: string | null;
  /** True on the first page of a full list: what the list does not name is gone. */
  full: boolean;
}

export interface DirectorySource {
  /** Delta round from `deltaLink`, or the full list; falls back to the full list when the link has expired. */
  readUsers(options: ReadOptions & { attributes: string[]; deltaLink: string | null }): AsyncIterable<UserPage>;
  readGroups(options: ReadOptions & { ids: string[] | 'all'; attributes: string[] }): AsyncIterable<DirectoryGroup[]>;
  /** Groups deleted meanwhile are left out. */
  readMembers(options: ReadOptions & { groupIds: string[] }): AsyncIterable<GroupMembers>;
  readDeletedUsers(options: ReadOptions & { attributes: string[] }): AsyncIterable<DirectoryUser[]>;
}

export interface AuditSource {
  /** Provisioning configuration events, and user, group and membership events, of one window. */
  readWindow(options: ReadOptions & { from: string; to: string }): AsyncIterable<AuditEvent[]>;
}

/** One call per capability that decides whether it is on. Resolves, or throws the Failure of the refusal. */
export interface CapabilityProbe {
  log(options: ReadOptions & { servicePrincipalId: string | null }): Promise<void>;
  audit(options: ReadOptions): Promise<void>;
  directory(options: ReadOptions): Promise<void>;
  deletedUsers(options: ReadOptions): Promise<void>;
}

/** One person, asked for alone: for a live look. `attributes` as in a collection. */
export interface PersonLookup {
  /** By object id or user principal name. Null: Graph has no such user. */
  user(options: ReadOptions & { id: string; attributes: string[] }): Promise<DirectoryUser | null>;
  deletedUser(options: ReadOptions & { id: string; attributes: string[] }): Promise<DirectoryUser | null>;
  /** Groups of which the user is a direct member. */
  groupIds(options: ReadOptions & { userId: string }): Promise<string[]>;
  /** Assignments of the application, whoever has them; `isWhole` false when there are more than so many pages hold. */
  assignments(
    options: ReadOptions & { servicePrincipalId: string; mostPages: number },
  ): Promise<{ assignments: Assignment[]; isWhole: boolean }>;
  /** Assignments under the display name of a user or group, which must not be empty. */
  assignmentsNamed(options: ReadOptions & { name: string; servicePrincipalId: string }): Promise<Assignment[]>;
  /** Rows about the user since a moment; `isWhole` false when there are more than so many pages hold. */
  logRows(
    options: ReadOptions & { userId: string; from: string; mostPages: number },
  ): Promise<{ rows: LogRecord[]; isWhole: boolean }>;
}

/** All of Graph for one connection. */
export interface Graph {
  log: ProvisioningLogSource;
  synchronization: SynchronizationSource;
  applications: ApplicationSource;
  directory: DirectorySource;
  audit: AuditSource;
  person: PersonLookup;
  probe: CapabilityProbe;
}

// ------------------------------------------------------------------------------------------------------------- SCIM

/** How a list ended: `complete` false when the server's paging lost items or contradicted itself. */
export interface ListEnd {
  complete: boolean;
  /** Why not, as a Failure (`response-unexpected`). */
  failure: Failure | null;
}

/** Read-only. Throws `scim-unauthorised`, `scim-rejected`, `scim-unavailable`, `network-unreachable`, `timed-out`, `response-unexpected`. */
export interface ScimDirectory {
  /** Entra's own test: a filter for a random user name, expecting 200 and nobody. scim-entra.md 1. */
  probe(options: ReadOptions & { resource: 'Users' | 'Groups' }): Promise<void>;
  /** Null when the server does not say (401, 404): proves nothing. */
  readConfig(options: ReadOptions): Promise<TargetConfig | null>;
  /** `attributes`: SCIM paths to keep. */
  readUsers(options: ReadOptions & { attributes: string[] }): AsyncGenerator<TargetUser[], ListEnd>;
  readGroups(options: ReadOptions): AsyncGenerator<TargetGroup[], ListEnd>;
  /** Accounts with a user name, by the server's own filter; null when the server ignores the filter. */
  findUsers(options: ReadOptions & { userName: string; attributes: string[] }): Promise<TargetUser[] | null>;
  /** One account by its id; null when there is none. */
  readUser(options: ReadOptions & { id: string; attributes: string[] }): Promise<TargetUser | null>;
}

// ------------------------------------------------------------------------------------------------------------ store

export interface RunStore {
  /** `startedAt` ISO 8601. Runs are numbered in the order of their start. */
  start(startedAt: string): Promise<Run>;
  /** Written as soon as a source ends, so that a killed run keeps what it knows. */
  saveSource(runId: string, report: SourceReport): Promise<void>;
  /** Entries of a source that were not understood; the same text is kept once. */
  keepAside(runId: string, source: SourceName, texts: readonly string[]): Promise<void>;
  /** Entries that were not understood, newest first. */
  keptAside(): Promise<KeptAside[]>;
  finish(runId: string, endedAt: string): Promise<void>;
  latest(): Promise<{ run: Run; sources: SourceReport[] } | null>;
  list(page: PageRequest): Promise<Page<Run & { sources: SourceReport[] }>>;
  get(runId: string): Promise<{ run: Run; sources: SourceReport[] } | null>;
  /** Every run with the moment that it stands for, oldest first. */
  marks(): Promise<RunMark[]>;
  freshness(): Promise<SourceFreshness[]>;
  /** From which run on states of the past are whole (null: from the first), and how many people are withheld. */
  kept(): Promise<{ statesFrom: { run: string; at: string } | null; withheld: number }>;
  saveGap(gap: LogGap): Promise<void>;
  gaps(): Promise<LogGap[]>;
}

/** Where a log pull stopped: the open windows (newest page link each), oldest first. */
export interface LogPosition {
  /** Everything up to here is stored, null before the first pull ended. */
  completeTo: string | null;
  /** Start of what is stored, for the retention statement. */
  completeFrom: string | null;
  open: { from: string; to: string; nextLink: string | null }[];
}

export interface LogStore {
  /** Upsert by id; rows about somebody who was purged are withheld (left out: none). */
  save(rows: LogRecord[]): Promise<{ inserted: number; updated: number; withheld?: number }>;
  position(): Promise<LogPosition>;
  savePosition(position: LogPosition): Promise<void>;
  page(filter: LogFilter, page: PageRequest): Promise<LogPage>;
  /**
   * Rows with their JSON as received, newest first, in lots for reports; `withBodies` false leaves the JSON empty.
   * `nextCursor` is null after the last lot.
   */
  lines(
    filter: LogFilter,
    lot: { limit: number; cursor: string | null; withBodies: boolean },
  ): Promise<{ lines: LogLine[]; nextCursor: string | null }>;
  /** The list row and the JSON as received. */
  row(id: string): Promise<{ row: LogRow; raw: string } | null>;
  /** The newest rows about one source object, newest first, each with its JSON as received. */
  rowsOf(entraId: string, limit: number): Promise<{ row: LogRow; raw: string }[]>;
  facets(filter: LogFilter, facets: LogFacetName[], options: StoreCall): Promise<Facet[]>;
  /** Per UTC day in [from, to); `covered` is false where no complete window reached. */
  outcomes(from: string, to: string): Promise<DayOutcome[]>;
  /** Newest row of each kind of evidence per person: used by the cross-check. */
  scopeHints(): Promise<{ assignedOnly: number; syncAll: number }>;
  newestAt(): Promise<string | null>;
  /** The first row at or after a moment; null when there is none. */
  firstAt(from: string): Promise<string | null>;
  /** Deletes the rows of whole hours before a moment; only for a retention that the user set. Gives how many went. */
  forget(before: string): Promise<number>;
}

export interface StoreCall {
  signal: AbortSignal;
  progress?(done: number, total: number): void;
}

/** Singletons kept by version: an unchanged document costs nothing per run. */
export type DocumentName = 'jobs' | 'schema' | 'job-settings' | 'application' | 'scim-config';

export interface StoredDocument {
  /** JSON text. */
  json: string;
  /** First run that saw this version. */
  since: { runId: string; at: string };
  /** Newest run that saw it. */
  seenAt: string;
}

/** Lists kept by version. Members are part of their group's object. */
export interface SnapshotItems {
  users: DirectoryUser;
  'deleted-users': DirectoryUser;
  groups: DirectoryGroup;
  'group-members': GroupMembers;
  assignments: Assignment;
  'scim-users': TargetUser;
  'scim-groups': TargetGroup;
}
export type SnapshotName = keyof SnapshotItems;

/** An object and the run that first saw its present version; `firstRun` when that was the first run of this list. */
export interface Versioned<T> {
  item: T;
  since: string;
  firstRun: boolean;
}

/** Members of groups, each with the run that first saw them; `firstRun` as in `Versioned`. */
export interface VersionedMembers extends MemberTable {
  groups: (MemberTable['groups'][number] & { since: string; firstRun: boolean })[];
}

export interface SnapshotStore {
  /** Starts a new stage of the list; an earlier unfinished one is dropped. */
  begin(name: SnapshotName): Promise<void>;
  /** `withheld`: objects and memberships of people who were purged; they are not staged. */
  stage<N extends SnapshotName>(name: N, items: SnapshotItems[N][]): Promise<{ withheld: number }>;
  /** Delta: objects that left. */
  stageRemoved(name: SnapshotName, ids: string[]): Promise<void>;
  /**
   * Makes the stage the state of this run, in one transaction. `full`: what was not staged is closed; otherwise
   * (delta, or a list that broke off) the rest stays as it is.
   */
  apply(
    name: SnapshotName,
    options: { runId: string; full: boolean },
  ): Promise<{ added: number; changed: number; closed: number; unchanged: number }>;
  /**
   * The current objects in pages, in the order of their ids; `asOfRun` reads an earlier state. `withoutMembers` leaves
   * the members of groups of UNIFI out: they are null then.
   */
  read<N extends SnapshotName>(
    name: N,
    options: { after: string | null; limit: number; asOfRun?: string; withoutMembers?: true },
  ): Promise<{ items: Versioned<SnapshotItems[N]>[]; next: string | null }>;
  /** Direct user members of all current groups of one side, and the run that first saw each group's members. */
  members(name: 'group-members' | 'scim-groups'): Promise<VersionedMembers>;
  /** Objects that left the list, or changed, in runs started after `since`: the run's time each. */
  closedSince<N extends SnapshotName>(name: N, since: string): Promise<{ item: SnapshotItems[N]; at: string }[]>;
  /** `version` null: the text itself decides whether it is a new version. */
  saveDocument(name: DocumentName, version: string | null, json: string, runId: string): Promise<void>;
  document(name: DocumentName): Promise<StoredDocument | null>;
  deltaLink(key: string): Promise<string | null>;
  saveDeltaLink(key: string, link: string | null): Promise<void>;
  saveAudit(events: AuditEvent[]): Promise<{ withheld: number }>;
  audit(from: string, to: string): Promise<AuditEvent[]>;
}

/** The newest target id that the log or the stored history names for a source object. */
export interface Link {
  sourceId: string;
  targetId: string;
  at: string;
  logId: string;
}

/** What the cross-check decided about one person, kept by version beside the findings. */
export interface PersonState {
  /** Entra object id, else `scim:` and the SCIM id. */
  id: string;
  entraId: string | null;
  scimId: string | null;
  joinedBy: 'link' | 'match-value' | 'external-id' | null;
  source: SourceState;
  target: TargetState;
}

export interface FindingStore {
  links(options: { after: string | null; limit: number }): Promise<{ links: Link[]; next: string | null }>;
  /** Pending and open findings of the newest evaluation, and resolved ones by id when they come back. */
  previous(): Promise<Finding[]>;
  /** What the evaluation of a run came to: pending and open findings, and those that it resolved; by id. */
  present(runId: string): Promise<Finding[]>;
  /** Replaces the evaluation in one transaction: findings, people's states, and what was not evaluated. */
  saveEvaluation(evaluation: {
    runId: string;
    at: string;
    findings: Finding[];
    people: PersonState[];
    notEvaluated: NotEvaluated[];
  }): Promise<void>;
  evaluation(): Promise<{ runId: string; at: string; notEvaluated: NotEvaluated[] } | null>;
  page(filter: FindingFilter, page: PageRequest): Promise<Page<Finding>>;
  get(id: string): Promise<Finding | null>;
  /** Everything that was ever found about people and groups, by Entra object id, or `scim:` and the SCIM id. */
  pastOf(ids: string[]): Promise<FindingPast[]>;
  facets(filter: FindingFilter, facets: FindingFacetName[]): Promise<Facet[]>;
}

/** Whose facts are asked for, by the ids that the store knows. */
export interface FactsAsked {
  entraId: string | null;
  scimId: string | null;
  /** Object id of the enterprise application; null when its events are not asked for. */
  applicationId: string | null;
  /** How far back audit events count, ISO 8601. */
  auditFrom: string;
}

export interface PeopleStore {
  page(filter: PersonFilter, page: PageRequest): Promise<Page<Person>>;
  get(id: string): Promise<Person | null>;
  /** People one of whose texts holds these words one after the other, whole words only, by name: quick in any company. */
  named(text: string, limit: number): Promise<Person[]>;
  /** People who had this whole address, name or user name in an earlier version, newest first; looks through all versions. */
  formerly(text: string, limit: number): Promise<Person[]>;
  facets(filter: PersonFilter, facets: PersonFacetName[]): Promise<Facet[]>;
  facts(who: FactsAsked): Promise<PersonFacts>;
  /** The same for many people at once, in their order: what they share is read once. */
  factsOfMany(whos: FactsAsked[]): Promise<PersonFacts[]>;
  /** Everything by which people and groups are or were called, each text once: names, and user names, addresses, ids. */
  vocabulary(): Promise<KnownNames>;
}

export interface GroupStore {
  /** Groups that a text can mean: an id, a whole name, else names that hold all its words. */
  find(text: string, limit: number): Promise<GroupRef[]>;
  facts(who: { entraId: string | null; scimId: string | null; auditFrom: string }): Promise<GroupFacts>;
  /** One person in one group; `accountIds`: every account that is the person's. */
  membership(who: {
    groupId: string | null;
    targetId: string | null;
    userId: string | null;
    accountIds: string[];
  }): Promise<MembershipFacts>;
}

/** The job's past, read from what the other stores keep. Times are ISO 8601; hours begin at full hours, UTC. */
export interface JobHistoryStore {
  /** Every version of the job that a run since `from` saw, oldest first. */
  readings(options: { jobId: string; from: string }): Promise<JobReading[]>;
  /** The newest `limit` versions of a document that a run since `from` saw, oldest first. */
  versions(options: { name: DocumentName; from: string; limit: number }): Promise<DocumentVersion[]>;
  /** Every hour from the one that holds `from` to before the one that holds `to`. */
  logHours(bounds: { from: string; to: string }): Promise<LogHour[]>;
  logCycles(bounds: { from: string; to: string }): Promise<LogCycle[]>;
  /** The issues that grew most from the hours [before, from) to the hours [from, to). */
  issueGrowth(bounds: { before: string; from: string; to: string; limit: number }): Promise<IssueGrowth[]>;
  /** Evaluations since `from`, oldest first, with the findings that each opened. */
  openedFindings(from: string): Promise<EvaluationChange[]>;
  /** Audit events since `from` that change how a job works or who is assigned, oldest first. */
  configurationEvents(from: string): Promise<AuditEvent[]>;
  /** Runs since `from` that found assignments to have come or gone, oldest first. */
  assignmentChanges(from: string): Promise<AssignmentChange[]>;
  assignedEntries(): Promise<AssignedEntries>;
}

/**
 * Rows of the log that come from files. They are put aside first, on the disk and for this connection alone, and then
 * stored all at once.
 */
export interface ImportStore {
  /** Forgets what was put aside. */
  clear(): Promise<void>;
  /**
   * Puts rows of a download aside, to be stored together: a lot is held in memory as a whole. `change`: for a row
   * without an id of its own, the change that it goes by.
   */
  stage(download: number, rows: { id: string; raw: string; change: string | null }[]): Promise<void>;
  /** Puts steps and modified properties of changes aside, as JSON. */
  stageParts(parts: { kind: 'steps' | 'changes'; change: string; json: string }[]): Promise<void>;
  /** Those of a change in their order, separated by commas; null when they are longer together than `longest`. */
  partsOf(change: string, longest: number): Promise<{ steps: string; changes: string } | null>;
  /**
   * Stores, in one transaction, the rows that were put aside and whose ids the log does not have, each marked by its
   * import; what the log has stays, and of several rows with one id the first counts. Gives how many each download
   * brought, and how many were left out since they are about people who were purged. `files` are names without folders; `progress` is told how many rows were gone through.
   */
  apply(
    downloads: { at: string; files: string[]; format: ImportFormat }[],
    progress: (rows: number) => void,
  ): Promise<{ inserted: number; withheld: number }[]>;
}

/** What was last done for the history's file. */
export interface CareStore {
  note(task: CareTaskName, at: string, good: boolean): Promise<void>;
  notes(): Promise<CareNote[]>;
}

/** Retention of everything but the log: only what the user set. Each gives how many rows went. `before`: ISO 8601. */
export interface RetentionStore {
  /** Past states of lists, people and findings before the first run that ended at or after the moment. */
  forgetStates(before: string): Promise<number>;
  /** The ledger of runs before that run, and entries kept aside that were not met since. */
  forgetRuns(before: string): Promise<number>;
  /** Audit events before the moment. */
  forgetAudit(before: string): Promise<number>;
}

/** Purges of people from this history: what was done, never to whom. Throws `input-invalid` for an id that is not there. */
export interface PurgeStore {
  /** Newest first. */
  list(): Promise<PurgeEntry[]>;
  receipt(id: string): Promise<PurgeReceipt>;
  /** Adds saved queries and reports that were deleted beside the history; gives the receipt. */
  noteSaved(id: string, counts: { queries: number; reports: number }): Promise<PurgeReceipt>;
  /** The hashes go: from the next collection on the person is like anybody else. */
  lift(id: string, at: string): Promise<PurgeReceipt>;
}

/** Failures of the log grouped as issues, as counted after the newest collection. */
export interface IssueStore {
  /** Brings the counts up to the stored log; hours that did not change cost nothing. Gives how many hours were read. */
  count(): Promise<number>;
  /** True while the log has failures and nothing was counted yet. */
  isUncounted(): Promise<boolean>;
  /** All issues, in no order. `end` (ISO 8601): where the last of the 14 spans of `perDay` ends. */
  list(end: string): Promise<StoredIssue[]>;
  get(id: string, end: string): Promise<StoredIssue | null>;
  /** Whom an issue affects, those who still wait first. */
  affected(id: string, limit: number): Promise<AffectedSubject[]>;
  mute(id: string, mute: IssueMute): Promise<void>;
  unmute(id: string): Promise<void>;
}

/** Facts behind the named views. */
export interface ViewStore {
  suspectLinks(): Promise<LinkFacts[]>;
  leavers(): Promise<LeaverFacts[]>;
  /** The newest rows of each Entra object, newest first, in the order of the ids. */
  writes(entraIds: string[], limit: number): Promise<WriteRow[][]>;
  /** Who was updated at least `least` times since a moment, most often first, with the newest `rows` updates of each. */
  oftenUpdated(options: {
    since: string;
    least: number;
    most: number;
    rows: number;
  }): Promise<{ found: OftenUpdated[]; isCut: boolean }>;
}

/** Documents of the set-up as stored, JSON text; null: none was known. */
export type SetupDocuments = Record<'schema' | 'job-settings' | 'jobs' | 'application' | 'scim-config', string | null>;

/** What the job's state is judged by as of a run: the stored jobs (JSON text), and how fresh every source was. */
export interface JobAtRun {
  run: Run;
  /** The moment that the run stands for, ISO 8601. */
  at: string;
  jobs: string | null;
  sources: SourceFreshness[];
  logNewestAt: string | null;
}

/** What changed between two runs, by their ids, the earlier one first. */
export interface HistoryDiffStore {
  counts(range: { from: string; to: string }): Promise<DiffCount[]>;
  page(range: { from: string; to: string }, filter: DifferenceFilter, page: PageRequest): Promise<Page<Difference>>;
  /** Documents at both ends; the job at both ends, and at every run between them that saw its state change. */
  setups(range: {
    from: string;
    to: string;
  }): Promise<{ before: SetupDocuments; after: SetupDocuments; jobs: JobAtRun[] }>;
}

/** All that reading a history takes: of the present, and of an earlier run. */
export interface HistoryReads {
  runs: Pick<RunStore, 'latest' | 'list' | 'get' | 'freshness' | 'gaps' | 'keptAside'>;
  log: Pick<
    LogStore,
    'position' | 'page' | 'row' | 'rowsOf' | 'facets' | 'outcomes' | 'scopeHints' | 'newestAt' | 'firstAt'
  >;
  snapshots: Pick<SnapshotStore, 'read' | 'closedSince' | 'document' | 'audit'>;
  findings: Pick<FindingStore, 'present' | 'evaluation' | 'page' | 'get' | 'pastOf' | 'facets'>;
  people: PeopleStore;
  groups: GroupStore;
  jobHistory: JobHistoryStore;
  counts(): Promise<StatusCounts>;
}

/** The history of one connection. Throws `store-locked`, `store-full`, `store-newer`, `store-damaged` naming the file. */
export interface HistoryStore extends HistoryReads {
  runs: RunStore;
  log: LogStore;
  snapshots: SnapshotStore;
  findings: FindingStore;
  people: PeopleStore;
  issues: IssueStore;
  imports: ImportStore;
  purges: PurgeStore;
  retention: RetentionStore;
  care: CareStore;
  views: ViewStore;
  differences: HistoryDiffStore;
  /** The state at an earlier run, by its id. Throws `run-unknown`, at the latest with the first read. */
  at(runId: string): HistoryReads;
  close(): Promise<void>;
}

/** The pieces of a report's file, read once; reading them reads the report's tables. */
export interface WrittenReport {
  chunks: AsyncIterable<string | Uint8Array>;
  /** What stands in a file beside it, known after the last piece; null for a format that holds everything itself. */
  companion: (() => Promise<Record<string, unknown>>) | null;
}
