import type { DiffSummary, JobStateChange, LogOutcomeCount, PastState } from '../../contract/models/history-diff.ts';
import type { LogStatus } from '../../contract/models/provisioning-event.ts';
import { AppError } from '../../core/app-error.ts';
import { assessJobHealth } from '../../core/health/assess-job-health.ts';
import { compareSetups } from '../../core/history-diff/compare-setup.ts';
import { chooseJob, describeJobChoice } from '../../core/model/choose-job.ts';
import type { SynchronizationJob } from '../../core/model/synchronization.ts';
import type { Clock, HistoryStore, JobAtRun } from '../ports.ts';
import { findState, readChoices } from './find-state.ts';
import { readSetup } from './read-setup.ts';

const invalid = (message: string, reason: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message,
    advice: 'Choose an earlier state to begin with and a later one to end with; list the runs to see what there is.',
    fields: [
      { field: 'from', reason },
      { field: 'to', reason },
    ],
  });

/**
 * The two states between which differences are asked for, the earlier one first.
 *
 * Throws `run-unknown` and `input-invalid`: a state that is not there, the later one first, or twice the same run.
 */
export const findStates = async (
  store: Pick<HistoryStore, 'runs'>,
  clock: Clock,
  between: { from: string; to: string },
): Promise<{ from: PastState; to: PastState }> => {
  const choices = await readChoices(store.runs, clock);
  const from = await findState(store.runs, choices, { choice: between.from, field: 'from' });
  const to = await findState(store.runs, choices, { choice: between.to, field: 'to' });
  if (Number(from.run.id) > Number(to.run.id)) {
    throw invalid(
      `"${between.from}" is run ${from.run.id} and lies after "${between.to}", which is run ${to.run.id}.`,
      'must not lie after the other',
    );
  }
  if (from.run.id === to.run.id) {
    throw invalid(
      `"${between.from}" and "${between.to}" are both run ${from.run.id}: nothing was collected between them, so nothing can be said about what changed.`,
      'is the same run as the other',
    );
  }
  return { from, to };
};

/** The job's state at the beginning, then every one that a run saw it change to. */
const jobStates = (readings: readonly JobAtRun[], jobId: string | null): JobStateChange[] => {
  const states: JobStateChange[] = [];
  for (const { run, at, jobs, sources, logNewestAt } of readings) {
    // By the jobs of that run: without a name another one may have been meant then.
    const choice = chooseJob(jobs === null ? [] : (JSON.parse(jobs) as SynchronizationJob[]), jobId);
    const { state, sentence } = assessJobHealth({
      ...{ job: choice.job, jobId, choiceNote: describeJobChoice(choice) },
      ...{ sources, now: new Date(at), logNewestAt },
    });
    if (states.at(-1)?.state !== state) states.push({ run, state, sentence });
  }
  return states;
};

const logOutcomes = async (
  { log }: Pick<HistoryStore, 'log'>,
  bounds: { from: string; to: string },
  signal: AbortSignal,
): Promise<DiffSummary['log']> => {
  const [others, benign, errors] = await Promise.all([
    log.facets({ ...bounds, benign: false }, ['status'], { signal }),
    log.facets({ ...bounds, benign: true }, ['status'], { signal }),
    log.facets(bounds, ['errorCode'], { signal }),
  ]);
  const outcomes = (facets: typeof others, isBenign: boolean): LogOutcomeCount[] =>
    (facets[0]?.values ?? []).map(({ value, count }) => ({ status: value as LogStatus, benign: isBenign, count }));
  return {
    outcomes: [...outcomes(others, false), ...outcomes(benign, true)],
    errors: (errors[0]?.values ?? []).map(({ value, count }) => ({ code: value, count })),
  };
};

const justAfter = (at: string): string => new Date(Date.parse(at) + 1).toISOString();

/**
 * What happened between two states: counts of everything that differs, set-up in words, the job's states, outcomes of
 * the log. Nothing of what stayed the same is read.
 *
 * Throws what `findStates` throws, `response-unexpected` when a stored schema is unusable, `cancelled`, and the store's
 * failures.
 */
export const diffStates = async (
  store: HistoryStore,
  options: { clock: Clock; jobId: string | null; from: string; to: string; signal: AbortSignal },
): Promise<DiffSummary> => {
  const { from, to } = await findStates(store, options.clock, options);
  const range = { from: from.run.id, to: to.run.id };
  const [counts, setups, log] = await Promise.all([
    store.differences.counts(range),
    store.differences.setups(range),
    // The first moment belongs to the first state, the second to what came until then.
    logOutcomes(store, { from: justAfter(from.at), to: justAfter(to.at) }, options.signal),
  ]);
  const setup = compareSetups(readSetup(setups.before, options.jobId), readSetup(setups.after, options.jobId));
  const unknown =
    setup.notCompared.length === 0
      ? []
      : [`Not known on one of the two sides, and so not compared: ${setup.notCompared.join(', ')}.`];
  return {
    from,
    to: { ...to, notes: [...to.notes, ...unknown] },
    counts,
    setup: setup.changes,
    job: jobStates(setups.jobs, options.jobId),
    log,
  };
};
