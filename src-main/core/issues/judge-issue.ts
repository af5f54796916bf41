import type { IssueMute, IssueState, IssueTrend } from '../../contract/models/issue.ts';
import type { LogGap } from '../../contract/models/run.ts';
import { describeMoment, describeSpan, timeOf } from '../health/describe-time.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What is known of one issue. Times are epoch milliseconds. */
export interface IssueFacts {
  firstMs: number;
  lastMs: number;
  /** People and groups. */
  affected: number;
  /** Of those, who succeeded or was rightly skipped after the last failure. */
  recovered: number;
  /** Rows of the last 14 days, oldest first. */
  perDay: readonly number[];
  mute: IssueMute | null;
}

/** How far the stored log tells anything, and what shows that the job ran. Times are epoch milliseconds. */
export interface LogReach {
  /** Everything from here is stored; null before the first whole pull. */
  completeFromMs: number | null;
  /** Everything up to here is stored. */
  completeToMs: number | null;
  gaps: readonly LogGap[];
  /** The newest log row, or the end of the newest good cycle: up to here the job is known to have run. */
  aliveMs: number | null;
  /** Start to start of two cycles. */
  intervalMs: number;
}

export interface IssueJudgement {
  state: IssueState;
  because: string;
  direction: IssueTrend;
  last7Days: number;
  before7Days: number;
}

/**
 * How long an issue is quiet before it counts as over: Entra repeats a failing object at the latest every 24 hours
 * (provisioning-semantics.md 5), so that two repetitions must have failed to come, and at least three cycles.
 */
export const quietMs = (intervalMs: number): number => Math.max(2 * dayMs, 3 * intervalMs);

/** Rows in a week from which a muted issue has grown: more than twice those of then, and at least ten more. */
const grownFrom = ({ rowsPerWeek }: IssueMute): number => Math.max(2 * rowsPerWeek + 1, rowsPerWeek + 10);

/** A muted issue grew when somebody more is affected, or when a week holds `grownFrom` rows. */
export const hasGrown = (mute: IssueMute, now: { affected: number; last7Days: number }): boolean =>
  now.affected > mute.affected || now.last7Days >= grownFrom(mute);

/** Whether everything of a stretch was collected. */
export const isCovered = (reach: LogReach, fromMs: number, toMs: number): boolean =>
  reach.completeFromMs !== null &&
  reach.completeToMs !== null &&
  reach.completeFromMs <= fromMs &&
  reach.completeToMs >= toMs &&
  !reach.gaps.some((gap) => Date.parse(gap.from) < toMs && Date.parse(gap.to) > fromMs);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const directionOf = (facts: IssueFacts, reach: LogReach, last: number, before: number): IssueTrend => {
  const endMs = reach.completeToMs;
  if (endMs === null || !isCovered(reach, endMs - 14 * dayMs, endMs)) return 'unknown';
  if (last === 0) return 'quiet';
  if (before === 0) return facts.firstMs >= endMs - 7 * dayMs ? 'new' : 'growing';
  // A quarter more or less is no change that anybody should look at.
  if (last > before * 1.25) return 'growing';
  return last < before * 0.75 ? 'shrinking' : 'steady';
};

/** From when on the silence counts: a gap in the log is no silence. */
const quietSince = (lastMs: number, gaps: readonly LogGap[]): number =>
  gaps.reduce((since, { to }) => Math.max(since, timeOf(to) ?? since), lastMs);

const by = (mute: IssueMute): string => (mute.by ? ` by ${mute.by}` : '');
const people = (count: number): string => (count === 1 ? 'The one affected' : `All ${count} affected`);
const others = (count: number): string =>
  count === 1 ? 'One of those affected has' : `${count} of those affected have`;

const whyResolved = (facts: IssueFacts, reach: LogReach, nowMs: number): string | null => {
  const { affected, recovered, lastMs } = facts;
  if (affected > 0 && recovered >= affected) {
    return `${people(affected)} succeeded afterwards, or no longer needed it.`;
  }
  const { aliveMs, completeToMs } = reach;
  if (aliveMs === null || completeToMs === null) return null;
  const since = quietSince(
    lastMs,
    reach.gaps.filter(({ to }) => (timeOf(to) ?? 0) > lastMs),
  );
  if (Math.min(aliveMs, completeToMs) - since < quietMs(reach.intervalMs)) return null;
  const left = affected - recovered;
  const rest = left > 0 ? ` ${others(left)} no success since: Entra may have stopped trying.` : '';
  return `Quiet since ${describeMoment(lastMs, nowMs)} although the job runs.${rest}`;
};

const whyGrown = ({ mute, affected }: IssueFacts, last7Days: number, nowMs: number): string => {
  if (!mute) return '';
  const size =
    affected > mute.affected
      ? `${affected} are affected instead of ${mute.affected}`
      : `a week has ${last7Days} rows instead of ${mute.rowsPerWeek}`;
  return ` It was muted on ${describeMoment(Date.parse(mute.at), nowMs)}${by(mute)} and has grown since: ${size}.`;
};

const whyOpen = (facts: IssueFacts, reach: LogReach, nowMs: number): string => {
  const { lastMs, affected, recovered } = facts;
  const waiting = affected - recovered;
  const who = waiting === 1 ? 'One person or group still waits' : `${waiting} people and groups still wait`;
  const begin = affected === 0 ? 'Its rows name nobody' : `${who} for a success`;
  const knownMs = Math.min(reach.aliveMs ?? lastMs, reach.completeToMs ?? lastMs);
  const silence =
    nowMs - knownMs > quietMs(reach.intervalMs)
      ? `Nothing is known after ${describeMoment(Math.max(knownMs, lastMs), nowMs)}, so that the silence since proves nothing.`
      : `Last seen ${describeSpan(nowMs - lastMs)} ago.`;
  return `${begin}. ${silence}`;
};

/**
 * State and trend of an issue.
 *
 * - `resolved` when everybody affected has a later row that succeeded or rightly skipped them; or when no row came for
 *   `quietMs` in which the log was collected without a gap and the job is known to have run. Silence of a job that
 *   stands still resolves nothing.
 * - `muted` when somebody muted it and it has not grown since (`hasGrown`).
 * - `open` otherwise.
 *
 * @param nowMs the moment that ages count from
 */
export const judgeIssue = (facts: IssueFacts, reach: LogReach, nowMs: number): IssueJudgement => {
  const last7Days = sum(facts.perDay.slice(-7));
  const before7Days = sum(facts.perDay.slice(-14, -7));
  const trend = { direction: directionOf(facts, reach, last7Days, before7Days), last7Days, before7Days };
  const resolved = whyResolved(facts, reach, nowMs);
  if (resolved !== null) return { state: 'resolved', because: resolved, ...trend };
  const { mute } = facts;
  if (mute && !hasGrown(mute, { affected: facts.affected, last7Days })) {
    return {
      state: 'muted',
      because:
        `Muted on ${describeMoment(Date.parse(mute.at), nowMs)}${by(mute)} until more than ${mute.affected} are ` +
        `affected, or a week has ${grownFrom(mute)} rows.`,
      ...trend,
    };
  }
  return { state: 'open', because: whyOpen(facts, reach, nowMs) + whyGrown(facts, last7Days, nowMs), ...trend };
};
