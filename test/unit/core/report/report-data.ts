import type { CheckResult, Finding } from '../../../../src-main/contract/models/finding.ts';
import type { StatusResult } from '../../../../src-main/contract/models/job-status.ts';
import type { SourceFreshness } from '../../../../src-main/contract/models/run.ts';

export const finding = (over: Partial<Finding> = {}): Finding => ({
  id: 'f-1',
  kind: 'missing-in-target',
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: 'e-1', scimId: null, name: 'Ada Brandt' },
  related: [],
  firstSeen: '2026-08-10T09:00:00.000Z',
  lastSeen: '2026-08-11T09:00:00.000Z',
  openedAt: '2026-08-10T10:00:00.000Z',
  verified: true,
  assumed: [],
  evidence: [{ source: 'provisioning-log', ref: 'row-1', at: '2026-08-10T09:30:00Z', text: 'The last write failed.' }],
  advice: 'Look at the error of the last attempt.',
  expected: 'ada.brandt@contoso.example',
  actual: null,
  ...over,
});

export const source = (over: Partial<SourceFreshness> = {}): SourceFreshness => ({
  source: 'users',
  status: 'complete',
  items: 1234567,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: null,
  to: null,
  startedAt: '2026-08-11T09:00:00.000Z',
  endedAt: '2026-08-11T09:01:00.000Z',
  failure: null,
  lastCompleteAt: '2026-08-11T09:01:00.000Z',
  ...over,
});

export const check = (findings: Finding[], over: Partial<CheckResult> = {}): CheckResult => ({
  run: { id: '7', startedAt: '2026-08-11T09:00:00.000Z', endedAt: '2026-08-11T09:05:00.000Z' },
  sources: [source()],
  summary: { byKind: {}, byState: { open: findings.length, pending: 0, resolved: 0 } },
  findings,
  notEvaluated: [],
  ...over,
});

export const status: StatusResult = {
  now: '2026-08-11T09:05:00.000Z',
  job: {
    id: 'unifi.job',
    state: 'healthy',
    title: 'Healthy',
    sentence: 'Healthy: the last cycle ended.',
    actor: 'nobody',
    steps: [],
    intervalMs: 2_400_000,
  },
  sources: [source()],
  skips: { from: '2026-10-25T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z', total: 48_211, matter: 12 },
  counts: {
    users: 1,
    groups: 0,
    assignments: 1,
    accounts: 0,
    targetGroups: 0,
    logRows: 1,
    findingsOpen: 1,
    findingsPending: 0,
  },
};
