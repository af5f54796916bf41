import type { Setup } from '../../core/history-diff/compare-setup.ts';
import { chooseJob } from '../../core/model/choose-job.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../../core/model/synchronization.ts';
import type { TargetConfig } from '../../core/model/target.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import type { SetupDocuments } from '../ports.ts';

const parse = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));

/** The set-up out of its stored documents. Throws `response-unexpected` when the stored schema is unusable. */
export const readSetup = (documents: SetupDocuments, jobId: string | null): Setup => ({
  schema: documents.schema === null ? null : parseSyncSchema(documents.schema),
  settings: parse<JobSettings>(documents['job-settings']),
  job: chooseJob(parse<SynchronizationJob[]>(documents.jobs) ?? [], jobId).job,
  application: parse<ApplicationInfo>(documents.application),
  target: parse<TargetConfig>(documents['scim-config']),
});
