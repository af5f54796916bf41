import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lagMs,
  planLogWindows,
  retentionMs,
  splitLogWindow,
} from '../../../../src-main/services/collect/log-windows.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();

describe('planning the log windows of a pull', () => {
  test('asks for the whole retention in one window at first', () => {
    const plan = planLogWindows({ completeTo: null, open: [] }, nowMs);
    expect(plan).toEqual({
      windows: [{ from: iso(nowMs - retentionMs), to: iso(nowMs - lagMs), nextLink: null }],
      gap: null,
    });
  });

  test('overlaps the last complete moment by two hours afterwards', () => {
    const plan = planLogWindows({ completeTo: '2026-11-23T09:00:00.000Z', open: [] }, nowMs);
    expect(plan.windows).toEqual([
      { from: '2026-11-23T07:00:00.000Z', to: '2026-11-23T11:45:00.000Z', nextLink: null },
    ]);
    expect(plan.gap).toBeNull();
  });

  test('goes on with a window that was left open, at its page, before what is new', () => {
    const open = {
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      nextLink: 'https://graph.example/next',
    };
    const plan = planLogWindows({ completeTo: null, open: [open] }, nowMs);
    expect(plan.windows).toEqual([
      open,
      { from: '2026-11-21T22:00:00.000Z', to: '2026-11-23T11:45:00.000Z', nextLink: null },
    ]);
  });

  test('names what the service has forgotten as a gap', () => {
    const plan = planLogWindows({ completeTo: '2026-09-01T00:00:00.000Z', open: [] }, nowMs);
    expect(plan.gap).toEqual({ from: '2026-09-01T00:00:00.000Z', to: iso(nowMs - retentionMs) });
    expect(plan.windows[0]?.from).toBe(iso(nowMs - retentionMs));
  });

  test('asks for nothing when the last pull ended within the lag', () => {
    const plan = planLogWindows({ completeTo: iso(nowMs + 3 * 3_600_000), open: [] }, nowMs);
    expect(plan.windows).toEqual([]);
  });
});

describe('splitting a window that failed', () => {
  test('every whole second strictly inside the window lies strictly inside a piece', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 * 86_400 }), fc.integer({ min: 0, max: 1_000_000 }), (seconds, pick) => {
        const from = nowMs;
        const to = nowMs + seconds * 1000;
        const pieces = splitLogWindow({ from: iso(from), to: iso(to), nextLink: null });
        if (pieces === null) {
          expect(seconds).toBeLessThanOrEqual(3601);
          return;
        }
        const at = from + (1 + (pick % (seconds - 1))) * 1000;
        const holding = pieces.filter((piece) => Date.parse(piece.from) < at && at < Date.parse(piece.to));
        expect(holding.length).toBeGreaterThanOrEqual(1);
        expect(pieces.every((piece) => Date.parse(piece.to) <= to && Date.parse(piece.from) >= from)).toBe(true);
      }),
    );
  });
});
