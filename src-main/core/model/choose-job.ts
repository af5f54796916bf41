import type { SynchronizationJob } from './synchronization.ts';

/**
 * How the job that is meant was found among the listed ones. A job: `named` by the connection, the `only` one, or the
 * `only-active` one. None: the named one is `gone`, of several nameless ones none stands out (`undecided`), or `none` is
 * listed at all.
 */
export type JobFound = 'named' | 'only' | 'only-active' | 'gone' | 'undecided' | 'none';

export interface JobChoice {
  job: SynchronizationJob | null;
  /** Id of the chosen job, else of the one that the connection names; null: it is not known which is meant. */
  jobId: string | null;
  found: JobFound;
  /** The listed jobs that are not meant; all of them while none is chosen. */
  others: readonly SynchronizationJob[];
}

const word = (text: string): string => text.toLowerCase();

/** Whether the job works by itself: its schedule is on, and nobody paused it. */
export const isSwitchedOn = ({ schedule, status }: SynchronizationJob): boolean =>
  word(schedule.state) === 'active' && !['paused', 'notconfigured'].includes(word(status.code));

/**
 * Which of the jobs that an application lists is meant; the one rule for everything that looks at "the job".
 *
 * 1. The one that the connection names, and no other in its place: a job that is gone was replaced, and what the new one
 *    does says nothing about the old.
 * 2. Where the connection names none: the only one listed, else the only one that is switched on, which is what remains
 *    when provisioning was set up again and the old job stopped.
 * 3. Otherwise none. A guess would change from run to run with the order of the list.
 *
 * @param jobs as one run listed them: for an earlier run its own list
 * @param named the job that the connection names; null: none
 */
export const chooseJob = (jobs: readonly SynchronizationJob[], named: string | null): JobChoice => {
  const choice = (job: SynchronizationJob | undefined, found: JobFound): JobChoice => ({
    job: job ?? null,
    jobId: job?.id ?? named,
    found,
    others: jobs.filter((other) => other !== job),
  });
  if (named !== null) {
    const job = jobs.find(({ id }) => id === named);
    return choice(job, job ? 'named' : 'gone');
  }
  if (jobs.length === 0) return choice(undefined, 'none');
  if (jobs.length === 1) return choice(jobs[0], 'only');
  const active = jobs.filter(isSwitchedOn);
  return active.length === 1 ? choice(active[0], 'only-active') : choice(undefined, 'undecided');
};

/** What has to be said about a choice that nobody made, as a sentence without its full stop; null: nothing. */
export const describeJobChoice = ({ job, found, others }: JobChoice): string | null => {
  if (found === 'none') return 'the application has no provisioning job';
  if (found === 'only-active') {
    return `no job is chosen for this connection; of the ${others.length + 1} jobs of the application, ${job?.id ?? ''} is the only one that is switched on`;
  }
  if (found !== 'undecided') return null;
  return `the application has ${others.length} provisioning jobs (${others.map(({ id }) => id).join(', ')}), and none is chosen for this connection`;
};

/** The note of `describeJobChoice` as a sentence of its own. */
export const jobNoteSentence = (note: string): string => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;

/** What to do where it is not known which job is meant. */
export const chooseJobAdvice = 'Connect again with --replace and --job and the id of the right job; the history stays.';
