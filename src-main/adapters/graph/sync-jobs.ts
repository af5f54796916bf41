import { z } from 'zod';
import { AppError } from '../../core/app-error.ts';
import type { JobExecution, JobQuarantine, SynchronizationJob } from '../../core/model/synchronization.ts';
import { readDuration } from './read-duration.ts';
import { count, id, optionalFlag, optionalText, optionalTime } from './shapes.ts';

const jobError = z
  .object({ code: optionalText, message: optionalText, tenantActionable: optionalFlag })
  .nullish()
  .catch(null)
  // A job that never ran has an error with the code "None". graph-provisioning.md 5.
  .transform((error) =>
    error && error.code !== null && error.code.toLowerCase() !== 'none' ? { ...error, code: error.code } : null,
  );

/** Enum casing differs between documents and tenants: known words get the documented spelling, others stay. */
const word = (known: readonly string[]) =>
  z
    .unknown()
    .optional()
    .transform((value) =>
      typeof value === 'string'
        ? (known.find((entry) => entry.toLowerCase() === value.toLowerCase()) ?? value)
        : 'Unknown',
    );

const execution = z
  .object({
    state: word(['Succeeded', 'Failed', 'EntryLevelErrors']),
    activityIdentifier: optionalText,
    timeBegan: optionalTime,
    timeEnded: optionalTime,
    countImported: count,
    countEntitled: count,
    countEntitledForProvisioning: count,
    countExports: count,
    countExported: count,
    countEscrowed: count,
    countEscrowedRaw: count,
    error: jobError,
  })
  .nullish()
  .catch(null)
  .transform((value): JobExecution | null => {
    // Without a start (year 1 of a job that never ran) it is no execution, whatever its state says.
    if (!value || value.timeBegan === null) return null;
    const { activityIdentifier, timeBegan, timeEnded, ...rest } = value;
    return { ...rest, activityId: activityIdentifier, startedAt: timeBegan, endedAt: timeEnded };
  });

const quarantine = z
  .object({
    reason: word([
      'EncounteredBaseEscrowThreshold',
      'EncounteredTotalEscrowThreshold',
      'EncounteredEscrowProportionThreshold',
      'EncounteredQuarantineException',
      'Unknown',
      'QuarantinedOnDemand',
      'TooManyDeletes',
      'IngestionInterrupted',
    ]),
    error: jobError,
    currentBegan: optionalTime,
    seriesBegan: optionalTime,
    seriesCount: count,
    nextAttempt: optionalTime,
  })
  .nullish()
  .catch(null)
  .transform((value): JobQuarantine | null => value ?? null);

const progress = z
  .array(
    z.object({
      completedUnits: count,
      totalUnits: count,
      units: optionalText,
      progressObservationDateTime: optionalTime,
    }),
  )
  .nullish()
  .catch([])
  .transform((list) =>
    (list ?? []).map(({ progressObservationDateTime, ...rest }) => ({
      ...rest,
      observedAt: progressObservationDateTime,
    })),
  );

const pairs = (keyName: 'key' | 'name') =>
  z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform((list) =>
      (list ?? []).flatMap((entry): [string, unknown][] => {
        if (typeof entry !== 'object' || entry === null) return [];
        const fields = entry as Record<string, unknown>;
        const key = fields[keyName];
        return typeof key === 'string' ? [[key, fields['value']]] : [];
      }),
    );

const job = z
  .object({
    id,
    templateId: optionalText,
    schedule: z
      .object({
        state: word(['Active', 'Disabled', 'Paused']),
        interval: z.unknown().optional().transform(readDuration),
        expiration: optionalTime,
      })
      .nullish()
      .catch(null),
    status: z.object({
      code: word(['NotConfigured', 'NotRun', 'Active', 'Paused', 'Quarantine']),
      countSuccessiveCompleteFailures: count,
      escrowsPruned: optionalFlag,
      steadyStateFirstAchievedTime: optionalTime,
      steadyStateLastAchievedTime: optionalTime,
      lastExecution: execution,
      lastSuccessfulExecution: execution,
      lastSuccessfulExecutionWithExports: execution,
      progress,
      synchronizedEntryCountByType: pairs('key'),
      quarantine,
      troubleshootingUrl: optionalText,
    }),
    synchronizationJobSettings: pairs('name'),
  })
  .transform(({ id: jobId, templateId, schedule, status, synchronizationJobSettings }): SynchronizationJob => ({
    id: jobId,
    templateId,
    schedule: {
      state: schedule?.state ?? 'Unknown',
      intervalMs: schedule?.interval ?? null,
      expiresAt: schedule?.expiration ?? null,
    },
    status: {
      code: status.code,
      countSuccessiveCompleteFailures: status.countSuccessiveCompleteFailures,
      escrowsPruned: status.escrowsPruned ?? false,
      steadyStateFirstAchievedAt: status.steadyStateFirstAchievedTime,
      steadyStateLastAchievedAt: status.steadyStateLastAchievedTime,
      lastExecution: status.lastExecution,
      lastSuccessfulExecution: status.lastSuccessfulExecution,
      lastSuccessfulExecutionWithExports: status.lastSuccessfulExecutionWithExports,
      progress: status.progress,
      synchronizedEntryCountByType: Object.fromEntries(
        status.synchronizedEntryCountByType.flatMap(([key, value]) =>
          typeof value === 'number' ? [[key, value]] : [],
        ),
      ),
      // A job out of quarantine may keep an object of empty strings.
      quarantine: status.code === 'Quarantine' ? status.quarantine : null,
      troubleshootingUrl: status.troubleshootingUrl,
    },
    settings: Object.fromEntries(
      synchronizationJobSettings.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  }));

/** A job as Graph gives it, sentinels turned to null (graph-provisioning.md 5); null when it is none. */
export const readSyncJob = (item: unknown): SynchronizationJob | null => job.safeParse(item).data ?? null;

/** `response-unexpected` for a schema that is no object. */
export const readSchemaDocument = (value: unknown): { version: string; raw: string } => {
  if (typeof value !== 'object' || value === null || !('synchronizationRules' in value)) {
    throw new AppError({
      code: 'response-unexpected',
      message: 'Microsoft Graph answered something else than the mappings of a job (schema).',
      advice: 'Collect again. If it happens again, report it with the name of the source.',
      source: 'schema',
      path: 'synchronizationRules',
    });
  }
  const version = 'version' in value && typeof value.version === 'string' ? value.version : '';
  return { version, raw: JSON.stringify(value) };
};
