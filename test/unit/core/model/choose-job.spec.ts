import { describe, expect, test } from 'vitest';
import { chooseJob, describeJobChoice } from '../../../../src-main/core/model/choose-job.ts';
import type { SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';
import { job } from '../health/small-job.ts';

const named = (id: string, scheduleState = 'Active', code = 'Active'): SynchronizationJob => ({
  ...job({ code }, scheduleState),
  id,
});
const ids = (jobs: readonly SynchronizationJob[]): string[] => jobs.map(({ id }) => id);

describe('which job is meant', () => {
  test('is the one that the connection names, whatever the others do', () => {
    const { job: chosen, found, others } = chooseJob([named('a'), named('b', 'Disabled')], 'b');
    expect({ id: chosen?.id, found, others: ids(others) }).toEqual({ id: 'b', found: 'named', others: ['a'] });
  });

  test('is no other one when the named one is gone, even the only one there is', () => {
    const choice = chooseJob([named('new')], 'old');
    expect({ ...choice, others: ids(choice.others) }).toEqual({
      job: null,
      jobId: 'old',
      found: 'gone',
      others: ['new'],
    });
  });

  test('is the only one listed when none is named, on or off', () => {
    expect(chooseJob([named('a', 'Disabled')], null)).toMatchObject({ jobId: 'a', found: 'only', others: [] });
  });

  test.each([
    ['a paused schedule', named('old', 'Paused')],
    ['a disabled schedule', named('old', 'disabled')],
    ['a paused state', named('old', 'Active', 'Paused')],
    ['no credentials', named('old', 'Active', 'NotConfigured')],
  ])('is the only one that is switched on of several without a name (%s), and the choice is told', (_, off) => {
    for (const jobs of [
      [off, named('new')],
      [named('new'), off],
    ]) {
      const choice = chooseJob(jobs, null);
      expect(choice).toMatchObject({ jobId: 'new', found: 'only-active' });
      expect(describeJobChoice(choice)).toBe(
        'no job is chosen for this connection; of the 2 jobs of the application, new is the only one that is switched on',
      );
    }
  });

  test.each([
    ['two that are switched on', [named('a'), named('b')]],
    ['two that are switched off', [named('a', 'Disabled'), named('b', 'Paused')]],
  ])('is not decided between %s, and that is told with their names', (_, jobs) => {
    const choice = chooseJob(jobs, null);
    expect({ ...choice, others: ids(choice.others) }).toEqual({
      job: null,
      jobId: null,
      found: 'undecided',
      others: ['a', 'b'],
    });
    expect(describeJobChoice(choice)).toBe(
      'the application has 2 provisioning jobs (a, b), and none is chosen for this connection',
    );
  });

  test('is none where none is listed', () => {
    expect(chooseJob([], null)).toMatchObject({ job: null, found: 'none' });
    expect(chooseJob([], 'old')).toMatchObject({ job: null, jobId: 'old', found: 'gone' });
    expect(describeJobChoice(chooseJob([named('a')], 'a'))).toBeNull();
  });
});
