/**
 * Browsers end an element at 33.5 million device pixels, which a million rows pass. The scrolled element is therefore
 * kept below a safe height, and its scroll position is scaled to the height that the rows really have.
 */
export const tallestElementPx = 8_000_000;

export interface ScrollGeometry {
  rowCount: number;
  rowHeight: number;
  /** Height of the part that shows rows. */
  viewHeight: number;
}

/** Height that all rows have together. */
export const contentHeight = ({ rowCount, rowHeight }: ScrollGeometry): number => rowCount * rowHeight;

/** Height that the scrolled element gets. */
export const elementHeight = (geometry: ScrollGeometry): number => Math.min(contentHeight(geometry), tallestElementPx);

/** The farthest that the rows can be scrolled. */
export const lastOffset = (geometry: ScrollGeometry): number =>
  Math.max(0, contentHeight(geometry) - geometry.viewHeight);

const lastScrollTop = (geometry: ScrollGeometry): number => Math.max(0, elementHeight(geometry) - geometry.viewHeight);

/** Where the scroll bar belongs when the rows are scrolled to `offset`. */
export const scrollTopOf = (offset: number, geometry: ScrollGeometry): number => {
  const last = lastOffset(geometry);
  return last === 0 ? 0 : (offset * lastScrollTop(geometry)) / last;
};

/**
 * How far the rows are scrolled after the scroll position went from `from` to `to`. A short way is gone pixel by pixel,
 * so that the wheel moves a million rows as it moves ten; a long way (the scroll bar was dragged) is scaled.
 */
export const offsetAfter = (move: { offset: number; from: number; to: number }, geometry: ScrollGeometry): number => {
  const last = lastOffset(geometry);
  const lastTop = lastScrollTop(geometry);
  if (last === 0 || lastTop === 0) return 0;
  if (last === lastTop) return Math.min(last, Math.max(0, move.to));
  const way = move.to - move.from;
  const offset = Math.abs(way) <= 3 * geometry.viewHeight ? move.offset + way : (move.to * last) / lastTop;
  return Math.min(last, Math.max(0, offset));
};

/** First and last row (inclusive) that show at least partly, with some more on both sides; null without rows. */
export const visibleRows = (
  offset: number,
  geometry: ScrollGeometry,
  overscan = 4,
): { first: number; last: number } | null => {
  const { rowCount, rowHeight, viewHeight } = geometry;
  if (rowCount === 0) return null;
  return {
    first: Math.max(0, Math.floor(offset / rowHeight) - overscan),
    last: Math.min(rowCount - 1, Math.floor((offset + viewHeight) / rowHeight) + overscan),
  };
};

/** The nearest offset at which a row is wholly visible. */
export const offsetShowing = (row: number, offset: number, geometry: ScrollGeometry): number => {
  const top = row * geometry.rowHeight;
  const needed = Math.max(top + geometry.rowHeight - geometry.viewHeight, Math.min(offset, top));
  return Math.min(lastOffset(geometry), Math.max(0, needed));
};
