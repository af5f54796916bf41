import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageList } from '../../../src-main/services/page-list.ts';

const rowsOf = (ids: readonly number[]): { id: string }[] => ids.map((id) => ({ id: `row:${id}` }));

/** All rows by cursors; `change` gives the list as it is when the next page is asked for. */
const walk = (rows: { id: string }[], limit: number, change = (list: { id: string }[]) => list): string[] => {
  const seen: string[] = [];
  let list = rows;
  for (let cursor: string | undefined; ;) {
    const page = pageList(list, { limit, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.rows.map(({ id }) => id));
    if (page.nextCursor === null) return seen;
    cursor = page.nextCursor;
    list = change(list);
  }
};

const ids = fc.uniqueArray(fc.nat(1000), { maxLength: 30 });

test('cursors lead through the whole list, and a jump begins where it says', () => {
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 10 }), fc.nat(40), (list, limit, offset) => {
      const rows = rowsOf(list);
      expect(walk(rows, limit)).toEqual(rows.map(({ id }) => id));
      expect(pageList(rows, { limit, offset }).rows).toEqual(rows.slice(offset, offset + limit));
      expect(pageList(rows, { limit, withTotal: true }).total).toBe(rows.length);
    }),
  );
});

test('rows that come in before the place read neither repeat a row nor leave one out', () => {
  let added = 5000;
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 5 }), (list, limit) => {
      const rows = rowsOf(list);
      const seen = walk(rows, limit, (now) => [{ id: `row:${(added += 1)}` }, ...now]);
      expect(seen).toEqual(rows.map(({ id }) => id));
    }),
  );
});

test('the row that the page ended with may vanish: the next page begins where it was', () => {
  const page = pageList(rowsOf([1, 2, 3, 4]), { limit: 2 });
  expect(pageList(rowsOf([1, 3, 4]), { limit: 2, cursor: page.nextCursor ?? '' }).rows).toEqual(rowsOf([3, 4]));
});

test.each(['', 'x', '-1:a', '1:', '99999999999:a'])('"%s" is no cursor', (cursor) => {
  expect(() => pageList(rowsOf([1]), { limit: 1, cursor })).toThrow('The cursor of the page is not one');
});
