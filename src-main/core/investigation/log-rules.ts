import type { Evidence } from '../../contract/models/finding.ts';
import type { Verdict, VerdictActor } from '../../contract/models/investigation.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { findKnownError } from '../errors/explain-error.ts';
import type { ErrorActor } from '../errors/error-codes.ts';
import { evidence, type PersonCase } from './person-case.ts';
import { complaint, dueText } from './job-rules.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';

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

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** Microsoft's texts speak of "the target"; people know it as UNIFI. */
const named = (text: string): string => text.replaceAll(/\bthe target\b/giu, 'UNIFI');

/** Assigned, in scope, and yet "not entitled": Entra's own record of the assignment is broken. provisioning-semantics.md 6. */
const brokenAssignment = (person: PersonCase, moment: string): Verdict => ({
  cause: 'A11-skipped',
  sentence: `${complaint(person)} because Entra left the person out on ${moment} as not entitled, although the assignment is there: its own record of it is damaged.`,
  certainty: 'likely',
  actor: 'entra-admin',
  steps: [
    'Remove the assignment of this person (or the membership in the assigned group) and add it again.',
    'Wait for the next provisioning cycle, collect again, and ask again.',
  ],
});

const saysSkip = (row: LogRowDetail, word: string): boolean =>
  [row.errorCode, row.reason].some((text) => text?.toLowerCase() === word);
const saysEqual = (row: LogRowDetail): boolean => saysSkip(row, 'redundantexport');

/** What a failed, skipped or odd row says, in the words of the error knowledge. */
export const rowVerdict = (
  person: PersonCase,
  id: 'A11-failure' | 'A11-skipped' | 'A11-warning' | 'B10-failure',
  row: LogRowDetail,
): Verdict => {
  const { explanation } = row;
  const known = row.errorCode === null ? null : (findKnownError(row.errorCode)?.known ?? null);
  const moment = describeMoment(timeOf(row.at) ?? person.nowMs, person.nowMs);
  if (id === 'A11-skipped' && saysSkip(row, 'noteffectivelyentitled')) return brokenAssignment(person, moment);
  const did = {
    'A11-failure': `the last attempt, on ${moment}, failed`,
    'A11-skipped': `Entra left the person out on ${moment}`,
    'A11-warning': `the last attempt, on ${moment}, ended with a warning`,
    'B10-failure': `the last attempt to remove the access, on ${moment}, failed`,
  }[id];
  const meaning =
    explanation && explanation.match !== 'unknown' ? explanation.meaning : (row.errorReason ?? explanation?.meaning);
  const text = meaning ? `: ${named(lowerFirst(meaning)).replace(/[.\s]+$/u, '')}` : '';
  return {
    cause: id,
    sentence: `${complaint(person)} because ${did}${text}.`,
    certainty: explanation?.match === 'unknown' ? 'likely' : 'certain',
    actor: known ? actors[known.whoActs] : 'entra-admin',
    steps: [
      ...(explanation && explanation.match !== 'unknown' ? [named(explanation.remedy)] : []),
      ...(explanation?.answer?.detail ? [`UNIFI itself answered: "${explanation.answer.detail}".`] : []),
      'Afterwards provision this person on demand in Entra, or wait for the next attempt.',
    ],
  };
};

/** The row to judge by: the newest since the change, else a failure from before it that was never made good. */
const latestRow = ({ rows, rowsSince, timing }: PersonCase): LogRowDetail | null => {
  const newest = rowsSince[0];
  if (newest) return newest;
  const before = rows[0];
  return timing.state === 'open' && before?.status === 'failure' ? before : null;
};

/** A11 and A11s: what the log says about the last attempt. */
export const lastAttempt: Rule = {
  id: 'A11',
  title: 'What happened at the last attempt?',
  needs: ['provisioning-log'],
  decide(person) {
    const row = latestRow(person);
    if (!row)
      return ruledOut(
        evidence('provisioning-log', null, 'The log has no row about this person since the last change.'),
      );
    const found = rowEvidence(row);
    if (row.status === 'failure') return cause(rowVerdict(person, 'A11-failure', row), found);
    if (row.status === 'warning') return cause(rowVerdict(person, 'A11-warning', row), found);
    if (row.status === 'skipped' && !saysEqual(row)) return cause(rowVerdict(person, 'A11-skipped', row), found);
    return note(found);
  },
};

/** A11s, for somebody who is absent although the last attempt succeeded. */
export const silentSuccess: Rule = {
  id: 'A11s',
  title: 'Did the last attempt succeed although there is no account?',
  needs: ['provisioning-log', 'scim-users'],
  decide(person) {
    const row = latestRow(person);
    if (!row || !(row.status === 'success' || saysEqual(row))) {
      return ruledOut(evidence('provisioning-log', row?.id, 'No success is in the log since the last change.'));
    }
    const moment = describeMoment(timeOf(row.at) ?? person.nowMs, person.nowMs);
    return cause(
      {
        cause: 'A11s',
        sentence: `${person.name} is missing in UNIFI although Entra wrote the account successfully on ${moment}: it was removed or hidden in UNIFI afterwards, or Entra writes to another UNIFI tenant.`,
        certainty: 'likely',
        actor: 'unifi-admin',
        steps: [
          'Ask the UNIFI administrator whether the account was removed by hand.',
          'Compare the tenant URL of the provisioning job with the address of this UNIFI.',
          'When both are right, restart provisioning with a full match, so that Entra makes the account again.',
        ],
      },
      rowEvidence(row),
    );
  },
};

const configurationEvents = /\b(?:mapping|scope|restart)\b/iu;

/** A restart or a change of the mappings makes Entra look at everybody again. provisioning-semantics.md 1. */
const wasLookedAtSince = (person: PersonCase, fromMs: number): boolean =>
  person.facts.applicationAudit.some(
    (event) => configurationEvents.test(event.activity) && (timeOf(event.at) ?? 0) >= fromMs,
  );

/** A12: too early, or too long ago for the log. */
export const noRow: Rule = {
  id: 'A12',
  title: 'Is it too early, or too long ago for the log?',
  needs: ['audit', 'provisioning-log'],
  decide(person) {
    const { timing, name } = person;
    if (timing.state === 'pending') {
      return cause(
        {
          cause: 'A12-wait',
          sentence: `${complaint(person)} because something changed in Entra only a moment ago; it should be right by ${dueText(person)}.`,
          actor: 'wait',
          steps: [`Wait until ${dueText(person)}, collect again, and ask again.`],
          ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
        },
        ...timing.evidence,
      );
    }
    const fromMs = timeOf(person.logFrom);
    const reach = evidence(
      'provisioning-log',
      null,
      person.logFrom ? 'The stored log begins here.' : 'No log is stored.',
      person.logFrom,
    );
    if (!person.isBeforeLog || (fromMs !== null && wasLookedAtSince(person, fromMs))) {
      return note(reach);
    }
    const day = fromMs === null ? 'nothing' : `only what happened since ${describeMoment(fromMs, person.nowMs)}`;
    return cause(
      {
        cause: 'A12-gap',
        sentence: `${complaint(person)}, and what happened to ${name} lies too far back: the provisioning log tells ${day}.`,
        certainty: 'cannot-tell',
        actor: 'entra-admin',
        steps: [
          'Provision this person on demand in Entra: that shows at once what stands in the way.',
          'If that is refused, restart provisioning, so that Entra looks at everybody again.',
        ],
      },
      reach,
    );
  },
};
