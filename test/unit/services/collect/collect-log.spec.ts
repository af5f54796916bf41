import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src-main/core/app-error.ts';
import { collectLog } from '../../../../src-main/services/collect/collect-log.ts';
import type {
  LogPosition,
  LogStore,
  ProvisioningLogSource,
  ReadMeter,
  RunStore,
} from '../../../../src-main/services/ports.ts';
import type { LogRecord } from '../../../../src-main/core/model/log.ts';

const now = new Date('2026-11-23T12:00:00Z');

const meter = (): ReadMeter => ({
  requests: 0,
  pages: 0,
  items: 0,
  malformed: 0,
  withheld: 0,
  throttledMs: 0,
  total: null,
  changed: () => undefined,
  keepAside: () => undefined,
});

const row = (id: string): LogRecord => ({ id }) as LogRecord;

/** A store that keeps ids and the position, as a real one would between two pulls. */
const memory = () => {
  const ids = new Set<string>();
  let position: LogPosition = { completeFrom: null, completeTo: null, open: [] };
  const store = {
    save: (rows: LogRecord[]) => {
      for (const item of rows) ids.add(item.id);
      return Promise.resolve({ inserted: rows.length, updated: 0 });
    },
    position: () => Promise.resolve(structuredClone(position)),
    savePosition: (next: LogPosition) => {
      position = structuredClone(next);
      return Promise.resolve();
    },
  } as unknown as LogStore;
  const gaps: unknown[] = [];
  const runs = { saveGap: (gap: unknown) => Promise.resolve(void gaps.push(gap)) } as unknown as RunStore;
  return { ids, store, runs, gaps, position: () => position };
};

/** Pages p1, p2, p3 of one window; `failAt` says before which page the service breaks, and how often. */
const paged = (failAt: { page: number; error: AppError; times: number } | null) => {
  const asked: { from: string; to: string; resumeLink: string | null }[] = [];
  const log: ProvisioningLogSource = {
    async *readWindow(options) {
      asked.push({ from: options.from, to: options.to, resumeLink: options.resumeLink });
      let page = options.resumeLink === null ? 1 : Number(options.resumeLink.slice(1));
      for (; page <= 3; page += 1) {
        if (failAt && failAt.page === page && failAt.times > 0) {
          failAt.times -= 1;
          throw failAt.error;
        }
        yield { rows: [row(`r${page}`)], nextLink: page === 3 ? null : `p${page + 1}` };
      }
    },
  };
  return { log, asked };
};

const failure = (code: 'network-unreachable' | 'timed-out' | 'graph-rejected') =>
  new AppError({ code, message: 'The service did not answer.', advice: 'Try again.' });

const pull = (
  log: ProvisioningLogSource,
  place: ReturnType<typeof memory>,
  monotonicMs: () => number = () => performance.now(),
) =>
  collectLog(
    {
      log,
      store: place.store,
      runs: place.runs,
      clock: { now: () => now },
      servicePrincipalId: 'sp',
      jobId: 'job',
      monotonicMs,
    },
    { signal: new AbortController().signal, meter: meter() },
  );

describe('pulling the provisioning log', () => {
  test('goes on at the page where the last pull broke off', async () => {
    const place = memory();
    const broken = paged({ page: 3, error: failure('network-unreachable'), times: 1 });
    await expect(pull(broken.log, place)).rejects.toMatchObject({ failure: { code: 'network-unreachable' } });
    expect(place.position()).toMatchObject({ completeTo: null, open: [{ nextLink: 'p3' }] });

    const end = await pull(broken.log, place);
    expect(broken.asked[1]).toMatchObject({ resumeLink: 'p3' });
    expect([...place.ids].sort()).toEqual(['r1', 'r2', 'r3']);
    expect(place.position()).toMatchObject({ completeTo: '2026-11-23T11:45:00.000Z', open: [] });
    expect(end.to).toBe('2026-11-23T11:45:00.000Z');
  });

  test('reads a window again from its start when the service no longer takes the page link', async () => {
    const place = memory();
    const broken = paged({ page: 2, error: failure('network-unreachable'), times: 1 });
    await expect(pull(broken.log, place)).rejects.toThrow();
    const expired = paged({ page: 2, error: failure('graph-rejected'), times: 1 });
    await pull(expired.log, place);
    expect(expired.asked.map((question) => question.resumeLink)).toEqual(['p2', null, null]);
    expect(place.position().open).toEqual([]);
  });

  test('asks for shorter periods when the whole one times out', async () => {
    const place = memory();
    const slow = paged({ page: 1, error: failure('timed-out'), times: 1 });
    await pull(slow.log, place);
    expect(slow.asked.length).toBeGreaterThan(25);
    expect(place.position()).toMatchObject({ completeTo: '2026-11-23T11:45:00.000Z', open: [] });
  });

  test('gives up, keeping every open window, when even an hour times out', async () => {
    const place = memory();
    const dead = paged({ page: 1, error: failure('timed-out'), times: Number.MAX_SAFE_INTEGER });
    await expect(pull(dead.log, place)).rejects.toMatchObject({ failure: { code: 'timed-out' } });
    expect(dead.asked.length).toBe(4);
    expect(place.position().completeTo).toBeNull();
    expect(place.position().open.length).toBeGreaterThan(30);
  });

  test('never moves the position past rows that could not be stored', async () => {
    const place = memory();
    const save = place.store.save.bind(place.store);
    let refusals = 1;
    place.store.save = (rows) => {
      if (refusals === 0) return save(rows);
      refusals -= 1;
      return Promise.reject(new AppError({ code: 'store-locked', message: 'The file is locked.', advice: 'Wait.' }));
    };
    const { log } = paged(null);
    let ms = 0;
    // So slow that every page is stored by itself: the refusal meets the first one.
    await pull(log, place, () => (ms += 2000)).catch(() => undefined);
    const goesOnAt = place.position().open[0]?.nextLink ?? null;
    const passed = place.position().open.length === 0 || goesOnAt !== null;
    expect(passed && !place.ids.has('r1')).toBe(false);
  });
});
