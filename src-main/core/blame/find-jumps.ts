import { median, usualDeviation } from '../statistics/robust.ts';

const hourMs = 3_600_000;
const dayHours = 24;

/** One step of a series: an hour of the log, or a cross-check. Times are epoch milliseconds. */
export interface Count {
  at: number;
  count: number;
  /** False where not everything was collected: it is neither a jump nor usual. */
  covered: boolean;
}

/** A stretch with far more than usual. */
export interface FoundJump {
  startMs: number;
  /** Null while it goes on. */
  endMs: number | null;
  highest: number;
  usual: number;
  limit: number;
}

/** What a day, or a cross-check, is compared with: this many before it at most, and at least. */
const compared = { most: 14, fewest: 7, fewestEvaluations: 3 };
/** A day counts when nearly all of it was collected. */
const fewestHours = 20;

/**
 * From how many on a number is a jump: half more than usual, at least ten more, and four times as far from the median
 * as numbers usually lie. Where the past hardly varies, the square root of the median stands for what chance does.
 */
const limitOf = (before: readonly number[]): { usual: number; limit: number } => {
  const usual = median(before) ?? 0;
  const spread = Math.max(usualDeviation(before) ?? 0, Math.sqrt(usual));
  return { usual, limit: Math.ceil(Math.max(1.5 * usual, usual + 4 * spread, usual + 10)) };
};

interface Step {
  startMs: number;
  endMs: number;
  count: number;
  covered: boolean;
}

/** Steps above their limit; what was above it before is not part of what is usual. */
const markJumps = (
  steps: readonly Step[],
  fewest: number,
): { step: Step; index: number; usual: number; limit: number }[] => {
  const usualSteps: Step[] = [];
  const marked: { step: Step; index: number; usual: number; limit: number }[] = [];
  for (const [index, step] of steps.entries()) {
    if (!step.covered) continue;
    const before = usualSteps.slice(-compared.most).map(({ count }) => count);
    const { usual, limit } = limitOf(before);
    if (before.length >= fewest && step.count >= limit) marked.push({ step, index, usual, limit });
    else usualSteps.push(step);
  }
  return marked;
};

/** Neighbouring steps are one jump, also across a step that was not collected. */
const joinSteps = (steps: readonly Step[], fewest: number): FoundJump[] => {
  const jumps: (FoundJump & { last: number })[] = [];
  const isGap = (from: number, to: number): boolean => steps.slice(from + 1, to).every(({ covered }) => !covered);
  for (const { step, index, usual, limit } of markJumps(steps, fewest)) {
    const open = jumps.at(-1);
    const isLast = steps.slice(index + 1).every(({ covered }) => !covered);
    const endMs = isLast ? null : step.endMs;
    if (open && isGap(open.last, index)) {
      open.last = index;
      open.endMs = endMs;
      open.highest = Math.max(open.highest, step.count);
    } else jumps.push({ startMs: step.startMs, endMs, highest: step.count, usual, limit, last: index });
  }
  return jumps.map(({ last: _, ...jump }) => jump);
};

/** Sum of the squared distances from their mean. */
const unevenness = (numbers: readonly number[]): number => {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
  return numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0);
};

/**
 * The hour at which the level changed: where two levels, one before and one after, fit the hours best. Looked for from
 * a day before the jump's first day on, since days are cut at the end of what was collected and not at the change.
 */
const firstHour = (hours: readonly Count[], dayStartMs: number): number => {
  const near = hours.filter(({ at }) => at >= dayStartMs - dayHours * hourMs && at < dayStartMs + dayHours * hourMs);
  const counts = near.map(({ count }) => count);
  let best = { place: 0, unevenness: Number.POSITIVE_INFINITY };
  for (let place = 0; place < near.length; place += 1) {
    const both = unevenness(counts.slice(0, place)) + unevenness(counts.slice(place));
    if (both < best.unevenness) best = { place, unevenness: both };
  }
  return near.slice(best.place).find(({ count }) => count > 0)?.at ?? dayStartMs;
};

/**
 * Jumps of hourly counts: days of 24 hours, counted back from the last collected hour, that have far more than the
 * (at most 14) days before them. A jump begins at the hour at which the level changed.
 *
 * @param hours every hour, oldest first
 */
export const findHourlyJumps = (hours: readonly Count[]): { jumps: FoundJump[]; judgedDays: number } => {
  const end = hours.findLastIndex(({ covered }) => covered) + 1;
  const days: Step[] = [];
  for (let place = end; place >= dayHours; place -= dayHours) {
    const day = hours.slice(place - dayHours, place);
    const first = day[0];
    if (!first) break;
    days.unshift({
      startMs: first.at,
      endMs: first.at + dayHours * hourMs,
      count: day.reduce((sum, { count }) => sum + count, 0),
      covered: day.filter(({ covered }) => covered).length >= fewestHours,
    });
  }
  const jumps = joinSteps(days, compared.fewest).map((jump) => ({ ...jump, startMs: firstHour(hours, jump.startMs) }));
  return { jumps, judgedDays: Math.max(0, days.filter(({ covered }) => covered).length - compared.fewest) };
};

/** Jumps of what cross-checks newly found; the first cross-check finds everything, and so is not among them. */
export const findEvaluationJumps = (evaluations: readonly Count[]): { jumps: FoundJump[]; judged: number } => {
  const steps = evaluations.map(({ at, count, covered }) => ({ startMs: at, endMs: at, count, covered }));
  return {
    jumps: joinSteps(steps, compared.fewestEvaluations),
    judged: Math.max(0, steps.length - compared.fewestEvaluations),
  };
};
