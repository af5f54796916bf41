import type { Issue, IssueSpan } from '../../contract/models/issue.ts';
import { explainError } from '../../core/errors/explain-error.ts';
import { isCovered, judgeIssue, type LogReach } from '../../core/issues/judge-issue.ts';
import type { StoredIssue } from '../../core/model/issue.ts';

const hourMs = 3_600_000;

/** Where the last span of 24 hours ends: with the hour up to which everything was collected. */
export const spansEnd = (reach: LogReach, nowMs: number): number =>
  (Math.floor((reach.completeToMs ?? reach.aliveMs ?? nowMs) / hourMs) + 1) * hourMs;

const spansOf = (perDay: readonly number[], reach: LogReach, endMs: number): IssueSpan[] =>
  perDay.map((rows, index) => {
    const fromMs = endMs - (perDay.length - index) * 24 * hourMs;
    const toMs = Math.min(fromMs + 24 * hourMs, reach.completeToMs ?? fromMs);
    return { from: new Date(fromMs).toISOString(), rows, covered: toMs > fromMs && isCovered(reach, fromMs, toMs) };
  });

/** An issue with its state, trend and meaning, as of `nowMs`. */
export const describeIssue = (stored: StoredIssue, reach: LogReach, nowMs: number): Issue => {
  const { state, because, direction, last7Days, before7Days } = judgeIssue(
    {
      firstMs: Date.parse(stored.firstAt),
      lastMs: Date.parse(stored.lastAt),
      affected: stored.people + stored.groups,
      recovered: stored.recovered,
      perDay: stored.perDay,
      mute: stored.mute,
    },
    reach,
    nowMs,
  );
  const explanation = stored.errorCode === null ? null : explainError(stored.errorCode, null);
  return {
    id: stored.id,
    state,
    because,
    errorCode: stored.errorCode,
    meaning: explanation === null || explanation.match === 'unknown' ? null : explanation.meaning,
    attribute: stored.attribute,
    reason: stored.reason,
    rows: stored.rows,
    affected: { people: stored.people, groups: stored.groups, recovered: stored.recovered },
    firstSeen: stored.firstAt,
    lastSeen: stored.lastAt,
    trend: { direction, last7Days, before7Days },
    days: spansOf(stored.perDay, reach, spansEnd(reach, nowMs)),
    mute: stored.mute,
  };
};
