/** Where the service's retention, its log lag and the overlap come from: graph-provisioning.md 3 and 12. */
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Log times have whole seconds. */
const edgeMs = 1000;
export const retentionMs = 30 * dayMs;
export const overlapMs = 2 * hourMs;
export const lagMs = 15 * 60_000;

export interface LogWindow {
  from: string;
  to: string;
  nextLink: string | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The windows to pull now: those left open, then one from the last complete moment (less the overlap) to now (less
 * the lag). The first pull is one window over the whole retention. A gap is what the service has forgotten meanwhile.
 * Times are ISO 8601; `nowMs` epoch milliseconds.
 */
export const planLogWindows = (
  position: { completeTo: string | null; open: LogWindow[] },
  nowMs: number,
): { windows: LogWindow[]; gap: { from: string; to: string } | null } => {
  const oldestMs = nowMs - retentionMs;
  const reachedMs = Math.max(
    position.completeTo === null ? -Infinity : Date.parse(position.completeTo),
    ...position.open.map((window) => Date.parse(window.to)),
  );
  const firstMissing = position.open.find((window) => Date.parse(window.from) < oldestMs);
  const forgottenFrom = firstMissing?.from ?? (reachedMs > -Infinity && reachedMs < oldestMs ? iso(reachedMs) : null);
  // A page link of a window that has partly left the retention still works or fails by itself; its start moves up.
  const open = position.open
    .filter((window) => Date.parse(window.to) > oldestMs)
    .map((window) => (Date.parse(window.from) < oldestMs ? { ...window, from: iso(oldestMs) } : window));
  const fromMs = Math.max(oldestMs, reachedMs === -Infinity ? oldestMs : reachedMs - overlapMs);
  const toMs = nowMs - lagMs;
  const fresh = toMs > fromMs ? [{ from: iso(fromMs), to: iso(toMs), nextLink: null }] : [];
  return {
    windows: [...open, ...fresh],
    gap: forgottenFrom === null ? null : { from: forgottenFrom, to: iso(oldestMs) },
  };
};

/** Smaller windows for one that failed: a day, six hours, an hour; null when it cannot be cut further. */
export const splitLogWindow = (window: LogWindow): LogWindow[] | null => {
  const fromMs = Date.parse(window.from);
  const toMs = Date.parse(window.to);
  // A piece is a second longer than its step (below); one that is cut out already must not be cut at the same length again.
  const stepMs = [dayMs, 6 * hourMs, hourMs].find((step) => step + edgeMs < toMs - fromMs);
  if (stepMs === undefined) return null;
  const pieces: LogWindow[] = [];
  for (let start = fromMs; start < toMs; start += stepMs) {
    // Bounds are exclusive on both sides and times have whole seconds: pieces overlap by a second, so that no row falls between.
    const end = Math.min(toMs, start + stepMs + edgeMs);
    pieces.push({ from: iso(start), to: iso(end), nextLink: null });
  }
  return pieces;
};
