import type { Finding, SubjectRef } from '../../contract/models/finding.ts';
import type { LeaverRow } from '../../contract/models/named-view.ts';
import type { SourceState, TargetState } from '../../contract/models/person.ts';
import { describeDay } from '../health/describe-time.ts';

const dayMs = 86_400_000;
/** Entra keeps a deleted user for so long, then deletes for good, and only then sends DELETE. Semantics 4. */
const keptMs = 30 * dayMs;

/** Somebody who is in UNIFI's list and should not be active there. */
export interface LeaverFacts {
  subject: SubjectRef;
  left: SourceState;
  account: TargetState;
  /**
   * ISO 8601: the date that Entra gives, else when a collection first saw it or Entra switched the account off; null:
   * nothing is known.
   */
  leftAt: string | null;
  leftAtKnown: boolean;
  /** Soft deletion, where it was seen. */
  deletedAt: string | null;
  /** When Entra last switched the account off, as the log tells; null: it does not. */
  switchedOffAt: string | null;
  /** What the person was before they were deleted; null: not known. */
  before: SourceState | null;
  /** The finding that the account is still active, if the cross-check has one. */
  finding: Pick<Finding, 'state' | 'expectedBy' | 'changedAt'> | null;
  logId: string | null;
}

export interface LeaverRules {
  /** Whether the job switches anybody off: it may update, and `active` is mapped. Null: the mappings were never read. */
  disables: boolean | null;
  /** Whether the job may delete; null: the mappings were never read. */
  deletes: boolean | null;
  /** Whether the job switches nobody off who leaves the scope (`SkipOutOfScopeDeletions`). */
  skipsOutOfScope: boolean;
  /** From a change in Entra until UNIFI should show it. */
  horizonMs: number;
}

type Owed = Pick<LeaverRow, 'what' | 'owed' | 'dueAt' | 'sentence'>;

const leftWords: Readonly<Record<string, string>> = {
  disabled: 'was disabled in Entra',
  'soft-deleted': 'was deleted in Entra',
  deleted: 'is deleted for good in Entra',
  'not-entitled': 'is no longer assigned',
  'filtered-out': 'is left out by the scoping filter',
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** Whoever left the scope before being deleted is deleted by nobody: the account stays for ever. Semantics 4. */
const hadLeftScope = ({ before }: LeaverFacts): boolean => before === 'not-entitled' || before === 'filtered-out';

/** Nobody saw what came first, and the account was not switched off because of the deletion. */
const mayHaveLeftScope = ({ before, account, switchedOffAt, deletedAt }: LeaverFacts): boolean =>
  before === null &&
  account === 'inactive' &&
  (switchedOffAt === null || deletedAt === null || Date.parse(switchedOffAt) < Date.parse(deletedAt));

const disableOwed = (facts: LeaverFacts, rules: LeaverRules, nowMs: number): Owed => {
  const { finding, leftAt, account, subject } = facts;
  const begin = `${subject.name} ${leftWords[facts.left] ?? 'left'}`;
  if (account !== 'active') {
    return {
      what: 'unknown',
      owed: 'disable',
      dueAt: null,
      sentence: `${begin}; UNIFI does not say whether the account is active.`,
    };
  }
  // Counted from a day that is only known to be too late, a due date would be invented.
  const isDated = facts.leftAtKnown && leftAt !== null;
  const dueAt = isDated ? (finding?.expectedBy ?? iso(Date.parse(leftAt) + rules.horizonMs)) : null;
  if (rules.disables === false) {
    return {
      what: 'never',
      owed: 'disable',
      dueAt: null,
      sentence: `${begin}, and the job is not set up to switch accounts off: somebody has to do it in UNIFI.`,
    };
  }
  if (rules.skipsOutOfScope) {
    return {
      what: 'never',
      owed: 'disable',
      dueAt: null,
      sentence: `${begin}, and the job is set to leave such accounts alone: somebody has to switch it off in UNIFI.`,
    };
  }
  const isLate = finding ? finding.state === 'open' : dueAt !== null && Date.parse(dueAt) <= nowMs;
  if (!isLate && !finding && dueAt === null) {
    return {
      what: 'unknown',
      owed: 'disable',
      dueAt: null,
      sentence: `${begin}; the newest cross-check did not judge the account, which is active.`,
    };
  }
  return isLate
    ? { what: 'past-due', owed: 'disable', dueAt, sentence: `${begin}, and the account is still active.` }
    : { what: 'due', owed: 'disable', dueAt, sentence: `${begin}; Entra is still about to switch the account off.` };
};

const deleteOwed = (facts: LeaverFacts, rules: LeaverRules, nowMs: number): Owed => {
  const { subject, deletedAt } = facts;
  const begin = `${subject.name} ${leftWords[facts.left] ?? 'left'}`;
  const state = facts.account === 'active' ? 'still active' : 'still there, switched off';
  if (hadLeftScope(facts)) {
    return {
      what: 'never',
      owed: 'delete',
      dueAt: null,
      sentence: `${begin} after the access was gone, so that Entra will never delete the account, which is ${state}.`,
    };
  }
  if (rules.deletes === false) {
    return {
      what: 'never',
      owed: 'delete',
      dueAt: null,
      sentence: `${begin}, and the job may not delete: the account is ${state} until somebody deletes it in UNIFI.`,
    };
  }
  const dueMs = deletedAt === null ? null : Date.parse(deletedAt) + keptMs + rules.horizonMs;
  const dueAt = dueMs === null ? null : iso(dueMs);
  if (mayHaveLeftScope(facts)) {
    return {
      what: 'unknown',
      owed: 'delete',
      dueAt,
      sentence: `${begin}, and the account is ${state}. If the access was gone before that, Entra will never delete it; what came first was not seen.`,
    };
  }
  // Deleted for good already, earlier than the 30 days when an administrator did it.
  const isLate = facts.left === 'deleted' || (dueMs !== null && dueMs <= nowMs);
  if (rules.deletes === null) {
    return {
      what: 'unknown',
      owed: 'delete',
      dueAt,
      sentence: `${begin}; whether the job deletes accounts is not known, because its mappings were never read.`,
    };
  }
  if (isLate) {
    return { what: 'past-due', owed: 'delete', dueAt, sentence: `${begin}, and the account is ${state}.` };
  }
  const when = dueMs === null ? '30 days after the deletion' : `about ${describeDay(dueMs, nowMs)}`;
  return { what: 'due', owed: 'delete', dueAt, sentence: `${begin}; Entra deletes the account ${when}.` };
};

const owedOf = (facts: LeaverFacts, rules: LeaverRules, nowMs: number): Owed => {
  if (facts.left === 'deleted') return deleteOwed(facts, rules, nowMs);
  if (facts.account !== 'inactive') return disableOwed(facts, rules, nowMs);
  if (facts.left === 'soft-deleted') return deleteOwed(facts, rules, nowMs);
  return {
    what: 'done',
    owed: 'nothing',
    dueAt: null,
    sentence: `${facts.subject.name} ${leftWords[facts.left] ?? 'left'}, and the account is switched off.`,
  };
};

/**
 * What is still owed to somebody who left and has an account: switching it off, and after a deletion in Entra also its
 * deletion 30 days later. provisioning-semantics.md 4.
 *
 * @param nowMs the moment that days count to, epoch milliseconds
 */
export const judgeLeaver = (facts: LeaverFacts, rules: LeaverRules, nowMs: number): LeaverRow => {
  const { subject, left, leftAt, leftAtKnown, account, logId } = facts;
  return {
    view: 'leaver-clock',
    id: `leaver-clock:${subject.entraId ?? `scim:${subject.scimId ?? ''}`}`,
    subject,
    left,
    leftAt,
    leftAtKnown,
    days: leftAt === null ? null : Math.max(0, Math.floor((nowMs - Date.parse(leftAt)) / dayMs)),
    account,
    logId,
    ...owedOf(facts, rules, nowMs),
  };
};

const order: readonly LeaverRow['what'][] = ['past-due', 'due', 'unknown', 'never', 'done'];

/** Past due first, then by days since they left, longest first. */
export const compareLeavers = (one: LeaverRow, other: LeaverRow): number =>
  order.indexOf(one.what) - order.indexOf(other.what) ||
  (other.days ?? -1) - (one.days ?? -1) ||
  one.subject.name.localeCompare(other.subject.name, 'en') ||
  (one.id < other.id ? -1 : 1);
