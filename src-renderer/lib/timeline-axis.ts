import type { TimelineEntry } from '../../src-main/contract/models/investigation.ts';

/** Rows of the axis, from the top; a gap of the log lies behind all of them. */
export const lanes = ['directory', 'job', 'log', 'finding', 'collection'] as const;
export type Lane = (typeof lanes)[number];

/** Something that happened, placed on the axis: `x` from 0 (its beginning) to 1 (now). */
export interface Placed {
  /** Place in the list of entries. */
  index: number;
  entry: TimelineEntry;
  lane: Lane;
  x: number;
  /** It happened before the axis begins, and stands at its edge. */
  earlier: boolean;
}

/** A stretch without log rows, because nobody collected them. */
export interface Stretch {
  index: number;
  from: number;
  to: number;
}

export interface Axis {
  fromMs: number;
  toMs: number;
  points: Placed[];
  gaps: Stretch[];
  /** Midnights in UTC, at most eight. */
  ticks: { ms: number; x: number }[];
}

const dayMs = 86_400_000;
/** The axis shows at most so many days: somebody created years ago must not squeeze last week into a dot. */
const mostDays = 45;
const mostTicks = 8;

const isLane = (kind: TimelineEntry['kind']): kind is Lane => (lanes as readonly string[]).includes(kind);

/** Places the entries of a timeline on one axis that ends at `nowMs`, or at the newest entry where that is later. */
export const layOutAxis = (entries: readonly TimelineEntry[], nowMs: number): Axis => {
  const times = entries.map(({ at }) => Date.parse(at)).filter((ms) => !Number.isNaN(ms));
  const toMs = Math.max(nowMs, ...times);
  const earliest = Math.min(toMs - dayMs, ...times.filter((ms) => ms >= toMs - mostDays * dayMs));
  // A little room, so that the first point is not cut.
  const fromMs = earliest - (toMs - earliest) * 0.02;
  const span = toMs - fromMs;
  const place = (ms: number): number => Math.max(0, Math.min(1, (ms - fromMs) / span));

  const points: Placed[] = [];
  const gaps: Stretch[] = [];
  entries.forEach((entry, index) => {
    const ms = Date.parse(entry.at);
    if (Number.isNaN(ms)) return;
    if (isLane(entry.kind)) points.push({ index, entry, lane: entry.kind, x: place(ms), earlier: ms < fromMs });
    else if (entry.until && Date.parse(entry.until) > fromMs) {
      gaps.push({ index, from: place(ms), to: place(Date.parse(entry.until)) });
    }
  });

  const days = span / dayMs;
  const step = Math.max(1, Math.ceil(days / mostTicks)) * dayMs;
  const ticks: Axis['ticks'] = [];
  for (let ms = Math.ceil(fromMs / dayMs) * dayMs; ms <= toMs; ms += step) ticks.push({ ms, x: place(ms) });
  return { fromMs, toMs, points, gaps, ticks };
};
