import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';

/** A folder of its own for one test, gone afterwards. */
export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export const makeFile = async (): Promise<string> => join(await makeFolder(), 'history.sqlite');

/** An empty history in a real file, closed when the test ends. */
export const openHistory = async (file?: string): Promise<HistoryStore> => {
  const store = openSqliteHistory({ file: file ?? (await makeFile()), busyTimeoutMs: 200 });
  onTestFinished(() => store.close());
  return store;
};

/** A log row of an invented person; what a test is about is given. */
export const logRecord = (own: Partial<LogRecord> & Pick<LogRecord, 'id'>): LogRecord => ({
  at: '2026-11-01T00:00:00Z',
  action: 'update',
  status: 'success',
  subjectType: 'user',
  sourceId: null,
  sourceName: null,
  sourceUpn: null,
  targetId: null,
  targetName: null,
  errorCode: null,
  reason: null,
  skipReason: null,
  cycleId: null,
  changeId: null,
  jobId: null,
  servicePrincipalId: null,
  durationMs: null,
  benign: false,
  issueKey: null,
  scopeHint: null,
  raw: '{}',
  ...own,
});
