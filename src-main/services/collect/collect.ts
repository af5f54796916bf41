import type { FailureCode } from '../../contract/failure.ts';
import type { CollectResult } from '../../contract/models/run.ts';
import { AppError, cancelled } from '../../core/app-error.ts';
import type { Progress } from '../read-meter.ts';
import { refusedSignIn } from '../refused-sign-in.ts';
import { collectConfiguration } from './collect-configuration.ts';
import { collectGroupsOfInterest, collectPeople } from './collect-directory.ts';
import { collectEvidence } from './collect-evidence.ts';
import { collectTarget } from './collect-target.ts';
import type { ChosenConnection, CollectDependencies, CollectContext } from './context.ts';
import { createSourceRunner } from './source-runner.ts';

/** What could not be stored is no matter of its source: the whole collection failed. */
const storeCodes = new Set<FailureCode>([
  'store-locked',
  'store-full',
  'store-newer',
  'store-damaged',
  'file-unwritable',
  'file-unreadable',
]);

const dayMs = 86_400_000;

const ago = (clock: CollectContext['clock'], days: number): string =>
  new Date(clock.now().getTime() - days * dayMs).toISOString();

/** Logs are kept for ever unless the connection says for how long. */
const forgetOldLog = async ({ clock, connection, store }: CollectContext): Promise<void> => {
  const { keepLogsDays } = connection;
  if (keepLogsDays === undefined) return;
  await store.log.forget(ago(clock, keepLogsDays));
};

/** The rest is kept for ever, too, unless the connection says for how long. After the lists are those of the new run. */
const forgetOldStates = async ({ clock, connection, store }: CollectContext): Promise<void> => {
  const { keepStatesDays, keepAuditDays, keepRunsDays } = connection;
  if (keepStatesDays !== undefined) await store.retention.forgetStates(ago(clock, keepStatesDays));
  if (keepAuditDays !== undefined) await store.retention.forgetAudit(ago(clock, keepAuditDays));
  if (keepRunsDays !== undefined) await store.retention.forgetRuns(ago(clock, keepRunsDays));
};

/** Failures are grouped once the log is as it will stay until the next collection. */
const settleLog = async (context: CollectContext): Promise<void> => {
  await forgetOldLog(context);
  await context.store.issues.count();
};

const targetSources = new Set(['scim-config', 'scim-users', 'scim-groups']);

/**
 * One collection: every source of Entra and UNIFI into the store, each with its report. A source that fails takes
 * nothing else with it; what was stored before stays.
 *
 * Throws the sign-in's Failure before anything starts, `auth-failed` when Graph refused every call, `cancelled` after
 * the ledger is closed, and store Failures.
 */
export const collect = async (
  dependencies: CollectDependencies,
  connection: ChosenConnection,
  options: { signal: AbortSignal; progress: Progress },
): Promise<CollectResult> => {
  const { store, clock } = dependencies;
  await dependencies.tokens.getToken({ signal: options.signal });
  const started = await store.runs.start(clock.now().toISOString());
  const runner = createSourceRunner({
    runId: started.id,
    runs: store.runs,
    clock,
    signal: options.signal,
    progress: options.progress,
    bugs: dependencies.bugs,
    monotonicMs: dependencies.monotonicMs,
  });
  const context = { ...dependencies, connection, runner, runId: started.id };

  const configured = collectConfiguration(context);
  // Log and audit share one bucket of Graph's, so they follow each other; they do not wait for the rest.
  const evidence = collectEvidence(context);
  const people = configured.then((configuration) => collectPeople(context, configuration));
  const target = configured.then((configuration) => collectTarget(context, configuration));
  const groups = Promise.all([configured, evidence, target]).then(([configuration]) =>
    collectGroupsOfInterest(context, configuration),
  );
  const settled = evidence.then(() => settleLog(context));
  const outcomes = await Promise.allSettled([configured, settled, people, target, groups]);
  const endedAt = clock.now().toISOString();
  await store.runs.finish(started.id, endedAt);
  for (const outcome of outcomes) {
    // Only failures of the store arrive here: of the ledger (see createSourceRunner), or of what is done with the rows.
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  if (options.signal.aborted) throw cancelled();
  await forgetOldStates(context);
  const unstored = runner.reports.find((report) => report.failure && storeCodes.has(report.failure.code));
  if (unstored?.failure) throw new AppError(unstored.failure);
  const asked = runner.reports.filter((report) => !targetSources.has(report.source) && report.status !== 'skipped');
  const refused = refusedSignIn(
    connection.name,
    asked.map((report) => report.failure),
  );
  if (refused) throw refused;
  return { run: { ...started, endedAt }, sources: runner.reports };
};
