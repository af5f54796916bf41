import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';

/** A folder of its own for one test, gone afterwards. */
export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export const makeFile = async (): Promise<string> => join(await makeFolder(), 'history.sqlite');

/** An empty history, and a place for copies of it: making its tables anew costs more than most tests of a property. */
export const makeTemplate = async (): Promise<{ template: string; file: string }> => {
  const folder = await makeFolder();
  const template = join(folder, 'empty.sqlite');
  await openSqliteHistory({ file: template }).close();
  return { template, file: join(folder, 'history.sqlite') };
};

/** An empty history in a real file, closed when the test ends. */
export const openHistory = async (file?: string): Promise<HistoryStore> => {
  const store = openSqliteHistory({ file: file ?? (await makeFile()), busyTimeoutMs: 200 });
  onTestFinished(() => store.close());
  return store;
};
