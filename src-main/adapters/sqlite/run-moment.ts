/**
 * The moment that a run's lists stand for, as SQL over the run `alias`: the rule of `core/model/run-moment.ts`, which is
 * its end, and of a run that never ended the end of its last source.
 */
export const runMomentSql = (alias: string): string =>
  `coalesce(${alias}.ended_at, (SELECT max(ended_at) FROM run_sources WHERE run_id = ${alias}.id), ${alias}.started_at)`;
