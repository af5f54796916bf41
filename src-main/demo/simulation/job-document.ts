import type { Json } from '../world.ts';
import type { Scenario } from './scenarios.ts';
import { intervalMs, type Execution, type ProvisioningService } from './service.ts';
import { dayMs, hourMs, isoSeconds, minuteMs, never } from './time.ts';

/** The job in the shape of graph-provisioning.md 5, sentinels included. */

const execution = (one: Execution | null): Json | null =>
  one === null
    ? null
    : {
        activityIdentifier: one.activityId,
        state: one.escrowed > 0 ? 'EntryLevelErrors' : 'Succeeded',
        timeBegan: isoSeconds(one.beganMs),
        timeEnded: isoSeconds(one.endedMs),
        countImported: one.imported,
        countImportedDeltas: one.imported,
        countImportedReferenceDeltas: 0,
        countEntitled: one.entitled,
        countEntitledForProvisioning: one.entitled,
        countExports: one.exports,
        countExported: one.exported,
        countEscrowed: one.escrowed,
        countEscrowedRaw: one.escrowed,
        error: null,
      };

/** What a job shows that has never run. */
const neverExecuted: Json = {
  activityIdentifier: '',
  state: 'Failed',
  timeBegan: never,
  timeEnded: never,
  countImported: 0,
  countImportedDeltas: 0,
  countImportedReferenceDeltas: 0,
  countEntitled: 0,
  countEntitledForProvisioning: 0,
  countExports: 0,
  countExported: 0,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  error: { code: 'None', message: '', tenantActionable: false },
};

const credentialError: Json = {
  code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
  message:
    'We received this unexpected response from your application: StatusCode: Unauthorized. Check that the secret token is valid, and try again.',
  tenantActionable: true,
};

interface JobFacts {
  jobId: string;
  templateId: string;
  nowMs: number;
  scenario: Scenario | null;
  /** When the trouble of the scenario began. */
  stoppedMs: number;
  initialEndMs: number;
  service: ProvisioningService;
}

const quarantine = (facts: JobFacts): Json | null => {
  const { scenario, nowMs, service } = facts;
  const began = service.guard?.stoppedMs ?? facts.stoppedMs;
  const days = Math.max(0, Math.floor((nowMs - began) / dayMs));
  const frame = {
    currentBegan: isoSeconds(began + days * dayMs),
    seriesBegan: isoSeconds(began),
    seriesCount: days + 1,
    nextAttempt: isoSeconds(began + (days + 1) * dayMs),
  };
  switch (scenario?.state) {
    case 'quarantine-credentials':
      return { ...frame, reason: 'EncounteredQuarantineException', error: credentialError };
    case 'quarantine-escrows': {
      const message = 'More than 40 % of the objects of this cycle could not be exported.';
      const error = { code: 'EncounteredEscrowProportionThreshold', message, tenantActionable: true };
      return { ...frame, reason: 'EncounteredEscrowProportionThreshold', error };
    }
    case 'too-many-deletes': {
      const message = `The number of deletions (${String(service.guard?.staged ?? 0)}) is above the threshold of ${String(service.rules.deletionThreshold)}.`;
      return { ...frame, reason: 'TooManyDeletes', error: { code: 'TooManyDeletes', message, tenantActionable: true } };
    }
    default:
      return null;
  }
};

const failedExecution = (facts: JobFacts): Json => ({
  ...neverExecuted,
  activityIdentifier: facts.jobId.slice(-36),
  timeBegan: isoSeconds(facts.nowMs - 18 * minuteMs),
  timeEnded: isoSeconds(facts.nowMs - 17 * minuteMs),
  error: {
    code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
    message: 'The SCIM endpoint answered 503 Service Unavailable to the first request of the cycle.',
    tenantActionable: true,
  },
});

const noJobState = { code: 'Active', schedule: 'Active' };
const shown: Partial<Record<Scenario['state'], { code: string; schedule: string }>> = {
  'quarantine-credentials': { code: 'Quarantine', schedule: 'Active' },
  'quarantine-escrows': { code: 'Quarantine', schedule: 'Active' },
  'too-many-deletes': { code: 'Quarantine', schedule: 'Active' },
  disabled: { code: 'Paused', schedule: 'Disabled' },
  paused: { code: 'Paused', schedule: 'Paused' },
  'not-configured': { code: 'NotConfigured', schedule: 'Disabled' },
  'never-run': { code: 'NotRun', schedule: 'Active' },
  initial: { code: 'NotRun', schedule: 'Active' },
};

export const renderJob = (facts: JobFacts): Json => {
  const { scenario, service, nowMs } = facts;
  const state = scenario?.state ?? 'runs';
  const { code, schedule } = shown[state] ?? noJobState;
  const { last, lastSuccessful, lastWithExports } = service.executions;
  const hasRun = last !== null;
  const isSteady = hasRun && state !== 'initial';
  const { users, groups } = service.counts();
  const lastExecution = state === 'failing' ? failedExecution(facts) : (execution(last) ?? neverExecuted);
  return {
    id: facts.jobId,
    templateId: facts.templateId,
    schedule: {
      expiration: null,
      interval: schedule === 'Disabled' ? 'P10675199DT2H48M5.4775807S' : `PT${String(intervalMs / minuteMs)}M`,
      state: schedule,
    },
    status: {
      code,
      countSuccessiveCompleteFailures: state === 'failing' ? Math.round((nowMs - facts.stoppedMs) / intervalMs) : 0,
      escrowsPruned: false,
      steadyStateFirstAchievedTime: isSteady ? isoSeconds(facts.initialEndMs) : never,
      steadyStateLastAchievedTime: isSteady ? isoSeconds(last.endedMs) : never,
      quarantine: quarantine(facts),
      troubleshootingUrl: null,
      progress:
        state === 'initial'
          ? [
              {
                completedUnits: 4,
                totalUnits: 9,
                units: 'pages',
                progressObservationDateTime: isoSeconds(nowMs - 10 * minuteMs),
              },
            ]
          : [],
      synchronizedEntryCountByType: hasRun
        ? [
            { key: 'User', value: users },
            { key: 'Group', value: groups },
          ]
        : [],
      lastExecution,
      lastSuccessfulExecution: execution(lastSuccessful),
      lastSuccessfulExecutionWithExports: execution(lastWithExports),
    },
    synchronizationJobSettings: [
      { name: 'QuarantineTooManyDeletesThreshold', value: String(service.rules.deletionThreshold) },
      { name: 'AzureIngestionAttributeOptimization', value: 'False' },
      { name: 'LookaheadQueryEnabled', value: 'False' },
    ],
  };
};

/** The test application's job, which somebody paused months ago, or forgot to. */
export const renderTestJob = (jobId: string, nowMs: number, isOn: boolean): Json => ({
  id: jobId,
  templateId: 'scim',
  schedule: { expiration: null, interval: 'PT40M', state: isOn ? 'Active' : 'Paused' },
  status: {
    code: isOn ? 'Active' : 'Paused',
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    steadyStateFirstAchievedTime: isoSeconds(nowMs - 200 * dayMs),
    steadyStateLastAchievedTime: isoSeconds(nowMs - 90 * dayMs),
    // A job out of quarantine may keep an object of empty strings.
    quarantine: { currentBegan: '', seriesBegan: '', seriesCount: 0, nextAttempt: '', reason: '', error: null },
    troubleshootingUrl: null,
    progress: [],
    synchronizedEntryCountByType: [{ key: 'User', value: 3 }],
    lastExecution: {
      ...neverExecuted,
      state: 'Succeeded',
      timeBegan: isoSeconds(nowMs - 90 * dayMs - hourMs),
      timeEnded: isoSeconds(nowMs - 90 * dayMs),
      error: null,
    },
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
  },
  synchronizationJobSettings: [],
});
