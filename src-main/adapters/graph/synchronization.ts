import { isAppError } from '../../core/app-error.ts';
import type { SynchronizationJob } from '../../core/model/synchronization.ts';
import type { SynchronizationSource } from '../../services/ports.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { readJobSettings } from './job-settings.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { readSchemaDocument, readSyncJob } from './sync-jobs.ts';

const jobsPath = (servicePrincipalId: string): string =>
  `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/synchronization`;

/** Jobs, schema and settings of an enterprise application. graph-provisioning.md 2, rows 3, 5 and 22. */
export const createSynchronizationSource = (client: GraphClient): SynchronizationSource => ({
  async listJobs({ servicePrincipalId, signal, meter }) {
    const request: GraphRequest = { resource: 'jobs', bucket: 'synchronization', signal, meter };
    const jobs: SynchronizationJob[] = [];
    const url = `${client.origin}/v1.0${jobsPath(servicePrincipalId)}/jobs`;
    for await (const page of paginate(client, url, request)) jobs.push(...readItems(page.items, readSyncJob, meter));
    return jobs;
  },

  async readSchema({ servicePrincipalId, jobId, signal, meter }) {
    const url = `${client.origin}/v1.0${jobsPath(servicePrincipalId)}/jobs/${encodeURIComponent(jobId)}/schema`;
    const value = await client.get(url, { resource: 'schema', bucket: 'synchronization', signal, meter });
    const document = readSchemaDocument(value);
    meter.items += 1;
    return document;
  },

  /** The collection belongs to the application, not to one of its jobs. v1.0 first, then the documented beta. */
  async readSettings({ servicePrincipalId, signal, meter }) {
    const request: GraphRequest = { resource: 'job-settings', bucket: 'synchronization', signal, meter };
    const path = `${jobsPath(servicePrincipalId)}/secrets`;
    const read = async (version: 'v1.0' | 'beta') =>
      readJobSettings(await client.get(`${client.origin}/${version}${path}`, request));
    const settings = await read('v1.0').catch((error: unknown) => {
      // v1.0 may know no GET here (UNVERIFIED in graph-provisioning.md 2): then it answers 400, 404 or 405.
      if (isAppError(error) && ['graph-not-found', 'graph-rejected'].includes(error.code)) return read('beta');
      throw error;
    });
    meter.items += 1;
    return settings;
  },
});
