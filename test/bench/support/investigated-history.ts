import { readLogRecord } from '../../../src-main/core/log/read-log-record.ts';
import type { ApplicationInfo, AuditEvent } from '../../../src-main/core/model/directory.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import type { SynchronizationJob } from '../../../src-main/core/model/synchronization.ts';
import { crossCheck } from '../../../src-main/services/cross-check.ts';
import type { Clock, HistoryStore } from '../../../src-main/services/ports.ts';
import { createCompany, entraId, groupId } from './cross-check-rows.ts';
import { collectedAt, fillHistory } from './fill-history.ts';
import { graphRow, type LogShape } from './log-rows.ts';
import { note } from './measure.ts';

/** How much the stored history of the benchmark holds. */
export interface HistorySize {
  people: number;
  groups: number;
  logRows: number;
  auditEvents: number;
}

export const jobId = 'unifi.job';
export const benchClock: Clock = { now: () => new Date(collectedAt) };

const servicePrincipalId = '00000009-0000-4000-8000-000000000001';
const dayMs = 86_400_000;
const endMs = Date.parse(collectedAt);
const before = (ms: number): string => new Date(endMs - ms).toISOString();

const job: SynchronizationJob = {
  id: jobId,
  templateId: 'unifi',
  schedule: { state: 'Active', intervalMs: 2_400_000, expiresAt: null },
  status: {
    code: 'Active',
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    steadyStateFirstAchievedAt: before(44 * dayMs),
    steadyStateLastAchievedAt: before(3_600_000),
    lastExecution: null,
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    progress: [],
    synchronizedEntryCountByType: {},
    quarantine: null,
    troubleshootingUrl: null,
  },
  settings: {},
};
const application: ApplicationInfo = {
  servicePrincipalId,
  appId: '00000009-0000-4000-8000-000000000002',
  displayName: 'UNIFI',
  enabled: true,
  singleSignOnMode: 'saml',
  tags: [],
  activeThumbprint: null,
  signingCertificates: [],
};

/** A row of the log about somebody of the company, whom the made-up rows do not know. */
const logRecordOf = (shape: LogShape, row: number): LogRecord => {
  const graph = graphRow(shape, row);
  // Neither multiple of the other: everybody gets about as many rows as everybody else.
  const id = entraId((row * 7919) % shape.people);
  graph['sourceIdentity'] = { ...(graph['sourceIdentity'] as object), id };
  const record = readLogRecord(graph, JSON.stringify(graph));
  if (!record) throw new Error(`row ${row} was not understood`);
  return record;
};

const auditEventOf = (size: HistorySize, index: number): AuditEvent => ({
  id: `audit-${index}`,
  at: before((index / size.auditEvents) * 29 * dayMs),
  activity: index % 3 === 0 ? 'Add member to group' : index % 500 === 1 ? 'Add app role assignment' : 'Update user',
  category: index % 3 === 0 ? 'GroupManagement' : 'UserManagement',
  result: 'success',
  initiatedBy: 'admin@contoso.example',
  targets: [
    { id: entraId((index * 31) % size.people), type: 'User', name: null },
    ...(index % 3 === 0 ? [{ id: groupId(index % size.groups), type: 'Group', name: 'Team' }] : []),
    ...(index % 500 === 1 ? [{ id: servicePrincipalId, type: 'ServicePrincipal', name: 'UNIFI' }] : []),
  ],
  properties: [{ name: 'Department', oldValue: '["Sales"]', newValue: '["Design"]' }],
});

/** A whole history as collections and one cross-check would have left it; the progress goes to stderr. */
export const fillInvestigatedHistory = async (store: HistoryStore, size: HistorySize): Promise<void> => {
  const runId = await fillHistory(store, createCompany(size.people, size.groups));
  await store.snapshots.saveDocument('jobs', null, JSON.stringify([job]), runId);
  await store.snapshots.saveDocument('application', null, JSON.stringify(application), runId);
  for (let start = 0; start < size.auditEvents; start += 1000) {
    const count = Math.min(1000, size.auditEvents - start);
    await store.snapshots.saveAudit(Array.from({ length: count }, (_, index) => auditEventOf(size, start + index)));
  }
  const shape: LogShape = {
    rows: size.logRows,
    days: 45,
    people: size.people,
    endMs,
    ids: { tenantId: 'tenant', servicePrincipalId, jobId },
  };
  for (let start = 0; start < size.logRows; start += 1000) {
    const count = Math.min(1000, size.logRows - start);
    await store.log.save(Array.from({ length: count }, (_, index) => logRecordOf(shape, start + index)));
    if (start % 100_000 === 0) note(`${start} rows stored`);
  }
  await store.log.savePosition({ completeFrom: before(45 * dayMs), completeTo: collectedAt, open: [] });
  note('cross-checking');
  await crossCheck({
    store,
    clock: benchClock,
    signal: new AbortController().signal,
    progress: () => undefined,
    jobId,
  });
};
