import { expect, test } from 'vitest';
import type { Result } from '../../../src-main/contract/failure.ts';
import { composeApp } from '../../../src-main/hosts/compose.ts';
import { temporaryDirectory } from '../../support/cli.ts';

const source = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};

test(
  'a demo whose trouble shows by comparison opens with an earlier collection, and the check finds what changed',
  { timeout: 120_000 },
  async () => {
    const app = await composeApp({
      host: 'cli',
      dataDirectory: await temporaryDirectory(),
      env: { UNIFI_MONITOR_REPORTS_PER_10S: '10000' },
      openBrowser: () => Promise.resolve(),
      storeWorkerUrl: source('adapters/sqlite/store-worker.ts'),
      jobWorkerUrl: source('hosts/worker/job-worker.ts'),
      demoWorkerUrl: source('demo/tenant-worker.ts'),
    });
    try {
      const { api } = app;
      const options = { people: 100, days: 20, scenario: 'mapping-change', now: '2026-11-20T12:00:00Z' };
      const { connection } = value(await api.openDemo({ callId: 'open', options }));
      const on = { connection: connection.id };
      value(await api.check({ ...on, callId: 'check' }));
      const runs = value(await api.listRuns({ ...on, page: { limit: 10 } }));
      expect(runs.rows.map(({ startedAt }) => startedAt)).toEqual([
        '2026-11-20T12:00:00.000Z',
        '2026-11-16T12:00:00.000Z',
      ]);
      expect(value(await api.getStatus(on))).toMatchObject({
        now: '2026-11-20T12:00:00.000Z',
        job: { state: 'escrows' },
      });
      const { jumps } = value(await api.blameChanges(on));
      expect(jumps[0]?.suspects[0]?.change.schema[0]).toMatchObject({
        kind: 'expression-changed',
        attribute: 'displayName',
      });
    } finally {
      await app.close();
    }
  },
);
