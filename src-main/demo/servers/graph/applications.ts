import type { HttpAnswer } from '../http-server.ts';
import type { Tenant } from '../tenant.ts';
import type { Json } from '../../world.ts';
import { answerDirectoryList, answerDirectoryObject } from './directory-lists.ts';
import { assignmentFilters, servicePrincipalFilters } from './directory-rules.ts';
import { elementsOf, objectAnswer, pageAnswer, type GraphCall } from './graph-call.ts';
import { GraphError, notFound } from './graph-error.ts';
import { assignmentType, servicePrincipalType } from './properties.ts';
import { readQuery } from './query-options.ts';

const findApplication = (tenant: Tenant, key: { id: string } | { appId: string }): Json | null =>
  tenant.world.applications
    .servicePrincipals()
    .find((one) => ('id' in key ? one['id'] === key.id : one['appId'] === key.appId)) ?? null;

const checkApplication = (call: GraphCall, id: string): void => {
  if (!findApplication(call.tenant, { id })) throw notFound(id);
};

export const answerServicePrincipals = (call: GraphCall): HttpAnswer =>
  answerDirectoryList(call, {
    name: 'servicePrincipals',
    type: servicePrincipalType,
    elements: () => elementsOf(call.tenant.world.applications.servicePrincipals()),
    filter: servicePrincipalFilters,
  });

export const answerServicePrincipal = (call: GraphCall, key: { id: string } | { appId: string }): HttpAnswer =>
  answerDirectoryObject(call, {
    name: 'servicePrincipals',
    type: servicePrincipalType,
    id: 'id' in key ? key.id : key.appId,
    item: findApplication(call.tenant, key),
  });

export const answerAssignments = (call: GraphCall, servicePrincipalId: string): HttpAnswer => {
  checkApplication(call, servicePrincipalId);
  return answerDirectoryList(call, {
    name: `servicePrincipals('${servicePrincipalId}')/appRoleAssignedTo`,
    type: assignmentType,
    elements: () => elementsOf(call.tenant.world.applications.assignments(servicePrincipalId)),
    filter: assignmentFilters,
  });
};

const jobsName = (servicePrincipalId: string): string =>
  `servicePrincipals('${servicePrincipalId}')/synchronization/jobs`;

export const answerJobs = (call: GraphCall, servicePrincipalId: string): HttpAnswer => {
  readQuery(call.request, { options: [] });
  checkApplication(call, servicePrincipalId);
  const jobs = call.tenant.world.applications.jobs(servicePrincipalId);
  return pageAnswer(call, { name: jobsName(servicePrincipalId), rows: jobs.map((job) => JSON.stringify(job)) });
};

/** The error of a job that does not exist, from the synchronization service behind Graph. */
const noSuchJob = (jobId: string): GraphError =>
  new GraphError(404, 'NotFound', `Synchronization job '${jobId}' was not found.`);

const findJob = (call: GraphCall, servicePrincipalId: string, jobId: string): Json => {
  checkApplication(call, servicePrincipalId);
  const job = call.tenant.world.applications.jobs(servicePrincipalId).find((one) => one['id'] === jobId);
  if (!job) throw noSuchJob(jobId);
  return job;
};

export const answerJob = (call: GraphCall, servicePrincipalId: string, jobId: string): HttpAnswer => {
  readQuery(call.request, { options: [] });
  return objectAnswer(call, jobsName(servicePrincipalId), findJob(call, servicePrincipalId, jobId));
};

export const answerSchema = (call: GraphCall, servicePrincipalId: string, jobId: string): HttpAnswer => {
  readQuery(call.request, { options: [] });
  findJob(call, servicePrincipalId, jobId);
  const schema = call.tenant.world.applications.schema(jobId);
  if (!schema) throw noSuchJob(jobId);
  return objectAnswer(call, `${jobsName(servicePrincipalId)}('${jobId}')/schema`, schema);
};

/** The settings of an application's jobs, credentials included: a client has to drop them. graph-provisioning.md 6. */
export const answerSecrets = (call: GraphCall, servicePrincipalId: string): HttpAnswer => {
  readQuery(call.request, { options: [] });
  checkApplication(call, servicePrincipalId);
  const { applications } = call.tenant.world;
  const entries = applications.jobs(servicePrincipalId).flatMap((job) => applications.secrets(String(job['id'])) ?? []);
  return pageAnswer(call, {
    name: 'Collection(microsoft.graph.synchronizationSecretKeyStringValuePair)',
    rows: entries.map((entry) => JSON.stringify(entry)),
  });
};
