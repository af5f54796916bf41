import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUpHistory } from '../../../src-main/adapters/sqlite/care/back-up-history.ts';
import { readCaseFile } from '../../../src-main/adapters/sqlite/case-file/read-case-file.ts';
import { writeCaseFile } from '../../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import type { CaseScope } from '../../../src-main/contract/models/case-file.ts';
import { type CliRun, valueOf } from '../../support/cli.ts';
import { failureOf as thrown } from '../../support/failure-of.ts';
import { connectTenant, failureOf, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

/*
 * A history that is whole and read only, and a place for its copy that has no room: what is named must be that place.
 */

const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));
const quiet = (): undefined => undefined;
let connected: ConnectedTenant;
let folder: string;

beforeAll(async () => {
  connected = await connectTenant(createTroubleWorld({ logRows: 1_000 }));
  valueOf(await connected.run(['collect', '--json']));
  folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-full-'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await connected.close();
});

/** A command whose files cannot grow beyond a size. */
const runLimited = async (kib: number, args: string[]): Promise<CliRun> => {
  const child = spawn('bash', ['-c', 'ulimit -f "$0" && exec "$@"', String(kib), process.execPath, launcher, ...args], {
    env: { ...process.env, ...connected.env, UNIFI_MONITOR_DATA_DIR: connected.dataDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
};

// Windows has no limit on the size of files that a process may write.
describe.runIf(process.platform !== 'win32')('a file that may not grow to its size', () => {
  test.each([['backup'], ['bundle']])('is named by %s, with what to do, and nothing is left of it', async (command) => {
    expect((await stat(connected.databaseFile)).size).toBeGreaterThan(700_000);
    const output = join(folder, `${command}.db`);
    const run = await runLimited(600, [command, '--output', output, '--json']);
    const failure = failureOf(run);
    expect(failure).toMatchObject({ code: 'file-unwritable', file: output });
    expect(failure.message).toContain(output);
    expect(failure.message + failure.advice).not.toContain(connected.databaseFile);
    expect(failure.advice).toMatch(/another place/u);
    expect(run.code).toBe(5);
    expect(readdirSync(folder)).toEqual([]);
  });
});

// Only there does a system say of a folder that exists that it does not.
describe.runIf(process.platform === 'linux')('a folder below /proc, where nothing can be made', () => {
  test.each([
    ['report', 'log', '--format', 'csv', '--out'],
    ['backup', '--output'],
    ['bundle', '--from', '2026-11-01', '--to', '2026-11-28', '--output'],
  ])('is refused by %s', async (...command) => {
    const file = '/proc/not-there/file.db';
    const run = await connected.run([...command, file, '--json']);
    expect(failureOf(run)).toMatchObject({ code: 'file-unwritable', file });
    expect(run.code).toBe(5);
  });
});

describe('a place below a file', () => {
  test.each([
    ['report', 'log', '--format', 'csv', '--out'],
    ['backup', '--output'],
  ])('is refused by %s, with the reason', async (...command) => {
    for (const below of ['one.db', 'two/one.db']) {
      const file = join(connected.databaseFile, below);
      const run = await connected.run([...command, file, '--json']);
      expect(failureOf(run)).toMatchObject({
        code: 'file-unwritable',
        message: `The file ${file} could not be written: a part of the path is a file.`,
        file,
      });
      expect(run.code).toBe(5);
    }
  });
});

const disk = mkdtempSync(join(tmpdir(), 'unifi-monitor-disk-'));
// Only root may mount one; everybody else has the tests above, and sees that these were left out.
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (isMounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.runIf(isMounted)('a disk without room', () => {
  const place = join(disk, 'wanted.db');
  const temporary = join(disk, 'wanted.tmp');
  const scope: CaseScope = { what: 'all' };
  const about = { version: '1', connection: 'c', tenantId: 't', jobId: null, writtenAt: '2026-11-20T12:00:00Z' };
  const order = { scope, redaction: null, about, progress: quiet };

  test.each([
    ['a backup', () => backUpHistory(connected.databaseFile, temporary, quiet, place)],
    [
      'a case file',
      async () => void writeCaseFile({ source: connected.databaseFile, target: temporary, place, ...order }),
    ],
  ])('is named by %s', async (_, write) => {
    const failure = await thrown(Promise.resolve().then(write));
    rmSync(temporary, { force: true });
    expect(failure).toMatchObject({ code: 'file-unwritable', file: place });
    expect(failure.message).toBe(`${place} could not be written: the disk is full.`);
  });

  test('is named, not the case file, when that is taken over', async () => {
    const file = join(folder, 'whole.db');
    writeCaseFile({ source: connected.databaseFile, target: file, place: file, ...order });
    const target = join(disk, 'history.db');
    const failure = await thrown(
      Promise.resolve().then(() => readCaseFile({ file, name: 'whole.db', target, progress: quiet })),
    );
    expect(failure).toMatchObject({ code: 'file-unwritable', file: disk });
  });
});
