import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSummary } from '../../../src-main/contract/models/connection.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import { runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { connectTenant, failureOf, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

let connected: ConnectedTenant;

/** Before anything was collected. */
let untouched: ConnectedTenant;

beforeAll(async () => {
  connected = await connectTenant(createTroubleWorld({ logRows: 4_000 }));
  untouched = await connected.copy();
  valueOf(await connected.run(['collect', '--json']));
});
afterAll(async () => {
  await untouched.close();
  await connected.close();
});

const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));

/** A command whose files cannot grow beyond a size in bytes: what a full disk looks like to it. */
const runLimited = async (bytes: number, args: string[], { env, dataDirectory }: ConnectedTenant): Promise<CliRun> => {
  const child = spawn(
    'bash',
    ['-c', 'ulimit -f "$0" && exec "$@"', String(Math.floor(bytes / 1024)), process.execPath, launcher, ...args],
    { env: { ...process.env, ...env, UNIFI_MONITOR_DATA_DIR: dataDirectory }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
};

const integrityOf = (file: string): unknown => {
  const database = new Database(file);
  const answer = database.pragma('integrity_check', { simple: true });
  database.close();
  return answer;
};

describe('a history file', () => {
  test('that another program has locked is named, and takes no harm', { timeout: 120_000 }, async () => {
    const own = await connected.copy();
    const other = new Database(own.databaseFile);
    other.exec('BEGIN EXCLUSIVE');
    // Reading goes on beside a writer; writing waits its time, then says so.
    const [collected, status] = await Promise.all([
      own.runProgram(['collect', '--json']),
      own.runProgram(['status', '--json']),
    ]);
    expect(failureOf(collected)).toMatchObject({ code: 'store-locked', file: own.databaseFile });
    expect(collected.code).toBe(5);
    expect(valueOf<StatusResult>(status).counts.users).toBe(90);
    other.exec('ROLLBACK');
    other.close();
    const again = await own.run(['collect', '--json']);
    expect(again.code).toBe(0);
    await own.close();
  });

  test('whose head is overwritten is refused by every command, named, and left as it is', async () => {
    const own = await connected.copy();
    const handle = await open(own.databaseFile, 'r+');
    await handle.write(Buffer.alloc(100, 7), 0, 100, 0);
    await handle.close();
    const before = await readFile(own.databaseFile);
    for (const command of ['collect', 'status', 'logs']) {
      const run = await own.run([command, '--json']);
      expect(failureOf(run)).toMatchObject({ code: 'store-damaged', file: own.databaseFile });
      expect(run.code).toBe(5);
    }
    expect(await readFile(own.databaseFile)).toEqual(before);
    // The other connections, and this one's removal, do not depend on it.
    const list = await own.run(['connect', '--list', '--json']);
    expect(valueOf<{ connections: ConnectionSummary[] }>(list).connections).toMatchObject([
      { name: 'contoso', lastRunAt: null, failure: { code: 'store-damaged', file: own.databaseFile } },
    ]);
    expect((await own.run(['connect', '--remove', 'contoso', '--json'])).code).toBe(0);
    await own.close();
  });

  test('with overwritten pages in the middle says so', async () => {
    const own = await connected.copy();
    const { size } = await stat(own.databaseFile);
    const handle = await open(own.databaseFile, 'r+');
    for (let at = 4096 * 3; at < size; at += 4096) await handle.write(Buffer.alloc(4096, 0xee), 0, 4096, at);
    await handle.close();
    const runs = await Promise.all([own.runProgram(['logs', '--json']), own.runProgram(['collect', '--json'])]);
    for (const run of runs) {
      expect(failureOf(run)).toMatchObject({ code: 'store-damaged', file: own.databaseFile });
      expect(run.code).toBe(5);
    }
    await own.close();
  });

  test('of a newer version is refused and left as it is', async () => {
    const own = await connected.copy();
    const database = new Database(own.databaseFile);
    database.pragma('user_version = 9000');
    database.close();
    const before = await readFile(own.databaseFile);
    const run = await own.run(['check']);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain(own.databaseFile);
    expect(run.stderr).toMatch(/newer version/u);
    expect(failureOf(await own.run(['status', '--json'])).code).toBe('store-newer');
    expect(await readFile(own.databaseFile)).toEqual(before);
    await own.close();
  });

  // Windows has no limit on the size of files that a process may write; there, the tests of the store stand alone.
  test.runIf(process.platform !== 'win32')(
    'that cannot grow any more keeps what it had, says so, and goes on when there is room',
    { timeout: 120_000 },
    async () => {
      const own = await untouched.copy();
      const limited = await runLimited(1_000_000, ['collect', '--json'], own);
      const failure = failureOf(limited);
      expect(['store-full', 'file-unwritable']).toContain(failure.code);
      expect(failure.file).toBe(own.databaseFile);
      expect(limited.code).toBe(5);
      expect(integrityOf(own.databaseFile)).toBe('ok');
      const again = await own.run(['collect', '--json']);
      expect(again.code).toBe(0);
      expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(
        valueOf<StatusResult>(await connected.run(['status', '--json'])).counts,
      );
      await own.close();
    },
  );
});

describe('a data directory', () => {
  test('that is a file, or lies below one, is named', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'file');
    await writeFile(file, '');
    for (const dataDirectory of [file, join(file, 'below')]) {
      const run = await runHere(['status', '--json', '--data-dir', dataDirectory]);
      expect(failureOf(run)).toMatchObject({ code: 'file-unwritable', file: dataDirectory });
      expect(run.code).toBe(5);
    }
  });

  test('that holds a damaged connection names its file', async () => {
    const own = await connected.copy();
    const file = join(own.dataDirectory, 'connections', 'contoso', 'connection.json');
    await writeFile(file, '{ "name": ');
    const run = await own.run(['status']);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain(file);
    await own.close();
  });
});
