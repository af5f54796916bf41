import type { Assignment, AuditEvent, DirectoryGroup } from './directory.ts';
import type { TargetGroup } from './target.ts';

/** A group of Entra with its counterpart, or a group that only UNIFI has. */
export interface GroupRef {
  /** Entra object id, else `scim:` and the SCIM id. */
  id: string;
  entraId: string | null;
  /** Of a group of Entra: the counterpart that the log names, or that was asked for; null when neither is so. */
  scimId: string | null;
  name: string;
  createdAt: string | null;
  /** False for a group that is in no list any more. */
  isPresent: boolean;
  isAssigned: boolean;
}

/** A group of UNIFI with the number of its members instead of their ids; null: they could not be read. */
export interface CountedTargetGroup extends Omit<TargetGroup, 'memberIds'> {
  memberCount: number | null;
}

/** All that the newest lists hold about one group; nothing here is older than the last collection that read it. */
export interface GroupFacts {
  /** As Entra lists it. */
  group: DirectoryGroup | null;
  /** In no list any more: as last seen, and the run that no longer saw it. */
  formerGroup: { item: DirectoryGroup; goneAt: string } | null;
  /** Direct user members; null where they were not read: of groups that are neither assigned nor inside of one. */
  memberCount: number | null;
  /** The groups that hold it, each with the way to it, innermost first. */
  holders: { id: string; through: string[]; group: DirectoryGroup | null }[];
  /** Of the group and of those groups. */
  assignments: Assignment[];
  /** Other groups of Entra with the same name, and whether each is assigned. */
  namesakes: { group: DirectoryGroup; assignment: Assignment | null }[];
  /** Groups of UNIFI that can be this one: by link, by name, by external id. */
  targets: CountedTargetGroup[];
  /** The newest target id that the log names. */
  link: { targetId: string; at: string; logId: string } | null;
  /** Audit events that name the group, oldest first. */
  audit: AuditEvent[];
}

/** What is stored about one person in one group, on either side. Times are those of runs, ISO 8601. */
export interface MembershipFacts {
  isDirect: boolean;
  /** The first run that saw the direct membership; null when it was there from the first run on, or is not there. */
  directSince: string | null;
  /** The first run that no longer saw a direct membership that was. */
  directUntil: string | null;
  /** Among the members in UNIFI. */
  isListed: boolean;
  listedUntil: string | null;
  /** The newest run that saw the person in scope again after having been out of it. */
  returnedAt: string | null;
}
