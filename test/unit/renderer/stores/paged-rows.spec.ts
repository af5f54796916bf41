import { describe, expect, test } from 'vitest';
import type { Result } from '../../../../src-main/contract/failure.ts';
import type { Page, PageRequest } from '../../../../src-main/contract/models/page.ts';
import { PagedRows } from '../../../../src-renderer/stores/paged-rows.svelte.ts';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

const list = (count: number): { fetch: (page: PageRequest) => Promise<Result<Page<number>>>; asked: PageRequest[] } => {
  const asked: PageRequest[] = [];
  return {
    asked,
    fetch: (page) => {
      asked.push(page);
      const start = page.cursor === undefined ? (page.offset ?? 0) : Number(page.cursor);
      const end = Math.min(count, start + page.limit);
      return Promise.resolve({
        version: 1,
        ok: true,
        value: {
          rows: Array.from({ length: end - start }, (_, index) => start + index),
          nextCursor: end < count ? String(end) : null,
          ...(page.withTotal ? { total: count } : {}),
        },
      });
    },
  };
};

describe('paged rows', () => {
  test('fetch the first page and the count', async () => {
    const rows = new PagedRows<number>();
    rows.start('all', list(5000).fetch);
    expect(rows.starting).toBe(true);
    await settle();
    expect(rows.count).toBe(5000);
    expect(rows.row(199)).toBe(199);
    expect(rows.row(200)).toBeUndefined();
  });

  test('go on by cursor and jump by row number', async () => {
    const rows = new PagedRows<number>();
    const { fetch, asked } = list(1_000_000);
    rows.start('all', fetch);
    await settle();
    rows.look(190, 230);
    await settle();
    rows.look(700_000, 700_020);
    await settle();
    expect(rows.row(230)).toBe(230);
    expect(rows.row(700_020)).toBe(700_020);
    expect(asked.filter(({ withTotal }) => !withTotal)).toEqual([
      { limit: 200, offset: 0 },
      { limit: 200, cursor: '200' },
      { limit: 200, offset: 700_000 },
    ]);
  });

  test('never keep a million rows', async () => {
    const rows = new PagedRows<number>();
    rows.start('all', list(1_000_000).fetch);
    for (let place = 0; place < 200; place += 1) {
      rows.look(place * 200, place * 200 + 20);
      await Promise.resolve();
      await settle();
    }
    expect(rows.row(0)).toBeUndefined();
    expect(rows.row(199 * 200)).toBe(199 * 200);
  });

  test('drop answers to a filter that was left', async () => {
    const rows = new PagedRows<number>();
    let answer: (value: Result<Page<number>>) => void = () => undefined;
    rows.start(
      'before',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    rows.start('all', list(3).fetch);
    await settle();
    answer({ version: 1, ok: true, value: { rows: [99], nextCursor: null, total: 1 } });
    await settle();
    expect([rows.count, rows.row(0)]).toEqual([3, 0]);
  });

  test('give a range for copying, fetching what is missing', async () => {
    const rows = new PagedRows<number>();
    rows.start('all', list(5000).fetch);
    await settle();
    const range = await rows.range(150, 649);
    expect(range).toEqual(Array.from({ length: 500 }, (_, index) => 150 + index));
  });

  test('keep the place when the same list has newer data, and leave it for another list', async () => {
    const rows = new PagedRows<number>();
    rows.start('all', list(5000).fetch);
    await settle();
    rows.look(3000, 3020);
    await settle();
    const { epoch } = rows;
    rows.start('all', list(5010).fetch);
    expect([rows.count, rows.starting]).toEqual([5000, false]);
    await settle();
    expect([rows.count, rows.row(3010), rows.epoch]).toEqual([5010, 3010, epoch]);
    rows.start('failures', list(7).fetch);
    expect([rows.count, rows.epoch]).toEqual([0, epoch + 1]);
  });

  test('say why nothing came, and try again', async () => {
    const rows = new PagedRows<number>();
    let works = false;
    rows.start('all', (page) =>
      works
        ? list(2).fetch(page)
        : Promise.resolve({ version: 1, ok: false, failure: { code: 'store-locked', message: '', advice: '' } }),
    );
    await settle();
    expect(rows.failure?.code).toBe('store-locked');
    works = true;
    rows.retry();
    await settle();
    expect([rows.failure, rows.count]).toEqual([null, 2]);
  });
});
