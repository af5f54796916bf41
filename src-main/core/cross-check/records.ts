import type { SourceState } from '../../contract/models/person.ts';
import type { UserSubject } from '../mapping/directory-attribute.ts';
import type { CannotEvaluate } from '../mapping/evaluated.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { TargetGroupHead, TargetUser } from '../model/target.ts';
import type { TargetLink } from './input.ts';
import type { KindSet } from './kinds.ts';

export type JoinedBy = 'link' | 'match-value' | 'external-id';

/** A user of Entra while the two sides are joined; one object each, filled in step by step. */
export interface PersonRecord extends UserSubject {
  readonly user: DirectoryUser;
  /** In the list of soft-deleted users. */
  readonly isDeleted: boolean;
  isSoftDeleted: boolean | null;
  entitled: 'yes' | 'no' | 'unknown';
  /** The newest assignment that entitles, and the group it works through. */
  assignment: Assignment | null;
  through: GroupRecord | null;
  source: SourceState;
  /** Left out early by an input filter: nothing is reported. findings.md 2. */
  inputFiltered: boolean;
  link: TargetLink | null;
  /** The account that the link names, if it exists. */
  linked: AccountRecord | null;
  /** Accounts with the person's match value. */
  matched: readonly AccountRecord[];
  /** The first match value that is not empty, and who else has it; null: none. */
  slot: MatchSlot | null;
  matchValue: string | null;
  /** A match value that cannot be evaluated. */
  matchProblem: { attribute: string; problem: CannotEvaluate } | null;
  account: AccountRecord | null;
  joinedBy: JoinedBy | null;
  /** Other accounts of the same person. */
  further: readonly AccountRecord[];
  isLinkStale: boolean;
  /** What was not evaluated for this person. */
  undecided: KindSet;
  /** Groups compare members by marks instead of sets. */
  mark: number;
}

/** Everyone, living people and accounts alike, under one match value. */
export interface MatchSlot {
  accounts: readonly AccountRecord[];
  people: readonly PersonRecord[];
}

export interface AccountRecord {
  readonly account: TargetUser;
  /** Whose account it is: the first, and whether there are more. */
  holder: PersonRecord | null;
  hasInScopeHolder: boolean;
  hasUnknownHolder: boolean;
  /** Whose further account it is. */
  furtherOf: PersonRecord | null;
  /** A living person joins it by link or match value: others do not get it by a weaker sign. */
  isClaimed: boolean;
  sharesExternalId: boolean;
  /** Newest link of a user who is in no list any more. */
  goneLink: TargetLink | null;
  undecided: KindSet;
  mark: number;
}

export interface GroupRecord {
  readonly group: DirectoryGroup;
  members: PersonRecord[];
  assignment: Assignment | null;
  /** `not-security`: outside of everything, so that nothing is said about it. */
  scope: 'in-scope' | 'not-entitled' | 'not-security' | 'unmapped' | 'unknown';
  nameKey: string | null;
  link: TargetLink | null;
  target: TargetGroupRecord | null;
  further: TargetGroupRecord[];
  joinedBy: JoinedBy | null;
  undecided: KindSet;
}

export interface TargetGroupRecord {
  readonly group: TargetGroupHead;
  /** In-scope groups that have it as theirs. */
  holders: GroupRecord[];
  furtherOf: GroupRecord | null;
  undecided: KindSet;
}
