import type { JobSettings } from '../../core/model/synchronization.ts';
import { attributeNames } from './attribute-names.ts';
import type { CollectContext, CollectedConfiguration } from './context.ts';
import { endOfList, isWhole } from './end-of-list.ts';
import { readAll } from './read-all.ts';
import { stageList } from './stage-list.ts';

/** Jobs, schema, settings, application and assignments: small, and the rest depends on them. */
export const collectConfiguration = async (context: CollectContext): Promise<CollectedConfiguration> => {
  const { connection, graph, runner, runId, store } = context;
  const { servicePrincipalId } = connection;
  const { snapshots } = store;

  let jobId = connection.jobId ?? null;
  const listed = await runner.run('jobs', async (read) => {
    const jobs = await graph.synchronization.listJobs({ ...read, servicePrincipalId });
    read.meter.items = jobs.length;
    // A connection made without the right to read jobs gets its job as soon as there is exactly one to read.
    if (jobId === null && jobs.length === 1) jobId = jobs[0]?.id ?? null;
    await snapshots.saveDocument('jobs', null, JSON.stringify(jobs), runId);
    return undefined;
  });
  if (jobId === null) {
    await runner.skip('schema', listed.failure);
    await runner.skip('job-settings', listed.failure);
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
