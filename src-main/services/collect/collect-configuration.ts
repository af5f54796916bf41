import type { Failure } from '../../contract/failure.ts';
import { chooseJob, chooseJobAdvice, describeJobChoice, type JobChoice } from '../../core/model/choose-job.ts';
import type { JobSettings } from '../../core/model/synchronization.ts';
import { attributeNames } from './attribute-names.ts';
import type { CollectContext, CollectedConfiguration } from './context.ts';
import { endOfList, isWhole } from './end-of-list.ts';
import { readAll } from './read-all.ts';
import { stageList } from './stage-list.ts';

/** Whose mappings and settings are meant is not known: those of another job would be compared with the wrong target. */
const whyUnchosen = (choice: JobChoice): Failure | null =>
  choice.found === 'undecided'
    ? {
        code: 'selection-ambiguous',
        message: `It is not known whose they are: ${describeJobChoice(choice) ?? ''}.`,
        advice: chooseJobAdvice,
        candidates: choice.others.map(({ id, schedule }) => ({ id, name: id, detail: schedule.state })),
      }
    : null;

/** Jobs, schema, settings, application and assignments: small, and the rest depends on them. */
export const collectConfiguration = async (context: CollectContext): Promise<CollectedConfiguration> => {
  const { connection, graph, runner, runId, store } = context;
  const { servicePrincipalId } = connection;
  const { snapshots } = store;

  let jobId = connection.jobId ?? null;
  let unchosen: Failure | null = null;
  const listed = await runner.run('jobs', async (read) => {
    const jobs = await graph.synchronization.listJobs({ ...read, servicePrincipalId });
    read.meter.items = jobs.length;
    const choice = chooseJob(jobs, jobId);
    jobId = choice.jobId;
    if (jobId === null) unchosen = whyUnchosen(choice);
    await snapshots.saveDocument('jobs', null, JSON.stringify(jobs), runId);
    return undefined;
  });
  if (jobId === null) {
    await runner.skip('schema', listed.failure ?? unchosen);
    await runner.skip('job-settings', listed.failure ?? unchosen);
  } else {
    const job = { servicePrincipalId, jobId };
    await runner.run('schema', async (read) => {
      const schema = await graph.synchronization.readSchema({ ...read, ...job });
      read.meter.items = 1;
      await snapshots.saveDocument('schema', schema.version || null, schema.raw, runId);
      return undefined;
    });
    await runner.run('job-settings', async (read) => {
      const settings = await graph.synchronization.readSettings({ ...read, ...job });
      read.meter.items = Object.keys(settings).length;
      await snapshots.saveDocument('job-settings', null, JSON.stringify(settings), runId);
      return undefined;
    });
  }
  await runner.run('application', async (read) => {
    const application = await graph.applications.readApplication({ ...read, servicePrincipalId });
    read.meter.items = 1;
    await snapshots.saveDocument('application', null, JSON.stringify(application), runId);
    return undefined;
  });
  await runner.run('assignments', async (read) => {
    await stageList(
      snapshots,
      'assignments',
      runId,
      graph.applications.readAssignments({ ...read, servicePrincipalId }),
      read.meter,
      () => isWhole(read.meter),
    );
    return endOfList(read.meter);
  });

  const stored = await snapshots.document('job-settings');
  const settings = stored ? (JSON.parse(stored.json) as JobSettings) : {};
  const list = await readAll(snapshots, 'assignments');
  return {
    names: await attributeNames(snapshots),
    syncAll: settings.SyncAll?.toLowerCase() === 'true',
    assignedGroupIds: [
      ...new Set(list.filter((item) => item.principalType === 'Group').map((item) => item.principalId)),
    ].sort(),
  };
};
