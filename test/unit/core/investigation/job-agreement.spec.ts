import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../../../../src-main/contract/models/job-status.ts';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import { stoppage } from '../../../../src-main/core/investigation/stoppage.ts';
import type { SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';
import { beginning, finding, job, neverRun, now, pending, quarantined, row, smallCase } from './small-case.ts';

/* What a verdict says of the job, and what its health says, are two views of the same facts. */

const health = (one: SynchronizationJob, changes: { now?: string } = {}): JobStatus =>
  assessJobHealth({
    ...{ jobId: one.id, job: one, sources: smallCase().sources, logNewestAt: now },
    now: new Date(changes.now ?? now),
  });

/** The last cycle of this job ended so long before now. */
const idle = (hours: number): SynchronizationJob => {
  const one = job();
  const at = new Date(Date.parse(now) - hours * 3_600_000).toISOString();
  const last = one.status.lastExecution;
  return { ...one, status: { ...one.status, lastExecution: last && { ...last, startedAt: at, endedAt: at } } };
};

describe('verdict and job health', () => {
  test.each<[string, SynchronizationJob, JobStatus['state'][], ReturnType<typeof stoppage>]>([
    ['a job in its first cycle that names no execution yet', beginning(), ['initial'], null],
    ['a job that never ran', neverRun(), ['never-run'], 'not-run'],
    ['a job without credentials', neverRun('NotConfigured'), ['never-run'], 'not-configured'],
    ['a paused job', job({ code: 'Paused', state: 'Paused' }), ['paused'], 'paused'],
    ['a job that is off', job({ state: 'Disabled' }), ['disabled'], 'disabled'],
    ['a quarantined job', quarantined('EncounteredQuarantineException'), ['quarantined'], null],
    ['a job that runs', job(), ['healthy', 'healthy-quiet'], null],
  ])('say the same of %s', (_, one, states, kind) => {
    expect(states).toContain(health(one).state);
    expect(stoppage(one)).toBe(kind);
  });

  const fresh = (one: SynchronizationJob, jobStatus: JobStatus) =>
    investigatePerson(
      smallCase({
        facts: { account: null },
        person: { joinedBy: null },
        findings: [pending('missing-in-target', 'Add app role assignment grant to user.')],
        ...{ job: one, jobStatus },
      }),
    ).verdict;

  const late = idle(5);
  const lateStatus = assessJobHealth({
    ...{ jobId: late.id, job: late, sources: smallCase().sources, logNewestAt: null, now: new Date(now) },
  });

  test('both tell that the job is late where a change of the last hour would else be waited for', () => {
    expect(lateStatus.state).toBe('late');
    const verdict = fresh(late, lateStatus);
    expect(verdict.cause).toBe('A13');
    expect(verdict.actor).not.toBe('wait');
    expect(verdict.expectedBy).toBeUndefined();
    expect(verdict.sentence).toContain(lateStatus.sentence);
  });

  test('both tell that the job is late where only its next attempt is waited for', () => {
    const refused = (jobStatus: JobStatus) =>
      investigatePerson(
        smallCase({
          facts: { account: null },
          person: { joinedBy: null },
          findings: [finding('missing-in-target')],
          rows: [row({ action: 'create', status: 'failure', errorCode: 'TooManyRequests', reason: 'TooManyRequests' })],
          ...{ job: late, jobStatus },
        }),
      ).verdict;
    const verdict = refused(lateStatus);
    expect(verdict).toMatchObject({ cause: 'A11-failure', actor: 'wait', certainty: 'likely' });
    expect(verdict.sentence).toContain(`The job itself needs attention: ${lateStatus.sentence}`);
    expect(refused(health(job()))).toMatchObject({ cause: 'A11-failure', actor: 'wait', certainty: 'certain' });
  });

  test('nothing is added while the job runs', () => {
    const verdict = fresh(job(), health(job()));
    expect(verdict).toMatchObject({ cause: 'A8-too-recent', certainty: 'certain' });
    expect(verdict.sentence).not.toContain('The job itself');
  });
});
