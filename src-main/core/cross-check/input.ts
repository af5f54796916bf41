import type { Finding } from '../../contract/models/finding.ts';
import type { SourceName } from '../../contract/models/run.ts';
import type { Assignment, AuditEvent, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { MemberTable } from '../model/members.ts';
import type { JobSettings, SynchronizationJob, SyncSchema } from '../model/synchronization.ts';
import type { TargetGroupHead, TargetUser } from '../model/target.ts';

/** The newest target id that the log or the stored history names for a user or group of Entra. */
export interface TargetLink {
  sourceId: string;
  targetId: string;
  at: string;
  logId: string;
}

/** When a run first saw that something had changed. Times of runs, ISO 8601. Only what is recent matters. */
export interface SeenChanges {
  /** By user id: the user, the assignment, or a membership. */
  people: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  /** By group id and user id with a blank between. */
  memberships: ReadonlyMap<string, string>;
}

/** Both sides as last collected. */
export interface CrossCheckInput {
  /** The moment that the collected state stands for, ISO 8601. */
  observedAt: string;
  /** Sources that were read completely in the newest run. */
  complete: ReadonlySet<SourceName>;
  /** The newest mappings that could be read, and when; null when none ever were. */
  schema: { schema: SyncSchema; seenAt: string } | null;
  settings: JobSettings | null;
  scopeHints: { assignedOnly: number; syncAll: number };
  job: SynchronizationJob | null;
  users: readonly DirectoryUser[];
  deletedUsers: readonly DirectoryUser[];
  groups: readonly DirectoryGroup[];
  /** Direct user members. */
  groupMembers: MemberTable;
  assignments: readonly Assignment[];
  accounts: readonly TargetUser[];
  targetGroups: readonly TargetGroupHead[];
  targetMembers: MemberTable;
  links: readonly TargetLink[];
  /** Events of the time that matters, in any order. */
  audit: readonly AuditEvent[];
  /** Start of what the audit log was read for without a gap up to the newest run; null when it was not. */
  auditFrom: string | null;
  seen: SeenChanges;
  /** Findings of the last evaluation, and resolved ones that are known. */
  previous: readonly Finding[];
}
