import { gatherChanges } from '../../core/blame/gather-changes.ts';
import type { ConfigurationChange } from '../../contract/models/configuration-change.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import type { HistoryReads } from '../ports.ts';

/** Schemas are long, and seldom change: more versions than this in a quarter is somebody trying things out. */
const versionsRead = 40;

/**
 * Every known change of how the job is set up since a moment, newest first. `jobId` null: it is not known which job is
 * meant, so that its states tell nothing.
 *
 * @param from ISO 8601
 */
export const loadChanges = async (
  store: Pick<HistoryReads, 'jobHistory' | 'snapshots'>,
  options: { from: string; jobId: string | null },
): Promise<ConfigurationChange[]> => {
  const { from, jobId } = options;
  const { jobHistory } = store;
  const [application, events, schemas, settings, readings, assignments] = await Promise.all([
    store.snapshots.document('application'),
    jobHistory.configurationEvents(from),
    jobHistory.versions({ name: 'schema', from, limit: versionsRead }),
    jobHistory.versions({ name: 'job-settings', from, limit: versionsRead }),
    jobId === null ? [] : jobHistory.readings({ jobId, from }),
    jobHistory.assignmentChanges(from),
  ]);
  return gatherChanges({
    events,
    schemas,
    settings,
    readings,
    assignments,
    servicePrincipalId: application ? (JSON.parse(application.json) as ApplicationInfo).servicePrincipalId : null,
  });
};
