import type { Evidence } from '../../contract/models/finding.ts';
import type { VerdictActor } from '../../contract/models/investigation.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { findKnownError } from '../errors/explain-error.ts';
import type { ErrorActor } from '../errors/error-codes.ts';
import { evidence, type CaseBase } from './case-base.ts';
import { adviceFor } from './causes.ts';
import { cause, note, ruledOut, type CauseVerdict, type Rule } from './rule.ts';
import { isUnseen } from './standstill.ts';

const actors: Record<ErrorActor, VerdictActor> = {
  'entra-admin': 'entra-admin',
  'unifi-admin': 'unifi-admin',
  vendor: 'unifi-admin',
  microsoft: 'microsoft',
  nobody: 'wait',
};

export const rowEvidence = (row: LogRowDetail): Evidence =>
  evidence(
    'provisioning-log',
    row.id,
    `Log row "${row.action}" ended as "${row.status}"${row.errorCode ? ` with the code ${row.errorCode}` : ''}.`,
    row.at,
  );

/** For the middle of a sentence; names keep their capital. */
const lowerFirst = (text: string): string =>
  /^[A-Z](?:[a-z]| )/u.test(text) && !/^(?:Azure|Entra|Graph|Microsoft)\b/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

/** Microsoft's texts speak of "the target"; people know it as UNIFI. */
const named = (text: string): string => text.replaceAll(/\bthe target\b/giu, 'UNIFI');

/** Assigned, in scope, and yet "not entitled": Entra's own record of the assignment is broken. provisioning-semantics.md 6. */
const brokenAssignment = (subject: CaseBase, moment: string): CauseVerdict => ({
  cause: 'A11-skipped',
  sentence: `${subject.complaint} because Entra decided on ${moment} that nothing gives the access, although the assignment is there: its own record of it is damaged.`,
  certainty: 'likely',
  actor: 'entra-admin',
  steps: [
    'Take the assignment away, or the membership in the assigned group, and give it again.',
    'Wait for the next provisioning cycle, collect again, and ask again.',
  ],
});

const saysSkip = (row: LogRowDetail, word: string): boolean =>
  [row.errorCode, row.reason].some((text) => text?.toLowerCase() === word);
const saysEqual = (row: LogRowDetail): boolean => saysSkip(row, 'redundantexport');

const attempts = {
  'A11-failure': (moment: string) => `the last attempt, on ${moment}, failed`,
  'A11-skipped': (moment: string) => `Entra decided on ${moment} to send nothing`,
  'A11-warning': (moment: string) => `the last attempt, on ${moment}, ended with a warning`,
  'B10-failure': (moment: string) => `the last attempt to take the access away, on ${moment}, failed`,
  G5: (moment: string) => `the last attempt to write it, on ${moment}, failed`,
  M8: (moment: string) => `the last attempt to write the members, on ${moment}, failed`,
} as const;

/**
 * What a failed, skipped or odd row says, in the words of the error knowledge.
 *
 * @param attempt what was attempted, where the cause alone does not say it
 */
export const rowVerdict = (
  subject: CaseBase,
  id: keyof typeof attempts,
  row: LogRowDetail,
  attempt?: string,
): CauseVerdict => {
  const { explanation } = row;
  const known = row.errorCode === null ? null : (findKnownError(row.errorCode)?.known ?? null);
  const moment = describeMoment(timeOf(row.at) ?? subject.nowMs, subject.nowMs);
  if (id === 'A11-skipped' && saysSkip(row, 'noteffectivelyentitled')) return brokenAssignment(subject, moment);
  const did = attempt ? `the last attempt to ${attempt}, on ${moment}, failed` : attempts[id](moment);
  const meaning =
    explanation && explanation.match !== 'unknown' ? explanation.meaning : (row.errorReason ?? explanation?.meaning);
  const text = meaning ? `: ${named(lowerFirst(meaning)).replace(/[.\s]+$/u, '')}` : '';
  return {
    cause: id,
    sentence: `${subject.complaint} because ${did}${text}.`,
    certainty: explanation?.match === 'unknown' || explanation?.match === 'answer' ? 'likely' : 'certain',
    actor: known ? actors[known.whoActs] : 'entra-admin',
    steps: [
      ...(explanation && explanation.match !== 'unknown' ? [named(explanation.remedy)] : []),
      ...(explanation?.answer?.detail ? [`UNIFI itself answered: "${explanation.answer.detail}".`] : []),
      ...adviceFor(id, subject.words).steps.slice(-1),
    ],
  };
};

/**
 * The row to judge by: the newest since the change, else a failure from before it that was never made good. A job that
 * has not seen the change made no attempt that says anything about it.
 */
export const latestRow = (subject: CaseBase): LogRowDetail | null => {
  const { rows, rowsSince, timing } = subject;
  const newest = rowsSince[0];
  if (newest) return newest;
  const before = rows[0];
  if (isUnseen(subject, timing.changedAt)) return null;
  return timing.state === 'open' && before?.status === 'failure' ? before : null;
};

/** A11 and A11s: what the log says about the last attempt. */
export const lastAttempt: Rule<CaseBase> = {
  id: 'A11',
  title: 'What happened at the last attempt?',
  needs: ['provisioning-log'],
  decide(subject) {
    const row = latestRow(subject);
    if (!row) return ruledOut(evidence('provisioning-log', null, 'The log has no row about it since the last change.'));
    const found = rowEvidence(row);
    if (row.status === 'failure') return cause(rowVerdict(subject, 'A11-failure', row), found);
    if (row.status === 'warning') return cause(rowVerdict(subject, 'A11-warning', row), found);
    if (row.status === 'skipped' && !saysEqual(row)) return cause(rowVerdict(subject, 'A11-skipped', row), found);
    return note(found);
  },
};

/** A11s, for somebody or a group that is absent although the last attempt succeeded. */
export const silentSuccess = (list: 'scim-users' | 'scim-groups'): Rule<CaseBase> => ({
  id: 'A11s',
  title: `Did the last attempt succeed although UNIFI has no ${list === 'scim-users' ? 'account' : 'such group'}?`,
  needs: ['provisioning-log', list],
  decide(subject) {
    const row = latestRow(subject);
    if (!row || !(row.status === 'success' || saysEqual(row))) {
      return ruledOut(evidence('provisioning-log', row?.id, 'No success is in the log since the last change.'));
    }
    const moment = describeMoment(timeOf(row.at) ?? subject.nowMs, subject.nowMs);
    return cause(
      {
        cause: 'A11s',
        sentence: `${subject.complaint} although Entra wrote ${list === 'scim-users' ? 'the account' : 'it'} successfully on ${moment}: it was removed or hidden in UNIFI afterwards, or Entra writes to another UNIFI tenant.`,
        certainty: 'likely',
      },
      rowEvidence(row),
    );
  },
});

const configurationEvents = /\b(?:mapping|scope|restart)\b/iu;

/** A restart or a change of the mappings makes Entra look at everybody again. provisioning-semantics.md 1. */
const wasLookedAtSince = (subject: CaseBase, fromMs: number): boolean =>
  subject.applicationAudit.some(
    (event) => configurationEvents.test(event.activity) && (timeOf(event.at) ?? 0) >= fromMs,
  );

/** A12: too early, or too long ago for the log. */
export const noRow: Rule<CaseBase> = {
  id: 'A12',
  title: 'Is it too early, or too long ago for the log?',
  needs: ['audit', 'provisioning-log'],
  decide(subject) {
    const { timing, name } = subject;
    if (timing.state === 'pending') {
      return cause(
        {
          cause: 'A12-wait',
          sentence: `${subject.complaint} because something changed in Entra only a moment ago; it should be right by ${subject.due}.`,
          ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
        },
        ...timing.evidence,
      );
    }
    const fromMs = timeOf(subject.logFrom);
    const reach = evidence(
      'provisioning-log',
      null,
      subject.logFrom ? 'The stored log begins here.' : 'No log is stored.',
      subject.logFrom,
    );
    if (!subject.isBeforeLog || (fromMs !== null && wasLookedAtSince(subject, fromMs))) {
      return note(reach);
    }
    const day = fromMs === null ? 'nothing' : `only what happened since ${describeMoment(fromMs, subject.nowMs)}`;
    return cause(
      {
        cause: 'A12-gap',
        sentence: `${subject.complaint}, and what happened to ${name} lies too far back: the provisioning log tells ${day}.`,
        certainty: 'cannot-tell',
      },
      reach,
    );
  },
};
