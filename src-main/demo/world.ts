import type { TruthEntry } from '../contract/models/demo.ts';

/** Any JSON object in the exact shape of the service that serves it. */
export type Json = Record<string, unknown>;

/** Ids that the servers need for their paths; all derived from the seed. */
export interface DemoIds {
  tenantId: string;
  clientId: string;
  /** Display names and principal names of the demo administrator who signs in. */
  adminId: string;
  adminUpn: string;
  /** The enterprise application that has the job under watch. */
  servicePrincipalId: string;
  applicationId: string;
  jobId: string;
}

/** Rows of the provisioning log lie on disk, sorted by time; only times and offsets are in memory. */
export interface DemoLog {
  readonly count: number;
  /** Row numbers [start, end) with from < activityDateTime < to, in epoch milliseconds. */
  range(fromMs: number, toMs: number): { start: number; end: number };
  /** JSON text of the rows [start, end), each one object, as Graph writes it. */
  rows(start: number, end: number): string[];
}

/**
 * The simulated company, its provisioning service and its UNIFI tenant at one moment. The simulation writes it, the
 * HTTP servers only read it. Everything is Graph's or SCIM's own shape, so that the servers add paging, filters,
 * permissions and quirks, and nothing else.
 */
export interface DemoWorld {
  readonly ids: DemoIds;
  /** The present moment of the simulation, epoch milliseconds. */
  readonly nowMs: number;
  /** Runs the company, its cycles and hand changes on to a later moment. */
  advanceTo(nowMs: number): void;

  readonly directory: {
    /** Graph user objects with every property; the server applies `$select`. Without soft-deleted ones. */
    userCount(): number;
    userAt(index: number): Json;
    user(idOrUpn: string): Json | null;
    /** Ids of users created, changed, deleted or restored after this moment; for delta rounds. */
    usersChangedSince(ms: number): { id: string; state: 'present' | 'soft-deleted' | 'deleted' }[];
    deletedUsers(): Json[];
    groups(): Json[];
    group(id: string): Json | null;
    /** Direct members: `@odata.type` and id at least; users as in userAt. */
    members(groupId: string): Json[];
    groupsChangedSince(ms: number): { id: string; state: 'present' | 'deleted' }[];
    audits(): Json[];
  };
  readonly applications: {
    /** Service principals: UNIFI, a UNIFI test application, and a few others. */
    servicePrincipals(): Json[];
    assignments(servicePrincipalId: string): Json[];
    jobs(servicePrincipalId: string): Json[];
    schema(jobId: string): Json | null;
    /** The job's secrets collection, credentials included: the client must drop them. */
    secrets(jobId: string): { key: string; value: string }[] | null;
  };
  readonly log: DemoLog;
  readonly scim: {
    userCount(): number;
    userAt(index: number): Json;
    user(id: string): Json | null;
    findUsers(attribute: string, value: string): Json[];
    groupCount(): number;
    /** With `members`. */
    groupAt(index: number): Json;
    group(id: string): Json | null;
    findGroups(attribute: string, value: string): Json[];
  };
  truth(): TruthEntry[];
  /** Deletes the log file and closes what is open. */
  close(): void;
}
