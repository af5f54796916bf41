import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src-main/core/app-error.ts';
import { readList } from '../../../src-main/adapters/scim/read-list.ts';
import type { ListPage } from '../../../src-main/adapters/scim/list-page.ts';
import type { ListEnd } from '../../../src-main/services/ports.ts';
import { drain, reading } from './scim-server.ts';

interface Quirks {
  users: number;
  /** Largest page that the server gives. */
  cap: number;
  /** Larger counts are refused with `tooMany`. */
  limit?: number;
  cursors?: 'offered' | 'required';
  total?: 'right' | 'page-size' | 'missing';
  startIndex?: 'right' | 'zero-based' | 'ignored' | 'overlapping' | 'page-number' | 'beyond-end';
  emptyWhenCountSmaller?: boolean;
  loses?: number;
  lower?: number;
}

type Query = { cursor: string; count: number } | { startIndex: number; count: number };

/** A server with the quirks of scim-entra.md 4, as a function from query to page. */
const serve = (quirks: Quirks, query: Query): ListPage => {
  const { users, cap, total = 'right', startIndex = 'right' } = quirks;
  const all = Array.from({ length: users }, (_, index) => ({ id: `u-${index}`, userName: `n${index}` }));
  if (quirks.limit !== undefined && query.count > quirks.limit) {
    throw new AppError({ code: 'scim-rejected', message: '', advice: '', status: 400, serviceCode: 'tooMany' });
  }
  const size = Math.min(cap, query.count);
  let from: number;
  if ('cursor' in query) from = query.cursor === '' ? 0 : Number(query.cursor);
  else if (quirks.cursors === 'required') {
    throw new AppError({ code: 'scim-rejected', message: '', advice: '', status: 400, serviceCode: 'invalidCursor' });
  } else {
    const index = Math.max(startIndex === 'zero-based' ? 0 : 1, query.startIndex);
    from = {
      right: index - 1,
      'zero-based': index,
      ignored: 0,
      overlapping: Math.max(0, index - 1 - 3),
      'page-number': (index - 1) * size,
      'beyond-end': index > users ? Math.max(0, users - size) : index - 1,
    }[startIndex];
    if (quirks.emptyWhenCountSmaller && query.count < query.startIndex) from = users;
  }
  let items = all.slice(from, from + size);
  if (quirks.loses !== undefined) items = items.filter(({ id }) => id !== `u-${quirks.loses}`);
  const last = from + size >= users;
  return {
    resources: items,
    total: total === 'right' ? users : total === 'missing' ? null : items.length,
    nextCursor: quirks.cursors !== undefined && !last ? String(from + size) : null,
    declared: true,
  };
};

const collect = async (quirks: Quirks): Promise<{ ids: string[]; end: ListEnd; requests: number }> => {
  const { meter } = reading();
  let requests = 0;
  const { items, end } = await drain(
    readList({
      fetch: (query) => {
        requests += 1;
        return Promise.resolve(query).then((asked) => serve(quirks, asked));
      },
      malformed: () => undefined,
      meter,
      count: 100,
      cursorOnly: quirks.cursors === 'required',
      what: 'Users',
    }),
  );
  return { ids: items.map(({ id }) => id), end, requests };
};

describe('a list in pages', () => {
  const whole: [string, Quirks][] = [
    ['pages as the RFC says', { users: 250, cap: 100 }],
    ['gives smaller pages than asked', { users: 250, cap: 37 }],
    ['refuses large pages', { users: 250, cap: 30, limit: 30 }],
    ['gives the page size as total', { users: 250, cap: 50, total: 'page-size' }],
    ['gives no total', { users: 250, cap: 100, total: 'missing' }],
    ['counts from 0', { users: 250, cap: 100, startIndex: 'zero-based' }],
    ['overlaps its pages', { users: 250, cap: 100, startIndex: 'overlapping' }],
    ['gives results beyond the end', { users: 250, cap: 100, startIndex: 'beyond-end' }],
    ['ignores startIndex but not count', { users: 250, cap: 1_000, startIndex: 'ignored' }],
    ['answers nothing when count is smaller than startIndex', { users: 950, cap: 1_000, emptyWhenCountSmaller: true }],
    ['forces cursors', { users: 250, cap: 100, cursors: 'offered' }],
    ['knows only cursors', { users: 250, cap: 100, cursors: 'required', total: 'missing' }],
    ['has nobody', { users: 0, cap: 100 }],
  ];
  test.each(whole)('is complete from a server that %s', async (_name, quirks) => {
    const { ids, end } = await collect(quirks);
    expect(end).toEqual({ complete: true, failure: null });
    expect(new Set(ids).size).toBe(quirks.users);
    expect(ids.length).toBe(quirks.users);
  });

  const broken: [string, Quirks][] = [
    ['ignores startIndex and count', { users: 250, cap: 100, startIndex: 'ignored' }],
    ['ignores startIndex and gives no total', { users: 250, cap: 100, startIndex: 'ignored', total: 'missing' }],
    [
      'ignores startIndex and gives the page size as total',
      { users: 250, cap: 100, startIndex: 'ignored', total: 'page-size' },
    ],
    ['takes startIndex for a page number', { users: 250, cap: 100, startIndex: 'page-number' }],
    ['loses an account', { users: 250, cap: 100, loses: 101 }],
    ['loses an account between cursors', { users: 250, cap: 100, loses: 101, cursors: 'offered' }],
  ];
  test.each(broken)('is partial, and says why, from a server that %s', async (_name, quirks) => {
    const { ids, end } = await collect(quirks);
    expect(end.complete).toBe(false);
    expect(end.failure).toMatchObject({ code: 'response-unexpected', source: 'UNIFI (SCIM)' });
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is complete or honestly partial, never wrong, whatever the total, the page size and the quirks', async () => {
    const quirks: fc.Arbitrary<Quirks> = fc.record({
      users: fc.integer({ min: 0, max: 700 }),
      cap: fc.integer({ min: 1, max: 300 }),
      total: fc.constantFrom('right', 'page-size', 'missing'),
      startIndex: fc.constantFrom('right', 'zero-based', 'ignored', 'overlapping', 'page-number', 'beyond-end'),
      emptyWhenCountSmaller: fc.boolean(),
      cursors: fc.constantFrom(undefined, undefined, 'offered' as const, 'required' as const),
      loses: fc.option(fc.integer({ min: 0, max: 700 }), { nil: undefined }),
    }) as fc.Arbitrary<Quirks>;
    await fc.assert(
      fc.asyncProperty(quirks, async (server) => {
        const honestTotal = server.total === 'right';
        // A server that lies about its total and hides accounts as well cannot be found out by anybody.
        fc.pre(
          honestTotal ||
            (server.loses === undefined && (server.startIndex === 'right' || server.startIndex === 'overlapping')),
        );
        fc.pre(honestTotal || !server.emptyWhenCountSmaller);
        fc.pre(!(server.cap <= 3 && server.startIndex === 'overlapping' && !honestTotal));
        const { ids, end, requests } = await collect(server);
        expect(new Set(ids).size).toBe(ids.length);
        expect(end.complete ? ids.length : server.users).toBe(server.users);
        expect(end.failure === null).toBe(end.complete);
        expect(requests).toBeLessThan(12 + (4 * server.users) / Math.min(server.cap, 100) + server.users);
      }),
      { numRuns: 400 },
    );
  });
});
