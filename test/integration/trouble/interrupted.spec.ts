import Database from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import type { CollectResult } from '../../../src-main/contract/models/run.ts';
import { valueOf } from '../../support/cli.ts';
import { connectTenant, failureOf, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

const rows = 3_000;

let connected: ConnectedTenant;
/** Without a history file. */
let untouched: ConnectedTenant;
/** Counts after a collection that nothing disturbed. */
let whole: StatusResult['counts'];

beforeAll(async () => {
  connected = await connectTenant(createTroubleWorld({ logRows: rows }));
  await connected.tenant.configure({ logPageLimit: 100 });
  untouched = await connected.copy();
  // Makes the history, still empty.
  valueOf(await connected.run(['status', '--json']));
  const undisturbed = await connected.copy();
  valueOf(await undisturbed.run(['collect', '--json']));
  whole = valueOf<StatusResult>(await undisturbed.run(['status', '--json'])).counts;
  await undisturbed.close();
});
afterAll(async () => {
  await untouched.close();
  await connected.close();
});
afterEach(() => connected.tenant.configure({ faults: [] }));

/** Pages that take their time, so that a signal hits in the middle. */
const slowly = (value = 60): Promise<void> =>
  connected.tenant.configure({ faults: [{ service: 'graph', kind: 'slow', path: '/auditLogs/provisioning', value }] });

const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));

interface Running {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

const start = (own: ConnectedTenant, args: string[]): Running => {
  const child = spawn(process.execPath, [launcher, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...own.env,
      UNIFI_MONITOR_DATA_DIR: own.dataDirectory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, ...texts })) };
};

const read = <T>(own: ConnectedTenant, sql: string): T[] => {
  const database = new Database(own.databaseFile);
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
};
const storedRows = (own: ConnectedTenant): number =>
  read<{ rows: number }>(own, 'SELECT count(*) AS rows FROM log_rows')[0]?.rows ?? 0;

/** Waits until so many rows of the log are stored, or the program has ended by itself. */
const whenStored = async (own: ConnectedTenant, count: number, running: Running): Promise<void> => {
  while (storedRows(own) < count && running.child.exitCode === null) await delay(15);
};

describe('a collection that is killed', () => {
  test(
    'at random moments leaves a history that opens, goes on at its page, and ends whole',
    { timeout: 120_000 },
    async () => {
      const own = await connected.copy();
      await slowly();
      let before = 0;
      for (const more of [100, 700, 600]) {
        const running = start(own, ['collect', '--json']);
        await whenStored(own, before + more, running);
        await delay(Math.random() * 60);
        running.child.kill('SIGKILL');
        await running.ended;
        expect(read<{ integrity_check: string }>(own, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
        const stored = storedRows(own);
        expect(stored).toBeGreaterThanOrEqual(before);
        before = stored;
      }
      expect(before).toBeGreaterThan(1_000);
      expect(before).toBeLessThan(rows);

      await connected.tenant.configure({ faults: [] });
      const run = await own.run(['collect', '--json']);
      const log = valueOf<CollectResult>(run).sources.find((source) => source.source === 'provisioning-log');
      expect(run.code).toBe(0);
      // It went on where it stopped: a page is read again at most, and the overlap of what is new.
      expect(log?.items).toBeLessThan(rows - before + 400);
      expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(whole);
      const ids = read<{ rows: number; ids: number }>(
        own,
        'SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM log_rows',
      )[0];
      expect(ids?.ids).toBe(ids?.rows);
      await own.close();
    },
  );

  test('while the history is being made leaves one that opens', { timeout: 120_000 }, async () => {
    const own = await untouched.copy();
    for (let delayMs = 250; delayMs < 700; delayMs += 150) {
      const running = start(own, ['collect', '--json']);
      await delay(delayMs);
      running.child.kill('SIGKILL');
      await running.ended;
    }
    const run = await own.run(['collect', '--json']);
    expect(run.code).toBe(0);
    expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(whole);
    await own.close();
  });
});

describe('a collection that is interrupted by Ctrl-C', () => {
  test('ends with 130, closes its ledger, keeps its rows, and the next one goes on', { timeout: 120_000 }, async () => {
    const own = await connected.copy();
    await slowly();
    const running = start(own, ['collect', '--json']);
    await whenStored(own, 500, running);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(failureOf(ended).code).toBe('cancelled');
    expect(ended.stderr).toContain('kept');
    const stored = storedRows(own);
    expect(stored).toBeGreaterThanOrEqual(500);
    expect(stored).toBeLessThan(rows);
    const status = valueOf<StatusResult>(await own.run(['status', '--json']));
    expect(status.sources.find((source) => source.source === 'provisioning-log')).toMatchObject({
      status: 'partial',
      failure: { code: 'cancelled' },
    });
    expect(read<{ ended_at: string | null }>(own, 'SELECT ended_at FROM runs').every((run) => run.ended_at)).toBe(true);

    await connected.tenant.configure({ faults: [] });
    const again = await own.run(['collect', '--json']);
    const log = valueOf<CollectResult>(again).sources.find((source) => source.source === 'provisioning-log');
    expect(log?.items).toBeLessThan(rows - stored + 400);
    expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(whole);
    await own.close();
  });

  test('twice ends at once', { timeout: 60_000 }, async () => {
    const own = await connected.copy();
    await slowly(20_000);
    const runs = (): number => read(own, 'SELECT id FROM runs').length;
    const before = runs();
    const running = start(own, ['collect']);
    while (runs() === before && running.child.exitCode === null) await delay(20);
    running.child.kill('SIGINT');
    await delay(50);
    running.child.kill('SIGINT');
    const { code } = await running.ended;
    // A signal that arrives while Node itself is ending ends it by that signal: for a shell, the same 130.
    expect(code ?? 128 + constants.signals[running.child.signalCode ?? 'SIGKILL']).toBe(130);
    await own.close();
  });
});

describe('two collections of one connection at once', () => {
  test('store every row once, and none ends in a bug', { timeout: 120_000 }, async () => {
    const own = await connected.copy();
    const ends = await Promise.all([own.runProgram(['collect', '--json']), own.runProgram(['collect', '--json'])]);
    for (const end of ends) {
      if (end.code === 0) continue;
      expect(failureOf(end).code).toBe('store-locked');
      expect(end.code).toBe(5);
    }
    expect(ends.some((end) => end.code === 0)).toBe(true);
    const last = await own.run(['check', '--json']);
    expect(last.code).toBe(0);
    expect(valueOf<{ findings: unknown[] }>(last).findings).toEqual([]);
    expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(whole);
    await own.close();
  });
});
