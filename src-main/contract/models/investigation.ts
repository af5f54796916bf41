import type { Evidence } from './finding.ts';
import type { SourceName } from './run.ts';

/** What is asked about somebody, as the stored state shows it. */
export type InvestigationQuestion =
  'missing' | 'inactive' | 'still-active' | 'as-it-should-be' | 'never-in-scope' | 'unknown-person';

export const certainties = ['certain', 'likely', 'cannot-tell'] as const;
export type Certainty = (typeof certainties)[number];

export const verdictActors = ['entra-admin', 'group-owner', 'unifi-admin', 'microsoft', 'wait', 'nobody'] as const;
/** Who has to act; `wait`: time does it. */
export type VerdictActor = (typeof verdictActors)[number];

/**
 * Rules of provisioning-semantics.md 8, 9 and 10 (groups and members); a word tells several causes of one rule apart.
 * I1: an account that should be active and is not. What each means: core/investigation/causes.ts.
 */
export const causeIds = [
  'A2-soft-deleted',
  'A2-not-found',
  'A3-no-job',
  'A3-disabled',
  'A3-paused',
  'A3-not-configured',
  'A3-not-run',
  'A4',
  'A5',
  'A6',
  'A7',
  'A8-not-assigned',
  'A8-nested-group',
  'A8-not-security-enabled',
  'A8-too-recent',
  'A9',
  'A10-missing',
  'A10-duplicate',
  'A11-failure',
  'A11-skipped',
  'A11-warning',
  'A11s',
  'A12-wait',
  'A12-gap',
  'A13',
  'I1',
  'B1',
  'B2',
  'B3-paused',
  'B3-disabled',
  'B3-quarantine',
  'B4',
  'B5',
  'B6-update',
  'B6-delete',
  'B7',
  'B8',
  'B10-failure',
  'B10-ignored',
  'B11',
  'B13',
  'B15',
  'G1',
  'G2',
  'G3',
  'G4-missing',
  'G4-duplicate',
  'G5',
  'G6',
  'M1',
  'M2',
  'M3',
  'M4',
  'M5',
  'M6',
  'M7',
  'M8',
] as const;
export type CauseId = (typeof causeIds)[number];

export interface Verdict {
  /** Null for a person who is as they should be, and where it cannot be told. */
  cause: CauseId | null;
  /** One sentence as a person would say it. */
  sentence: string;
  certainty: Certainty;
  actor: VerdictActor;
  /** What to do, in order; empty when there is nothing to do. */
  steps: string[];
  /** Where waiting is the answer: until when. */
  expectedBy?: string;
}

/**
 * `cause` ends the search; `also` would have been the cause had an earlier rule not been; `blind`: what the rule needs
 * could not be read.
 */
export type RuleOutcome = 'cause' | 'ruled-out' | 'note' | 'also' | 'blind';

export interface RuleTried {
  /** Id of the rule, such as `A8`. */
  rule: string;
  /** What the rule asks, for people. */
  title: string;
  outcome: RuleOutcome;
  evidence: Evidence[];
}

/** One mapped attribute on both sides; `expected` null: Entra sends nothing. */
export interface AttributeComparison {
  attribute: string;
  expected: string | null;
  actual: string | null;
  /** `unknown` where one side cannot be told; `note` says why. */
  agreement: 'same' | 'different' | 'unknown';
  note: string | null;
}

export interface TimelineEntry {
  at: string;
  kind: 'directory' | 'log' | 'finding' | 'job' | 'collection' | 'gap';
  /** Of something that lasted, such as a gap of the log: until when. */
  until?: string;
  text: string;
  /** Id of the row, event, finding or run. */
  ref: string | null;
}

/** A source that was not read whole in the newest collection, is old, or does not reach back far enough, and the rules that it blinds. */
export interface UnknownSource {
  source: SourceName;
  reason: string;
  blinds: string[];
}

export interface InvestigationSubject {
  type: 'user' | 'group';
  /** As in `people`: Entra object id, else `scim:` and the SCIM id; null when nobody was found. */
  id: string | null;
  entraId: string | null;
  scimId: string | null;
  name: string;
  userPrincipalName: string | null;
  userName: string | null;
}

/** Somebody who was possibly meant, with what tells them apart. */
export interface InvestigationCandidate {
  type: 'user' | 'group';
  /** What to ask with: the Entra object id, else `scim:` and the SCIM id. */
  id: string;
  name: string;
  detail: string;
}

/** One clause of a scoping filter of the job, and how it went for this person. */
export interface ScopeClauseSeen {
  filter: string;
  /** It leaves people out early: leaving it deprovisions nobody. */
  early: boolean;
  attribute: string;
  operator: string;
  values: string[];
  /** The value that it saw; null: none, or `problem` says why it cannot be told. */
  seen: string | null;
  problem: string | null;
  answer: 'pass' | 'fail' | 'unknown';
}

/** A group on a way from a person to the application. */
export interface GroupOnWay {
  id: string;
  /** Null: the group was not read. */
  name: string | null;
  securityEnabled: boolean | null;
  /** Its members follow from a rule. */
  dynamic: boolean;
  /** UNIFI is assigned to it. */
  assigned: boolean;
}

/** One way from a person towards the application. */
export interface MembershipWay {
  /** Innermost first: the person is a direct member of the first one; empty: assigned directly. */
  groups: GroupOnWay[];
  /**
   * Where the way ends: `link` 0 leads from the person to the first group, the last one from the last group to UNIFI;
   * null: it gives access.
   */
  broken: { link: number; why: 'nested' | 'not-security-enabled' | 'not-assigned' | 'not-known' } | null;
}

/** What gives a person access to UNIFI, or would. */
export interface AccessSeen {
  /** The job provisions everybody, assigned or not. */
  everyone: boolean;
  /** Ways that lead to an assignment first, at most 20. */
  ways: MembershipWay[];
  /** How many ways there are in all. */
  wayCount: number;
  /** Every clause of every scoping filter of the people's mapping, filter by filter. */
  clauses: ScopeClauseSeen[];
}

/** A text to paste into a ticket; `redacted` has the same sentences with names and ids masked, each always the same. */
export interface TicketText {
  text: string;
  markdown: string;
  redacted: string;
}

/** The member that is asked about, beside the group; `verdict` is what is found about the person alone. */
export interface InvestigationMember {
  id: string;
  entraId: string | null;
  scimId: string | null;
  name: string;
  verdict: Verdict;
}

/** A whole user principal name or object id: by these, Entra can be asked about somebody whom the history does not know. */
export const userKey = /^(?:[^\s@]+@[^\s@]+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/iu;

/** How old one thing is on which the verdict rests. */
export interface SourceAge {
  source: SourceName;
  /** When it was read, ISO 8601; where only a part was read just now, the rest; null: it was never read whole. */
  readAt: string | null;
  /** All of it that concerns this person was asked for just now; else as the newest collection left it. */
  isLive: boolean;
  /** Where only a part was asked for just now: which, and how old the rest is, in whole sentences. */
  part: string | null;
  /** Why it could not be asked just now, as a whole sentence. */
  failure: string | null;
}

/** A look at one person just before the verdict. Nothing of it is stored: the next collection reads it again. */
export interface LiveLook {
  /** Requests to Entra and UNIFI, repetitions included; at most 12. */
  requests: number;
  ages: SourceAge[];
}

/** Everything that is known about why somebody, a group, or a member of it is in UNIFI as they are. */
export interface Investigation {
  subject: InvestigationSubject;
  /** Where a member of a group was asked about: `subject` is the group then. */
  member?: InvestigationMember;
  /** Several people fit what was asked: nothing was decided. */
  candidates?: InvestigationCandidate[];
  question: InvestigationQuestion;
  verdict: Verdict;
  path: RuleTried[];
  attributes: AttributeComparison[];
  timeline: TimelineEntry[];
  unknown: UnknownSource[];
  /** Of a person whom Entra knows. */
  access?: AccessSeen;
  ticket: TicketText;
  /** Where the person was looked at anew before the verdict. */
  live?: LiveLook;
}
