import type { LogRecord } from '../../../src-main/core/model/log.ts';

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
