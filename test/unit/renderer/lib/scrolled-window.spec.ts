import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentHeight,
  elementHeight,
  lastOffset,
  offsetAfter,
  offsetShowing,
  scrollTopOf,
  tallestElementPx,
  visibleRows,
} from '../../../../src-renderer/lib/scrolled-window.ts';

const million = { rowCount: 1_000_000, rowHeight: 28, viewHeight: 600 };
const geometries = fc.record({
  rowCount: fc.integer({ min: 0, max: 3_000_000 }),
  rowHeight: fc.constant(28),
  viewHeight: fc.integer({ min: 28, max: 2000 }),
});

describe('a scrolled window over many rows', () => {
  test('keeps the element below the height at which browsers end it', () => {
    expect(contentHeight(million)).toBe(28_000_000);
    expect(elementHeight(million)).toBe(tallestElementPx);
  });

  test('moves a million rows pixel by pixel under the wheel', () => {
    expect(offsetAfter({ offset: 5000, from: 1428, to: 1528 }, million)).toBe(5100);
  });

  test('reaches the last row when the scroll bar is dragged to its end', () => {
    const end = elementHeight(million) - million.viewHeight;
    const offset = offsetAfter({ offset: 0, from: 0, to: end }, million);
    expect(offset).toBe(lastOffset(million));
    expect(visibleRows(offset, million, 0)?.last).toBe(999_999);
  });

  test('puts the scroll bar and the rows at the same share of their ways', () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, share) => {
        const offset = share * lastOffset(geometry);
        const top = scrollTopOf(offset, geometry);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(Math.max(0, elementHeight(geometry) - geometry.viewHeight) + 0.001);
      }),
    );
  });

  test('never leaves the rows, however it is moved', () => {
    fc.assert(
      fc.property(
        geometries,
        fc.array(fc.double({ min: 0, max: tallestElementPx, noNaN: true }), { maxLength: 20 }),
        (geometry, tops) => {
          let offset = 0;
          let from = 0;
          for (const to of tops) {
            offset = offsetAfter({ offset, from, to }, geometry);
            from = to;
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(lastOffset(geometry));
          }
        },
      ),
    );
  });

  test('shows a row wholly wherever it was before', () => {
    fc.assert(
      fc.property(
        geometries.filter(({ rowCount }) => rowCount > 0),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (geometry, place, wanted) => {
          const row = Math.floor(wanted * (geometry.rowCount - 1));
          const offset = offsetShowing(row, place * lastOffset(geometry), geometry);
          expect(row * 28).toBeGreaterThanOrEqual(offset - 0.001);
          expect((row + 1) * 28).toBeLessThanOrEqual(offset + geometry.viewHeight + 0.001);
        },
      ),
    );
  });

  test('shows nothing of an empty list', () => {
    expect(visibleRows(0, { ...million, rowCount: 0 })).toBeNull();
  });
});
