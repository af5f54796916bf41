import type { Assignment, AuditEvent, DirectoryGroup, DirectoryUser } from './directory.ts';
import type { TargetUser } from './target.ts';

/** All that the newest lists hold about one person; nothing here is older than the last collection that read it. */
export interface PersonFacts {
  user: DirectoryUser | null;
  /** In the list of soft-deleted users, and in no other. */
  deletedUser: DirectoryUser | null;
  /** In no list any more: as last seen, and the run that no longer saw the user. */
  formerUser: { item: DirectoryUser; goneAt: string } | null;
  account: TargetUser | null;
  /** An earlier cross-check found the person in scope. */
  wasInScope: boolean;
  /** `through`: the groups between the person and this one, innermost first; empty for direct membership. Group null: not read. */
  groups: { id: string; through: string[]; group: DirectoryGroup | null }[];
  /** Of the person and of those groups. */
  assignments: Assignment[];
  /** Audit events that name the person, and those that name the enterprise application; oldest first. */
  audit: AuditEvent[];
  applicationAudit: AuditEvent[];
}
