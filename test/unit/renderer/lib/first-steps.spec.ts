import { expect, test } from 'vitest';
import type { Issue } from '../../../../src-main/contract/models/issue.ts';
import type { JobStatus } from '../../../../src-main/contract/models/job-status.ts';
import type { SourceFreshness } from '../../../../src-main/contract/models/run.ts';
import { firstSteps } from '../../../../src-renderer/lib/first-steps.ts';

const job: JobStatus = {
  id: 'unifi.1',
  state: 'quarantined',
  title: 'Quarantined',
  sentence: 'Quarantined since 20 November: credentials refused.',
  actor: 'entra-admin',
  steps: ['Save the credentials again.', 'Restart provisioning.'],
  intervalMs: 2_400_000,
};

const source = (name: SourceFreshness['source'], status: SourceFreshness['status']): SourceFreshness => ({
  source: name,
  status,
  items: 1,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: null,
  to: null,
  startedAt: '2026-11-23T19:46:00Z',
  endedAt: '2026-11-23T19:48:12Z',
  failure: null,
  lastCompleteAt: null,
});

const issue = {
  id: 'EntryConflict.1',
  state: 'open',
  meaning: 'A property of the entry collides with an existing entry of the target.',
  reason: null,
  affected: { people: 1040, groups: 1, recovered: 0 },
} as Issue;
const states = { open: 2, muted: 0, resolved: 1 };

test('the job comes first, then what was not read, then people, then the largest cause of failures', () => {
  const steps = firstSteps('fabrikam', {
    status: { job, sources: [source('users', 'complete'), source('audit', 'failed')] },
    highFindings: 3,
    issues: { rows: [issue], states },
  });
  expect(steps).toMatchObject([
    { title: 'Job', tone: 'danger', text: 'The Entra administrator: Save the credentials again.', link: 'All 2 steps' },
    { title: 'Sources', text: 'Not read completely: Audit log. What rests on them is not certain.' },
    { title: 'Findings', address: '/c/fabrikam/findings?severity=high&state=open', link: 'Show them' },
    {
      title: 'Failures',
      text: 'Writes fail for 2 causes. The largest, with 1,041 affected: A property of the entry collides with an existing entry of the target.',
      address: '/c/fabrikam/issues?state=open&id=EntryConflict.1',
    },
  ]);
});

test('what needs nobody, and what is not known, is no step', () => {
  const healthy: JobStatus = { ...job, state: 'healthy', actor: 'nobody', steps: [] };
  const muted = { ...issue, state: 'muted' } as Issue;
  const sources = [source('users', 'complete'), source('audit', 'skipped')];
  expect(
    firstSteps('fabrikam', { status: { job: healthy, sources }, highFindings: 0, issues: { rows: [muted], states } }),
  ).toEqual([]);
  expect(firstSteps('fabrikam', { status: { job: null, sources }, highFindings: null, issues: null })).toEqual([]);
});
